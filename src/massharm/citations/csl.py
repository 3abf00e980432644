"""CSL-JSON, the input of citation processors (Citation Style Language)."""

from collections.abc import Iterable

from massharm.citations.works import Work, WorkType, drop_empty, works
from massharm.kb.records import Citation

_TYPES = {
    WorkType.ARTICLE: "article-journal",
    WorkType.NEWS: "article-newspaper",
    WorkType.BOOK: "book",
    WorkType.CHAPTER: "chapter",
    WorkType.REPORT: "report",
    WorkType.WEB_PAGE: "webpage",
    WorkType.NOTE: "document",
}


def csl_json(citations: Iterable[Citation], article: Citation | None = None) -> list[dict[str, object]]:
    """Return one item per citation."""
    return [_item(work) for work in works(citations, article)]


def _item(work: Work) -> dict[str, object]:
    cited = work.citation
    item: dict[str, object] = {
        "id": cited.key,
        "type": _TYPES[work.type],
        "author": [
            drop_empty({"family": name.family, "given": name.given, "suffix": name.suffix})
            if name.initials
            else {"literal": name.family}
            for name in work.authors
        ],
        "title": cited.title,
        "container-title": cited.container_full or cited.container,
        "container-title-short": cited.container if cited.container_full else None,
        "issued": _issued(work),
        "volume": cited.volume,
        "issue": cited.issue,
        "page": "-".join(filter(None, (work.first_page, work.last_page))),
        "number": cited.article_number,
        "PMID": cited.pmid,
        "PMCID": cited.pmcid,
        "DOI": cited.doi,
        "publisher": cited.publisher,
        "URL": cited.url,
        "accessed": _accessed(work),
        "language": cited.language,
        "keyword": cited.kind_of_study.value,
        "note": work.note,
    }
    return drop_empty(item)


def _issued(work: Work) -> dict[str, object] | None:
    """Return the year with a month or a range of months; any other date is a literal."""
    year, month = work.citation.year, work.citation.month
    if month and not (year and work.months):
        return {"literal": f"{year or ''} {month}".strip()}
    return {"date-parts": [[year, number] for number in work.months] or [[year]]} if year else None


def _accessed(work: Work) -> dict[str, object] | None:
    if work.accessed is None:
        return {"literal": work.citation.seen_on} if work.citation.seen_on else None
    return {"date-parts": [[work.accessed.year, work.accessed.month, work.accessed.day]]}
