"""The records, regions and techniques that words name."""

import pytest

from clinic import clinic, harm, medicine, precaution, sign
from massharm import KnowledgeBase
from massharm.clinical.concepts import Mention, age_mentions, combined_conditions, mentions, phrase_of, plan_words
from massharm.clinical.contractions import contracted
from massharm.clinical.segments import segments
from massharm.kb.vocabulary import Region, Technique
from massharm.search.analysis import analyse
from massharm.search.query import Term
from massharm.search.ranking import MatchType


@pytest.fixture(scope="module")
def clinic_kb() -> KnowledgeBase:
    """Return the knowledge base of the clinical tests."""
    return clinic()


def _mentions(kb: KnowledgeBase, text: str) -> tuple[Mention, ...]:
    return mentions(kb, phrase_of(kb, analyse(contracted(text))))  # as a segment has it


def _found(kb: KnowledgeBase, text: str) -> set[tuple[str, str]]:
    """Return the ids of the records that a text mentions, each with the name that matched."""
    return {(mention.record.id, mention.text) for mention in _mentions(kb, text)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Words of content, in any form and order, near each other.
        ("warfarin", {("warfarin", "Warfarin")}),
        ("takes Xarelto daily", {("warfarin", "Xarelto")}),
        ("bones are brittle", {("osteoporosis", "brittle bones")}),
        ("brittle nails hair teeth bones", set()),
        ("brittle nails hair bones", {("osteoporosis", "brittle bones")}),
        ("brittle", set()),
        ("tumours", {("cancer", "tumour")}),
        ("pregnancies", {("pregnancy", "Pregnancy")}),
        ("breast", set()),
        # The very words.
        ("she is weeks pregnant", {("pregnancy", "weeks pregnant")}),
        ("weeks and pregnant", {("pregnancy", "pregnant")}),
        ("her baby", {("newborn", "my baby")}),
        ("the bone has not healed yet", {("open-fracture", "bone has not healed")}),
        ("the bone has healed", set()),
        ("something is not right", {("unwell", "something is not right")}),
        ("something is not the right", {("unwell", "something is not right")}),
        ("something is right", set()),
        ("she is not right", {("unwell", "not right")}),
        # An abbreviation that is a common word.
        ("AS", {("stiff-spine", "AS")}),
        ("as", {("stiff-spine", "AS")}),
        ("as before", set()),
        ("POP since May", {("stiff-spine", "POP")}),
        ("a pop in the neck", set()),
        ("dvt", {("known-clot", "DVT")}),
        # All words of a harm, but the massage.
        ("clot in lung", {("embolism", "clot in the lung")}),
        ("clots in lung", set()),
        ("bone broken", {("fracture", "broken bone after massage")}),
        ("not peeing", {("kidney-injury", "not peeing after massage")}),
        ("peeing", set()),
        # Other scripts.
        ("脑卒中", {("stroke", "脑卒中")}),
        ("卒中", set()),
        ("???", set()),
        ("", set()),
    ],
)
def test_names_that_stand_in_a_phrase(clinic_kb: KnowledgeBase, text: str, found: set[tuple[str, str]]) -> None:
    """A name is found by its rule, and a part of a name names nothing."""
    assert _found(clinic_kb, text) == found


@pytest.mark.parametrize(
    ("text", "typed", "match", "name"),
    [
        ("Warfarin", "warfarin", MatchType.EXACT, "Warfarin"),
        ("the blood thinners daily", "blood thinners", MatchType.ALIAS, "blood thinner"),
        ("weeks pregnant xylophone", "weeks pregnant", MatchType.ALIAS, "weeks pregnant"),
        ("xylophone weeks pregnant", "weeks pregnant", MatchType.ALIAS, "weeks pregnant"),
        ("bones, now brittle", "bones brittle", MatchType.ALIAS, "brittle bones"),
        ("bones very thin or brittle", "bones thin brittle", MatchType.ALIAS, "brittle bones"),
        ("bone has not healed", "bone healed", MatchType.ALIAS, "bone has not healed"),
        ("something is not right", "something isnt right", MatchType.ALIAS, "something is not right"),
    ],
)
def test_a_mention_says_what_matched(
    clinic_kb: KnowledgeBase, text: str, typed: str, match: MatchType, name: str
) -> None:
    """The words as they were typed, how they match, and the name."""
    (mention,) = _mentions(clinic_kb, text)
    assert (mention.typed, mention.match, mention.text, mention.corrections) == (typed, match, name, ())


