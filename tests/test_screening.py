"""Screening: from a description in free words to precautions and harms, and to what was denied or not understood."""

import json
from typing import Any

import pytest

from clinic import HARMS, clinic, harm, precaution
from massharm import KnowledgeBase
from massharm.clinical.screening import LONGEST_NAME, MAX_SUGGESTED, Plan, Screening, screen
from massharm.errors import WrongUse
from massharm.kb.records import Harm
from massharm.kb.vocabulary import AliasKind
from massharm.search.ranking import MatchType
from tiny import ROOT, Run, Write, tiny_file


@pytest.fixture(scope="module")
def clinic_kb() -> KnowledgeBase:
    """Return the knowledge base of the clinical tests."""
    return clinic()


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


@pytest.mark.parametrize("client", INVENTED, ids=[client["description"][:40] for client in INVENTED])
def test_invented_clients_get_what_the_sources_say(kb: KnowledgeBase, client: dict[str, Any]) -> None:
    """Expectations were written from the records and their sources, by a reader who had not seen the answers."""
    found = _read(kb, client["description"], regions=tuple(client["options"].get("region", ())))
    listed = {harm.id for harm in (*found.harms, *found.reported)}
    unread = " ".join(part.typed for part in found.unknown).lower()
    assert set(client["precautions"]) <= _ids(found)
    assert not set(client["not"]) & _ids(found)
    assert set(client["harms"]) <= listed | {flag.harm.id for flag in found.alarms}
    assert all(word in unread for word in client["unknown"])


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
    """Its name and each alias, typed as they stand, name it."""
    for record in kb.file.precautions:
        for name in kb.names_of(record):
            if name.kind is not AliasKind.RELATED:
                assert record.id in _ids(_read(kb, name.text)), (record.id, name.text)


def test_every_harm_is_reached_by_its_name(kb: KnowledgeBase) -> None:
    """A harm that a client had is mentioned too, and stands among the harms."""
    for record in kb.file.harms:
        found = _read(kb, record.name)
        assert record in [mention.record for mention in found.mentions], record.id
        assert record in found.harms


def test_a_misspelt_condition_is_screened(kb: KnowledgeBase) -> None:
    """A mention says how it matched, and which word was read as which."""
    (mention,) = [mention for mention in _read(kb, "osteoprosis").mentions if mention.record.id == "fragile-bone"]
    assert (mention.typed, mention.match, mention.text) == ("osteoprosis", MatchType.FUZZY, "osteoporosis")
    assert [(change.typed, change.word) for change in mention.corrections] == [("osteoprosis", "osteoporosis")]
    assert _read(kb, "varicose veins").mentions[-1].match is MatchType.EXACT


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("xylophone", ["xylophone"]),
        ("tumour, sarcofluxosis", ["sarcofluxosis"]),
        ("pregnant and qwertyism", ["qwertyism"]),
        ("tumour of the xylophone", ["xylophone"]),
        ("9 years old", ["age 9"]),
        ("9 years old, aged 9", ["age 9"]),
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
        ("denied", ["denied"]),
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
    """A search finds them, else they look alike; an age has none."""
    found = _read(clinic_kb, "brittle, perkuxxion devixe, xylophone, 9 years old").unknown
    assert [(part.typed, part.near) for part in found] == [
        ("brittle", ("Osteoporosis",)),
        ("perkuxxion devixe", ("percussion device",)),
        ("xylophone", ()),
        ("age 9", ()),
    ]


