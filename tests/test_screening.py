"""Screening: from a description in free words to precautions and harms, and to what was denied or not understood."""

import json
import re
from typing import Any

import pytest

from clinic import HARMS, clinic, harm, medicine, precaution, sign
from massharm import KnowledgeBase
from massharm.clinical.circumstances import Circumstances
from massharm.clinical.screening import LONGEST_NAME, MAX_SUGGESTED, Plan, Screening, screen
from massharm.clinical.selection import Reason, reason_for, stop_signs
from massharm.errors import WrongUse
from massharm.kb.records import Harm, Precaution
from massharm.kb.vocabulary import AliasKind, Urgency
from massharm.search.ranking import MatchType
from tiny import ROOT


@pytest.fixture(scope="module")
def clinic_kb() -> KnowledgeBase:
    """Return the knowledge base of the clinical tests."""
    return clinic()


def _read(kb: KnowledgeBase, words: str, **plan: tuple[str, ...]) -> Screening:
    return screen(kb, words, Plan(**plan))


def _ids(found: Screening) -> set[str]:
    return {record.id for record in found.precautions}


# Clients in their own words: the precautions that bear on each, and others that do not.
CLIENTS = {
    "a client on Xarelto with brittle bones, neck work planned": (
        {"warfarin", "osteoporosis"},
        {"cancer", "pregnancy"},
    ),
    "74 year old woman, blood thinners, back massage": ({"older-age", "warfarin"}, {"known-clot"}),
    "32 weeks pregnant, twins": ({"pregnancy"}, {"newborn", "older-age"}),
    "breast cancer, finished chemo, treated blood clot": ({"cancer", "known-clot", "clot-with-cancer"}, {"pregnancy"}),
    "no history of clots, but brittle bones": ({"osteoporosis"}, {"known-clot"}),
    "osteoprosis and a tumuor": ({"osteoporosis", "cancer"}, {"older-age"}),
    "6 week old baby, born too early": ({"newborn"}, {"pregnancy", "older-age"}),
    "had a stroke last year, takes aspirin, deep tissue on the calves": ({"stroke", "warfarin"}, {"known-clot"}),
    "runner, massage gun on the thighs": ({"massage-gun"}, {"older-age"}),
    "woman of 80, the bone has not healed": ({"older-age", "open-fracture"}, {"pregnancy"}),
}


@pytest.mark.parametrize(
    "text",
    [
        "my baby 10wks old will not suck",
        "my calf is sore. It is swollen",
        "no swelling in my calf but it is red and hot",
    ],
)
def test_what_says_a_sign_with_other_parts_is_not_unknown(kb: KnowledgeBase, text: str) -> None:
    """It stands in the alarm."""
    found = screen(kb, text, Plan())
    assert found.alarms
    assert not found.unknown


@pytest.mark.parametrize(("words", "wanted", "unwanted"), [(w, *sets) for w, sets in CLIENTS.items()], ids=[*CLIENTS])
def test_clients_get_what_bears_on_them(
    clinic_kb: KnowledgeBase, words: str, wanted: set[str], unwanted: set[str]
) -> None:
    """Brands, ages, misspellings and lay words lead to the precautions; nothing far-fetched does."""
    ids = _ids(_read(clinic_kb, words))
    assert wanted <= ids
    assert not unwanted & ids


