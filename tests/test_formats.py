import re
import warnings
from pathlib import Path
from typing import Any

import bibtexparser
import msgspec
import nbib
import pytest
import rispy
from citeproc.source.json import CiteProcJSON

from massharm import KnowledgeBase
from massharm.citations.bibtex import bibtex as as_bibtex
from massharm.citations.csl import csl_json
from massharm.citations.nbib import nbib as as_nbib
from massharm.citations.ris import ris as as_ris
from massharm.citations.styles import styled
from massharm.citations.works import page_range
from massharm.errors import WrongUse
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study
from tiny import Run, Script, Write, tiny_file

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
TAG = re.compile(r"([A-Z0-9]{2,4}) *- (.*)")
TEX = {
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}", r"\{": "{", r"\}": "}", r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#", r"\_": "_",
}  # fmt: skip
ESCAPED = re.compile("|".join(map(re.escape, TEX)))
HOSTILE = (
    "}, author={x",
    "{",
    "a {b} c",
    "TY  - JOUR\nER  - ",
    "line\r\n\nPMID- 1\nTI  - other",
    "100 % & $5 #1 a_b ~ ^ \\ \\} \"q\" 'q'",
    "@article{x,\n title = {y}}",
    "bell\x07 esc\x1b[2J \u202e turned \x85 nul",
)


def made(**fields: Any) -> Citation:
    """Give a citation with these fields."""
    known: dict[str, Any] = {"number": 30, "key": "some-key", "kind_of_study": Study.CASE_REPORT, "finding": "F."}
    return Citation(**known | fields)


