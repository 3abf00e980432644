import pytest

from massharm import KnowledgeBase
from massharm.errors import WrongUse
from massharm.search.resolve import offer, resolve
from tiny import Write, tiny_file

TAILS = ("signs", "cases")


@pytest.mark.parametrize(
    ("words", "found", "rest"),
    [
        (["blue-thumb"], "blue-thumb", ()),
        (["Blue", "thumb"], "blue-thumb", ()),
        (["blue", "thumb", "signs", "cases"], "blue-thumb", ("signs", "cases")),
        (["BT"], "blue-thumb", ()),
        (["17"], "author-17", ()),
        (["[17]"], "author-17", ()),
        (["Report 4"], "author-4", ()),
    ],
    ids=str,
)
def test_exact_names_are_taken_without_a_word(
    tiny: KnowledgeBase, words: list[str], found: str, rest: tuple[str, ...]
) -> None:
    """Ids, names, aliases and numbers lead to their record; sections may follow."""
    asked = resolve(tiny, words, TAILS)
    assert asked.record is not None
    assert (asked.record.id, asked.sections, asked.note) == (found, rest, "")


def test_anything_else_is_said(tiny: KnowledgeBase) -> None:
    """A beginning or a misspelling is answered, and labelled."""
    assert resolve(tiny, ["broken"]).note == "you typed “broken”; showing the harm Broken ladder (“Broken ladder”)"
    asked = resolve(tiny, ["blue", "thum", "signs"], TAILS)
    assert asked.sections == ("signs",)
    assert "you typed “blue thum”" in asked.note


def test_a_withdrawn_id_names_its_heir(tiny: KnowledgeBase) -> None:
    """An old id still answers, and says who answers for it."""
    asked = resolve(tiny, ["azure-thumb"])
    assert asked.record is tiny["blue-thumb"]
    assert asked.note == "“azure-thumb” was withdrawn; blue-thumb answers for it"


def test_equal_rivals_are_listed_and_none_is_chosen(write: Write) -> None:
    """Two harms of one name are never decided between."""
    file = tiny_file()
    file["harms"][0]["aliases"].append({"text": "weird", "kind": "lay"})
    kb = KnowledgeBase.load(write(file))
    asked = resolve(kb, ["weird"])
    assert asked.record is None
    assert asked.candidates == ("blue-thumb", "odd-feeling")


def test_a_harm_answers_before_a_term_of_the_same_name(write: Write) -> None:
    """What a clinician asks for is the harm."""
    file = tiny_file()
    file["terms"][0]["name"] = "BT"
    kb = KnowledgeBase.load(write(file))
    assert resolve(kb, ["odd feeling"]).record is kb["odd-feeling"]


def test_nothing_is_nothing(tiny: KnowledgeBase) -> None:
    """An unknown name has no record and no rivals."""
    assert resolve(tiny, ["pizza"]) == (None, (), "", ())


def test_a_word_that_is_no_section_is_named(tiny: KnowledgeBase) -> None:
    """A name followed by a stray word is wrong use, not another record."""
    with pytest.raises(WrongUse, match="no section is called “sings”"):
        resolve(tiny, ["BT", "sings"], TAILS)


def test_offers_are_worded() -> None:
    """An offer without names is no offer."""
    assert offer(()) == ""
    assert offer(("a", "b")) == "; did you mean a, b?"


def test_every_id_answers_for_itself(kb: KnowledgeBase) -> None:
    """No record of the real knowledge base is out of reach."""
    for record in kb:
        assert resolve(kb, [record.id]).record is record
