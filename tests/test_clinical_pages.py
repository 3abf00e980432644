"""The clinical views as pages: a client screened, warning signs, the evidence map."""

import re
from typing import Any

import pytest

from clinic import SIGNS, clinic, harm, medicine, precaution, sign
from drawing import drawn
from massharm import KnowledgeBase
from massharm.clinical.evidence import survey
from massharm.clinical.redflags import redflags
from massharm.clinical.screening import Plan, screen
from massharm.exports.clinical import screen_answer
from massharm.kb.parts import Action
from massharm.kb.vocabulary import AdviceLevel
from massharm.pages import evidence, screening
from massharm.pages import redflags as redflags_pages
from massharm.pages.blocks import Bar, Grid, Heading, Item, Next, Page, Para, Run, Title
from massharm.pages.plain import plain_screening, render_plain
from tiny import Write, said, tiny_file


def texts(page: Page) -> list[str]:
    """Return the text of every heading, paragraph and item of a page, and of what stands below an item."""
    found: list[str] = []
    for block in page:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Item | Para):
            more = block.more if isinstance(block, Item) else ()
            found += ["".join(run.text for run in runs) for runs in (block.runs, *more)]
    return found


def below(page: Page, heading: str) -> list[str]:
    """Return the texts under a heading, up to the next."""
    place = next(place for place, block in enumerate(page) if isinstance(block, Heading) and block.text == heading)
    end = next((n for n in range(place + 1, len(page)) if isinstance(page[n], Heading)), len(page))
    return texts(page[place + 1 : end])


def headings(page: Page) -> list[str]:
    """Return the headings of a page."""
    return [block.text for block in page if isinstance(block, Heading)]


def screened(kb: KnowledgeBase, words: str, *regions: str, full: bool = False, references: bool = False) -> Page:
    """Return the page of a client."""
    return screening.screening_page(screen(kb, words, Plan(regions=regions)), kb, full=full, references=references)


def numbers(page: Page) -> set[int]:
    """Return the citation numbers that stand on a page before its references."""
    marks = re.findall(r"\[([\d,-]+)\]", drawn(page, 100).partition("\nReferences\n")[0])
    spans = [list(map(int, part.split("-"))) for mark in marks for part in mark.split(",")]
    return {number for span in spans for number in range(span[0], span[-1] + 1)}


def several(what: str, count: int) -> list[str]:
    """Return texts that differ."""
    return [f"{what} {number}" for number in range(1, count + 1)]


ADVISED = precaution("Cancer", "tumour", "clearance", "bruise embolism") | {
    "action": {
        "level": "clearance",
        "text": "Ask the oncologist.",
        "scope": "the treated side",
        "citations": [13, 14],
        "basis": "inference",
    },
    "stop_if": ["tingling-in-the-hand", "coughing-up-blood"],
    "questions": [{"text": "Is it growing?", "if_yes": "contraindicated", "then": "Stop.", "citations": [15]}],
    "advice": [{"level": "adapt", "text": "Touch lightly.", "when": {"age": {"min": 65}}, "citations": [16]}],
    "why": [said("It may spread.", 17)],
    "uncertainty": [said("How often is not known.", 19)],
}


@pytest.fixture(scope="module")
def advised() -> KnowledgeBase:
    """Return a knowledge base in which a precaution has everything."""
    return clinic(
        precautions=[ADVISED, precaution("Stroke", "", "adapt", "bruise"), precaution("Gout", "", "contraindicated")],
        medicines=[medicine("Cytotoxics", "cytox", "cancer")],
        cases=[],
        signs=[
            *SIGNS,
            sign("creaking", "soon"),
            sign("falling", "emergency-now", instruction=said("Lie still.", 20), instead="May be a broken bone."),
        ],
    )


# A client


def test_a_client_reads_alarms_before_everything(advised: KnowledgeBase) -> None:
    """Then what was not read, the actions, the questions, the signs to stop at, the harms, and what is not known."""
    page = screened(advised, "tumour, sudden breathlessness, xylophone", "leg", "hand", full=True)
    assert headings(page)[:8] == [
        "DO NOT MASSAGE. CALL EMERGENCY SERVICES.",
        "Not recognised, and so not screened",
        "Precautions, strictest first",
        "Ask",
        "Stop. Call emergency services, during or after massage",
        "Stop. See a clinician, during or after massage",
        "Harms that this bears on",
        "Also reported of massage: leg, hand",
    ]
    assert page[0] == Title("Screening", (Run("1 precaution", "strong"), Run("planned: leg, hand")))
    brief = screened(advised, "tumour, sudden breathlessness, xylophone", "leg", "hand")
    assert headings(brief)[:4] == headings(page)[:4]
    assert texts(brief)[-1] == advised.absence
    assert brief[-1] == Next(("the same with --full", "massharm show cancer"))


