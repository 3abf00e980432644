"""The intake: a blank form that reads back, and the same questions one by one."""

import os
import re
from collections.abc import Iterator

import pytest

from massharm import KnowledgeBase
from massharm.clinical.assertion import Assertion
from massharm.clinical.intake import MAX_QUESTIONS, Item, ask, blank_form, intake
from massharm.clinical.screening import Plan, screen
from massharm.kb.records import Precaution, Sign
from tiny import Run

CHOICES = 16
"""How many questions of the real file are answered by yes or no."""


def _choices(kb: KnowledgeBase) -> Iterator[tuple[Item, str]]:
    """Yield the questions that are answered by yes or no, each with the id of its record."""
    records = {kb[record_id].name.partition(",")[0]: record_id for record_id in kb.file.intake}
    yield from ((item, records[item.label]) for item in intake(kb) if item.is_choice)


def _screened(kb: KnowledgeBase, text: str) -> set[str]:
    found = screen(kb, text, Plan())
    return {record.id for record in found.precautions} | {part.sign.id for part in found.alarms}


def test_an_intake_is_short_and_begins_with_warning_signs(kb: KnowledgeBase) -> None:
    """Then the client, medicines, conditions and the plan."""
    items = intake(kb)
    assert 10 <= len(items) <= MAX_QUESTIONS
    sections = list(dict.fromkeys(item.section for item in items))
    assert sections[0].startswith("Warning signs")
    assert sections[1:] == ["The client", "Medicines", "Conditions", "The massage"]
    assert len([*_choices(kb)]) == CHOICES
    assert all(isinstance(kb[record_id], Sign | Precaution) for _, record_id in _choices(kb))


def test_a_blank_form_says_nothing(kb: KnowledgeBase) -> None:
    """Nothing is screened, denied or left over; what it asks is not answered."""
    found = screen(kb, blank_form(kb), Plan())
    assert (found.precautions, found.alarms, found.unknown, found.recognised) == ((), (), (), ())
    assert {part.assertion for part in found.aside} == {Assertion.UNANSWERED}
    assert found.plan == Plan()


@pytest.mark.parametrize("number", range(CHOICES))
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_every_box_reads_back(kb: KnowledgeBase, number: int, answer: str) -> None:
    """A yes is present, a no is denied, and nothing else changes."""
    item, record_id = [*_choices(kb)][number]
    text = re.sub(rf"(?m)^(- {re.escape(item.label)}: .*)\[ \] {answer}", rf"\1[x] {answer}", blank_form(kb))
    found = screen(kb, text, Plan())
    present = {record.id for record in found.precautions} | {part.sign.id for part in found.alarms}
    denied = {mention.record.id for part in found.denied for mention in part.mentions}
    assert (record_id in present) is (answer == "yes")
    assert (record_id in denied) is (answer == "no")
    assert found.unknown == ()


def test_written_answers_read_back(kb: KnowledgeBase) -> None:
    """Age, medicines, other conditions and the plan."""
    text = blank_form(kb)
    for label, answer in (
        ("Age", "84"),
        ("Medicines", "warfarin"),
        ("Other illnesses, injuries or operations", "epilepsy"),
        ("Planned massage", "deep tissue, neck"),
    ):
        text = text.replace(f"- {label}:", f"- {label}: {answer}")
    found = screen(kb, text, Plan())
    assert {"older-age", "anticoagulant-therapy", "epilepsy"} <= {record.id for record in found.precautions}
    assert (found.plan.regions, found.plan.techniques) == (("neck",), ("deep-tissue",))


def test_answers_given_one_by_one_read_back(kb: KnowledgeBase) -> None:
    """As they do on the form; an empty answer skips a question."""
    given = {"Chest pain (yes or no): ": "y", "Cancer (yes or no): ": "N", "Medicines: ": " warfarin "}
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return f"{given.get(prompt, '')}\n"

    text = ask(kb, answer)
    assert text == "Chest pain: yes\nMedicines: warfarin\nCancer: no"
    assert len(asked) == len(intake(kb))
    assert _screened(kb, text) >= {"chest-pain", "anticoagulant-therapy"}
    assert "cancer" not in _screened(kb, text)


def test_the_form_is_printed_and_asking_needs_a_terminal(run: Run) -> None:
    """Exit 2 where nobody can answer."""
    assert run("screen", "--form").out.startswith("# Intake before a massage")
    assert "needs a terminal" in run("screen", "--ask", code=2).err


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
def test_a_person_is_asked_on_a_terminal(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """The prompts go to standard error, and the answer to standard output."""
    monkeypatch.setattr("massharm.cli.screen._is_asked", lambda: True)
    monkeypatch.setattr("massharm.cli.screen._line", lambda: "no\n")
    answer = run("screen", "gout", "--ask")
    assert "Age: " in answer.err
    assert "Age: " not in answer.out
    assert "“gout”" in answer.out
