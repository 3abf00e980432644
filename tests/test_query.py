"""What the words of a query may mean, which records hold them, and how much each counts."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from massharm import KnowledgeBase
from massharm.search.analysis import MAX_LETTERS, analyse, stem
from massharm.search.index import Index
from massharm.search.query import Correction, Query, expand, parse
from tiny import Write, tiny_file

Make = Callable[..., Index]


@pytest.fixture
def index(write: Write) -> Make:
    """Make an index of the tiny knowledge base and of terms with these names."""

    def made(*names: str) -> Index:
        file = tiny_file()
        for place, name in enumerate(names):
            term = {"id": f"term-{place}", "name": name, "definition": "Nothing.", "citations": [1]}
            file["terms"].append(term)
        return Index(KnowledgeBase.load(write(file)))

    return made


def read(index: Index, text: str) -> Query:
    """Return a text as a query."""
    return parse(analyse(text), index)


def ids(index: Index, places: Any) -> set[str]:
    """Return the ids of the records at some places."""
    return {index.records[place].id for place in places}


def test_a_query_is_read_word_by_word(index: Make) -> None:
    """Stop words are left out; the folded query holds every word."""
    query = read(index("Grey knee"), "What's my GREY knees?")
    assert query.folded == "what my grey knees"
    assert [term.typed for term in query.terms] == ["grey", "knees"]
    assert query.total == sum(term.weight for term in query.terms)


def test_a_known_word_means_itself_or_a_synonym(index: Make) -> None:
    """The word itself is certain, and its synonyms are a little less."""
    (term,) = read(index("Renal colic", "Kidney"), "renal").terms
    assert list(term.words.values()) == ["renal", "kidney"]
    assert term.probability["renal"] == 1 > term.probability[stem("kidney")] > 0.5


def test_an_unknown_word_means_its_synonyms_before_what_it_resembles(index: Make) -> None:
    """`hepatic` stands nowhere; liver does, and so does a word that looks like it."""
    kb = index("Liver", "Heptatic")
    (term,) = read(kb, "hepatic").terms
    assert set(term.words) == {"liver"}
    assert term.probability["liver"] < 1


def test_a_misspelt_word_means_the_words_of_names(index: Make) -> None:
    """How likely each is goes with its similarity; where there is none, the word stays as it is."""
    kb = index("Phlebitis")
    (term,) = read(kb, "flebitis").terms
    assert term.words == {"phlebitis": "phlebitis"}
    assert 0.5 < term.probability["phlebitis"] < 1
    assert ids(kb, term.names) == ids(kb, term.texts) == {"term-0"}
    (unknown,) = read(kb, "trumpet").terms
    assert (unknown.words, unknown.probability) == ({"trumpet": "trumpet"}, {"trumpet": 1})
    assert unknown.texts == unknown.names == {}


@pytest.mark.parametrize("word", ["gp", "kne3", "knee" * (MAX_LETTERS // 4) + "s"])
def test_what_is_no_word_is_not_corrected(index: Make, word: str) -> None:
    """Two letters, digits among letters, and more letters than any word has stand for themselves."""
    kb = index("Knee", "Doctor", "knee" * (MAX_LETTERS // 4))
    assert list(expand(analyse(word), kb)) == [(word, {word: 1.0})]


def test_two_unknown_words_may_be_one(index: Make) -> None:
    """As it is written, or as it sounds; a pair of which one is known, or that only resembles, stays apart."""
    kb = index("Zygomatic", "Phlebitis")
    assert [(term.typed, set(term.words)) for term in read(kb, "zygo matic").terms] == [("zygo matic", {"zygomatic"})]
    assert [(term.typed, set(term.words)) for term in read(kb, "fle bitis").terms] == [("fle bitis", {"phlebitis"})]
    assert [term.typed for term in read(kb, "fle bitks").terms] == ["fle", "bitks"]
    assert [term.typed for term in read(kb, "xq fle bitis xq").terms] == ["xq", "fle bitis", "xq"]
    query = read(kb, "fle bitis")
    assert query.corrections(["phlebitis"]) == (Correction("fle bitis", "phlebitis"),)


def test_corrections_are_the_words_that_were_read_as_others(index: Make) -> None:
    """A word that stands as it was typed, or not at all, is none."""
    query = read(index("Grey phlebitis"), "grey flebitis trumpet")
    assert query.corrections(["grey", "phlebitis", ""]) == (Correction("flebitis", "phlebitis"),)
    assert query.corrections(["", "", ""]) == ()


def test_the_rarer_a_word_the_more_it_counts(index: Make) -> None:
    """By the inverse document frequency, up to a share of what a word counts that stands nowhere."""
    kb = index("Greyish", "Wooden greyish", "Wooden knee", "Wooden toe", "Wooden", "Wooden ear")
    rare, often, unknown = read(kb, "greyish wooden trumpet").terms
    assert unknown.weight >= rare.weight > often.weight > 0
    assert often.weight == pytest.approx(math.log(1 + len(kb.records) / 5.5))
    assert unknown.weight < math.log(1 + len(kb.records) / 0.5)


@pytest.mark.parametrize(
    ("word", "is_common"),
    [("bad", True), ("80", True), ("2009", False), ("20000", True), ("greyish", False), ("bt2", False)],
)
def test_common_words_and_small_numbers_count_little(write: Write, word: str, *, is_common: bool) -> None:
    """A number with more digits counts where a record holds it."""
    file = tiny_file()
    file["harms"][0]["summary"] = "Bad, 80 and 2009 and greyish and bt2."
    index = Index(KnowledgeBase.load(write(file)))
    (term,) = read(index, word).terms
    assert term.is_common is is_common
    assert (term.weight <= 1) is is_common


def test_candidates_hold_their_share_of_the_query(index: Make) -> None:
    """A record with less is none; the share of each is that of its words by weight."""
    kb = index("Greyish wooden knee", "Greyish wooden", "Greyish", "Knee")
    query = read(kb, "greyish wooden knee")
    shares = {kb.records[place].id: share for place, share in query.candidates(0.01).items()}
    weights = [term.weight / query.total for term in query.terms]
    assert shares == pytest.approx(
        {"term-0": 1, "term-1": weights[0] + weights[1], "term-2": weights[0], "term-3": weights[2]}
    )
    for least in (0.2, 0.5, 0.9, 1.0):
        held = {kb.records[place].id for place in query.candidates(least)}
        assert held == {name for name, share in shares.items() if share >= least - 1e-9}, least


def test_a_record_answers_by_the_best_of_its_words(index: Make) -> None:
    """Of two meanings in one record the likelier counts; a longer word counts less than the word itself."""
    kb = index("Renal and kidney", "Kidney", "Kidneyish")
    (term,) = read(kb, "renal").terms
    worth = {kb.records[place].id: worth for place, worth in term.names.items()}
    assert worth["term-0"] == 1 > worth["term-1"] > worth["term-2"] > 0
    assert ids(kb, term.texts_by_stem["renal"]) == {"term-0"}
    assert ids(kb, term.texts_by_stem[stem("kidney")]) == {"term-0", "term-1", "term-2"}


def test_forms_of_the_words_of_a_query(index: Make) -> None:
    """Each stem of a text is a form of the words with which it begins."""
    query = read(index("Renal", "Kidney"), "renal greyish")
    assert query.forms["kidneyish"] == {stem("kidney")}
    assert query.forms["greyishly"] == {"greyish"}
    assert query.forms["grey"] == frozenset()


def test_a_query_without_words_finds_nothing(index: Make) -> None:
    """It has no terms and no candidates."""
    query = read(index(), "---")
    assert (query.folded, query.terms, query.total) == ("", (), 0)
    assert query.candidates(0.5) == {}