def test_actions_alone_need_no_heading(advised: KnowledgeBase) -> None:
    """With nothing above them they are what the page begins with, the strictest first."""
    page = screened(advised, "stroke, tumour, gout")
    heads = [block for block in page if isinstance(block, Item)][:3]
    assert [item.runs[0] for item in heads] == [
        Run("CONTRAINDICATED  ", "contraindicated"),
        Run("MEDICAL CLEARANCE FIRST  ", "clearance"),
        Run("ADAPT THE TREATMENT  ", "adapt"),
    ]
    assert isinstance(page[1], Item)


def test_a_card_has_the_action_where_it_holds_and_why_it_is_there(advised: KnowledgeBase) -> None:
    """The words of the client, the scope, the sources, and whether the action is our inference."""
    assert texts(screened(advised, "tumour, cytox, cancer"))[:2] == [
        "MEDICAL CLEARANCE FIRST  Cancer  “tumour”, “cytox”, “cancer”  inference",
        "Ask the oncologist (the treated side). [13,14]",
    ]
    assert texts(screened(advised, "stroke"))[:2] == ["ADAPT THE TREATMENT  Stroke  “stroke”", "Take care. [13]"]


def test_an_alarm_says_what_was_typed_and_what_to_do(advised: KnowledgeBase) -> None:
    """The sign that most words say leads; each has its own instruction and what else it may be, with sources."""
    page = screened(advised, "falling, swollen warm calf, sudden breathlessness", full=True)
    assert below(page, "DO NOT MASSAGE. CALL EMERGENCY SERVICES.") == [
        "“sudden breathlessness”: sudden breathlessness [14]",
        "“falling”: falling [14]",
        "Lie still. [20]",
        "May be a broken bone.",
    ]
    assert below(page, "DO NOT MASSAGE. SAME-DAY MEDICAL REVIEW.")[0] == "“swollen warm calf”: swollen warm calf [14]"
    marks = {
        block.runs[1].text: (block.mark, block.tone) for block in page if isinstance(block, Item) and block.mark == "!!"
    }
    assert marks["falling "] == ("!!", "emergency-now")
    assert marks["swollen warm calf "] == ("!!", "same-day")


def test_a_raised_alarm_does_not_have_the_instruction_of_a_lesser_urgency() -> None:
    """Beside what makes a sign an emergency, its own instruction would belittle it."""
    raised = [{"with": {"records": ["cancer"]}, "urgency": "emergency-now", "citations": [14]}]
    made = sign("fever", "soon", instruction=said("Ring this week.", 15), raised_by=raised, instead="May be flu.")
    kb = clinic(harms=[harm("Sepsis", "", "serious", "fever")], signs=[made], cases=[])
    assert below(screened(kb, "fever", full=True), "DO NOT MASSAGE. SEE A CLINICIAN.")[:3] == [
        "“fever”: fever [14]",
        "Ring this week. [15]",
        "May be flu.",
    ]
    page = screened(kb, "fever, tumour", full=True)
    assert below(page, "DO NOT MASSAGE. CALL EMERGENCY SERVICES.") == ["“fever”: fever [14]", "May be flu."]
    assert "DO NOT MASSAGE. SEE A CLINICIAN." not in headings(page)


def test_what_is_not_understood_comes_with_the_nearest_names(advised: KnowledgeBase) -> None:
    """If any do."""
    page = screened(advised, "xylophone, tumuor growth, stroke")
    found = below(page, "Not recognised, and so not screened")
    assert "“xylophone”" in found
    assert below(screened(advised, "broken"), "Not recognised, and so not screened") == [
        "“broken” – nearest here: Fracture; Broken ladder",
        advised.absence,
    ]


def test_questions_say_what_a_yes_means(advised: KnowledgeBase) -> None:
    """With their sources."""
    assert below(screened(advised, "tumour"), "Ask") == ["Is it growing?  yes: contraindicated [15]"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("stoma", ["Was it lately?", "Does it hurt?"]),
        ("stoma 3 weeks ago", ["Does it hurt?"]),
    ],
)
def test_an_unknown_number_is_asked_for_first(words: str, expected: list[str]) -> None:
    """The advice depends on it; once it is typed, nobody is asked for it again."""
    yes = {"if_yes": "clearance", "then": "Ask.", "citations": [15]}
    asked = [{"text": "Does it hurt?"} | yes, {"text": "Was it lately?", "asks": "ago"} | yes]
    kb = clinic(precautions=[precaution("Stoma") | {"questions": asked}])
    found = screen(kb, words, Plan())
    assert [part.text for part in screening.asked_of(found, kb)] == expected
    assert [part.text for part in screen_answer(kb, words, found).questions] == expected
    plain = [line for line in render_plain(plain_screening(found, kb)).splitlines() if line.startswith("Question")]
    assert [line.removeprefix("Question: ").partition("?")[0] + "?" for line in plain] == expected


