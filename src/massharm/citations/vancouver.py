"""A citation as a line to paste, and the citations that a user's words name."""

import re
from collections.abc import Iterator

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Seen, Study
from massharm.text import fold

_RANGE = re.compile(r"(\d+)\s*[-\u2013]\s*(\d+)")
_PMID = re.compile(r"(?:pmid:?\s*)?(\d+)", re.IGNORECASE)
# A label that stands alone before its number, typed as two words.
_LABEL = re.compile(r"\b(pmid|pmcid|doi):?[\s,]+", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ONLINE = {Study.WEB_PAGE, Study.ARTICLE, Study.PRESS}


def text(citation: Citation, article: Citation | None = None) -> str:
    """Give a citation as one line in Vancouver style (NLM, Citing Medicine).

    Six authors, then et al.; a missing field leaves out its punctuation. A commentary note is cited
    as a note of `article`, a page on the web with its address and the day it was seen.
    """
    if citation.kind_of_study is Study.COMMENTARY and article is not None:
        return _joined(_sentence(f"Note {citation.number}"), f"In: {text(article)}")
    if citation.kind_of_study in _ONLINE:
        return _joined(_authors(citation), *_online(citation))
    return _joined(
        _authors(citation),
        _sentence(citation.title),
        _sentence(citation.container or citation.publisher),
        _sentence(_issue(citation)),
        _sentence(citation.doi and f"doi: {citation.doi}"),
        _sentence(citation.pmid and f"PMID: {citation.pmid}"),
        _sentence(citation.pmcid and f"PMCID: {citation.pmcid}"),
        None if citation.doi or citation.pmid else citation.url and f"Available from: {citation.url}",
    )


def cautions(citation: Citation) -> Iterator[str]:
    """Say what a reader should know before relying on a citation's wording or details."""
    if citation.status is not None:
        yield f"{citation.status.state} (looked at {citation.status.looked_at})"
    if citation.caution:
        yield citation.caution
    unseen = unconfirmed(citation)
    if unseen and citation.kind_of_study not in {Study.COMMENTARY, Study.ARTICLE}:
        yield f"Only the source article gives: {', '.join(unseen)}."


def unconfirmed(citation: Citation) -> tuple[str, ...]:
    """Name the fields of its reference that were seen in the source article and nowhere else."""
    seen = {"language"} | {
        field for check in citation.checked if check.where is not Seen.ARTICLE for field in check.fields
    }
    told = {field for check in citation.checked if check.where is Seen.ARTICLE for field in check.fields}
    return tuple(field.replace("_", " ") for field in Citation.__struct_fields__ if field in told - seen)


def resolve(kb: KnowledgeBase, refs: tuple[str, ...]) -> tuple[list[Citation], list[str]]:
    """Turn numbers, ranges (3-7), keys, names, PMIDs, PMCIDs and DOIs into citations, in the order asked for.

    The second list holds the words that name no citation.
    """
    found: dict[int, Citation] = {}
    unknown: list[str] = []
    for ref in _parts(kb, _LABEL.sub(r"\1:", ",".join(refs))):
        named = _named(kb, ref)
        found.update((citation.number, citation) for citation in named)
        if not named:
            unknown.append(ref)
    return list(found.values()), unknown


def _parts(kb: KnowledgeBase, refs: str) -> list[str]:
    """Part what was typed at commas; words that name a citation only together stay together."""
    parts = [part.strip() for part in refs.split(",") if part.strip()]
    whole = " ".join(parts)
    return [whole] if len(parts) > 1 and _named(kb, whole) else parts


def _named(kb: KnowledgeBase, ref: str) -> list[Citation]:
    if span := _RANGE.fullmatch(ref):
        first, last = sorted((int(span[1][:9]), int(span[2][:9])))
        return sorted(
            (cited for cited in kb.file.citations if first <= cited.number <= last),
            key=lambda cited: cited.number,
            reverse=int(span[1][:9]) > int(span[2][:9]),
        )
    bare = ref.strip("[]().")
    if bare.isascii() and bare.isdigit() and int(bare[:9]) in kb.by_number:
        return [kb.by_number[int(bare)]]
    pmid, doi = _PMID.fullmatch(ref), _DOI.fullmatch(ref)
    return [
        cited
        for cited in kb.file.citations
        if cited.key == kb.heirs.get(ref.lower(), ref.lower())
        or fold(cited.name) == fold(ref)
        or (pmid is not None and cited.pmid == pmid[1])
        or (cited.pmcid is not None and cited.pmcid.lower() == ref.lower().removeprefix("pmcid:"))
        or (doi is not None and cited.doi == doi[1].lower().rstrip("."))
    ]


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _sentence(part: str | None) -> str | None:
    if not part:
        return None
    return part if part.endswith((".", "?", "!")) else f"{part}."


def _authors(citation: Citation) -> str | None:
    if not citation.authors:
        return None
    shown = ", ".join(citation.authors[:6])
    return _sentence(f"{shown}, et al" if len(citation.authors) > 6 else shown)  # noqa: PLR2004 - the style's six


def _issue(citation: Citation) -> str | None:
    when = " ".join(str(part) for part in (citation.year, citation.month) if part)
    volume = f"{citation.volume or ''}{f'({citation.issue})' if citation.issue else ''}"
    place = citation.pages or citation.article_number
    where = f"{volume}:{place}" if volume and place else volume or place
    return ";".join(part for part in (when, where) if part) or None


def _online(citation: Citation) -> Iterator[str | None]:
    yield citation.title and f"{citation.title} [Internet]."
    when = " ".join(str(part) for part in (citation.year, citation.month) if part)
    seen = citation.seen_on and f"[cited {_day(citation.seen_on)}]"
    dated = " ".join(part for part in (when, seen) if part)
    yield _sentence("; ".join(part for part in (citation.publisher or citation.container, dated) if part))
    yield citation.url and f"Available from: {citation.url}"


def _day(day: str) -> str:
    year, month, number = day.split("-")
    return f"{year} {_MONTHS[int(month) - 1]} {int(number)}"
