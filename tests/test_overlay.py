"""Overlays: what a clinic adds is there and marked, and nothing of the base is lost, hidden or softened."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import massharm
from massharm import BadData, KnowledgeBase
from massharm.clinical.redflags import redflags
from massharm.clinical.screening import Plan, screen
from massharm.kb import local_rules, overlay, store
from massharm.kb.records import Precaution, Sign
from massharm.kb.validation import check_files
from tiny import DATA, ROOT, File, Run, Write, plain, said, tiny_file

EXAMPLE = ROOT / "docs" / "overlay.json"
Overlay = dict[str, Any]


def clinic() -> Overlay:
    """Return an overlay of the tiny knowledge base that adds something of every sort."""
    return {
        "schema": 2,
        "overlay": "Quay Clinic",
        "precautions": [
            {
                "id": "quay-gate",
                "name": "Cannot pass the gate",
                "aliases": [{"text": "gate trouble", "kind": "lay"}],
                "plain": plain("gate"),
                "action": {"level": "adapt", "text": "Open the other gate.", "citations": []},
                "questions": [{"text": "Is it shut?", "if_yes": "adapt", "then": "Open it.", "citations": []}],
                "harms": [{"harm": "blue-thumb", "support": "inference", "citations": []}],
                "why": [said("The gate is narrow.")],
                "see_also": ["heavy"],
            }
        ],
        "notes": [
            {"record": "heavy", "text": "The strong table is in room 2."},
            {"record": "falling", "text": "The telephone is by the door."},
            {"record": "quay-gate", "text": "Ask the porter."},
        ],
        "recognised": [{"name": "Quay voucher", "kind": "word", "aliases": ["voucher"]}],
        "fillers": ["quay"],
        "aliases": [
            {"record": "heavy", "text": "needs our big table", "kind": "lay"},
            {"record": "falling", "text": "tumbled off", "kind": "lay"},
        ],
        "advice": [
            {"precaution": "heavy", "level": "contraindicated", "text": "Use no stool.", "citations": []},
        ],
    }


Place = Callable[[Overlay], Path]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Write an overlay and return its path."""

    def made(content: Overlay, name: str = "clinic.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return made


@pytest.fixture
def both(tiny_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """Return the tiny knowledge base with the overlay, which commands use too."""
    path = place(clinic())
    monkeypatch.setenv("MASSHARM_KB", f"{tiny_path}{os.pathsep}{path}")
    return KnowledgeBase.load()


# Which files


def test_path_list_is_a_base_and_its_overlays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The first file is the base, an empty first name the bundled file; other empty names are none."""
    for value, expected in {
        "": (store.bundled(),),
        "one.json": (Path("one.json"),),
        os.pathsep.join(["one.json", "two.json", "", "three.json"]): tuple(
            Path(f"{name}.json") for name in ("one", "two", "three")
        ),
        f"{os.pathsep}two.json": (store.bundled(), Path("two.json")),
    }.items():
        monkeypatch.setenv("MASSHARM_KB", value)
        assert store.sources() == expected
    odd = tmp_path / f"odd{os.pathsep}name.json"
    odd.write_text("{}")
    monkeypatch.setenv("MASSHARM_KB", str(odd))
    assert store.sources() == (odd,)


def test_named_file_is_read_without_overlays(both: KnowledgeBase, tiny_path: Path) -> None:
    """A path given in Python stands before the variable, overlays and all."""
    assert "quay-gate" in both
    assert "quay-gate" not in KnowledgeBase.load(tiny_path)


# What is added


def test_local_records_and_texts_are_marked(both: KnowledgeBase) -> None:
    """The name of a local record, its questions, and local advice of a bundled record say that they are local."""
    gate, heavy = both["quay-gate"], both["heavy"]
    assert isinstance(gate, Precaution)
    assert isinstance(heavy, Precaution)
    assert gate.name == "Cannot pass the gate (local)"
    assert [part.text for part in gate.questions] == ["Is it shut? (local)"]
    assert heavy.name == "Heavy client"
    assert [part.text for part in heavy.advice] == ["Use a low table.", "Use no stool. (local)"]
    assert {part.name for part in both.file.recognised} == {"left-handed", "Quay voucher (local)"}
    assert both.overlays == ("Quay Clinic",)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cannot pass the gate", {"quay-gate"}),
        ("gate trouble", {"quay-gate"}),
        ("needs our big table", {"heavy"}),
        ("stout client", {"heavy"}),
    ],
)
def test_local_words_are_read(both: KnowledgeBase, words: str, found: set[str]) -> None:
    """A description finds local precautions by name and alias, and bundled ones by local words too."""
    read = screen(both, words, Plan())
    assert {record.id for record in read.precautions} == found
    assert read.unknown == ()


def test_local_words_for_a_sign_raise_its_alarm(both: KnowledgeBase, tiny: KnowledgeBase) -> None:
    """A wording that a clinic adds leads to the bundled sign, with its urgency."""
    assert [part.sign.id for part in redflags(both, "tumbled off").signs] == ["falling"]
    assert redflags(tiny, "tumbled off").signs == ()


def test_recognised_words_and_fillers_join(both: KnowledgeBase, tiny: KnowledgeBase) -> None:
    """What a clinic recognises is not reported as unknown."""
    read = screen(both, "voucher, stout client quay", Plan())
    assert [part.name for part in read.recognised] == ["Quay voucher (local)"]
    assert read.unknown == ()
    assert screen(tiny, "voucher, stout client quay", Plan()).unknown != ()


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("show heavy", ["local, Quay Clinic: The strong table is in room 2.", "Use no stool. (local)"]),
        ("show heavy --format markdown", ["**local, Quay Clinic:** The strong table", "Use no stool. (local)"]),
        ("show falling", ["local, Quay Clinic: The telephone", "tumbled off (local)"]),
        ("show quay-gate", ["Cannot pass the gate (local)", "local, Quay Clinic: Ask the porter.", "Heavy client"]),
        ("show blue-thumb", ["Cannot pass the gate (local)"]),
        ("screen gate trouble", ["Cannot pass the gate (local)", "Is it shut? (local)", "Ask the porter."]),
        ("screen stout client", ["local, Quay Clinic: The strong table is in room 2."]),
        ("list precaution", ["Cannot pass the gate (local)"]),
        ("search gate", ["Cannot pass the gate (local)"]),
        ("about", ["Overlays (local)", "Quay Clinic"]),
        ("export precaution --format markdown", ["Cannot pass the gate (local)", "Ask the porter."]),
    ],
)
@pytest.mark.usefixtures("both")
def test_pages_mark_what_is_local(run: Run, command: str, shown: list[str]) -> None:
    """Wherever something local stands, the mark stands with it."""
    answer = run(*command.split(), env={"COLUMNS": "200"}).out
    for text in shown:
        assert text in answer, text


@pytest.mark.parametrize("command", ["show quay-gate", "list precaution", "search gate", "screen gate trouble"])
@pytest.mark.usefixtures("both")
def test_json_marks_what_is_local(run: Run, command: str) -> None:
    """Answers name the overlays, and each record says what of it is local; a record without anything local does not."""
    answer = run(*command.split(), "--json").json
    assert answer["kb"]["overlays"] == ["Quay Clinic"]
    (gate,) = [row for row in answer["results"] if row["id"] == "quay-gate"]
    assert gate["local"]["by"] == "Quay Clinic"
    assert gate["local"]["notes"] == [{"text": "Ask the porter.", "by": "Quay Clinic"}]
    heavy = run("show", "heavy", "--json").json["results"][0]["local"]
    assert "by" not in heavy
    assert heavy["advice"] == ["Use no stool."]
    assert heavy["aliases"] == ["needs our big table"]
    assert "local" not in run("show", "weight-gainers", "--json").json["results"][0]


@pytest.mark.usefixtures("both")
def test_exports_hold_what_is_local(run: Run, tmp_path: Path) -> None:
    """Every row of the table has the column, filled where something is local; the database takes the notes."""
    lines = run("export", "precaution", "--format", "csv").out.splitlines()
    assert lines[0].endswith(",local")
    assert {line.count("Quay Clinic") > 0 for line in lines[1:]} == {True}
    run("export", "--format", "sqlite", "-o", str(tmp_path / "kb.sqlite"))
    assert b"Quay Clinic: Ask the porter." in (tmp_path / "kb.sqlite").read_bytes()


def test_answers_without_overlays_name_none(run: Run, tiny_path: Path) -> None:
    """A knowledge base alone answers as ever."""
    answer = run("list", "precaution", "--json", env={"MASSHARM_KB": str(tiny_path)}).json
    assert "overlays" not in answer["kb"]
    assert all("local" not in row for row in answer["results"])


def test_local_advice_stands_before_bundled_text_and_never_in_its_place(kb: KnowledgeBase, place: Place) -> None:
    """Stricter advice that holds raises the level; the bundled action and its sources stay beside it."""
    strict = advice("anticoagulant-therapy", "contraindicated", "Go on as usual.") | {
        "when": {"records": ["pregnancy"]}
    }
    both = overlay.load(DATA, [place({"schema": 2, "overlay": "Quay Clinic", "advice": [strict]})])
    (before,) = massharm.screen(kb, "apixaban").results
    (without,) = massharm.screen(both, "apixaban").results
    assert without.action == before.action
    now = next(part for part in massharm.screen(both, "apixaban, pregnant").results if part.id == before.id)
    assert now.level == "contraindicated"
    assert now.action == f"Go on as usual. (local) {before.action}"
    assert (now.citations, now.basis) == (before.citations, before.basis)


def test_local_advice_of_a_local_precaution_takes_its_place(place: Place) -> None:
    """There is nothing bundled that it could hide."""
    content = clinic()
    own_advice = {"level": "local", "text": "Close it.", "when": {"records": ["pregnancy"]}, "citations": []}
    content["precautions"][0] |= {"advice": [own_advice], "harms": [], "see_also": []}
    both = overlay.load(DATA, [place({"schema": 2, "overlay": "Quay Clinic", "precautions": content["precautions"]})])
    found = {part.id: part for part in massharm.screen(both, "gate trouble, pregnant").results}
    assert (found["quay-gate"].level, found["quay-gate"].action) == ("local", "Close it. (local)")


# What is refused


def changed(field: str, *values: Any) -> Callable[[Overlay], object]:
    """Set a field of an overlay."""
    return lambda content: content.update({field: list(values)})


def own(**fields: Any) -> Callable[[Overlay], object]:
    """Change the precaution of an overlay."""
    return lambda content: content["precautions"][0].update(fields)


def alias(record: str, text: str) -> dict[str, str]:
    """Return an alias that an overlay adds."""
    return {"record": record, "text": text, "kind": "lay"}


def advice(record: str, level: str, text: str = "Use no stool.") -> dict[str, Any]:
    """Return an advice that an overlay adds."""
    return {"precaution": record, "level": level, "text": text, "citations": []}


NAMED = "bundled-words-stay"
REFUSED: dict[str, tuple[str, Callable[[Overlay], object], str]] = {
    "milder advice": ("advice-is-not-softer", changed("advice", advice("heavy", "adapt")), "heavy"),
    "advice for no precaution": ("parts-name-records", changed("advice", advice("falling", "adapt")), "falling"),
    "note on nothing": ("parts-name-records", changed("notes", {"record": "gone", "text": "A note."}), "gone"),
    "alias of a medicine": ("parts-name-records", changed("aliases", alias("weight-gainers", "x y")), "weight-gainers"),
    "id of a bundled harm": ("nothing-is-lost", own(id="blue-thumb"), "blue-thumb"),
    "id of a bundled sign": ("unique-ids", own(id="falling"), "falling"),
    "id of a bundled precaution": ("unique-ids", own(id="heavy"), "heavy"),
    "withdrawn id": ("unique-ids", own(id="azure-thumb"), "azure-thumb"),
    "name of a sign": (NAMED, own(name="Falling from a height"), "quay-gate"),
    "part of a name of a sign": (NAMED, own(name="Groaning"), "quay-gate"),
    "name of a precaution and more": (NAMED, own(name="Stout clients of ours"), "quay-gate"),
    "alias that names a sign": (NAMED, changed("aliases", alias("heavy", "fell off a ladder")), "heavy"),
    "alias of another precaution": (NAMED, changed("aliases", alias("falling", "stout client")), "falling"),
    "recognised sign": (
        NAMED,
        changed("recognised", {"name": "creaking rungs of ours", "kind": "word"}),
        "recognised",
    ),
    "recognised words of a sign in another form": (
        NAMED,
        changed("recognised", {"name": "creak of a rung", "kind": "word"}),
        "recognised",
    ),
    "recognised words that share two with a sign": (
        NAMED,
        changed("recognised", {"name": "big rungs that creak loudly", "kind": "word"}),
        "recognised",
    ),
    "name of a sign in another form": (NAMED, own(name="The rung groaned"), "quay-gate"),
    "recognised kind of massage": (NAMED, changed("recognised", {"name": "Thai", "kind": "word"}), "recognised"),
    "kind of massage and more": (NAMED, own(name="Tuina on the quay"), "quay-gate"),
    "filler of a kind of massage": (NAMED, changed("fillers", "our shiatsu"), "fillers"),
    "recognised medicine": (NAMED, changed("recognised", {"name": "Growmax", "kind": "word"}), "recognised"),
    "filler of a sign": (NAMED, changed("fillers", "our rungs"), "fillers"),
    "promise in a note": (
        "texts-promise-nothing",
        changed("notes", {"record": "heavy", "text": "Massage is safe for everybody."}),
        "heavy",
    ),
    "dose": ("texts-promise-nothing", changed("notes", {"record": "heavy", "text": "Give 20 mg first."}), "heavy"),
    "unknown citation": ("numbers-resolve", own(why=[said("A reason.", 999)]), "quay-gate"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_takes_or_softens_is_refused(name: str, tiny_path: Path, place: Place, run: Run) -> None:
    """`validate` finds it in the overlay, exit 1; every other command ends with exit 2 and names the overlay."""
    rule, spoil, where = REFUSED[name]
    content = clinic()
    spoil(content)
    path = place(content)
    found = [(at, part.rule, part.place) for at, part in check_files(tiny_path, [path])]
    assert (path, rule, where) in found
    assert {at for at, *_ in found} == {path}
    env = {"MASSHARM_KB": f"{tiny_path}{os.pathsep}{path}"}
    assert f"{path}: {where}: {rule}: " in run("validate", code=1, env=env).out
    for command in ("list", "search heavy", "screen heavy", "redflags falling", "about", "cite 17"):
        answer = run(*command.split(), code=2, env=env)
        assert answer.out == ""
        assert answer.err.startswith(f"massharm: knowledge base {path}: ")


@pytest.mark.parametrize(
    "field", ["signs", "harms", "medicines", "withdrawn", "citations", "notice", "absence", "intake", "urgency"]
)
def test_what_has_no_place_in_an_overlay_is_refused(field: str, place: Place, run: Run, tiny_path: Path) -> None:
    """An overlay has no field for a sign, a harm, an urgency or an id to withdraw."""
    path = place(clinic() | {field: []})
    for command in ("validate", "list"):
        answer = run(command, code=2, env={"MASSHARM_KB": f"{tiny_path}{os.pathsep}{path}"})
        assert f"knowledge base {path}: Object contains unknown field `{field}`" in answer.err


def test_nothing_is_lost_notices_every_change(tiny: KnowledgeBase) -> None:
    """A record that is gone, milder or shorter after a merge is a fault, whatever made it so."""
    import msgspec  # noqa: PLC0415 - for this test

    content = msgspec.convert(clinic() | {"precautions": [], "notes": []}, overlay.Overlay)
    spoilt: list[Callable[[File], object]] = [
        lambda file: file["signs"].pop(0),
        lambda file: file["signs"][1].update(urgency="soon"),
        lambda file: file["harms"][1].update(severity="minor"),
        lambda file: file["harms"][1]["warning_signs"].pop(),
        lambda file: file["precautions"][0]["action"].update(level="adapt"),
        lambda file: file["precautions"][0]["aliases"].pop(0),
        lambda file: file["precautions"][0]["advice"].pop(),
        lambda file: file["recognised"].pop(),
        lambda file: file["withdrawn"].pop(),
    ]
    for spoil in spoilt:
        file = tiny_file()
        spoil(file)
        whole = KnowledgeBase(msgspec.convert(file, type(tiny.file)))
        assert [*local_rules.nothing_is_lost(tiny, content, whole)] != []
    assert [*local_rules.nothing_is_lost(tiny, content, overlay.merge(tiny, content))] == []


def test_fault_of_the_base_is_the_base_s(write: Write, place: Place) -> None:
    """A fault that the base has alone is reported once, for the base."""
    file = tiny_file()
    file["harms"][0]["summary"] = "No full stop"
    base = write(file)
    assert {at for at, _ in check_files(base, [place(clinic())])} == {base}


def test_second_overlay_is_at_fault_for_what_it_repeats(tiny_path: Path, tmp_path: Path) -> None:
    """Two clinics may not use one id: the later file is named."""
    paths = [tmp_path / "one.json", tmp_path / "two.json"]
    for path in paths:
        path.write_text(json.dumps(clinic()))
    with pytest.raises(BadData, match=r"two\.json: .*quay-gate"):
        overlay.load(tiny_path, paths)


def test_no_json_and_a_missing_file_name_the_overlay(run: Run, tmp_path: Path) -> None:
    """What cannot be read ends every command with exit 2."""
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    for path in (broken, tmp_path / "none.json"):
        assert f"knowledge base {path}: " in run("list", code=2, env={"MASSHARM_KB": f"{os.pathsep}{path}"}).err


def test_overlay_alone_is_no_knowledge_base(run: Run) -> None:
    """A single path is a whole knowledge base; the message says how an overlay is used."""
    answer = run("list", code=2, env={"MASSHARM_KB": str(EXAMPLE)})
    assert (
        f"an overlay, no whole knowledge base; over the bundled one use it as MASSHARM_KB={os.pathsep}FILE"
        in answer.err
    )
    assert "an overlay" in run("diff", str(EXAMPLE), code=2).err


# validate, and the example


def test_validate_checks_an_overlay_over_the_bundled_file(run: Run, place: Place) -> None:
    """An overlay that is named alone is tried over the bundled knowledge base."""
    answer = run("validate", str(EXAMPLE))
    assert answer.out == ""
    assert "faults: 0" in answer.err
    found = run("validate", str(place(clinic())), "--json", code=1).json
    assert {row["file"] for row in found["results"]} == {str(place(clinic()))}


def test_fix_is_for_one_whole_file(run: Run) -> None:
    """--fix rewrites no overlay, and no base behind one."""
    assert "take a whole knowledge base" in run("validate", "--fix", str(EXAMPLE), code=2).err


def test_published_example_is_the_one_of_the_page() -> None:
    """The page shows the file that the tests read."""
    page = (ROOT / "docs" / "overlays.md").read_text(encoding="utf-8")
    assert f"```json\n{EXAMPLE.read_text(encoding='utf-8')}```" in page


def test_every_bundled_sign_alarms_as_before(kb: KnowledgeBase) -> None:
    """With the example over it, names of signs raise the same alarms, and precautions are found as before.

    Every seventeenth is typed.
    """
    whole = overlay.load(DATA, [EXAMPLE])
    for sign in kb.file.signs[::17]:
        before = {part.sign.id: part.urgency for part in redflags(kb, sign.name).signs}
        after = {part.sign.id: part.urgency for part in redflags(whole, sign.name).signs}
        assert after == before, sign.name
    words = "stairs; floor; letter; cushions; voucher"
    for record in kb.file.precautions[::17]:
        found = {part.id for part in screen(kb, record.name, Plan()).precautions}
        assert found <= {part.id for part in screen(whole, f"{record.name}; {words}", Plan()).precautions}
    assert len(whole.records(Sign.kind)) == len(kb.records(Sign.kind))


CUNNING: Overlay = {
    "schema": 2,
    "overlay": "Quay Clinic",
    "recognised": [
        {"name": name, "kind": "word"}
        for name in (
            "attack last year", "uses a blood", "woke with chest", "pain zqx", "but she", "except for", "wrong except",
            "suddenly today", "zqx but", "apixiban", "aged 3", "39.5",
        )
    ],
    "fillers": ["except", "and", "zqx"],
}  # fmt: skip


@pytest.fixture(scope="module")
def cunning(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Return the real knowledge base with that overlay."""
    path = tmp_path_factory.mktemp("overlay") / "cunning.json"
    path.write_text(json.dumps(CUNNING), encoding="utf-8")
    return overlay.load(DATA, [path])


@pytest.mark.parametrize(
    "words",
    [
        "heart attack last year", "uses a blood thinner", "woke with chest pain", "chest pain zqx",
        "no diabetes but she is pregnant", "no illness except for pregnancy", "nothing wrong except pregnancy",
        "suddenly today cannot speak", "no diabetes zqx but pregnant", "apixiban, neck", "aged 3 weeks",
        "temperature 39.5", "no diabetes and pregnant", "zqx blood thinner",
    ],
)  # fmt: skip
def test_words_that_reach_into_bundled_ones_hide_nothing(kb: KnowledgeBase, cunning: KnowledgeBase, words: str) -> None:
    """Local words that begin or end within bundled ones, that join them, or that are misspelt bundled ones."""
    before, after = massharm.screen(kb, words), massharm.screen(cunning, words)
    for field in ("alarms", "results", "questions", "denied", "harms", "reported", "plan"):
        assert getattr(after, field) == getattr(before, field), field
