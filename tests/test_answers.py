"""Answers as JSON: the envelope, the rows of records, and the clinical views."""

import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from massharm import KnowledgeBase
from massharm.clinical.redflags import redflags
from massharm.clinical.screening import Plan, screen
from massharm.errors import WrongUse
from massharm.exports.answers import Answer, commands, to_json
from massharm.exports.clinical import redflags_answer, screen_answer
from massharm.exports.hits import search_answer
from massharm.exports.rows import row, show_answer, shown_fields
from massharm.kb.records import KINDS, Harm, Record
from massharm.kb.sections import SECTIONS
from massharm.search.ranking import find
from tiny import DATA, Run, met, rows


def test_the_envelope_has_the_promised_keys(tiny: KnowledgeBase) -> None:
    """Scripts rely on these names."""
    assert json.loads(to_json(Answer.of(tiny, "x", [], ["y"]))) == {
        "schema": 2,
        "kb": {"edition": "1", "reviewed": "2026-01-02"},
        "query": "x",
        "results": [],
        "suggestions": ["y"],
        "next": [],
        "notice": "For tests only.",
    }


def test_a_hit_has_the_promised_keys(tiny: KnowledgeBase) -> None:
    """A harm has its severity and no number, a citation its number and no severity, every hit its match."""
    (found,) = json.loads(to_json(search_answer(tiny, "BT", find(tiny, "BT"))))["results"]
    assert found == {
        "kind": "harm",
        "id": "blue-thumb",
        "name": "Blue thumb",
        "severity": "minor",
        "score": 97,
        "match": {"how": "alias", "text": "BT", "read": []},
        "summary": "A thumb turns blue [in German: blau] after rubbing.",
        "citations": [1],
    }
    first, *_ = json.loads(to_json(search_answer(tiny, "author-17", find(tiny, "author-17"))))["results"]
    assert first["number"] == 17
    assert "severity" not in first


def test_a_corrected_word_is_in_the_match(tiny: KnowledgeBase) -> None:
    """A program sees what was read as what."""
    (found,) = json.loads(to_json(search_answer(tiny, "hevy", find(tiny, "hevy"))))["results"]
    assert found["match"] == {"how": "fuzzy", "text": "Heavy client", "read": [{"typed": "hevy", "word": "heavy"}]}


