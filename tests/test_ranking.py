import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from massharm import KnowledgeBase
from massharm.errors import WrongUse
from massharm.search.ranking import Hit, MatchType, find, suggest
from massharm.text import fold
from tiny import Write, tiny_file

FIRST = {
    "rhabdo": "rhabdomyolysis",
    "rabdo": "rhabdomyolysis",
    "rhabdomyolisis": "rhabdomyolysis",
    "muscle breakdown": "rhabdomyolysis",
    "DVT": "deep-vein-thrombosis",
    "dvt": "deep-vein-thrombosis",
    "PE": "pulmonary-embolism",
    "blood clot in the lung": "pulmonary-embolism",
    "pulmonry embolism": "pulmonary-embolism",
    "haematoma": "haematoma",
    "hematoma": "haematoma",
    "Horner’s": "carotid-artery-dissection",
    "can't lift my wrist": "radial-nerve-injury",
    "blood in urine": "haematuria",
    "hematuria": "haematuria",
    "walking on the back": "renal-artery-embolism",
    "torn neck artery": "carotid-artery-dissection",
    "beauty parlor stroke": "stroke",
    "bruises": "bruising",
    "brusing": "bruising",
    "nerve damge": "nerve-injury",
    "droopy shoulder": "accessory-nerve-injury",
    "miscarriage": "pregnancy-loss",
    "room spinning": "vertigo",
    "lost money": "financial-loss",
    "fell off the table": "fall-from-table",
    "kidney failure": "acute-kidney-injury",
    "migraine": "headache",
    "blood thinners": "bleeding-tendency",
    "torn retina": "retinal-tear",
    "slipped disc in the neck": "cervical-disc-herniation",
    "massage gun cloudy eye": "traumatic-cataract",
    "pain worse for months afterwards": "pain-aggravation",
    "old lady fell off table": "fall-from-table",
    "aksoy": "aksoy-2009",
    "19887226": "aksoy-2009",
    "trigger points": "myth-trigger-points",
    "severity": "severity",
}


@pytest.mark.parametrize(("query", "first"), FIRST.items(), ids=FIRST)
def test_what_people_type_comes_first(kb: KnowledgeBase, query: str, first: str) -> None:
    """Abbreviations, lay words, misspellings and both spellings lead to the record that is meant."""
    assert find(kb, query)[0].record.id == first


@pytest.mark.parametrize(
    "query", ["pizza", "mortgage", "measles vaccine", "tonsillitis", "hypotension", "zz", "a", "qwertyuiop"]
)
def test_the_unrelated_finds_nothing(kb: KnowledgeBase, query: str) -> None:
    """A word that the knowledge base does not hold is not answered with another."""
    assert find(kb, query) == ()


@pytest.mark.parametrize("query", ["", "  ", "---", "’", "\x1b"])
def test_a_query_of_no_letter_is_wrong_use(kb: KnowledgeBase, query: str) -> None:
    """Marks alone cannot be searched for."""
    with pytest.raises(WrongUse, match="no letter and no digit"):
        find(kb, query)


def test_an_unknown_kind_is_wrong_use(tiny: KnowledgeBase) -> None:
    """The error names the kinds there are."""
    with pytest.raises(WrongUse, match="“drug”; it takes harm, mechanism"):
        find(tiny, "thumb", kinds=["drug"])


@pytest.mark.parametrize(
    ("query", "match", "text"),
    [
        ("Blue Thumb", MatchType.EXACT, "Blue thumb"),
        ("blue-thumb", MatchType.EXACT, "Blue thumb"),
        ("bt", MatchType.ALIAS, "BT"),
        ("haematoma of thumb", MatchType.ALIAS, "hematoma of the thumb"),
        ("hemat", MatchType.PREFIX, "hematoma of the thumb"),
        ("thumb blue", MatchType.PREFIX, "Blue thumb"),
        ("blue thmb", MatchType.FUZZY, "Blue thumb"),
        ("turns rubbing", MatchType.TEXT, "A thumb turns blue [in German: blau] after rubbing."),
    ],
)
def test_a_hit_says_what_matched_and_how(tiny: KnowledgeBase, query: str, match: MatchType, text: str) -> None:
    """No hit is silent about why it is one."""
    hit = find(tiny, query)[0]
    assert (hit.record.id, hit.match, hit.text) == ("blue-thumb", match, text)


