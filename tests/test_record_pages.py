"""The page of a record of each kind, and the sections of a harm."""

from typing import Any

import msgspec
import pytest

from clinic import clinic, sign
from drawing import drawn
from massharm import KnowledgeBase
from massharm.errors import WrongUse
from massharm.kb.parts import When
from massharm.kb.records import KINDS, Harm
from massharm.kb.sections import SECTIONS
from massharm.pages.blocks import Bar, Fact, Grid, Heading, Item, Page, Para, Run, Title
from massharm.pages.conditions import circumstances
from massharm.pages.records import record_page
from tiny import Write, said, tiny_file


def headings(page: Page) -> list[str]:
    """Return the headings of a page."""
    return [block.text for block in page if isinstance(block, Heading)]


def below(page: Page, heading: str) -> list[str]:
    """Return the texts of a section, one for each block."""
    start = headings(page).index(heading)
    places = [place for place, block in enumerate(page) if isinstance(block, Heading)]
    end = places[start + 1] if start + 1 < len(places) else len(page)
    return [
        "".join(run.text for run in block.runs)
        for block in page[places[start] + 1 : end]
        if isinstance(block, Item | Para | Fact | Bar)
    ]


def tags(kb: KnowledgeBase, record: str) -> list[str]:
    """Return what stands under the title of a page."""
    title = record_page(kb[record], kb)[0]
    assert isinstance(title, Title)
    return [run.text for run in title.tags]


@pytest.fixture
def full(write: Write) -> KnowledgeBase:
    """Return a knowledge base with a serious harm that has every section, and a mild one likewise."""
    file: dict[str, Any] = tiny_file()
    thumb, ladder, _ = file["harms"]
    for harm in (thumb, ladder):
        for name in ("presentation", "onset", "response", "prevention", "statements", "uncertainty"):
            harm[name] = [said(f"Text of {name}.", 5)]
        harm["response"][0]["urgency"] = "emergency-now"
        harm["frequency"] = thumb["frequency"]
        harm["findings"] = [
            {"citation": number, "bearing": bearing, "text": f"A study {bearing}."}
            for number, bearing in ((12, "unclear"), (4, "against"), (2, "supports"))
        ]
        harm["warning_signs"] = [{"sign": "creaking", "link": "characteristic"}]
        harm["mechanisms"], harm["see_also"] = ["weight"], ["odd-feeling"]
        harm["codes"] = [
            {"system": "MeSH", "code": None, "name": "Ladders"},
            {"system": "ICD-10-CM", "code": "W11", "name": "Fall from ladder"},
        ]
    file["precautions"][0]["harms"] = [
        {"harm": name, "support": "authority", "citations": [13]} for name in ("blue-thumb", "broken-ladder")
    ]
    file["cases"].append(file["cases"][0] | {"id": "series", "citations": [12], "patients": 3, "harms": ["blue-thumb"]})
    return KnowledgeBase.load(write(file))


REST = [
    "frequency",
    "presentation",
    "onset",
    "cases",
    "evidence",
    "statements",
    "mechanisms",
    "risk",
    "prevention",
    "uncertainty",
    "see-also",
    "plain",
    "codes",
]


@pytest.mark.parametrize("harm", ["broken-ladder", "blue-thumb"])
def test_the_card_of_a_harm_comes_first(full: KnowledgeBase, harm: str) -> None:
    """Its signs and what to do first, and then the other sections."""
    wanted = [SECTIONS[name].title for name in ("signs", "response", *REST, "references")]
    wanted[wanted.index("Warning signs")] = "Warning signs: see a clinician"
    assert headings(record_page(full[harm], full)) == wanted


def test_a_serious_harm_says_why_it_is_and_what_is_missing(write: Write) -> None:
    """Where no report attributes a grave outcome, a source does; where no sign is known, the reason stands there."""
    file = tiny_file()
    file["harms"][0].update(
        severity="serious",
        severity_basis=said("It can be fatal.", 1),
        missing=[{"section": "warning_signs", "reason": "No source gives one."}],
    )
    kb = KnowledgeBase.load(write(file))
    page = record_page(kb["blue-thumb"], kb)
    assert "Serious because: It can be fatal. [1]" in drawn(page)
    assert below(page, "Warning signs") == [f"None recorded here. No source gives one. {kb.absence}"]