def plain(tex: str) -> str:
    """Read what LaTeX escapes."""
    return ESCAPED.sub(lambda found: TEX[found[0]], tex)


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Read BibTeX by bibtexparser: the type and the fields of each entry."""
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert library.comments == []
    return {entry.key: {"": entry.entry_type, **dict(entry.items()[2:])} for entry in library.entries}


def read_tags(text: str) -> list[dict[str, list[str]]]:
    """Read tagged lines, every one of them, by record."""
    records = []
    for block in text.split("\n\n"):
        tags: dict[str, list[str]] = {}
        for row in block.split("\n"):
            found = TAG.fullmatch(row)
            assert found, row
            tags.setdefault(found[1], []).append(found[2])
        records.append(tags)
    return records


def months(cited: Citation) -> list[int]:
    """Give the numbers of the months of a citation."""
    return [MONTHS.index(part.lower()) + 1 for part in (cited.month or "").split("-") if part]


def last_page(cited: Citation) -> str | None:
    """Give the last page in full, where a citation has a range: reckoned apart from the program."""
    first, _, last = (cited.pages or "").partition("-")
    if not last:
        return None
    before = re.match(r"\D*", first)
    assert before
    digits = first[before.end() :]
    return before[0] + digits[: max(0, len(digits) - len(last))] + last if last.isdigit() else last


def letters(text: str) -> str:
    """Leave letters and digits alone: what is left of a name when marks and blanks are taken away."""
    return re.sub(r"\W", "", text)


def names_of(cited: Citation) -> list[str]:
    """Give the authors as they are compared."""
    return [letters(author) for author in cited.authors or ()]


def known(fields: dict[str, Any]) -> dict[str, Any]:
    """Drop what is null or empty."""
    return {field: value for field, value in fields.items() if value}


@pytest.fixture(scope="module")
def cited(kb: KnowledgeBase) -> list[Citation]:
    """Give every citation of the real knowledge base that is a publication."""
    return [citation for citation in kb.file.citations if citation.kind_of_study is not Study.COMMENTARY]


@pytest.fixture(scope="module")
def notes(kb: KnowledgeBase) -> list[Citation]:
    """Give the notes of the article that are comments."""
    return [citation for citation in kb.file.citations if citation.kind_of_study is Study.COMMENTARY]


TYPES = {
    "web page": ("online", "ELEC", "webpage"),
    "source article": ("online", "ELEC", "webpage"),
    "press report": ("article", "NEWS", "article-newspaper"),
}


def types(citation: Citation) -> tuple[str, str, str]:
    """Give what a citation must be in BibTeX, RIS and CSL."""
    if citation.kind_of_study is Study.BOOK:
        return ("incollection", "CHAP", "chapter") if citation.container else ("book", "BOOK", "book")
    return TYPES.get(citation.kind_of_study.value, ("article", "JOUR", "article-journal"))


def test_bibtex_loses_nothing(cited: list[Citation]) -> None:
    """Every field of every citation is read again by bibtexparser, and no other."""
    read = read_bibtex(as_bibtex(cited))
    assert list(read) == [citation.key for citation in cited]
    for citation in cited:
        entry = read[citation.key]
        kind = types(citation)[0]
        container = {"article": "journal", "online": "journal", "incollection": "booktitle", "book": "none"}[kind]
        place = last_page(citation)
        pages = f"{citation.pages.split('-')[0]}--{place}" if place and citation.pages else citation.pages
        expected = {
            "": kind,
            "author": " and ".join(names_of(citation)),
            "title": citation.title and f"{{{citation.title}}}",
            container: citation.container,
            "year": str(citation.year or ""),
            "month": citation.month and (citation.month.lower() if len(months(citation)) == 1 else citation.month),
            "volume": citation.volume,
            "number": citation.issue,
            "pages": pages or citation.article_number,
            "eid": citation.article_number,
            "doi": citation.doi,
            "pmid": citation.pmid,
            "pmcid": citation.pmcid,
            "organization" if kind == "online" else "publisher": citation.publisher,
            "url": citation.url,
            "urldate": citation.seen_on,
            "language": citation.language,
            "entrysubtype": "newspaper" if citation.kind_of_study is Study.PRESS else None,
            "keywords": citation.kind_of_study.value,
        }
        told = {field: value if field in {"doi", "url"} else plain(value) for field, value in entry.items()}
        if "author" in told:
            told["author"] = " and ".join(letters(author) for author in told["author"].split(" and "))
        assert told == known(expected), citation.number


def test_ris_loses_nothing(cited: list[Citation]) -> None:
    """Every field of every citation is read again by rispy, and no other; the last page is in full."""
    read = rispy.loads(as_ris(cited))
    assert len(read) == len(cited)
    for citation, record in zip(cited, read, strict=True):
        number = months(citation)
        expected = {
            "type_of_reference": types(citation)[1],
            "id": citation.key,
            "authors": names_of(citation),
            "title": citation.title,
            "secondary_title": citation.container,
            "year": str(citation.year or ""),
            "date": citation.month
            and (f"{citation.year}/{number[0]:02}//" if len(number) == 1 else f"{citation.year}///{citation.month}"),
            "volume": citation.volume,
            "number": citation.issue,
            "start_page": (citation.pages or "").split("-")[0] or citation.article_number,
            "end_page": last_page(citation),
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
        if "authors" in record:
            record["authors"] = [letters(author) for author in record["authors"]]
        assert record == known(expected), citation.number


def test_nbib_loses_nothing(cited: list[Citation]) -> None:
    """The library for PubMed's format reads what it knows of, and the tags hold the rest."""
    text = as_nbib(cited)
    for citation, record, tags in zip(cited, nbib.read(text + "\n"), read_tags(text), strict=True):
        book = citation.kind_of_study is Study.BOOK and citation.container
        expected = {
            "pubmed_id": int(citation.pmid or 0),
            "pmcid": int((citation.pmcid or "PMC0")[3:]),
            "doi": citation.doi,
            "title": citation.title,
            "journal": None if book else citation.container,
            "journal_abbreviated": None if book else citation.container,
            "publication_date": " ".join(str(part) for part in (citation.year, citation.month) if part),
            "journal_volume": citation.volume,
            "journal_issue": citation.issue,
            "pages": citation.pages or citation.article_number,
            "language": {"en": "eng", "es": "spa"}.get(citation.language or ""),
            "keywords": [citation.kind_of_study.value],
        }
        told = {field: record[field] for field in record if field not in {"authors", "publication_types"}}
        told.pop("corporate_author", None)
        assert told == known(expected), citation.number
        assert tags.get("AU", []) + tags.get("CN", []) == list(citation.authors or ()), citation.number
        assert [letters(author["author"]) for author in record.get("authors", [])] == [
            letters(author["author_abbreviated"]) for author in record.get("authors", [])
        ]
        general = [
            citation.url and f"Available from: {citation.url}",
            citation.seen_on and f"Accessed: {citation.seen_on}",
        ]
        assert tags.get("GN", []) == [remark for remark in general if remark]
        assert tags.get("PB") == ([citation.publisher] if citation.publisher else None)
        assert tags.get("BTI") == ([citation.container] if book else None)
        assert tags["OID"] == [citation.key]
        assert len(tags["PT"]) == 1


