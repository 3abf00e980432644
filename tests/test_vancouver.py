import calendar

import pytest

from citing import Fields, make_citation
from massharm import KnowledgeBase
from massharm.citations.vancouver import MONTHS, calendar_day, cautions, reference, unconfirmed_fields
from massharm.kb.parts import PublicationStatus, Verification
from massharm.kb.vocabulary import Provenance, Study

AKSOY = {
    "authors": ("Aksoy IA", "Schrader SL"),
    "title": "A nerve after a walk: a report",
    "container": "Ann Ladders",
    "year": 2009,
    "month": "Nov",
    "volume": "90",
    "issue": "11",
    "pages": "11-4",
    "doi": "10.1016/x",
    "pmid": "19887226",
    "pmcid": "PMC12",
    "url": "https://example.org/a",
}
WEB = {
    "kind_of_study": Study.WEB_PAGE,
    "title": "Clots",
    "publisher": "An Office",
    "year": 2019,
    "url": "https://example.org/a",
    "seen_on": "2024-01-05",
}
LINES: dict[str, tuple[Fields, str]] = {
    "nothing": ({}, ""),
    "whole": (
        AKSOY,
        (
            "Aksoy IA, Schrader SL. A nerve after a walk: a report. Ann Ladders. 2009 Nov;90(11):11-4. "
            "https://doi.org/10.1016/x. PMID: 19887226. PMCID: PMC12."
        ),
    ),
    "title": ({"title": "Only this"}, "Only this."),
    "title with a full stop": ({"title": "Only this."}, "Only this."),
    "question": ({"title": "Do sources agree?", "container": "J"}, "Do sources agree? J."),
    "exclamation": ({"title": "They do!", "container": "J"}, "They do! J."),
    "brackets": (
        {"title": "[Death of an infant] [in German]", "year": 2009},
        "[Death of an infant] [in German]. 2009.",
    ),
    "one author": ({"authors": ("Sun QL",), "title": "T"}, "Sun QL. T."),
    "no author": ({"authors": (), "title": "T"}, "T."),
    "group": ({"authors": ("Office for Health",), "title": "T"}, "Office for Health. T."),
    "suffix": ({"authors": ("King ML Jr", "Sun QL"), "title": "T"}, "King ML Jr, Sun QL. T."),
    "six authors": (
        {"authors": tuple(f"Author {letter}" for letter in "ABCDEF"), "title": "Six"},
        "Author A, Author B, Author C, Author D, Author E, Author F. Six.",
    ),
    "seven authors": (
        {"authors": tuple(f"Author {letter}" for letter in "ABCDEFG"), "title": "Many"},
        "Author A, Author B, Author C, Author D, Author E, Author F, et al. Many.",
    ),
    "book": (
        {"kind_of_study": Study.BOOK, "title": "T", "publisher": "A House", "year": 1999},
        "T. A House. 1999.",
    ),
    "container before publisher": ({"title": "T", "container": "J", "publisher": "A House"}, "T. J."),
    "article number": (
        {"title": "T", "year": 2020, "volume": "20", "issue": "1", "article_number": "237"},
        "T. 2020;20(1):237.",
    ),
    "pages before article number": (
        {"year": 2020, "volume": "20", "pages": "1-5", "article_number": "237"},
        "2020;20:1-5.",
    ),
    "no issue": ({"title": "T", "year": 2018, "volume": "30", "pages": "1-5"}, "T. 2018;30:1-5."),
    "no pages": ({"title": "T", "year": 2018, "volume": "30", "issue": "2"}, "T. 2018;30(2)."),
    "no volume": ({"title": "T", "year": 2017, "issue": "4", "pages": "3"}, "T. 2017;(4):3."),
    "date alone": ({"title": "T", "container": "PM R", "year": 2017, "month": "Apr"}, "T. PM R. 2017 Apr."),
    "several months": ({"title": "T", "year": 2017, "month": "Apr-Jun", "volume": "3"}, "T. 2017 Apr-Jun;3."),
    "no year": ({"title": "T", "month": "Apr", "volume": "3"}, "T. Apr;3."),
    "no date": ({"title": "T", "volume": "3", "pages": "7"}, "T. 3:7."),
    "pages alone": ({"title": "T", "pages": "7"}, "T. 7."),
    "DOI": ({"title": "T", "doi": "10.1/x", "url": "https://example.org/a"}, "T. https://doi.org/10.1/x."),
    "PMID": ({"title": "T", "pmid": "12", "url": "https://example.org/a"}, "T. PMID: 12."),
    "PMCID": (
        {"title": "T", "pmcid": "PMC12", "url": "https://example.org/a"},
        "T. PMCID: PMC12. Available from: https://example.org/a",
    ),
    "address": ({"title": "T", "url": "https://example.org/a"}, "T. Available from: https://example.org/a"),
    "web page": (WEB, "Clots [Internet]. An Office; 2019 [cited 2024 Jan 5]. Available from: https://example.org/a"),
    "web page of an author": (
        WEB | {"authors": ("Sun QL",), "url": None},
        "Sun QL. Clots [Internet]. An Office; 2019 [cited 2024 Jan 5].",
    ),
    "web page without dates": (
        WEB | {"year": None, "seen_on": None},
        "Clots [Internet]. An Office. Available from: https://example.org/a",
    ),
    "web page without a title": (WEB | {"title": None, "url": None}, "An Office; 2019 [cited 2024 Jan 5]."),
    "web page without a publisher": (
        WEB | {"publisher": None, "url": None},
        "Clots [Internet]. 2019 [cited 2024 Jan 5].",
    ),
    "web page without a year": (WEB | {"year": None, "url": None}, "Clots [Internet]. An Office; [cited 2024 Jan 5]."),
    "web page with a DOI": (
        WEB | {"doi": "10.1/x"},
        "Clots [Internet]. An Office; 2019 [cited 2024 Jan 5]. Available from: https://example.org/a",
    ),
    "press report": (
        {
            "kind_of_study": Study.PRESS,
            "title": "Rubbed wrong",
            "container": "The Paper",
            "year": 2012,
            "month": "Dec",
            "seen_on": "2024-12-31",
        },
        "Rubbed wrong [Internet]. The Paper; 2012 Dec [cited 2024 Dec 31].",
    ),
    "publisher before container": (
        {"kind_of_study": Study.PRESS, "title": "T", "container": "C", "publisher": "P"},
        "T [Internet]. P.",
    ),
    "source article": ({"kind_of_study": Study.ARTICLE, "title": "T", "year": 2001}, "T [Internet]. 2001."),
    "impossible day": (
        WEB | {"seen_on": "2020-02-30", "url": None},
        "Clots [Internet]. An Office; 2019 [cited 2020-02-30].",
    ),
    "impossible month": (
        WEB | {"seen_on": "2020-13-45", "url": None},
        "Clots [Internet]. An Office; 2019 [cited 2020-13-45].",
    ),
    "commentary without the article": (
        {"kind_of_study": Study.COMMENTARY, "title": "A remark", "year": 2001},
        "A remark. 2001.",
    ),
}


