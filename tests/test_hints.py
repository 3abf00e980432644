"""Hints: what to type instead or next, and that every command a message names works."""

import re
import shlex

import pytest

from massharm import KnowledgeBase
from massharm.cli.completion import described
from massharm.clinical.redflags import redflags
from massharm.clinical.screening import Plan, screen
from massharm.kb.filters import kind_named
from massharm.kb.records import KINDS
from massharm.search.resolve import resolve
from tiny import Run, Write, tiny_file

LEADS = [
    ("rhabdo", 2, "No such command 'rhabdo'. Try: massharm search rhabdo"),
    ("blue thumb --limit", 2, "Try: massharm search blue thumb"),
    ("help", 2, "Try: massharm --help"),
    ("help cite", 2, "Try: massharm cite --help"),
    ("-V", 2, "No such option: -V (did you mean --version?); see: massharm --help"),
    ("search rhabdo -j", 2, "(did you mean --json?); see: massharm search --help"),
    ("cite 17 --web", 2, "(did you mean --open?)"),
    ("list --kind case", 2, "No such option: --kind; the kind stands without an option, as in: massharm list case"),
    ("list --severity fatal", 2, "try: massharm list --outcome death"),
    ("list case --severity deadly", 2, "try: massharm list case --outcome death"),
    ("list --severity neck", 2, "try: massharm list --region neck"),
    ("list --outcome minor", 2, "try: massharm list --severity minor"),
    ("cite", 2, "name at least one citation, as in: massharm cite 17"),
    ("cite 99999", 1, "see: massharm list citation"),
    ("cite 1-3", 0, "to read it: massharm cite -v 1 2 3"),
    ("export -f csv", 2, "as in: massharm export harm --format csv"),
    ("export --severity minor", 2, "as in: massharm export harm --severity serious"),
]


@pytest.mark.parametrize(("words", "code", "hint"), LEADS, ids=[words for words, _, _ in LEADS])
def test_a_message_leads_to_a_command_that_works(run: Run, words: str, code: int, hint: str) -> None:
    """The command after the last colon answers."""
    err = run(*words.split(), code=code).err
    assert hint in err
    command = re.findall(r"massharm ([^\n“]+)$", err, re.MULTILINE)[-1]
    assert run(*shlex.split(command)).out


@pytest.mark.parametrize(
    ("words", "kind"),
    [("contraindications", "precaution"), ("red flags", "sign"), ("What should I not massage?", "precaution")],
)
def test_a_search_for_a_kind_begins_with_the_way_to_all_of_it(run: Run, words: str, kind: str) -> None:
    """It is the first line of the answer, where the pager shows it, and a next command for programs."""
    lead = f"For all {KINDS[kind]}: massharm list {kind}"
    assert run("search", words).out.strip().startswith(lead)
    assert run("search", words, "--plain").out.startswith(f"Hint: {lead}\n")
    assert f"massharm list {kind}" in run("search", words, "--json").json["next"]
    assert run("list", kind).out


def test_a_kind_that_nothing_matches_is_named_all_the_same(run: Run, write: Write) -> None:
    """Beside the answer that there is no hit."""
    bundled = {"MASSHARM_KB": str(write(tiny_file()))}
    assert (
        "For all precautions: massharm list precaution" in run("search", "when not to massage", code=1, env=bundled).err
    )


def test_an_option_of_other_programs_is_not_hinted_at_where_there_is_none(run: Run) -> None:
    """`export` has no --json."""
    assert "did you mean" not in run("export", "-j", code=2).err


@pytest.mark.parametrize(("columns", "widest"), [("44", 44), ("80", 80), ("200", 80)])
def test_help_fits_the_terminal(run: Run, columns: str, widest: int) -> None:
    """Down to that of a telephone."""
    for command in ("", "list", "screen"):
        shown = run(*command.split(), "--help", env={"COLUMNS": columns}).out.splitlines()
        assert max(map(len, shown)) <= widest


def test_cite_says_of_what_the_references_are(run: Run) -> None:
    """A misspelt name, and a word that only leads to a record."""
    assert "showing the harm Stroke" in run("cite", "--for", "stroek").err
    assert "references of the medicine Vitamin K antagonists" in run("cite", "--for", "warfarin").err
    assert "references of" not in run("cite", "--for", "stroke").err
    assert run("cite", "--for", "warfarin", "--style", "no-such", code=2).err.count("\n") == 1


def test_no_word_leads_to_another_facet_of_another_kind(run: Run) -> None:
    """A kind without the facet is not named."""
    assert "try:" not in run("list", "sign", "--urgency", "adapt", code=2).err
    assert "try:" not in run("list", "--severity", "serius", code=2).err


def test_help_alone_is_an_answer(run: Run) -> None:
    """Exit 0, with the commands."""
    assert run().out == run("--help").out
    assert "Commands:" in run().out


@pytest.mark.parametrize(
    ("text", "kind"),
    [("contraindication", "precaution"), ("Red flags", "sign"), ("cases", "case"), ("a case", None), ("", None)],
)
def test_common_words_name_a_kind(text: str, kind: str | None) -> None:
    """Singular or plural, whatever the case; no other text does."""
    assert kind_named(text) == kind
    assert all(kind_named(other) == kind_named(plural) == other for other, plural in KINDS.items())


@pytest.mark.parametrize(
    ("typed", "shown"), [("stroek", "stroke"), ("vertgo", "vertigo"), ("fractre", "fracture"), ("nerv", None)]
)
def test_a_misspelt_name_opens_its_record(kb: KnowledgeBase, typed: str, shown: str | None) -> None:
    """Although others have it as an alias; what is only begun is chosen by nobody."""
    asked = resolve(kb, [typed])
    assert (asked.record.id if asked.record else None) == shown
    assert shown is None or f"you typed “{typed}”; showing" in asked.note


def test_completed_names_are_read_as_the_names(kb: KnowledgeBase) -> None:
    """With hyphens for blanks, `screen` and `redflags` recognise what completion offers."""
    offered = [offer[0] for begun in ("blood-", "war", "osteo") for offer in described("precaution")(begun)]
    assert {"blood-thinner", "warfarin", "osteoporosis"} <= set(offered)
    assert "blood-thiners" not in offered
    assert len(offered) > 50
    for name in ("blood-thinner", "warfarin", "brittle-bones"):
        assert screen(kb, name, Plan()).precautions, name
    assert redflags(kb, "coughing-up-blood").signs
    assert all(re.fullmatch(r"[a-z0-9-]+", value) for value in offered)


def test_nothing_but_ids_is_offered_before_a_word_is_begun(kb: KnowledgeBase) -> None:
    """Eleven thousand wordings help nobody."""
    assert [offer[0] for offer in described("precaution")("")] == [record.id for record in kb.file.precautions]


def test_a_name_that_is_only_begun_does_not_go_before_an_alias(write: Write) -> None:
    """Both begin so, and neither is misspelt: a person chooses."""
    file = tiny_file()
    file["harms"][0]["name"] = "Purple sign"
    file["harms"][1]["aliases"].append({"text": "purple signs of rain", "kind": "lay"})
    assert resolve(KnowledgeBase.load(write(file)), ["purpl"]).record is None