def test_csl_json_loses_nothing(cited: list[Citation]) -> None:
    """Every field of every citation is in its item, and citeproc reads each without a complaint."""
    items: list[dict[str, Any]] = csl_json(cited)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = CiteProcJSON(items)
    for citation, item in zip(cited, items, strict=True):
        last = last_page(citation)
        pages = f"{(citation.pages or '').split('-')[0]}-{last}" if last else citation.pages
        expected = {
            "id": citation.key,
            "type": types(citation)[2],
            "author": names_of(citation),
            "title": citation.title,
            "container-title": citation.container,
            "issued": citation.year
            and {"date-parts": [[citation.year, month] for month in months(citation)] or [[citation.year]]},
            "volume": citation.volume,
            "issue": citation.issue,
            "page": pages or citation.article_number,
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
        authors = [letters("".join(author.values())) for author in item.get("author", [])]
        assert item | ({"author": authors} if authors else {}) == known(expected), citation.number
        assert str(read[citation.key].title) == citation.title
        assert len(read[citation.key].get("author", [])) == len(citation.authors or ())


def test_notes_come_with_their_finding_and_the_article(kb: KnowledgeBase, notes: list[Citation]) -> None:
    """A comment is no publication: a note, in each format, that says where it stands."""
    article = kb.by_number[0]
    entries = read_bibtex(as_bibtex(notes, article))
    read = zip(
        notes,
        rispy.loads(as_ris(notes, article)),
        read_tags(as_nbib(notes, article)),
        csl_json(notes, article),
        strict=True,
    )
    for note, record, tags, item in read:
        entry = entries[note.key]
        place = f"{article.title}, note {note.number}"
        assert (entry[""], record["type_of_reference"], item["type"]) == ("misc", "GEN", "document")
        assert plain(entry["note"]) == record["notes"][0] == tags["GN"][-1] == item["note"] == note.finding
        assert entry["howpublished"] == record["secondary_title"] == tags["JT"][0] == item["container-title"] == place
        assert entry["url"] == record["urls"][0] == item["URL"] == article.url


def test_a_note_without_the_article_stays_a_note() -> None:
    """What is not known is not invented."""
    note = made(kind_of_study=Study.COMMENTARY, number=3)
    assert csl_json([note]) == [{"id": "some-key", "type": "document", "keyword": "commentary", "note": "F."}]


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [
        ("1969-72", "1969", "1972"),
        ("1969–72", "1969", "1972"),
        ("737-8", "737", "738"),
        ("1098-1103", "1098", "1103"),
        ("99-102", "99", "102"),
        ("9-9", "9", "9"),
        ("S1-S10", "S1", "S10"),
        ("S2-15", "S2", "S15"),
        ("E1545-8", "E1545", "E1548"),
        ("e23-e26", "e23", "e26"),
        ("758.e3-758.e4", "758.e3", "758.e4"),
        ("12A-15A", "12A", "15A"),
        ("e12", "e12", None),
        ("R45", "R45", None),
        ("101995", "101995", None),
        ("CD010518", "CD010518", None),
        ("691", "691", None),
        ("95-3", "95-3", None),
        ("12-5, 20", "12-5, 20", None),
        ("1262-3; discussion 1264", "1262-3; discussion 1264", None),
        ("S1-E4", "S1-E4", None),
        ("xi-xiv", "xi-xiv", None),
        ("1-" + "9" * 5000, "1-" + "9" * 5000, None),
    ],
)
def test_page_ranges_are_completed_or_left(pages: str, first: str, last: str | None) -> None:
    """A shortened last page is told in full; what is no plain range is not touched."""
    assert page_range(pages) == (first, last)
    (record,) = rispy.loads(as_ris([made(pages=pages)]))
    assert (record["start_page"], record.get("end_page")) == (first, last)
    assert csl_json([made(pages=pages)])[0]["page"] == (f"{first}-{last}" if last else first)


