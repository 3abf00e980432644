import re
import shlex
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

import massharm
from massharm.cli.app import COMMANDS, Commands
from massharm.cli.cite import FORMATS as CITATION_FORMATS
from massharm.cli.export import FORMATS as EXPORT_FORMATS
from massharm.cli.options import PAGE_FORMATS
from massharm.kb.filters import VOCABULARIES
from massharm.kb.records import KINDS
from massharm.kb.sections import SECTIONS
from tiny import ROOT, File, Run, Spoil, Write, tiny_file


@pytest.fixture(autouse=True)
def _tiny(monkeypatch: pytest.MonkeyPatch, tiny_path: Path) -> None:
    """Let every command here read the tiny knowledge base."""
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    monkeypatch.setenv("COLUMNS", "80")


def test_every_command_has_help_and_a_place_in_the_readme(run: Run) -> None:
    """No command is hidden."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert run(name, "--help").out.startswith(f"Usage: massharm {name}")
        assert f"`massharm {name}" in readme


def test_help_does_not_cut_its_sentences(run: Run) -> None:
    """The list of commands says each in full."""
    assert "..." not in run("--help").out.split("Commands:")[1]


def words_of(text: str) -> set[str]:
    """Return the words of a help text."""
    return set(re.findall(r"[a-z0-9-]+", text))


@pytest.mark.parametrize(
    ("command", "values"),
    [
        ("show", SECTIONS),
        ("show", PAGE_FORMATS),
        ("list", KINDS),
        ("cite", CITATION_FORMATS),
        ("export", EXPORT_FORMATS),
    ],
)
def test_help_names_all_values(run: Run, command: str, values: Iterable[str]) -> None:
    """Sections, kinds and formats in the help are those that the program takes."""
    assert set(values) <= words_of(run(command, "--help").out)


@pytest.mark.parametrize("command", ["list", "screen", "redflags"])
def test_examples_in_the_help_are_words_of_the_option(command: str) -> None:
    """Whatever a facet's help gives as an example can be typed."""
    facets = {param.name: param.help for param in Commands()[command].params if param.name in VOCABULARIES}
    assert "region" in facets
    for name, text in facets.items():
        examples = [word.strip(" .") for word in text.partition(": ")[2].split(",")]
        assert len(examples) > 1
        assert {word.split(" ")[0] for word in examples} <= {word.replace(" ", "-") for word in VOCABULARIES[name]}


def test_search_is_drawn(run: Run) -> None:
    """A person sees hits, why they are hits, and the next command."""
    out = run("search", "blue", "thumb").out
    assert "Blue thumb · minor" in out
    assert "matched by name" in out
    assert "massharm show blue-thumb" in out


def test_correction_of_a_misspelt_search_is_reported(run: Run) -> None:
    """Nothing is silently corrected."""
    assert "you typed “thmb”, read as “thumb”; matched “Blue thumb”" in run("search", "blue", "thmb").out


def test_search_as_json(run: Run) -> None:
    """Programs get the envelope."""
    answer = run("search", "blue", "thumb", "--json").json
    assert answer["query"] == "blue thumb"
    assert answer["results"][0]["match"] == {"how": "exact", "text": "Blue thumb", "read": []}


def test_search_that_finds_nothing(run: Run) -> None:
    """Exit 1, nothing on standard output, and the sentence that absence is no safety."""
    answer = run("search", "pizza", code=1)
    assert answer.out == ""
    assert answer.err == (
        "massharm: nothing in the knowledge base matches “pizza”. What is missing here may still harm.\n"
    )
    none = run("search", "pizza", "--json", code=1).json
    assert none["results"] == []
    assert none["notice"] == "For tests only."


def test_search_suggests_similar_names(run: Run) -> None:
    """A near miss gets suggestions, on standard error and in the JSON."""
    assert "Did you mean: Broken ladder?" in run("search", "kroken ladder", code=1).err
    assert run("search", "kroken ladder", "--json", code=1).json["suggestions"] == ["Broken ladder"]