INVENTED = json.loads((ROOT / "tests" / "clients.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("client", INVENTED, ids=[client["description"][:40] for client in INVENTED])
def test_invented_clients_get_nothing_that_is_not_theirs(kb: KnowledgeBase, client: dict[str, Any]) -> None:
    """Expectations were written by a reader who had not seen the answers; a divided id stands for its heirs."""
    found = _read(kb, client["description"], regions=tuple(client["options"].get("region", ())))
    assert not {heir for name in client["not"] for heir in kb.heirs.get(name, (name,))} & _ids(found)
    assert found.understood


@pytest.mark.parametrize(
    "words",
    ["no feeling between my legs", "passing no urine at all", "never had a headache like this", "cannot hold my urine"],
)
def test_a_lost_function_is_no_denial(kb: KnowledgeBase, words: str) -> None:
    """What the body no longer does is an alarm, a condition or given back, and never read as health."""
    found = _read(kb, words)
    assert not found.denied
    assert found.alarms or found.mentions or found.unknown


@pytest.mark.parametrize(
    "words", ["not sure whether pregnant", "does not know if she is pregnant", "not only pregnant"]
)
def test_a_doubt_is_no_denial(kb: KnowledgeBase, words: str) -> None:
    """Who is not sure is screened."""
    assert "pregnancy" in _ids(_read(kb, words))


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        ("spa day", "stiff-spine"),
        ("a pop in the neck", "stiff-spine"),
        ("breast feeding pump", "cancer"),
        ("bones ache", "osteoporosis"),
        ("my partner is pregnable", "pregnancy"),
        ("diabetes for 70 years", "older-age"),
        ("blood pressure of 150", "older-age"),
        ("pulse is 90", "older-age"),
        ("blood clots: no", "warfarin"),
    ],
)
def test_a_word_of_a_name_is_not_the_name(clinic_kb: KnowledgeBase, words: str, unwanted: str) -> None:
    """Part of an alias names nothing."""
    assert unwanted not in _ids(_read(clinic_kb, words))


def test_two_things_in_parts_of_their_own_are_put_together(clinic_kb: KnowledgeBase) -> None:
    """A clot and a cancer make a precaution of their own, wherever they stand; what is denied makes none."""
    assert "clot-with-cancer" in _ids(_read(clinic_kb, "lung cancer, on aspirin, treated clot"))
    assert "clot-with-cancer" not in _ids(_read(clinic_kb, "no cancer, treated clot"))


def test_every_precaution_is_reached_by_its_names(kb: KnowledgeBase) -> None:
    """Its name and every thirtieth alias, typed as they stand, name it; `scripts/reach.py` types all."""
    for number, record in enumerate(kb.file.precautions):
        names = kb.names_of(record)
        for name in (names[0], *names[1 + number % 30 :: 30]):
            if name.kind is not AliasKind.RELATED:
                assert record.id in _ids(_read(kb, name.text)), (record.id, name.text)


def test_no_name_is_near_that_a_text_alone_holds(kb: KnowledgeBase) -> None:
    """Ordinary words stand in many texts, and lead to none of them."""
    near = {
        part.typed: part.near for part in _read(kb, "not her usual self; clinic wrote; brittel boness ilness").unknown
    }
    assert (near["not her usual self"], near["clinic wrote"]) == ((), ())


def test_every_harm_is_reached_by_its_name(kb: KnowledgeBase) -> None:
    """A harm that a client had is mentioned too, and stands among the harms."""
    for record in kb.file.harms:
        found = _read(kb, re.sub("[(),;:]", "", record.name))
        assert record in [mention.record for mention in found.mentions], record.id
        assert record in found.harms


def test_a_condition_is_no_harm_named_for_what_came_after_a_massage() -> None:
    """A client with heart failure has not had heart failure after a massage, unless the words speak of one."""
    kb = clinic(
        precautions=[precaution("Heart failure")],
        harms=[harm("Crisis", "heart failure after massage; worry after massage; rib snapped after massage"), *HARMS],
        recognised=[{"name": "Worry", "kind": "condition"}],
    )

    def harms(words: str) -> set[str]:
        return {mention.record.id for mention in _read(kb, words).mentions if isinstance(mention.record, Harm)}

    assert harms("known heart failure") == set()
    assert harms("worry") == set()
    assert [record.name for record in _read(kb, "worry").recognised] == ["Worry"]
    assert harms("heart failure after a massage") == {"crisis"}
    assert harms("rib snapped") == {"crisis"}


def test_a_word_of_two_conditions_together_is_not_unknown_in_capitals() -> None:
    """A form writes its conditions with capital letters."""
    kb = clinic(precautions=[precaution("Metalwork", "pins, wires")])
    found = _read(kb, "Pins, Wires")
    assert (_ids(found), found.unknown) == ({"metalwork"}, ())


