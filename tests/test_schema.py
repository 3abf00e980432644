"""The two JSON Schemas: of a knowledge base file, and of every answer."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from massharm import BadData, KnowledgeBase
from massharm.cli.app import Commands
from massharm.exports.schemas import answer_schemas
from massharm.kb import overlay, store
from massharm.kb.records import KINDS
from massharm.kb.sections import SECTIONS
from tiny import DATA, ROOT, Run, Write, tiny_file

File = dict[str, Any]
FILE_OF_OVERLAY = Draft202012Validator(overlay.schema())
FILE = Draft202012Validator(store.schema())


def closed(schema: Any) -> Any:
    """Refuse every field that a schema does not describe: so nothing that an answer holds can be missing from it."""
    if isinstance(schema, dict):
        shut = {"additionalProperties": False} if "properties" in schema else {}
        return {**shut, **{name: closed(part) for name, part in schema.items()}}
    return [closed(part) for part in schema] if isinstance(schema, list) else schema


def of(command: str, schema: File) -> Draft202012Validator:
    """Return the validator of one command's answers: its schema stands alone."""
    assert schema["$defs"][command]["$id"] == f"urn:massharm:answer:{command}:2"
    return Draft202012Validator(schema["$defs"][command])


OPEN, CLOSED = answer_schemas(), closed(answer_schemas())


def test_both_are_schemas() -> None:
    """Each is a schema of the dialect that it names."""
    for schema in (store.schema(), overlay.schema(), OPEN, CLOSED):
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_the_bundled_file_is_valid() -> None:
    """The published schema takes the data, and the data of the tests."""
    FILE.validate(json.loads(DATA.read_text(encoding="utf-8")))
    FILE.validate(tiny_file())


def put(value: Any, *place: str | int) -> Callable[[File], None]:
    """Set a field of a file."""

    def change(file: File) -> None:
        *way, last = place
        for step in way:
            file = file[step]  # type: ignore[index]
        file[last] = value  # type: ignore[index]

    return change


def drop(*place: str | int) -> Callable[[File], None]:
    """Take a field of a file away."""

    def change(file: File) -> None:
        *way, last = place
        for step in way:
            file = file[step]  # type: ignore[index]
        del file[last]  # type: ignore[arg-type]

    return change


