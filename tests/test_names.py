"""The names by which records are recognised, and the rule for each."""

import gc
import weakref

import pytest

from clinic import clinic, medicine, precaution, sign
from massharm import KnowledgeBase
from massharm.clinical.names import Name, Rule, is_told, names_in
from massharm.kb.records import Harm, Medicine, Precaution, Sign


@pytest.fixture(scope="module")
def clinic_kb() -> KnowledgeBase:
    """Return the knowledge base of the clinical tests."""
    return clinic()


def _name(kb: KnowledgeBase, text: str) -> Name:
    records = (record for record in kb if isinstance(record, Precaution | Harm))
    (found,) = [name for record in records for name in names_in(kb).of(record, {""}) if name.text == text]
    return found


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("Warfarin", Rule.CONTENT, ["warfarin"]),
        ("brittle bones", Rule.CONTENT, ["brittle", "bones"]),
        ("cancer and a clot", Rule.CONTENT, ["cancer", "clot"]),
        ("DVT", Rule.CONTENT, ["dvt"]),
        ("脑卒中", Rule.CONTENT, ["脑卒中"]),
        ("recent fracture", Rule.LITERAL, ["fracture"]),
        ("my baby", Rule.LITERAL, ["baby"]),
        ("weeks pregnant", Rule.LITERAL, ["pregnant"]),
        ("bone has not healed", Rule.LITERAL, ["bone", "healed"]),
        ("something is not right", Rule.LITERAL, ["something", "isnt", "right"]),
        ("AS", Rule.CAPITALS, ["as"]),
        ("POP", Rule.CAPITALS, ["pop"]),
        ("A fib", Rule.LITERAL, ["fib"]),
        ("clot in the lung", Rule.WORDS, ["clot", "lung"]),
        ("not peeing after massage", Rule.WORDS, ["peeing"]),
    ],
)
def test_a_name_has_its_rule(clinic_kb: KnowledgeBase, text: str, rule: Rule, words: list[str]) -> None:
    """Few words of content, or a negation, ask for the very words; a harm asks for all its words."""
    name = _name(clinic_kb, text)
    assert (name.rule, name.content) == (rule, tuple(words))


def test_related_words_name_precautions_but_no_harms(clinic_kb: KnowledgeBase) -> None:
    """Words that only lead to a harm are none of its names."""
    of = names_in(clinic_kb).of
    clot, haemorrhage = clinic_kb["known-clot"], clinic_kb["haemorrhage"]
    assert isinstance(clot, Precaution)
    assert isinstance(haemorrhage, Harm)
    assert "swollen calf" in [name.text for name in of(clot, {""})]
    assert [name.text for name in of(haemorrhage, {""})] == ["Haemorrhage", "haemorrhage"]


def test_a_name_without_a_word_is_none(clinic_kb: KnowledgeBase) -> None:
    """A name of signs alone recognises nothing."""
    record = clinic_kb["numb-hand"]
    assert isinstance(record, Harm)
    assert [name.text for name in names_in(clinic_kb).of(record, {""})] == ["Numb hand", "numb-hand"]


def test_names_that_no_word_of_content_leads_to(clinic_kb: KnowledgeBase) -> None:
    """They are found at once: names of common words, of two conditions, and of ages."""
    names = names_in(clinic_kb).special
    assert {name.text for name in names.common} == {"AS", "something is not right", "not right", "what is wrong?"}
    assert {name.text for name in names.combined} == {
        *("Clot with cancer", "clot-with-cancer", "cancer and a clot"),
        *("neck pain and drooping eyelid", "dark urine, the colour of tea"),
    }
    assert [name.text for name in names.infant] == ["infant"]
    assert {age: [name.text for name in found] for age, found in names.ages.items()} == {
        65: ["over 65"],
        80: ["over 80"],
    }


def test_a_comma_joins_two_conditions() -> None:
    """A name with a comma is one of two conditions, if it has two words of content."""
    kb = clinic(precautions=[precaution("One", "cancer, stroke; gout,")])
    found = [name.text for name in names_in(kb).special.combined if name.kind == Precaution.kind]
    assert found == ["cancer, stroke"]


