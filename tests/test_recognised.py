"""Conditions and words that are recognised without advice, and words that carry nothing."""

from clinic import clinic, medicine, precaution
from massharm.clinical.recognised import fillers_of, recognised_in
from massharm.clinical.screening import Plan, screen

KB = clinic(
    recognised=[
        {"name": "Hay fever", "kind": "condition", "aliases": ["allergic nose"]},
        {"name": "Hay fever tablets", "kind": "medicine"},
        {"name": "fever chart", "kind": "word"},
    ],
    fillers=["Client", "has got"],
    precautions=[precaution("Fever", "feverish")],
    medicines=[medicine("Thinners", "bloodex")],
)


def _found(words: str) -> list[tuple[str, list[int]]]:
    return [(record.name, [*places]) for record, places in recognised_in(KB, words.split())]


def test_a_name_stands_word_for_word_and_the_longest_counts() -> None:
    """Of names that overlap the first counts."""
    assert _found("takes hay fever tablets") == [("Hay fever tablets", [1, 2, 3])]
    assert _found("hay fever chart") == [("Hay fever", [0, 1])]
    assert _found("allergic nose and hay fever") == [("Hay fever", [0, 1]), ("Hay fever", [3, 4])]
    assert _found("hay and fever") == []


def test_fillers_are_folded_words() -> None:
    """A filler of two words is two."""
    assert fillers_of(KB) == {"client", "has", "got"}


def test_a_name_inside_a_longer_one_does_not_count() -> None:
    """Hay fever is no fever, and a fever beside it is one."""
    assert screen(KB, "hay fever", Plan()).precautions == ()
    assert [part.name for part in screen(KB, "hay fever", Plan()).recognised] == ["Hay fever"]
    assert [part.id for part in screen(KB, "hay fever, fever", Plan()).precautions] == ["fever"]


def test_what_is_recognised_or_carries_nothing_is_not_unknown() -> None:
    """Other words are."""
    found = screen(KB, "client has got hay fever, client, xylophone", Plan())
    assert [part.typed for part in found.unknown] == ["xylophone"]
    assert found.understood
    assert screen(KB, "no hay fever", Plan()).recognised == ()
