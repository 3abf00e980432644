import nbib as reader
import pytest

from citing import commentary, filled, letters, make_citation, nbib_tags, parse_tags, publications
from massharm import KnowledgeBase
from massharm.citations.nbib import LANGUAGES, nbib
from massharm.kb.vocabulary import Study


def test_round_trip_through_the_nbib_library(kb: KnowledgeBase) -> None:
    """The library for PubMed's format reads back every field that it knows."""
    citations = publications(kb)
    for citation, record in zip(citations, reader.read(nbib(citations) + "\n"), strict=True):
        is_chapter = citation.kind_of_study is Study.BOOK and citation.container
        for author in record.pop("authors", []):
            assert letters(author["author"]) == letters(author["author_abbreviated"])
        record.pop("corporate_author", None)
        record.pop("publication_types")
        assert record == filled(
            {
                "pubmed_id": int(citation.pmid or 0),
                "pmcid": int((citation.pmcid or "PMC0")[3:]),
                "doi": citation.doi,
                "title": citation.title,
                "journal": None if is_chapter else citation.container_full or citation.container,
                "journal_abbreviated": None if is_chapter else citation.container,
                "publication_date": " ".join(str(part) for part in (citation.year, citation.month) if part),
                "journal_volume": citation.volume,
                "journal_issue": citation.issue,
                "pages": citation.pages or citation.article_number,
                "language": {
                    "en": "eng",
                    "de": "ger",
                    "zh": "chi",
                    "es": "spa",
                    "ko": "kor",
                    "pt": "por",
                    "nl": "dut",
                    "fr": "fre",
                    "ja": "jpn",
                }.get(citation.language or ""),
                "keywords": [citation.kind_of_study.value],
            }
        ), citation.number


def test_other_tags_hold_the_rest(kb: KnowledgeBase) -> None:
    """Authors, key, publisher, book, address and day stand in tags that the library does not read."""
    citations = publications(kb)
    for citation, tags in zip(citations, parse_tags(nbib(citations)), strict=True):
        is_chapter = citation.kind_of_study is Study.BOOK and citation.container
        general = [
            citation.url and f"Available from: {citation.url}",
            citation.seen_on and f"Accessed: {citation.seen_on}",
        ]
        assert tags.get("AU", []) + tags.get("CN", []) == list(citation.authors or ()), citation.number
        assert tags["OID"] == [citation.key]
        assert tags.get("PB", []) == list(filter(None, [citation.publisher]))
        assert tags.get("BTI", []) == ([citation.container] if is_chapter else [])
        assert tags.get("GN", []) == [note for note in general if note]


def test_commentary_notes_come_with_their_text_and_the_article(kb: KnowledgeBase) -> None:
    """The comment is the last general note; the container says where it stands."""
    article = kb.by_number[0]
    records = parse_tags(nbib(commentary(kb), article))
    for note, tags in zip(commentary(kb), records, strict=True):
        assert tags["GN"] == [f"Available from: {article.url}", note.finding]
        assert tags["JT"] == tags["TA"] == [f"{article.title}, note {note.number}"]


def test_layout() -> None:
    """A tag has four places; a blank line stands between two records."""
    first = make_citation(pmid="12", title="A", year=2015, month="Jul", doi="10.1000/x", pmcid="PMC7")
    assert nbib([first, make_citation(key="two")]) == (
        "PMID- 12\nOID - some-key\nDP  - 2015 Jul\nTI  - A\nAID - 10.1000/x [doi]\nPT  - Journal Article\n"
        "PMC - PMC7\nOT  - case report\n\n"
        "OID - two\nPT  - Journal Article\nOT  - case report"
    )


@pytest.mark.parametrize(
    ("author", "tags"),
    [
        ("King ML Jr", {"FAU": ["King, M L Jr"], "AU": ["King ML Jr"]}),
        ("Dupont J-P", {"FAU": ["Dupont, J-P"], "AU": ["Dupont J-P"]}),
        ("Hong", {"FAU": ["Hong"], "AU": ["Hong"]}),
        ("IVDK", {"CN": ["IVDK"]}),
        ("Office for Health", {"CN": ["Office for Health"]}),
    ],
)
def test_people_and_groups_have_tags_of_their_own(author: str, tags: dict[str, list[str]]) -> None:
    """People stand in full and abbreviated, groups as corporate names."""
    found = nbib_tags(authors=(author,))
    assert {tag: found[tag] for tag in ("FAU", "AU", "CN") if tag in found} == tags


@pytest.mark.parametrize(
    ("language", "code"), [("en", "eng"), ("de", "ger"), ("fr", "fre"), ("nl", "dut"), ("zh", "chi")]
)
def test_language_is_a_bibliographic_code(language: str, code: str) -> None:
    """Some languages have another three letters for other purposes (deu, fra, nld, zho)."""
    assert nbib_tags(language=language)["LA"] == [code]


def test_language_codes_have_two_and_three_letters() -> None:
    """No two languages share a code."""
    assert {len(code) for code in LANGUAGES} == {2}
    assert {len(code) for code in LANGUAGES.values()} == {3}
    assert len(set(LANGUAGES.values())) == len(LANGUAGES)


def test_language_without_a_code_stays_as_it_is() -> None:
    """Nor is a language invented."""
    assert nbib_tags(language="fi")["LA"] == ["fi"]
    assert "LA" not in nbib_tags()


@pytest.mark.parametrize(
    ("fields", "pages"),
    [({"pages": "1-3", "article_number": "e12"}, "1-3"), ({"article_number": "e12"}, "e12"), ({"pages": "1-3"}, "1-3")],
)
def test_pages_come_before_the_article_number(fields: dict[str, str], pages: str) -> None:
    """PubMed has one tag for both, and shortens ranges as the knowledge base does."""
    assert nbib_tags(**fields)["PG"] == [pages]


@pytest.mark.parametrize(
    ("kind_of_study", "container", "publication_type"),
    [
        (Study.TRIAL, "C", "Journal Article"),
        (Study.BOOK, None, "Book"),
        (Study.BOOK, "C", "Book Chapter"),
        (Study.GUIDELINE, None, "Technical Report"),
        (Study.PRESS, "C", "Newspaper Article"),
        (Study.WEB_PAGE, None, "Web Page"),
        (Study.COMMENTARY, None, "Note"),
    ],
)
def test_publication_types(kind_of_study: Study, container: str | None, publication_type: str) -> None:
    """Each type of work has its own."""
    assert nbib_tags(kind_of_study=kind_of_study, container=container)["PT"] == [publication_type]


def test_impossible_day_is_printed_as_it_is() -> None:
    """A general note is free text."""
    assert nbib_tags(seen_on="2020-02-30")["GN"] == ["Accessed: 2020-02-30"]
