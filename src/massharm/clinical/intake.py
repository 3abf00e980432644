"""The intake: what to ask of every client, as a blank form and question by question; `screen` reads the answers."""

from collections.abc import Callable, Iterator
from itertools import groupby

from msgspec import Struct

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Precaution, Record, Sign

MAX_QUESTIONS = 20
"""The most questions that an intake asks."""
TITLE = "# Intake before a massage"
"""The first line of the blank form, by which a filled one is known."""
_CHOICE = "[ ] yes [ ] no"
_ANSWERS = {"y": "yes", "yes": "yes", "n": "no", "no": "no"}


class Item(Struct, frozen=True):
    """One question of an intake: the section, the label, and whether the answer is yes or no, or words."""

    section: str
    label: str
    is_choice: bool = True


_SIGNS = "Warning signs, now or in the past days"
_BEFORE = (Item("The client", "Age", is_choice=False),)
_BETWEEN = (Item("Medicines", "Medicines", is_choice=False),)
_AFTER = (
    Item("Conditions", "Other illnesses, injuries or operations", is_choice=False),
    Item("The massage", "Planned massage", is_choice=False),
)


def intake(kb: KnowledgeBase) -> tuple[Item, ...]:
    """Return the questions: warning signs first, then medicines, conditions and the plan.

    The signs and conditions, and their order, are those of the knowledge base (`intake`).
    """
    asked = [kb[record_id] for record_id in kb.file.intake]
    signs = (Item(_SIGNS, _label(record)) for record in asked if isinstance(record, Sign))
    conditions = (Item("Conditions", _label(record)) for record in asked if isinstance(record, Precaution))
    return (*signs, *_BEFORE, *_BETWEEN, *conditions, *_AFTER)[:MAX_QUESTIONS]


def _label(record: Record) -> str:
    """Return the name of a record, without what a comma adds to it."""
    return record.name.partition(",")[0]


def blank_form(kb: KnowledgeBase) -> str:
    """Return the intake as a page to fill in: tick a box, or write behind the colon."""
    return "\n\n".join("\n".join(lines) for lines in _sections(kb))


def _sections(kb: KnowledgeBase) -> Iterator[list[str]]:
    yield [
        TITLE,
        "# Tick a box as in [x], or write behind the colon. Leave blank what you do not know.",
        "# Write no name and no date of birth.",
    ]
    for section, items in groupby(intake(kb), key=lambda item: item.section):
        yield [f"## {section}", *(f"- {item.label}: {_CHOICE if item.is_choice else ''}".rstrip() for item in items)]


def ask(kb: KnowledgeBase, answer: Callable[[str], str]) -> str:
    """Return a description made of the answers to all questions, each given by a function of its prompt.

    An empty answer skips a question. Words that are neither yes nor no are kept as they are.
    """
    rows = []
    for item in intake(kb):
        given = " ".join(answer(f"{item.label}{' (yes or no)' if item.is_choice else ''}: ").split())
        if given:
            rows.append(f"{item.label}: {_ANSWERS.get(given.lower(), given)}")
    return "\n".join(rows)
