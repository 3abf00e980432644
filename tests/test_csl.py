import warnings
from typing import Any

import pytest
from citeproc.source.json import CiteProcJSON

from citing import (
    Fields,
    commentary,
    csl_item,
    expected_authors,
    expected_months,
    expected_pages,
    filled,
    letters,
    publications,
)
from massharm import KnowledgeBase
from massharm.citations.csl import csl_json
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study


def item_type(citation: Citation) -> str:
    """Return the CSL type of a citation of the real knowledge base."""
    if citation.kind_of_study is Study.BOOK:
        return "chapter" if citation.container else "book"
    if citation.kind_of_study is Study.GUIDELINE and not citation.container:
        return "report"
    types = {Study.WEB_PAGE: "webpage", Study.ARTICLE: "webpage", Study.PRESS: "article-newspaper"}
    return types.get(citation.kind_of_study, "article-journal")


def test_items_hold_every_field(kb: KnowledgeBase) -> None:
    """Every field of every publication is in its item, and no other."""
    citations = publications(kb)
    items: list[Fields] = csl_json(citations)
    for citation, item in zip(citations, items, strict=True):
        if "author" in item:
            item["author"] = [letters("".join(author.values())) for author in item["author"]]
        assert item == filled(
            {
                "id": citation.key,
                "type": item_type(citation),
                "author": expected_authors(citation),
                "title": citation.title,
                "container-title": citation.container_full or citation.container,
                "container-title-short": citation.container_full and citation.container,
                "issued": citation.year
                and {
                    "date-parts": [[citation.year, month] for month in expected_months(citation)] or [[citation.year]]
                },
                "volume": citation.volume,
                "issue": citation.issue,
                "page": "-".join(filter(None, expected_pages(citation))),
                "number": citation.article_number,
                "PMID": citation.pmid,
                "PMCID": citation.pmcid,
                "DOI": citation.doi,
                "publisher": citation.publisher,
                "URL": citation.url,
                "accessed": citation.seen_on and {"date-parts": [[int(part) for part in citation.seen_on.split("-")]]},
                "language": citation.language,
                "keyword": citation.kind_of_study.value,
            }
        ), citation.number


def test_citeproc_reads_every_item(kb: KnowledgeBase) -> None:
    """It warns of no field, and finds the title and every author."""
    citations = publications(kb)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = CiteProcJSON(csl_json(citations))
    for citation in citations:
        assert str(read[citation.key].title) == citation.title
        assert len(read[citation.key].get("author", [])) == len(citation.authors or ())


def test_commentary_notes_are_documents_of_the_article(kb: KnowledgeBase) -> None:
    """An item holds the comment, and says in which note of which article it stands."""
    article = kb.by_number[0]
    for note, item in zip(commentary(kb), csl_json(commentary(kb), article), strict=True):
        assert (item["type"], item["title"], item["note"]) == ("document", note.title, note.finding)
        assert item["container-title"] == f"{article.title}, note {note.number}"
        assert item["URL"] == article.url


def test_commentary_note_without_the_article_stays_a_note() -> None:
    """What is not known is not invented."""
    assert csl_item(kind_of_study=Study.COMMENTARY) == {
        "id": "some-key",
        "type": "document",
        "keyword": "commentary",
        "note": "F.",
    }


def test_citation_of_which_nothing_is_known_has_key_and_kind() -> None:
    """Null fields are left out."""
    assert csl_item() == {"id": "some-key", "type": "article-journal", "keyword": "case report"}


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Sun QL", {"family": "Sun", "given": "Q. L."}),
        ("King ML Jr", {"family": "King", "given": "M. L.", "suffix": "Jr"}),
        ("Hong", {"literal": "Hong"}),
        ("IVDK", {"literal": "IVDK"}),
    ],
)
def test_names_have_parts_or_are_literal(author: str, name: dict[str, str]) -> None:
    """A name that is not divided is a literal, which citeproc prints whole."""
    assert csl_item(authors=(author,))["author"] == [name]


@pytest.mark.parametrize(
    ("year", "month", "issued"),
    [
        (2015, "Jul", {"date-parts": [[2015, 7]]}),
        (2015, "Apr-Jun", {"date-parts": [[2015, 4], [2015, 6]]}),
        (2015, "Jan-Feb-Mar", {"date-parts": [[2015, 1], [2015, 3]]}),
        (2015, None, {"date-parts": [[2015]]}),
        (2015, "Dec-Jan", {"literal": "2015 Dec-Jan"}),
        (2015, "Spring", {"literal": "2015 Spring"}),
        (None, "Jul", {"literal": "Jul"}),
        (None, None, None),
    ],
)
def test_date_of_issue(year: int | None, month: str | None, issued: dict[str, Any] | None) -> None:
    """A date has parts, or the begin and the end of a range; what is no date is a literal."""
    assert csl_item(year=year, month=month).get("issued") == issued


@pytest.mark.parametrize(
    ("day", "accessed"),
    [
        ("2026-11-03", {"date-parts": [[2026, 11, 3]]}),
        ("2020-13-45", {"literal": "2020-13-45"}),
        (None, None),
    ],
)
def test_day_of_access(day: str | None, accessed: dict[str, Any] | None) -> None:
    """A day that no calendar has is a literal."""
    assert csl_item(seen_on=day).get("accessed") == accessed


@pytest.mark.parametrize(
    ("fields", "page"), [({"pages": "1969-72"}, "1969-1972"), ({"pages": "7"}, "7"), ({"article_number": "e1"}, "e1")]
)
def test_pages_are_in_full(fields: dict[str, str], page: str) -> None:
    """An article number stands in for the pages."""
    assert csl_item(**fields)["page"] == page


@pytest.mark.parametrize(
    ("kind_of_study", "container", "expected"),
    [
        (Study.BOOK, None, "book"),
        (Study.BOOK, "C", "chapter"),
        (Study.GUIDELINE, None, "report"),
        (Study.PRESS, "C", "article-newspaper"),
        (Study.WEB_PAGE, None, "webpage"),
    ],
)
def test_types(kind_of_study: Study, container: str | None, expected: str) -> None:
    """Each type of work has its own."""
    assert csl_item(kind_of_study=kind_of_study, container=container)["type"] == expected
