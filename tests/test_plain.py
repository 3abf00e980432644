"""Plain pages: everyday words, a label and its value on each line, at any width."""

import pytest

from clinic import clinic, precaution, sign
from massharm import KnowledgeBase
from massharm.citations import vancouver
from massharm.clinical.evidence import counted, survey
from massharm.clinical.redflags import redflags
from massharm.clinical.screening import Plan, screen
from massharm.kb.filters import select_records
from massharm.kb.records import KINDS
from massharm.pages.blocks import Bar, Fact, Grid, Heading, Item, Next, Para, Run, Title, citation_mark
from massharm.pages.figures import SCOPES
from massharm.pages.plain import (
    SURE,
    plain_name,
    plain_record,
    plain_redflags,
    plain_references,
    plain_screening,
    render_plain,
)
from massharm.pages.plain_lists import plain_evidence, plain_figures, plain_list
from tiny import Run as Command


def _lines(text: str) -> list[tuple[str, str]]:
    return [(label, value) for label, _, value in (line.partition(": ") for line in text.splitlines())]


def test_blocks_become_lines() -> None:
    """No table, no mark of a list, and nothing that acts."""
    page = (
        Title("Name", (Run("tag"),), (Run("In\nshort"),)),
        Heading("Part"),
        Para((Run("Some "), Run("text"))),
        Item((Run("one"),), "!", more=((Run("two"),),)),
        Item((Run("first"),), "1."),
        Fact("Label", (Run("value \x1b[2J"),)),
        Bar(50, (Run("half"),)),
        Grid(("A", "B"), ((Run("1"), Run("2")),)),
        Next(("massharm list",)),
    )
    assert render_plain(page).splitlines() == [
        "Name", "tag", "In short", "Part:", "Some text", "one two", "1. first", "Label: value [2J", "half",
        "A: 1; B: 2", "Next: massharm list",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_is_told_plainly(kb: KnowledgeBase, kind: str) -> None:
    """It begins with its everyday name and ends with the notice; each line has a label and a value."""
    for record in kb.records(kind)[::7]:
        lines = _lines(render_plain(plain_record(record, kb)))
        assert lines[0][0] == "Name"
        assert lines[0][1].startswith(plain_name(record)[:20].strip())
        assert lines[-1] == ("Note", kb.notice)
        assert all(label and value for label, value in lines), record.id


def test_a_harm_says_what_to_do_how_often_and_how_sure(kb: KnowledgeBase) -> None:
    """All its signs stand there by what to do, by their everyday names."""
    told = dict(_lines(render_plain(plain_record(kb["rhabdomyolysis"], kb))))
    assert told["How sure"] == "reported"
    assert told["How often"] == "not known"
    named = {name for label, text in told.items() if label.endswith(" for") for name in text.split("; ")}
    assert named == {plain_name(sign) for sign, _ in kb.signs_of(kb.harm("rhabdomyolysis"))}


def test_a_sign_says_what_makes_it_more_urgent() -> None:
    """Other signs and conditions by their everyday names, each once, by urgency, and then the limits of numbers."""
    raised = [
        {"with": {"records": ["rash", "gout"]}, "urgency": "emergency-now", "citations": [15]},
        {"with": {"records": ["gout"]}, "urgency": "emergency-now", "citations": [15]},
        {"with": {"age": {"max": 1}}, "urgency": "emergency-now", "citations": [15]},
        {"with": {"severity": "severe"}, "urgency": "same-day", "citations": [15]},
    ]
    signs = [
        sign("fever", "soon", raised_by=raised),
        sign("rash", "soon", plain={"name": "Spots", "text": "See them."}),
    ]
    kb = clinic(signs=signs, precautions=[precaution("Gout")], cases=[], harms=[], withdrawn=[])
    told = _lines(render_plain(plain_record(kb["fever"], kb)))
    assert [line for line in told if " if" in line[0]] == [
        ("Call emergency services if there is also", "Spots; Gout"),
        ("Call emergency services if", "age up to 1 years"),
        ("Same-day medical review if", "severe"),
    ]


def test_a_screening_is_told_plainly(kb: KnowledgeBase) -> None:
    """Alarms first, with what was typed; then what was not understood, what to do, and what was set aside."""
    text = "warfarin, cetirizine, xyzzy, tinnitus, no gout, mother had a stroke, black stools"
    lines = _lines(render_plain(plain_screening(screen(kb, text, Plan()), kb)))
    assert lines[0][0] == "Call emergency services"
    assert "black stools" in lines[0][1]
    labels = [label for label, _ in lines]
    assert labels.index("Not understood, so not looked up") < labels.index("Ask a doctor or nurse first")
    assert {"Question", "Medicine without advice here", "Known, no advice here", "Somebody else's"} <= set(labels)
    assert ("You said no to", "“no gout”") in lines
    assert kb.notice in lines[-1][1]


def test_stricter_advice_stands_before_the_plain_text(kb: KnowledgeBase) -> None:
    """And the label is that of the advice."""
    lines = _lines(render_plain(plain_screening(screen(kb, "blood pressure 190/110", Plan()), kb)))
    (told,) = [value for label, value in lines if label == "No massage"]
    assert "Do not massage" in told


def test_warning_signs_are_told_plainly(kb: KnowledgeBase) -> None:
    """Where none is recognised, that is no all-clear."""
    alarm = _lines(render_plain(plain_redflags(redflags(kb, "coughing up blood"), kb)))
    assert alarm[0][0] == "Call emergency services"
    none = dict(_lines(render_plain(plain_redflags(redflags(kb, "my neck is stiff from the desk xyzzy"), kb))))
    assert "does not mean that nothing is wrong" in none["Warning sign"]


@pytest.mark.parametrize(
    "words",
    [
        ("show", "bruising"),
        ("show", "bruising", "signs"),
        ("search", "rhabdo"),
        ("screen", "warfarin"),
        ("redflags", "coughing up blood"),
        ("list",),
        ("list", "sign", "--urgency", "soon"),
        ("cite", "17", "4"),
        ("evidence", "--region", "neck"),
        ("evidence", "--counted"),
    ],
)
def test_every_command_of_answers_takes_plain(run: Command, words: tuple[str, ...]) -> None:
    """Their answers have no rule, no bar, no tab and no table."""
    out = run(*words, "--plain").out
    assert out.strip()
    assert not set("─━█░│\t") & set(out)


@pytest.mark.parametrize("kind", KINDS)
def test_list_has_a_line_for_each_record(kb: KnowledgeBase, kind: str) -> None:
    """It has what to do or how severe it is, and the everyday name; then how many they are, and the notice."""
    records = kb.records(kind)
    *lines, number, note = _lines(render_plain(plain_list(records, kind, kb)))
    assert len(lines) == len(records)
    for record, (label, value) in zip(records, lines, strict=True):
        assert label
        assert plain_name(record).removeprefix("Anecdote: ") in value
    assert number[1].startswith(f"{len(records)} ")
    assert kb.notice in note[1]


def test_list_says_what_to_do_or_how_severe_and_how_sure(kb: KnowledgeBase) -> None:
    """A myth is not told as if it were true."""
    harm, precaution = kb.harm("pulmonary-embolism"), kb.precaution("fever")
    names = "Blood clot in the lung (in medicine: Pulmonary embolism)"
    told = f"{names}. Worst reported: death. How sure: reported. {citation_mark(harm.citations).text}"
    assert _lines(render_plain(plain_list([harm], "harm", kb)))[0] == ("Serious", told)
    label, value = _lines(render_plain(plain_list([precaution], "precaution", kb)))[0]
    assert label == "No massage"
    assert "How sure: advised." in value
    for myth in kb.file.myths:
        assert myth.evidence[0].text in render_plain(plain_list([myth], "myth", kb))
        assert myth.evidence[-1].text in render_plain(plain_record(myth, kb))


def test_references_have_their_findings_and_cautions(kb: KnowledgeBase) -> None:
    """The cautions stand there, and are not only counted."""
    citation = kb.by_number[17]
    lines = dict(_lines(render_plain(plain_references([citation], kb))))
    assert lines["Source 17"] == vancouver.reference(citation)
    assert lines["In short"] == citation.finding
    assert lines["Caution"] == citation.caution


def test_evidence_map_is_told_in_four_words(kb: KnowledgeBase) -> None:
    """Each harm is counted once under its severity; the words are explained."""
    found = survey(kb, {"region": ["neck"]})
    lines = dict(_lines(render_plain(plain_evidence(found, {"region": ["neck"]}, kb))))
    assert lines["Only"] == "region: neck"
    assert lines["Published reports"] == str(found.cases)
    words = [text.split() for label, text in lines.items() if label.endswith(" harms")]
    counts = [int(number) for text in words for number in text[::2]]
    assert sum(counts) == len(select_records(kb, "harm", {"region": ["neck"]}))
    told = {word.rstrip(";") for text in words for word in text[1::2]}
    assert told <= {word.lower() for word in lines}
    assert set(SURE.values()) <= {word.lower() for word in lines}


def test_figures_keep_their_scope_and_limits(kb: KnowledgeBase) -> None:
    """One line each."""
    found = counted(kb)
    lines = _lines(render_plain(plain_figures(found, {}, kb)))
    for part, (label, value) in zip(found, lines, strict=False):
        assert label == SCOPES[part.figure.scope]
        assert " ".join(part.figure.limits.split()) in value


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--format", "csv"),
        ("evidence", "--format", "svg"),
        ("show", "stroke", "--format", "html"),
        ("screen", "warfarin", "--format", "markdown"),
        ("cite", "17", "--format", "ris"),
        ("cite", "17", "--json"),
    ],
)
def test_plain_and_another_form_are_two_answers(run: Command, words: tuple[str, ...]) -> None:
    """None of them is dropped unsaid."""
    assert "two answers" in run(*words, "--plain", code=2).err