def test_sections_come_in_the_order_asked_for(full: KnowledgeBase) -> None:
    """But signs and response of a serious harm lead; each stands once, and the summary only where it is asked for."""
    asked = ["codes", "onset", "response", "codes"]
    assert headings(record_page(full["blue-thumb"], full, asked)) == ["Codes", "When it starts", "What to do first"]
    assert headings(record_page(full["broken-ladder"], full, asked)) == ["What to do first", "Codes", "When it starts"]
    title, *others = record_page(full["blue-thumb"], full, ["summary"])
    assert isinstance(title, Title)
    assert title.summary == ()
    assert [type(block) for block in others] == [Heading, Para]


@pytest.mark.parametrize(
    "section", [name for name in SECTIONS if name not in {"summary", "frequency", "references", "plain"}]
)
def test_an_empty_section_that_is_asked_for_says_so(write: Write, section: str) -> None:
    """What is not recorded is no proof that there is none."""
    file = tiny_file()
    file["harms"][2] = {
        name: value for name, value in file["harms"][2].items() if name not in {"aliases", "uncertainty"}
    }
    file["cases"] = file["cases"][:1]
    kb = KnowledgeBase.load(write(file))
    page = record_page(kb["odd-feeling"], kb, [section])
    assert below(page, SECTIONS[section].title) == [f"None recorded here. {kb.absence}"]
    assert SECTIONS[section].title not in headings(record_page(kb["odd-feeling"], kb))


def test_a_serious_harm_without_signs_says_so(write: Write) -> None:
    """The page never looks as if signs did not matter."""
    file = tiny_file()
    file["harms"][1]["warning_signs"] = []
    kb = KnowledgeBase.load(write(file))
    assert below(record_page(kb["broken-ladder"], kb), "Warning signs") == [f"None recorded here. {kb.absence}"]


def test_the_title_of_a_harm_says_how_grave_how_often_and_how_well_known(
    full: KnowledgeBase, tiny: KnowledgeBase
) -> None:
    """A count of reports stands for a frequency that is not known."""
    assert tags(tiny, "broken-ladder") == [
        *("SERIOUS", "reported: death, surgery"),
        *("frequency not known (1 published case)", "evidence: case report"),
    ]
    assert tags(tiny, "odd-feeling")[1] == "frequency not known (no published case, 1 anecdote)"
    assert tags(full, "blue-thumb")[2] == "common in one study"


def test_a_frequency_has_its_setting_and_limits(full: KnowledgeBase) -> None:
    """And the count of reports beside it, which is no rate."""
    assert below(record_page(full["blue-thumb"], full), "How often") == [
        "7 % of 100: a blue thumb on the next day [2]",
        "One clinic.",
        "Few people.",
        "common, by the first figure of massage",
        "1 published case; a count of reports is not a rate",
    ]


def test_a_case_is_a_row(full: KnowledgeBase, write: Write) -> None:
    """Year and source, people, technique, provider, outcome; a gap is called one."""
    (grid,) = [block for block in record_page(full["blue-thumb"], full) if isinstance(block, Grid)]
    assert [run.text for run in grid.rows[0]] == [
        *("2012 [12]", "3 people; M, 40", "standing massage", "not stated", "Died.")
    ]
    (grid,) = [block for block in record_page(full["odd-feeling"], full) if isinstance(block, Grid)]
    assert [run.text for run in grid.rows[0]][:2] == ["Anecdote [0]", "not stated"]
    file = tiny_file()
    del file["citations"][5]["year"]
    kb = KnowledgeBase.load(write(file))
    (grid,) = [block for block in record_page(kb["broken-ladder"], kb) if isinstance(block, Grid)]
    assert grid.rows[0][0].text == "No year [5]"


