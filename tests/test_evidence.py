"""The evidence map counts what the records say, each thing once."""

from massharm import KnowledgeBase
from massharm.clinical.evidence import survey
from massharm.kb.vocabulary import Evidence, Severity


def test_every_harm_stands_in_one_cell(kb: KnowledgeBase) -> None:
    """The cells cover all severities and strengths and lose no harm."""
    found = survey(kb)
    assert len({(cell.severity, cell.evidence) for cell in found.cells}) == len(Severity) * len(Evidence)
    assert sum(cell.harms for cell in found.cells) == len(kb.file.harms)


def test_a_case_of_two_harms_counts_once_in_a_cell(kb: KnowledgeBase) -> None:
    """No cell has more reports than there are."""
    found = survey(kb)
    assert found.cases + found.anecdotes == len(kb.file.cases)
    assert all(cell.cases <= found.cases for cell in found.cells)


def test_years_techniques_and_providers_are_those_of_published_cases(tiny: KnowledgeBase) -> None:
    """Anecdotes are counted apart."""
    found = survey(tiny)
    published = [case for case in tiny.file.cases if not tiny.is_anecdote(case)]
    assert sum(found.years.values()) == len(published) == found.cases
    assert sum(found.techniques.values()) >= found.cases
    assert list(found.techniques.values()) == sorted(found.techniques.values(), reverse=True)


def test_a_report_that_tells_no_provider_is_counted(kb: KnowledgeBase) -> None:
    """What is not told is called unstated, not left out."""
    found = survey(kb)
    assert sum(found.providers.values()) >= found.cases
    assert found.providers["unstated"] == sum(not (kb.is_anecdote(case) or case.providers) for case in kb.file.cases)