def test_a_misspelt_name_is_corrected(clinic_kb: KnowledgeBase) -> None:
    """The mention says which word was read as which; words typed right are none of them."""
    (mention,) = _mentions(clinic_kb, "brittel bones")
    assert (mention.record.id, mention.match, mention.typed) == ("osteoporosis", MatchType.FUZZY, "brittel bones")
    assert [(change.typed, change.word) for change in mention.corrections] == [("brittel", "brittle")]
    (mention,) = _mentions(clinic_kb, "war farin")
    assert (mention.record.id, sorted(mention.places)) == ("warfarin", [0, 1])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("has a blood clot", {2, 3}),
        ("a clot of the blood", {1, 4}),
        ("the bone has not healed", {1, 2, 3}),
        ("my baby", {1}),
        ("something is not right", {0, 1, 2}),
        ("has not been peeing", {0, 2}),
        ("not peeing", {0, 1}),
        ("not well and not peeing", {3, 4}),
        ("not well when peeing", {3}),
        ("peeing not", {0}),
    ],
)
def test_a_mention_has_the_places_of_its_words(clinic_kb: KnowledgeBase, text: str, places: set[int]) -> None:
    """They are those of its words of content, and of its own negation before them."""
    (mention,) = _mentions(clinic_kb, text)
    assert mention.places == places


def test_each_name_of_a_record_counts_once_where_it_stands(clinic_kb: KnowledgeBase) -> None:
    """Names that do not overlap are all mentioned; of those that do, the longest."""
    found = _mentions(clinic_kb, "breast cancer and a tumour and cancer")
    assert [(mention.text, sorted(mention.places)) for mention in found] == [
        ("breast cancer", [0, 1]),
        ("tumour", [4]),
        ("Cancer", [6]),
    ]


def test_words_far_apart_are_paired_with_the_closest(clinic_kb: KnowledgeBase) -> None:
    """The first of two equal words need not be the one that is meant."""
    (mention,) = _mentions(clinic_kb, "high blood pressure tablets and a clot of blood")
    assert (mention.text, sorted(mention.places)) == ("blood clot", [6, 8])


def test_related_words_count_only_outside_other_names() -> None:
    """A word that leads to a record is no mention of it where it is part of what another is called."""
    kb = clinic(precautions=[precaution("Plaster", "leg cast"), precaution("Broken limb", "cast/related")])
    assert _found(kb, "leg cast") == {("plaster", "leg cast")}
    assert _found(kb, "a cast") == {("broken-limb", "cast")}
    assert _found(kb, "arm in a cast, no leg cast") == {("plaster", "leg cast"), ("broken-limb", "cast")}
    kb = clinic(precautions=[precaution("Plaster", "cast"), precaution("Broken limb", "cast/related")])
    assert _found(kb, "cast") == {("plaster", "cast"), ("broken-limb", "cast")}


@pytest.mark.parametrize(
    ("other", "text", "name"),
    [
        ("clot blood; blood clot; clot of blood", "blood clot", "blood clot"),
        ("clot blood; clot of blood", "a clot of blood", "clot of blood"),
        ("brittle bones; bone thinning", "brittel bones thinning", "bone thinning"),
        ("odd-spot; odd spot", "odd spot", "Odd spot"),
        ("clot; blood clot", "blood clot", "blood clot"),
    ],
)
def test_the_longest_and_most_literal_name_is_mentioned(other: str, text: str, name: str) -> None:
    """Of names at the same words: the most words, word for word, as typed, a name rather than an id."""
    kb = clinic(precautions=[precaution("Odd spot", other)])
    assert _found(kb, text) == {("odd-spot", name)}


