from pathlib import Path

import pytest

from massharm.cli.app import COMMANDS
from massharm.kb.records import KINDS
from massharm.kb.sections import SECTIONS
from tiny import ROOT, Run, Write, tiny_file


@pytest.fixture(autouse=True)
def _tiny(monkeypatch: pytest.MonkeyPatch, tiny_path: Path) -> None:
    """Let every command here read the tiny knowledge base."""
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    monkeypatch.setenv("COLUMNS", "80")


def test_every_command_has_help_and_a_place_in_the_readme(run: Run) -> None:
    """What is there is described, and what is described is there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert run(name, "--help").out.startswith(f"Usage: massharm {name}")
        assert f"`massharm {name}" in readme


def test_help_does_not_cut_its_sentences(run: Run) -> None:
    """The list of commands says each in full."""
    assert "..." not in run("--help").out.split("Commands:")[1]


def test_help_names_every_section(run: Run) -> None:
    """The sections that `show` takes are those of its help."""
    told = run("show", "--help").out.replace("\n", " ")
    assert all(f" {section}" in told for section in SECTIONS)


def test_search_is_drawn(run: Run) -> None:
    """A person sees hits, why they are hits, and the next command."""
    out = run("search", "blue", "thumb").out
    assert "Blue thumb · minor" in out
    assert "matched by name" in out
    assert "massharm show blue-thumb" in out


def test_a_misspelt_search_says_so(run: Run) -> None:
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


def test_search_offers_what_was_meant(run: Run) -> None:
    """A near miss is offered names, on standard error and in the JSON."""
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
        (("screen",), "describe the client, as in: massharm screen"),
        (("screen", "heavy", "--region", "nek"), "--region does not take “nek” (did you mean neck?)"),
        (("redflags", "--region", "moon"), "--region does not take “moon”"),
        (("redflags", "---"), "No such option"),
        (("redflags", "--", "---"), "no letter and no digit"),
        (("show", "BT", "--format", "pdf"), "--format does not take “pdf”; it takes text, markdown"),
        (("serch", "x"), "No such command 'serch'"),
    ],
    ids=str,
)
def test_wrong_use_is_two_and_says_what_would_do(run: Run, words: tuple[str, ...], message: str) -> None:
    """The line names the thing, the reason and the next step."""
    answer = run(*words, code=2)
    assert message in answer.err + answer.out
    assert "Traceback" not in answer.err


def test_show_draws_a_record(run: Run) -> None:
    """A name in several words needs no quotes."""
    assert "A ladder breaks under the patient." in run("show", "broken", "ladder").out


def test_show_takes_sections(run: Run) -> None:
    """Only what is asked for is shown, in text and in JSON."""
    out = run("show", "broken", "ladder", "signs", "cases").out
    assert "creaking" in out
    assert "Stand back" not in out
    fields = run("show", "broken-ladder", "signs", "--json").json["results"][0]
    assert set(fields) == {"kind", "id", "name", "warning_signs"}


def test_show_labels_what_was_not_typed(run: Run) -> None:
    """A record that was not named exactly is announced on standard error."""
    answer = run("show", "brokn-ladder")
    assert answer.err.startswith("you typed “brokn-ladder”; showing the harm Broken ladder")


def test_show_lists_rivals_and_chooses_none(run: Run, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """Two harms of one name: exit 1 and both ids."""
    file = tiny_file()
    file["harms"][0]["aliases"].append({"text": "weird", "kind": "lay"})
    monkeypatch.setenv("MASSHARM_KB", str(write(file)))
    answer = run("show", "weird", code=1)
    assert answer.out == ""
    assert "blue-thumb, odd-feeling" in answer.err
    assert run("show", "weird", "--json", code=1).json["suggestions"] == ["blue-thumb", "odd-feeling"]


@pytest.mark.parametrize(
    "name", ["blue-thumb", "weight", "author-5", "anecdote-odd", "heavy", "severity", "myth-blue", "5"]
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
    """Piped, a list is one record a line, parted by tabs, with the id first."""
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


def test_cite_tells_cautions_apart(run: Run, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """A caution never mixes with the line that is pasted."""
    file = tiny_file()
    file["citations"][17]["caution"] = "The abstract says less."
    monkeypatch.setenv("MASSHARM_KB", str(write(file)))
    answer = run("cite", "17")
    assert answer.out == "Author A. Report 17. 2017.\n"
    assert answer.err == "caution [17]: The abstract says less.\n"


def test_cite_prints_the_known_and_names_the_unknown(run: Run) -> None:
    """What is known is not lost because something else is not."""
    answer = run("cite", "17", "99", "x", code=1)
    assert answer.out == "Author A. Report 17. 2017.\n"
    assert "no citation matches 99, x; numbers run from 0 to 29" in answer.err


def test_cite_for_a_harm(run: Run) -> None:
    """All references of a harm's page."""
    assert [row["number"] for row in run("cite", "--for", "broken ladder", "--json").json["results"]] == [5, 11, 12]
    assert "no record is called “pizza”" in run("cite", "--for", "pizza", code=1).err


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
    """A word that begins several names is answered with an offer."""
    answer = run("show", "ladd", code=1)
    assert answer.out == ""
    assert "Did you mean:" in answer.err