def test_questions_stand_by_turns_of_the_precautions() -> None:
    """Each precaution asks its first question before another asks its second."""
    asked = [{"text": text, "if_yes": "adapt", "then": "Adapt.", "citations": [15]} for text in several("Question", 4)]
    halves = [precaution("Cancer") | {"questions": asked[:2]}, precaution("Gout") | {"questions": asked[2:]}]
    found = below(screened(clinic(precautions=halves, cases=[]), "cancer, gout", full=True), "Ask")
    assert [text.split("  ")[0] for text in found] == ["Question 1", "Question 3", "Question 2", "Question 4"]


def test_of_an_unknown_client_red_flags_are_asked() -> None:
    """Nobody is cleared because nothing was recognised; who has an alarm is asked no more."""
    asked = [{"text": "Are you losing weight?", "if_yes": "clearance", "then": "Refer.", "citations": [15]}]
    kb = clinic(precautions=[precaution("Red flag symptoms") | {"questions": asked}], cases=[])
    assert below(screened(kb, "xylophone"), "Ask")[0].startswith("Are you losing weight?")
    assert "Ask" not in headings(screened(kb, "coughing up blood"))


def test_stop_signs_stand_by_urgency() -> None:
    """The most urgent first, raised by what is present; those of one urgency under one heading."""
    raised = [{"with": {"records": ["cancer"]}, "urgency": "emergency-now", "citations": [14]}]
    signs = [sign("mild sign", "soon"), sign("grave sign", "emergency-now"), sign("fever", "soon", raised_by=raised)]
    stop = [part["id"] for part in signs]
    kb = clinic(
        harms=[harm("Whatever", "", "serious", " ".join(stop))],
        signs=signs,
        precautions=[precaution("Cancer") | {"stop_if": stop}, precaution("Gout") | {"stop_if": stop}],
        cases=[],
    )
    emergency = "Stop. Call emergency services, during or after massage"
    clinician = "Stop. See a clinician, during or after massage"
    page = screened(kb, "cancer")
    assert below(page, emergency) == ["grave sign [14]", "fever [14]"]
    assert below(page, clinician)[0] == "mild sign [14]"
    assert below(screened(kb, "gout"), emergency) == ["grave sign [14]"]
    tones = {block.text: block.tone for block in page if isinstance(block, Heading)}
    assert (tones[emergency], tones[clinician]) == ("emergency-now", "soon")


def crowded(precautions: int) -> KnowledgeBase:
    """Return a knowledge base of so many precautions, each with far more than fits on a page."""
    signs = [sign(text, "emergency-now") for text in several("grave sign of some length", 9)]
    harms = [harm(text, "", "serious") for text in several("Harm with a long name", 9)]
    asked = [
        {"text": f"{text} that is long enough to run over the end of a line?", "if_yes": "adapt", "then": "Do."}
        | {"citations": [15]}
        for text in several("Question", 4)
    ]
    made = [
        precaution(f"Condition{number}", harms=" ".join(part["id"] for part in harms))
        | {"stop_if": [part["id"] for part in signs], "questions": [asked[number % 4]]}
        for number in range(precautions)
    ]
    return clinic(harms=harms, signs=signs, precautions=made, cases=[])


@pytest.mark.parametrize(("precautions", "lines"), [(1, 30), (2, 30), (4, 30), (5, 45), (8, 45)])
def test_a_brief_page_fits_on_a_screen(precautions: int, lines: int) -> None:
    """It has every action, says how much more there is, and is as long as it may be."""
    words = ", ".join(f"condition{number}" for number in range(precautions))
    page = screened(crowded(precautions), words)
    drawn_lines = drawn(page, 80).splitlines()
    assert lines - 8 <= len(drawn_lines) <= lines
    assert sum(text.startswith("ADAPT THE TREATMENT") for text in texts(page)) == precautions
    said = " ".join(texts(page))
    assert re.search(r"\d+ more stop signs? with --full|With --full also: .*\d stop sign", said)
    assert re.search(r"\d+ more harms? with --full|With --full also: .*\d harm", said)
    full = screened(crowded(precautions), words, full=True)
    assert not any("more" in text and "--full" in text for text in texts(full))
    assert sum("grave sign" in text for text in texts(full)) == 9


