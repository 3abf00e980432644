"""The tagged format of PubMed (MEDLINE), in files that end in .nbib."""

from collections.abc import Iterable, Iterator

from massharm.citations.works import Name, Work, WorkType, works
from massharm.kb.records import Citation

_PUBLICATION_TYPES = {
    WorkType.ARTICLE: "Journal Article",
    WorkType.NEWS: "Newspaper Article",
    WorkType.BOOK: "Book",
    WorkType.CHAPTER: "Book Chapter",
    WorkType.REPORT: "Technical Report",
    WorkType.WEB_PAGE: "Web Page",
    WorkType.NOTE: "Note",
}
LANGUAGES = {
    "ar": "ara", "da": "dan", "de": "ger", "en": "eng", "es": "spa", "fr": "fre", "it": "ita", "ja": "jpn",
    "ko": "kor", "nl": "dut", "pl": "pol", "pt": "por", "ru": "rus", "sv": "swe", "th": "tha", "tr": "tur",
    "vi": "vie", "zh": "chi",
}  # fmt: skip
"""MEDLINE's code of a language, which is that of ISO 639-2/B, by its code in ISO 639-1."""


def nbib(citations: Iterable[Citation], article: Citation | None = None) -> str:
    """Return one record per citation, separated by blank lines; a field that has no tag is a general note (GN)."""
    return "\n\n".join(
        "\n".join(f"{tag:4}- {value}" for tag, value in _tags(work) if value) for work in works(citations, article)
    )


def _tags(work: Work) -> Iterator[tuple[str, str | None]]:
    cited = work.citation
    yield "PMID", cited.pmid
    yield "OID", cited.key
    yield "VI", cited.volume
    yield "IP", cited.issue
    yield "DP", " ".join(str(part) for part in (cited.year, cited.month) if part)
    yield "TI", cited.title
    yield "PG", cited.pages or cited.article_number
    yield "AID", cited.doi and f"{cited.doi} [doi]"
    for author, text in zip(work.authors, cited.authors or (), strict=True):
        yield from _author(author, text)
    yield "LA", LANGUAGES.get(cited.language or "", cited.language)
    yield "PT", _PUBLICATION_TYPES[work.type]
    yield "PB", cited.publisher
    if work.type is WorkType.CHAPTER:
        yield "BTI", cited.container
    else:
        # Programs read either the abbreviation (TA) or the full title (JT); one stands in for the other.
        yield "TA", cited.container
        yield "JT", cited.container_full or cited.container
    yield "PMC", cited.pmcid
    yield "OT", cited.kind_of_study.value
    yield "GN", cited.url and f"Available from: {cited.url}"
    yield "GN", cited.seen_on and f"Accessed: {cited.seen_on}"
    yield "GN", work.note


def _author(author: Name, text: str) -> Iterator[tuple[str, str]]:
    """Yield the tags of an author; `text` is the author as the citation has it."""
    if author.is_group:
        yield "CN", text
    else:
        given = " ".join(filter(None, (author.given.replace(".", ""), author.suffix)))
        yield "FAU", f"{author.family}, {given}" if given else text
        yield "AU", text