AUTHORS = {
    "Sun QL": ("Sun, Q. L.", {"family": "Sun", "given": "Q. L."}),
    "van der Vliet AM": ("van der Vliet, A. M.", {"family": "van der Vliet", "given": "A. M."}),
    "Önder M": ("Önder, M.", {"family": "Önder", "given": "M."}),
    "Álvarez Ö": ("Álvarez, Ö.", {"family": "Álvarez", "given": "Ö."}),
    "Dupont J-P": ("Dupont, J.-P.", {"family": "Dupont", "given": "J.-P."}),
    "Karda IWAM": ("Karda, I. W. A. M.", {"family": "Karda", "given": "I. W. A. M."}),
    "King ML Jr": ("King, Jr, M. L.", {"family": "King", "given": "M. L.", "suffix": "Jr"}),
    "Hong": ("{Hong}", {"literal": "Hong"}),
    "IVDK": ("{IVDK}", {"literal": "IVDK"}),
    "Dinh Thi Hai Ha": ("{Dinh Thi Hai Ha}", {"literal": "Dinh Thi Hai Ha"}),
    "Institute of Health UK": ("{Institute of Health UK}", {"literal": "Institute of Health UK"}),
    "Massage and Touch Group": ("{Massage and Touch Group}", {"literal": "Massage and Touch Group"}),
    "Health, Labour B": ("{Health, Labour B}", {"literal": "Health, Labour B"}),
    "R&D Group": (r"{R\&D Group}", {"literal": "R&D Group"}),
    "et al": ("others", {"literal": "et al"}),
}


@pytest.mark.parametrize(("author", "bibtex", "csl"), [(a, *told) for a, told in AUTHORS.items()], ids=AUTHORS)
def test_authors_are_parted_only_where_it_is_sure(author: str, bibtex: str, csl: dict[str, str]) -> None:
    """People have family and initials; groups, and names that are not so written, stay whole."""
    cited = made(authors=(author, "Last A"))
    assert read_bibtex(as_bibtex([cited]))["some-key"]["author"] == f"{bibtex} and Last, A."
    assert csl_json([cited])[0]["author"] == [csl, {"family": "Last", "given": "A."}]


def test_names_in_ris_and_nbib() -> None:
    """A suffix stands last; groups have a tag of their own in PubMed's format."""
    cited = made(authors=("King ML Jr", "Dupont J-P", "IVDK", "Office for Health", "Hong"))
    (record,) = rispy.loads(as_ris([cited]))
    assert record["authors"] == ["King, M. L., Jr", "Dupont, J.-P.", "IVDK", "Office for Health", "Hong"]
    assert as_nbib([cited]).split("\n")[1:-2] == [
        "FAU - King, M L Jr", "AU  - King ML Jr", "FAU - Dupont, J-P", "AU  - Dupont J-P", "CN  - IVDK",
        "CN  - Office for Health", "FAU - Hong", "AU  - Hong",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("month", "bibtex", "ris", "csl"),
    [
        ("Jul", "jul", "2015/07//", {"date-parts": [[2015, 7]]}),
        ("September", "sep", "2015/09//", {"date-parts": [[2015, 9]]}),
        ("Apr-Jun", "Apr-Jun", "2015///Apr-Jun", {"date-parts": [[2015, 4], [2015, 6]]}),
        ("Dec-Jan", "Dec-Jan", "2015///Dec-Jan", {"literal": "2015 Dec-Jan"}),
        ("Jan 5", "Jan 5", "2015///Jan 5", {"literal": "2015 Jan 5"}),
        ("Spring", "Spring", "2015///Spring", {"literal": "2015 Spring"}),
        ("J", "J", "2015///J", {"literal": "2015 J"}),
    ],
)
def test_months(month: str, bibtex: str, ris: str, csl: dict[str, Any]) -> None:
    """One month is a number or a macro, several are a range, and what is no month is kept as it is written."""
    cited = made(year=2015, month=month)
    assert read_bibtex(as_bibtex([cited]))["some-key"]["month"] == bibtex
    assert rispy.loads(as_ris([cited]))[0]["date"] == ris
    assert csl_json([cited])[0]["issued"] == csl
    assert f"DP  - 2015 {month}\n" in as_nbib([cited])