def test_what_must_be_said_is_never_cut() -> None:
    """Alarms, words that were not recognised and actions stand there even where they fill the page."""
    words = ", ".join(f"xylophone{'s' * number}" for number in range(1, 30))
    page = screened(crowded(1), f"condition0, coughing up blood, {words}, grave sign of some length 1")
    assert len(below(page, "Not recognised, and so not screened")) >= 29
    assert "DO NOT MASSAGE. CALL EMERGENCY SERVICES." in headings(page)
    assert any(text.startswith("ADAPT THE TREATMENT") for text in texts(page))
    assert "Ask" not in headings(page)


def test_a_harm_says_how_it_is_supported(advised: KnowledgeBase, tiny: KnowledgeBase) -> None:
    """By the strongest link of any precaution; a case before an authority; one that is named has none."""
    assert "serious  Embolism – no published case, authority [14]" in texts(screened(advised, "tumour"))
    assert "serious  Embolism – no published case [14]" in texts(screened(advised, "embolism"))
    file = [precaution("Gout", harms="bruise"), precaution("Stroke", harms="bruise")]
    file[0]["harms"][0]["support"] = "inference"
    kb = clinic(precautions=file, cases=[])
    assert "minor  Bruise – no published case, inference [14]" in texts(screened(kb, "gout"))
    assert "minor  Bruise – no published case, authority [14]" in texts(screened(kb, "gout, stroke"))
    assert "minor  Odd feeling – no published case, 1 anecdote [0]" in texts(screened(tiny, "odd feeling"))


def test_harms_of_the_plan_stand_apart_and_are_counted_where_they_do_not_fit() -> None:
    """A full page has them all."""
    linked = [harm(text) for text in several("Linked", 7)]
    planned = [harm(text, regions=["foot"]) for text in several("Planned", 9)]
    harms = " ".join(part["id"] for part in linked)
    kb = clinic(harms=[*linked, *planned], precautions=[precaution("Cancer", harms=harms)], cases=[], signs=[])
    page = screened(kb, "cancer", "foot", full=True)
    assert len(below(page, "Harms that this bears on")) == 7
    assert sum(text.startswith("minor  Planned") for text in below(page, "Also reported of massage: foot")) == 9
    brief = texts(screened(kb, "cancer", "foot"))
    assert any(
        re.search(r"\d more (?:reported )?harms? with --full|With --full also: .*\d harm", text) for text in brief
    )


def test_the_action_is_the_stricter_advice_that_holds() -> None:
    """With its own level and sources; else it is that of everybody."""
    advice = {"level": "contraindicated", "text": "Do not massage.", "when": {"weeks": {"max": 13}}, "citations": [16]}
    kb = clinic(precautions=[precaution("Pregnancy", "pregnant") | {"population": "pregnancy", "advice": [advice]}])
    page = texts(screened(kb, "pregnant, 10 weeks"))
    assert page[:2] == ["CONTRAINDICATED  Pregnancy  “pregnant”, “10 weeks”", "Do not massage. [16]"]
    assert texts(screened(kb, "pregnant, 20 weeks"))[1] == "Take care. [13]"
    assert texts(screened(kb, "pregnant"))[1] == "Take care. [13]"


def test_what_is_only_possible_says_so(advised: KnowledgeBase) -> None:
    """Beside the name, as what is past does; what is present needs no word."""
    assert texts(screened(advised, "query stroke"))[0] == "ADAPT THE TREATMENT  Stroke  “stroke”  possible"
    assert texts(screened(advised, "stroke in 2012"))[0] == "ADAPT THE TREATMENT  Stroke  “stroke in 2012”  past"


def test_harms_of_others_are_left_out_and_asked_about() -> None:
    """Those of infants and of pregnancy, unless an age says that the client is none."""
    harms = [harm("Colic", population="infant"), harm("Bruise")]
    kb = clinic(harms=harms, precautions=[precaution("Cancer", harms="colic bruise")], cases=[], signs=[])
    page = texts(screened(kb, "cancer"))
    assert not any("Colic" in text for text in page)
    assert "Left out: harms to infants. If that is the client, add it." in page
    assert not any("Left out" in text for text in texts(screened(kb, "cancer, 40 years old")))


def test_a_denial_names_what_was_left_out(tiny: KnowledgeBase) -> None:
    """A reader sees that a condition was read as denied."""
    found = texts(screened(tiny, "heavy, no broken ladder"))
    assert "Read as denied: “no broken ladder” (Broken ladder)" in found