def test_studies_for_a_harm_come_before_those_against(full: KnowledgeBase) -> None:
    """Those that are unclear come last."""
    assert below(record_page(full["blue-thumb"], full), "Studies, for and against") == [
        "for: A study supports. [2]",
        "against: A study against. [4]",
        "unclear: A study unclear. [12]",
    ]


def test_a_risk_has_its_reason_where_it_is_about_this_harm(write: Write) -> None:
    """Else its id, under which it can be read."""
    file = tiny_file()
    kb = KnowledgeBase.load(write(file))
    assert below(record_page(kb["broken-ladder"], kb), "Who is at risk") == ["Heavy client (authority) (heavy)"]
    file["precautions"][0]["why"] = [said("Ladders break.", 5)]
    kb = KnowledgeBase.load(write(file))
    assert below(record_page(kb["broken-ladder"], kb), "Who is at risk") == [
        "Heavy client (authority): Ladders break. [5]"
    ]


def test_links_and_codes_are_named(full: KnowledgeBase) -> None:
    """With what one types to see them."""
    page = record_page(full["blue-thumb"], full)
    assert below(page, "How it may come about") == ["Weight (proposed): Weight pulls. [12]"]
    assert below(page, "See also") == ["Odd feeling (odd-feeling)"]
    assert below(page, "Codes") == ["Ladders", "W11 Fall from ladder"]


def test_a_link_that_leads_nowhere_is_left_out(write: Write) -> None:
    """A page is shown all the same; `validate` reports the link."""
    file = tiny_file()
    file["harms"][1]["see_also"] = ["nowhere", "blue-thumb"]
    kb = KnowledgeBase.load(write(file))
    assert below(record_page(kb["broken-ladder"], kb), "See also") == ["Blue thumb (blue-thumb)"]


def test_only_harms_have_sections(tiny: KnowledgeBase) -> None:
    """The line says what kind of record it is."""
    with pytest.raises(WrongUse, match="only harms have sections; heavy is a precaution"):
        record_page(tiny["heavy"], tiny, ["signs"])


WANTED = {
    "weight": ["mechanism", "proposed", "Weight pulls. [12]", "Harms", "serious Broken ladder (broken-ladder)"],
    "author-5": [
        "[5] Author 2005",
        "Found: Finding 5.",
        "pubmed: authors, title, year https://example.org/5",
        "Cited by",
    ],
    "author-5-ladder": ["published case", "Age: 40", "Massage: standing massage", "Outcome: Died.", "Broken ladder"],
    "anecdote-odd": ["ANECDOTE: told, not published as a study", "A reader felt odd. [0]"],
    "heavy": ["CONTRAINDICATED", "Use no ladder. [13]", "Ladders break. [13]", "[13] Author A. Report 13. 2013."],
    "weight-gainers": ["medicine", "They add weight. [13]", "Generic names: crescol", "Brands: Growmax", "ATC: X01AA"],
    "falling": ["CALL EMERGENCY SERVICES", "Call emergency services and do not move. [11]", "Broken ladder"],
    "ladder": ["term", "Two poles with rungs. [0-2,4,5,11-17,19-27]"],
    "urgency": ["term", "same-day: A level."],
    "myth-blue": ["myth", "Belief: Blue is good.", "What the evidence says", "It is not. [14]"],
    "lesson-look": ["lesson for professionals", "Look at the ladder first. [15]", "[15] Author A. Report 15. 2015."],
}


@pytest.mark.parametrize("record", WANTED)
def test_a_page_has_what_its_kind_has(tiny: KnowledgeBase, record: str) -> None:
    """Every kind of record has its page, with its sources."""
    text = " ".join(drawn(record_page(tiny[record], tiny), 100).split())
    assert [part for part in WANTED[record] if part not in text] == []
    assert {tiny[name].kind for name in WANTED} == set(KINDS) - {"harm"}


# Warning signs of a harm


