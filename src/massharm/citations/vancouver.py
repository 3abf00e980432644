"""A citation as one line in Vancouver style, and what a reader should know before relying on it."""

import re
from collections.abc import Iterator
from datetime import date

from massharm.kb.records import Citation
from massharm.kb.vocabulary import Provenance, Study
from massharm.text import line

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
"""The months in English, whatever the locale; Vancouver style prints their first three letters."""

# ICMJE, Uniform Requirements for Manuscripts: more than six authors are six and "et al.".
_MAX_AUTHORS = 6
# Pages of one form, whose letters before the digits are the same.
_PAGES = re.compile(r"(?P<letters>[A-Za-z]*)(?P<first>[0-9]+)[-\u2013](?P=letters)(?P<last>[0-9]+)")
# What a web address cannot hold as it is; a DOI may (Crossref, DOI display guidelines).
_ENCODED = {ord(char): f"%{ord(char):02X}" for char in '"#%<>?[\\]^`{|}'}
_ONLINE = {Study.WEB_PAGE, Study.ARTICLE, Study.PRESS}


def reference(citation: Citation, article: Citation | None = None) -> str:
    """Return a citation as one line in Vancouver style (NLM, Citing Medicine).

    A missing field is left out with its punctuation. A commentary note is cited as a note of `article`, an online
    source with its address and the day on which it was seen.
    """
    if citation.kind_of_study is Study.COMMENTARY and article is not None:
        parts = [_sentence(f"Note {citation.number}"), f"In: {reference(article)}"]
    elif citation.kind_of_study in _ONLINE:
        parts = [_authors(citation), *_online(citation)]
    else:
        has_identifier = citation.doi or citation.pmid
        parts = [
            _authors(citation),
            _sentence(citation.title),
            _sentence(citation.container or citation.publisher),
            _sentence(_issue(citation)),
            _sentence(doi_address(citation)),
            _sentence(citation.pmid and f"PMID: {citation.pmid}"),
            _sentence(citation.pmcid and f"PMCID: {citation.pmcid}"),
            None if has_identifier else _address(citation),
        ]
    return line(" ".join(part for part in parts if part))


def doi_address(citation: Citation) -> str | None:
    """Return the web address of the DOI of a citation, if it has one."""
    return citation.doi and f"https://doi.org/{citation.doi.translate(_ENCODED)}"


def addresses(citation: Citation, article: Citation | None = None) -> dict[str, str]:
    """Return the web addresses of a citation, each by the words of its reference that stand for it, best first.

    Those of a commentary note are those of `article`.
    """
    if citation.kind_of_study is Study.COMMENTARY and article is not None:
        return addresses(article)
    found = {
        doi_address(citation): doi_address(citation),
        f"PMID: {citation.pmid}": citation.pmid and f"https://pubmed.ncbi.nlm.nih.gov/{citation.pmid}/",
        f"PMCID: {citation.pmcid}": citation.pmcid and f"https://pmc.ncbi.nlm.nih.gov/articles/{citation.pmcid}/",
        citation.url: citation.url,
    }
    return {words: address for words, address in found.items() if words and address}


def cautions(citation: Citation) -> Iterator[str]:
    """Yield one line for each thing that a reader should know before relying on a citation."""
    if citation.status is not None and citation.status.state is not None:
        yield line(f"{citation.status.state} (looked at {citation.status.looked_at})")
    if citation.caution:
        yield line(citation.caution)
    unconfirmed = unconfirmed_fields(citation)
    if unconfirmed and citation.kind_of_study not in {Study.COMMENTARY, Study.ARTICLE}:
        yield f"Only the source article gives: {', '.join(unconfirmed)}."


def unconfirmed_fields(citation: Citation) -> tuple[str, ...]:
    """Return the names of the fields that only the source article gives, in the order of a citation's fields.

    The language is left out: no reference prints it.
    """
    seen = {field for check in citation.checked for field in check.fields}
    elsewhere = {field for check in citation.checked if check.where is not Provenance.ARTICLE for field in check.fields}
    unconfirmed = seen - elsewhere - {"language"}
    return tuple(field.replace("_", " ") for field in Citation.__struct_fields__ if field in unconfirmed)


def calendar_day(day: str) -> date | None:
    """Return the date of a day written `2026-11-23`; return `None` if the calendar has no such day."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _sentence(part: str | None) -> str | None:
    """Return the part with a full stop, unless it already ends with a full stop, question or exclamation mark."""
    return f"{part}." if part and not part.endswith((".", "?", "!")) else part


def _authors(citation: Citation) -> str | None:
    authors = citation.authors or ()
    are_more = len(authors) > _MAX_AUTHORS or (citation.et_al and bool(authors))
    return _sentence(", ".join((*authors[:_MAX_AUTHORS], *(["et al"] if are_more else []))))


def _date(citation: Citation) -> str:
    return " ".join(str(part) for part in (citation.year, citation.month) if part)


def _issue(citation: Citation) -> str:
    """Return date, volume, issue and pages, as in `2009 Nov;90(11):1969-72`."""
    volume = f"{citation.volume or ''}{f'({citation.issue})' if citation.issue else ''}"
    where = ":".join(filter(None, (volume, _elided(citation.pages) or citation.article_number)))
    return ";".join(filter(None, (_date(citation), where)))


def _elided(pages: str | None) -> str | None:
    """Return a range of pages without the digits that its end shares with its start, as NLM prints it."""
    span = _PAGES.fullmatch(pages or "")
    if span is None or len(span["first"]) != len(span["last"]) or span["first"] >= span["last"]:
        return pages
    shared = next(place for place, (one, two) in enumerate(zip(span["first"], span["last"], strict=True)) if one != two)
    return f"{span['letters']}{span['first']}-{span['last'][shared:]}"


def _online(citation: Citation) -> Iterator[str | None]:
    """Yield the parts of an online source: title, publisher with the dates, address."""
    yield citation.title and f"{citation.title} [Internet]."
    seen = calendar_day(citation.seen_on or "")
    day = f"{seen.year} {MONTHS[seen.month - 1][:3]} {seen.day}" if seen else citation.seen_on
    dates = " ".join(filter(None, (_date(citation), day and f"[cited {day}]")))
    yield _sentence("; ".join(filter(None, (citation.publisher or citation.container, dates))))
    yield _address(citation)


def _address(citation: Citation) -> str | None:
    """Return where a source is; of a copy of an authority's page it says so."""
    return citation.url and f"{'Copy available' if citation.copy else 'Available'} from: {citation.url}"