def test_literal_related_words_count_only_outside_other_names() -> None:
    """As words in any order do."""
    kb = clinic(precautions=[precaution("Plaster", "leg cast"), precaution("Broken limb", "my cast/related")])
    assert _found(kb, "leg in my cast") == {("plaster", "leg cast")}
    assert _found(kb, "my cast") == {("broken-limb", "my cast")}


def test_names_of_a_letter_or_of_determiners() -> None:
    """A letter is found; words that a literal comparison passes over are no name."""
    kb = clinic(precautions=[precaution("Potassium", "K/abbreviation"), precaution("Odd", "the my; my")])
    assert _found(kb, "low k") == {("potassium", "K")}
    assert _found(kb, "the my the my") == _found(kb, "my") == set()


def test_signs_and_medicines_are_mentioned() -> None:
    """By name, brand, abbreviation or lay alias, like conditions; a common word that is an abbreviation in capitals."""
    kb = clinic(
        medicines=[medicine("Clot breakers", "clotase; Clotex/brand; POP/abbreviation")],
        signs=[sign("purple spots", "soon", "skin of plums")],
        precautions=[],
    )
    assert _found(kb, "takes clotase and Clotex") == {("clot-breakers", "clotase"), ("clot-breakers", "Clotex")}
    assert _found(kb, "a clot breaker") == {("clot-breakers", "Clot breakers")}
    assert _found(kb, "POP twice daily") == {("clot-breakers", "POP")}
    assert _found(kb, "a pop twice daily") == set()
    assert _found(kb, "spots that are purple") == {("purple-spots", "purple spots")}
    assert _found(kb, "a skin like plums") == {("purple-spots", "skin of plums")}
    assert _found(kb, "spots") == _found(kb, "breakers") == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("new purple spots", True),
        ("purple spots, quite new", True),
        ("purple spots", False),
        ("purple spots of old", False),
        ("spots of plum", True),
    ],
)
def test_a_sign_whose_name_says_new_asks_for_the_word(text: str, *, found: bool) -> None:
    """In its name and in an id that leaves it out, but not in an alias without it; conditions do not ask for it."""
    made = sign("new purple spots", "soon", "plum spots") | {"id": "purple-spots"}
    kb = clinic(signs=[made], precautions=[precaution("new blue toes")])
    assert bool(_found(kb, text)) is found
    assert _found(kb, "blue toes") == {("new-blue-toes", "new blue toes")}


def test_harms_come_first(clinic_kb: KnowledgeBase) -> None:
    """Mentions stand in the order of the records."""
    assert [mention.record.id for mention in _mentions(clinic_kb, "tumour stroke bruise")] == [
        "bruise",
        "cancer",
        "stroke",
    ]


def test_two_conditions_apart_are_combined(clinic_kb: KnowledgeBase) -> None:
    """A name of two conditions is found though they stand far apart, and each record once."""
    text = "clot years ago, last summer again treated, lung cancers"
    (mention,) = combined_conditions(clinic_kb, _told(clinic_kb, text))
    assert (mention.record.id, mention.typed, mention.text) == (
        "clot-with-cancer",
        "clot … cancers",
        "Clot with cancer",
    )
    assert combined_conditions(clinic_kb, _told(clinic_kb, "clot years ago")) == ()
    assert combined_conditions(clinic_kb, ()) == ()


def _told(kb: KnowledgeBase, text: str, words: str = "") -> list[tuple[Term, list[str]]]:
    return [(term, words.split()) for term in phrase_of(kb, analyse(text)).terms]


def _combined(kb: KnowledgeBase, text: str, words: str = "") -> set[str]:
    return {mention.record.id for mention in combined_conditions(kb, _told(kb, text, words))}


def test_a_tumour_is_no_form_of_the_word_before_its_ending() -> None:
    """Lymph nodes are no lymphoma."""
    kb = clinic(precautions=[precaution("Lymphoma"), precaution("Nodes", "lymph nodes removed")])
    assert _found(kb, "lymph nodes removed") == {("nodes", "lymph nodes removed")}
    assert _found(kb, "lymphomas") == {("lymphoma", "Lymphoma")}


