"""The orders in which a list can stand, beside the usual one of `records.sort_key`."""

from collections.abc import Callable, Iterable
from typing import Any

from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import ReportedOutcome
from massharm.kb.records import KINDS, Record, sort_key
from massharm.kb.vocabulary import Outcome, one_of

Key = Callable[[Any, KnowledgeBase], Any]


def sort_records(records: Iterable[Record], kind: str, order: str, kb: KnowledgeBase) -> list[Record]:
    """Return records of a kind in an order; those that it does not tell apart stand as usual.

    Raises:
        WrongUse: there is no such order, or it does not suit the kind.
    """
    order = one_of(order, ORDERS, "--sort")
    keys = ORDERS[order]
    if kind not in keys:
        kinds = ", ".join(KINDS[other] for other in keys)
        raise WrongUse(f"--sort {order} does not sort {KINDS[kind]}; it sorts {kinds}")
    return sorted(records, key=lambda record: (keys[kind](record, kb), sort_key(record)))


def gravest(outcomes: Iterable[ReportedOutcome]) -> ReportedOutcome | None:
    """Return the gravest outcome that a report attributes to massage; without any, the gravest of the others."""
    return min(outcomes, key=_gravity, default=None)


def _gravity(part: ReportedOutcome) -> tuple[bool, int]:
    return not part.attributed, part.outcome.rank


def _by_outcome(outcomes: Iterable[ReportedOutcome]) -> tuple[bool, int]:
    worst = gravest(outcomes)
    return _gravity(worst) if worst else (True, len(Outcome))


def _latest_first(year: int | None) -> int:
    return -(year or 0)


ORDERS: dict[str, dict[str, Key]] = {
    "name": dict.fromkeys(KINDS, lambda record, _: record.name.casefold()),
    "severity": {"harm": lambda harm, _: harm.severity.rank},
    "outcome": {
        "harm": lambda harm, kb: _by_outcome(kb.reported_outcomes(harm)),
        "case": lambda case, _: _by_outcome(case.outcomes),
    },
    "cases": {"harm": lambda harm, kb: -kb.published_reports(harm)},
    "evidence": {
        "harm": lambda harm, kb: kb.evidence(harm).rank,
        "citation": lambda cited, kb: kb.grade_of(cited).rank,
    },
    "year": {
        "case": lambda case, kb: _latest_first(kb.year(case)),
        "citation": lambda cited, _: _latest_first(cited.year),
    },
    "urgency": {"sign": lambda sign, _: sign.urgency.rank},
    "level": {"precaution": lambda record, _: record.level.rank},
}
"""Each order, the kinds that it sorts, and its key: the worst, strictest, strongest, most or latest first."""
