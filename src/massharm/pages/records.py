"""The page of a record of any kind: what is said and in which order, with no knowledge of how it is drawn."""

from collections.abc import Sequence
from functools import singledispatch

from massharm.citations import vancouver
from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Case, Citation, Harm, Lesson, Mechanism, Myth, Precaution, Record, Term
from massharm.pages.blocks import (
    Fact,
    Heading,
    Item,
    Next,
    Page,
    Para,
    Run,
    Title,
    cited,
    items,
    named,
    references,
    words,
)
from massharm.pages.harm import monograph


def shown(record: Record, kb: KnowledgeBase, sections: Sequence[str] = ()) -> Page:
    """Give the page of a record; for a harm, only the sections asked for.

    Raises:
        WrongUse: sections were asked of a record that has none.
    """
    if not sections:
        return page(record, kb)
    if not isinstance(record, Harm):
        raise WrongUse(f"only harms have sections; {record.id} is a {record.kind}")
    return monograph(record, kb, sections)


@singledispatch
def page(record: Record, _kb: KnowledgeBase) -> Page:
    """Give the page of a record."""
    raise TypeError(type(record))


@page.register
def _(record: Harm, kb: KnowledgeBase) -> Page:
    return (*monograph(record, kb), Next((f"massharm cite --for {record.id}", f"massharm show {record.id} --json")))


@page.register
def _(record: Mechanism, kb: KnowledgeBase) -> Page:
    return (
        Title(record.name, (Run("mechanism", "muted"), Run(record.status, "strong"))),
        Para(cited(record.summary, record.citations)),
        *items("What is known", record.statements),
        *items("Not known or in conflict", record.uncertainty),
        *_harms(record, kb),
        *references(record, kb),
    )


@page.register
def _(record: Citation, kb: KnowledgeBase) -> Page:
    return (
        Title(f"[{record.number}] {record.name}", (Run(record.kind_of_study, "muted"),)),
        Para((Run(vancouver.reference(record, kb.by_number.get(0))),)),
        Fact("Found", (Run(record.finding),)),
        *(Para((Run("Caution: ", "strong"), Run(caution))) for caution in vancouver.cautions(record)),
        *_checked(record),
        *named("Cited by", kb.cited_by(record)),
    )


def _checked(citation: Citation) -> Page:
    if not citation.checked:
        return ()
    return (
        Heading("Where its fields were seen"),
        *(
            Item(
                (
                    Run(f"{check.where}: ", "strong"),
                    Run(f"{', '.join(check.fields).replace('_', ' ')} {check.url or ''}".strip()),
                )
            )
            for check in citation.checked
        ),
    )


@page.register
def _(record: Case, kb: KnowledgeBase) -> Page:
    told = kb.is_anecdote(record)
    label = Run("ANECDOTE: told, not published as a study" if told else "published case", "strong" if told else "muted")
    people = None if record.patients is None else str(record.patients)
    facts = (
        ("Patients", people if people != "1" else None),
        ("Age", record.age),
        ("Sex", record.sex),
        ("Risk factors", "; ".join(record.risk_factors)),
        ("Massage", record.technique),
        ("Given by", record.provider),
        ("Where", record.site),
        ("Onset", record.onset),
        ("Presentation", "; ".join(record.presentation)),
        ("Diagnosis", "; ".join(record.diagnosis)),
        ("Outcome", record.outcome),
        ("Causality", record.causality),
    )
    return (
        Title(record.name, (label,)),
        Para(cited(record.summary, record.citations)),
        *(Fact(name, (Run(value),)) for name, value in facts if value),
        *_harms(record, kb),
        *references(record, kb),
    )


@page.register
def _(record: Precaution, kb: KnowledgeBase) -> Page:
    return (
        Title(record.name, (Run("precaution", "muted"),)),
        Heading("Advice"),
        *(
            Item((Run(f"{words(part.level)}: ", "strong"), *cited(part.text, part.citations)))
            for part in record.strongest_first
        ),
        *items("Why", record.why),
        *items("Ask", record.questions),
        *items("Not known or in conflict", record.uncertainty),
        *_harms(record, kb),
        *references(record, kb),
    )


def _harms(record: Mechanism | Case | Precaution, kb: KnowledgeBase) -> Page:
    found = kb.harms_of(record)
    return (
        Heading("Harms"),
        *(Item((Run(harm.severity, harm.severity), Run(f" {harm.name} ({harm.id})"))) for harm in found),
    )


@page.register
def _(record: Term, kb: KnowledgeBase) -> Page:
    text = cited(record.definition, record.citations) if record.citations else (Run(record.definition),)
    return (
        Title(record.name, (Run("term", "muted"),)),
        Para(text),
        *(Fact(level, (Run(meaning),)) for level, meaning in record.levels),
        *_others(record, kb),
        *references(record, kb),
    )


@page.register
def _(record: Myth, kb: KnowledgeBase) -> Page:
    return (
        Title(record.name, (Run("myth", "muted"),)),
        Fact("Belief", (Run(record.belief),)),
        *items("What the evidence says", record.evidence),
        *_others(record, kb),
        *references(record, kb),
    )


@page.register
def _(record: Lesson, kb: KnowledgeBase) -> Page:
    return (
        Title(record.name, (Run(f"lesson for {record.audience}", "muted"),)),
        Para(cited(record.text, record.citations)),
        *_others(record, kb),
        *references(record, kb),
    )


def _others(record: Term | Myth | Lesson, kb: KnowledgeBase) -> Page:
    return named("See also", [kb[other] for other in record.see_also if other in kb])