def test_a_misspelt_condition_is_screened(clinic_kb: KnowledgeBase) -> None:
    """A mention says how it matched, and which word was read as which."""
    (mention,) = _read(clinic_kb, "osteoprosis").mentions
    assert (mention.record.id, mention.typed, mention.match) == ("osteoporosis", "osteoprosis", MatchType.FUZZY)
    assert [(change.typed, change.word) for change in mention.corrections] == [("osteoprosis", "osteoporosis")]
    assert _read(clinic_kb, "osteoporosis").mentions[-1].match is MatchType.EXACT


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("xylophone", ["xylophone"]),
        ("tumour, sarcofluxosis", ["sarcofluxosis"]),
        ("pregnant and qwertyism", ["qwertyism"]),
        ("tumour of the xylophone", ["xylophone"]),
        ("9 years old", []),
        ("xylophone, stroke, xylophone", ["xylophone"]),
        ("tumour", []),
        ("elderly man", []),
        # What names nothing is given back as it was typed, what is planned is not.
        ("Has a  Xylophone", ["Has a Xylophone"]),
        ("deep tissue on the neck", []),
        ("deep tissue with xylophone", ["xylophone"]),
        ("not on the neck", ["not on the neck"]),
        ("no xylophone", ["no xylophone"]),
        ("no xylophone and a tumour", ["xylophone"]),
        ("no tumour of the xylophone", ["xylophone"]),
        ("no known xylophone or tumour", []),
        ("no", []),
        ("denied", []),
        ("not the one", []),
        # What raises an alarm, and what belongs to two conditions at once.
        ("coughing much blood", []),
        ("clots, cancer", []),
        ("clots xylophone, cancer", ["clots xylophone"]),
    ],
)
def test_what_is_not_understood_is_given_back(clinic_kb: KnowledgeBase, words: str, unknown: list[str]) -> None:
    """Words of content that were used for nothing are never passed over."""
    assert [part.typed for part in _read(clinic_kb, words).unknown] == unknown


def test_unknown_words_come_with_the_nearest_names(clinic_kb: KnowledgeBase) -> None:
    """A search finds them, else they look alike."""
    found = _read(clinic_kb, "brittle, perkuxxion devixe, xylophone").unknown
    assert [(part.typed, part.near) for part in found] == [
        ("brittle", ("Osteoporosis",)),
        ("perkuxxion devixe", ("percussion device",)),
        ("xylophone", ()),
    ]


@pytest.mark.parametrize(
    ("words", "ages"),
    [
        ("9 years old", ("age 9",)),
        ("aged 9, stroke, 9 years old", ("age 9",)),
        ("stroke, I'm 37", ("age 37",)),
        ("eighty-two, stroke", ("age 82",)),
        ("aged seventy, stroke", ("age 70",)),
        ("baby, 6 weeks old", ("6 weeks old",)),
        ("bloke 62 warfarin", ("age 62",)),
        ("client 45, stroke", ("age 45",)),
        ("man 30 minutes late", ()),
        ("I'm 37 weeks pregnant", ()),
        ("I'm 37 minutes late", ()),
        ("stroke", ()),
    ],
)
def test_an_age_that_is_read_is_given_back(clinic_kb: KnowledgeBase, words: str, ages: tuple[str, ...]) -> None:
    """Each once, whether or not a precaution begins with it."""
    found = _read(clinic_kb, words)
    assert found.ages == ages
    assert not any(char.isdigit() for part in found.unknown for char in part.typed if ages)


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("hip replaced 6 weeks ago", {"hip replaced", "hip replaced 6 weeks ago"}),
        ("BP: yes", {"bp"}),
        ("Heart: yes", {"heart"}),
        ("Heart: no", set()),
        ("Blood pressure.. on ramipril", {"blood pressure", "ramipril"}),
        ("BP 120/80", set()),
        ("on baby aspirin", {"baby aspirin"}),
    ],
)
def test_only_what_was_typed_is_quoted(kb: KnowledgeBase, words: str, typed: set[str]) -> None:
    """A word by which a description is understood, such as "recent operation", is none of the client's."""
    assert {part.typed for part in screen(kb, words, Plan()).mentions} == typed


