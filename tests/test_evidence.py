"""The evidence map counts what the records say, each thing once."""

from typing import Any

import msgspec
import pytest

from massharm import KnowledgeBase
from massharm.clinical.evidence import UNSTATED, Cell, survey
from massharm.kb.records import File
from massharm.kb.vocabulary import Evidence, Provider, Severity, Technique
from tiny import tiny_file


def _case(number: int, harms: str, **fields: Any) -> dict[str, Any]:
    """Return a case of the harms that its citation of this number reports."""
    named = {"id": f"case-{number}", "name": f"Case {number}", "summary": "A case.", "citations": [number]}
    return {**named, "harms": harms.split(), **fields}


def _with_cases(*cases: dict[str, Any]) -> KnowledgeBase:
    """Return the tiny knowledge base with these cases only."""
    return KnowledgeBase(msgspec.convert({**tiny_file(), "cases": [*cases]}, File))


def test_every_harm_stands_in_one_cell(kb: KnowledgeBase) -> None:
    """There is a cell for every severity and strength, the worst and strongest first, and no harm is lost."""
    cells = survey(kb).cells
    assert [(cell.severity, cell.evidence) for cell in cells] == [
        (one, other) for one in Severity for other in Evidence
    ]
    for cell in cells:
        harms = [harm for harm in kb.file.harms if (harm.severity, kb.evidence(harm)) == (cell.severity, cell.evidence)]
        assert cell.harms == len(harms)
        assert cell.cases == len({case.id for harm in harms for case in kb.cases_of(harm) if not kb.is_anecdote(case)})


def test_a_report_of_several_harms_counts_once_in_a_cell() -> None:
    """Both harms are minor and reported by a case; a report counts in each cell that has one of its harms."""
    kb = _with_cases(_case(1, "blue-thumb odd-feeling"), _case(2, "odd-feeling broken-ladder"), _case(0, "odd-feeling"))
    filled = [cell for cell in survey(kb).cells if cell.harms]
    assert filled == [
        Cell(Severity.SERIOUS, Evidence.CASE_REPORT, 1, 1, {2002: 1}),
        Cell(Severity.MINOR, Evidence.TRIAL, 1, 1, {2001: 1}),
        Cell(Severity.MINOR, Evidence.CASE_REPORT, 1, 2, {2001: 1, 2002: 1}),
    ]


def test_anecdotes_are_counted_apart() -> None:
    """They are in no cell and under no year, technique or provider."""
    found = survey(_with_cases(_case(1, "odd-feeling"), _case(0, "odd-feeling", techniques=["thai"])))
    assert (found.cases, found.anecdotes) == (1, 1)
    assert (found.years, found.techniques) == ({2001: 1}, {UNSTATED: 1})


def test_reports_are_counted_by_year_technique_and_provider() -> None:
    """Years stand in order; words by their number, then as in the vocabulary; what no report names is left out."""
    kb = _with_cases(
        _case(5, "odd-feeling", techniques=["thai", "deep-tissue"], providers=["self"]),
        _case(4, "odd-feeling", techniques=["thai"], year=1999),
        _case(11, "odd-feeling", providers=["device"]),
        _case(12, "odd-feeling", providers=["professional"], year=1999),
    )
    found = survey(kb)
    assert [*found.years.items()] == [(1999, 2), (2005, 1), (2011, 1)]
    assert [*found.techniques.items()] == [("thai", 2), (UNSTATED, 2), ("deep-tissue", 1)]
    assert [*found.providers.items()] == [("professional", 1), ("self", 1), ("device", 1), (UNSTATED, 1)]


@pytest.mark.parametrize(("field", "words"), [("techniques", tuple(Technique)), ("providers", tuple(Provider))])
def test_a_report_that_names_none_is_counted(kb: KnowledgeBase, field: str, words: tuple[str, ...]) -> None:
    """It stands as unstated, beside the words that are named."""
    counts = getattr(survey(kb), field)
    published = [case for case in kb.file.cases if not kb.is_anecdote(case)]
    assert counts[UNSTATED] == sum(not getattr(case, field) for case in published)
    assert all(
        counts[word] == sum(word in getattr(case, field) for case in published) for word in counts.keys() & set(words)
    )


def test_numbers_add_up(kb: KnowledgeBase) -> None:
    """Every case is a published report or an anecdote; reports of no known year are under none."""
    found = survey(kb)
    assert found.cases + found.anecdotes == len(kb.file.cases)
    dated = [case for case in kb.file.cases if not kb.is_anecdote(case) and kb.year(case)]
    assert sum(found.years.values()) == len(dated) < found.cases
    assert sum(cell.harms for cell in found.cells) == len(kb.file.harms)
