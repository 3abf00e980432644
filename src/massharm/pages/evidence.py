"""The evidence map as a page."""

from collections.abc import Iterable, Mapping

from massharm.clinical.evidence import Cell, Map
from massharm.kb.filters import NO_FACETS, Facets
from massharm.kb.vocabulary import Evidence, Severity
from massharm.pages.blocks import (
    Bar,
    Grid,
    Heading,
    Next,
    Page,
    Para,
    Run,
    Runs,
    Title,
    counted,
    facet_words,
    readable,
    section,
)

_EXPLANATION = (
    "Strength is the strongest design that reports a harm. A report of several harms counts in the cell of each. "
    "A count of reports is no rate."
)


def evidence_page(found: Map, facets: Facets = NO_FACETS) -> Page:
    """Return the map: severity against strength of evidence, then cases by year, technique and provider.

    The facets are those by which it was narrowed.
    """
    tags = [Run(counted(found.cases, "published report"), "strong"), Run(counted(found.anecdotes, "anecdote"))]
    tags += [Run(facet_words(facets))] if facets else []
    strengths = [
        evidence for evidence in Evidence if any(cell.harms for cell in found.cells if cell.evidence is evidence)
    ]
    rows = tuple(_severity_cells(severity, strengths, found) for severity in Severity)
    return (
        Title("Evidence", tuple(tags)),
        Heading("Harms, and the published reports of them in brackets"),
        Grid(("Severity", *map(str, strengths)), rows),
        Para((Run(_EXPLANATION),)),
        *_bar_section("Published reports by year", five_year_counts(found.years)),
        *_bar_section("Published reports by technique", found.techniques),
        *_bar_section("Published reports by who gave the massage", found.providers),
        Next(
            ("massharm list --severity serious --sort outcome", "massharm evidence --counted", "massharm show evidence")
        ),
    )


def _severity_cells(severity: Severity, strengths: Iterable[Evidence], found: Map) -> Runs:
    cells: dict[Evidence, Cell] = {cell.evidence: cell for cell in found.cells if cell.severity is severity}
    counts = ((cells[evidence].harms, cells[evidence].cases) for evidence in strengths)
    return Run(severity, severity), *(Run(f"{n} ({cases})") if n else Run("–", "muted") for n, cases in counts)


def five_year_counts(years: Mapping[int, int]) -> dict[str, int]:
    """Return counts by spans of five years, empty ones too, so that a gap is seen."""
    if not years:
        return {}
    last = max(years)
    starts = range(min(years) // 5 * 5, last + 1, 5)
    spans = {start: min(start + 4, last) for start in starts}
    return {
        f"{start}–{end}" if start < end else str(end): sum(years.get(year, 0) for year in range(start, end + 1))
        for start, end in spans.items()
    }


def _bar_section(title: str, counts: Mapping[str, int]) -> Page:
    most = max(counts.values(), default=0)
    return section(
        title,
        (Bar(100 * count / most, (Run(f"{count:>3}  "), Run(readable(word)))) for word, count in counts.items()),
    )
