"""The rules of citations: their numbers, and which details of a source must be there."""

from collections.abc import Iterator

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study

COMMENTARY = frozenset({3, 6, 7, 8, 9, 10, 18, 28, 29})
"""The notes of the source article that are comments and no publications."""
NOTES = range(30)
"""The article itself and its notes, whose numbers stand for ever."""
_MONTHS = frozenset({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"})
_ONLINE = {Study.WEB_PAGE, Study.PRESS}
_BIBLIOGRAPHIC = (
    "authors", "title", "container", "year", "month", "volume", "issue", "pages", "article_number",
    "pmid", "pmcid", "doi", "publisher", "language",
)  # fmt: skip


def notes_of_the_article(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The article is 0, its notes are 1 to 29, and its comments are commentary."""
    for number in NOTES:
        cited = kb.by_number.get(number)
        if cited is None:
            yield f"citation {number}", "missing; the article and its 29 notes keep their numbers"
        elif (number in COMMENTARY) != (cited.kind_of_study is Study.COMMENTARY):
            kind = "commentary" if number in COMMENTARY else "a publication"
            yield f"citation {number}", f"this note of the article is {kind}, not {cited.kind_of_study}"


def numbers_without_gaps(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Further literature is numbered from 30 on without gaps: a reader who counts on finds the next source."""
    last = NOTES[-1]
    for number in sorted(number for number in kb.by_number if number not in NOTES):
        if number > last + 1:
            yield f"citation {number}", f"the number before it is {last}; the next free number is {last + 1}"
        last = number


def unique_publications(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No publication stands under two numbers."""
    for field in ("pmid", "pmcid", "doi", "url"):
        numbers: dict[str, int] = {}
        for cited in kb.file.citations:
            value = getattr(cited, field)
            first = numbers.setdefault(value.lower(), cited.number) if value else cited.number
            if first != cited.number:
                yield cited.key, f"{field} {value} is that of citation {first} too; merge them and withdraw one key"


def fields_were_checked(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every bibliographic field that is filled says where it was checked, and none says so that is empty.

    Comments have no record of their own: their titles are ours. So is a title in brackets, which was seen nowhere.
    """
    for cited in _publications(kb):
        checked = {field for page in cited.checked for field in page.fields}
        filled = {field for field in _BIBLIOGRAPHIC if getattr(cited, field) is not None}
        if cited.title and cited.title.startswith("["):
            checked.add("title")
        for field in _BIBLIOGRAPHIC:
            if field in filled - checked:
                yield cited.key, f"“{field}” is filled, but no entry of “checked” says where it was seen"
        for field in sorted(checked - filled):
            yield cited.key, f"“checked” names “{field}”, which is empty or no bibliographic field"


def sources_are_named(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A publication has a title and somebody who wrote it; a page on the web a title, a publisher and an address.

    What was seen nowhere stays empty, and the caution says so; but a title is never missing.
    """
    for cited in _publications(kb):
        missing = [] if cited.title else ["title"]
        if cited.kind_of_study in _ONLINE:
            missing += [field for field in ("publisher", "url") if getattr(cited, field) is None]
            if cited.seen_on is None and not cited.caution:
                missing.append("seen_on")
        elif not cited.authors and not cited.publisher and not cited.caution:
            missing.append("authors")
        for field in missing:
            yield cited.key, f"“{field}” is needed; where it was seen nowhere, “caution” must say so"


def sources_are_dated(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """From number 30 on, a publication has a year, and a container or a publisher, or its caution says why not."""
    for cited in _publications(kb):
        if cited.number in NOTES or cited.kind_of_study in _ONLINE or cited.caution:
            continue
        if cited.year is None:
            yield cited.key, "“year” is needed; where it was seen nowhere, “caution” must say so"
        if not cited.container and not cited.publisher:
            yield cited.key, "“container” or “publisher” is needed; where none was seen, “caution” must say so"


def look_ups_are_told(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A look-up that found no retraction and no correction names its place: nothing was found there, and no more."""
    for cited in kb.file.citations:
        if cited.status is not None and not (cited.status.state or cited.status.place):
            yield cited.key, "“status” holds neither what was found nor the place where it was looked for"


def dois_are_lower_case(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A DOI is written in lower case: capitals make no difference in it."""
    for cited in kb.file.citations:
        if cited.doi and cited.doi != cited.doi.lower():
            yield cited.key, f"the DOI is not in lower case: {cited.doi}"


def months_are_formed(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A month is written as `Jul`, a range as `Apr-Jun`."""
    for cited in kb.file.citations:
        if cited.month and not set(cited.month.split("-", 1)) <= _MONTHS:
            yield cited.key, f"“month” is {cited.month}; write it as Jul, or a range as Apr-Jun"


RULES = (
    notes_of_the_article,
    numbers_without_gaps,
    unique_publications,
    fields_were_checked,
    sources_are_named,
    sources_are_dated,
    look_ups_are_told,
    dois_are_lower_case,
    months_are_formed,
)
"""The rules; the docstring of each states it to curators."""


def _publications(kb: KnowledgeBase) -> Iterator[Citation]:
    return (cited for cited in kb.file.citations if cited.kind_of_study is not Study.COMMENTARY)