def test_rows_hold_what_follows_from_links(tiny: KnowledgeBase) -> None:
    """Computed fields stand beside the record's own, and cannot differ from them."""
    found = {one["id"]: one for one in rows(tiny)}
    ladder = found["broken-ladder"]
    assert ladder["outcomes"] == met("death", "surgery")
    assert (ladder["regions"], ladder["techniques"], ladder["providers"]) == (["back"], ["walking-on-back"], ["self"])
    assert ladder["risk_factors"] == ["heavy"]
    assert (ladder["evidence"], ladder["band"]) == ("case report", "not known")
    assert (ladder["cases"], ladder["published_cases"]) == (["author-5-ladder"], 1)
    assert ladder["all_citations"] == [5]
    assert found["blue-thumb"]["band"] == "common"
    assert (found["odd-feeling"]["cases"], found["odd-feeling"]["published_cases"]) == (["anecdote-odd"], 0)
    assert (found["anecdote-odd"]["anecdote"], found["anecdote-odd"]["year"]) == (True, None)
    assert (found["author-5-ladder"]["anecdote"], found["author-5-ladder"]["year"]) == (False, 2005)
    assert found["weight"]["harms"] == ["broken-ladder"]
    assert found["heavy"]["harms"] == [{"harm": "broken-ladder", "support": "authority", "citations": [13]}]
    assert found["heavy"]["medicines"] == ["weight-gainers"]
    assert (found["falling"]["characteristic_of"], found["falling"]["compatible_with"]) == (["broken-ladder"], [])
    assert (found["creaking"]["characteristic_of"], found["creaking"]["compatible_with"]) == ([], ["broken-ladder"])
    assert (found["creaking"]["summary"], found["weight-gainers"]["summary"]) == (
        "See a clinician.",
        "They add weight.",
    )
    assert found["heavy"]["citations"] == [13]
    assert (found["myth-blue"]["summary"], found["myth-blue"]["citations"]) == ("Blue is good.", [14])
    assert (found["ladder"]["summary"], found["lesson-look"]["summary"]) == (
        "Two poles with rungs.",
        "Look at the ladder first.",
    )
    cited = found["author-5"]
    assert (cited["number"], cited["pmid"], cited["cautions"]) == (5, None, [])
    assert cited["text"].startswith("Author A. Report 5.")
    assert {"broken-ladder", "author-5-ladder"} <= set(cited["cited_by"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_begins_with_kind_id_and_name(tiny: KnowledgeBase, kind: str) -> None:
    """Whoever reads a row finds first what it is; then every field of the record is there."""
    for record in tiny.records(kind):
        found = json.loads(to_json(row(record, tiny)))
        assert list(found.items())[:3] == [("kind", kind), ("id", record.id), ("name", record.name)]
        assert set(record.__struct_fields__) <= set(found)


def test_ascii_json_is_the_same_json(tiny: KnowledgeBase) -> None:
    """Where a stream is not UTF-8 every other character is escaped, and nothing is lost."""
    value = {"name": "Ménière – “x”", "numbers": [1, 2.5], "none": [], "row": row(tiny[5], tiny)}
    escaped = to_json(value, ascii_only=True)
    assert escaped.isascii()
    assert json.loads(escaped) == json.loads(to_json(value))
    assert "Ménière – “x”" in to_json(value)


def shown(kb: KnowledgeBase, record: Record, sections: Sequence[str] = (), **shape: Any) -> dict[str, Any]:
    """Return a record as `show --json` has it."""
    (found,) = show_answer(kb, "q", record, sections, **shape).to_dict()["results"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_aliases_are_left_out_unless_asked_for(tiny: KnowledgeBase, kind: str) -> None:
    """All else is there, in the same order; --full and --fields bring them back."""
    record = tiny.records(kind)[0]
    whole = json.loads(to_json(row(record, tiny)))
    assert list(shown(tiny, record).items()) == [item for item in whole.items() if item[0] != "aliases"]
    assert shown(tiny, record, full=True) == whole
    if "aliases" in whole:
        assert list(shown(tiny, record, fields="aliases")) == ["kind", "id", "name", "aliases"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_can_be_selected(tiny: KnowledgeBase, kind: str) -> None:
    """A record has the field, and before it what it is; the order is that of the record."""
    record = tiny.records(kind)[0]
    whole = json.loads(to_json(row(record, tiny)))
    assert list(whole) == ["kind", *(name for name in shown_fields(kind, None, full=True) if name != "local")]
    for name in whole:
        assert shown(tiny, record, fields=name) == {
            field: whole[field] for field in whole if field in {"kind", "id", "name", name}
        }


def test_a_field_may_be_written_as_an_option_is(tiny: KnowledgeBase) -> None:
    """Blanks, capitals and hyphens do not matter; the answer has the name of the field."""
    assert list(shown(tiny, tiny.harms[0], fields="Warning-signs, see_also"))[3:] == ["warning_signs", "see_also"]


def test_an_unknown_field_is_refused_with_those_that_there_are(run: Run, tiny_path: Path) -> None:
    """For each command that selects, also where the list is empty."""
    env = {"MASSHARM_KB": str(tiny_path)}
    for words in (
        ("list", "sign"),
        ("list", "sign", "--urgency", "soon", "--population", "infant"),
        ("show", "falling"),
    ):
        answer = run(*words, "--json", "--fields", "id,urgncy", code=2, env=env)
        assert answer.out == ""
        start = "massharm: --fields of signs does not take “urgncy” (did you mean urgency?); it takes kind, id, name, "
        assert answer.err.startswith(start)
    assert "--fields of citations" in run("cite", "5", "--json", "--fields", "x", code=2, env=env).err


@pytest.mark.parametrize("words", [("list", "--full"), ("list", "--fields", "id"), ("show", "17", "--full")])
def test_what_shapes_json_asks_for_it(run: Run, words: tuple[str, ...]) -> None:
    """An option that would do nothing is refused."""
    assert "shapes the JSON; add --json" in run(*words, code=2).err


def test_sections_and_fields_are_not_mixed(run: Run, tiny_path: Path) -> None:
    """Both select fields."""
    words = ("show", "broken-ladder", "signs", "--json", "--fields", "id")
    assert "leave one out" in run(*words, code=2, env={"MASSHARM_KB": str(tiny_path)}).err


@pytest.mark.parametrize(
    "words",
    [
        ("search", "broken ladder"), ("search", "laddr"), ("show", "broken-ladder"), ("show", "creaking"),
        ("list",), ("list", "citation"), ("cite", "5"), ("screen", "heavy, creaking rungs"), ("redflags",),
        ("redflags", "broken ladder"), ("evidence",), ("about",),
    ],
)  # fmt: skip
def test_next_commands_work(run: Run, tiny_path: Path, words: tuple[str, ...]) -> None:
    """Each answer says what to run next, and that gives an answer."""
    env = {"MASSHARM_KB": str(tiny_path)}
    commands = run(*words, "--json", env=env).json["next"]
    assert commands
    for command in commands:
        name, *following = shlex.split(command)
        assert name == "massharm"
        run(*following, env=env)


def test_next_commands_are_safe_in_a_shell() -> None:
    """Names of a file of someone else are data, and never read as commands; what is said twice stands once."""
    words = ["search", "$(touch x); 'rm' a"]
    (command,) = commands(words, words)
    assert shlex.split(command) == ["massharm", *words]
    assert command.startswith("massharm search '$(touch x); ")


def test_sections_hold_the_fields_of_the_record(tiny: KnowledgeBase) -> None:
    """Asked for a section, a row has its fields and no others; every field belongs to one section."""
    harm = tiny["broken-ladder"]
    part = shown(tiny, harm, ["signs"])
    assert list(part) == ["kind", "id", "name", "warning_signs", "missing"]
    held = {field for section in SECTIONS.values() for field in section.fields}
    others = {
        "kind", "id", "name", "aliases", "population", "severity", "outcomes", "systems", "regions", "techniques",
        "providers",
    }  # fmt: skip
    (ladder,) = [one for one in rows(tiny, "harm") if one["id"] == harm.id]
    assert set(ladder) - held == others | {"reviewed"}
    both = shown(tiny, harm, ["response", "frequency"])
    assert both == {name: ladder[name] for name in ladder if name in both}
    assert set(both) == {"kind", "id", "name", "response", "frequency", "band", "published_cases"}


def test_only_harms_have_sections(tiny: KnowledgeBase) -> None:
    """The message says what kind of record it is."""
    with pytest.raises(WrongUse, match="only harms have sections; heavy is a precaution"):
        show_answer(tiny, "heavy", tiny["heavy"], ["signs"])


def test_a_sign_has_its_harms_and_what_to_do(tiny: KnowledgeBase) -> None:
    """And the words that describe it."""
    answer = json.loads(to_json(redflags_answer(tiny, "fell off the ladder", redflags(tiny, "fell off the ladder"))))
    (found,) = answer["results"]
    assert (found["kind"], found["id"], found["text"]) == ("sign", "falling", "falling from a height")
    assert (found["urgency"], found["instruction"]) == ("emergency-now", "Call emergency services and do not move.")
    assert found["harms"] == [{"id": "broken-ladder", "link": "characteristic", "severity": "serious"}]
    assert (found["citations"], answer["harm"]) == ([11], None)


def test_json_of_the_program_is_that_of_the_api(run: Run, kb: KnowledgeBase) -> None:
    """`show --json` and the Python API give the same record."""
    shown = run("show", "rhabdomyolysis", "--json", "--full", env={"MASSHARM_KB": str(DATA)}).json["results"][0]
    assert shown == json.loads(to_json(row(kb["rhabdomyolysis"], kb)))


def test_screening_keeps_what_was_typed(tiny: KnowledgeBase) -> None:
    """Each precaution with the words that name it; what was not understood, denied or planned beside them."""
    found = screen(tiny, "hevy client, xylophone, no broken ladder", Plan(regions=("hand",)))
    answer = json.loads(to_json(screen_answer(tiny, "q", found)))
    (heavy,) = answer["results"]
    assert (heavy["typed"], heavy["because"]) == (["hevy"], [])
    assert (heavy["kind"], heavy["level"], heavy["action"]) == ("precaution", "contraindicated", "Use no ladder.")
    assert [part["text"] for part in answer["not_recognised"]] == ["xylophone"]
    assert answer["denied"] == [{"typed": "no broken ladder", "left_out": ["broken-ladder"], "recognised": []}]
    assert answer["plan"] == {"regions": ["hand"], "techniques": [], "providers": []}
    assert answer["absence"] == tiny.absence
    assert [part["then"] for part in answer["questions"]] == ["Ask the builder."]
    assert [(part["sign"], part["precautions"]) for part in answer["stop_if"]] == [("falling", ["heavy"])]
    (harm,) = answer["harms"]
    assert (harm["id"], harm["precautions"], harm["cases"]) == ("broken-ladder", ["heavy"], 1)
    assert (harm["support"], answer["alarms"]) == ("authority", [])


def test_a_medicine_is_the_reason_for_its_precaution(tiny: KnowledgeBase) -> None:
    """Who takes it has what it implies, and the answer says by which medicine."""
    answer = json.loads(to_json(screen_answer(tiny, "q", screen(tiny, "takes Growmax, creaking rungs", Plan()))))
    (heavy,) = answer["results"]
    assert (heavy["id"], heavy["typed"], heavy["because"]) == ("heavy", ["growmax"], ["weight-gainers"])
    (alarm,) = answer["alarms"]
    assert (alarm["sign"], alarm["urgency"], alarm["instruction"]) == (
        "creaking",
        "same-day",
        "Same-day medical review.",
    )


def test_a_harm_that_bears_on_a_client_is_not_reported_again(kb: KnowledgeBase) -> None:
    """Harms of the planned massage that the precautions already name stand once."""
    found = screen(kb, "osteoporosis, neck work planned", Plan(regions=("neck",)))
    answer = json.loads(to_json(screen_answer(kb, "q", found)))
    bearing, reported = ({harm["id"] for harm in answer[field]} for field in ("harms", "reported"))
    of_the_neck = {harm.id for harm in kb.file.harms if isinstance(harm, Harm) and "neck" in kb.regions(harm)}
    assert bearing & of_the_neck
    assert reported == of_the_neck - bearing