@pytest.mark.parametrize(
    ("words", "names"),
    [("Medication: warfarin", []), ("Medication: lots", ["Medication without a stated name"])],
)
def test_the_label_of_named_medicines_is_not_named_itself(kb: KnowledgeBase, words: str, names: list[str]) -> None:
    """It would look as if something had been left unread."""
    assert [part.name for part in screen(kb, words, Plan()).recognised] == names


def test_only_the_first_short_unknown_parts_come_with_names(clinic_kb: KnowledgeBase) -> None:
    """Each takes a search, and a long part is no misspelt name."""
    parts = [" ".join(["brittle"] * number) for number in range(1, MAX_SUGGESTED + 3)]
    found = _read(clinic_kb, ", ".join(parts)).unknown
    assert [bool(part.near) for part in found] == [True] * MAX_SUGGESTED + [False] * 2
    longest = "brittle " * (LONGEST_NAME // 8 - 1) + "brittles"
    assert len(longest) == LONGEST_NAME
    assert [bool(part.near) for part in _read(clinic_kb, f"{longest}, {longest}s").unknown] == [True, False]


@pytest.mark.parametrize("stranger", ["porphyria", "lupoid", "asdfgh", "gallstones", "endometriosis"])
def test_no_word_of_content_is_passed_over(clinic_kb: KnowledgeBase, stranger: str) -> None:
    """Whatever is typed beside a condition is mentioned or given back."""
    for words in (f"tumour, {stranger}", f"tumour and {stranger}", f"no {stranger}, tumour"):
        found = _read(clinic_kb, words)
        typed = [part.typed for part in found.unknown] + [mention.typed for mention in found.mentions]
        assert any(stranger in part for part in typed), words


@pytest.mark.parametrize("denial", ["not pregnant", "no pregnancy", "denied pregnancy", "without known pregnancy"])
def test_denied_condition_is_not_screened(clinic_kb: KnowledgeBase, denial: str) -> None:
    """What is denied is left out, and is given back with what it left out."""
    found = _read(clinic_kb, f"tumour, {denial}")
    assert _ids(found) == {"cancer"}
    assert [part.typed for part in found.denied] == [denial]
    assert "pregnancy" in [mention.record.id for part in found.denied for mention in part.mentions]


@pytest.mark.parametrize(
    ("words", "present", "denied"),
    [
        ("no tumour and a stroke", {"stroke"}, {"cancer"}),
        ("no tumour, stroke", {"stroke"}, {"cancer"}),
        ("no tumour or stroke", set(), {"cancer", "stroke"}),
        ("no warfarin and on Xarelto", {"warfarin"}, {"warfarin"}),
        ("no warfarin\naspirin", {"warfarin"}, {"warfarin"}),
        ("tumour was ruled out, stroke was not ruled out", {"stroke"}, {"cancer"}),
        ("nothing wrong except brittle bones", {"osteoporosis"}, set()),
        ("no change in her osteoporosis", {"osteoporosis"}, set()),
        ("bone has not healed", {"open-fracture"}, set()),
        ("something is not right", {"unwell"}, set()),
        ("no bone has not healed", set(), {"open-fracture"}),
        ("no cancer or clot", set(), {"cancer", "clot-with-cancer"}),
        ("no cancer, treated clot", set(), {"cancer"}),
        ("no tumour no tumour", set(), {"cancer"}),
    ],
)
def test_only_what_a_denial_reaches_is_left_out(
    clinic_kb: KnowledgeBase, words: str, present: set[str], denied: set[str]
) -> None:
    """What is joined, listed or excepted is screened."""
    found = _read(clinic_kb, words)
    assert _ids(found) == present
    names = [(part.typed, mention.record.id, mention.typed) for part in found.denied for mention in part.mentions]
    assert {record_id for _, record_id, _ in names} == denied
    assert len(names) == len(set(names))


def test_denied_harm_is_not_listed(clinic_kb: KnowledgeBase) -> None:
    """A sign that is named like a harm is denied too; one that holds its own negation is not."""
    assert _read(clinic_kb, "no bruise").harms == ()
    assert [record.id for record in _read(clinic_kb, "not peeing").harms] == ["kidney-injury"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("74 years old", "over 65"),
        ("aged 66", "over 65"),
        ("82F", "over 80"),
        ("woman of 91", "over 80"),
        ("79-year-old", "over 65"),
        ("80 yo", "over 80"),
    ],
)
def test_an_age_is_read(clinic_kb: KnowledgeBase, words: str, text: str) -> None:
    """The data says which ages matter; the highest that is reached counts."""
    assert [match.text for match in _read(clinic_kb, words).mentions if match.record.id == "older-age"] == [text]


