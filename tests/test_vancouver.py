import pytest

from massharm import KnowledgeBase
from massharm.citations import vancouver
from massharm.kb.records import Citation
from massharm.kb.store import load
from tiny import Write, citation, tiny_file

AKSOY = {
    "authors": ["Aksoy IA", "Schrader SL"],
    "title": "A nerve after a walk: a report",
    "container": "Ann Ladders",
    "year": 2009,
    "month": "Nov",
    "volume": "90",
    "issue": "11",
    "pages": "11-4",
    "doi": "10.1016/x",
    "pmid": "19887226",
}


def made(write: Write, **fields: object) -> Citation:
    """Give a citation of number 30 with these fields."""
    file = tiny_file()
    file["citations"].append(citation(30, **{"authors": None, "title": None, "year": None, **fields}))
    return load(write(file)).citations[30]


LINES = {
    "whole": (
        AKSOY,
        (
            "Aksoy IA, Schrader SL. A nerve after a walk: a report. Ann Ladders. "
            "2009 Nov;90(11):11-4. doi: 10.1016/x. PMID: 19887226."
        ),
    ),
    "seven authors": (
        {"authors": [f"Author {letter}" for letter in "ABCDEFG"], "title": "Many"},
        "Author A, Author B, Author C, Author D, Author E, Author F, et al. Many.",
    ),
    "six authors": (
        {"authors": [f"Author {letter}" for letter in "ABCDEF"], "title": "Six"},
        "Author A, Author B, Author C, Author D, Author E, Author F. Six.",
    ),
    "article number": (
        {
            "title": "Electronic",
            "container": "BMC",
            "year": 2020,
            "volume": "20",
            "issue": "1",
            "article_number": "237",
        },
        "Electronic. BMC. 2020;20(1):237.",
    ),
    "no issue": ({"title": "T", "year": 2018, "volume": "30", "pages": "1-5"}, "T. 2018;30:1-5."),
    "no volume": ({"title": "T", "container": "PM R", "year": 2017, "month": "Apr"}, "T. PM R. 2017 Apr."),
    "pages alone": ({"title": "T", "pages": "7"}, "T. 7."),
    "question": ({"title": "Do sources agree?", "container": "J"}, "Do sources agree? J."),
    "nothing but a title": ({"title": "Only this"}, "Only this."),
    "brackets": (
        {"title": "[Death of an infant] [in German]", "year": 2009},
        "[Death of an infant] [in German]. 2009.",
    ),
    "PMCID": ({"title": "T", "pmcid": "PMC12"}, "T. PMCID: PMC12."),
    "address": ({"title": "T", "url": "https://example.org/a"}, "T. Available from: https://example.org/a"),
    "web page": (
        {
            "kind_of_study": "web page",
            "title": "Clots",
            "publisher": "An Office",
            "year": 2019,
            "url": "https://example.org/a",
            "seen_on": "2024-01-05",
        },
        "Clots [Internet]. An Office; 2019 [cited 2024 Jan 5]. Available from: https://example.org/a",
    ),
    "web page without dates": (
        {"kind_of_study": "web page", "title": "Clots", "publisher": "An Office", "url": "https://example.org/a"},
        "Clots [Internet]. An Office. Available from: https://example.org/a",
    ),
}


@pytest.mark.parametrize(("fields", "line"), LINES.values(), ids=LINES)
def test_text_is_a_vancouver_line(write: Write, fields: dict[str, object], line: str) -> None:
    """A line has the fields that there are and the punctuation of no other."""
    assert vancouver.reference(made(write, **fields)) == line


def test_a_comment_is_cited_as_a_note_of_the_article(tiny: KnowledgeBase) -> None:
    """A note that is no publication points to the article it belongs to."""
    assert (
        vancouver.reference(tiny.by_number[3], tiny.by_number[0]) == "Note 3. In: Author A. Report 0 [Internet]. 2000."
    )


def test_cautions_name_what_only_the_article_has(write: Write) -> None:
    """A field that no other page confirms is named, one that another confirms is not."""
    fields = {
        "title": "T",
        "year": 2000,
        "pages": "1-2",
        "caution": "The paper says less.",
        "checked": [
            {"where": "article", "fields": ["title", "pages", "year"]},
            {"where": "publisher", "url": "https://example.org", "fields": ["title"]},
        ],
        "status": {"state": "Corrected in 2015", "looked_at": "2026-01-01"},
    }
    assert list(vancouver.cautions(made(write, **fields))) == [
        "Corrected in 2015 (looked at 2026-01-01)",
        "The paper says less.",
        "Only the source article gives: year, pages.",
    ]


@pytest.mark.parametrize(
    ("refs", "numbers"),
    [
        (("17",), [17]),
        (("[17]",), [17]),
        (("17", "2"), [17, 2]),
        (("4-6",), [4, 5, 6]),
        (("6–4",), [6, 5, 4]),
        (("4,2",), [4, 2]),
        (("4", "4-5"), [4, 5]),
        (("author-12",), [12]),
        (("Author-12",), [12]),
        (("19887226",), [1]),
        (("PMID: 19887226",), [1]),
        (("10.1016/X",), [1]),
        (("https://doi.org/10.1016/x",), [1]),
        (("doi:10.1016/x.",), [1]),
        (("pmid:", "19887226"), [1]),
        (("PMC77",), [1]),
        (("Author", "2017"), [17]),
        (("17", "Author 2012"), [17, 12]),
    ],
    ids=str,
)
def test_resolve_takes_what_people_paste(write: Write, refs: tuple[str, ...], numbers: list[int]) -> None:
    """Numbers, ranges, keys, PMIDs and DOIs are citations, in the order asked for, each once."""
    file = tiny_file()
    file["citations"][1].update(pmid="19887226", doi="10.1016/x", pmcid="PMC77")
    found, unknown = vancouver.resolve(KnowledgeBase.load(write(file)), refs)
    assert [citation.number for citation in found] == numbers
    assert unknown == []


@pytest.mark.parametrize("ref", ["99", "aksoy", "10.9999/none", "9" * 400, "50-60", "²", "-1"])
def test_resolve_names_the_unknown(tiny: KnowledgeBase, ref: str) -> None:
    """What is no citation is given back, not passed over."""
    assert vancouver.resolve(tiny, (ref, "17"))[1] == [ref]
