"""The words of a knowledge base and the records that hold them."""

import random

import pytest

from massharm import KnowledgeBase
from massharm.kb.records import Citation
from massharm.search.analysis import stem
from massharm.search.index import Index, order
from massharm.text import fold
from tiny import Write, tiny_file


@pytest.fixture(scope="module")
def whole(kb: KnowledgeBase) -> Index:
    """An index whose every word was looked up at once."""
    index = Index(kb)
    index.complete()
    return index


def test_words_looked_up_one_by_one_or_at_once_are_the_same(kb: KnowledgeBase, whole: Index) -> None:
    """What is looked up when wanted answers as what was looked up before."""
    index = Index(kb)
    for word in ("rhabdo", "oedema", "haemorrhage", "tumour", "mobilize", "pe", "a", "clot", "2009", "horner", "xyzzy"):
        assert index.texts.postings(stem(word)) == whole.texts.postings(stem(word)), word
        assert index.names.postings(stem(word)) == whole.names.postings(stem(word)), word
    for word in ("exsheiment", "qqqx", "zzx"):
        assert index.texts.postings(word) == whole.texts.postings(word) == {}
    for letter in "aeprz5%":
        assert index.correctable_names.vocabulary(letter) == whole.correctable_names.vocabulary(letter)


def test_a_spelling_or_an_ending_makes_no_difference(kb: KnowledgeBase) -> None:
    """British and American, one and many: the same records."""
    index = Index(kb)
    for one, other in (("haematoma", "hematomas"), ("oedema", "edema"), ("artery", "arteries"), ("tumor", "tumours")):
        assert index.texts.postings(stem(one)) == index.texts.postings(stem(other)) != {}


def test_a_word_that_goes_on_answers_less_well(kb: KnowledgeBase) -> None:
    """`rhabdo` is found in rhabdomyolysis, and the very word counts more."""
    index = Index(kb)
    places = {record.id: place for place, record in enumerate(index.records)}
    assert index.texts.postings("rhabdomyolysis")[places["rhabdomyolysis"]] == 1
    assert 0 < index.texts.postings("rhabdomyo")[places["rhabdomyolysis"]] < 1


def test_names_of_fields_are_no_words(kb: KnowledgeBase) -> None:
    """The layout of the file is not searched: `risk_factors` and `citations` stand in every record."""
    index = Index(kb)
    harms = len(kb.file.harms)
    for field in ("citation", "presentation", "uncertainty", "summary"):
        assert len(index.texts.postings(stem(field))) < harms, field


def test_letters_beyond_ascii_are_found_without_marks(kb: KnowledgeBase) -> None:
    """Who has no accents on the keyboard still finds Meniere and Garcia-Carpintero."""
    index = Index(kb)
    ids = {index.records[place].id for place in index.texts.postings(stem("meniere"))}
    assert "meniere-disease" in ids


def test_words_of_any_script_are_found(write: Write) -> None:
    """A name in another script is found by its words, and so is a word with an apostrophe."""
    file = tiny_file()
    file["harms"][0]["aliases"] += [{"text": "脑卒中", "kind": "exact"}, {"text": "острый инсульт", "kind": "exact"}]
    file["harms"][0]["summary"] = "Ménière’s thumb; O'Connell can't bend it."
    index = Index(KnowledgeBase.load(write(file)))
    for word in ("脑卒中", "инсульт", "острый"):
        ids = [index.records[place].id for place in index.names.postings(stem(fold(word)))]
        assert ids == ["blue-thumb"], word
    for word in ("meniere", "oconnell", "cant"):
        assert "blue-thumb" in [index.records[place].id for place in index.texts.postings(stem(word))], word


def test_a_misspelt_word_is_not_taken_for_an_author(kb: KnowledgeBase) -> None:
    """Authors and titles are found as they are typed, and nothing is mended into them."""
    index = Index(kb)
    authors = {word for record in kb if isinstance(record, Citation) for word in record.name.lower().split()}
    assert "aksoy" in authors
    assert index.names.postings("aksoy")
    titled = {"nephrology", "dialysis"} & set(index.correctable_names.vocabulary("n"))
    assert not titled


def test_records_stand_in_the_order_of_ties(kb: KnowledgeBase) -> None:
    """However a file is ordered: harms first, worst first, then by name."""
    records = list(kb)
    random.Random(1).shuffle(records)  # noqa: S311 - not for secrets
    assert tuple(sorted(records, key=order)) == Index(kb).records
    assert Index(kb).records[0].kind == "harm"