def test_a_sign_of_two_things_is_combined() -> None:
    """Where each thing stands; a sign in which something is missing is not put together without the missing."""
    kb = clinic(
        signs=[
            sign("swollen ankles and breathless", "soon"),
            sign("rash, fever", "soon"),
            sign("twitching and no urine", "soon"),
            sign("purple itchy skin", "soon"),
            sign("new rash with hair loss", "soon"),
        ],
    )
    assert _combined(kb, "ankles of late swollen, often breathless") == {"swollen-ankles-and-breathless"}
    assert _combined(kb, "fever since May and a rash") == {"rash-fever"}
    assert _combined(kb, "twitching and much urine") == set()
    assert _combined(kb, "purple skin and itchy") == set()
    assert _combined(kb, "rash and loss of hair", "a new rash") == {"new-rash-with-hair-loss"}
    assert _combined(kb, "rash and loss of hair", "a rash") == set()


@pytest.mark.parametrize(
    ("text", "typed", "name"),
    [
        ("65 years old", "age 65", "over 65"),
        ("79 years old", "age 79", "over 65"),
        ("80 years old", "age 80", "over 80"),
        ("104 years old", "age 104", "over 80"),
        ("6 weeks old", "6 weeks old", "infant"),
    ],
)
def test_an_age_names_the_highest_step_reached(clinic_kb: KnowledgeBase, text: str, typed: str, name: str) -> None:
    """The data has the ages; an infant is called so."""
    (part,) = segments(text)
    assert [(found.typed, found.text) for found in age_mentions(clinic_kb, part)] == [(typed, name)]


def test_an_age_without_a_precaution_names_nothing(clinic_kb: KnowledgeBase) -> None:
    """Below the lowest step, or where the data has no ages."""
    (part,) = segments("64 years old")
    assert age_mentions(clinic_kb, part) == ()
    (part,) = segments("94 years old")
    assert age_mentions(clinic(precautions=[precaution("Cancer")]), part) == ()


@pytest.mark.parametrize(
    ("text", "regions", "techniques", "rest"),
    [
        ("neck", {Region.NECK}, set(), []),
        ("calves and thighs", {Region.LEG}, set(), []),
        ("tummy", {Region.ABDOMEN}, set(), []),
        ("whole body", {Region.WHOLE_BODY}, set(), []),
        ("body", set(), set(), ["body"]),
        ("deep tissue on shoulders", {Region.SHOULDER}, {Technique.DEEP_TISSUE}, []),
        ("deep", set(), set(), ["deep"]),
        ("tissue of the neck", {Region.NECK}, set(), ["tissue"]),
        ("walking on back", {Region.BACK}, {Technique.WALKING}, []),
        ("warm oil, xylophone", set(), {Technique.OIL}, ["warm", "xylophone"]),
        ("good week", set(), set(), []),
        ("", set(), set(), []),
    ],
)
def test_plan_words(kb: KnowledgeBase, text: str, regions: set[str], techniques: set[str], rest: list[str]) -> None:
    """Regions by their words or everyday ones, techniques by all their words; common words are no rest."""
    found = plan_words(phrase_of(kb, analyse(text)).terms)
    assert (set(found[0]), set(found[1]), [term.typed for term in found[2]]) == (regions, techniques, rest)


def test_a_misspelt_region_is_read() -> None:
    """As the nearest word of the names of records."""
    kb = clinic(harms=[harm("Shoulder ache")], cases=[])
    assert plan_words(phrase_of(kb, analyse("sholder")).terms) == ((Region.SHOULDER,), (), ())


@pytest.mark.parametrize("region", Region)
def test_every_region_is_read_by_its_own_word(kb: KnowledgeBase, region: Region) -> None:
    """Each word of the vocabulary is a plan."""
    assert region in plan_words(phrase_of(kb, analyse(region)).terms)[0]


@pytest.mark.parametrize("technique", Technique)
def test_every_technique_is_read_by_its_own_words(kb: KnowledgeBase, technique: Technique) -> None:
    """Each word of the vocabulary is a plan."""
    assert technique in plan_words(phrase_of(kb, analyse(technique)).terms)[1]