def test_signs_of_a_harm_stand_by_urgency_with_their_link(write: Write) -> None:
    """Within an urgency the characteristic ones first; one that occurs with other conditions too says so."""
    file = tiny_file()
    file["signs"] += [
        {"id": "cracks", "name": "cracks", "urgency": "soon", "basis": "source", "citations": [5]},
        {"id": "dust", "name": "dust", "urgency": "same-day", "basis": "source", "citations": [5, 12]},
    ]
    file["harms"][1]["warning_signs"] += [
        {"sign": "cracks", "link": "characteristic"},
        {"sign": "dust", "link": "compatible"},
        {"sign": "nowhere", "link": "characteristic"},
    ]
    kb = KnowledgeBase.load(write(file))
    page = record_page(kb["broken-ladder"], kb)
    assert headings(page)[:4] == [
        "Warning signs: call emergency services",
        "Warning signs: see a clinician",
        "What to do first",
        "Also seen with other conditions: same-day medical review",
    ]
    assert below(page, "Warning signs: call emergency services") == ["falling from a height [11]"]
    assert below(page, "Also seen with other conditions: same-day medical review") == ["dust [5,12]"]
    asked = record_page(kb["broken-ladder"], kb, ["signs"])
    assert headings(asked) == [
        "Warning signs: call emergency services",
        "Warning signs: same-day medical review",
        "Warning signs: see a clinician",
    ]
    assert below(asked, "Warning signs: same-day medical review") == ["dust also seen with other conditions [5,12]"]
    assert below(asked, "Warning signs: see a clinician") == [
        "cracks [5]",
        "creaking rungs also seen with other conditions [5]",
    ]
    tones = {block.runs[0].text.strip(): (block.mark, block.tone) for block in page if isinstance(block, Item)}
    assert tones["falling from a height"] == ("!", "emergency-now")
    assert tones["dust"] == ("!", "same-day")


def test_the_people_who_can_have_a_record_are_named(write: Write) -> None:
    """On the page of a harm, a precaution and a sign; a record for anyone says nothing."""
    file = tiny_file()
    for rows in ("harms", "precautions", "signs"):
        file[rows][0]["population"] = "infant"
    kb = KnowledgeBase.load(write(file))
    for record in ("blue-thumb", "heavy", "creaking"):
        assert any("infant" in tag for tag in tags(kb, record)), record
    assert not any("anyone" in tag for record in ("broken-ladder", "falling") for tag in tags(kb, record))


# A sign


def test_a_sign_says_what_to_do_and_where_it_points(write: Write) -> None:
    """Its urgency first; then what it may be instead, what raises it, and the harms by their link, worst first."""
    file = tiny_file()
    file["signs"][0] |= {
        "instead": "May be the wind.",
        "codes": [{"system": "MeSH", "code": None, "name": "Noise"}],
    }
    file["harms"][0]["warning_signs"] = [{"sign": "creaking", "link": "characteristic"}]
    kb = KnowledgeBase.load(write(file))
    page = record_page(kb["creaking"], kb)
    title, instead, *_ = page
    assert isinstance(title, Title)
    assert title.text == "creaking rungs"
    assert tags(kb, "creaking") == ["SEE A CLINICIAN", "urgency by inference"]
    assert "".join(run.text for run in title.summary) == "See a clinician. [5]"
    assert instead == Para((Run("May be the wind."),))
    assert headings(page) == [
        *("More urgent", "Points to", "Also occurs with", "In plain words", "Also described as", "Codes", "References")
    ]
    assert below(page, "More urgent") == ["Same-day medical review with Heavy client [5]"]
    assert below(page, "Points to") == ["minor Blue thumb (blue-thumb)"]
    assert below(page, "Also occurs with") == ["serious Broken ladder (broken-ladder)"]
    assert below(page, "In plain words") == ["creaking: It can hurt. Get help."]
    assert below(page, "Also described as") == ["groaning rungs; rungs that creak"]


