"""The words of a knowledge base and the records that hold them."""

import random
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import msgspec
import pytest

from massharm import KnowledgeBase
from massharm.kb.records import Citation, sort_key
from massharm.search.analysis import COMMON_WORDS, stem
from massharm.search.index import Index, Stored, stored_index
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
        assert index.correctable_words.vocabulary(letter) == whole.correctable_words.vocabulary(letter)


def test_the_index_of_a_wheel_answers_as_one_made_from_the_file(kb: KnowledgeBase, whole: Index) -> None:
    """It holds each word of a text once, and the forms of the words to which a misspelt one may be corrected."""
    table, name_lines = stored_index(kb)
    stored = msgspec.msgpack.decode(msgspec.msgpack.encode(table), type=Stored)
    packaged = KnowledgeBase(kb.file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packaged, "packaged", SimpleNamespace(checksum=1))
        patch.setattr("massharm.search.index.stored", lambda *_: stored)
        patch.setattr("massharm.search.index.made_of", lambda *_: name_lines)
        index = Index(packaged)
        places = {record.id: place for place, record in enumerate(index.records)}
        assert index.names.has_exact_name(places["stroke"], "stroke")
        assert not index.names.has_exact_name(places["stroke"], "bruising")
    assert [record.id for record in index.records] == [record.id for record in whole.records]
    for word in ("rhabdo", "oedema", "haemorrhage", "tumour", "clot", "2009", "horner", "summary", "xyzzy"):
        assert index.texts.postings(stem(word)) == whole.texts.postings(stem(word)), word
        assert index.names.postings(stem(word)) == whole.names.postings(stem(word)), word
    index.complete()
    for word in ("rhabdo", "oedema", "haemorrhage", "tumour", "clot", "2009", "pe", "a", "xyzzy"):
        assert index.texts.postings(stem(word)) == whole.texts.postings(stem(word)), word
    for initial in "aerz5%":
        own, made = index.lexicon(initial), whole.lexicon(initial)
        assert own.words == made.words
        assert (own.normalised, own.phonetic_keys) == (made.normalised, made.phonetic_keys)
    assert "rhabdomyolysis" in index.lexicon("r").words
    assert COMMON_WORDS.isdisjoint(index.lexicon("a").words)


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
    assert "vestibular-disorder" in ids


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
    """Authors and titles are found as they are typed, and nothing is corrected to them."""
    index = Index(kb)
    authors = {word for record in kb if isinstance(record, Citation) for word in record.name.lower().split()}
    assert "aksoy" in authors
    assert index.names.postings("aksoy")
    titled = {"nephrology", "dialysis"} & set(index.correctable_words.vocabulary("n"))
    assert not titled


def test_records_stand_in_one_order(kb: KnowledgeBase) -> None:
    """However a file is ordered: harms first, worst first."""
    records = list(kb)
    random.Random(1).shuffle(records)  # noqa: S311 - not for secrets
    assert tuple(sorted(records, key=sort_key)) == Index(kb).records
    assert Index(kb).records[0].kind == "harm"


def test_a_name_stands_alone_or_not(tiny: KnowledgeBase) -> None:
    """A part of a name is no exact name, and neither is the name of another record."""
    index = Index(tiny)
    thumb = next(place for place, record in enumerate(index.records) if record.id == "blue-thumb")
    assert index.names.has_exact_name(thumb, "hematoma of the thumb")
    assert index.names.has_exact_name(thumb, "bt")
    assert not index.names.has_exact_name(thumb, "hematoma of the")
    assert not index.names.has_exact_name(thumb, "broken ladder")


def test_nonsense_does_not_fill_the_memory(tiny: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many words are looked up, an index keeps only so many, and the passages of so many records."""
    monkeypatch.setattr("massharm.search.index.CACHED_STEMS", 10)
    monkeypatch.setattr("massharm.search.index.CACHED_RECORDS", 2)
    index = Index(tiny)
    for number in range(1000):
        assert index.texts.postings(f"qx{number}") == {}
    for initial in map(chr, range(0x4E00, 0x4E00 + 1000)):
        assert index.lexicon(initial).words == []
    held = [index.passages(place) for place in range(len(index.records))]
    assert held == [index.passages(place) for place in range(len(index.records))]
    kept = (index.texts._postings, index.texts._table.by_prefix, index._lexicons, index._passages)  # noqa: SLF001
    assert all(len(cache) <= 10 for cache in kept)


def test_threads_may_search_while_an_index_is_completed(kb: KnowledgeBase) -> None:
    """Every thread gets what one alone would get, whenever the words are indexed."""
    words = [stem(word) for word in ("rhabdo", "oedema", "pe", "clot", "nerve", "qqqx", "stroke", "haemorrhage")]
    alone = Index(kb)
    expected = [(alone.texts.postings(word), alone.names.postings(word)) for word in words]
    for _ in range(5):
        index = Index(kb)

        def ask(turn: int, index: Index = index) -> list[tuple[dict[int, float], dict[int, float]]]:
            if turn == 3:
                index.complete()
            assert index.lexicon("s").words == alone.lexicon("s").words
            return [(index.texts.postings(word), index.names.postings(word)) for word in words]

        with ThreadPoolExecutor(6) as pool:
            assert list(pool.map(ask, range(12))) == [expected] * 12


def test_passages_are_names_and_texts_of_several_words(tiny: KnowledgeBase) -> None:
    """Each passage says in which field it stands and is folded; an id or a scale's word is none."""
    index = Index(tiny)
    passages = {record.id: index.passages(place) for place, record in enumerate(index.records)}
    thumb = [(passage.field, passage.text, passage.folded) for passage in passages["blue-thumb"]]
    assert thumb[:2] == [
        ("name", "Blue thumb", "blue thumb"),
        ("aliases", "hematoma of the thumb", "hematoma of the thumb"),
    ]
    assert not {"id", "severity", "systems"} & {field for field, *_ in thumb}
    assert passages["author-1"][0][:2] == ("short_reference", "Author 2001")
