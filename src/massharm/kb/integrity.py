"""The rules without which records cannot be linked: checked whenever a file is loaded.

They are few and quick (about 1.5 ms on the bundled file); the other rules are in `validation`. The file that the wheel
carries is not checked at every start: `validate` tried all rules on it before the release.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from massharm.kb.records import cited_numbers

if TYPE_CHECKING:
    from massharm.kb.base import KnowledgeBase


def unique_ids(kb: "KnowledgeBase") -> Iterator[tuple[str, str]]:
    """Every id is used once in the whole file, withdrawn ones included."""
    ids = Counter([record.id for record in kb] + [gone.id for gone in kb.file.withdrawn])
    for name, count in ids.items():
        if count > 1:
            yield name, f"{count} records have this id; rename all but one"


def unique_numbers(kb: "KnowledgeBase") -> Iterator[tuple[str, str]]:
    """Every number of a citation is used once, for ever."""
    for number, count in Counter(cited.number for cited in kb.file.citations).items():
        if count > 1:
            yield f"citation {number}", f"{count} citations have this number; give the newer one the next free number"


def numbers_resolve(kb: "KnowledgeBase") -> Iterator[tuple[str, str]]:
    """Every number that a record cites is that of a citation."""
    known = set(kb.by_number)
    for record in kb:
        cited = cited_numbers(record)
        if not known.issuperset(cited):
            yield from ((record.id, f"cites {number}, which is no citation") for number in sorted(cited - known))


def days_exist(kb: "KnowledgeBase") -> Iterator[tuple[str, str]]:
    """Every day is one of the calendar."""
    days = [("file", "reviewed", kb.file.reviewed)]
    days += [("file", "review", kb.file.review.day)] if kb.file.review.day else []
    days += [(harm.id, "reviewed", harm.reviewed) for harm in kb.file.harms]
    days += [(cited.key, "seen_on", cited.seen_on) for cited in kb.file.citations if cited.seen_on]
    days += [(cited.key, "looked_at", cited.status.looked_at) for cited in kb.file.citations if cited.status]
    for place, field, day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            yield place, f"“{field}” is {day}, which is no day of the calendar"


RULES = (unique_ids, unique_numbers, numbers_resolve, days_exist)
"""The rules; the docstring of each states it to curators."""
