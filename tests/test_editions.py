"""Editions: what changed between two files, what each edition changed, and the check of `scripts/edition.py`."""

import json
import re
import runpy
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from msgspec import structs

from massharm import BadData, KnowledgeBase
from massharm.kb import editions, store
from massharm.kb.comparison import ChangeType, compare
from massharm.kb.parts import PublicationStatus
from massharm.kb.records import File as Whole
from massharm.pages.blocks import Grid, Heading, Item, Para, Run
from massharm.pages.editions import method_page
from tiny import DATA, ROOT, File, aliases, citation, tiny_file
from tiny import Run as Command

EDITION = SimpleNamespace(**runpy.run_path(str(ROOT / "scripts" / "edition.py")))
Place = Callable[[str, Callable[[File], object]], Path]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Write the tiny knowledge base with a change."""

    def made(name: str, change: Callable[[File], object]) -> Path:
        file = tiny_file()
        change(file)
        path = tmp_path / name
        path.write_text(json.dumps(file), encoding="utf-8")
        return path

    return made


def base(change: Callable[[File], object]) -> KnowledgeBase:
    """Return the tiny knowledge base with a change."""
    file = tiny_file()
    change(file)
    return KnowledgeBase(msgspec.convert(file, Whole))


def add_term(file: File) -> None:
    """Add a record."""
    file["terms"].append({"id": "rope", "name": "Rope", "definition": "It holds.", "citations": [5]})


def withdraw(file: File) -> None:
    """Take a record away and name its heir."""
    file["myths"].pop()
    file["withdrawn"].append({"id": "myth-blue", "heirs": ["ladder"]})


VERY_HEAVY = {"key": "very-heavy", "text": "Use a low table.", "citations": [13]}
BROKE = {"text": "Did a ladder break?", "then": "Ask the builder.", "citations": [13]}

CHANGES: dict[str, tuple[Callable[[File], object], tuple[Any, ...]]] = {
    "urgency": (
        lambda file: file["signs"][1].update(urgency="soon"),
        ("grade", "falling", "urgency", "emergency-now", "soon"),
    ),
    "severity": (
        lambda file: file["harms"][0].update(severity="serious"),
        ("grade", "blue-thumb", "severity", "minor", "serious"),
    ),
    "level": (
        lambda file: file["precautions"][0]["action"].update(level="adapt"),
        ("grade", "heavy", "level", "contraindicated", "adapt"),
    ),
    "sign gone": (
        lambda file: file["signs"].pop(1),
        ("loss", "falling", None, "Call emergency services and do not move.", None),
    ),
    "wording gone": (
        lambda file: file["signs"][0]["aliases"].pop(0),
        ("loss", "creaking", "aliases", [{"text": "groaning rungs", "kind": "lay"}], None),
    ),
    "sign of a harm gone": (
        lambda file: file["harms"][1]["warning_signs"].pop(0),
        ("loss", "broken-ladder", "warning_signs", [{"sign": "creaking", "link": "compatible"}], None),
    ),
    "stop sign gone": (
        lambda file: file["precautions"][0].update(stop_if=[]),
        ("loss", "heavy", "stop_if", ["falling"], None),
    ),
    "medicine no longer leads to a precaution": (
        lambda file: file["medicines"][0].update(precautions=[]),
        ("loss", "weight-gainers", "precautions", ["heavy"], None),
    ),
    "name of a medicine gone": (
        lambda file: file["medicines"][0]["names"].pop(1),
        ("loss", "weight-gainers", "names", [{"text": "Growmax", "kind": "brand", "generic": "crescol"}], None),
    ),
    "name of a precaution gone": (
        lambda file: file["precautions"][0]["aliases"].pop(0),
        ("loss", "heavy", "aliases", [{"text": "stout client", "kind": "lay"}], None),
    ),
    "level of advice": (
        lambda file: file["precautions"][0]["advice"][0].update(level="local"),
        ("grade", "heavy", "advice", [VERY_HEAVY | {"level": "adapt"}], [VERY_HEAVY | {"level": "local"}]),
    ),
    "level after a yes": (
        lambda file: file["precautions"][0]["questions"][0].update(if_yes="adapt"),
        ("grade", "heavy", "questions", [BROKE | {"if_yes": "clearance"}], [BROKE | {"if_yes": "adapt"}]),
    ),
    "text of advice": (
        lambda file: file["precautions"][0]["advice"][0].update(text="Use no table."),
        (
            "text",
            "heavy",
            "advice",
            [VERY_HEAVY | {"level": "adapt"}],
            [VERY_HEAVY | {"level": "adapt", "text": "Use no table."}],
        ),
    ),
    "record withdrawn": (withdraw, ("withdrawn", "myth-blue", None, "Blue is good.", None)),
    "record added": (add_term, ("added", "rope", None, None, "It holds.")),
    "text": (
        lambda file: file["harms"][0].update(summary="It is blue."),
        ("text", "blue-thumb", "summary", "A thumb turns blue [in German: blau] after rubbing.", "It is blue."),
    ),
    "wording of another kind": (
        lambda file: file["signs"][0]["aliases"][0].update(kind="exact"),
        (
            "text",
            "creaking",
            "aliases",
            [{"text": "groaning rungs", "kind": "lay"}],
            [{"text": "groaning rungs", "kind": "exact"}],
        ),
    ),
    "order": (
        lambda file: file["harms"][1]["warning_signs"].reverse(),
        (
            "text",
            "broken-ladder",
            "warning_signs",
            [{"sign": "creaking", "link": "compatible"}, {"sign": "falling", "link": "characteristic"}],
            [{"sign": "falling", "link": "characteristic"}, {"sign": "creaking", "link": "compatible"}],
        ),
    ),
    "notice": (lambda file: file.update(notice="Read it."), ("text", "file", "notice", "For tests only.", "Read it.")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_found(tiny: KnowledgeBase, name: str) -> None:
    """A changed file differs by that change, with what was there and what is there."""
    change, expected = CHANGES[name]
    found = [
        (str(part.change), part.id, part.field, *msgspec.json.decode(msgspec.json.encode([part.old, part.new])))
        for part in compare(tiny, base(change))
    ]
    assert expected in found
    graver = [part for part in found if part[0] != "text"]
    assert graver in ([expected], [])


def test_nothing_differs_from_itself(tiny: KnowledgeBase) -> None:
    """Two readings of one file are one edition."""
    assert compare(tiny, base(lambda _: None)) == ()


def test_graver_changes_come_first(tiny: KnowledgeBase) -> None:
    """Grades, then losses, withdrawn and added records, then texts."""

    def change(file: File) -> None:
        for name in ("text", "record added", "record withdrawn", "sign of a harm gone", "level"):
            CHANGES[name][0](file)

    found = [part.change for part in compare(tiny, base(change))]
    assert list(dict.fromkeys(found)) == list(ChangeType)


def test_new_part_of_a_list_stands_alone(tiny: KnowledgeBase) -> None:
    """Of a list only the difference is given, and a new wording of a sign is no loss."""
    found = compare(tiny, base(lambda file: file["signs"][0]["aliases"].extend(aliases("it creaks"))))
    assert [(part.change, part.old, part.new) for part in found] == [
        (ChangeType.TEXT, [], [{"text": "it creaks", "kind": "lay"}])
    ]


def test_withdrawn_record_names_its_heirs(tiny: KnowledgeBase) -> None:
    """Who looks for it finds what replaces it."""
    (found,) = [part for part in compare(tiny, base(withdraw)) if part.change is ChangeType.WITHDRAWN]
    assert found.heirs == ("ladder",)


# The command


def test_exit_code_says_whether_anything_differs(run: Command, place: Place) -> None:
    """0 for one edition, 1 for two."""
    same = str(place("same.json", lambda _: None))
    other = str(place("other.json", add_term))
    assert "no difference" in run("diff", same, same).out
    assert run("diff", same, same, "--json").json["results"] == []
    answer = run("diff", same, other, "--json", code=1).json
    assert answer["query"] == [same, other]
    assert [row["id"] for row in answer["results"]] == ["rope"]


def test_bundled_file_is_the_newer_edition(run: Command, place: Place) -> None:
    """With one file the bundled one is compared, whatever MASSHARM_KB names."""
    tiny_path = str(place("tiny.json", lambda _: None))
    assert run("diff", str(DATA), env={"MASSHARM_KB": tiny_path}).code == 0
    assert run("diff", tiny_path, "--json", code=1).json["kb"]["edition"] == KnowledgeBase.load(DATA).edition


def test_page_names_grades_losses_and_sources(run: Command, place: Place) -> None:
    """A page has the notice and the citations; a text is never read as markup."""

    def change(file: File) -> None:
        CHANGES["urgency"][0](file)
        CHANGES["stop sign gone"][0](file)
        file["citations"].append(citation(30))
        file["harms"][0]["summary"] = "[red]Blue[/red] *thumb*."
        file["terms"][0]["citations"].append(30)

    paths = str(place("old.json", lambda _: None)), str(place("new.json", change))
    text = run("diff", *paths, code=1, env={"COLUMNS": "200"}).out
    for part in (
        "sign falling: falling from a height · urgency: emergency-now → soon [11]",
        "precaution heavy: Heavy client · stop_if",
        "- falling",
        "+ [red]Blue[/red] *thumb*. [1]",
        "citation author-30",
        "For tests only.",
    ):
        assert part in text, part
    assert text.index("emergency-now → soon") < text.index("stop_if") < text.index("author-30") < text.index("[red]")
    assert r"\*thumb\*" in run("diff", *paths, "--format", "markdown", code=1).out


@pytest.mark.parametrize(
    ("schema", "reason"), [(1, "schema 1, which is no longer read"), (3, "schema: Expected `int` <= 2")]
)
def test_other_schema_is_refused(run: Command, place: Place, schema: int, reason: str) -> None:
    """Only files of the schema of today are compared; the file at fault is named."""
    path = place("other.json", lambda file: file.update(schema=schema))
    answer = run("diff", str(path), code=2)
    assert answer.err.startswith(f"massharm: knowledge base {path}: ")
    assert reason in answer.err


# about


def test_changes_are_of_the_newest_edition_first(run: Command) -> None:
    """The list ends each page with the notice, and JSON holds the same."""
    found = editions.editions()
    assert [part.edition for part in found] == sorted({part.edition for part in found}, reverse=True)
    assert found[0].edition >= KnowledgeBase.load(DATA).edition
    text = " ".join(run("about", "--changes").out.split())
    for part in found:
        assert f"Edition {part.edition}, since {part.since}" in text
        assert all(change in text for change in part.changes)
    assert KnowledgeBase.load(DATA).notice in text
    (row,) = run("about", "--changes", "--json").json["results"]
    assert [part["edition"] for part in row["changes"]] == [part.edition for part in found]


def test_method_has_the_numbers_of_the_data_and_the_text(run: Command, kb: KnowledgeBase) -> None:
    """What is printed is the page of the documents, without the targets of its links, after the numbers."""
    text = run("about", "--method").out
    assert f"Publications taken in: {len(kb.file.citations)}" in text
    assert "not a systematic review" in text
    assert "](" not in text
    assert not {"**", "##", "|"} & set(text.split())
    assert all(re.search(rf"^ +{item} [a-z]", text, re.MULTILINE) for item in range(1, 17))
    (row,) = run("about", "--method", "--json").json["results"]
    assert row["method"] == (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    assert row["sources"]["publications"] == len(kb.file.citations)


def test_numbers_of_the_search_are_counted(tiny: KnowledgeBase) -> None:
    """Each citation counts once for each sort of page on which a field of it was seen."""
    seen = editions.sources(tiny)
    assert (seen.publications, seen.cases, seen.pages_seen, seen.status_seen) == (30, 2, None, None)
    assert (seen.looked_up, seen.notices) == (0, 0)
    states = [None, "Corrected", None]
    looked = [
        structs.replace(part, status=PublicationStatus(state=state, looked_at=f"2026-01-0{number}", place="PubMed"))
        for number, (part, state) in enumerate(zip(tiny.file.citations, states, strict=False), start=1)
    ]
    cited = (*looked, *tiny.file.citations[len(looked) :])
    numbers = editions.sources(KnowledgeBase(structs.replace(tiny.file, citations=cited)))
    assert (numbers.looked_up, numbers.notices, numbers.status_seen) == (3, 1, ("2026-01-01", "2026-01-03"))
    assert numbers.with_identifier == sum(bool(part.pmid or part.doi) for part in cited)
    assert seen.seen_in == {"pubmed": 30 - 9, "publisher": 0, "secondary": 0, "article": 0}


def test_one_question_at_a_time(run: Command) -> None:
    """Both lists at once are wrong use."""
    assert "two questions" in run("about", "--changes", "--method", code=2).err


def test_markdown_becomes_a_page() -> None:
    """Words of links stay; what is drawn needs no marks."""
    text = (
        "<!-- a -->\n# One\n\nSee [it](x.md#y) *now*,\nor `then`.\n\n- **a** b\n  c\n- d\n\n1. e\n\n"
        "| f | g |\n|---|---|\n| `1` | 2 |\n\nEnd.\n"
    )
    assert method_page(text) == (
        Heading("One"),
        Para((Run("See it now, or then."),)),
        Item((Run(""), Run("a", "strong"), Run(" b c"))),
        Item((Run("d"),)),
        Item((Run("e"),), "1."),
        Grid(("f", "g"), ((Run("1"), Run("2")),)),
        Item((Run("End."),), "", is_apart=True),
    )


def test_missing_texts_are_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A broken installation says which file is missing."""
    monkeypatch.setattr(editions, "CHECKOUT", tmp_path)
    for read in (editions.editions, editions.method):
        with pytest.raises(BadData, match=str(tmp_path)):
            read()