@pytest.mark.parametrize("words", ["3 weeks old", "5 month old", "10 days old"])
def test_an_infant_is_read(clinic_kb: KnowledgeBase, words: str) -> None:
    """An age in days, weeks or months is an infant's; weeks of a pregnancy are not."""
    assert "newborn" in _ids(_read(clinic_kb, words))
    assert "newborn" not in _ids(_read(clinic_kb, "20 weeks pregnant"))


def test_the_plan_is_read_from_words_and_options(clinic_kb: KnowledgeBase) -> None:
    """Regions and techniques that belong to no condition join what the options say, each once, the options first."""
    found = _read(clinic_kb, "tumour, deep tissue on the calves and neck", regions=("neck",), providers=("self",))
    assert found.plan == Plan(("neck", "leg"), ("deep-tissue",), ("self",))
    assert _read(clinic_kb, "clot in the lung, breast cancer").plan == Plan()


def test_words_of_the_plan_are_read_as_their_vocabulary_has_them(clinic_kb: KnowledgeBase) -> None:
    """Case and hyphens of an option do not matter."""
    assert _read(clinic_kb, "", regions=("NECK",), techniques=("Deep tissue",)).plan == Plan(
        ("neck",), ("deep-tissue",)
    )


def test_a_planned_technique_may_be_a_precaution(clinic_kb: KnowledgeBase) -> None:
    """Whether it is an option or a word."""
    assert _ids(_read(clinic_kb, "tumour", techniques=("massage-gun", "thai"))) == {"cancer", "massage-gun"}
    assert _ids(_read(clinic_kb, "tumour, massage gun")) == {"cancer", "massage-gun"}


def test_a_plan_alone_is_answered(clinic_kb: KnowledgeBase) -> None:
    """Without a condition, the harms reported of what is planned, worst first."""
    found = _read(clinic_kb, "", regions=("neck",))
    assert found.understood
    assert [record.id for record in found.reported] == ["haemorrhage", "numb-hand"]
    assert (found.harms, found.precautions, found.unknown) == ((), (), ())
    assert [record.id for record in _read(clinic_kb, "deep tissue").reported] == ["embolism"]
    assert _read(clinic_kb, "tumour").reported == ()


def test_reported_harms_are_those_that_are_not_listed_already(clinic_kb: KnowledgeBase) -> None:
    """A harm that a precaution bears on is not repeated among those of the plan."""
    found = _read(clinic_kb, "warfarin, neck")
    assert [record.id for record in found.harms] == ["haemorrhage", "bruise"]
    assert [record.id for record in found.reported] == ["numb-hand"]


def test_wrong_words_are_refused(clinic_kb: KnowledgeBase) -> None:
    """Nothing described, or a word that no vocabulary has."""
    for nothing in ("", " ", "?!,"):
        with pytest.raises(WrongUse, match="describe the client"):
            _read(clinic_kb, nothing)
    for option, word in (("region", "moon"), ("technique", "juggling"), ("provider", "robot")):
        with pytest.raises(WrongUse, match=f"--{option} does not take “{word}”"):
            _read(clinic_kb, "tumour", **{f"{option}s": (word,)})


@pytest.mark.parametrize(
    ("words", "understood"),
    [("tumour", True), ("no tumour", True), ("coughing up much blood", True), ("neck", True), ("xylophone", False)],
)
def test_anything_read_is_understood(clinic_kb: KnowledgeBase, words: str, understood: bool) -> None:  # noqa: FBT001 - a column of the table
    """A condition, a denial, an alarm or a plan."""
    assert _read(clinic_kb, words).understood is understood


