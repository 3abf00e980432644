"""Plain lists: records, hits and the evidence map in everyday words, each line a label and its value."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from massharm.clinical.evidence import Counted, Map
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import Facets, lead_to_kind
from massharm.kb.records import Case, Citation, Harm, Medicine, Myth, Precaution, Record, Sign
from massharm.kb.vocabulary import Severity
from massharm.pages.blocks import Fact, Next, Page, Run, citation_mark, facet_words, readable
from massharm.pages.evidence import five_year_counts
from massharm.pages.figures import SCOPES, facts_of, share_words
from massharm.pages.hits import hit_reason
from massharm.pages.lists import count_line, handle_of, worst_reported
from massharm.pages.plain import LEVELS, SURE, both_names, how_sure, plain_name
from massharm.search.ranking import Hit

_MEANINGS = (
    ("Studied", "in a study of many people or a review of studies"),
    ("Reported", "in reports of patients in journals"),
    ("Alleged", "told as a story, outside journals"),
    ("Unknown", "no report is recorded here"),
)


def plain_list(records: Sequence[Record], kind: str, kb: KnowledgeBase) -> Page:
    """Return a list of records: one line each, which begins with what to do or how severe it is, and the name."""
    return (
        *(_entry(record, kb) for record in records),
        Fact("Number", (Run(count_line(records, kind, kb)),)),
        Fact("Note", (Run(f"{kb.absence} {kb.notice}"),)),
    )


def _entry(record: Record, kb: KnowledgeBase) -> Fact:
    """Return the line of a record: its name, what it says in a sentence or two, how sure that is, and its sources."""
    label, parts = _words(record, kb)
    mark = () if isinstance(record, Citation) else (citation_mark(record.citations),)
    return Fact(label, (Run(f"{_sentences(parts)} "), *mark))


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def _words(record: Record, kb: KnowledgeBase) -> tuple[str, tuple[str, ...]]:  # noqa: PLR0911 - one return a kind
    """Return the label of a record in a list, and the parts of its line."""
    if isinstance(record, Harm):
        worst = worst_reported(kb.reported_outcomes(record))
        return (
            record.severity.capitalize(),
            (both_names(record), f"Worst reported: {worst}" if worst else "", f"How sure: {how_sure(record, kb)}"),
        )
    if isinstance(record, Precaution):
        told = record.plain.text if record.plain else record.action.text
        return LEVELS[record.level], (both_names(record), told, f"How sure: {how_sure(record, kb)}")
    if isinstance(record, Sign):
        return record.urgency.heading, (both_names(record), f"How sure: {how_sure(record, kb)}")
    if isinstance(record, Medicine):
        known = "; ".join(map(plain_name, kb.precautions_of(record)))
        return "Medicine", (record.name, known or "No advice here")
    if isinstance(record, Citation):
        return f"Source {record.number}", (f"{record.name}, {record.kind_of_study}", record.title or record.finding)
    if isinstance(record, Myth):
        return "Myth", (record.name, f"What is known: {record.evidence[0].text}")
    if isinstance(record, Case):
        worst = worst_reported(record.outcomes)
        label = "Anecdote" if kb.is_anecdote(record) else "Case"
        return label, (record.name.removeprefix("Anecdote: "), f"Worst reported: {worst}" if worst else "")
    return record.kind.capitalize(), (record.name, record.summary)


def plain_hits(found: Sequence[Hit], query: str, kb: KnowledgeBase) -> Page:
    """Return the hits of a search, best first: of each what it is, what it says, how sure that is, and what matched."""
    lead = lead_to_kind(query)
    return (
        *((Fact("Hint", (Run(lead),)),) if lead else ()),
        *(_hit(place, hit, query, kb) for place, hit in enumerate(found, 1)),
        Next((f"massharm show {handle_of(found[0].record)} --plain",)),
    )


def _hit(place: int, hit: Hit, query: str, kb: KnowledgeBase) -> Fact:
    record = hit.record
    label, _ = _words(record, kb)
    if isinstance(record, Harm | Precaution | Sign):
        told = record.plain.text if record.plain else record.summary
        parts = both_names(record), told, f"How sure: {how_sure(record, kb)}"
    else:
        parts = (record.name, record.summary, "")
    mark = citation_mark(record.citations)
    return Fact(f"{place}. {label}", (Run(f"{_sentences(parts)} "), mark, Run(f" Why: {hit_reason(hit, query)}")))


def plain_evidence(found: Map, facets: Facets, kb: KnowledgeBase) -> Page:
    """Return the evidence map: how many harms of each severity are how sure, and where the reports come from."""
    return (
        *((Fact("Only", (Run(facet_words(facets)),)),) if facets else ()),
        Fact("Published reports", (Run(str(found.cases)),)),
        Fact("Anecdotes", (Run(str(found.anecdotes)),)),
        *_severities(found),
        *(Fact(word, (Run(meaning),)) for word, meaning in _MEANINGS),
        *_counts("Reports by year", five_year_counts(found.years)),
        *_counts("Reports by kind of massage", found.techniques),
        *_counts("Reports by who gave the massage", found.providers),
        Fact("Note", (Run(f"A number of reports does not say how often harm occurs. {kb.notice}"),)),
    )


def _severities(found: Map) -> Iterator[Fact]:
    """Yield, of each severity, the numbers of harms by the four words for how sure."""
    for severity in Severity:
        harms: Counter[str] = Counter()
        for cell in found.cells:
            if cell.severity is severity:
                harms[SURE[cell.evidence]] += cell.harms
        counts = "; ".join(f"{count} {word}" for word, count in harms.items() if count)
        yield Fact(f"{severity.capitalize()} harms", (Run(counts or "none"),))


def _counts(label: str, counts: Mapping[str, int]) -> Iterator[Fact]:
    if counts:
        yield Fact(label, (Run("; ".join(f"{readable(word)} {count}" for word, count in counts.items())),))


def plain_figures(found: Sequence[Counted], facets: Facets, kb: KnowledgeBase) -> Page:
    """Return figures, one line each: of what they are, what was counted among how many, and the limits."""
    return (
        *((Fact("Only", (Run(facet_words(facets)),)),) if facets else ()),
        *map(_figure, found),
        Fact("Note", (Run(f"A figure holds for the people who were asked, in the way they were asked. {kb.notice}"),)),
    )


def _figure(part: Counted) -> Fact:
    facts = (f"{label}: {text}" for label, text in facts_of(part.figure))
    runs = (
        Run(f"{plain_name(part.record)}: {_sentences((share_words(part.figure), *facts))} "),
        citation_mark(part.figure.citations),
    )
    return Fact(SCOPES[part.figure.scope], runs)
