"""What bears on a client: names in free words, denials, ages, plans, and what is not understood."""

import json
from typing import Any

import pytest

from massharm import KnowledgeBase
from massharm.clinical.screening import Plan, Screening, bearing, reported, screen
from massharm.errors import WrongUse
from massharm.kb.records import Harm, Precaution, called
from massharm.kb.vocabulary import AliasKind
from massharm.search.ranking import MatchType
from massharm.text import fold
from tiny import ROOT


def _read(kb: KnowledgeBase, words: str, **plan: tuple[str, ...]) -> Screening:
    return screen(kb, words, Plan(**plan))


def _ids(found: Screening) -> set[str]:
    return {record.id for record in found.precautions}


# What a clinician with the sources expects of each client: precautions named, others not.
CLIENTS = {
    "a client on warfarin with osteoporosis, neck work planned": (
        {"bleeding-tendency", "methyl-salicylate-with-warfarin", "fragile-bone"},
        {"pregnancy", "vulnerable-neck"},
    ),
    "74 year old woman, pacemaker, on blood thinners, back massage": (
        {"older-age", "cardiac-device", "bleeding-tendency"},
        {"previous-thrombosis"},
    ),
    "32 weeks pregnant, pre-eclampsia, twins": ({"pregnancy", "complicated-pregnancy"}, {"newborn-infant"}),
    "breast cancer, finished chemo, PICC line, treated DVT": ({"cancer-tumour", "catheter-or-port"}, {"pregnancy"}),
    "no history of clots, but varicose veins": ({"varicose-veins"}, {"previous-thrombosis", "known-thrombosis"}),
    "type 1 diabetes with insulin pump, can't feel his feet": (
        {"diabetes-neuropathy", "insulin-injection-site"},
        {"older-age"},
    ),
    "osteoprosis and rumatoid arthritis": ({"fragile-bone", "rheumatoid-arthritis", "vulnerable-neck"}, {"older-age"}),
    "6 week old baby, born too early": ({"newborn-infant"}, {"pregnancy", "older-age"}),
    "had a stroke last year, takes Xarelto and a statin, deep tissue on the calves": (
        {"carotid-disease", "bleeding-tendency", "muscle-disease-or-medicine"},
        {"cardiac-device"},
    ),
    "athlete, race tomorrow, massage gun on the thighs": ({"competing-athlete", "massage-gun-use"}, {"older-age"}),
    "knee replacement two weeks ago, swollen calf": ({"recent-surgery", "known-thrombosis"}, {"fragile-bone"}),
    "hip fracture last month, cataract surgery in May": (
        {"recent-fracture", "fragile-bone", "recent-surgery"},
        {"pregnancy"},
    ),
    "woman of 80, glaucoma, sleeping tablets": ({"older-age", "eye-disease", "altered-awareness"}, {"pregnancy"}),
}


@pytest.mark.parametrize(("words", "wanted", "unwanted"), [(w, *sets) for w, sets in CLIENTS.items()], ids=[*CLIENTS])
def test_clients_get_what_bears_on_them(kb: KnowledgeBase, words: str, wanted: set[str], unwanted: set[str]) -> None:
    """Medicines, ages, misspellings, lay and brand words lead to the precautions; nothing far-fetched does."""
    ids = _ids(_read(kb, words))
    assert wanted <= ids
    assert not unwanted & ids


