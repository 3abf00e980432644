"""Abbreviations that stand for more than one thing."""

import pytest

from clinic import clinic, precaution
from massharm import KnowledgeBase
from massharm.clinical.ambiguity import Doubtful
from massharm.clinical.screening import Plan, screen
from massharm.exports.clinical import screen_answer
from massharm.pages.plain import plain_screening, render_plain
from massharm.pages.screening import screening_page
from test_clinical_pages import below

KB = clinic(
    precautions=[precaution("Stiff spine", "SS/abbreviation; stiff back"), precaution("Fever")],
    recognised=[{"name": "Many scars", "kind": "condition", "aliases": ["MS", "MS relapse"]}],
    ambiguous=[
        {"text": "SS", "meanings": ["small spleen", "sea sickness"]},
        {"text": "MS", "meanings": ["mitral stenosis"]},
    ],
)
SPINE = Doubtful("SS", "Stiff spine", ("small spleen", "sea sickness"))
SCARS = Doubtful("MS", "Many scars", ("mitral stenosis",))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("SS", [SPINE]),
        ("has SS, fever and ss", [SPINE]),
        ("MS and SS", [SPINE, SCARS]),
        ("pt has ms", [SCARS]),
        ("SS, a stiff back for years", []),
        ("SS (sea sickness)", []),
        ("MS: many scars since 2011", []),
        ("MS relapse", []),
        ("Ms Smith, fever", []),
        ("denies SS", []),
        ("no MS", []),
        ("fever, family history of SS", []),
        ("fever", []),
    ],
)
def test_an_abbreviation_of_several_meanings_is_in_doubt(words: str, expected: list[Doubtful]) -> None:
    """What is spelt out, denied, somebody else's, part of a longer name or a form of address is in no doubt."""
    assert sorted(screen(KB, words, Plan()).ambiguous, key=lambda part: part.text, reverse=True) == expected


def test_what_is_in_doubt_is_screened_all_the_same() -> None:
    """In doubt a condition is present."""
    assert [record.id for record in screen(KB, "SS", Plan()).precautions] == ["stiff-spine"]


def test_pages_and_json_say_what_else_is_meant() -> None:
    """A therapist has to ask which of them the client has."""
    found = screen(KB, "SS", Plan())
    assert below(screening_page(found, KB), "Ask what is meant") == [
        "“SS” – read as Stiff spine, but also: small spleen; sea sickness"
    ]
    plain = render_plain(plain_screening(found, KB))
    assert "Ask what is meant: “SS”: Stiff spine, or small spleen or sea sickness?" in plain.splitlines()
    (part,) = screen_answer(KB, "SS", found).ambiguous
    assert (part.text, part.read_as, part.meanings) == ("SS", "Stiff spine", ("small spleen", "sea sickness"))


def test_the_data_list_abbreviations_that_would_drop_a_precaution(kb: KnowledgeBase) -> None:
    """Mitral stenosis and pre-eclampsia have precautions, and "MS" and "PE" are read as something else."""
    listed = {part.text: part.meanings for part in screen(kb, "MS, PE", Plan()).ambiguous}
    assert listed == {"MS": ("mitral stenosis",), "PE": ("pre-eclampsia",)}
