"""Denials: which of the concepts named among words a negation denies."""

import pytest

from massharm.clinical.context import Scope, denials
from massharm.clinical.triggers import FILLERS, INABILITY, NEGATION_TRIGGERS, PSEUDO_TRIGGERS, TERMINATORS


def _marked(text: str) -> tuple[tuple[str, ...], dict[str, list[int]]]:
    """Return the words of a text, and the places of each concept in it: one or more words in braces."""
    words: list[str] = []
    concepts: dict[str, list[int]] = {}
    for number, part in enumerate(text.replace("}", "{").split("{")):
        places = range(len(words), len(words) + len(part.split()))
        words += part.split()
        if number % 2:
            concepts[part] = [*places]
    return tuple(words), concepts


def _denied(text: str) -> set[str]:
    words, concepts = _marked(text)
    found = denials(words, [*concepts.values()])
    return {name for name, places in concepts.items() if any(scope.holds(places) for scope in found)}


@pytest.mark.parametrize("trigger", sorted(NEGATION_TRIGGERS - {"nor"}))
def test_each_trigger_denies_what_follows(trigger: str) -> None:
    """Also after fillers, also where words stand before it; nothing before it is denied."""
    assert _denied(f"{trigger} {{clots}}") == {"clots"}
    assert _denied(f"she has {{gout}} {trigger} history of {{clots}}") == {"clots"}


@pytest.mark.parametrize("word", sorted(PSEUDO_TRIGGERS))
def test_a_doubt_or_a_lost_function_is_no_denial(word: str) -> None:
    """A pseudo-trigger counts directly after the trigger only."""
    assert _denied(f"not {word} {{clots}}") == set()
    assert _denied(f"no {{clots}} {word}") == {"clots"}


@pytest.mark.parametrize("word", sorted(FILLERS - INABILITY))
def test_a_denial_reaches_over_fillers(word: str) -> None:
    """Fillers stand between a trigger and the concept."""
    assert _denied(f"not {word} {{clots}}") == {"clots"}


@pytest.mark.parametrize("word", sorted(TERMINATORS))
def test_a_denial_ends_at_a_terminator(word: str) -> None:
    """What is joined by a terminator is not denied, even where both make one concept."""
    assert _denied(f"no {{cancer}} {word} {{clots}}") == {"cancer"}
    words = ("no", "cancer", word, "clots")
    found = denials(words, [[1, 3], [1], [3]])
    assert [any(scope.holds(places) for scope in found) for places in ([1, 3], [1], [3])] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        # Lists.
        ("no {clots} or {stroke}", {"clots", "stroke"}),
        ("no {clots} or any history of {stroke} or {cancer}", {"clots", "stroke", "cancer"}),
        ("neither {clots} nor {stroke}", {"clots", "stroke"}),
        ("no gout or {stroke}", {"stroke"}),
        ("no {clots} {stroke}", {"clots"}),
        ("no {clots} and no {stroke}", {"clots", "stroke"}),
        ("no {clots} takes {warfarin}", {"clots"}),
        ("no clots or no {stroke}", {"stroke"}),
        ("no gout not {stroke}", set()),
        ("no or gout {stroke}", set()),
        ("no gout nor {stroke}", {"stroke"}),
        ("no gout {stroke} or {clots}", set()),
        ("{gout} or no {stroke}", {"stroke"}),
        # Other words end the scope.
        ("no change in her {osteoporosis}", set()),
        ("nothing but {osteoporosis}", set()),
        ("no problems apart from {osteoporosis}", set()),
        ("no pain since {surgery}", set()),
        ("no longer takes {warfarin}", set()),
        ("cannot rule out {clots}", set()),
        ("not well after {surgery}", set()),
        # Double negations.
        ("not without {clots}", set()),
        ("does not deny {clots}", set()),
        ("denies no {clots}", set()),
        # Never like this.
        ("never had a {headache} like this", set()),
        ("never had a {headache}", {"headache"}),
        ("like her mother she never had a {headache}", {"headache"}),
        ("not had a {headache} like this", set()),
        ("not had a {headache} as bad as this", set()),
        ("not had a {headache} for years", {"headache"}),
        # Free of, ruled out.
        ("free of {cancer}", {"cancer"}),
        ("free from {cancer}", {"cancer"}),
        ("free {cancer}", set()),
        ("free {cancer} {clots}", set()),
        ("kind of {cancer}", set()),
        ("not free of {cancer}", set()),
        ("not yet quite free of {cancer}", set()),
        ("no pain for years free of {cancer}", {"cancer"}),
        ("not for years free of {cancer}", set()),
        ("{clots} ruled out", {"clots"}),
        ("{clots} was ruled out", {"clots"}),
        ("{clots} ruled out in May", {"clots"}),
        ("{stroke} while {clots} was ruled out", {"clots"}),
        ("{clots} has now been ruled out", {"clots"}),
        ("{stroke} or {clots} was ruled out", {"stroke", "clots"}),
        ("{stroke} {clots} was ruled out", {"clots"}),
        ("{clots} not ruled out", set()),
        ("{clots} to be ruled out", set()),
        ("{clots} ruled", set()),
        ("ruled out {clots}", {"clots"}),
        # A trigger within a concept.
        ("{bone has not healed}", set()),
        ("{not healed} {fracture}", set()),
        ("no {bone has not healed}", {"bone has not healed"}),
        ("not {no energy}", set()),
        # At the ends.
        ("{clots} no", set()),
        ("{clots} free of", set()),
        ("no", set()),
        ("", set()),
    ],
)
def test_scope_of_a_denial(text: str, denied: set[str]) -> None:
    """A trigger denies the concept that it reaches, and the further members of a list."""
    assert _denied(text) == denied