def test_names_in_any_script_are_found(write: Write) -> None:
    """A translated alias answers to its words, also misspelt; a word of no alias finds nothing and is no wrong use."""
    file = tiny_file()
    file["harms"][0]["aliases"] += [{"text": "脑卒中", "kind": "exact"}, {"text": "инсульт", "kind": "exact"}]
    kb = KnowledgeBase.load(write(file))
    for query in ("脑卒中", "Инсульт", "инсулт"):
        assert [hit.record.id for hit in find(kb, query)] == ["blue-thumb"], query
    assert find(kb, "寿司") == ()


def test_kind_and_limit_narrow(kb: KnowledgeBase) -> None:
    """Only the kind asked for is searched, and no more hits are given than asked for."""
    assert {hit.record.kind for hit in find(kb, "stroke", kinds=["citation"])} == {"citation"}
    assert len(find(kb, "stroke", limit=2)) == 2


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_wrong_use(tiny: KnowledgeBase, limit: int) -> None:
    """No hit is dropped in silence."""
    with pytest.raises(WrongUse, match=f"a limit of {limit} hits finds nothing; it takes 1 or more"):
        find(tiny, "thumb", limit=limit)


def test_a_name_that_shares_no_word_is_no_hit(kb: KnowledgeBase) -> None:
    """A query of common words alone finds names with them, and none besides."""
    hits = [hit for hit in find(kb, "20 weeks", limit=None) if hit.match is not MatchType.TEXT]
    assert hits
    assert all({"20", "week", "weeks"} & set(fold(hit.text).split()) for hit in hits)


def test_short_words_and_opposites_are_not_guessed(write: Write) -> None:
    """Three letters are taken as typed; hyper is never read for hypo."""
    file = tiny_file()
    file["harms"][0]["name"] = "Hypertension"
    file["harms"][2]["name"] = "Gas"
    kb = KnowledgeBase.load(write(file))
    assert find(kb, "hypotension") == ()
    assert find(kb, "gaz") == ()
    assert find(kb, "hypertensoin")[0].match is MatchType.FUZZY


def test_suggestions_come_from_names(kb: KnowledgeBase) -> None:
    """A near miss is offered what looks like it; a far one is offered nothing."""
    assert "Pulmonary embolism" in suggest(kb, "pulmunari embulisms")
    assert suggest(kb, "xylophone concerto") == ()
    assert suggest(kb, "abc") == ()


@pytest.mark.no_cover  # thousands of searches: what they run is covered by the others
def test_every_name_comes_first(kb: KnowledgeBase) -> None:
    """The name of a record leads to it, or to the harm of the same name."""
    for record in kb:
        first = find(kb, record.name, limit=1)[0]
        best = [first] if first.record is record else find(kb, record.name, limit=None)
        assert record in [hit.record for hit in best if hit.score >= 95], record.id
        assert record.kind != "harm" or fold(first.record.name) == fold(record.name), record.id


@pytest.mark.no_cover  # thousands of searches: what they run is covered by the others
def test_every_alias_finds_its_harm(kb: KnowledgeBase) -> None:
    """An alias of a harm brings it among the first three."""
    for harm in kb.file.harms:
        for alias in harm.aliases:
            # The first of one hit is the first of three, and found sooner.
            found = find(kb, alias.text, limit=1)[0].record is harm
            assert found or harm in [hit.record for hit in find(kb, alias.text, limit=3)], alias.text


def test_a_slip_in_a_long_word_still_finds_the_harm(kb: KnowledgeBase) -> None:
    """One letter lost, added, changed or swapped after the first, in a word of eight or more, is corrected."""
    rng = random.Random(3)  # noqa: S311 - not for secrets
    for harm in kb.file.harms:
        for word in {word for word in fold(harm.name).split() if len(word) > 7 and word.isalpha()}:
            query = fold(harm.name).replace(word, _slip(word, rng))
            assert harm in [hit.record for hit in find(kb, query)], query