def test_a_sign_with_an_instruction_of_its_own_shows_it(tiny: KnowledgeBase) -> None:
    """In place of the phrase of its urgency; a sign whose urgency a source gives is not marked."""
    title, *_ = record_page(tiny["falling"], tiny)
    assert isinstance(title, Title)
    assert "".join(run.text for run in title.summary) == "Call emergency services and do not move. [11]"
    assert tags(tiny, "falling") == ["CALL EMERGENCY SERVICES"]
    assert "More urgent" not in headings(record_page(tiny["falling"], tiny))


# A precaution


@pytest.fixture
def rich(write: Write) -> KnowledgeBase:
    """Return a knowledge base whose precaution has everything that one can have."""
    file = tiny_file()
    record = file["precautions"][0]
    record["action"] |= {"scope": "the back", "basis": "inference"}
    record["advice"] = [
        {"level": "adapt", "text": "Use a low table.", "citations": [13]},
        {
            "level": "local",
            "text": "Leave the back.",
            "when": {"records": ["falling", "gone-record"], "age": {"min": 65}},
            "regions": ["back", "whole-body"],
            "techniques": ["deep-tissue"],
            "citations": [14],
            "basis": "inference",
        },
    ]
    record |= {
        "stop_if": ["creaking", "falling", "gone-record"],
        "when_past": {"days": 90, "citations": [15]},
        "uncertainty": [said("How heavy is too heavy is not known.", 16)],
        "codes": [{"system": "MeSH", "code": None, "name": "Obesity"}],
        "see_also": ["ladder"],
    }
    file["cases"][0]["precautions"] = ["heavy"]
    return KnowledgeBase.load(write(file))


def test_a_precaution_begins_with_its_action(rich: KnowledgeBase) -> None:
    """Its level, the one line for everybody with its scope, and whether that is our inference."""
    title, *_ = record_page(rich["heavy"], rich)
    assert isinstance(title, Title)
    assert tags(rich, "heavy") == ["CONTRAINDICATED"]
    assert "".join(run.text for run in title.summary) == "Use no ladder (the back). [13] inference"


def test_a_precaution_has_all_that_follows_from_it(rich: KnowledgeBase) -> None:
    """Signs to stop at, questions, advice, what it means when it is over, reasons, links and sources, in this order."""
    assert headings(record_page(rich["heavy"], rich)) == [
        *("Stop the massage: call emergency services", "Stop the massage: see a clinician"),
        *("Ask", "Advice", "When it is over", "Why", "Not known or in conflict"),
        *("Medicines that imply it", "Harms", "See also", "In plain words", "Codes", "References"),
    ]


def test_signs_to_stop_at_stand_by_urgency(rich: KnowledgeBase) -> None:
    """With what to do at each; a link that leads nowhere is left out."""
    page = record_page(rich["heavy"], rich)
    assert below(page, "Stop the massage: call emergency services") == ["falling from a height [11]"]
    assert below(page, "Stop the massage: see a clinician") == ["creaking rungs [5]"]


def test_a_question_says_what_to_do_after_a_yes(tiny: KnowledgeBase) -> None:
    """The level that then holds, and the next step."""
    (item,) = [block for block in record_page(tiny["heavy"], tiny) if isinstance(block, Item) and block.more]
    assert ["".join(run.text for run in runs) for runs in (item.runs, *item.more)] == [
        "Did a ladder break? [13]",
        "If yes: medical clearance first. Ask the builder.",
    ]


def test_advice_says_when_and_where_it_holds(rich: KnowledgeBase) -> None:
    """Circumstances, regions and techniques; advice that always holds has none."""
    limits = "with falling from a height or gone-record; age from 65 years; back; whole body; deep tissue"
    assert below(record_page(rich["heavy"], rich), "Advice") == [
        "Adapt the treatment: Use a low table. [13]",
        f"Local contraindication: Leave the back. [14] inference – {limits}",
    ]