def test_the_month_is_a_macro() -> None:
    """BibTeX styles print `jul` in their own language; within braces it would be small letters."""
    assert "  month = jul,\n" in as_bibtex([made(year=2015, month="Jul")])


def test_null_fields_drop_out_with_their_tags() -> None:
    """A citation of which nothing is known has a key and a kind."""
    empty = [made()]
    assert read_bibtex(as_bibtex(empty)) == {"some-key": {"": "article", "keywords": "case report"}}
    assert as_ris(empty) == "TY  - JOUR\nID  - some-key\nKW  - case report\nER  - "
    assert as_nbib(empty) == "OID - some-key\nPT  - Journal Article\nOT  - case report"
    assert csl_json(empty) == [{"id": "some-key", "type": "article-journal", "keyword": "case report"}]


def test_a_guideline_without_a_journal_is_a_report() -> None:
    """What a body publishes itself has an institution, not a journal."""
    cited = [made(kind_of_study=Study.GUIDELINE, publisher="An Office")]
    entry = read_bibtex(as_bibtex(cited))["some-key"]
    assert (entry[""], entry["institution"]) == ("techreport", "An Office")
    assert "TY  - RPRT" in as_ris(cited)
    assert csl_json(cited)[0]["type"] == "report"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_stays_in_its_field(text: str) -> None:
    """No text ends a field, an entry or a record, or begins another; none holds a control character."""
    cited = made(
        **dict.fromkeys(("title", "container", "volume", "issue", "pages", "publisher", "month", "language"), text),
        authors=(text, "Other A"),
        year=2000,
    )
    shown = " ".join("".join(char for char in text if char.isprintable() or char in "\n\r").split())
    entry = read_bibtex(as_bibtex([cited, made(key="next")]))
    assert list(entry) == ["some-key", "next"]
    assert plain(entry["some-key"]["title"]) == f"{{{shown}}}"
    assert plain(entry["some-key"]["journal"]) == plain(entry["some-key"]["volume"]) == shown
    record, _ = rispy.loads(as_ris([cited, made(key="next")]))
    assert (record["title"], record["volume"], len(record["authors"])) == (shown, shown, 2)
    tags, _ = read_tags(as_nbib([cited, made(key="next")]))
    assert (tags["TI"], tags["IP"]) == ([shown], [shown])
    assert csl_json([cited])[0]["title"] == shown
    whole = as_bibtex([cited]) + as_ris([cited]) + as_nbib([cited])
    assert whole.replace("\n", "").isprintable()


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_braces_balance_as_bibtex_counts_them(text: str) -> None:
    """BibTeX itself counts escaped braces too: only the last one of a field may close it."""
    _, *rows, _ = as_bibtex([made(title=text, authors=(text,), publisher=text)]).splitlines()
    assert len(rows) == 4
    for row in rows:
        depth = [0]
        for char in row.partition(" = ")[2].removesuffix(","):
            depth.append(depth[-1] + (char == "{") - (char == "}"))
        assert depth.index(0, 1) == len(depth) - 1, row


def test_addresses_are_written_as_they_are() -> None:
    """An escape within an address would break the link; what could break the file is encoded."""
    cited = made(url="https://example.org/a_b?c=d&e=%20#f", doi="10.1000/a_b{c}")
    entry = read_bibtex(as_bibtex([cited]))["some-key"]
    assert entry["url"] == cited.url
    assert entry["doi"] == "10.1000/a_b%7Bc%7D"