def test_order_does_not_follow_the_file(kb: KnowledgeBase) -> None:
    """Records shuffled in the file give the same hits in the same order."""
    file = kb.file
    shuffled = list(file.harms)
    random.Random(7).shuffle(shuffled)  # noqa: S311 - not for secrets
    other = KnowledgeBase(
        type(file)(**{name: getattr(file, name) for name in file.__struct_fields__} | {"harms": tuple(shuffled)})
    )
    for query in ("clot", "neck", "nerve", "pain", "blood"):
        assert [hit.record.id for hit in find(kb, query)] == [hit.record.id for hit in find(other, query)]


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(kb: KnowledgeBase, text: str) -> None:
    """Whatever is typed, there is an answer or a plain refusal."""
    try:
        hits = find(kb, text)
    except WrongUse:
        assert not fold(text)
    else:
        assert all(0 < hit.score <= 100 for hit in hits)


def test_only_a_hit_by_name_is_called_fuzzy(kb: KnowledgeBase) -> None:
    """Where a misspelt word is found in a passage, the passage itself is shown: it is not what was typed."""
    hits = find(kb, "artery torn by a percussoin massager")
    assert hits
    assert all(
        fold(hit.text) in {fold(name) for name in _names_of(hit)} for hit in hits if hit.match is MatchType.FUZZY
    )


def test_words_that_only_join_find_no_passage(kb: KnowledgeBase) -> None:
    """`should` is no shoulder: such words stand everywhere and tell nothing."""
    assert all(hit.match is not MatchType.TEXT for hit in find(kb, "who should not get a massage"))


def test_a_query_that_holds_too_little_of_the_subject_is_refused(kb: KnowledgeBase) -> None:
    """One word in common is no answer to a question about something else."""
    assert find(kb, "which football club plays in the neck of the woods on sunday") == ()
    assert find(kb, "how do I bake sourdough bread without yeast") == ()


def test_a_fuzzy_hit_says_which_word_was_read_as_which(kb: KnowledgeBase) -> None:
    """The words that were taken for others are told, also where a passage answers."""
    assert ("fracsher", "fracture") in [(taken.typed, taken.word) for taken in find(kb, "neck fracsher")[0].corrections]
    assert find(kb, "fracture")[0].corrections == ()


def test_a_word_of_the_same_meaning_is_owned_up_to(kb: KnowledgeBase) -> None:
    """Who asks for a hepatic tear finds that of the liver, and is told which word was read."""
    hit = next(hit for hit in find(kb, "hepatic tear") if "liver" in hit.text.lower())
    assert [(taken.typed, taken.word) for taken in hit.corrections] == [("hepatic", "liver")]


def test_two_words_that_are_one_are_joined(kb: KnowledgeBase) -> None:
    """A word parted by a blank is found, as it is spelt or as it is heard."""
    assert find(kb, "thy royd storm")[0].record.id == "thyrotoxicosis"


def test_a_name_among_other_words_is_found(kb: KnowledgeBase) -> None:
    """A sentence that holds the whole name of a precaution leads to it, though the rest stands nowhere in it."""
    assert "long-term-corticosteroids" in [
        hit.record.id for hit in find(kb, "takes prednisone against asthma daily", limit=3)
    ]


@pytest.mark.parametrize("query", ["aksoy 2009", "19887226", "10.1016/j.jdent.2009.01.001"])
def test_a_citation_points_to_its_harm(kb: KnowledgeBase, query: str) -> None:
    """Who looks for a paper sees what it reports on."""
    first, *others = find(kb, query, limit=None) or (None,)
    if first is None:
        pytest.skip("no such citation")
    assert first.record.kind == "citation"
    assert {hit.record.id for hit in others} >= {harm.id for harm in kb.harms_of(first.record)}  # type: ignore[arg-type]


def _names_of(hit: Hit) -> list[str]:
    return [hit.record.name, hit.record.id, *(alias.text for alias in getattr(hit.record, "aliases", ()))]


def _slip(word: str, rng: random.Random) -> str:
    place, letter = rng.randrange(1, len(word) - 1), rng.choice("abcdefghijklmnopqrstuvwxyz")
    before, here, following = word[:place], word[place], word[place + 1 :]
    swapped = before + following[0] + here + following[1:]
    return rng.choice((before + following, before + letter + here + following, before + letter + following, swapped))
