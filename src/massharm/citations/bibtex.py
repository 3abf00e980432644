"""BibTeX: UTF-8, with the fields of BibLaTeX where BibTeX has none."""

from collections.abc import Iterable
from typing import NamedTuple

from bibtexparser import BibtexFormat, Library, write_string
from bibtexparser.model import Entry, Field

from massharm.citations.vancouver import MONTHS
from massharm.citations.works import Name, Work, WorkType, drop_empty, works
from massharm.kb.records import Citation


class _EntryType(NamedTuple):
    """An entry type, and its names of the fields for the container and the publisher."""

    name: str
    container: str = "journal"
    publisher: str = "publisher"


_ENTRY_TYPES = {
    WorkType.ARTICLE: _EntryType("article"),
    WorkType.NEWS: _EntryType("article"),
    WorkType.BOOK: _EntryType("book"),
    WorkType.CHAPTER: _EntryType("incollection", container="booktitle"),
    WorkType.REPORT: _EntryType("techreport", publisher="institution"),
    WorkType.WEB_PAGE: _EntryType("online", publisher="organization"),
    WorkType.NOTE: _EntryType("misc", container="howpublished"),
}
_TEX = {
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "\\": r"\textbackslash{}",
}  # fmt: skip
_BALANCED = str.maketrans({**_TEX, "{": r"\{", "}": r"\}"})
_UNBALANCED = str.maketrans({**_TEX, "{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
# An escape would break an address; these characters would break the file.
_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def bibtex(citations: Iterable[Citation], article: Citation | None = None) -> str:
    """Return one entry per citation, without a final line end; titles keep their capitals."""
    layout, library = BibtexFormat(), Library()
    layout.indent, layout.block_separator = "  ", "\n"
    for work in works(citations, article):
        fields = [Field(field, value) for field, value in _fields(work).items()]
        library.add(Entry(_ENTRY_TYPES[work.type].name, work.citation.key, fields))
    return str(write_string(library, unparse_stack=[], bibtex_format=layout)).rstrip("\n")


def _fields(work: Work) -> dict[str, str]:
    """Return the fields as the file shows them: in braces, except a month, which is a macro."""
    cited, entry_type = work.citation, _ENTRY_TYPES[work.type]
    macro = MONTHS[work.months[0] - 1][:3].lower() if len(work.months) == 1 else None
    fields: dict[str, str | None] = {
        "author": " and ".join(_author(author) for author in work.authors),
        # The inner braces keep the capitals: styles print all words but the first in lower case.
        "title": cited.title and f"{{{_escape(cited.title)}}}",
        entry_type.container: _escape(cited.container),
        "year": str(cited.year or ""),
        "month": macro or _escape(cited.month),
        "volume": _escape(cited.volume),
        "number": _escape(cited.issue),
        # An article number is given here too: only BibLaTeX prints `eid`.
        "pages": _escape("--".join(filter(None, (work.first_page, work.last_page)))),
        "eid": _escape(cited.article_number),
        "doi": cited.doi and cited.doi.translate(_ADDRESS),
        "pmid": _escape(cited.pmid),
        "pmcid": _escape(cited.pmcid),
        entry_type.publisher: _escape(cited.publisher),
        "url": cited.url and cited.url.translate(_ADDRESS),
        "urldate": _escape(cited.seen_on),
        "language": _escape(cited.language),
        "entrysubtype": "newspaper" if work.type is WorkType.NEWS else None,
        "keywords": cited.kind_of_study.value,
        "note": _escape(work.note),
    }
    in_braces = {field: f"{{{value}}}" for field, value in drop_empty(fields).items()}
    return in_braces | ({"month": macro} if macro else {})


def _author(author: Name) -> str:
    if author.family.rstrip(".") == "et al":
        return "others"
    family = _escape(author.family)
    if not author.initials:
        return f"{{{family}}}"
    return ", ".join(filter(None, (family, _escape(author.suffix), _escape(author.given))))


def _escape(text: str | None) -> str:
    """Return the text with every character that LaTeX interprets escaped.

    BibTeX counts escaped braces too. Braces that do not balance would end the field, so they become commands.
    """
    depth, balanced = 0, True
    for char in text or "":
        depth += (char == "{") - (char == "}")
        balanced = balanced and depth >= 0
    return (text or "").translate(_BALANCED if balanced and depth == 0 else _UNBALANCED)
