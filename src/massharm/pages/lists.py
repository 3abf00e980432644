"""Lists of records, and the summary of a knowledge base, as pages."""

from collections.abc import Sequence

from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import ReportedOutcome
from massharm.kb.records import KINDS, Case, Citation, Harm, Lesson, Mechanism, Medicine, Precaution, Record, Sign
from massharm.kb.sorting import gravest
from massharm.kb.vocabulary import SignLink
from massharm.pages.blocks import (
    Fact,
    Grid,
    Heading,
    Next,
    Page,
    Para,
    Run,
    Runs,
    Title,
    counted,
    notice_blocks,
    outcome_words,
    readable,
)

COLUMNS = {
    "harm": ("Severity", "Harm", "Worst reported", "Cases", "Evidence"),
    "mechanism": ("Status", "Mechanism", "Harms"),
    "citation": ("No.", "Source", "Kind", "Title"),
    "case": ("Year", "Worst reported", "Id", "Case"),
    "precaution": ("Level", "Precaution", "Action"),
    "medicine": ("Medicine", "Precautions", "Names"),
    "sign": ("Urgency", "Sign", "Points to"),
    "term": ("Term", "Definition"),
    "myth": ("Myth", "Belief"),
    "lesson": ("For", "Lesson"),
}
"""The columns of a list of each kind."""
_MOST_NAMES = 3
"""How many names one cell of a drawn list holds."""


def handle_of(record: Record) -> str:
    """Return what a user types to see a record: the number of a citation, else the id."""
    return str(record.number) if isinstance(record, Citation) else record.id


def list_page(records: Sequence[Record], kind: str, kb: KnowledgeBase) -> Page:
    """Return a list, one line a record."""
    count = count_line(records, kind, kb)
    if kind == "harm":
        count += " Cases are published reports: a count of them is not a rate."
        count += " Evidence may rest on a review that lists a case."
    return (
        Grid(COLUMNS[kind], tuple(_cells(record, kb, _MOST_NAMES) for record in records), brief=True),
        Heading(count, "muted"),
        Next((f"massharm show {handle_of(records[0])}",)),
    )


def count_line(records: Sequence[Record], kind: str, kb: KnowledgeBase) -> str:
    """Return how many of the records of a kind a list holds, as a sentence."""
    total = len(kb.records(kind))
    return f"{len(records)} of {total} {KINDS[kind]}." if len(records) < total else f"{total} {KINDS[kind]}."


def list_document(records: Sequence[Record], kind: str, kb: KnowledgeBase) -> Page:
    """Return a list to be kept in a file: with the edition, and with the notice."""
    title = Title(KINDS[kind].capitalize(), (Run(kb.file.title), Run(f"edition {kb.edition}")))
    return (title, *list_page(records, kind, kb), *notice_blocks(kb))


def list_cells(record: Record, kb: KnowledgeBase) -> list[str]:
    """Return the cells of a line for other programs: id or number, name, and what a person sees beside it."""
    if isinstance(record, Citation):
        from massharm.citations import vancouver  # noqa: PLC0415 - costs time at start, and is seldom needed

        reference = vancouver.reference(record, kb.citation(0))
        return [handle_of(record), record.name, record.kind_of_study, reference]
    cells = [cell.text for cell in _cells(record, kb)]
    for own in (record.name, record.id) if "Id" in COLUMNS[record.kind] else (record.name,):
        if own in cells:
            cells.remove(own)
    return [record.id, record.name, *cells]


def _cells(record: Record, kb: KnowledgeBase, most: int | None = None) -> Runs:  # noqa: PLR0911 - one return a kind
    """Return what stands of a record in a list, under the columns of its kind; of many names `most`."""
    if isinstance(record, Harm):
        severity = Run(record.severity, record.severity)
        facts = (
            worst_reported(kb.reported_outcomes(record)),
            str(kb.published_reports(record)),
            str(kb.evidence(record)),
        )
        return severity, Run(record.name, "strong"), *map(Run, facts)
    if isinstance(record, Mechanism):
        return Run(record.status), Run(record.name, "strong"), Run(str(len(kb.harms_of(record))))
    if isinstance(record, Citation):
        title = Run(record.title or record.finding)
        return Run(str(record.number), "cite"), Run(record.name, "strong"), Run(record.kind_of_study), title
    if isinstance(record, Case):
        year = "anecdote" if kb.is_anecdote(record) else str(kb.year(record) or "")
        return Run(year), Run(worst_reported(record.outcomes)), Run(record.id), Run(record.name, "strong")
    if isinstance(record, Precaution):
        return Run(record.level), Run(record.name, "strong"), Run(record.action.text)
    if isinstance(record, Medicine):
        precautions = _names([part.name for part in kb.precautions_of(record)], most) or "none"
        return Run(record.name, "strong"), Run(precautions), Run(_names([name.text for name in record.names], most))
    if isinstance(record, Sign):
        points_to = _names([harm.name for harm in kb.harms_with(record, SignLink.CHARACTERISTIC)], most)
        urgency = Run(readable(record.urgency), record.urgency)
        return urgency, Run(record.name, "strong"), Run(points_to or record.instead or "")
    if isinstance(record, Lesson):
        return Run(record.audience), Run(record.name, "strong")
    return Run(record.name, "strong"), Run(record.summary)


def _names(names: Sequence[str], most: int | None) -> str:
    """Return names with commas between them; those past `most` are counted."""
    rest = len(names[most:]) if most else 0
    return ", ".join((*names[:most], *([f"{rest} more"] if rest else [])))


def worst_reported(outcomes: Sequence[ReportedOutcome]) -> str:
    """Return the gravest of some outcomes in words; without any, nothing."""
    worst = gravest(outcomes)
    return outcome_words(worst) if worst else ""


def about_page(kb: KnowledgeBase, program: str) -> Page:
    """Return editions, counts, sources and the notice, given the version of the program."""
    from massharm.citations import vancouver  # noqa: PLC0415 - as above

    counts = ", ".join(counted(len(kb.records(kind)), kind) for kind in KINDS)
    checked = [citation for citation in kb.file.citations if citation.checked]
    confirmed = sum(not vancouver.unconfirmed_fields(citation) for citation in checked)
    sources = f"details of {confirmed} of {len(checked)} citations seen outside the source article"
    facts = (
        ("Program", f"massharm {program}"),
        ("Edition", kb.edition),
        ("Data checked", kb.reviewed),
        ("Clinical review", kb.clinical_review),
        *((("Overlays (local)", "; ".join(kb.overlays)),) if kb.overlays else ()),
        ("Records", counts),
        ("Sources", sources),
        ("Licence", kb.file.licence),
        ("Cite as", kb.how_to_cite),
    )
    return (
        Heading(kb.file.title),
        *(Fact(label, (Run(value),)) for label, value in facts),
        Para((Run(kb.notice),)),
        Para((Run(kb.absence),)),
        Next(("massharm list term", "massharm show severity")),
    )
