"""Which record comes first, and why: the bands, what each weight is for, and the limits."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic import clinic
from clinic import harm as harm_of
from massharm import KnowledgeBase
from massharm.errors import WrongUse
from massharm.kb.vocabulary import AliasKind
from massharm.search import ranking
from massharm.search.ranking import NAME, PARTIAL_NAME, TEXT, Hit, MatchType, find
from massharm.search.suggestions import suggest
from massharm.text import fold
from tiny import Write, tiny_file

Terms = Callable[..., KnowledgeBase]


@pytest.fixture
def terms(write: Write) -> Terms:
    """Make a knowledge base of the tiny one and terms, each given by its fields or its name; ids are a, b, c."""

    def made(*fields: dict[str, Any] | str, harms: dict[int, dict[str, Any]] | None = None) -> KnowledgeBase:
        file = tiny_file()
        for place, changes in (harms or {}).items():
            file["harms"][place].update(changes)
        for place, own in enumerate(fields):
            given_fields = {"name": own} if isinstance(own, str) else own
            id_ = "abcdefgh"[place]
            file["terms"].append(
                {"id": f"term-{id_}", "name": f"Nothing {place}", "definition": "Nothing.", "citations": [1]}
                | given_fields
            )
        return KnowledgeBase.load(write(file))

    return made


def order(kb: KnowledgeBase, query: str, **options: Any) -> list[str]:
    """Return the last letters of the ids of the terms that answer, best first."""
    return [hit.record.id[5:] for hit in find(kb, query, limit=None, **options) if hit.record.id.startswith("term-")]


def hit(kb: KnowledgeBase, query: str, record: str) -> Hit:
    """Return the hit of a record, which must be one."""
    return next(hit for hit in find(kb, query, limit=None) if hit.record.id == record)


def alias(text: str, kind: str = "exact") -> dict[str, Any]:
    """Return the fields of a record with one alias."""
    return {"aliases": [{"text": text, "kind": kind}]}


# Names


def test_a_name_goes_before_an_alias_and_an_alias_before_words_that_only_lead(terms: Terms) -> None:
    """What a record is called by itself counts most; each in the highest band."""
    kb = terms(alias("grey knee", "related"), alias("grey knee"), "Grey knee")
    assert order(kb, "grey knee") == ["c", "b", "a"]
    scores = [hit(kb, "grey knee", f"term-{letter}").score for letter in "cba"]
    assert scores == sorted(set(scores), reverse=True)
    assert PARTIAL_NAME < min(scores) <= max(scores) <= NAME


def test_a_related_alias_costs_in_every_kind_of_match(terms: Terms) -> None:
    """The beginning, the words and a part of one score less than those of another alias."""
    kb = terms(alias("grey knee joint", "related"), alias("grey knee joint"))
    for query in ("grey kn", "knee grey joint", "joint grey", "my grey knee joint hurts badly every dinner"):
        assert order(kb, query) == ["b", "a"], query
        assert hit(kb, query, "term-b").score > hit(kb, query, "term-a").score, query


def test_the_same_name_is_exact_whatever_its_marks(terms: Terms) -> None:
    """Case, accents and hyphens make no difference; an id is a name."""
    kb = terms("Gréy-Knee")
    assert hit(kb, "grey knee", "term-a").match is MatchType.EXACT
    assert hit(kb, "TERM A", "term-a").match is MatchType.EXACT


def test_the_more_of_a_name_is_typed_the_better(terms: Terms) -> None:
    """Of two names that begin with the query the shorter comes first, and both stand in the middle band."""
    kb = terms("Greyish apple of the ladder", "Greyish knee")
    assert order(kb, "greyish") == ["b", "a"]
    assert hit(kb, "greyish", "term-b").score < hit(kb, "greyish kn", "term-b").score
    for letter in "ab":
        found = hit(kb, "greyish", f"term-{letter}")
        assert TEXT < found.score <= PARTIAL_NAME
        assert found.match is MatchType.PREFIX


def test_two_letters_begin_no_name(terms: Terms) -> None:
    """They stand at the beginning of too many; where they are a word, it counts as anywhere in a name."""
    kb = terms("Pe grey", "Grey pe", "Pes grey", "Grey pes")
    assert hit(kb, "pe", "term-a").score == hit(kb, "pe", "term-b").score
    assert hit(kb, "pes", "term-c").score > hit(kb, "pes", "term-d").score


def test_the_same_words_in_another_order_are_the_name(terms: Terms) -> None:
    """They go before a name that begins with the query, and after the same words in their order."""
    kb = terms("Grey knees", "Knee grey", "Knees greyed joint")
    assert order(kb, "knees grey") == ["b", "a", "c"]
    assert hit(kb, "knees grey", "term-b").score > hit(kb, "knees grey", "term-a").score > PARTIAL_NAME
    assert hit(kb, "knees grey", "term-b").match is MatchType.EXACT
    assert hit(kb, "knees grey", "term-a").match is MatchType.PREFIX


def test_the_words_of_an_own_name_go_before_those_of_an_alias(terms: Terms) -> None:
    """In another order too."""
    kb = terms(alias("knee grey"), "Knee grey")
    assert order(kb, "grey knee") == ["b", "a"]
    assert hit(kb, "grey knee", "term-a").match is MatchType.ALIAS


def test_common_words_of_a_query_need_not_stand_in_the_name(terms: Terms) -> None:
    """But the more of the query a name has, the better."""
    kb = terms("Grey knee", "Bad grey knee")
    assert order(kb, "knee grey bad") == ["b", "a"]
    assert hit(kb, "knee grey bad", "term-a").score > PARTIAL_NAME
    assert hit(kb, "big bad knee", "term-a").score <= PARTIAL_NAME
    assert hit(kb, "big bad old knee", "term-a").score < hit(kb, "bad knee", "term-a").score


def test_the_words_of_a_longer_name_count_less_the_longer_it_is(terms: Terms) -> None:
    """All the words of the query stand in it, and others."""
    kb = terms("Joint of a grey wooden knee", "Joint of a grey knee")
    assert order(kb, "knee joint") == ["b", "a"]
    assert TEXT < hit(kb, "knee joint", "term-a").score < hit(kb, "knee joint", "term-b").score <= PARTIAL_NAME
    kb = terms("Wooden knee joint", alias("wooden knee joint"))
    assert hit(kb, "knee joint", "term-a").score == hit(kb, "knee joint", "term-b").score


def test_a_longer_name_with_more_of_the_query_goes_first(terms: Terms) -> None:
    """A common word counts something where it stands."""
    kb = terms("Joint of a brass wooden knee", "Joint of a bad wooden knee")
    assert order(kb, "bad knee joint") == ["b", "a"]
    assert hit(kb, "bad knee joint", "term-b").score <= PARTIAL_NAME


def test_a_whole_name_among_other_words_is_in_the_lowest_band(terms: Terms) -> None:
    """Where words of the query stand nowhere in the name, all words of the name must stand in the query."""
    kb = terms("Grey knee", "Grey knee joint")
    query = "violin grey knee"
    assert order(kb, query)[0] == "a"
    assert hit(kb, query, "term-a").score <= TEXT
    assert hit(kb, query, "term-a").text == "Grey knee"
    assert hit(kb, query, "term-a").match is MatchType.PREFIX
    assert hit(kb, query, "term-b").match is MatchType.TEXT


def test_a_name_that_holds_more_of_a_question_goes_first(terms: Terms) -> None:
    """Of two whole names among other words that with more of them."""
    kb = terms("Grey knee joint", "Grey knee")
    assert order(kb, "violin joint grey knee") == ["a", "b"]


def test_of_a_long_question_a_name_may_hold_less(terms: Terms) -> None:
    """Two fifths are enough in three words or more; of two words, one is not."""
    kb = terms("Knee", "Grey", "Wooden", "Violet", "Joint")
    names = [found.text for found in find(kb, "knee violin", limit=None)]
    assert "Knee" not in names
    kb = terms("Grey knee", "Violin", "Trumpet")
    first = find(kb, "grey knee violin trumpet")[0]
    assert (first.record.id, first.text, first.match) == ("term-a", "Grey knee", MatchType.PREFIX)
    assert "term-b" not in [found.record.id for found in find(kb, "grey knee violin trumpet", limit=None)]


def test_a_misspelt_word_costs_the_more_the_less_likely_it_was_meant(terms: Terms) -> None:
    """The right spelling goes first, then what sounds the same, then a slip; the hit says what was read."""
    kb = terms("Phlebitis")
    right, heard, slipped = (hit(kb, query, "term-a") for query in ("phlebitis", "flebitis", "phlebitks"))
    assert right.score > heard.score > slipped.score
    assert right.corrections == ()
    assert [(taken.typed, taken.word) for taken in heard.corrections] == [("flebitis", "phlebitis")]
    assert (right.match, heard.match, slipped.match) == (MatchType.EXACT, MatchType.FUZZY, MatchType.FUZZY)


def test_of_several_meanings_a_name_takes_the_likeliest(terms: Terms) -> None:
    """The word itself goes before its synonym."""
    kb = terms("Kidney ladder", "Renal ladder")
    assert order(kb, "renal ladder") == ["b", "a"]
    assert [(taken.typed, taken.word) for taken in hit(kb, "renal ladder", "term-a").corrections] == [
        ("renal", "kidney")
    ]
    assert hit(kb, "renal ladder", "term-b").corrections == ()


@pytest.mark.parametrize("query", ["grey knee", "greyish", "knee wooden", "violin grey knee"])
def test_harms_lead_in_every_band(terms: Terms, query: str) -> None:
    """Of records that match alike the harm comes first, with a higher score."""
    names = [{"text": text, "kind": "lay"} for text in ("grey knee", "greyish elbow", "wooden toe of the knee")]
    kb = terms({"aliases": names}, harms={2: {"aliases": names}})
    first, second = (found for found in find(kb, query, limit=None) if found.record.id in {"term-a", "odd-feeling"})
    assert first.record.id == "odd-feeling"
    assert first.score > second.score
    assert first.text == second.text


@pytest.mark.parametrize("query", ["odd feeling back", "left knees odd feeling", "odd feeling upper arm"])
def test_where_a_complaint_is_need_not_stand_in_its_name(terms: Terms, query: str) -> None:
    """A harm that is named whole comes before a longer wording that holds the place too; a term does not."""
    kb = terms(alias(f"wood tin brass {query}", "lay"), "Odd stairs")
    assert hit(kb, query, "odd-feeling").score > hit(kb, query, "term-a").score
    assert hit(kb, query, "odd-feeling").score <= PARTIAL_NAME
    assert hit(kb, "odd stairs knee", "term-b").score <= TEXT


def test_no_lead_lifts_a_hit_out_of_its_band(terms: Terms) -> None:
    """A harm that only begins so stays behind a term that is called so."""
    kb = terms("Grey", harms={2: {"name": "Grey knee"}})
    hits = find(kb, "grey", limit=None)
    assert [found.record.id for found in hits] == ["term-a", "odd-feeling"]
    assert hits[1].score <= PARTIAL_NAME


# Texts


def test_a_word_counts_by_the_field_in_which_it_stands(terms: Terms) -> None:
    """What is seen of a harm counts more than its summary, and that more than the rest."""
    filler = {"summary": "Somebody feels odd."}
    kb = terms(
        harms={
            0: filler | {"summary": "Somebody feels greyish and odd.", "severity": "minor"},
            2: filler | {"uncertainty": [{"text": "Why it is greyish and odd.", "citations": [0]}]},
        }
    )
    assert hit(kb, "greyish", "blue-thumb").score > hit(kb, "greyish", "odd-feeling").score
    kb = terms(
        harms={
            0: filler | {"summary": "Somebody feels greyish and odd.", "severity": "minor"},
            2: filler | {"presentation": [{"text": "It looks greyish and odd.", "citations": [0]}]},
        }
    )
    assert hit(kb, "greyish", "odd-feeling").score > hit(kb, "greyish", "blue-thumb").score


def test_a_word_that_stands_often_counts_more_but_ever_less(terms: Terms) -> None:
    """Twice is better than once; the second time adds less than the first, and no number of times fills the band."""
    again = [{"text": f"It is greyish, time {time}.", "citations": [0]} for time in range(40)]
    scores = []
    for times in (1, 2, 3, 40):
        kb = terms(harms={2: {"uncertainty": again[:times]}})
        scores.append(hit(kb, "greyish", "odd-feeling").score)
    assert scores == sorted(set(scores))
    assert scores[1] - scores[0] >= scores[2] - scores[1]
    assert scores[3] <= TEXT


def test_words_in_one_passage_go_before_words_apart(terms: Terms) -> None:
    """And the passage with most of them is shown."""
    kb = terms(
        harms={
            0: {"uncertainty": [said("A greyish one."), said("A wooden one.")]},
            2: {"uncertainty": [said("A greyish wooden one."), said("Something else.")]},
        }
    )
    assert [found.record.id for found in find(kb, "greyish wooden")] == ["odd-feeling", "blue-thumb"]
    assert hit(kb, "greyish wooden", "odd-feeling").text == "A greyish wooden one."
    kb = terms(harms={2: {"uncertainty": [said("A greyish ladder."), said("Another greyish ladder.")]}})
    assert hit(kb, "greyish", "odd-feeling").text == "A greyish ladder."


def test_a_word_of_three_letters_is_found_in_texts_and_a_word_of_two_is_not(terms: Terms) -> None:
    """Nor is a stop word: both stand everywhere."""
    kb = terms(harms={2: {"uncertainty": [said("The lip of ox is greyish.")]}})
    assert [found.record.id for found in find(kb, "lip")] == ["odd-feeling"]
    assert find(kb, "ox") == ()
    assert find(kb, "is of the") == ()


def test_a_word_of_a_vocabulary_is_no_passage(tiny: KnowledgeBase) -> None:
    """What stands in no name and no sentence of a record does not answer."""
    assert "hand" in tiny.file.harms[0].regions
    assert find(tiny, "hand") == ()


def said(text: str) -> dict[str, Any]:
    """Return a statement of the source article."""
    return {"text": text, "citations": [0]}


def test_a_misspelt_word_costs_in_a_text_too(terms: Terms) -> None:
    """It is read as a word of a name, and the passage is shown as it stands."""
    kb = terms("Greyish", harms={2: {"uncertainty": [said("A greyish one.")]}})
    right, wrong = hit(kb, "greyish", "odd-feeling"), hit(kb, "greyihs", "odd-feeling")
    assert right.score > wrong.score
    assert (wrong.match, wrong.text) == (MatchType.TEXT, "A greyish one.")
    assert [(taken.typed, taken.word) for taken in wrong.corrections] == [("greyihs", "greyish")]
    kb = terms("Phlebitis", harms={2: {"presentation": [said(f"A phlebitis of ladders {word}.") for word in "abcdef"]}})
    assert hit(kb, "flebitis", "odd-feeling").score > hit(kb, "phlebitks", "odd-feeling").score


def test_a_record_must_hold_more_than_half_of_a_query(terms: Terms) -> None:
    """One of two words that are as rare is not enough; two of three are."""
    kb = terms(harms={2: {"uncertainty": [said("A greyish wooden one.")]}})
    assert find(kb, "greyish violin") == ()
    assert [found.record.id for found in find(kb, "greyish wooden violin")] == ["odd-feeling"]


def test_rare_words_count_more_than_those_of_every_record(terms: Terms) -> None:
    """A word of many records may be missing where a rare one stands."""
    everywhere = [{"name": f"Violet {number}", "definition": "A violin is here."} for number in range(6)]
    kb = terms(*everywhere, harms={2: {"uncertainty": [said("A greyish one.")]}})
    assert [found.record.id for found in find(kb, "greyish violin")] == ["odd-feeling"]


def test_a_word_counts_at_most_what_does_not_outweigh_the_rest(terms: Terms) -> None:
    """A question of three words that stand, and one that stands nowhere, is answered."""
    kb = terms(harms={2: {"uncertainty": [said("A greyish wooden ladder feels odd.")]}})
    assert [found.record.id for found in find(kb, "odd ladder greyish violin")] == ["odd-feeling"]


def test_a_source_comes_after_what_it_is_about(write: Write) -> None:
    """A citation or a case goes behind whatever else is called so, but for one that is named itself."""
    file = tiny_file()
    file["citations"][5]["title"] = "Greyish wooden ladders"
    file["cases"][0]["name"] = "Wooden greyish ladders"
    file["lessons"][0]["name"] = "Ladders, wooden and greyish"
    kb = KnowledgeBase.load(write(file))
    for query in ("greyish ladders", "wooden ladders greyish"):
        lesson, *sources = (found.record.id for found in find(kb, query, limit=3))
        assert lesson == "lesson-look"
        assert set(sources) == {"author-5", "author-5-ladder"}
    assert [found.score > PARTIAL_NAME for found in find(kb, "Author 2005", limit=1)] == [True]
    assert find(kb, "Wooden greyish ladders", limit=1)[0].record.id == "author-5-ladder"


def test_a_source_leads_to_its_harms(write: Write) -> None:
    """They come after it with less, and show it as what matched; without the kind of harms they do not."""
    file = tiny_file()
    file["citations"][5]["title"] = "Violins and trumpets"
    kb = KnowledgeBase.load(write(file))
    source, linked = find(kb, "trumpets violins", limit=None)
    assert (source.record.id, linked.record.id) == ("author-5", "broken-ladder")
    assert source.score > linked.score
    assert linked.text == "Author 2005: Violins and trumpets"
    assert linked.match is MatchType.TEXT
    assert [found.record.id for found in find(kb, "trumpets violins", kinds=["citation"])] == ["author-5"]
    assert [found.text for found in find(kb, "Author 2005", limit=None) if found.record.id == "broken-ladder"] == [
        "Author 2005"
    ]
    assert "broken-ladder" not in [found.record.id for found in find(kb, "heavy client", limit=None)]
    case = find(kb, "Author 2005: a ladder", limit=None)
    assert [found.text for found in case if found.record.id == "broken-ladder"] == ["Author 2005: a ladder"]


# Limits


def test_kinds_and_limit_narrow(tiny: KnowledgeBase) -> None:
    """Only the kinds asked for are searched, and no more hits are returned than asked for."""
    everything = find(tiny, "ladder", limit=None)
    assert len({found.record.kind for found in everything}) > 2
    assert {found.record.kind for found in find(tiny, "ladder", kinds=["case", "term"])} == {"case", "term"}
    for limit in range(1, len(everything) + 2):
        assert find(tiny, "ladder", limit=limit) == everything[:limit]


def test_without_a_limit_of_their_own_ten_hits_and_three_suggestions_are_enough(terms: Terms) -> None:
    """The limits of the library."""
    file = terms(*(f"Wooden ladder {letter}" for letter in "stuvwxyz"))
    assert len(find(file, "ladder", limit=None)) > 10
    assert len(find(file, "ladder")) == 10
    assert len(suggest(file, "woodn ladderr")) == 3


def test_the_index_is_made_once(tiny: KnowledgeBase) -> None:
    """A knowledge base keeps its index as long as it lives."""
    assert ranking.indexed(tiny) is ranking.indexed(tiny)


def test_no_loss_takes_a_hit_below_one(tiny: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """A score of 0 would be no hit."""
    monkeypatch.setattr(ranking, "WEIGHTS", ranking.Weights(source=1000))
    assert find(tiny, "remark", limit=None)[0].score == 1


def test_of_very_many_records_the_namesakes_are_compared(terms: Terms, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many names hold the words, those of the query itself come first, then those that hold most."""
    kb = terms("Grey of the ladder", "Grey", "Greyish", "Grey knee", "Grey toe of the grey")
    monkeypatch.setattr(ranking, "NAME_LIMIT", 1)
    named = [found.record.id for found in find(kb, "grey", limit=None) if found.match is not MatchType.TEXT]
    assert named == ["term-b"]
    named = [found.record.id for found in find(kb, "knee grey", limit=None) if found.match is not MatchType.TEXT]
    assert named == ["term-d"]