WHEN = [
    ({"records": ["heavy", "falling"]}, ["with Heavy client or falling from a height"]),
    ({"records": ["heavy", "falling", "blue-thumb"]}, ["with any of: Heavy client; falling from a height; Blue thumb"]),
    ({"age": {"min": 65}}, ["age from 65 years"]),
    ({"age": {"max": 0.5}}, ["age up to 0.5 years"]),
    ({"age": {"min": 12, "max": 18}}, ["age 12 to 18 years"]),
    ({"quantity": {"name": "INR"}}, ["INR of any number"]),
    ({"weeks": {"min": 20}}, ["from 20 weeks of pregnancy"]),
    ({"ago": {"max": 14}}, ["up to 14 days ago"]),
    ({"quantity": {"name": "INR", "min": 3}}, ["INR from 3"]),
    (
        {"quantity": {"name": "systolic pressure", "unit": "mmHg", "min": 140, "max": 180}},
        ["systolic pressure 140 to 180 mmHg"],
    ),
    ({"severity": "severe"}, ["severe"]),
    (
        {"severity": "severe", "ago": {"min": 1}, "weeks": {"max": 12}, "age": {"min": 1}, "records": ["heavy"]},
        ["with Heavy client", "age from 1 years", "up to 12 weeks of pregnancy", "from 1 days ago", "severe"],
    ),
    ({}, []),
]


@pytest.mark.parametrize(("when", "words"), WHEN, ids=[str(when) for when, _ in WHEN])
def test_circumstances_are_put_in_words(tiny: KnowledgeBase, when: dict[str, Any], words: list[str]) -> None:
    """Every one that is given, with the names of records."""
    assert list(circumstances(msgspec.convert(when, When), tiny)) == words


PAST = [
    ({"heir": "was-heavy"}, ["Treat it as: Was heavy (was-heavy)."]),
    ({"heir": "was-heavy", "citations": [15]}, ["Treat it as: Was heavy (was-heavy). [15]"]),
    ({"heir": "old-name"}, ["Treat it as: Was heavy (was-heavy)."]),
    ({"days": 90}, ["It counts as present for 90 days after it is over."]),
    ({"days": 90, "citations": [15]}, ["It counts as present for 90 days after it is over. [15]"]),
    ({"heir": "nowhere"}, None),
    ({}, None),
    (None, None),
]


@pytest.mark.parametrize(("past", "texts"), PAST, ids=[str(past) for past, _ in PAST])
def test_a_precaution_says_what_it_means_when_it_is_over(
    write: Write, past: dict[str, Any] | None, texts: list[str] | None
) -> None:
    """The record that takes its place or the days after which it ends; where neither is known, nothing."""
    file = tiny_file()
    heavy = file["precautions"][0]
    file["precautions"].append(heavy | {"id": "was-heavy", "name": "Was heavy", "aliases": []})
    file["withdrawn"].append({"id": "old-name", "heirs": ["was-heavy"]})
    heavy["when_past"] = past
    kb = KnowledgeBase.load(write(file))
    page = record_page(kb["heavy"], kb)
    assert (below(page, "When it is over") if "When it is over" in headings(page) else None) == texts


def test_the_harms_of_a_precaution_say_what_supports_the_link(rich: KnowledgeBase, tiny: KnowledgeBase) -> None:
    """A case before an authority, with the reports as its sources."""
    assert below(record_page(tiny["heavy"], tiny), "Harms") == [
        "serious Broken ladder (broken-ladder) – authority [13]"
    ]
    assert below(record_page(rich["heavy"], rich), "Harms") == ["serious Broken ladder (broken-ladder) – case [5]"]


def test_links_of_a_precaution_are_among_its_references(rich: KnowledgeBase) -> None:
    """The sources of signs to stop at, and of the cases that support a link."""
    references = [
        block.mark for block in record_page(rich["heavy"], rich) if isinstance(block, Item) and block.tone == "cite"
    ]
    assert references == ["[5]", "[11]", "[13]", "[14]", "[15]", "[16]"]


def test_the_medicines_that_imply_a_precaution_are_named(rich: KnowledgeBase) -> None:
    """With what one types to see them."""
    page = record_page(rich["heavy"], rich)
    assert below(page, "Medicines that imply it") == ["Weight gainers (weight-gainers)"]


