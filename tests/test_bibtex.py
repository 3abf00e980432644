import pytest

from citing import (
    bibtex_entry,
    commentary,
    expected_authors,
    expected_months,
    expected_pages,
    filled,
    letters,
    make_citation,
    parse_bibtex,
    publications,
    unescape,
)
from massharm import KnowledgeBase
from massharm.citations.bibtex import bibtex
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study


def entry_type(citation: Citation) -> str:
    """Return the entry type of a citation of the real knowledge base."""
    if citation.kind_of_study is Study.BOOK:
        return "incollection" if citation.container else "book"
    if citation.kind_of_study is Study.GUIDELINE and not citation.container:
        return "techreport"
    return "online" if citation.kind_of_study in {Study.WEB_PAGE, Study.ARTICLE} else "article"


def test_round_trip_through_bibtexparser(kb: KnowledgeBase) -> None:
    """Every field of every publication is read back, and no other."""
    citations = publications(kb)
    entries = parse_bibtex(bibtex(citations))
    assert list(entries) == [citation.key for citation in citations]
    for citation, entry in zip(citations, entries.values(), strict=True):
        kind = entry_type(citation)
        container = {"incollection": "booktitle", "book": "none"}.get(kind, "journal")
        read = {field: text if field in {"doi", "url"} else unescape(text) for field, text in entry.items()}
        if "author" in read:
            read["author"] = " and ".join(letters(author) for author in read["author"].split(" and "))
        assert read == filled(
            {
                "": kind,
                "author": " and ".join(expected_authors(citation)),
                "title": citation.title and f"{{{citation.title}}}",
                container: citation.container,
                "year": str(citation.year or ""),
                "month": citation.month and (citation.month if "-" in citation.month else citation.month.lower()),
                "volume": citation.volume,
                "number": citation.issue,
                "pages": "--".join(filter(None, expected_pages(citation))),
                "eid": citation.article_number,
                "doi": citation.doi,
                "pmid": citation.pmid,
                "pmcid": citation.pmcid,
                {"online": "organization", "techreport": "institution"}.get(kind, "publisher"): citation.publisher,
                "url": citation.url,
                "urldate": citation.seen_on,
                "language": citation.language,
                "entrysubtype": "newspaper" if citation.kind_of_study is Study.PRESS else None,
                "keywords": citation.kind_of_study.value,
            }
        ), citation.number


def test_single_months_of_the_knowledge_base_are_macros(kb: KnowledgeBase) -> None:
    """A macro stands without braces; BibTeX styles print it in their own language."""
    text = bibtex(publications(kb))
    single = [citation for citation in publications(kb) if len(expected_months(citation)) == 1]
    assert single
    for citation in single:
        assert citation.month
        assert f"  month = {citation.month[:3].lower()},\n" in text


def test_commentary_notes_are_misc_entries_of_the_article(kb: KnowledgeBase) -> None:
    """An entry holds the comment, and says in which note of which article it stands."""
    article = kb.by_number[0]
    entries = parse_bibtex(bibtex(commentary(kb), article))
    for note in commentary(kb):
        entry = entries[note.key]
        assert entry[""] == "misc"
        assert unescape(entry["note"]) == note.finding
        assert unescape(entry["howpublished"]) == f"{article.title}, note {note.number}"
        assert entry["url"] == article.url


def test_layout() -> None:
    """Fields are indented by two blanks; a blank line stands between two entries."""
    first = make_citation(key="one", year=2015, month="July", title="A")
    assert bibtex([first, make_citation(key="two")]) == (
        "@article{one,\n  title = {{A}},\n  year = {2015},\n  month = jul,\n  keywords = {case report}\n}\n\n"
        "@article{two,\n  keywords = {case report}\n}"
    )


def test_no_citation_is_an_empty_text() -> None:
    """Nothing is made up."""
    assert bibtex([]) == ""