@pytest.mark.parametrize(("fields", "line"), LINES.values(), ids=LINES)
def test_reference_has_the_punctuation_of_its_fields(fields: Fields, line: str) -> None:
    """A missing field is left out with its punctuation; an address is printed only without DOI and PMID."""
    assert reference(make_citation(**fields)) == line


def test_commentary_note_is_cited_as_a_note_of_the_article(tiny: KnowledgeBase) -> None:
    """It points to the article to which it belongs."""
    note = reference(tiny.by_number[3], tiny.by_number[0])
    assert note == "Note 3. In: Author A. Report 0 [Internet]. 2000."


def test_article_changes_no_publication() -> None:
    """Only notes are cited in the article."""
    article = make_citation(number=0, kind_of_study=Study.ARTICLE, title="The article")
    assert reference(make_citation(title="T"), article) == "T."
    assert reference(article, article) == "The article [Internet]."


def test_reference_is_one_line() -> None:
    """Line breaks and tabs become blanks; control characters go."""
    cited = make_citation(authors=("Sun\nQL",), title="A\tnerve\x1b[2J", container="Ann\r\n Ladders", year=2009)
    assert reference(cited) == "Sun QL. A nerve[2J. Ann Ladders. 2009."


def test_months_are_those_of_the_calendar() -> None:
    """They are English whatever the locale, which Python's own are until a program sets one."""
    assert tuple(calendar.month_name)[1:] == MONTHS


@pytest.mark.parametrize("day", ["2026-11-23", "2024-02-29", "0001-01-01"])
def test_day_of_the_calendar_is_a_date(day: str) -> None:
    """It is the day that is written."""
    read = calendar_day(day)
    assert read is not None
    assert read.isoformat() == day


