import pytest
import rispy

from citing import (
    commentary,
    expected_authors,
    expected_months,
    expected_pages,
    filled,
    letters,
    make_citation,
    publications,
    ris_record,
)
from massharm import KnowledgeBase
from massharm.citations.ris import ris
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study


def reference_type(citation: Citation) -> str:
    """Return the type of reference of a citation of the real knowledge base."""
    if citation.kind_of_study is Study.BOOK:
        return "CHAP" if citation.container else "BOOK"
    if citation.kind_of_study is Study.GUIDELINE and not citation.container:
        return "RPRT"
    return {Study.WEB_PAGE: "ELEC", Study.ARTICLE: "ELEC", Study.PRESS: "NEWS"}.get(citation.kind_of_study, "JOUR")


def test_round_trip_through_rispy(kb: KnowledgeBase) -> None:
    """Every field of every publication is read back, and no other; the last page is in full."""
    citations = publications(kb)
    for citation, record in zip(citations, rispy.loads(ris(citations)), strict=True):
        months = expected_months(citation)
        first, last = expected_pages(citation)
        if "authors" in record:
            record["authors"] = [letters(author) for author in record["authors"]]
        assert record == filled(
            {
                "type_of_reference": reference_type(citation),
                "id": citation.key,
                "authors": expected_authors(citation),
                "title": citation.title,
                "secondary_title": citation.container,
                "year": str(citation.year or ""),
                "date": citation.month
                and (
                    f"{citation.year}/{months[0]:02}//" if len(months) == 1 else f"{citation.year}///{citation.month}"
                ),
                "volume": citation.volume,
                "number": citation.issue,
                "start_page": first,
                "end_page": last,
                "custom7": citation.article_number,
                "accession_number": citation.pmid,
                "custom2": citation.pmcid,
                "doi": citation.doi,
                "publisher": citation.publisher,
                "urls": [citation.url] if citation.url else None,
                "access_date": citation.seen_on and citation.seen_on.replace("-", "/") + "/",
                "language": citation.language,
                "keywords": [citation.kind_of_study.value],
            }
        ), citation.number


def test_commentary_notes_are_general_records_of_the_article(kb: KnowledgeBase) -> None:
    """A record holds the comment, and says in which note of which article it stands."""
    article = kb.by_number[0]
    records = rispy.loads(ris(commentary(kb), article))
    for note, record in zip(commentary(kb), records, strict=True):
        assert record["type_of_reference"] == "GEN"
        assert record["notes"] == [note.finding]
        assert record["secondary_title"] == f"{article.title}, note {note.number}"
        assert record["urls"] == [article.url]


def test_layout() -> None:
    """A record begins with its type and ends with ER; a blank line stands between two, nothing else."""
    assert ris([make_citation(title="A"), make_citation(key="two")]) == (
        "TY  - JOUR\nID  - some-key\nTI  - A\nKW  - case report\nER  - \n\n"
        "TY  - JOUR\nID  - two\nKW  - case report\nER  - "
    )


@pytest.mark.parametrize(
    ("author", "text"),
    [
        ("King ML Jr", "King, M. L., Jr"),
        ("Dupont J-P", "Dupont, J.-P."),
        ("IVDK", "IVDK"),
        ("Office for Health", "Office for Health"),
    ],
)
def test_authors_have_family_initials_and_suffix(author: str, text: str) -> None:
    """The suffix is last; a name that is not divided has no comma."""
    assert ris_record(authors=(author, "Last A"))["authors"] == [text, "Last, A."]


@pytest.mark.parametrize(
    ("year", "month", "date"),
    [
        (2015, "Jul", "2015/07//"),
        (2015, "November", "2015/11//"),
        (2015, "Apr-Jun", "2015///Apr-Jun"),
        (2015, "Dec-Jan", "2015///Dec-Jan"),
        (2015, "Spring", "2015///Spring"),
        (None, "Jul", "/07//"),
        (None, "Spring", "///Spring"),
        (2015, None, None),
    ],
)
def test_date_is_year_month_day_other(year: int | None, month: str | None, date: str | None) -> None:
    """One month is a number; anything else is `other`; without a month there is no date."""
    record = ris_record(year=year, month=month)
    assert record.get("date") == date
    assert record.get("year") == (str(year) if year else None)


@pytest.mark.parametrize(
    ("day", "date"), [("2026-11-03", "2026/11/03/"), ("0999-11-03", "0999/11/03/"), ("2020-02-30", "///2020-02-30")]
)
def test_access_date_that_no_calendar_has_is_other(day: str, date: str) -> None:
    """A day that can be read has year, month and day."""
    assert ris_record(seen_on=day)["access_date"] == date


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"pages": "1969-72"}, {"start_page": "1969", "end_page": "1972"}),
        ({"pages": "7"}, {"start_page": "7"}),
        ({"article_number": "e12"}, {"start_page": "e12", "custom7": "e12"}),
        ({"article_number": "e12", "pages": "1-3"}, {"start_page": "1", "end_page": "3", "custom7": "e12"}),
    ],
)
def test_article_number_is_also_the_first_page(fields: dict[str, str], expected: dict[str, str]) -> None:
    """Most programs look for it there."""
    record = ris_record(**fields)
    assert {field: record.get(field) for field in ("start_page", "end_page", "custom7") if field in record} == expected


@pytest.mark.parametrize(
    ("kind_of_study", "container", "reference"),
    [
        (Study.BOOK, None, "BOOK"),
        (Study.BOOK, "C", "CHAP"),
        (Study.GUIDELINE, None, "RPRT"),
        (Study.GUIDELINE, "C", "JOUR"),
        (Study.PRESS, "C", "NEWS"),
        (Study.WEB_PAGE, None, "ELEC"),
        (Study.COMMENTARY, None, "GEN"),
    ],
)
def test_types_of_reference(kind_of_study: Study, container: str | None, reference: str) -> None:
    """Each type of work has its own."""
    assert ris_record(kind_of_study=kind_of_study, container=container)["type_of_reference"] == reference
