"""RIS, which nearly every reference manager reads."""

from collections.abc import Iterable

from rispy import RisWriter

from massharm.citations.works import Work, WorkType, drop_empty, works
from massharm.kb.records import Citation

_TYPES = {
    WorkType.ARTICLE: "JOUR",
    WorkType.NEWS: "NEWS",
    WorkType.BOOK: "BOOK",
    WorkType.CHAPTER: "CHAP",
    WorkType.REPORT: "RPRT",
    WorkType.WEB_PAGE: "ELEC",
    WorkType.NOTE: "GEN",
}


def ris(citations: Iterable[Citation], article: Citation | None = None) -> str:
    """Return one record per citation, without a final line end.

    Page ranges are given in full. An article number is also given as the first page, where most programs look for it.
    """
    writer = RisWriter()
    writer.set_header = lambda count: ""  # noqa: ARG005 - rispy numbers the records in lines that are no part of RIS
    return str(writer.formats([_fields(work) for work in works(citations, article)])).rstrip("\n")


def _fields(work: Work) -> dict[str, object]:
    """Return the fields under rispy's names of their tags."""
    cited = work.citation
    fields: dict[str, object] = {
        "type_of_reference": _TYPES[work.type],
        "id": cited.key,
        "authors": [", ".join(filter(None, (name.family, name.given, name.suffix))) for name in work.authors],
        "title": cited.title,
        "secondary_title": cited.container,
        "year": cited.year,
        "date": _date(work),
        "volume": cited.volume,
        "number": cited.issue,
        "start_page": work.first_page,
        "end_page": work.last_page,
        "custom7": cited.article_number,
        "accession_number": cited.pmid,
        "custom2": cited.pmcid,
        "doi": cited.doi,
        "publisher": cited.publisher,
        "urls": [cited.url] if cited.url else None,
        "access_date": _access_date(work),
        "language": cited.language,
        "keywords": [cited.kind_of_study.value],
        "notes": [work.note] if work.note else None,
    }
    return drop_empty(fields)


def _date(work: Work) -> str | None:
    """Return the date as year/month/day/other; anything but one month is `other`."""
    month, year = work.citation.month, work.citation.year or ""
    if not month:
        return None
    return f"{year}/{work.months[0]:02}//" if len(work.months) == 1 else f"{year}///{month}"


def _access_date(work: Work) -> str | None:
    seen_on = work.citation.seen_on
    return f"{work.accessed.isoformat().replace('-', '/')}/" if work.accessed else seen_on and f"///{seen_on}"
