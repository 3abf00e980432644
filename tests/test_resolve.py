import pytest

from massharm import KnowledgeBase
from massharm.errors import WrongUse
from massharm.search.resolve import resolve, resolve_citations
from tiny import Write, stopwatch, tiny_file

SECTIONS = ("signs", "cases")


@pytest.fixture
def cited(write: Write) -> KnowledgeBase:
    """The tiny knowledge base, in which citation 1 has a PMID, a PMCID and a DOI."""
    file = tiny_file()
    file["citations"][1].update(pmid="19887226", doi="10.1016/x", pmcid="PMC77")
    return KnowledgeBase.load(write(file))


@pytest.mark.parametrize(
    ("words", "found", "sections"),
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
def test_exact_names_need_no_note(tiny: KnowledgeBase, words: list[str], found: str, sections: tuple[str, ...]) -> None:
    """Ids, names, aliases and numbers lead to their record; sections may follow."""
    assert resolve(tiny, words, SECTIONS) == (tiny[found], sections, "", ())


@pytest.mark.parametrize(
    "ref",
    [
        "1",
        "[1]",
        "(1).",
        "001",
        "author-1",
        "Author-1",
        "Author 2001",
        "report 1",
        "19887226",
        "pmid:19887226",
        "PMID 19887226",
        "PMC77",
        "pmc77",
        "pmcid: PMC77",
        "10.1016/X",
        "doi:10.1016/x.",
        "https://doi.org/10.1016/x",
        "http://dx.doi.org/10.1016/x",
    ],
)
def test_a_citation_is_the_same_however_it_is_asked_for(cited: KnowledgeBase, ref: str) -> None:
    """`show` and `cite` take the same references, in one argument or in several."""
    for words in ([ref], ref.split()):
        assert resolve(cited, words) == (cited.by_number[1], (), "", ())
        assert resolve_citations(cited, words) == ([cited.by_number[1]], [])


@pytest.mark.parametrize("ref", ["0000000179", "0000000009999", "000000000" + "9" * 3000, "1" * 12, "19887226000"])
def test_numbers_are_compared_whole(cited: KnowledgeBase, ref: str) -> None:
    """A number that is none of the citations' is not cut until it is one."""
    assert resolve(cited, [ref]).record is None
    assert resolve_citations(cited, [ref]) == ([], [ref])


def test_what_is_not_exact_is_noted(tiny: KnowledgeBase) -> None:
    """A beginning or a misspelling is answered, and the note says so."""
    assert resolve(tiny, ["broken"]).note == "you typed “broken”; showing the harm Broken ladder (“Broken ladder”)"
    asked = resolve(tiny, ["blue", "thum", "signs"], SECTIONS)
    assert asked.sections == ("signs",)
    assert "you typed “blue thum”" in asked.note


def test_a_passage_is_no_name(tiny: KnowledgeBase) -> None:
    """What only stands in the text of a record does not name it."""
    assert resolve(tiny, ["turns", "rubbing"]) == (None, (), "", ())


@pytest.mark.parametrize("word", ["azure-thumb", "Azure-Thumb"])
def test_a_withdrawn_id_leads_to_its_heir(tiny: KnowledgeBase, word: str) -> None:
    """An old id still answers, and the note names the new one."""
    asked = resolve(tiny, [word])
    assert asked.record is tiny["blue-thumb"]
    assert asked.note == f"“{word}” was withdrawn; blue-thumb answers for it"


def test_between_equal_candidates_none_is_chosen(write: Write) -> None:
    """Two harms of one name are both offered."""
    file = tiny_file()
    file["harms"][0]["aliases"].append({"text": "weird", "kind": "lay"})
    kb = KnowledgeBase.load(write(file))
    asked = resolve(kb, ["weird"])
    assert asked.record is None
    assert asked.candidates == ("blue-thumb", "odd-feeling")


def test_near_candidates_are_offered_by_kind(write: Write) -> None:
    """Of names that begin alike none is chosen; harms are offered first, and at most five."""
    file = tiny_file()
    for number, harm in enumerate(file["harms"]):
        harm["name"] = f"Purple sign {number}"
    file["terms"][0]["name"] = "Purple"
    file["terms"][1]["name"] = "Purple signs"
    file["precautions"][0]["name"] = "Purple signal"
    file["lessons"][0]["name"] = "Purple sigh"
    asked = resolve(KnowledgeBase.load(write(file)), ["purpl"])
    assert asked.record is None
    assert len(asked.candidates) == 5
    assert set(asked.candidates[:3]) == {"blue-thumb", "broken-ladder", "odd-feeling"}


def test_short_beginnings_are_only_offered(write: Write) -> None:
    """Three letters begin too much to be taken for a name."""
    file = tiny_file()
    file["harms"][1]["name"] = "Rib out of place"
    kb = KnowledgeBase.load(write(file))
    assert resolve(kb, ["rib"]) == (None, (), "", ("broken-ladder",))
    assert resolve(kb, ["rib", "out"]).record is kb["broken-ladder"]


def test_a_harm_answers_before_a_term_of_its_name(write: Write) -> None:
    """The harm is meant, and not the word."""
    file = tiny_file()
    file["terms"][0]["name"] = "BT"
    kb = KnowledgeBase.load(write(file))
    assert resolve(kb, ["bt"]).record is kb["blue-thumb"]


def test_a_name_answers_before_an_alias_that_only_leads(write: Write) -> None:
    """Words that are related to a harm are the name of a term."""
    file = tiny_file()
    file["harms"][0]["aliases"].append({"text": "Ladder", "kind": "related"})
    file["harms"][0]["aliases"].append({"text": "rungs", "kind": "related"})
    kb = KnowledgeBase.load(write(file))
    assert resolve(kb, ["ladder"]).record is kb["ladder"]
    assert resolve(kb, ["rungs"]).record is kb["blue-thumb"]


def test_nothing_is_nothing(tiny: KnowledgeBase) -> None:
    """An unknown name, and a text without a letter, have no record and no candidates."""
    assert resolve(tiny, ["pizza"]) == (None, (), "", ())
    assert resolve(tiny, ["---"]) == (None, (), "", ())


def test_a_word_that_is_no_section_is_named(tiny: KnowledgeBase) -> None:
    """A name followed by a stray word is wrong use, not another record."""
    with pytest.raises(WrongUse, match="no section is called “sings”; the sections of a harm are signs, cases"):
        resolve(tiny, ["BT", "sings"], SECTIONS)


def test_a_text_is_refused_and_a_long_query_is_quick(kb: KnowledgeBase) -> None:
    """The message names the limits; a query within them is answered in less than two seconds."""
    with pytest.raises(WrongUse, match="at most 300 words and 4000 characters"):
        resolve(kb, ["neck"] * 301)
    with pytest.raises(WrongUse, match="at most 300 words and 4000 characters"):
        resolve(kb, ["n" * 4001])
    words = [f"{word}{number}" for number in range(60) for word in ("neck", "pain", "of", "stroke", "a")]
    with stopwatch() as watch:
        assert resolve(kb, words)
    assert watch.seconds < 2


def test_every_id_answers_for_itself(kb: KnowledgeBase) -> None:
    """No record of the real knowledge base is out of reach."""
    for record in kb:
        assert resolve(kb, [record.id]).record is record


@pytest.mark.parametrize(
    ("refs", "numbers"),
    [
        (("17", "2"), [17, 2]),
        (("4-6",), [4, 5, 6]),
        (("6–4",), [6, 5, 4]),
        (("4 - 5",), [4, 5]),
        (("4,2",), [4, 2]),
        (("4", "4-5"), [4, 5]),
        (("28-999",), [28, 29]),
        (("author-12",), [12]),
        (("pmid:", "19887226", "2"), [1, 2]),
        (("Author", "2017"), [17]),
        (("17", "Author 2012"), [17, 12]),
        ((), []),
        (("", " , "), []),
    ],
    ids=str,
)
def test_references_are_taken_as_people_paste_them(
    cited: KnowledgeBase, refs: tuple[str, ...], numbers: list[int]
) -> None:
    """Numbers, ranges, keys, PMIDs, DOIs and names are citations, in the order asked for, each once."""
    assert resolve_citations(cited, refs) == ([cited.by_number[number] for number in numbers], [])


@pytest.mark.parametrize("ref", ["99", "aksoy", "10.9999/none", "50-60", "²", "-1", "blue-thumb", "1-" + "9" * 12])
def test_what_is_no_citation_is_returned(tiny: KnowledgeBase, ref: str) -> None:
    """No reference is passed over; another kind of record is no citation."""
    assert resolve_citations(tiny, (ref, "17")) == ([tiny.by_number[17]], [ref])
