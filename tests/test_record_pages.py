"""The page of a record of each kind, and the sections of a harm."""

from typing import Any

import pytest

from drawing import drawn
from massharm import KnowledgeBase
from massharm.errors import WrongUse
from massharm.kb.records import KINDS, Harm
from massharm.kb.sections import SECTIONS
from massharm.pages.blocks import Bar, Fact, Grid, Heading, Item, Page, Para, Title
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


@pytest.fixture
def full(write: Write) -> KnowledgeBase:
    """Return a knowledge base with a serious harm that has every section, and a mild one likewise."""
    file: dict[str, Any] = tiny_file()
    thumb, ladder, _ = file["harms"]
    for harm in (thumb, ladder):
        for name in ("presentation", "onset", "response", "prevention", "statements", "uncertainty"):
            harm[name] = [said(f"Text of {name}.", 5)]
        harm["frequency"] = thumb["frequency"]
        harm["findings"] = [
            {"citation": number, "bearing": bearing, "text": f"A study {bearing}."}
            for number, bearing in ((12, "unclear"), (4, "against"), (2, "supports"))
        ]
        harm["warning_signs"] = [{"text": "creaking", "urgency": "soon", "citations": [5]}]
        harm["mechanisms"], harm["see_also"] = ["weight"], ["odd-feeling"]
        harm["codes"] = [
            {"system": "MeSH", "code": None, "name": "Ladders"},
            {"system": "ICD-10-CM", "code": "W11", "name": "Fall from ladder"},
        ]
    file["precautions"][0]["harms"] = ["blue-thumb", "broken-ladder"]
    file["cases"].append(file["cases"][0] | {"id": "series", "citations": [12], "patients": 3, "harms": ["blue-thumb"]})
    return KnowledgeBase.load(write(file))


SERIOUS_FIRST = ["signs", "response", "frequency", "presentation", "onset"]
MILD_FIRST = ["frequency", "presentation", "onset", "signs", "response"]
REST = ["cases", "evidence", "statements", "mechanisms", "risk", "prevention", "uncertainty", "see-also", "codes"]


@pytest.mark.parametrize(("harm", "first"), [("broken-ladder", SERIOUS_FIRST), ("blue-thumb", MILD_FIRST)])
def test_signs_lead_where_a_harm_is_serious(full: KnowledgeBase, harm: str, first: list[str]) -> None:
    """The page of another begins with how often it is, how it is noticed and when it starts."""
    wanted = [SECTIONS[name].title for name in (*first, *REST, "references")]
    wanted[wanted.index("Warning signs")] = "Warning signs: needs a clinician soon"
    assert headings(record_page(full[harm], full)) == wanted


def test_sections_come_in_the_order_asked_for(full: KnowledgeBase) -> None:
    """But signs and response of a serious harm lead; each stands once, and the summary only where it is asked for."""
    asked = ["codes", "onset", "response", "codes"]
    assert headings(record_page(full["blue-thumb"], full, asked)) == ["Codes", "When it starts", "What to do first"]
    assert headings(record_page(full["broken-ladder"], full, asked)) == ["What to do first", "Codes", "When it starts"]
    title, *others = record_page(full["blue-thumb"], full, ["summary"])
    assert isinstance(title, Title)
    assert title.summary == ()
    assert [type(block) for block in others] == [Para]


@pytest.mark.parametrize("section", [name for name in SECTIONS if name not in {"summary", "frequency", "references"}])
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

    def tags(kb: KnowledgeBase, harm: str) -> list[str]:
        title = record_page(kb[harm], kb)[0]
        assert isinstance(title, Title)
        return [run.text for run in title.tags]

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
        "common, by the first figure",
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
    assert below(record_page(kb["broken-ladder"], kb), "Who is at risk") == ["Heavy client (heavy)"]
    file["precautions"][0]["why"] = [said("Ladders break.", 11)]
    kb = KnowledgeBase.load(write(file))
    assert below(record_page(kb["broken-ladder"], kb), "Who is at risk") == ["Heavy client: Ladders break. [11]"]


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
    "heavy": ["precaution", "avoid: No ladders. [13]", "Ladders break. [13]", "[13] Author A. Report 13. 2013."],
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