def test_cite_as_json(run: Run) -> None:
    """The fields, the formatted line and the number."""
    row = run("cite", "17", "--json").json["results"][0]
    assert (row["number"], row["text"], row["volume"]) == (17, "Author A. Report 17. 2017.", None)


def test_validate_tells_and_mends(run: Run, tmp_path: Path) -> None:
    """A bad layout is exit 1 with the repair; the repair repairs."""
    import json  # noqa: PLC0415

    path = tmp_path / "raw.json"
    path.write_text(json.dumps(tiny_file()))
    answer = run("validate", str(path), code=1)
    assert answer.out == f"line 1: layout: not in the canonical layout; repair with: massharm validate --fix {path}\n"
    assert run("validate", str(path), "--json", code=1).json["results"][0]["rule"] == "layout"
    assert run("validate", "--fix", str(path)).out == ""
    assert "0 found wrong" in run("validate", str(path)).err


def test_schema_is_json_schema(run: Run) -> None:
    """It names its dialect and describes the file."""
    assert run("schema").json["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_about_counts(run: Run) -> None:
    """Editions, counts, licence, notice, and how to cite."""
    out = run("about").out
    for part in ("3 harms", "30 citations", "Edition:", "For tests only.", "What is missing here may still harm."):
        assert part in out
    assert run("about", "--json").json["results"][0]["records"]["case"] == 2


def test_version_names_program_data_and_schema(run: Run) -> None:
    """Three versions on one line."""
    assert run("--version").out == "massharm 0.1.0, KB edition 1, schema 1\n"


def test_screen_tells_what_was_understood_and_what_was_not(run: Run) -> None:
    """A precaution comes with its advice; what names nothing is said on both streams."""
    answer = run("screen", "hevy", "client,", "xylophone")
    assert "Heavy client (you typed “hevy”, read as “heavy”" in answer.out.replace("\n    ", " ")
    assert "“xylophone”" in answer.out.split("Understood")[0]
    assert "not recognised, so not screened: “xylophone”" in answer.err


def test_screen_that_understands_nothing(run: Run) -> None:
    """Exit 1, nothing drawn, and the sentence that absence is no safety."""
    answer = run("screen", "xylophone", code=1)
    assert answer.out == ""
    assert "What is missing here may still harm." in answer.err
    assert run("screen", "xylophone", "--json", code=1).json["not_understood"] == [{"typed": "xylophone", "near": []}]


def test_screen_as_json_has_what_is_drawn(run: Run) -> None:
    """Programs get the precautions as results, and beside them the rest."""
    answer = run("screen", "heavy", "--region", "hand", "--json").json
    assert [row["id"] for row in answer["results"]] == ["heavy"]
    assert [match["typed"] for match in answer["results"][0]["matches"]] == ["heavy"]
    assert answer["plan"]["regions"] == ["hand"]
    assert [harm["id"] for harm in answer["reported"]] == ["blue-thumb"]
    assert answer["absence"] == "What is missing here may still harm."


def test_redflags_as_text_json_and_markdown(run: Run) -> None:
    """The same signs in each form, the most urgent first."""
    drawn = run("redflags", "ladder", "falling").out
    assert drawn.index("falling") > drawn.index("Call emergency services now")
    assert [row["urgency"] for row in run("redflags", "--json").json["results"]] == ["emergency-now"]
    assert "# Warning signs" in run("redflags", "--format", "markdown").out
    assert "matches “xylophone”" in run("redflags", "xylophone", code=1).err


def test_evidence_is_drawn_and_told(run: Run) -> None:
    """The map counts every harm once."""
    assert "Published reports by year" in run("evidence").out
    (answer,) = run("evidence", "--json").json["results"]
    assert sum(cell["harms"] for cell in answer["cells"]) == 3


def test_show_as_markdown_can_be_kept_in_a_file(run: Run) -> None:
    """A page without colours and widths, and no bracket that Markdown would read."""
    out = run("show", "BT", "--format", "markdown").out
    assert out.startswith("# Blue thumb\n")
    assert r"\[in German: blau\]" in out