def test_harms_are_those_of_the_links_worst_first(kb: KnowledgeBase) -> None:
    """No link is left out and none is added, and a serious harm never stands behind a lesser one."""
    found = _read(kb, "warfarin, osteoporosis, pregnant, bruise")
    linked = {record.id for precaution_ in found.precautions for record in kb.harms_of(precaution_)}
    mentioned = {mention.record.id for mention in found.mentions if isinstance(mention.record, Harm)}
    assert mentioned
    assert {record.id for record in found.harms} == linked | mentioned
    ranks = [record.severity.rank for record in found.harms]
    assert ranks == sorted(ranks)
    assert len(found.harms) == len({record.id for record in found.harms})
    assert len(set(ranks)) > 1


def test_precautions_stand_with_the_strictest_first(clinic_kb: KnowledgeBase) -> None:
    """What forbids most is read first, then by name; each precaution once."""
    words = "tumour, aspirin, warfarin, elderly, brittle bones, blood clot, pregnant"
    assert [record.id for record in _read(clinic_kb, words).precautions] == [
        "known-clot",
        "pregnancy",
        "warfarin",
        "osteoporosis",
        "cancer",
        "older-age",
    ]


def _alarms(found: Screening) -> dict[str, str]:
    """Return the signs that raise an alarm, each with the words that were typed."""
    return {part.sign.id: part.typed for part in found.alarms}


def test_a_warning_sign_among_the_words_raises_an_alarm(clinic_kb: KnowledgeBase) -> None:
    """Who names or describes a sign must not read advice on massage first; what is denied is no sign."""
    assert _alarms(_read(clinic_kb, "sudden breathlessness")) == {"sudden-breathlessness": "sudden breathlessness"}
    assert _alarms(_read(clinic_kb, "coughs blood, dark urine since Monday")) == {
        "coughing-up-blood": "coughs blood",
        "dark-urine-the-colour-of-tea": "dark urine",
    }
    found = _read(clinic_kb, "no sudden breathlessness")
    assert found.alarms == ()
    assert [mention.record.id for part in found.denied for mention in part.mentions] == ["sudden-breathlessness"]


def test_a_sign_is_neither_precaution_nor_harm(clinic_kb: KnowledgeBase) -> None:
    """It is mentioned and raises an alarm; the harms that have it are not those of the client."""
    found = _read(clinic_kb, "sudden breathlessness")
    assert [mention.record.id for mention in found.mentions] == ["sudden-breathlessness"]
    assert (found.precautions, found.harms, found.unknown) == ((), (), ())


def test_an_alarm_is_raised_beside_a_denial(clinic_kb: KnowledgeBase) -> None:
    """What a denial does not reach is a sign as ever, and each sign alarms once."""
    for words in (
        "no tumour and coughing up blood",
        "coughing up blood, aged 70, no tumour",
        "coughing blood, coughs blood",
    ):
        assert [part.sign.id for part in _read(clinic_kb, words).alarms] == ["coughing-up-blood"], words
    assert _read(clinic_kb, "coughing, blood").alarms == ()


def test_alarms_stand_with_the_most_urgent_first(clinic_kb: KnowledgeBase) -> None:
    """Whatever the order in which they were typed; those of one urgency by name."""
    words = "tingling in the hand, swollen warm calf, sudden breathlessness, coughing up blood"
    assert [*_alarms(_read(clinic_kb, words))] == [
        "coughing-up-blood",
        "sudden-breathlessness",
        "swollen-warm-calf",
        "tingling-in-the-hand",
    ]


def test_a_sign_of_two_things_in_parts_of_their_own_raises_an_alarm(clinic_kb: KnowledgeBase) -> None:
    """A comma between the two does not hide the sign."""
    assert [*_alarms(_read(clinic_kb, "drooping eyelid, neck pain"))] == ["neck-pain-and-drooping-eyelid"]
    assert _read(clinic_kb, "drooping eyelid, no neck pain").alarms == ()


