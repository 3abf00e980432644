"""The orders of a list."""

from typing import Any

import pytest

from massharm import KnowledgeBase
from massharm.errors import WrongUse
from massharm.kb.filters import select_records
from massharm.kb.records import KINDS
from massharm.kb.sorting import ORDERS, sort_records
from tiny import File, Write, met, tiny_file

FIRST: dict[tuple[str, str], Any] = {
    ("name", "harm"): ["blue-thumb", "broken-ladder", "odd-feeling"],
    ("severity", "harm"): ["broken-ladder", "blue-thumb", "odd-feeling"],
    ("outcome", "harm"): ["odd-feeling", "blue-thumb", "broken-ladder"],
    ("cases", "harm"): ["broken-ladder", "blue-thumb", "odd-feeling"],
    ("evidence", "harm"): ["blue-thumb", "broken-ladder", "odd-feeling"],
    ("urgency", "sign"): ["falling", "creaking"],
}


def spoilt() -> File:
    """Return the tiny file in which the outcomes are not in the order of the severities."""
    file = tiny_file()
    for record in file["cases"]:
        record["outcomes"] = []
    file["harms"][0]["outcomes"] = met("hospital")
    file["harms"][1]["outcomes"] = met("death", attributed=False)
    file["harms"][2]["outcomes"] = met("surgery") + met("death", attributed=False)
    return file


@pytest.mark.parametrize(("order", "kind"), FIRST, ids=" ".join)
def test_the_worst_strongest_or_most_come_first(write: Write, order: str, kind: str) -> None:
    """An outcome that no report attributes to massage comes after all that one does; equals stand as usual."""
    kb = KnowledgeBase.load(write(spoilt()))
    found = sort_records(reversed(kb.records(kind)), kind, order, kb)
    assert [record.id for record in found] == FIRST[order, kind]


@pytest.mark.parametrize(("order", "kind"), [(order, kind) for order, kinds in ORDERS.items() for kind in kinds])
def test_every_order_keeps_every_record(kb: KnowledgeBase, order: str, kind: str) -> None:
    """Nothing is lost, and the usual order decides between equals."""
    usual = select_records(kb, kind, {})
    found = sort_records(usual, kind, order, kb)
    assert sorted(record.id for record in found) == sorted(record.id for record in usual)
    assert found == sort_records(reversed(usual), kind, order, kb)


def test_years_come_latest_first(kb: KnowledgeBase) -> None:
    """What has no year comes last."""
    years = [
        kb.year(case) or 0  # type: ignore[arg-type]
        for case in sort_records(kb.file.cases, "case", "year", kb)
    ]
    assert years == sorted(years, reverse=True)
    assert years[0] > years[-1] == 0


def test_levels_come_strictest_first(kb: KnowledgeBase) -> None:
    """Contraindicated before adapt."""
    levels = [record.level for record in sort_records(kb.file.precautions, "precaution", "level", kb)]  # type: ignore[union-attr]
    assert levels == sorted(levels, key=lambda level: level.rank)


def test_an_order_that_does_not_suit_names_what_it_sorts(tiny: KnowledgeBase) -> None:
    """So does one that does not exist."""
    with pytest.raises(WrongUse, match=r"^--sort level does not sort harms; it sorts precautions$"):
        sort_records([], "harm", "level", tiny)
    with pytest.raises(WrongUse, match="--sort does not take “worst”; it takes name, severity"):
        sort_records([], "harm", "worst", tiny)
    assert set(ORDERS["name"]) == set(KINDS)