INVENTED = json.loads((ROOT / "tests" / "clients.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("client", INVENTED, ids=[client["said"][:40] for client in INVENTED])
def test_invented_clients_get_what_the_sources_say(kb: KnowledgeBase, client: dict[str, Any]) -> None:
    """Expectations were written from the records and their sources, by a reader who had not seen the answers."""
    found = _read(kb, client["said"], regions=tuple(client["options"].get("region", ())))
    listed = {harm.id for harm in (*bearing(kb, found), *reported(kb, found))}
    unread = " ".join(part.typed for part in found.unknown).lower()
    assert set(client["precautions"]) <= _ids(found)
    assert not set(client["not"]) & _ids(found)
    assert set(client["harms"]) <= listed | {flag.harm.id for flag in found.alarms}
    assert all(word in unread for word in client["unknown"])


@pytest.mark.parametrize(
    "words",
    ["no feeling between my legs", "passing no urine at all", "never had a headache like this", "cannot hold my urine"],
)
def test_a_sign_told_with_a_no_is_no_denial(kb: KnowledgeBase, words: str) -> None:
    """What the body no longer does is told, understood or given back, and never read as health."""
    found = _read(kb, words)
    assert not found.denied
    assert found.alarms or found.matches or found.unknown


@pytest.mark.parametrize(
    "words", ["not sure whether pregnant", "does not know if she is pregnant", "not only pregnant"]
)
def test_a_doubt_is_no_denial(kb: KnowledgeBase, words: str) -> None:
    """Who is not sure is screened."""
    assert "pregnancy" in _ids(_read(kb, words))


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        ("feels down", "down-syndrome"),
        ("spa day", "ankylosing-spondylitis"),
        ("Mirena coil", "aneurysm"),
        ("asthma", "long-term-corticosteroids"),
        ("breast cancer", "lactating-breast"),
        ("drives a car", "recent-fracture"),
        ("works in a hospital", "treated-thrombosis-in-cancer"),
        ("diabetes for 70 years", "older-age"),
        ("blood pressure of 150", "older-age"),
        ("pulse is 90", "older-age"),
        ("blood clots: no", "bleeding-tendency"),
    ],
)
def test_a_word_of_a_name_is_not_the_name(kb: KnowledgeBase, words: str, unwanted: str) -> None:
    """Part of an alias names nothing."""
    assert unwanted not in _ids(_read(kb, words))


def test_two_things_in_parts_of_their_own_are_put_together(kb: KnowledgeBase) -> None:
    """A clot and a cancer make a precaution of their own, wherever they stand."""
    assert "treated-thrombosis-in-cancer" in _ids(_read(kb, "lung cancer, on enoxaparin, treated DVT"))
    assert "treated-thrombosis-in-cancer" not in _ids(_read(kb, "no cancer, treated DVT"))


def test_every_precaution_is_reached_by_its_names(kb: KnowledgeBase) -> None:
    """Its name and each alias, typed as they stand, name it, and leave nothing that was not understood."""
    for record in kb.file.precautions:
        for text, kind in called(record):
            if kind is not AliasKind.RELATED:
                found = _read(kb, text)
                assert record.id in _ids(found) or found.denied, (record.id, text)


def test_every_harm_is_reached_by_its_name(kb: KnowledgeBase) -> None:
    """A harm that a client had is understood too."""
    for harm in kb.file.harms:
        assert harm in [match.record for match in _read(kb, harm.name).matches], harm.id


def test_each_match_says_how_it_was_made(kb: KnowledgeBase) -> None:
    """By name, by an alias, or by a misspelt word, which is told."""
    (match,) = [match for match in _read(kb, "osteoprosis").matches if match.record.id == "fragile-bone"]
    assert (match.typed, match.match, match.text) == ("osteoprosis", MatchType.FUZZY, "osteoporosis")
    assert [(taken.typed, taken.word) for taken in match.corrections] == [("osteoprosis", "osteoporosis")]
    assert _read(kb, "varicose veins").matches[-1].match is MatchType.EXACT


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("xylophone", ["xylophone"]),
        ("pacemaker, sarcofluxosis", ["sarcofluxosis"]),
        ("pregnant and qwertyism", ["qwertyism"]),
        ("9 years old", ["age 9"]),
        ("pacemaker", []),
    ],
)
def test_what_is_not_understood_is_given_back(kb: KnowledgeBase, words: str, unknown: list[str]) -> None:
    """A condition that the knowledge base does not have is never passed over."""
    assert [part.typed for part in _read(kb, words).unknown] == unknown


def test_no_word_of_content_is_passed_over(kb: KnowledgeBase) -> None:
    """Whatever is typed beside a condition is understood or given back."""
    for stranger in ("porphyria", "lupoid", "asdfgh", "gallstones", "endometriosis"):
        found = _read(kb, f"pacemaker, {stranger}")
        said = [part.typed for part in found.unknown] + [match.typed for match in found.matches]
        assert any(stranger in words for words in said), stranger