def test_a_full_page_has_the_advice_and_the_reasons(advised: KnowledgeBase) -> None:
    """Of each precaution, the notice, and no call for more."""
    page = screened(advised, "tumour, stroke", full=True)
    assert below(page, "Cancer: advice") == ["Adapt the treatment: Touch lightly. [16] – age from 65 years"]
    assert below(page, "Cancer: why") == ["It may spread. [17]"]
    assert below(page, "Cancer: not known or in conflict") == ["How often is not known. [19]"]
    assert "Stroke: why" in headings(page)
    assert "Stroke: advice" not in headings(page)
    assert texts(page)[-1] == advised.notice
    assert page[-1] == Next(("massharm show cancer",))
    brief = screened(advised, "tumour, stroke")
    assert "Cancer: advice" not in headings(brief)
    assert advised.notice not in texts(brief)


@pytest.mark.parametrize("full", [False, True])
def test_a_handout_has_its_references(advised: KnowledgeBase, *, full: bool) -> None:
    """In place of the next commands; each number on the page is among them."""
    page = screened(advised, "tumour, falling, sudden breathlessness", "hand", full=full, references=True)
    listed = [int(block.mark.strip("[]")) for block in page if isinstance(block, Item) and block.tone == "cite"]
    assert listed == sorted(set(listed))
    assert numbers(page) <= set(listed)
    assert {13, 14, 15, 20} <= set(listed)
    assert ({16, 17, 19} <= set(listed)) is full
    assert not any(isinstance(block, Next) for block in page)


def test_stop_signs_are_among_the_references() -> None:
    """Though nothing else cites their sources."""
    kb = clinic(
        signs=[sign("fever", "soon", citations=[21])],
        harms=[harm("Sepsis", "", "serious", "fever")],
        precautions=[precaution("Cancer") | {"stop_if": ["fever"]}],
        cases=[],
    )
    page = screened(kb, "cancer", references=True)
    assert numbers(page) == {13, 21}
    assert [block.mark for block in page if isinstance(block, Item) and block.tone == "cite"] == ["[13]", "[21]"]


def test_a_client_without_precautions_is_not_told_of_any(advised: KnowledgeBase) -> None:
    """The page never says that there is none."""
    page = screened(advised, "sudden breathlessness")
    assert page[0] == Title("Screening", ())
    assert page[-1] == Next(("the same with --full",))
    full = screened(advised, "sudden breathlessness", full=True)
    assert not any(isinstance(block, Next) for block in full)


# Warning signs


def flagged(kb: KnowledgeBase, words: str = "", *, full: bool = False) -> Page:
    """Return the page of warning signs."""
    return redflags_pages.redflags_page(redflags(kb, words), kb, full=full)


def test_all_signs_stand_by_urgency_one_line_each(tiny: KnowledgeBase) -> None:
    """With their sources, and nothing about what somebody has."""
    page = flagged(tiny)
    assert page[0] == Title("Warning signs", (Run("2 signs", "strong"), Run("most urgent first, however rare")))
    assert texts(page) == [
        "Call emergency services",
        "falling from a height [11]",
        "See a clinician",
        "creaking rungs [5]",
        tiny.absence,
    ]
    assert page[-1] == Next(("massharm show falling",))


def test_the_signs_of_a_harm_name_it(tiny: KnowledgeBase) -> None:
    """In the title, and as what to look at next."""
    page = flagged(tiny, "broken ladder")
    assert isinstance(page[0], Title)
    assert page[0].text == "Warning signs of Broken ladder"
    assert page[-1] == Next(("massharm show broken-ladder",))


def test_a_harm_without_signs_says_so(tiny: KnowledgeBase) -> None:
    """It is no all-clear, and the harm is where to look."""
    page = flagged(tiny, "blue thumb")
    assert page == (
        Title("No warning sign of Blue thumb is recorded", (Run("this is no all-clear", "strong"),)),
        Para((Run(tiny.absence, "muted"),)),
        Next(("massharm show blue-thumb",)),
    )


def test_a_sign_that_is_described_says_what_to_do_and_where_it_points(advised: KnowledgeBase) -> None:
    """Its instruction, what it may be instead, and the harms that it points to."""
    page = flagged(advised, "falling")
    assert below(page, "Call emergency services")[:4] == [
        "falling [14]",
        "Lie still. [20]",
        "May be a broken bone.",
        "Points to: Broken ladder (serious)",
    ]
    assert below(flagged(advised, "creaking"), "See a clinician")[:2] == [
        "creaking [14]",
        "Compatible with: Broken ladder (serious)",
    ]