def test_of_very_many_records_those_are_read_that_promise_most(terms: Terms, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where too many texts hold the words, those that hold most of the query are ranked."""
    kb = terms(
        *({"name": f"Nothing {number}", "definition": "A greyish wooden one."} for number in range(2)),
        {"name": "Something", "definition": "A greyish wooden violin of brass."},
    )
    monkeypatch.setattr(ranking, "RERANK_LIMIT", 1)
    assert [found.record.id for found in find(kb, "greyish wooden violin", limit=None)] == ["term-c"]
    assert [found.record.id for found in find(kb, "greyish wooden", limit=None)] == ["term-a"]


def test_hits_of_one_score_stand_in_the_order_of_records(terms: Terms) -> None:
    """By kind, then by name: so that every run gives the same."""
    kb = terms("Wooden b", "Wooden a", harms={0: alias("wooden c"), 2: alias("wooden c")})
    assert [found.record.id for found in find(kb, "wooden", limit=None)] == [
        "blue-thumb",
        "odd-feeling",
        "term-b",
        "term-a",
    ]


# Suggestions


def test_suggestions_are_names_that_look_alike(terms: Terms) -> None:
    """The most similar first, by its name and not by its id; no more than asked for."""
    kb = terms("Xylophone ladder", "Xylophone ladders", "Xylophoneladder")
    found = suggest(kb, "xilofone ladder")
    assert found[0] == "Xylophone ladder"
    assert set(found) == {"Xylophone ladder", "Xylophone ladders", "Xylophoneladder"}
    assert suggest(kb, "xilofone ladder", limit=1) == ("Xylophone ladder",)
    assert suggest(kb, "blue thum") == ("Blue thumb",)


@pytest.mark.parametrize(
    ("query", "suggested"), [("wei", ()), ("wird", ("weird",)), ("weir", ()), ("b t", ()), ("violin", ())]
)
def test_short_queries_and_far_names_have_no_suggestion(
    tiny: KnowledgeBase, query: str, suggested: tuple[str, ...]
) -> None:
    """Words of three letters resemble everything, and names of four do."""
    assert suggest(tiny, query) == suggested


@pytest.mark.parametrize(
    ("alias", "kind", "is_suggested"),
    [
        ("zither on one toe", "exact", True),
        ("zither one toe", "lay", True),
        ("zither on one toe", "lay", False),
        ("zitther toe", "spelling", False),
        ("zither toe", "phrase", False),
    ],
)
def test_only_what_names_a_record_is_suggested(alias: str, kind: str, *, is_suggested: bool) -> None:
    """A slip, a phrase and a long wording of patients are none: nobody would type them again."""
    kb = clinic(harms=[harm_of("Numb patch") | {"aliases": [{"text": alias, "kind": kind}]}], cases=[], withdrawn=[])
    assert (alias in suggest(kb, f"{alias}x")) is is_suggested


@pytest.mark.parametrize(
    ("query", "kind", "is_found"),
    [
        ("my zither is gone", "phrase", True),
        ("help, my zither is gone", "phrase", True),
        ("my zither", "phrase", True),
        ("zither lessons", "phrase", False),
        ("zither lessons", "lay", True),
    ],
)
def test_a_phrase_with_one_telling_word_is_found_word_for_word(query: str, kind: str, *, is_found: bool) -> None:
    """Its word among others says something else."""
    alias = {"text": "my zither is gone", "kind": kind}
    kb = clinic(harms=[harm_of("Numb patch") | {"aliases": [alias]}], cases=[], withdrawn=[])
    assert ("numb-patch" in [hit.record.id for hit in find(kb, query)]) is is_found


def test_suggestions_are_of_the_kinds_asked_for_and_never_the_query(terms: Terms) -> None:
    """A name of another kind is none, nor is what was typed."""
    kb = terms("Xylophone ladder")
    assert suggest(kb, "xilofone ladder", kinds=["term"]) == ("Xylophone ladder",)
    assert suggest(kb, "xilofone ladder", kinds=["harm"]) == ()
    assert suggest(kb, "xylophone ladder", kinds=["term"]) == ()


def test_suggestions_of_the_real_knowledge_base(kb: KnowledgeBase) -> None:
    """A near miss is offered what looks like it; a far one is offered nothing."""
    assert "Pulmonary embolism" in suggest(kb, "pulmunari embulisms")
    assert suggest(kb, "xylophone concerto") == ()
    assert suggest(kb, "my 2019") == ()


# The real knowledge base

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
    "Horner’s": "horner-syndrome",
    "can't lift my wrist": "radial-nerve-injury",
    "blood in urine": "blood-in-urine",
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
    "kidney failure": "renal-failure",
    "migraine": "headache",
    "blood thinners": "anticoagulant-therapy",
    "torn retina": "retinal-tear",
    "slipped disc in the neck": "cervical-disc-herniation",
    "massage gun cataract": "traumatic-cataract",
    "flare up of pain after massage": "symptom-exacerbation",
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
    "query",
    ["pizza", "mortgage", "aurora borealis", "knitting lessons", "zz", "a", "qwertyuiop"],
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


@pytest.mark.no_cover  # thousands of searches: what they run is covered by the others
def test_every_name_comes_first(kb: KnowledgeBase) -> None:
    """The name of a record leads to it, or to the harm of the same name; `scripts/reach.py` types the others."""
    for record in [*kb][::12]:
        first = find(kb, record.name, limit=1)[0]
        best = [first] if first.record is record else find(kb, record.name, limit=None)
        assert record in [hit.record for hit in best if hit.score >= 95], record.id
        assert record.kind != "harm" or fold(first.record.name) == fold(record.name), record.id


@pytest.mark.no_cover  # thousands of searches: what they run is covered by the others
def test_every_alias_finds_its_harm(kb: KnowledgeBase) -> None:
    """An alias of a harm brings it among the first three; a related word may name signs and precautions too.

    Of each harm every fifteenth is typed; `scripts/reach.py` types all.
    """
    for number, harm in enumerate(kb.file.harms):
        for alias in harm.aliases[number % 15 :: 15]:
            if alias.kind is AliasKind.RELATED:
                continue
            # The first of one hit is the first of three, and found sooner.
            found = find(kb, alias.text, limit=1)[0].record is harm
            assert found or harm in [hit.record for hit in find(kb, alias.text, limit=3)], alias.text


def test_a_slip_in_a_long_word_still_finds_the_harm(kb: KnowledgeBase) -> None:
    """One letter lost, added, changed or swapped after the first, in a word of eight or more, is corrected."""
    rng = random.Random(3)  # noqa: S311 - not for secrets
    for harm in kb.file.harms:
        for word in sorted({word for word in fold(harm.name).split() if len(word) > 7 and word.isalpha()}):
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


@pytest.mark.parametrize(
    "query",
    [
        "how much should I tip for a hot stone massage",
        "which massage gun is the best",
        "can prenatal massage help with breastfeeding",
        "how often should I get a massage",
        "acupuncture needles",
        "what to wear",
        "menopause",
        "spondylolisthesis",
    ],
)
def test_other_subjects_find_nothing(kb: KnowledgeBase, query: str) -> None:
    """Trade, equipment, benefits, other treatments, and what is recognised without advice are no harms."""
    assert find(kb, query) == ()


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("rolfing bruises", "bruising"),
        ("kneading sciatica", "sciatica"),
        ("terrible nausea episodes", "nausea-and-vomiting"),
        ("can deep tissue massage cause dizziness", "dizziness"),
        ("aggressive massage can cause stroke", "stroke"),
    ],
)
def test_unknown_words_and_kinds_of_massage_silence_no_harm(kb: KnowledgeBase, query: str, wanted: str) -> None:
    """A harm that is named is among the first three answers."""
    assert wanted in [hit.record.id for hit in find(kb, query, limit=3)]


@pytest.mark.parametrize("query", ["vericose vains", "varicose vains"])
def test_a_word_that_hardly_a_text_holds_may_be_misspelt(kb: KnowledgeBase, query: str) -> None:
    """A text that says "in vain" does not hide the veins that were meant."""
    hit = find(kb, query)[0]
    assert hit.record.id == "varicose-veins"
    assert "vains" in [correction.typed for correction in hit.corrections]


@pytest.mark.parametrize(
    ("query", "first"),
    [("prednisilone tablets", "systemic-corticosteroids"), ("metforman tablets", "other-antidiabetics")],
)
def test_a_long_misspelt_medicine_is_found_beside_its_form(kb: KnowledgeBase, query: str, first: str) -> None:
    """A short word may be misspelt for many others; a long one is not."""
    assert find(kb, query)[0].record.id == first


def test_frequent_words_alone_are_no_evidence(terms: Terms) -> None:
    """A longer name that shares one frequent word answers nothing; one that shares a rarer word does."""
    kb = terms("Rules of the greyish house")
    assert find(kb, "other rules") == ()
    assert order(kb, "greyish") == ["a"]


def test_a_fuzzy_hit_says_which_word_was_read_as_which(kb: KnowledgeBase) -> None:
    """The words that were read as others are in the hit, also where a passage answers."""
    found = {taken.typed: taken.word for taken in find(kb, "neck fracsher")[0].corrections}
    assert found["fracsher"].startswith("fractur")
    assert find(kb, "fracture")[0].corrections == ()


def test_a_word_of_the_same_meaning_is_reported(kb: KnowledgeBase) -> None:
    """A query for a hepatic tear finds that of the liver, and the hit says which word was read."""
    hit = next(hit for hit in find(kb, "hepatic tear") if "liver" in hit.text.lower())
    assert [(taken.typed, taken.word) for taken in hit.corrections] == [("hepatic", "liver")]


def test_two_words_that_are_one_are_joined(kb: KnowledgeBase) -> None:
    """A word parted by a blank is found, as it is spelt or as it is heard."""
    assert find(kb, "thy royd storm")[0].record.id == "thyroid-storm"


def test_a_name_among_other_words_is_found(kb: KnowledgeBase) -> None:
    """A sentence that holds the whole name of a precaution leads to it, though the rest stands nowhere in it."""
    assert "osteoporosis" in [hit.record.id for hit in find(kb, "treated for osteoporosis since last spring", limit=3)]


def _names_of(hit: Hit) -> list[str]:
    return [hit.record.name, hit.record.id, *(alias.text for alias in getattr(hit.record, "aliases", ()))]


def _slip(word: str, rng: random.Random) -> str:
    place, letter = rng.randrange(1, len(word) - 1), rng.choice("abcdefghijklmnopqrstuvwxyz")
    before, here, following = word[:place], word[place], word[place + 1 :]
    swapped = before + following[0] + here + following[1:]
    return rng.choice((before + following, before + letter + here + following, before + letter + following, swapped))