def test_a_sign_that_hangs_on_new_asks_for_the_word() -> None:
    """An old headache is no sign of a torn artery; the word may stand anywhere."""
    signs = [sign("new headache with new neck pain", "emergency-now"), sign("new one-sided ache", "soon")]
    kb = clinic(harms=[harm("Tear", "", "serious", " ".join(part["id"] for part in signs))], signs=signs, cases=[])
    assert _read(kb, "headache with neck pain").alarms == ()
    assert _read(kb, "headache, neck pain").alarms == ()
    assert _read(kb, "one-sided ache").alarms == ()
    assert [*_alarms(_read(kb, "new headache and neck pain"))] == ["new-headache-with-new-neck-pain"]
    assert [*_alarms(_read(kb, "neck pain, headache, both new"))] == ["new-headache-with-new-neck-pain"]
    assert [*_alarms(_read(kb, "a new one-sided ache"))] == ["new-one-sided-ache"]


RAISED = [{"with": {"records": ["known-clot", "sudden-breathlessness"]}, "urgency": "emergency-now", "citations": [14]}]


@pytest.mark.parametrize(
    ("words", "urgencies"),
    [
        ("swollen warm calf", {"swollen-warm-calf": "same-day"}),
        ("swollen warm calf, DVT", {"swollen-warm-calf": "emergency-now"}),
        ("swollen warm calf, no DVT", {"swollen-warm-calf": "same-day"}),
        ("swollen warm calf, takes Clotol", {"swollen-warm-calf": "emergency-now"}),
        (
            "swollen warm calf, sudden breathlessness",
            {"sudden-breathlessness": "emergency-now", "swollen-warm-calf": "emergency-now"},
        ),
    ],
)
def test_what_else_a_client_has_makes_a_sign_more_urgent(words: str, urgencies: dict[str, str]) -> None:
    """A condition, a medicine that implies it or another sign, but nothing that is denied."""
    signs = [sign("sudden breathlessness", "emergency-now"), sign("swollen warm calf", "same-day", raised_by=RAISED)]
    kb = clinic(
        harms=[harm("Embolism", "", "serious", "sudden-breathlessness swollen-warm-calf")],
        signs=signs,
        precautions=[precaution("Known clot", "DVT")],
        medicines=[medicine("Clot breakers", "Clotol", "known-clot")],
        cases=[],
        withdrawn=[],
    )
    assert {part.sign.id: part.urgency for part in _read(kb, words).alarms} == urgencies


# Medicines


@pytest.fixture(scope="module")
def pharmacy() -> KnowledgeBase:
    """Return a knowledge base with medicines that imply two precautions, one and none."""
    return clinic(
        medicines=[
            medicine("Thinners", "bloodex; Thinnol/brand", "warfarin osteoporosis"),
            medicine("Other thinners", "clearex", "warfarin"),
            medicine("Vitamins", "vitamin q"),
        ]
    )


def test_a_medicine_leads_to_the_precautions_that_it_implies(pharmacy: KnowledgeBase) -> None:
    """By generic, brand or class, strictest first, with the harms of each."""
    for words in ("bloodex", "takes Thinnol", "thinners"):
        found = _read(pharmacy, words)
        assert [record.id for record in found.precautions] == ["warfarin", "osteoporosis"], words
        assert [record.id for record in found.harms] == ["haemorrhage", "fracture", "bruise"]
        assert found.unknown == ()


def test_a_precaution_that_two_things_imply_stands_once(pharmacy: KnowledgeBase) -> None:
    """Two medicines, or a medicine and the condition itself."""
    assert [record.id for record in _read(pharmacy, "clearex, bloodex").precautions] == ["warfarin", "osteoporosis"]
    assert [record.id for record in _read(pharmacy, "osteoporosis, bloodex").precautions] == [
        "warfarin",
        "osteoporosis",
    ]


def test_a_medicine_without_advice_is_recognised(pharmacy: KnowledgeBase) -> None:
    """It implies nothing and is not given back as unknown."""
    found = _read(pharmacy, "vitamin q")
    assert found.understood
    assert (found.precautions, found.unknown) == ((), ())
    assert [mention.record.id for mention in found.mentions] == ["vitamins"]


def test_a_denied_medicine_implies_nothing(pharmacy: KnowledgeBase) -> None:
    """It is given back as a denial."""
    found = _read(pharmacy, "no bloodex")
    assert found.precautions == ()
    assert [part.typed for part in found.denied] == ["no bloodex"]