@pytest.mark.parametrize("day", ["2020-02-30", "2023-02-29", "2020-13-45", "2020-00-00", "2020", "", "soon"])
def test_impossible_day_is_no_date(day: str) -> None:
    """Nothing ends the program."""
    assert calendar_day(day) is None


def checked(*pages: tuple[Provenance, tuple[str, ...]]) -> Fields:
    """Return the fields of a citation that were seen on these pages."""
    return {"checked": tuple(Verification(where=where, fields=fields) for where, fields in pages)}


@pytest.mark.parametrize(
    ("pages", "unconfirmed"),
    [
        ((), ()),
        (((Provenance.ARTICLE, ("year", "title")),), ("title", "year")),
        (((Provenance.ARTICLE, ("year", "title")), (Provenance.PUBMED, ("title",))), ("year",)),
        (((Provenance.ARTICLE, ("year",)), (Provenance.SECONDARY, ("year",))), ()),
        (((Provenance.PUBLISHER, ("year",)),), ()),
        (((Provenance.ARTICLE, ("article_number", "language", "kind_of_study")),), ("kind of study", "article number")),
        (((Provenance.ARTICLE, ("pages",)), (Provenance.ARTICLE, ("issue",))), ("issue", "pages")),
    ],
)
def test_unconfirmed_fields_are_those_of_the_article_alone(
    pages: tuple[tuple[Provenance, tuple[str, ...]], ...], unconfirmed: tuple[str, ...]
) -> None:
    """They come in the order of a citation's fields; the language is printed in no reference."""
    assert unconfirmed_fields(make_citation(**checked(*pages))) == unconfirmed


def test_cautions_come_in_order_one_line_each() -> None:
    """The status comes first, then what the data say, then the fields that only the article gives."""
    cited = make_citation(
        status=PublicationStatus(state="Corrected in 2015", looked_at="2026-01-01"),
        caution="The paper\nsays less.",
        **checked((Provenance.ARTICLE, ("year", "pages"))),
    )
    assert list(cautions(cited)) == [
        "Corrected in 2015 (looked at 2026-01-01)",
        "The paper says less.",
        "Only the source article gives: year, pages.",
    ]


def test_citation_without_doubts_has_no_caution() -> None:
    """Nothing is said where there is nothing to say, nor where no retraction was found."""
    looked = PublicationStatus(looked_at="2026-01-01", place="PubMed")
    assert list(cautions(make_citation(status=looked, **checked((Provenance.PUBMED, ("year",)))))) == []
    assert list(cautions(make_citation(**checked((Provenance.PUBMED, ("year",)))))) == []


@pytest.mark.parametrize("kind_of_study", [Study.COMMENTARY, Study.ARTICLE])
def test_article_confirms_itself_and_its_notes(kind_of_study: Study) -> None:
    """Their fields can be seen nowhere else."""
    fields = checked((Provenance.ARTICLE, ("year",)))
    assert list(cautions(make_citation(kind_of_study=kind_of_study, **fields))) == []


@pytest.mark.parametrize(
    ("pages", "printed"),
    [
        ("1969-1972", "1969-72"), ("1445-1447", "1445-7"), ("41-43", "41-3"), ("e23-e26", "e23-6"),
        ("198-201", "198-201"),        ("99-101", "99-101"), ("5-5", "5-5"), ("9-1", "9-1"), ("S12-S15", "S12-5"),
        ("e23-f26", "e23-f26"), ("691", "691"),
    ],
)  # fmt: skip
def test_a_range_of_pages_is_elided(pages: str, printed: str) -> None:
    """The end of a range leaves out the digits that it shares with the start, as NLM prints it."""
    found = reference(make_citation(container="J", year=2001, volume="3", pages=pages))
    assert found.endswith(f"2001;3:{printed}.")


def test_an_incomplete_list_of_authors_says_so() -> None:
    """One name of several is no sole author."""
    assert reference(make_citation(authors=("Author A",), et_al=True, title="T")).startswith("Author A, et al. T.")
    assert reference(make_citation(authors=None, et_al=True, title="T")) == "T."


@pytest.mark.parametrize("kind", [Study.WEB_PAGE, Study.GUIDELINE])
def test_a_copy_says_that_it_is_one(kind: Study) -> None:
    """The authority is named as the publisher, and the address is not its own."""
    made = make_citation(kind_of_study=kind, title="T", publisher="An office", url="https://example.org/x", copy=True)
    assert "Copy available from: https://example.org/x" in reference(made)