@pytest.mark.parametrize("denial", ["not pregnant", "no pregnancy", "denies pregnancy", "without pregnancy"])
def test_a_denial_leaves_out_and_says_so(kb: KnowledgeBase, denial: str) -> None:
    """What is denied is not screened, and is told with what it left out."""
    found = _read(kb, f"pacemaker, {denial}")
    assert "pregnancy" not in _ids(found)
    assert [part.typed for part in found.denied] == [denial]
    assert "pregnancy" in [match.record.id for part in found.denied for match in part.matches]


def test_a_name_that_is_itself_a_denial_is_none(kb: KnowledgeBase) -> None:
    """`The bone has not healed` is a condition."""
    assert "recent-fracture" in _ids(_read(kb, "bone has not healed yet"))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("74 years old", "over 70"),
        ("aged 66", "over 65"),
        ("82F", "over 80"),
        ("woman of 91", "over 80"),
        ("79-year-old", "over 70"),
        ("70 yo", "over 70"),
    ],
)
def test_an_age_is_read(kb: KnowledgeBase, words: str, text: str) -> None:
    """The data says which ages matter; the highest that is reached counts."""
    assert [match.text for match in _read(kb, words).matches if match.record.id == "older-age"] == [text]


@pytest.mark.parametrize("words", ["3 weeks old", "5 month old", "10 days old"])
def test_an_infant_is_read(kb: KnowledgeBase, words: str) -> None:
    """An age in days, weeks or months is an infant's; weeks of a pregnancy are not."""
    assert "newborn-infant" in _ids(_read(kb, words))
    assert "newborn-infant" not in _ids(_read(kb, "20 weeks pregnant"))


def test_the_plan_is_read_from_words_and_options(kb: KnowledgeBase) -> None:
    """Regions and techniques that belong to no condition join what the options say."""
    found = _read(kb, "pacemaker, deep tissue on the calves", regions=("neck",))
    assert set(found.plan.regions) == {"neck", "leg"}
    assert "deep-tissue" in found.plan.techniques
    assert _read(kb, "slipped disc in the neck").plan.regions == ()


def test_a_plan_alone_is_answered(kb: KnowledgeBase) -> None:
    """Without a condition, the harms reported of what is planned."""
    found = _read(kb, "", regions=("foot",))
    assert found.understood
    assert {"foot"} <= {str(region) for harm in reported(kb, found) for region in kb.regions(harm)}
    assert bearing(kb, found) == ()


def test_wrong_words_are_refused(kb: KnowledgeBase) -> None:
    """Nothing described, or a word that no vocabulary has."""
    with pytest.raises(WrongUse, match="describe the client"):
        _read(kb, " ")
    with pytest.raises(WrongUse, match="--technique does not take"):
        _read(kb, "pacemaker", techniques=("juggling",))


def test_harms_are_those_of_the_links_worst_first(kb: KnowledgeBase) -> None:
    """No link is left out, and a serious harm never stands behind a lesser one."""
    found = _read(kb, "warfarin, osteoporosis, pregnant")
    harms = bearing(kb, found)
    linked = {harm.id for record in found.precautions for harm in kb.harms_of(record)}
    assert linked <= {harm.id for harm in harms}
    ranks = [harm.severity.rank for harm in harms]
    assert ranks == sorted(ranks)


def test_precautions_stand_with_the_strictest_first(kb: KnowledgeBase) -> None:
    """What forbids most is read first."""
    levels = [record.strongest_first[0].level for record in _read(kb, "nut allergy, pregnant, pacemaker").precautions]
    assert levels == sorted(levels, key=list(type(levels[0])).index)


def test_a_warning_sign_among_the_words_is_told(kb: KnowledgeBase) -> None:
    """Who describes an emergency must not read advice on massage first."""
    assert "rhabdomyolysis" in [flag.harm.id for flag in _read(kb, "dark urine since yesterday").alarms]
    assert _read(kb, "no dark urine").alarms == ()


def test_any_record_is_named_once(kb: KnowledgeBase) -> None:
    """The same condition said thrice is one precaution, and all three wordings are told."""
    found = _read(kb, "pacemaker, cardiac pacemaker, PPM")
    assert len(found.precautions) == 1
    assert {match.typed for match in found.matches} == {"pacemaker", "cardiac pacemaker", "ppm"}
    assert all(isinstance(match.record, Precaution | Harm) and fold(match.typed) for match in found.matches)
