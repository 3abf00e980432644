"""The page of a record of any kind: what it holds and in which order, with no knowledge of how it is drawn."""

from collections.abc import Sequence
from functools import singledispatch

from massharm.citations import vancouver
from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import (
    Case,
    Citation,
    Harm,
    Lesson,
    Mechanism,
    Medicine,
    Myth,
    Precaution,
    Record,
    Sign,
    Term,
)
from massharm.kb.sections import SECTIONS
from massharm.pages.blocks import (
    Fact,
    Item,
    Next,
    Page,
    Para,
    Run,
    Title,
    cited,
    link_section,
    local_notes,
    named,
    outcome_words,
    reference_runs,
    reference_section,
    section,
    see_also_section,
    statement_section,
)
from massharm.pages.conditions import medicine_page, precaution_page, sign_page
from massharm.pages.figures import figure_blocks
from massharm.pages.harm import harm_page


def record_page(record: Record, kb: KnowledgeBase, sections: Sequence[str] = ()) -> Page:
    """Return the page of a record; for a harm, only the sections asked for.

    Raises:
        WrongUse: sections were asked of a record that has none.
    """
    if not sections:
        title, *rest = _page(record, kb)
        return (title, *map(Para, local_notes(record, kb)), *rest)
    if not isinstance(record, Harm):
        raise WrongUse(f"only harms have sections; {record.id} is a {record.kind}")
    return harm_page(record, kb, sections)


@singledispatch
def _page(record: Record, _kb: KnowledgeBase) -> Page:
    raise TypeError(type(record))


@_page.register(Harm)
def _(record: Harm, kb: KnowledgeBase) -> Page:
    return (*harm_page(record, kb), Next((f"massharm cite --for {record.id}", f"massharm show {record.id} --json")))


@_page.register(Mechanism)
def _(record: Mechanism, kb: KnowledgeBase) -> Page:
    return (
        Title(record.name, (Run("mechanism", "muted"), Run(record.status, "strong"))),
        Para(cited(record.summary, record.citations)),
        *statement_section(SECTIONS["statements"].title, record.statements),
        *statement_section(SECTIONS["uncertainty"].title, record.uncertainty),
        *_harms(record, kb),
        *reference_section(kb.references_of(record), kb),
    )


@_page.register(Citation)
def _(record: Citation, kb: KnowledgeBase) -> Page:
    return (
        Title(f"[{record.number}] {record.name}", (Run(record.kind_of_study, "muted"),)),
        Para(reference_runs(record, kb.citation(0))),
        Fact("Found", (Run(record.finding),)),
        *(Para((Run("Caution: ", "strong"), Run(caution))) for caution in vancouver.cautions(record)),
        *section(
            "Where its fields were seen",
            (
                Item(
                    (
                        Run(f"{check.where}: ", "strong"),
                        Run(f"{', '.join(check.fields).replace('_', ' ')} {check.url or ''}".strip()),
                    )
                )
                for check in record.checked
            ),
        ),
        *link_section("Cited by", kb.cited_by(record)),
    )


@_page.register(Case)
def _(record: Case, kb: KnowledgeBase) -> Page:
    label = Run("published case", "muted")
    if kb.is_anecdote(record):
        label = Run("ANECDOTE: told, not published as a study", "strong")
    facts = (
        ("Patients", str(record.patients) if record.patients not in {None, 1} else None),
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
        ("Seriousness", "; ".join(map(outcome_words, record.outcomes))),
        ("Causality", record.causality),
    )
    return (
        Title(record.name, (label,)),
        Para(cited(record.summary, record.citations)),
        *(Fact(name, (Run(value),)) for name, value in facts if value),
        *_harms(record, kb),
        *reference_section(kb.references_of(record), kb),
    )


_page.register(Precaution, precaution_page)
_page.register(Medicine, medicine_page)
_page.register(Sign, sign_page)


def _harms(record: Mechanism | Case, kb: KnowledgeBase) -> Page:
    return section(
        "Harms",
        (Item((Run(harm.severity, harm.severity), Run(" "), named(harm))) for harm in kb.harms_of(record)),
    )


@_page.register(Term)
def _(record: Term, kb: KnowledgeBase) -> Page:
    text = cited(record.definition, record.citations) if record.citations else (Run(record.definition),)
    return (
        Title(record.name, (Run("term", "muted"),)),
        Para(text),
        *(Fact(level, (Run(meaning),)) for level, meaning in record.levels),
        *see_also_section(record, kb),
        *reference_section(kb.references_of(record), kb),
    )


@_page.register(Myth)
def _(record: Myth, kb: KnowledgeBase) -> Page:
    return (
        Title(record.name, (Run("myth", "muted"),)),
        Fact("Belief", (Run(record.belief),)),
        *statement_section("What the evidence says", record.evidence),
        *see_also_section(record, kb),
        *reference_section(kb.references_of(record), kb),
    )


@_page.register(Lesson)
def _(record: Lesson, kb: KnowledgeBase) -> Page:
    return (
        Title(record.name, (Run(f"lesson for {record.audience}", "muted"),)),
        Para(cited(record.text, record.citations)),
        *section(SECTIONS["frequency"].title, figure_blocks(record.frequency)),
        *see_also_section(record, kb),
        *reference_section(kb.references_of(record), kb),
    )