@pytest.mark.parametrize(
    ("characteristic", "compatible", "text"),
    [
        (0, 0, None),
        (1, 0, "Points to: Pointed 1 (minor)"),
        (3, 0, "Points to: Pointed 1 (minor), Pointed 2 (minor), Pointed 3 (minor)"),
        (5, 0, "Points to: Pointed 1 (minor), Pointed 2 (minor), Pointed 3 (minor), 2 more"),
        (0, 1, "Compatible with: Shared 1 (minor)"),
        (0, 3, "Compatible with: Shared 1 (minor), Shared 2 (minor), Shared 3 (minor)"),
        (0, 4, "Compatible with 4 harms"),
        (1, 1, "Points to: Pointed 1 (minor); compatible with 1 other harm"),
        (
            4,
            2,
            "Points to: Pointed 1 (minor), Pointed 2 (minor), Pointed 3 (minor), 1 more; compatible with 2 other harms",
        ),
    ],
)
def test_a_sign_names_three_harms_and_counts_the_others(characteristic: int, compatible: int, text: str | None) -> None:
    """Those with which it also occurs are counted beside them, and alone named if few; a full page names all of one."""
    links = [("Pointed", "characteristic", characteristic), ("Shared", "compatible", compatible)]
    harms = [
        harm(f"{name} {number}", "", "minor", warning_signs=[{"sign": "fever", "link": link}])
        for name, link, count in links
        for number in range(1, count + 1)
    ]
    kb = clinic(harms=harms, signs=[sign("fever", "soon")], precautions=[], cases=[], withdrawn=[])
    assert below(flagged(kb, "fever"), "See a clinician")[1:-1] == ([text] if text else [])
    pointed = ", ".join(f"{name} (minor)" for name in several("Pointed", characteristic))
    assert pointed in "".join(texts(flagged(kb, "fever", full=True)))


def test_what_several_signs_fit_is_named_first() -> None:
    """The harm of most signs, then the worst; none of infants, and none of a single sign."""
    rows = [
        ("Alone", "serious", ["fever"]),
        ("Both", "minor", ["fever", "rash"]),
        ("Worse", "serious", ["fever", "rash"]),
    ]
    rows.append(("All", "minor", ["fever", "rash", "cough"]))
    harms = [
        harm(name, "", severity, warning_signs=[{"sign": one, "link": "compatible"} for one in signs])
        for name, severity, signs in rows
    ]
    harms.append(
        harms[3] | {"id": "small", "name": "Small", "aliases": [], "population": "infant", "severity": "serious"}
    )
    signs = [sign(name, "soon") for name in ("fever", "rash", "cough")]
    kb = clinic(harms=harms, signs=signs, precautions=[], cases=[], withdrawn=[])
    told = [text for text in texts(flagged(kb, "fever, rash, cough")) if text.startswith("Two or more")]
    assert told == ["Two or more of these signs fit: All (minor), Worse (serious), Both (minor)"]
    assert not any(text.startswith("Two or more") for text in texts(flagged(kb, "fever")))


def test_stop_signs_take_turns_within_an_urgency() -> None:
    """A sign that is less urgent takes no turn of those that are more."""
    signs = [sign("rash", "soon"), *(sign(name, "emergency-now") for name in ("fever", "cough", "fit"))]
    first = precaution("Cancer") | {"stop_if": ["rash", "fever", "cough"]}
    second = precaution("Stoma") | {"stop_if": ["fit"]}
    kb = clinic(harms=[], signs=signs, precautions=[first, second], cases=[], withdrawn=[])
    shown = below(screened(kb, "cancer, stoma"), "Stop. Call emergency services, during or after massage")
    assert [text.split(" [")[0] for text in shown[:3]] == ["fever", "fit", "cough"]


def test_without_a_recognised_sign_no_emergency_is_cried(advised: KnowledgeBase) -> None:
    """The page offers the harms to which the words lead, three at most, and is no all-clear."""
    page = flagged(advised, "numb hands")
    assert page == (
        Title("No warning sign recognised", (Run("this is no all-clear", "strong"),)),
        Heading("What these words lead to"),
        Item((Run("moderate", "moderate"), Run("  Numb hand", "strong"), Run(" (numb-hand)"))),
        Heading("A warning sign would be"),
        Item((Run("See a clinician: ", "soon"), Run("tingling in the hand "), Run("[14]", "cite")), "!"),
        Para((Run("Not recognised: “numb hands”", "muted"),)),
        Para((Run(advised.absence, "muted"),)),
        Next(("massharm redflags numb-hand", "massharm redflags")),
    )
    kb = clinic(harms=[harm(f"Purple {part}") for part in ("toe", "ear", "nose", "chin")], cases=[], withdrawn=[])
    assert len([block for block in flagged(kb, "purples") if isinstance(block, Item)]) == 3
    assert flagged(advised, "xylophone")[1:] == (
        Para((Run("Not recognised: “xylophone”", "muted"),)),
        Para((Run(advised.absence, "muted"),)),
        Next(("massharm redflags",)),
    )


