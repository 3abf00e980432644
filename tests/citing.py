"""Citations for tests, and their formats as other programs read them."""

import re
from typing import Any

import bibtexparser
import rispy

from massharm import KnowledgeBase
from massharm.citations.bibtex import bibtex
from massharm.citations.csl import csl_json
from massharm.citations.nbib import nbib
from massharm.citations.ris import ris
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study

Fields = dict[str, Any]

_TAG = re.compile(r"([A-Z]{2,4}) *- (.*)")
_TEX = {
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}", r"\{": "{", r"\}": "}", r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#", r"\_": "_",
}  # fmt: skip
_ESCAPED = re.compile("|".join(map(re.escape, _TEX)))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def make_citation(**fields: Any) -> Citation:
    """Return a case report with these fields and no others."""
    required: Fields = {"number": 30, "key": "some-key", "kind_of_study": Study.CASE_REPORT, "finding": "F."}
    return Citation(**required | fields)


def publications(kb: KnowledgeBase) -> list[Citation]:
    """Return every citation that is published, which is all but the commentary notes."""
    return [citation for citation in kb.file.citations if citation.kind_of_study is not Study.COMMENTARY]


def commentary(kb: KnowledgeBase) -> list[Citation]:
    """Return the notes of the source article that are comments."""
    return [citation for citation in kb.file.citations if citation.kind_of_study is Study.COMMENTARY]


def unescape(tex: str) -> str:
    """Return the text that LaTeX would print."""
    return _ESCAPED.sub(lambda found: _TEX[found[0]], tex)


def parse_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Return the fields of each entry, and its type under `""`, as bibtexparser reads them."""
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert library.comments == []
    return {entry.key: {"": entry.entry_type, **dict(entry.items()[2:])} for entry in library.entries}


def parse_tags(text: str) -> list[dict[str, list[str]]]:
    """Return the values of each tag of the MEDLINE format, a dict a record; every line must have a tag."""
    records = []
    for block in text.split("\n\n"):
        tags: dict[str, list[str]] = {}
        for row in block.split("\n"):
            found = _TAG.fullmatch(row)
            assert found, row
            tags.setdefault(found[1], []).append(found[2])
        records.append(tags)
    return records


def bibtex_entry(**fields: Any) -> dict[str, str]:
    """Return the BibTeX entry of a citation with these fields."""
    (entry,) = parse_bibtex(bibtex([make_citation(**fields)])).values()
    return entry


def ris_record(**fields: Any) -> Fields:
    """Return the RIS record of a citation with these fields."""
    (record,) = rispy.loads(ris([make_citation(**fields)]))
    return dict(record)


def nbib_tags(**fields: Any) -> dict[str, list[str]]:
    """Return the MEDLINE tags of a citation with these fields."""
    (tags,) = parse_tags(nbib([make_citation(**fields)]))
    return tags


def csl_item(**fields: Any) -> Fields:
    """Return the CSL-JSON item of a citation with these fields."""
    (item,) = csl_json([make_citation(**fields)])
    return item


def filled(fields: Fields) -> Fields:
    """Return the fields that are not null or empty."""
    return {field: value for field, value in fields.items() if value}


def letters(name: str) -> str:
    """Return a name without marks and blanks, to compare names that are divided with names that are not."""
    return re.sub(r"\W", "", name)


def expected_authors(citation: Citation) -> list[str]:
    """Return the letters of each author."""
    return [letters(author) for author in citation.authors or ()]


def expected_months(citation: Citation) -> list[int]:
    """Return the numbers of the months of a citation of the real knowledge base."""
    return [_MONTHS.index(part.lower()) + 1 for part in (citation.month or "").split("-") if part]


def expected_pages(citation: Citation) -> tuple[str, str | None]:
    """Return the first page, or the article number, and the last page in full, by other means than the program."""
    first, _, last = (citation.pages or citation.article_number or "").partition("-")
    if last.isdigit():
        before = re.match(r"\D*", first)
        assert before
        digits = first[before.end() :]
        last = before[0] + digits[: max(0, len(digits) - len(last))] + last
    return first, last or None