# scripts/edition.py


@pytest.fixture
def data(place: Place, tmp_path: Path) -> Path:
    """Return a folder of data whose edition 1 was released."""
    place("harms.json", lambda _: None)
    listed = [{"edition": "2", "since": "1", "added": {}}]
    (tmp_path / "changes.json").write_text(json.dumps(listed), encoding="utf-8")
    assert EDITION.main(["--release"], tmp_path) == 0
    return tmp_path


def checked(data: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Check a folder of data, and return the exit code and what was printed."""
    capsys.readouterr()
    return EDITION.main(["--check"], data), capsys.readouterr().out


def test_released_data_pass(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing changed: no history is needed to know it."""
    assert checked(data, capsys) == (0, "")


def test_changed_data_need_a_number(data: Path, place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """The check fails until the number changes, and then until the list of changes has it."""
    place("harms.json", add_term)
    code, text = checked(data, capsys)
    assert code == 1
    assert "differ from edition 1" in text
    assert EDITION.main(["3", "2026-05-06"], data) == 0
    code, text = checked(data, capsys)
    assert code == 1
    assert "no entry for edition 3" in text
    assert EDITION.main(["2", "2026-05-06"], data) == 0
    file = store.load(data / "harms.json")
    assert (file.edition, file.reviewed) == ("2", "2026-05-06")
    assert checked(data, capsys) == (0, "")
    assert EDITION.main(["--release"], data) == 0
    assert json.loads((data / "released.json").read_bytes())["edition"] == "2"


LOWERED: dict[str, tuple[Callable[[File], object], str]] = {
    "sign gone": (lambda file: file["signs"].pop(1), "falling is gone"),
    "urgency": (lambda file: file["signs"][1].update(urgency="soon"), "falling fell from emergency-now to soon"),
    "level": (
        lambda file: file["precautions"][0]["action"].update(level="adapt"),
        "heavy fell from contraindicated to adapt",
    ),
    "stop sign": (lambda file: file["precautions"][0].update(stop_if=[]), "heavy has lost falling"),
    "precaution of a medicine": (
        lambda file: file["medicines"][0].update(precautions=[]),
        "weight-gainers has lost heavy",
    ),
    "raised urgency": (
        lambda file: file["signs"][0].update(raised_by=[]),
        'creaking has lost same-day with {"records":["heavy"]}',
    ),
    "severity": (
        lambda file: file["harms"][1].update(severity="moderate"),
        "broken-ladder fell from serious to moderate",
    ),
}


NAMED = ["falling", "heavy", "broken-ladder", "weight-gainers", "creaking"]


@pytest.mark.parametrize("name", LOWERED)
def test_lost_signs_and_milder_grades_must_be_named(
    data: Path, place: Place, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A new number alone does not do: the list of changes names the id."""
    change, fault = LOWERED[name]
    place("harms.json", lambda file: (change(file), file.update(edition="2")))
    code, text = checked(data, capsys)
    assert code == 1
    assert fault in text
    listed = [{"edition": "2", "since": "1", "added": {}, "lowered": NAMED}]
    (data / "changes.json").write_text(json.dumps(listed), encoding="utf-8")
    assert checked(data, capsys) == (0, "")


def test_stricter_grades_and_named_losses_pass(data: Path, place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """What is more urgent needs no word, and `lowered` names what is gone."""

    def change(file: File) -> None:
        file.update(edition="2")
        file["signs"].pop(0)
        file["harms"][0].update(severity="serious")

    place("harms.json", change)
    listed = [{"edition": "2", "since": "1", "added": {}, "lowered": ["creaking"]}]
    (data / "changes.json").write_text(json.dumps(listed), encoding="utf-8")
    assert checked(data, capsys) == (0, "")


def test_record_of_the_last_release_is_readable() -> None:
    """The file in the checkout has the shape that the check reads, and an edition before the list of changes."""
    last = store.decode_as(store.read(ROOT / "data" / "released.json"), DATA, EDITION.Released)
    assert len(last.digest) == 64
    assert last.edition in {editions.editions()[0].since, editions.editions()[0].edition}