def test_a_phrase_of_two_things_is_not_put_together_from_words_that_stand_apart() -> None:
    """A phrase counts word for word only."""
    kb = clinic(precautions=[precaution("One", "wear and tear/phrase; cancer and stroke")])
    found = [name.text for name in names_in(kb).special.combined if name.kind == Precaution.kind]
    assert found == ["cancer and stroke"]


def test_what_is_missing_in_a_sign_is_not_left_out_of_it() -> None:
    """A name of two things that holds a negation is no name of two conditions, in a sign; nor is an alias of one."""
    signs = [sign("not weeing and weak", "soon", "dry and pale"), sign("tired and weak", "soon")]
    kb = clinic(signs=signs, precautions=[precaution("Renal", "not weeing and pale")])
    found = [name.text for name in names_in(kb).special.combined]
    assert found == ["not weeing and pale", "tired and weak"]


@pytest.mark.parametrize(
    ("wording", "words", "is_met"),
    [
        ("passed out", "she passed me the towel", False),
        ("passed out", "passed right out", True),
        ("passed out", "passed and unconscious", True),
        ("feeling gone", "feeling fine", False),
        ("feeling gone", "lost the feeling", True),
        ("rash all over", "a rash over the knee", False),
        ("rash all over", "all of it, a rash over the body", True),
        ("numb on one side", "the side is numb", False),
        ("numb on one side", "one arm and side numb", True),
        ("coughing up blood", "coughing blood", True),
        ("new headache", "headache", False),
        ("cannot move", "hard to move", False),
        ("cannot move", "unable to move", True),
    ],
)
def test_words_without_content_that_a_sign_hangs_on(wording: str, words: str, *, is_met: bool) -> None:
    """A wording of a sign whose sense hangs on a small word is told only with it, or with one that stands for it."""
    assert is_told(wording.split(), words.split()) is is_met


def test_an_id_that_leaves_out_what_a_sign_hangs_on_is_no_name_of_it() -> None:
    """The ids of other signs and of precautions are names."""
    signs = [
        sign("new headache", "soon") | {"id": "headache-sign"},
        sign("new cough", "soon") | {"id": "new-cough-sign"},
        sign("itching", "soon") | {"id": "itchy-skin"},
    ]
    kb = clinic(signs=signs)
    of = names_in(kb).of

    def texts(record_id: str) -> list[str]:
        record = kb[record_id]
        assert isinstance(record, Sign)
        return [name.text for name in of(record, {""})]

    assert texts("headache-sign") == ["new headache"]
    assert texts("new-cough-sign") == ["new cough", "new-cough-sign"]
    assert texts("itchy-skin") == ["itching", "itchy-skin"]


def test_the_names_of_a_medicine_are_its_generics_brands_and_abbreviations() -> None:
    """An abbreviation that is a common word is found in capitals only."""
    kb = clinic(medicines=[medicine("Thinners", "bloodex; Thinnol/brand; AS/abbreviation")])
    record = kb["thinners"]
    assert isinstance(record, Medicine)
    assert [(name.text, name.rule) for name in names_in(kb).of(record, {""})] == [
        ("Thinners", Rule.CONTENT),
        ("thinners", Rule.CONTENT),
        ("bloodex", Rule.CONTENT),
        ("Thinnol", Rule.CONTENT),
        ("AS", Rule.CAPITALS),
    ]


def test_names_are_made_once_and_go_with_their_knowledge_base() -> None:
    """The names are kept as long as the knowledge base, and do not keep it."""
    kb = clinic()
    assert names_in(kb) is names_in(kb)
    record = kb["cancer"]
    assert isinstance(record, Precaution)
    (first,), (again,) = ([*names_in(kb).of(record, {"can"})][:1] for _ in range(2))
    assert first is again
    assert [*names_in(kb).of(record, {"xyz"})] == []
    gone = weakref.ref(kb)
    del kb, record
    gc.collect()
    assert gone() is None