def test_a_sign_has_the_colour_of_its_urgency(advised: KnowledgeBase) -> None:
    """At its mark and over it."""
    page = flagged(advised)
    assert {(block.text, block.tone) for block in page if isinstance(block, Heading)} == {
        ("Call emergency services", "emergency-now"),
        ("Same-day medical review", "same-day"),
        ("See a clinician", "soon"),
    }
    tones = {block.runs[0].text.strip(): (block.mark, block.tone) for block in page if isinstance(block, Item)}
    assert tones["falling"] == ("!", "emergency-now")
    assert tones["swollen warm calf"] == ("!", "same-day")
    assert tones["creaking"] == ("!", "soon")


def test_pages_of_the_real_file_keep_every_alarm_and_every_action(kb: KnowledgeBase) -> None:
    """However many there are, none is cut from a brief page."""
    found = screen(kb, "osteoporosis, warfarin, pregnant, gout, varicose veins, chest pain, seizure, fainting", Plan())
    page = texts(screening.screening_page(found, kb))
    assert len(found.precautions) > 3
    assert len(found.alarms) > 2
    assert all(any(part.sign.name in text for text in page) for part in found.alarms)
    assert all(
        any(text.startswith(record.action.text.removesuffix(".")) for text in page) for record in found.precautions
    )


# The evidence map


def test_the_map_counts_harms_and_reports(tiny: KnowledgeBase) -> None:
    """A row a severity, worst first; a column a strength that some harm has; empty cells have a dash."""
    page = evidence.evidence_page(survey(tiny))
    (grid,) = [block for block in page if isinstance(block, Grid)]
    assert grid.columns == ("Severity", "trial", "case report", "anecdote")
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["serious", "–", "1 (1)", "–"],
        ["moderate", "–", "–", "–"],
        ["minor", "1 (0)", "–", "1 (0)"],
    ]


def years(page: Page) -> dict[str, int]:
    """Return the bars of the years."""
    start = page.index(Heading("Published reports by year")) + 1
    bars: dict[str, int] = {}
    for block in page[start:]:
        if not isinstance(block, Bar):
            break
        bars[block.runs[1].text] = int(block.runs[0].text)
    return bars


@pytest.mark.parametrize(
    ("published", "spans"),
    [
        ((2005,), {"2005": 1}),
        ((2004, 2016), {"2000–2004": 1, "2005–2009": 0, "2010–2014": 0, "2015–2016": 1}),
        ((2009, 2010), {"2005–2009": 1, "2010": 1}),
    ],
)
def test_years_are_counted_by_fives(write: Write, published: tuple[int, ...], spans: dict[str, int]) -> None:
    """A span without a report is there, so that a gap is seen; the last ends with the last report."""
    file: dict[str, Any] = tiny_file()
    case = file["cases"][0]
    file["cases"] = [case | {"id": f"case-{year}", "year": year} for year in published]
    page = evidence.evidence_page(survey(KnowledgeBase.load(write(file))))
    assert years(page) == spans


def test_the_longest_bar_is_whole(tiny: KnowledgeBase) -> None:
    """Bars are drawn to the greatest count of their own section."""
    bars = [block for block in evidence.evidence_page(survey(tiny)) if isinstance(block, Bar)]
    assert {bar.percent for bar in bars} == {100}
    assert "  1  walking on back" in drawn(evidence.evidence_page(survey(tiny)))


def test_without_published_reports_there_are_no_bars(write: Write) -> None:
    """And no headings over nothing."""
    file = tiny_file()
    file["cases"] = file["cases"][1:]
    page = evidence.evidence_page(survey(KnowledgeBase.load(write(file))))
    assert [block.text for block in page if isinstance(block, Heading)] == [
        "Harms, and the published reports of them in brackets"
    ]
    assert Run("no published report", "strong") in page[0].tags  # type: ignore[union-attr]


def test_a_medicine_that_implies_nothing_is_shown_with_its_note() -> None:
    """Silence about what somebody takes would look as if it had not been read."""
    kb = clinic(medicines=[medicine("Gliclazide", "diamicron")])
    brief = screening.screening_page(screen(kb, "takes gliclazide", Plan()), kb)
    assert "Medicines without a precaution here: Gliclazide (“gliclazide”)" in texts(brief)
    page = screening.screening_page(screen(kb, "takes gliclazide", Plan()), kb, full=True)
    assert "Medicines without a precaution here" in headings(page)
    assert any("“gliclazide”: Gliclazide." in text for text in texts(page))