def test_only_the_first_short_unknown_parts_come_with_names(clinic_kb: KnowledgeBase) -> None:
    """Each takes a search, and a long part is no misspelt name."""
    parts = [" ".join(["brittle"] * number) for number in range(1, MAX_SUGGESTED + 3)]
    found = _read(clinic_kb, ", ".join(parts)).unknown
    assert [bool(part.near) for part in found] == [True] * MAX_SUGGESTED + [False] * 2
    longest = "brittle " * (LONGEST_NAME // 8 - 1) + "brittles"
    assert len(longest) == LONGEST_NAME
    assert [bool(part.near) for part in _read(clinic_kb, f"{longest}, {longest}s").unknown] == [True, False]


@pytest.mark.parametrize("stranger", ["porphyria", "lupoid", "asdfgh", "gallstones", "endometriosis"])
def test_no_word_of_content_is_passed_over(kb: KnowledgeBase, stranger: str) -> None:
    """Whatever is typed beside a condition is mentioned or given back."""
    for words in (f"pacemaker, {stranger}", f"pacemaker and {stranger}", f"no {stranger}, pacemaker"):
        found = _read(kb, words)
        typed = [part.typed for part in found.unknown] + [mention.typed for mention in found.mentions]
        assert any(stranger in part for part in typed), words


@pytest.mark.parametrize("denial", ["not pregnant", "no pregnancy", "denied pregnancy", "without known pregnancy"])
def test_denied_condition_is_not_screened(kb: KnowledgeBase, denial: str) -> None:
    """What is denied is left out, and is given back with what it left out."""
    found = _read(kb, f"pacemaker, {denial}")
    assert "pregnancy" not in _ids(found)
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
    assert [match.text for match in _read(kb, words).mentions if match.record.id == "older-age"] == [text]


@pytest.mark.parametrize("words", ["3 weeks old", "5 month old", "10 days old"])
def test_an_infant_is_read(kb: KnowledgeBase, words: str) -> None:
    """An age in days, weeks or months is an infant's; weeks of a pregnancy are not."""
    assert "newborn-infant" in _ids(_read(kb, words))
    assert "newborn-infant" not in _ids(_read(kb, "20 weeks pregnant"))


def test_the_plan_is_read_from_words_and_options(kb: KnowledgeBase) -> None:
    """Regions and techniques that belong to no condition join what the options say, each once, the options first."""
    found = _read(kb, "pacemaker, deep tissue on the calves and neck", regions=("neck",), providers=("self",))
    assert found.plan == Plan(("neck", "leg"), ("deep-tissue",), ("self",))
    assert _read(kb, "slipped disc in the neck").plan == Plan()


def test_words_of_the_plan_are_read_as_their_vocabulary_has_them(kb: KnowledgeBase) -> None:
    """Case and hyphens of an option do not matter."""
    assert _read(kb, "", regions=("NECK",), techniques=("Deep tissue",)).plan == Plan(("neck",), ("deep-tissue",))


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


def test_wrong_words_are_refused(kb: KnowledgeBase) -> None:
    """Nothing described, or a word that no vocabulary has."""
    for nothing in ("", " ", "?!,"):
        with pytest.raises(WrongUse, match="describe the client"):
            _read(kb, nothing)
    for option, word in (("region", "moon"), ("technique", "juggling"), ("provider", "robot")):
        with pytest.raises(WrongUse, match=f"--{option} does not take “{word}”"):
            _read(kb, "pacemaker", **{f"{option}s": (word,)})


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
    keys = [(record.severity.rank, record.name.casefold()) for record in found.harms]
    assert keys == sorted(set(keys))
    assert len({rank for rank, _ in keys}) > 1


def test_precautions_stand_with_the_strictest_first(clinic_kb: KnowledgeBase) -> None:
    """What forbids most is read first, then by name; each precaution once."""
    words = "tumour, aspirin, warfarin, elderly, brittle bones, blood clot, pregnant"
    assert [record.id for record in _read(clinic_kb, words).precautions] == [
        "known-clot",
        "pregnancy",
        "osteoporosis",
        "warfarin",
        "cancer",
        "older-age",
    ]


def test_a_warning_sign_among_the_words_raises_an_alarm(kb: KnowledgeBase) -> None:
    """Who describes an emergency must not read advice on massage first."""
    assert "rhabdomyolysis" in [flag.harm.id for flag in _read(kb, "dark urine since yesterday").alarms]
    assert _read(kb, "no dark urine").alarms == ()


def test_an_alarm_is_raised_beside_a_denial(clinic_kb: KnowledgeBase) -> None:
    """What a denial does not reach is a sign as ever, and each harm alarms once."""
    for words in (
        "no tumour and coughing up blood",
        "coughing up blood, aged 70, no tumour",
        "coughing blood, coughs blood",
    ):
        assert [flag.harm.id for flag in _read(clinic_kb, words).alarms] == ["embolism", "kidney-injury"], words
    assert _read(clinic_kb, "coughing, blood").alarms == ()


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


def test_a_sign_of_several_harms_keeps_the_sources_of_all(run: Run, write: Write) -> None:
    """The page of a client lists it once, with the citations of each harm."""
    file = tiny_file()
    for record, number in zip(file["harms"], (5, 11, 12), strict=True):
        record["warning_signs"] = [{"text": "green ears", "urgency": "soon", "citations": [number]}]
    file["precautions"][0]["harms"] = [record["id"] for record in file["harms"]]
    answer = run("screen", "heavy client", "--format", "markdown", env={"MASSHARM_KB": str(write(file))})
    (line,) = [line for line in answer.out.splitlines() if "green ears" in line]
    assert all(f"[{number}]" in line or f"{number}" in line for number in (5, 11, 12))


@pytest.mark.parametrize(
    ("words", "alarms"),
    [
        ("face drooping on one side", True),
        ("face drooping on one side, no diabetes, 70 years old", True),
        ("has arm weakness since this morning and is otherwise well apart from a bad knee", True),
        ("no arm weakness", False),
        ("neck pain and headache", False),
        ("wants a relaxing massage of arm and face", False),
    ],
)
def test_a_sign_that_stands_whole_raises_an_alarm(kb: KnowledgeBase, words: str, *, alarms: bool) -> None:
    """However much is said around it; a denied one, or one that lacks its telling word, does not."""
    assert bool(_read(kb, words).alarms) == alarms