AKSOY = made(
    key="aksoy-2009",
    authors=("Aksoy IA", "Schrader SL"),
    title="A nerve after a walk: a report",
    container="Ann Ladders",
    year=2009,
    month="Nov",
    volume="90",
    issue="11",
    pages="1969-72",
    doi="10.1016/x",
    pmid="19887226",
)
WEB = made(
    key="web", kind_of_study=Study.WEB_PAGE, title="Clots", url="https://example.org/clots", seen_on="2026-11-23"
)
STYLES = {
    "nlm-citation-sequence": (
        "Aksoy IA, Schrader SL. A nerve after a walk: a report. Ann Ladders. 2009 Nov;90(11):1969–72. "
        "doi:10.1016/x PubMed PMID: 19887226."
    ),
    "apa": (
        "Aksoy, I. A., & Schrader, S. L. (2009). A nerve after a walk: a report. Ann Ladders, 90(11), 1969–1972. "
        "https://doi.org/10.1016/x"
    ),
    "american-medical-association": (
        "1. Aksoy IA, Schrader SL. A nerve after a walk: a report. Ann Ladders. 2009;90(11):1969-1972. doi:10.1016/x"
    ),
    "jama": (
        "1. Aksoy IA, Schrader SL. A nerve after a walk: a report. Ann Ladders. 2009;90(11):1969-1972. doi:10.1016/x"
    ),
    "ieee": (
        "[1] I. A. Aksoy and S. L. Schrader, “A nerve after a walk: a report”, Ann Ladders, vol. 90, no. 11, "
        "pp. 1969–1972, Nov. 2009, doi: 10.1016/x."
    ),
}


@pytest.mark.parametrize(("style", "text"), STYLES.items(), ids=STYLES)
def test_styles(style: str, text: str) -> None:
    """Styles, and dependent ones (jama), print as their journals ask."""
    (entry,) = styled([AKSOY], style)
    assert entry.removeprefix("1. ") == text.removeprefix("1. ")
    assert entry.startswith("1.") == (style in {"nlm-citation-sequence", "american-medical-association", "jama"})


def test_styles_keep_the_order_asked_for() -> None:
    """The first asked for is the first, and has the first number."""
    first, second = styled([WEB, AKSOY], "american-medical-association")
    assert first == "1. Clots. Accessed November 23, 2026. https://example.org/clots"
    assert second.startswith("2. Aksoy IA")


def test_styles_keep_the_year_of_several_months() -> None:
    """The engine drops or breaks ranges of months."""
    several = msgspec.structs.replace(AKSOY, month="Apr-Jun")
    for style in ("apa", "ieee", "nlm-citation-sequence"):
        assert "2009" in styled([several], style)[0]


@pytest.mark.parametrize("style", ["apa", "nlm-citation-sequence", "american-medical-association", "bmj", "ieee"])
def test_every_citation_can_be_styled(kb: KnowledgeBase, style: str) -> None:
    """None is left out, and each names itself."""
    entries = styled(kb.file.citations, style, kb.by_number[0])
    assert len(entries) == len(kb.file.citations)
    for citation, entry in zip(kb.file.citations, entries, strict=True):
        assert citation.title
        assert entry.lower().count(citation.title.lower()) == 1 or len(citation.title) < 30, entry
        assert str(citation.year or "") in entry or style == "ieee", entry


def test_unknown_styles_are_answered_with_near_ones() -> None:
    """A style is named, never a path, and what is near is offered."""
    for typed, near in (("vancouver", "vancouver-nlm"), ("vancouvr-nlm", "vancouver-nlm"), ("../apa", "apa")):
        with pytest.raises(WrongUse, match=f"no style is called “{re.escape(typed)}”; did you mean .*{near}"):
            styled([AKSOY], typed)
    with pytest.raises(WrongUse, match=r"no style is called “§§§§”$"):
        styled([AKSOY], "§§§§")


@pytest.mark.parametrize(
    ("style", "citation"),
    [("review-of-international-studies", AKSOY), ("gewerblicher-rechtsschutz-und-urheberrecht", WEB)],
)
def test_a_style_that_cannot_be_written_says_so(style: str, citation: Citation) -> None:
    """A style of footnotes has no list of references; another leaves out web pages: that is not passed over."""
    with pytest.raises(WrongUse, match=f"citeproc cannot write these references in the style “{style}”; try another"):
        styled([citation], style)


@pytest.fixture
def _without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("massharm.citations.styles.citeproc", None)


@pytest.fixture
def _tiny(monkeypatch: pytest.MonkeyPatch, tiny_path: Path) -> None:
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))