def test_what_is_only_recognised_is_named_but_for_words_of_forms() -> None:
    """A condition without advice is no unknown word; the words of a form are neither."""
    kb = clinic(recognised=[
        {"name": "Asthma", "kind": "condition", "aliases": ["wheezy chest"]},
        {"name": "occupation", "kind": "word"},
    ], fillers=["teacher"])  # fmt: skip
    found = screen(kb, "occupation: teacher, has a wheezy chest", Plan())
    assert found.unknown == ()
    assert "Recognised, no advice here: Asthma" in texts(screening.screening_page(found, kb))


@pytest.mark.parametrize("full", [False, True])
def test_stricter_advice_on_what_is_planned_heads_the_precaution(kb: KnowledgeBase, *, full: bool) -> None:
    """With its level and its sources, the action below it; without the plan it is not on the screen."""
    found = screen(kb, "apixaban", Plan(("neck",), ("deep-tissue",)))
    text = " ".join(drawn(screening.screening_page(found, kb, full=full)).split())
    assert "CONTRAINDICATED AS PLANNED Anticoagulant therapy" in text
    lines = (
        "Do not use deep tissue or forceful massage. [216,224] In any case: medical clearance first. Ask the prescriber"
    )
    assert lines in text
    unplanned = drawn(screening.screening_page(screen(kb, "apixaban", Plan(("neck",))), kb, full=full))
    assert "MEDICAL CLEARANCE FIRST  Anticoagulant therapy" in unplanned
    assert "PLANNED" not in unplanned
    assert "In any case" not in unplanned


def test_plain_text_says_so_of_what_is_planned(kb: KnowledgeBase) -> None:
    """The label is that of the plan; without one it is that of every massage."""
    planned = render_plain(plain_screening(screen(kb, "apixaban", Plan(("neck",), ("deep-tissue",))), kb))
    assert planned.startswith("No massage as planned: Taking a blood thinner (“apixaban”): Do not use deep tissue")
    assert "as planned" not in render_plain(plain_screening(screen(kb, "apixaban", Plan(("neck",))), kb))


def test_advice_that_tells_more_of_the_plan_stands_below_the_action(kb: KnowledgeBase) -> None:
    """It is no stricter than the action; that on the technique goes before that on the region alone."""
    line = "For this plan: Use no force and no manipulation on the neck. [237]"
    page = texts(screening.screening_page(screen(kb, "marfan syndrome", Plan(("neck",), ("with-manipulation",))), kb))
    assert line in page
    assert not any(
        "For this plan" in text for text in texts(screening.screening_page(screen(kb, "marfan syndrome", Plan()), kb))
    )


def test_advice_on_the_technique_goes_before_that_on_the_region() -> None:
    """Though it is milder."""
    region = {"level": "clearance", "text": "Ask about the foot.", "regions": ["foot"], "citations": [16]}
    technique = {"level": "adapt", "text": "Go slowly.", "techniques": ["thai"], "citations": [16]}
    strict = precaution("Stoma") | {"advice": [region, technique]}
    strict["action"] = strict["action"] | {"level": "contraindicated"}
    kb = clinic(harms=[], signs=[], precautions=[strict], cases=[], withdrawn=[])
    page = texts(screening.screening_page(screen(kb, "stoma", Plan(("foot",), ("thai",))), kb))
    assert "For this plan: Go slowly. [16]" in page
    assert "For this plan: Ask about the foot. [16]" in texts(
        screening.screening_page(screen(kb, "stoma", Plan(("foot",))), kb)
    )


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        ("swollen joints", "Do not massage swollen or very painful joints."),
        ("joints of the hand", "Do not massage swollen or very painful joints (joints of the hand)."),
        (None, "Do not massage swollen or very painful joints."),
    ],
)
def test_a_scope_that_is_said_already_is_not_repeated(scope: str | None, sentence: str) -> None:
    """It stands in brackets where it tells more."""
    text = "Do not massage swollen or very painful joints."
    assert Action(level=AdviceLevel.LOCAL, text=text, scope=scope, citations=()).sentence == sentence


def test_what_is_planned_orders_the_precautions(kb: KnowledgeBase) -> None:
    """A precaution that forbids the plan stands before one that asks for clearance of every massage."""
    plan = Plan(("neck",), ("deep-tissue",))
    assert [record.id for record in screen(kb, "atrial fibrillation, apixaban", plan).precautions] == [
        "anticoagulant-therapy",
        "arrhythmia",
    ]
    first = screen(kb, "lymphoedema, apixaban", plan).precautions[0]
    assert first.id == "anticoagulant-therapy"