@pytest.mark.parametrize(
    ("author", "text"),
    [
        ("Sun QL", "Sun, Q. L."),
        ("van der Vliet AM", "van der Vliet, A. M."),
        ("Dupont J-P", "Dupont, J.-P."),
        ("King ML Jr", "King, Jr, M. L."),
        ("Hong", "{Hong}"),
        ("Institute of Health UK", "{Institute of Health UK}"),
        ("R&D Group", r"{R\&D Group}"),
        ("O_Neil A", r"O\_Neil, A."),
        ("et al", "others"),
        ("et al.", "others"),
    ],
)
def test_authors_are_written_as_bibtex_divides_them(author: str, text: str) -> None:
    """People are divided by commas; a name that is not divided stands in braces; `et al` is `others`."""
    assert bibtex_entry(authors=(author, "Last A"))["author"] == f"{text} and Last, A."


@pytest.mark.parametrize("month", ["Apr-Jun", "Dec-Jan", "Jan 5", "Spring", "R&D"])
def test_month_that_is_no_single_month_stays_a_text(month: str) -> None:
    """It is escaped as other texts are."""
    assert unescape(bibtex_entry(year=2015, month=month)["month"]) == month


@pytest.mark.parametrize(
    ("kind_of_study", "container", "expected"),
    [
        (Study.TRIAL, "C", {"": "article", "journal": "C", "publisher": "P"}),
        (Study.BOOK, None, {"": "book", "publisher": "P"}),
        (Study.BOOK, "C", {"": "incollection", "booktitle": "C", "publisher": "P"}),
        (Study.GUIDELINE, None, {"": "techreport", "institution": "P"}),
        (Study.PRESS, "C", {"": "article", "journal": "C", "publisher": "P", "entrysubtype": "newspaper"}),
        (Study.WEB_PAGE, "C", {"": "online", "journal": "C", "organization": "P"}),
    ],
)
def test_each_type_has_its_fields(kind_of_study: Study, container: str | None, expected: dict[str, str]) -> None:
    """The container and the publisher stand in the fields of the entry type."""
    entry = bibtex_entry(kind_of_study=kind_of_study, container=container, publisher="P")
    assert entry == expected | {"keywords": kind_of_study.value}


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("a & b", r"a \& b"),
        ("100 % $5 #1 a_b", r"100 \% \$5 \#1 a\_b"),
        ("~ ^ \\", r"\textasciitilde{} \textasciicircum{} \textbackslash{}"),
        ("a {b} c", r"a \{b\} c"),
        ("{a {b}}", r"\{a \{b\}\}"),
        ("{", r"\textbraceleft{}"),
        ("}{", r"\textbraceright{}\textbraceleft{}"),
        ("a {b}}", r"a \textbraceleft{}b\textbraceright{}\textbraceright{}"),
        ("}} {{", r"\textbraceright{}\textbraceright{} \textbraceleft{}\textbraceleft{}"),
        ("naïve β", "naïve β"),
    ],
)
def test_latex_characters_are_escaped(text: str, tex: str) -> None:
    """BibTeX counts escaped braces, so braces that do not balance become commands."""
    fields = dict.fromkeys(("title", "container", "volume", "issue", "pages", "publisher", "language"), text)
    entry = bibtex_entry(**fields)
    assert entry.pop("title") == f"{{{tex}}}"
    assert entry == {
        **dict.fromkeys(("journal", "volume", "number", "pages", "publisher", "language"), tex),
        "": "article",
        "keywords": "case report",
    }


def test_commentary_is_escaped() -> None:
    """The text of a note is prose like the others."""
    assert bibtex_entry(kind_of_study=Study.COMMENTARY, finding="5 % & more.")["note"] == r"5 \% \& more."


def test_addresses_are_written_as_they_are() -> None:
    """An escape would break the link; the characters that could break the file are percent-encoded."""
    entry = bibtex_entry(url="https://example.org/a_b?c=d&e=%20#f", doi="10.1000/a_b{c}\\d")
    assert entry["url"] == "https://example.org/a_b?c=d&e=%20#f"
    assert entry["doi"] == "10.1000/a_b%7Bc%7D%5Cd"
    assert bibtex_entry(url="https://example.org/{a}")["url"] == "https://example.org/%7Ba%7D"


def test_two_citations_of_one_key_are_two_entries() -> None:
    """A knowledge base with a doubled key can still be exported."""
    text = bibtex([make_citation(number=4, title="A"), make_citation(number=5, title="B")])
    assert {key: entry["title"] for key, entry in parse_bibtex(text).items()} == {
        "some-key": "{A}",
        "some-key-5": "{B}",
    }
