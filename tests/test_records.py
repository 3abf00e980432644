from typing import get_args

import msgspec
import pytest

from massharm import KnowledgeBase
from massharm.kb.parts import Cited
from massharm.kb.records import (
    ANY,
    KINDS,
    MODELS,
    Case,
    Citation,
    File,
    Harm,
    Record,
    cited_numbers,
    sort_key,
    statements,
    strings,
)
from massharm.kb.vocabulary import Study
from tiny import Write, cited, harm, heavy, said, sign, tiny_file


def test_kinds_follow_from_the_classes_of_records() -> None:
    """Each class of record says its kind and plural, in the order of the list of classes; a file has a field a kind."""
    assert list(MODELS.values()) == list(get_args(Record))
    assert list(KINDS) == [
        "harm", "mechanism", "citation", "case", "precaution", "medicine", "sign", "term", "myth", "lesson"
    ]  # fmt: skip
    assert [field for field in File.__struct_fields__ if field in KINDS.values()] == list(KINDS.values())


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_links_are_fields_that_name_kinds(model: type[Record]) -> None:
    """What a class says about its links is true of its fields."""
    for field, kind in model.links.items():
        assert field in model.__struct_fields__
        assert kind in {*KINDS, ANY}


def test_order_of_records(write: Write) -> None:
    """By kind; harms the worst first, then by name whatever its case; citations by number; the rest by name."""
    file = tiny_file()
    file["harms"][2].update(name="apple feeling")
    file["harms"].append(harm(file) | {"id": "azure", "name": "Blue Thumb"})
    cited(file, 1).update(key="z-first")
    kb = KnowledgeBase.load(write(file))
    in_order = [record.id for record in sorted(kb, key=sort_key)]
    assert in_order[:5] == ["broken-ladder", "odd-feeling", "azure", "blue-thumb", "weight"]
    assert in_order[5:8] == ["author-0", "z-first", "author-2"]
    assert [name for name in in_order if name in {"heavy", "ladder", "myth-blue"}] == ["heavy", "ladder", "myth-blue"]


def test_statements_are_all_parts_that_carry_citations(kb: KnowledgeBase) -> None:
    """No part with citations is left out, whichever field it stands in, and none is given twice."""

    def walk(part: object) -> list[object]:
        if isinstance(part, get_args(Cited)):
            return [part]
        if isinstance(part, msgspec.Struct):
            part = msgspec.structs.astuple(part)
        return [found for item in part for found in walk(item)] if isinstance(part, tuple) else []

    for record in kb:
        assert list(statements(record)) == walk(record)


def test_cited_numbers_are_those_of_the_record_itself(write: Write) -> None:
    """Statements, signs, figures, findings and the summary count; the cases of a harm do not."""
    file = tiny_file()
    harm(file).update(onset=[said("At once.", 7, 9)])
    heavy(file)["action"].update(citations=[21])
    heavy(file)["harms"][0].update(citations=[22])
    heavy(file).update(when_past={"days": 7, "citations": [23]})
    sign(file, 1)["instruction"].update(citations=[24])
    kb = KnowledgeBase.load(write(file))
    blue, ladder = (found for found in kb.file.harms if found.id in {"blue-thumb", "broken-ladder"})
    assert cited_numbers(blue) == {1, 2, 4, 7, 9}
    assert cited_numbers(ladder) == {5}
    assert cited_numbers(kb.file.precautions[0]) == {13, 21, 22, 23}
    assert cited_numbers(kb.file.signs[1]) == {11, 24}
    assert cited_numbers(kb.by_number[17]) == {17}


def test_strings_are_all_texts(tiny: KnowledgeBase) -> None:
    """Texts of nested parts are found too; numbers and nothing are none."""
    ladder = tiny["author-5-ladder"]
    assert isinstance(ladder, Case)
    found = list(strings(ladder))
    assert {"author-5-ladder", "Author 2005: a ladder", "A man fell.", "walking-on-back", "Died.", "death"} <= set(
        found
    )
    assert list(strings(tiny["blue-thumb"]))[2:6] == ["hematoma of the thumb", "exact", "BT", "abbreviation"]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"kind_of_study": Study.COMMENTARY, "authors": ("Author A",), "year": 2001}, "Note 7"),
        ({"authors": ("Author A", "Second B"), "year": 2001}, "Author 2001"),
        ({"authors": ("de Author AB",), "year": None}, "de Author"),
        ({"authors": ("Author",), "publisher": "Office", "year": 2001}, "Author 2001"),
        ({"authors": None, "publisher": "Office", "year": 2001}, "Office 2001"),
        ({"authors": (), "publisher": None, "year": None}, "Some Key"),
    ],
)
def test_name_of_a_citation(fields: dict[str, object], name: str) -> None:
    """Author and year, else publisher, else the key stand for the name; a comment is a note of the article."""
    made = {"kind_of_study": Study.CASE_REPORT, **fields}
    assert Citation(number=7, key="some-key", finding="X.", **made).name == name  # type: ignore[arg-type]


def test_a_sign_is_summed_up_by_what_to_do(tiny: KnowledgeBase) -> None:
    """Its own instruction, or the phrase of its urgency."""
    assert [sign.summary for sign in tiny.file.signs] == [
        "See a clinician.", "Call emergency services and do not move."
    ]  # fmt: skip


def test_a_medicine_is_called_by_all_its_names(tiny: KnowledgeBase) -> None:
    """Generic names are exact, brands are everyday words."""
    names = [(name.text, name.kind) for name in tiny.names_of(tiny["weight-gainers"])]
    assert names == [
        ("Weight gainers", None), ("weight-gainers", None), ("crescol", "exact"), ("Growmax", "lay")
    ]  # fmt: skip


def test_every_record_has_a_summary_and_citations(kb: KnowledgeBase) -> None:
    """Records of every kind answer alike; the numbers of a precaution and a myth are those of their parts, in order."""
    for record in kb:
        assert record.summary
        assert isinstance(record.citations, tuple)
    precaution = next(found for found in kb.file.precautions if len(found.why) > 1)
    numbers = {*precaution.action.citations, *(number for part in precaution.advice for number in part.citations)}
    numbers.update(number for part in precaution.why for number in part.citations)
    assert precaution.citations == tuple(sorted(numbers))
    assert (precaution.summary, precaution.level) == (precaution.action.text, precaution.action.level)
    myth = kb.file.myths[0]
    assert myth.citations == tuple(sorted({number for part in myth.evidence for number in part.citations}))


def test_records_are_immutable(tiny: KnowledgeBase) -> None:
    """Nothing that reads a knowledge base can change it."""
    record = tiny["blue-thumb"]
    assert isinstance(record, Harm)
    with pytest.raises(AttributeError):
        record.name = "Red thumb"  # type: ignore[misc]