def test_search_narrows_by_kind_and_limit(run: Run) -> None:
    """`--kind` takes singular and plural; `--limit` cuts."""
    assert [hit["kind"] for hit in run("search", "ladder", "--kind", "terms", "--json").json["results"]] == ["term"]
    assert len(run("search", "ladder", "-n", "1", "--json").json["results"]) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("search", "--kind", "drug", "x"), "--kind does not take “drug”; it takes harm"),
        (("search", "---x", "--"), "No such option"),
        (("search", "--", "---"), "the search has no letter and no digit in it"),
        (("list", "drug"), "KIND does not take “drug”"),
        (("list", "--severity", "awful"), "--severity does not take “awful”; it takes serious, moderate, minor"),
        (("list", "term", "--severity", "minor"), "--severity does not narrow terms"),
        (("cite",), "name at least one citation, as in: massharm cite 17"),
        (("show", "BT", "sings"), "no section is called “sings”"),
        (("show", "ladder", "signs"), "only harms have sections; ladder is a term"),
        (("validate", "/no/such.json"), "/no/such.json: No such file or directory"),
        (("show", "falling", "signs"), "only harms have sections; falling is a sign"),
        (("screen",), "describe the client, as in: massharm screen"),
        (("screen", "heavy", "--region", "nek"), "--region does not take “nek” (did you mean neck?)"),
        (("redflags", "--region", "moon"), "--region does not take “moon”"),
        (("redflags", "---"), "No such option"),
        (("redflags", "--", "---"), "no letter and no digit"),
        (("show", "BT", "--format", "pdf"), "--format does not take “pdf”; it takes text, markdown, html"),
        (("serch", "x"), "massharm: No such command 'serch'. Did you mean 'search'?"),
        (("LIST",), "Did you mean 'list'?"),
        (("rhabdo",), "massharm: No such command 'rhabdo'. Try: massharm search rhabdo"),
        (("dark urine", "--json"), "Try: massharm search 'dark urine'"),
        (("--", "-x"), "Try: massharm search rhabdo"),
        (("search",), "massharm: Missing argument 'WORDS...'; see: massharm search --help"),
        (("search", "x", "--limit", "0"), "massharm: Invalid value for '--limit'"),
        (("cite", ""), "name at least one citation, as in: massharm cite 17"),
        (("cite", ","), "name at least one citation"),
        (("cite", " ", "--json"), "name at least one citation"),
    ],
    ids=str,
)
def test_wrong_use_is_exit_2_with_one_line(run: Run, words: tuple[str, ...], message: str) -> None:
    """The line names the thing, the reason and the next step; nothing else is printed."""
    answer = run(*words, code=2)
    assert message in answer.err
    assert answer.err.startswith("massharm: ")
    assert (answer.out, answer.err.count("\n")) == ("", 1)


def test_program_without_words_prints_help(run: Run) -> None:
    """It is no fault to look what there is."""
    assert run().out == run("--help").out == run("-h").out
    assert run().out.startswith("Usage: massharm")


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (("cite", "17", "--format", "RIS"), "TY  - "),
        (("cite", "17", "--format", "CSL json"), "["),
        (("export", "lesson", "--format", "JSON"), "{"),
        (("export", "lesson", "-f", "Csv"), "\ufeffkind"),
        (("show", "BT", "--format", "Markdown"), "# Blue thumb"),
    ],
    ids=str,
)
def test_format_is_taken_in_any_case(run: Run, words: tuple[str, ...], start: str) -> None:
    """Every option reads its word in the same way."""
    assert run(*words).out.startswith(start)


def test_next_line_of_a_search_can_be_pasted(run: Run) -> None:
    """Words that look like options stay words."""
    page = run("search", "--", "--kind", "ladder").out
    _, *again = shlex.split(page.splitlines()[-1])
    assert run(*again).json["query"] == "--kind ladder"


def test_show_draws_a_record(run: Run) -> None:
    """A name in several words needs no quotes."""
    assert "A ladder breaks under the patient." in run("show", "broken", "ladder").out