def test_any_record_is_named_once(clinic_kb: KnowledgeBase) -> None:
    """The same condition in three wordings is one precaution, and each wording is given once, in order."""
    found = _read(clinic_kb, "tumour, breast cancer, cancer, tumour")
    assert [record.id for record in found.precautions] == ["cancer"]
    assert [(mention.typed, mention.text) for mention in found.mentions] == [
        ("tumour", "tumour"),
        ("breast cancer", "breast cancer"),
        ("cancer", "Cancer"),
    ]


def test_conditions_in_any_script_are_screened() -> None:
    """A translated name is found, beside names without any letter."""
    kb = clinic(
        harms=[*HARMS, harm("Odd", "脑卒中后/exact; ?/exact; …/lay")], precautions=[precaution("Stroke", "инсульт; ?")]
    )
    assert _ids(_read(kb, "Инсульт, stroke?")) == {"stroke"}
    assert [record.id for record in _read(kb, "脑卒中后").harms] == ["odd"]


@pytest.mark.parametrize(
    ("words", "alarms"),
    [
        ("face drooping on one side", True),
        ("face drooping on one side, no diabetes, 70 years old", True),
        ("has arm weakness since this morning and is otherwise well apart from a bad knee", True),
        ("no arm weakness", False),
        ("wants a relaxing massage of arm and face", False),
    ],
)
def test_a_sign_that_stands_whole_raises_an_alarm(words: str, *, alarms: bool) -> None:
    """However much is said around it; one that is denied does not."""
    signs = [sign("arm weakness", "emergency-now"), sign("face drooping on one side", "emergency-now")]
    kb = clinic(harms=[harm("Palsy", "", "serious", "arm-weakness face-drooping-on-one-side")], signs=signs, cases=[])
    assert bool(_read(kb, words).alarms) == alarms


def test_every_emergency_of_the_file_alarms_in_a_long_sentence(kb: KnowledgeBase) -> None:
    """A denial, an age and a plan around it do not hide it: every fourth is typed, and `scripts/reach.py` types all."""
    for record in kb.file.signs[::4]:
        if record.urgency is Urgency.EMERGENCY:
            words = f"61 years old, no gout. {record.name}. Would like a relaxing massage of the feet"
            assert record.id in [part.sign.id for part in _read(kb, words).alarms], record.name


# What follows from the precautions


def test_the_reason_for_a_precaution_is_what_was_typed(pharmacy: KnowledgeBase) -> None:
    """Each wording once, in order; medicines only where they imply it."""
    warfarin, osteoporosis = pharmacy["warfarin"], pharmacy["osteoporosis"]
    assert isinstance(warfarin, Precaution)
    assert isinstance(osteoporosis, Precaution)
    found = _read(pharmacy, "clearex, aspirin, bloodex, clearex, brittle bones").mentions
    reason = reason_for(warfarin, found, pharmacy)
    assert set(reason.typed) == {"clearex", "aspirin", "bloodex"}
    assert len(reason.typed) == 3
    assert {part.id for part in reason.medicines} == {"thinners", "other-thinners"}
    reason = reason_for(osteoporosis, found, pharmacy)
    assert set(reason.typed) == {"bloodex", "brittle bones"}
    assert [part.id for part in reason.medicines] == ["thinners"]
    assert reason_for(osteoporosis, _read(pharmacy, "tumour").mentions, pharmacy) == Reason((), ())


def test_stop_signs_are_those_of_all_precautions() -> None:
    """Each once, the most urgent first, with every precaution that names it; one that is no sign is left out."""
    kb = clinic(
        precautions=[
            precaution("Cancer") | {"stop_if": ["tingling-in-the-hand", "coughing-up-blood", "nowhere", "bruise"]},
            precaution("Stroke") | {"stop_if": ["coughing-up-blood", "swollen-warm-calf"]},
        ]
    )
    found = stop_signs(_read(kb, "stroke, cancer").precautions, kb, Circumstances())
    assert [(part.sign.id, [record.id for record in part.precautions]) for part in found] == [
        ("coughing-up-blood", ["cancer", "stroke"]),
        ("swollen-warm-calf", ["stroke"]),
        ("tingling-in-the-hand", ["cancer"]),
    ]
    assert stop_signs((), kb, Circumstances()) == ()
