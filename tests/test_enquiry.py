"""A search that the clinical reading completes: what it adds, where, and where it keeps out."""

import json

import pytest

from massharm import KnowledgeBase, WrongUse
from massharm.clinical.enquiry import COMPARED, WEAK, find
from massharm.search import ranking
from massharm.search.ranking import TEXT, MatchType
from tiny import ROOT, Run

QUERIES = [
    found["query"]
    for found in json.loads((ROOT / "benchmarks" / "real.json").read_text(encoding="utf-8"))
    if found["half"] == "tune" and any(char.isalnum() for char in found["query"])
][::7]


def ids(kb: KnowledgeBase, query: str, *, kinds: tuple[str, ...] = (), limit: int | None = 10) -> list[str]:
    """Return the ids of the hits, best first."""
    return [hit.record.id for hit in find(kb, query, kinds=kinds, limit=limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("cuff says 190 over 125", "very-high-blood-pressure"),
        ("8 week old 38.4 after bath and massage", "infant-fever"),
        ("he told me he wants to end it all, what now?", "suicidal-intent"),
        ("side agony and red wee after back was pummelled", "blood-in-urine-with-pain"),
        ("seeing stars, splitting head, 34 weeks", "visual-disturbance-in-pregnancy"),
    ],
)
def test_what_is_described_is_found(kb: KnowledgeBase, query: str, first: str) -> None:
    """By a number, or by words that stand in no name; the record's own name is shown as what matched."""
    assert ids(kb, query)[0] == first
    hit = find(kb, query)[0]
    assert (hit.match, hit.text) == (MatchType.ALIAS, kb[first].name)
    assert WEAK <= hit.score <= TEXT


@pytest.mark.parametrize("query", ["rhabdo", "stroke", "numb hand after massage", "warfarin", "massage and stroke"])
def test_a_name_that_answers_is_left_alone(kb: KnowledgeBase, query: str) -> None:
    """Strong hits stay as they are, in their order, with their scores."""
    before = ranking.find(kb, query)
    assert before[0].score >= WEAK
    assert find(kb, query) == before


def test_medicines_are_found_among_other_words(kb: KnowledgeBase) -> None:
    """Each that is named, also misspelt, before the precautions that they imply."""
    assert ids(kb, "takes amlodipine and ramipril")[:2] == ["ace-inhibitors", "calcium-channel-blockers"]
    assert ids(kb, "oxycodene for back pain")[0] == "opioids"
    found = find(kb, "patient takes sertraline and propranolol")
    assert [hit.record.kind for hit in found[:2]] == ["medicine", "medicine"]
    assert ids(kb, "takes amlodipine and ramipril", kinds=("harm",)) == []


def test_few_words_describe_nothing(kb: KnowledgeBase) -> None:
    """Two unknown words find nothing, whatever they might mean on a form."""
    assert ranking.find(kb, "190 125") == find(kb, "190 125") == ()


@pytest.mark.parametrize(
    "query",
    [
        "clotted cream scones recipe",
        "fracture toughness of aluminium alloys",
        "stroke order of chinese characters",
        "compensation claim for foot drop insurance",
        "best formula for reflux baby",
        "how many bones in the foot",
        "should i take my necklace off",
        "ibuprofen dosage for adults",
        "knee replacement exercises week 6",
    ],
)
def test_other_subjects_stay_refused(kb: KnowledgeBase, query: str) -> None:
    """A precaution alone is no answer, nor is a sign beside a word of trade."""
    assert find(kb, query) == ()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("which arteries are injured by neck massage", "harm"),
        ("what nerve is damaged by massage of the armpit", "harm"),
        ("which muscles are affected by rhabdo", "harm"),
        ("why do i lose weight and sweat at night", "precaution"),
        ("tablets that make you bruise", "sign"),
    ],
)
def test_questions_of_anatomy_and_medicines_about_harm_are_answered(kb: KnowledgeBase, query: str, first: str) -> None:
    """They begin as those of homework and shopping do."""
    assert find(kb, query)[0].record.kind == first


def test_the_kind_that_is_asked_for_is_kept_to(kb: KnowledgeBase) -> None:
    """The reading adds no record of another kind."""
    query = "cuff says 190 over 125"
    assert ids(kb, query, kinds=("sign",))[0] == "very-high-blood-pressure"
    assert ids(kb, query, kinds=("precaution",))[0] == "hypertension"
    assert ids(kb, query, kinds=("term",)) == []
    with pytest.raises(WrongUse, match="--kind"):
        find(kb, query, kinds=("colour",))


def test_what_a_massage_did_is_a_harm_first(kb: KnowledgeBase) -> None:
    """An injury that is told of is no condition to be careful with; a sign leads all the same."""
    assert ids(kb, "egg sized lump came up after massage")[0] == "haematoma"
    told = ids(kb, "blistered by cupping cups")
    assert kb[told[0]].kind not in {"sign", "precaution"}
    assert told == [hit.record.id for hit in ranking.find(kb, "blistered by cupping cups")]
    assert kb[ids(kb, "hurts to take a deep breath after someone knelt on me")[0]].kind == "sign"


def test_what_both_name_leads(kb: KnowledgeBase) -> None:
    """Of what was read, a record that the search found too stands first."""
    query = "sacrum pressure first trimester"
    searched = [hit.record.id for hit in ranking.find(kb, query, limit=COMPARED)]
    assert "pregnancy" in searched[1:]
    assert ids(kb, query)[0] == "pregnancy"


@pytest.mark.parametrize("query", ["heart skipped when neck was rubbed", "tummy blew up like a balloon"])
def test_a_limit_changes_no_order(kb: KnowledgeBase, query: str) -> None:
    """What the search finds behind the limit orders what was read all the same."""
    assert find(kb, query, limit=1) == find(kb, query)[:1]


@pytest.mark.parametrize("query", QUERIES)
def test_hits_are_ordered_and_each_stands_once(kb: KnowledgeBase, query: str) -> None:
    """Whatever is asked; no hit of the search is lost."""
    hits = find(kb, query, limit=None)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    found = [hit.record.id for hit in hits]
    assert len(found) == len(set(found))
    assert {hit.record.id for hit in ranking.find(kb, query, limit=None)} <= set(found)
    assert find(kb, query, limit=2) == find(kb, query)[:2]


def test_the_command_and_the_package_answer_so(run: Run) -> None:
    """On the screen it says what was typed and what it was read as."""
    shown = run("search", "cuff", "says", "190", "over", "125", env={"COLUMNS": "100"}).out
    assert "matched “cuff says 190 over 125” on “Blood pressure of 180/120 or more”" in shown
    found = run("search", "cuff", "says", "190", "over", "125", "--json").json
    assert found["results"][0]["id"] == "very-high-blood-pressure"