# A medicine


def test_a_medicine_shows_the_precautions_that_it_implies(write: Write) -> None:
    """Each with its level and its action, whose sources are among the references."""
    file = tiny_file()
    file["medicines"][0]["citations"] = [14]
    kb = KnowledgeBase.load(write(file))
    page = record_page(kb["weight-gainers"], kb)
    assert below(page, "Precautions")[:1] == ["Contraindicated: Heavy client (heavy). Use no ladder. [13]"]
    assert [block.mark for block in page if isinstance(block, Item) and block.tone == "cite"] == ["[13]", "[14]"]


def test_a_medicine_without_a_precaution_is_not_called_harmless(write: Write) -> None:
    """It says that nothing is recorded, and that this is no evidence."""
    file = tiny_file()
    file["medicines"][0] |= {"precautions": [], "citations": [], "atc": None}
    kb = KnowledgeBase.load(write(file))
    page = record_page(kb["weight-gainers"], kb)
    title, para, *rest = page
    assert isinstance(title, Title)
    assert title.summary == (Run("They add weight."),)
    assert para == Para((Run(f"No precaution is linked to it. {kb.absence}"),))
    assert [block.label for block in rest if isinstance(block, Fact)] == ["Generic names", "Brands"]
    assert headings(page) == []


def test_the_names_of_a_medicine_stand_by_their_kind(write: Write) -> None:
    """Generics, brands, classes and abbreviations, each kind on a line."""
    file = tiny_file()
    kinds = ("abbreviation", "brand", "class", "inn", "inn")
    file["medicines"][0]["names"] = [{"text": f"{kind} {place}", "kind": kind} for place, kind in enumerate(kinds)]
    kb = KnowledgeBase.load(write(file))
    facts = {
        block.label: block.runs[0].text for block in record_page(kb["weight-gainers"], kb) if isinstance(block, Fact)
    }
    assert facts == {
        "Generic names": "inn 3, inn 4",
        "Brands": "brand 1",
        "Class": "class 2",
        "Abbreviations": "abbreviation 0",
        "ATC": "X01AA",
    }


def test_a_case_of_several_says_how_many(write: Write) -> None:
    """One patient is the rule and not said; an unknown number neither."""
    file = tiny_file()
    for patients, shown in ((3, True), (1, False), (None, False)):
        file["cases"][0]["patients"] = patients
        kb = KnowledgeBase.load(write(file))
        assert ("Patients:" in drawn(record_page(kb["author-5-ladder"], kb))) is shown


def test_cautions_stand_on_the_page_of_a_citation(write: Write) -> None:
    """A retraction before everything else that a reader should know."""
    file = tiny_file()
    file["citations"][5] |= {
        "caution": "The pages differ.",
        "status": {"state": "retracted", "looked_at": "2026-01-02"},
    }
    kb = KnowledgeBase.load(write(file))
    text = drawn(record_page(kb[5], kb))
    assert text.index("Caution: retracted (looked at 2026-01-02)") < text.index("Caution: The pages differ.")


def test_no_heading_stands_over_nothing(tiny: KnowledgeBase) -> None:
    """A record without links has no sections for them."""
    for record in tiny:
        if not isinstance(record, Harm):
            page = record_page(tiny[record.id], tiny)
            assert all(below(page, heading) for heading in headings(page)), record.id


def test_a_limit_that_makes_a_sign_more_urgent_stands_behind_a_colon() -> None:
    """Other signs and conditions need none."""
    raised = [
        {"with": {"age": {"max": 1}}, "urgency": "emergency-now", "citations": [15]},
        {"with": {"records": ["rash"]}, "urgency": "same-day", "citations": [15]},
    ]
    kb = clinic(signs=[sign("fever", "soon", raised_by=raised), sign("rash", "soon")], cases=[], harms=[])
    assert below(record_page(kb["fever"], kb), "More urgent") == [
        "Call emergency services: age up to 1 years [15]",
        "Same-day medical review with rash [15]",
    ]