@pytest.mark.usefixtures("_without_extra", "_tiny")
def test_without_the_extra_styles_say_what_to_install(run: Run) -> None:
    """One line, exit 2; everything else works."""
    answer = run("cite", "17", "--style", "apa", code=2)
    assert answer.err == "massharm: --style needs packages that are not installed: pip install massharm[csl]\n"
    assert answer.out == ""
    assert run("cite", "17", "--format", "csl-json").json[0]["id"] == "author-17"


@pytest.mark.usefixtures("_tiny")
def test_cite_writes_files(run: Run) -> None:
    """Each format in the order asked for, by number, by range and by key."""
    asked = ("cite", "17", "2", "author-4", "--format")
    keys = ["author-17", "author-2", "author-4"]
    assert list(read_bibtex(run(*asked, "bibtex").out)) == keys
    assert [record["id"] for record in rispy.loads(run(*asked, "ris").out)] == keys
    assert [tags["OID"] for tags in read_tags(run(*asked, "nbib").out.rstrip("\n"))] == [[key] for key in keys]
    assert [item["id"] for item in run(*asked, "csl-json").json] == keys
    assert run(*asked, "text").out == run(*asked[:-1]).out


@pytest.mark.usefixtures("_tiny")
def test_cite_writes_the_references_of_a_harm(run: Run) -> None:
    """`--for` and a format go together."""
    items = run("cite", "--for", "broken ladder", "--format", "csl-json").json
    assert [item["id"] for item in items] == ["author-5", "author-11", "author-12"]


@pytest.mark.usefixtures("_tiny")
def test_cite_says_in_which_note_a_comment_stands(run: Run) -> None:
    """The command gives the formats the article."""
    assert run("cite", "3", "--format", "csl-json").json[0]["container-title"] == "Report 0, note 3"


@pytest.mark.usefixtures("_tiny")
def test_cite_writes_the_known_and_names_the_unknown(run: Run) -> None:
    """Standard output stays a whole file; with nothing known it is empty, or an empty list."""
    answer = run("cite", "17", "99", "--format", "ris", code=1)
    assert [record["id"] for record in rispy.loads(answer.out)] == ["author-17"]
    assert "no citation answers to 99;" in answer.err
    assert run("cite", "99", "--format", "bibtex", code=1).out == ""
    assert run("cite", "99", "--format", "csl-json", code=1).json == []
    assert run("cite", "17", "99", "--style", "apa", code=1).out == "Author, A. (2017). Report 17.\n"


def test_cautions_never_stand_in_a_file(run: Run, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """What to beware of goes to standard error, in every format."""
    file = tiny_file()
    file["citations"][17]["caution"] = "The abstract says less."
    monkeypatch.setenv("MASSHARM_KB", str(write(file)))
    for words in (("--format", "bibtex"), ("--format", "csl-json"), ("--style", "apa")):
        answer = run("cite", "17", *words)
        assert answer.err == "caution [17]: The abstract says less.\n"
        assert "abstract" not in answer.out


@pytest.mark.usefixtures("_tiny")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "endnote"), "--format does not take “endnote”; it takes text, bibtex, ris, nbib, csl-json"),
        (("--style", "apa", "--format", "ris"), "--style shapes text; leave out --format ris, or --style"),
        (("--style", "apa", "--json"), "--style shapes text; leave out --json, or --style"),
        (("--format", "ris", "--json"), "--json and --format ris are two answers; ask for one"),
        (("--style", "nlm-citation"), "no style is called “nlm-citation”; did you mean nlm-citation-name"),
    ],
    ids=str,
)
def test_wrong_use(run: Run, words: tuple[str, ...], message: str) -> None:
    """The line names the thing and the next step; nothing is printed."""
    answer = run("cite", "17", *words, code=2)
    assert message in answer.err
    assert answer.out == ""


def test_plain_text_pays_for_no_library(script: Script) -> None:
    """`cite 17` imports none of the libraries of the formats, nor the module that holds them."""
    code = "import sys; from massharm.cli import app; app(['cite', '17'], standalone_mode=False); print(*sys.modules)"
    loaded = script(f'"$PYTHON" -c "{code}"').out.split()
    assert "massharm.citations.vancouver" in loaded
    assert not {"rispy", "bibtexparser", "citeproc", "massharm.citations.works"} & set(loaded)