def test_overlapping_concepts_are_denied_together() -> None:
    """Of "no blood clot" both the blood clot and the clot are denied; what begins later and goes on is not."""
    words = ("no", "blood", "clot", "medicine")
    (found,) = denials(words, [[1, 2], [2], [2, 3]])
    assert found == Scope(start=0, concept=1, end=3)
    denied = [places for places in ([1, 2], [2], [1], [2, 3], [3], [0], [0, 2]) if found.holds(places)]
    assert denied == [[1, 2], [2], [1]]
    (found,) = denials(("blood", "clot", "ruled", "out"), [[1], [0, 1], [1]])
    assert found == Scope(start=0, concept=0, end=4)


def test_a_denial_ends_before_the_second_of_two_things_that_are_one_name_too() -> None:
    """Of "no rash cannot breathe" the rash is denied, and the rash with trouble breathing, and not the trouble."""
    (found,) = denials(("no", "rash", "cannot", "breathe"), [[1], [2, 3], [1, 2, 3]])
    assert found == Scope(start=0, concept=1, end=2)
    assert [places for places in ([1], [2, 3], [1, 2, 3]) if found.holds(places)] == [[1], [1, 2, 3]]


def test_a_concept_that_holds_its_own_trigger_denies_no_other() -> None:
    """Of "no energy" neither this nor the energy is denied."""
    assert denials(("no", "energy"), [[0, 1], [1]]) == ()


def test_scope_covers_the_trigger_the_fillers_and_the_concept() -> None:
    """A scope says which words it used up; each member of a list has its own."""
    words, concepts = _marked("woman with no history of {blood clot} or any {stroke} since")
    assert denials(words, [*concepts.values()]) == (Scope(2, 5, 7), Scope(7, 9, 10))
    words, concepts = _marked("she had {gout} or {clots} which was ruled out")
    assert denials(words, [*concepts.values()]) == ()
    words, concepts = _marked("she had {gout} or {blood clot} was ruled out")
    assert denials(words, [*concepts.values()]) == (Scope(4, 4, 9), Scope(2, 2, 4))


def test_a_scope_around_a_trigger_holds_what_has_words_on_both_sides() -> None:
    """A concept that begins or ends with the trigger is not reached."""
    scope = Scope(0, 0, 4, around=2)
    assert [scope.holds(places) for places in ([1, 3], [2, 3], [1, 2], [3, 4])] == [True, False, False, False]
