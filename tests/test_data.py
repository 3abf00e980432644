"""The real file: what cannot be told from its rules alone."""

import re

import pytest
import simple_icd_10_cm

from massharm import KnowledgeBase
from massharm.kb.records import Citation, Harm, strings
from massharm.kb.vocabulary import Study
from tiny import DATA

KB = KnowledgeBase.load(DATA)
CODES = [(harm, code) for harm in KB.file.harms for code in harm.codes if code.system == "ICD-10-CM"]


@pytest.mark.parametrize(("harm", "code"), CODES, ids=[f"{harm.id}-{code.code}" for harm, code in CODES])
def test_icd_codes_exist_and_are_named_alike(harm: Harm, code: object) -> None:
    """A code means what ICD-10-CM says it means."""
    assert simple_icd_10_cm.is_valid_item(code.code), harm.id  # type: ignore[attr-defined]
    assert simple_icd_10_cm.get_description(code.code) == code.name  # type: ignore[attr-defined]


@pytest.mark.parametrize("harm", KB.file.harms, ids=lambda harm: harm.id)
def test_a_harm_is_found_by_many_words(harm: Harm) -> None:
    """Aliases are the work that makes search good: each harm has several, some of them everyday words."""
    assert len(harm.aliases) >= 6
    assert {"lay", "related"} & {alias.kind for alias in harm.aliases}


@pytest.mark.parametrize("harm", KB.file.harms, ids=lambda harm: harm.id)
def test_emergencies_come_with_a_first_response(harm: Harm) -> None:
    """Who is shown an emergency sign is told what to do first."""
    if any(sign.urgency == "emergency-now" for sign in harm.warning_signs):
        assert harm.response


DOSE = re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:mg|mcg|µg|IU|tablets?|drops)\b(?!\s?/)", re.IGNORECASE)
PROMISE = re.compile(
    r"\b(?:is|are|was|be) (?:completely |perfectly |entirely |quite )?safe (?:for you|for everybody|in all)\b"
)


@pytest.mark.parametrize("record", list(KB), ids=lambda record: record.id)
def test_no_doses_and_no_promises(record: Harm) -> None:
    """Nothing tells how much of a medicine to take, or that a massage is safe for somebody."""
    for text in strings(record):
        if not isinstance(record, Citation) or text not in {record.title, record.url}:
            assert not DOSE.search(text), text
            assert not PROMISE.search(text), text


def test_published_sources_have_what_a_reader_needs() -> None:
    """From number 30 on, a publication has title, author or publisher, year and container, or a caution."""
    for cited in KB.file.citations:
        if cited.number >= 30 and cited.kind_of_study not in {Study.WEB_PAGE, Study.PRESS}:
            whole = (
                cited.title
                and (cited.authors or cited.publisher)
                and cited.year
                and (cited.container or cited.publisher)
            )
            assert whole or cited.caution, cited.key


def test_numbers_run_without_gaps() -> None:
    """A reader who counts on finds the next number."""
    assert [cited.number for cited in KB.file.citations] == list(range(len(KB.file.citations)))


def test_the_three_anecdotes_of_the_neck_are_labelled() -> None:
    """What was told and not published is called so in its name."""
    for case in KB.file.cases:
        assert KB.is_anecdote(case) == (case.name.startswith("Anecdote") or case.name.startswith("Press")), case.id