FAULTS = {
    "another schema number": put(3, "schema"),
    "no notice": drop("notice"),
    "no list of harms": drop("harms"),
    "a list of something else": put([], "drugs"),
    "an empty title": put("", "title"),
    "a day that is none": put("January 2026", "reviewed"),
    "a harm of another severity": put("awful", "harms", 0, "severity"),
    "a harm without a name": drop("harms", 0, "name"),
    "a harm without citations": drop("harms", 0, "citations"),
    "a harm with a field of its own": put("x", "harms", 0, "colour"),
    "an id in capitals": put("Blue-Thumb", "harms", 0, "id"),
    "an id with a colon": put("blue:thumb", "harms", 0, "id"),
    "a long summary": put("x" * 241, "harms", 0, "summary"),
    "a citation that is a word": put(["1"], "harms", 0, "citations"),
    "a citation below nought": put([-1], "harms", 0, "citations"),
    "an alias without a kind": drop("harms", 0, "aliases", 0, "kind"),
    "more than all": put(101, "harms", 0, "frequency", 0, "percent"),
    "a denominator of nought": put(0, "harms", 0, "frequency", 0, "denominator"),
    "a warning sign without its link": drop("harms", 1, "warning_signs", 0, "link"),
    "a sign without urgency": drop("signs", 0, "urgency"),
    "a sign of a long name": put("x" * 91, "signs", 0, "name"),
    "a long action": put("x" * 81, "precautions", 0, "action", "text"),
    "a precaution without an action": drop("precautions", 0, "action"),
    "five questions": put(
        [{"text": "Why?", "if_yes": "local", "then": "Go.", "citations": [1]}] * 5, "precautions", 0, "questions"
    ),
    "an outcome that is a word": put(["death"], "cases", 0, "outcomes"),
    "a medicine without names": put([], "medicines", 0, "names"),
    "a withdrawn id of no heirs": put([], "withdrawn", 0, "heirs"),
    "no word on the review": drop("review"),
    "a statement that is a text": put("Stand back.", "harms", 1, "response", 0),
    "a system that is none": put(["soul"], "harms", 0, "systems"),
    "a mechanism of no known status": put("sure", "mechanisms", 0, "status"),
    "a DOI that is none": put("doi:10.1/x", "citations", 1, "doi"),
    "a PMID with a nought before it": put("012", "citations", 1, "pmid"),
    "an address without its scheme": put("example.org", "citations", 1, "url"),
    "a year to come": put(2101, "citations", 1, "year"),
    "a kind of study that is none": put("hearsay", "citations", 1, "kind_of_study"),
    "a case without its harm": drop("cases", 0, "harms"),
    "no patient at all": put(0, "cases", 0, "patients"),
    "advice that is none": put("go-on", "precautions", 0, "advice", 0, "level"),
    "a level without its words": put([["minor"]], "terms", 1, "levels"),
    "a myth without evidence": drop("myths", 0, "evidence"),
    "a lesson for nobody": put("all", "lessons", 0, "audience"),
    "a withdrawn id without an heir": drop("withdrawn", 0, "heirs"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_one_fault_is_refused_as_the_program_refuses_it(tmp_path: Path, fault: Callable[[File], None]) -> None:
    """The schema and the program agree on what is no knowledge base."""
    file = tiny_file()
    fault(file)
    assert not FILE.is_valid(file)
    path = tmp_path / "kb.json"
    path.write_text(json.dumps(file))
    with pytest.raises(BadData):
        store.load(path)


ANSWERS = [
    ("search", "rhabdo"),
    ("search", "rabdo"),
    ("search", "aksoy", "2009"),
    ("search", "what", "is", "a", "clot", "--limit", "50"),
    ("search", "qqqqzz"),
    ("show", "rhabdomyolysis"),
    ("show", "rhabdomyolysis", "signs", "cases"),
    ("show", "17"),
    ("show", "xyzzy"),
    *(("list", kind) for kind in KINDS),
    ("list", "--severity", "serious", "--region", "neck", "--year", "2000-2010"),
    ("list", "--provider", "device", "--outcome", "fetal-loss"),
    ("cite", "0-29"),
    ("cite", "--for", "rhabdomyolysis"),
    ("cite", "17", "nonsense"),
    ("screen", "warfarin,", "osteoporsis,", "no", "cancer,", "xylophone", "--region", "neck", "--technique", "thai"),
    ("screen", "sudden", "chest", "pain", "and", "shortness", "of", "breath"),
    ("screen", "rhabdomyolysis"),
    ("screen", "xylophone"),
    ("redflags",),
    ("redflags", "hedache", "vomiting", "after", "neck", "massage"),
    ("redflags", "rhabdomyolysis", "--region", "leg"),
    ("redflags", "xylophone"),
    ("list", "mechanism", "--full"),
    ("show", "warfarin", "--full"),
    ("evidence",),
    ("diff", str(DATA)),
    ("about",),
    ("about", "--changes"),
    ("about", "--method"),
    ("validate",),
]


def answer_to(run: Run, words: tuple[str, ...]) -> Any:
    """Ask for JSON, whatever the exit code is: nothing found is an answer too."""
    for code in (0, 1):
        try:
            return run(*words, "--json", code=code).json
        except AssertionError:
            continue
    raise AssertionError(words)


@pytest.mark.parametrize("words", ANSWERS, ids=" ".join)
def test_every_answer_is_as_promised(run: Run, words: tuple[str, ...]) -> None:
    """Whatever a command answers is described, to the last field."""
    answer = answer_to(run, words)
    of(words[0], CLOSED).validate(answer)


def test_every_record_and_section_is_as_promised(run: Run, kb: KnowledgeBase) -> None:
    """`show` of one record of each kind, and of each section of a harm."""
    validator = of("show", CLOSED)
    for kind in KINDS:
        validator.validate(answer_to(run, ("show", kb.records(kind)[0].id)))
    for section in SECTIONS:
        validator.validate(answer_to(run, ("show", "rhabdomyolysis", section)))


def test_a_faulty_file_is_reported_as_promised(run: Run, write: Write) -> None:
    """`validate` with something to report."""
    file = tiny_file()
    file["harms"][0]["citations"] = [999]
    answer = run("validate", str(write(file)), "--json", code=1).json
    assert answer["results"]
    of("validate", CLOSED).validate(answer)


def test_differences_and_local_parts_are_as_promised(run: Run, write: Write) -> None:
    """`diff` with every sort of change, and the answers that hold something of an overlay."""
    file = tiny_file()
    answer = run("diff", str(write(file)), "--json", code=1).json
    assert {row["change"] for row in answer["results"]} >= {"added", "text", "withdrawn", "loss"}
    of("diff", CLOSED).validate(answer)
    example = ROOT / "docs" / "overlay.json"
    env = {"MASSHARM_KB": f"{os.pathsep}{example}"}
    FILE_OF_OVERLAY.validate(json.loads(example.read_text(encoding="utf-8")))
    for words in ("show pregnancy", "list precaution", "screen pregnant", "search stairs", "about"):
        answer = run(*words.split(), "--json", env=env).json
        assert answer["kb"]["overlays"]
        of(words.split()[0], CLOSED).validate(answer)


def test_every_command_that_answers_in_json_is_described() -> None:
    """No `--json` without its schema, and no schema without its command."""
    asked = {name for name, command in Commands().items() for option in command.params if "--json" in option.opts}
    assert {words[0] for words in ANSWERS} == asked
    assert asked == set(OPEN["$defs"])
    assert [part["$ref"] for part in OPEN["anyOf"]] == [schema["$id"] for schema in OPEN["$defs"].values()]


def test_the_program_prints_both(run: Run) -> None:
    """With and without `--answers`."""
    assert run("schema").json == json.loads(json.dumps(store.schema()))
    assert run("schema", "--answers").json == json.loads(json.dumps(OPEN))
    assert run("schema", "--overlay").json == json.loads(json.dumps(overlay.schema()))
    assert "two schemas" in run("schema", "--answers", "--overlay", code=2).err


BROKEN_ANSWERS = {
    "another schema number": put(3, "schema"),
    "no notice": drop("notice"),
    "no edition": drop("kb", "edition"),
    "results that are no list": put({}, "results"),
    "a result of an unknown kind": put("drug", "results", 0, "kind"),
    "a result without an id": drop("results", 0, "id"),
}
BROKEN_HITS = {
    "a score above all": put(101, "results", 0, "score"),
    "a match of an unknown way": put("guess", "results", 0, "match", "how"),
}


@pytest.mark.parametrize("fault", BROKEN_ANSWERS.values(), ids=BROKEN_ANSWERS)
def test_a_broken_answer_is_refused(run: Run, fault: Callable[[File], None]) -> None:
    """The schema of answers says no."""
    answer = run("search", "rhabdo", "--json").json
    fault(answer)
    assert not of("search", OPEN).is_valid(answer)
    assert not Draft202012Validator(OPEN).is_valid(answer)


@pytest.mark.parametrize("fault", BROKEN_HITS.values(), ids=BROKEN_HITS)
def test_a_broken_hit_is_refused(run: Run, fault: Callable[[File], None]) -> None:
    """The schema of `search` says no; that of all answers takes it for a record with fields of its own."""
    answer = run("search", "rhabdo", "--json").json
    fault(answer)
    assert not of("search", OPEN).is_valid(answer)


def test_further_fields_are_no_fault(run: Run) -> None:
    """Fields may be added within a schema number: a program that checks must not break."""
    answer = run("list", "--json").json
    answer["took"] = answer["results"][0]["colour"] = answer["results"][0]["uncertainty"][0]["colour"] = "blue"
    of("list", OPEN).validate(answer)
    Draft202012Validator(OPEN).validate(answer)


@pytest.mark.parametrize("field", ["schema", "suggestions", "query"])
def test_an_answer_is_refused_where_it_lacks_a_field(run: Run, field: str) -> None:
    """Every answer has the whole envelope."""
    answer = run("list", "--json").json
    del answer[field]
    assert not of("list", OPEN).is_valid(answer)


@pytest.mark.parametrize("field", ["kind", "id", "name"])
@pytest.mark.parametrize(
    "words", [("show", "rhabdomyolysis", "signs"), ("list", "--fields", "severity"), ("cite", "17", "--fields", "text")]
)
def test_a_record_in_part_says_what_it_is(run: Run, words: tuple[str, ...], field: str) -> None:
    """The rest may be missing."""
    answer = run(*words, "--json").json
    of(words[0], CLOSED).validate(answer)
    del answer["results"][0][field]
    assert not of(words[0], OPEN).is_valid(answer)


def test_a_field_of_a_record_has_its_type(run: Run) -> None:
    """Also where it need not be there."""
    answer = run("list", "--json").json
    answer["results"][0]["severity"] = "grim"
    assert not of("list", OPEN).is_valid(answer)