def test_show_takes_sections(run: Run) -> None:
    """Only what is asked for is shown, in text and in JSON."""
    out = run("show", "broken", "ladder", "signs", "cases").out
    assert "creaking" in out
    assert "Stand back" not in out
    fields = run("show", "broken-ladder", "signs", "--json").json["results"][0]
    assert set(fields) == {"kind", "id", "name", "warning_signs", "missing"}


def test_show_reports_that_a_name_was_not_exact(run: Run) -> None:
    """Standard error says what was typed and which record is shown."""
    answer = run("show", "brokn-ladder")
    assert answer.err.startswith("you typed “brokn-ladder”; showing the harm Broken ladder")


def test_show_lists_records_of_one_name_and_chooses_none(
    run: Run, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    """Two harms of one name: exit 1 and both ids."""
    file = tiny_file()
    file["harms"][0]["aliases"].append({"text": "weird", "kind": "lay"})
    monkeypatch.setenv("MASSHARM_KB", str(write(file)))
    answer = run("show", "weird", code=1)
    assert answer.out == ""
    assert "blue-thumb, odd-feeling" in answer.err
    assert run("show", "weird", "--json", code=1).json["suggestions"] == ["blue-thumb", "odd-feeling"]


@pytest.mark.parametrize(
    "name",
    [
        *("blue-thumb", "weight", "author-5", "anecdote-odd", "heavy", "weight-gainers", "falling", "severity"),
        "myth-blue",
        "5",
    ],
)
def test_show_answers_for_every_kind(run: Run, name: str) -> None:
    """Every kind has a page and a JSON record."""
    assert run("show", name).out
    assert run("show", name, "--json").json["results"][0]["id"] in {name, "author-5"}


def test_list_is_drawn_for_a_person(run: Run) -> None:
    """A line a record, worst first, with the count."""
    lines = run("list").out.splitlines()
    assert [line.split()[0] for line in lines[1:4]] == ["serious", "minor", "minor"]
    assert lines[5].startswith("3 harms.")


def test_list_is_plain_for_a_program(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a pipe a list is one record a line, separated by tabs, with the id first."""
    monkeypatch.delenv("COLUMNS")
    assert run("list", "--severity", "serious").out == "broken-ladder\tBroken ladder\tserious\tdeath\t1\tcase report\n"
    assert run("list", "citation").out.splitlines()[17].split("\t")[:2] == ["17", "Author 2017"]


@pytest.mark.parametrize("kind", KINDS)
def test_list_has_every_kind(run: Run, kind: str) -> None:
    """Each kind is listed in singular and plural, in text and in JSON."""
    assert run("list", kind).out == run("list", KINDS[kind]).out
    for row in run("list", kind, "--json").json["results"]:
        assert {"kind", "id", "name"} <= set(row)


def test_list_that_finds_nothing(run: Run) -> None:
    """An empty list is exit 1 and says what was asked."""
    answer = run("list", "--outcome", "fetal-loss", code=1)
    assert "matches “--outcome fetal-loss”" in answer.err
    query = run("list", "--outcome", "fetal-loss", "--json", code=1).json["query"]
    assert query == {"kind": "harm", "outcome": ["fetal-loss"]}


def test_cite_prints_plain_lines(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One unwrapped line a reference, in the order asked for; what to beware of goes to standard error."""
    monkeypatch.setenv("COLUMNS", "20")
    answer = run("cite", "17", "2", "4-5")
    assert answer.out.splitlines() == [f"Author A. Report {n}. {2000 + n}." for n in (17, 2, 4, 5)]
    assert answer.err == ""


def test_cautions_go_to_standard_error(run: Run, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """A caution never mixes with the line that is pasted."""
    file = tiny_file()
    file["citations"][17]["caution"] = "The abstract says less."
    monkeypatch.setenv("MASSHARM_KB", str(write(file)))
    answer = run("cite", "--verbose", "17")
    assert answer.out == "Author A. Report 17. 2017.\n"
    assert answer.err == "caution [17]: The abstract says less.\n"


def test_cautions_are_counted_and_a_retraction_is_printed(
    run: Run, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    """The count names the command that prints them; that command works."""
    file = tiny_file()
    file["citations"][17]["caution"] = "The abstract says less."
    file["citations"][2] |= {"caution": "Few.", "status": {"state": "retracted", "looked_at": "2026-01-02"}}
    monkeypatch.setenv("MASSHARM_KB", str(write(file)))
    retracted, count = run("cite", "1", "2", "17").err.splitlines()
    assert retracted == "caution [2]: retracted (looked at 2026-01-02)"
    assert count == "2 of 3 references have a caution; to read it: massharm cite -v 2 17"
    in_full = run(*count.rpartition("massharm ")[2].split()).err
    assert in_full == f"{retracted}\ncaution [2]: Few.\ncaution [17]: The abstract says less.\n"
    assert run("cite", "1").err == run("cite", "1", "2", "17", "--quiet").err == ""
    file["citations"][2]["status"] = {"looked_at": "2026-01-02", "place": "the publisher's page"}
    monkeypatch.setenv("MASSHARM_KB", str(write(file)))
    assert run("cite", "2").err == "this reference has a caution; to read it: massharm cite -v 2\n"


def test_cite_prints_the_known_and_names_the_unknown(run: Run) -> None:
    """What is known is not lost because something else is not."""
    answer = run("cite", "17", "99", "x", code=1)
    assert answer.out == "Author A. Report 17. 2017.\n"
    assert "no citation matches 99, x; numbers run from 0 to 29" in answer.err


def test_cite_for_a_harm(run: Run) -> None:
    """All references of a harm's page; those that were named too come first, and none comes twice."""
    assert [row["number"] for row in run("cite", "--for", "broken ladder", "--json").json["results"]] == [5, 11, 12]
    row = run("cite", "17", "11", "--for", "broken ladder", "--json").json["results"]
    assert [citation["number"] for citation in row] == [17, 11, 5, 12]


def test_unknown_harm_loses_no_reference(run: Run) -> None:
    """What else was asked for is printed, as text and as JSON, with exit 1."""
    for form in (), ("--json",):
        answer = run("cite", "17", "x", "--for", "pizza", *form, code=1)
        assert "Author A. Report 17. 2017." in answer.out
        assert answer.err.startswith("massharm: no citation matches x; numbers run from 0 to 29; ")
        assert "no record is called “pizza”" in answer.err
    assert run("cite", "--for", "pizza", "--json", code=1).json["results"] == []


def test_cite_takes_one_shape_of_answer(run: Run) -> None:
    """Options that contradict each other are refused by name."""
    assert "--json and --format ris are two answers" in run("cite", "17", "--json", "--format", "ris", code=2).err
    assert "leave out --json, or --style" in run("cite", "17", "--json", "--style", "apa", code=2).err
    assert "leave out --format ris, or --style" in run("cite", "17", "--format", "ris", "--style", "apa", code=2).err


def test_cite_takes_a_name_of_two_words(run: Run) -> None:
    """`cite Author 2017` and `cite pmid: 1` need no quotes."""
    assert run("cite", "Author", "2017").out == "Author A. Report 17. 2017.\n"


def test_search_takes_several_kinds(run: Run) -> None:
    """`--kind` twice searches both."""
    kinds = {hit["kind"] for hit in run("search", "ladder", "-k", "term", "-k", "case", "--json").json["results"]}
    assert kinds == {"term", "case"}


def test_show_says_when_a_section_is_empty(run: Run) -> None:
    """No warning sign recorded is not shown as no warning sign."""
    out = run("show", "blue-thumb", "signs").out
    assert "Warning signs" in out
    assert "None recorded here. What is missing here may still harm." in out


def test_show_never_guesses_between_near_names(run: Run) -> None:
    """A word that begins several names gets suggestions."""
    answer = run("show", "ladd", code=1)
    assert answer.out == ""
    assert "Did you mean:" in answer.err


def test_cite_as_json(run: Run) -> None:
    """The fields, the formatted line and the number."""
    row = run("cite", "17", "--json").json["results"][0]
    assert (row["number"], row["text"], row["volume"]) == (17, "Author A. Report 17. 2017.", None)


def test_validate_reports_and_repairs_a_layout(run: Run, tmp_path: Path) -> None:
    """A bad layout is exit 1 with the repair; the repair repairs."""
    import json  # noqa: PLC0415

    path = tmp_path / "raw.json"
    path.write_text(json.dumps(tiny_file()))
    answer = run("validate", str(path), code=1)
    assert answer.out == f"line 1: layout: not in the canonical layout; repair with: massharm validate --fix {path}\n"
    assert run("validate", str(path), "--json", code=1).json["results"][0]["rule"] == "layout"
    assert run("validate", "--fix", str(path)).out == ""
    assert "rules; faults: 0" in run("validate", str(path)).err


def test_schema_is_json_schema(run: Run) -> None:
    """It names its dialect and describes the file."""
    assert run("schema").json["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_about_counts(run: Run) -> None:
    """Editions, counts, licence, notice, and how to cite."""
    out = run("about").out
    for part in ("3 harms", "30 citations", "Edition:", "For tests only.", "What is missing here may still harm."):
        assert part in out
    assert run("about", "--json").json["results"][0]["records"]["case"] == 2


def test_about_says_when_the_data_are_old(run: Run, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """After more than a year; nothing is looked up in a network."""
    today = date.today()  # noqa: DTZ011 - the day where the reader is
    for reviewed, is_old in ("2020-01-31", True), (today.isoformat(), False), (f"{today.year - 1}-12-28", False):
        kept(monkeypatch, write, lambda file, day=reviewed: file.update(reviewed=day))  # type: ignore[misc]
        assert ("months ago; look for a newer edition" in run("about").err) is is_old


def test_version_names_program_data_and_schema(run: Run) -> None:
    """Three versions on one line."""
    assert run("--version").out == f"massharm {massharm.__version__}, KB edition 1, schema 2\n"


def kept(monkeypatch: pytest.MonkeyPatch, write: Write, spoil: Spoil) -> None:
    """Let every command read the tiny knowledge base with a change."""
    file = tiny_file()
    spoil(file)
    monkeypatch.setenv("MASSHARM_KB", str(write(file)))


def _divide(file: File, heirs: list[str]) -> None:
    file["withdrawn"][0]["heirs"] = heirs


def test_an_id_that_was_divided_names_all_its_heirs(run: Run, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """The first is shown, and a reader of the old id learns of the others."""
    for heirs in (["odd-feeling", "blue-thumb", "heavy"], ["odd-feeling", "blue-thumb"]):
        kept(monkeypatch, write, partial(_divide, heirs=heirs))
        for word in ("azure-thumb", "Azure-Thumb"):
            answer = run("show", word)
            assert answer.err == f"“{word}” was divided into {', '.join(heirs)}; showing odd-feeling\n"
            assert answer.out.startswith("Odd feeling")
    answer = run("show", "azure-thumb", "--json")
    assert answer.json["results"][0]["id"] == "odd-feeling"
    assert "was divided into" in answer.err
    assert run("show", "odd-feeling").err == ""


def test_an_id_that_was_withdrawn_names_its_heir(run: Run) -> None:
    """One heir answers for it, and sections may follow."""
    answer = run("show", "azure-thumb", "frequency")
    assert answer.err == "“azure-thumb” was withdrawn; blue-thumb answers for it\n"
    assert "How often" in answer.out


def test_screen_reports_what_it_recognised_and_what_it_did_not(run: Run) -> None:
    """What was typed stands beside the precaution; what names nothing is part of the answer."""
    answer = run("screen", "hevy", "client,", "xylophone")
    assert "CONTRAINDICATED  Heavy client  “hevy" in answer.out
    assert answer.out.index("“xylophone”") < answer.out.index("Use no ladder. [13]")
    assert answer.err == ""


def test_screen_that_recognises_nothing(run: Run) -> None:
    """Exit 1; the words are given back, with the sentence that absence is no safety."""
    answer = run("screen", "xylophone", code=1)
    assert "? “xylophone”" in answer.out
    assert "What is missing here may still harm." in answer.err
    none = run("screen", "xylophone", "--json", code=1).json
    assert none["not_recognised"] == [{"text": "xylophone", "suggestions": []}]
    assert none["results"] == none["alarms"] == []


def test_screen_as_json_has_what_is_drawn(run: Run) -> None:
    """Programs get the precautions as results, and beside them the rest."""
    answer = run("screen", "heavy", "--region", "hand", "--json").json
    (result,) = answer["results"]
    assert result == {
        "kind": "precaution",
        "id": "heavy",
        "name": "Heavy client",
        "level": "contraindicated",
        "action": "Use no ladder.",
        "typed": ["heavy"],
        "because": [],
        "assertion": "present",
        "basis": "source",
        "citations": [13],
        "planned": [],
    }
    assert answer["questions"] == [
        {
            "precaution": "heavy",
            "text": "Did a ladder break?",
            "if_yes": "clearance",
            "then": "Ask the builder.",
            "citations": [13],
        }
    ]
    assert answer["stop_if"] == [
        {
            "sign": "falling",
            "text": "falling from a height",
            "urgency": "emergency-now",
            "precautions": ["heavy"],
            "citations": [11],
        }
    ]
    (harm,) = answer["harms"]
    assert (harm["id"], harm["support"], harm["precautions"], harm["cases"]) == (
        "broken-ladder",
        "authority",
        ["heavy"],
        1,
    )
    assert answer["plan"] == {"regions": ["hand"], "techniques": [], "providers": []}
    assert [harm["id"] for harm in answer["reported"]] == ["blue-thumb"]
    assert answer["absence"] == "What is missing here may still harm."


def test_a_medicine_is_the_reason_for_a_precaution(run: Run) -> None:
    """The words of the client stand beside it, and its id in the JSON."""
    assert "Heavy client  “growmax”" in run("screen", "Growmax").out
    (result,) = run("screen", "Growmax", "--json").json["results"]
    assert (result["id"], result["typed"], result["because"]) == ("heavy", ["growmax"], ["weight-gainers"])


def test_screen_as_json_is_small_unless_it_is_full(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under 8 KB for two precautions of the real file; it counts the signs that it leaves out."""
    monkeypatch.delenv("MASSHARM_KB", raising=False)
    answer = run("screen", "warfarin, osteoporosis", "--json")
    assert len(answer.out.encode()) < 8_000
    full = run("screen", "warfarin, osteoporosis", "--json", "--full").json
    assert (len(full["stop_if"]), full["stop_if_more"]) == (
        len(answer.json["stop_if"]) + answer.json["stop_if_more"],
        0,
    )
    assert full["stop_if"][: len(answer.json["stop_if"])] == answer.json["stop_if"]


def test_screen_names_what_is_denied(run: Run) -> None:
    """Exit 0, with the records that were left out."""
    answer = run("screen", "not", "heavy", "--json").json
    assert (answer["results"], answer["denied"]) == (
        [],
        [{"typed": "not heavy", "left_out": ["heavy"], "recognised": []}],
    )
    assert "Read as denied: “not heavy” (Heavy client)" in run("screen", "not", "heavy").out


def test_an_alarm_stands_first_and_is_raised_by_what_else_is_said(run: Run) -> None:
    """With the sign, what was typed, what to do and the harms to which it points."""
    assert run("screen", "fell off the ladder").out.splitlines()[3] == "DO NOT MASSAGE. CALL EMERGENCY SERVICES."
    (alarm,) = run("screen", "fell off the ladder", "--json").json["alarms"]
    assert alarm == {
        "sign": "falling",
        "text": "falling from a height",
        "urgency": "emergency-now",
        "typed": "fell ladder",
        "instruction": "Call emergency services and do not move.",
        "harms": ["broken-ladder"],
        "citations": [11],
    }
    (alarm,) = run("screen", "groaning rungs", "--json").json["alarms"]
    assert (alarm["urgency"], alarm["instruction"], alarm["harms"]) == ("soon", "See a clinician.", [])
    (alarm,) = run("screen", "groaning rungs, heavy", "--json").json["alarms"]
    assert (alarm["urgency"], alarm["instruction"]) == ("same-day", "Same-day medical review.")


def test_screen_full_has_the_advice_and_the_reasons(run: Run) -> None:
    """A brief page points to it."""
    brief, full = run("screen", "heavy").out, run("screen", "heavy", "--full").out
    for part in ("Heavy client: advice", "Use a low table. [13]", "Ladders break. [13]", "For tests only."):
        assert part in full
        assert part not in brief
    assert "the same with --full" in brief
    assert "the same with --full" not in full


def test_screen_as_markdown_has_its_references(run: Run) -> None:
    """A page that can be kept; each number is among them."""
    out = run("screen", "heavy", "--format", "markdown").out
    assert out.startswith("# Screening\n")
    assert all(f"Author A. Report {number}." in out for number in (5, 11, 13))


def test_screen_reads_the_whole_plan(run: Run) -> None:
    """Region, technique and provider narrow what was reported."""
    plan = ("--region", "Hand", "--technique", "massage gun", "--provider", "self")
    answer = run("screen", "heavy", *plan, "--json").json
    assert answer["plan"] == {"regions": ["hand"], "techniques": ["massage-gun"], "providers": ["self"]}


def test_redflags_as_text_json_and_markdown(run: Run) -> None:
    """The same signs in each form, the most urgent first."""
    drawn = run("redflags").out
    assert drawn.index("Call emergency services") < drawn.index("falling") < drawn.index("creaking")
    rows = run("redflags", "--json").json["results"]
    assert [(row["id"], row["urgency"], row["typed"]) for row in rows] == [
        ("falling", "emergency-now", ""),
        ("creaking", "soon", ""),
    ]
    assert "# Warning signs" in run("redflags", "--format", "markdown").out
    assert "matches “xylophone”" in run("redflags", "xylophone", code=1).err


def test_redflags_recognises_a_sign_and_names_its_harms(run: Run) -> None:
    """With what to do, and the link and severity of each harm."""
    (row,) = run("redflags", "fell", "off", "the", "ladder", "--json").json["results"]
    assert row == {
        "kind": "sign",
        "id": "falling",
        "text": "falling from a height",
        "urgency": "emergency-now",
        "typed": "fell ladder",
        "instruction": "Call emergency services and do not move.",
        "harms": [{"id": "broken-ladder", "link": "characteristic", "severity": "serious"}],
        "citations": [11],
    }
    answer = run("redflags", "fell off the ladder", "xylophone")
    assert "Points to: Broken ladder (serious)" in answer.out
    assert "Not recognised: “xylophone”" in answer.out
    assert answer.err == ""


def test_redflags_full_names_every_harm_of_a_sign(run: Run, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """A brief page names three and counts the rest."""

    def spoil(file: File) -> None:
        for number in range(4):
            copy = file["harms"][1] | {"id": f"other-{number}", "name": f"Other {number}", "aliases": []}
            file["harms"].append(copy)

    kept(monkeypatch, write, spoil)
    monkeypatch.setenv("COLUMNS", "100")
    brief = " ".join(run("redflags", "fell off the ladder").out.split())
    full = " ".join(run("redflags", "fell off the ladder", "--full").out.split())
    assert "Other 0 (serious), Other 1 (serious), 2 more" in brief
    assert "Other 3 (serious)" not in brief
    assert "Other 2 (serious), Other 3 (serious)" in full


def test_redflags_of_a_harm(run: Run) -> None:
    """All its signs; of a harm without a sign, exit 1 and no word that it is unknown."""
    assert "Warning signs of Broken ladder" in run("redflags", "broken", "ladder").out
    assert run("redflags", "broken ladder", "--json").json["harm"] == "broken-ladder"
    answer = run("redflags", "blue thumb", code=1)
    assert "No warning sign of Blue thumb is recorded" in answer.out
    assert answer.err == "massharm: no warning sign of Blue thumb is recorded. What is missing here may still harm.\n"
    empty = run("redflags", "blue thumb", "--json", code=1).json
    assert (empty["results"], empty["harm"]) == ([], "blue-thumb")


def test_redflags_without_a_sign_leads_to_harms(run: Run) -> None:
    """Exit 1, no emergency heading, and the harm to look at."""
    answer = run("redflags", "thumbs", code=1)
    assert answer.err.startswith("massharm: no warning sign is recognised in “thumbs”. What is missing")
    assert "No warning sign recognised" in answer.out
    assert "Blue thumb (blue-thumb)" in answer.out
    assert "emergency" not in answer.out.lower()


def test_list_narrows_signs_by_urgency(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One or several; other kinds have none."""
    monkeypatch.delenv("COLUMNS")
    assert run("list", "sign", "--urgency", "soon").out == "creaking\tcreaking rungs\tsoon\t\n"
    both = run("list", "signs", "--urgency", "soon", "--urgency", "Emergency now", "--json").json
    assert [row["id"] for row in both["results"]] == ["falling", "creaking"]
    assert both["query"] == {"kind": "sign", "urgency": ["soon", "Emergency now"]}
    assert "matches “--urgency same-day”" in run("list", "sign", "--urgency", "same-day", code=1).err
    assert "--urgency does not narrow harms; it narrows signs" in run("list", "--urgency", "soon", code=2).err
    assert "--urgency does not take “now”" in run("list", "sign", "--urgency", "now", code=2).err


def test_list_narrows_precautions_by_level(run: Run, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """The level is that of the action; the words are those of the scale."""

    def spoil(file: File) -> None:
        tall = file["precautions"][0] | {"id": "tall", "name": "Tall client", "aliases": []}
        file["precautions"].append(tall | {"action": tall["action"] | {"level": "adapt"}})

    kept(monkeypatch, write, spoil)
    for level, found in (("contraindicated", ["heavy"]), ("adapt", ["tall"])):
        rows = run("list", "precaution", "--level", level, "--json").json["results"]
        assert [row["id"] for row in rows] == found
    run("list", "precaution", "--level", "clearance", code=1)
    refused = run("list", "precaution", "--level", "avoid", code=2).err
    assert "--level does not take “avoid”; it takes contraindicated, clearance, local, adapt" in refused
    assert (
        "--level does not narrow signs; it narrows precautions" in run("list", "sign", "--level", "adapt", code=2).err
    )


def test_list_has_the_medicines_with_what_they_imply(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a person and for a program; facets of harms narrow them through their precautions."""
    assert "Weight gainers" in run("list", "medicine").out
    monkeypatch.delenv("COLUMNS")
    line = "weight-gainers\tWeight gainers\tHeavy client\tcrescol, Growmax\n"
    assert run("list", "medicines").out == line
    assert run("list", "medicine", "--severity", "serious").out == line
    assert run("list", "medicine", "--severity", "minor", code=1).out == ""
    (row,) = run("list", "medicine", "--json").json["results"]
    assert (row["id"], row["precautions"], row["summary"]) == ("weight-gainers", ["heavy"], "They add weight.")


def test_list_narrows_by_the_people_a_record_is_for(run: Run, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """Signs, harms and precautions have them."""
    kept(monkeypatch, write, lambda file: file["signs"][1].update(population="infant"))
    rows = run("list", "sign", "--population", "infant", "--json").json["results"]
    assert [row["id"] for row in rows] == ["falling"]
    run("list", "harm", "--population", "infant", code=1)


def test_evidence_counts_every_harm_once(run: Run) -> None:
    """The map is drawn, and its numbers add up."""
    assert "Published reports by year" in run("evidence").out
    (answer,) = run("evidence", "--json").json["results"]
    assert sum(cell["harms"] for cell in answer["cells"]) == 3


def test_show_as_markdown_can_be_kept_in_a_file(run: Run) -> None:
    """A page without colours and widths, and no bracket that Markdown would read."""
    out = run("show", "BT", "--format", "markdown").out
    assert out.startswith("# Blue thumb\n")
    assert r"\[in German: blau\]" in out
