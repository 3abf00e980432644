"""Selection: the order of precautions and harms, and the action that holds."""

from typing import Any

import pytest

from clinic import clinic, harm, precaution, sign
from massharm import KnowledgeBase
from massharm.clinical.circumstances import Circumstances
from massharm.clinical.screening import Plan, screen
from massharm.clinical.selection import action_for, concerns, questions_for, raised, ranked, support_of
from massharm.kb.parts import Action
from massharm.kb.records import Harm, Precaution, Sign
from massharm.kb.vocabulary import AdviceLevel, Population, Support, Urgency


def test_a_narrower_name_is_answered_by_its_own_advice_or_question() -> None:
    """If that is stricter; the name of the whole keeps the action of everybody."""
    made = precaution("Angina") | {
        "aliases": [
            {"text": "unstable angina", "kind": "narrower", "answered_by": "unstable"},
            {"text": "angina at night", "kind": "narrower", "answered_by": "night"},
            {"text": "calm angina", "kind": "narrower", "answered_by": "action"},
        ],
        "advice": [{"key": "unstable", "level": "contraindicated", "text": "Do not massage.", "citations": [14]}],
        "questions": [
            {"key": "night", "text": "At night?", "if_yes": "clearance", "then": "Ask first.", "citations": [15]}
        ],
    }
    kb = clinic(precautions=[made], cases=[])
    for words, text in (
        ("unstable angina", "Do not massage."),
        ("angina at night", "Ask first."),
        ("calm angina", "Take care."),
        ("angina", "Take care."),
    ):
        found = screen(kb, words, Plan())
        assert action_for(found.precautions[0], found.known).text == text, words


def advice(level: str, text: str, **fields: Any) -> dict[str, Any]:
    """Return one advice of a precaution."""
    return {"level": level, "text": text, "citations": [14], **fields}


@pytest.mark.parametrize(
    ("words", "regions", "techniques", "wanted"),
    [
        ("alpha", (), (), []),
        ("alpha", ("neck",), ("deep-tissue",), ["No depth.", "No pull.", "Spare it."]),
        ("alpha", ("neck",), (), ["Spare it."]),
        ("alpha", ("back",), ("stretching",), []),
        ("alpha", (), ("stretching",), ["No pull."]),
        ("alpha", ("neck",), ("thai",), ["Spare it."]),
        ("alpha", (), ("thai",), []),
    ],
)
def test_stricter_advice_on_what_is_planned(
    words: str, regions: tuple[str, ...], techniques: tuple[str, ...], wanted: list[str]
) -> None:
    """On the technique and the region, or on the technique where no region is planned; never as mild as the action."""
    made = precaution("Alpha") | {
        "advice": [
            advice("contraindicated", "No depth.", techniques=["deep-tissue"]),
            advice("clearance", "No pull.", techniques=["stretching", "deep-tissue"], regions=["neck"]),
            advice("local", "Spare it.", regions=["neck"]),
            advice("adapt", "Go slowly.", techniques=["deep-tissue"]),
            advice("local", "Everywhere."),
        ],
    }
    kb = clinic(precautions=[made], cases=[])
    found = screen(kb, words, Plan(regions, techniques))
    (record,) = found.precautions
    assert sorted(part.text for part in found.advice_on_plan(record)) == wanted


def test_precautions_stand_by_the_level_that_holds() -> None:
    """Then by their fit to the plan, then by name."""
    advice = {"level": "contraindicated", "text": "Do not massage.", "when": {"age": {"min": 80}}, "citations": [14]}
    on_neck = {"level": "adapt", "text": "Spare the neck.", "regions": ["neck"], "citations": [14]}
    kb = clinic(
        precautions=[
            precaution("Alpha"),
            precaution("Beta", "", "clearance"),
            precaution("Gamma") | {"advice": [on_neck]},
            precaution("Delta") | {"advice": [advice]},
        ],
        cases=[],
    )
    words = "alpha, beta, gamma, delta"
    assert [record.id for record in screen(kb, words, Plan()).precautions] == ["beta", "alpha", "delta", "gamma"]
    planned = screen(kb, words, Plan(regions=("neck",))).precautions
    assert [record.id for record in planned] == ["beta", "gamma", "alpha", "delta"]
    old = screen(kb, f"{words}, 85 years old", Plan()).precautions
    assert [record.id for record in old] == ["delta", "beta", "alpha", "gamma"]


def test_harms_stand_by_plan_severity_support_and_cases() -> None:
    """The alphabet only breaks ties."""
    links = [
        {"harm": "burn", "support": "inference", "citations": [14]},
        {"harm": "ache", "support": "inference", "citations": [14]},
        {"harm": "tear", "support": "authority", "citations": [14]},
        {"harm": "stroke", "support": "inference", "citations": [14]},
    ]
    kb = clinic(
        harms=[harm("Tear"), harm("Ache"), harm("Burn", regions=["hand"]), harm("Stroke", "", "serious")],
        precautions=[precaution("Cancer") | {"harms": links}],
        cases=[],
        signs=[],
    )
    harms = tuple(record for record in kb.file.harms)
    cancer = kb["cancer"]
    assert isinstance(cancer, Precaution)
    assert [found.id for found in ranked(harms, [cancer], kb, ("hand",))] == ["burn", "stroke", "tear", "ache"]
    assert [found.id for found in ranked([*harms, *harms], [], kb, ())] == ["stroke", "ache", "burn", "tear"]
    tear, stroke = kb["tear"], kb["stroke"]
    assert isinstance(tear, Harm)
    assert isinstance(stroke, Harm)
    assert (support_of(tear, [cancer], kb), support_of(stroke, [], kb)) == (Support.AUTHORITY, None)


def test_a_harm_concerns_its_own_population() -> None:
    """Harms of anyone and of adults concern everybody."""
    kb = clinic(harms=[harm("Colic", population="infant"), harm("Ache"), harm("Sag", population="adult")], cases=[])
    harms = {record.id: record for record in kb.file.harms}
    assert concerns(harms["colic"], {Population.INFANT})
    assert not concerns(harms["colic"], {Population.PREGNANCY})
    assert concerns(harms["ache"], ())
    assert concerns(harms["sag"], ())


def test_a_sign_is_raised_by_what_is_known_and_said() -> None:
    """By the most urgent that holds, and never lowered."""
    parts = [
        {"with": {"severity": "severe"}, "urgency": "emergency-now", "citations": [14]},
        {"with": {"age": {"max": 1}}, "urgency": "same-day", "citations": [14]},
    ]
    kb = clinic(signs=[sign("fever", "soon", raised_by=parts)], cases=[])
    fever = kb["fever"]
    assert isinstance(fever, Sign)
    assert raised(fever, Circumstances(), ("mild",)) is Urgency.SOON
    assert raised(fever, Circumstances(age=(0.5, 0.5)), ()) is Urgency.SAME_DAY
    assert raised(fever, Circumstances(age=(0.5, 0.5)), ("severe",)) is Urgency.EMERGENCY


def test_who_has_a_condition_of_pregnancy_is_pregnant() -> None:
    """The precaution for the population itself holds too, unless the condition is over."""
    made = [
        precaution("Pregnancy") | {"population": "pregnancy"},
        precaution("Pre-eclampsia") | {"id": "pre-eclampsia", "population": "pregnancy", "when_past": {"days": 56}},
    ]
    kb = clinic(precautions=made, cases=[])
    assert {record.id for record in screen(kb, "pre-eclampsia", Plan()).precautions} == {"pregnancy", "pre-eclampsia"}
    assert screen(kb, "pre-eclampsia in 2012", Plan()).precautions == ()


def test_a_measurement_alone_makes_a_precaution_present() -> None:
    """Where its advice names the quantity and the number is reached."""
    when = {"quantity": {"name": "systolic blood pressure", "min": 180}}
    advice = {"level": "contraindicated", "text": "Do not massage.", "when": when, "citations": [14]}
    kb = clinic(precautions=[precaution("Hypertension") | {"advice": [advice]}], cases=[])
    assert [record.id for record in screen(kb, "bp 210/100", Plan()).precautions] == ["hypertension"]
    assert screen(kb, "bp 120/80", Plan()).precautions == ()


def test_advice_under_circumstances_is_for_those_who_have_them() -> None:
    """It is no advice on the plan of somebody else."""
    made = precaution("Alpha", "", "clearance") | {
        "advice": [advice("contraindicated", "Not now.", when={"age": {"min": 80}}, techniques=["thai"])]
    }
    found = screen(clinic(precautions=[made], cases=[]), "alpha, 40 years old", Plan(techniques=("thai",)))
    assert found.advice_on_plan(found.precautions[0]) == ()
    old = screen(clinic(precautions=[made], cases=[]), "alpha, 85 years old", Plan(techniques=("thai",)))
    assert action_for(old.precautions[0], old.known).text == "Not now."
    assert old.advice_on_plan(old.precautions[0]) == ()


@pytest.mark.parametrize(
    ("words", "is_asked"),
    [("pregnant", True), ("pregnant in week 34", False), ("I'm in week 34", False), ("30 weeks pregnant", False)],
)
def test_a_number_that_is_known_is_not_asked(kb: KnowledgeBase, words: str, *, is_asked: bool) -> None:
    """A question for a number on which advice hangs comes first, and not at all where the number was typed."""
    found = screen(kb, words, Plan())
    (record,) = (record for record in found.precautions if record.id == "pregnancy")
    asked = [part.asks for part in questions_for(record, found.known)]
    assert [part for part in asked if part] == (["weeks"] if is_asked else [])
    assert len(asked) == len(record.questions) - (not is_asked)
    assert asked[0] == ("weeks" if is_asked else None)


@pytest.mark.parametrize(
    ("words", "level"),
    [("platelets 8", "contraindicated"), ("platelets 90", "clearance"), ("very low platelets", "contraindicated")],
)
def test_a_count_is_answered_by_its_own_advice(kb: KnowledgeBase, words: str, level: str) -> None:
    """A very low count of platelets forbids what a low one asks about; the number is understood."""
    found = screen(kb, words, Plan())
    (record,) = (record for record in found.precautions if record.id == "thrombocytopenia")
    assert action_for(record, found.known).level == level
    assert found.unknown == ()


@pytest.mark.parametrize(
    ("words", "level", "first"),
    [
        ("sore tower", AdviceLevel.CONTRAINDICATED, "Keep off the neck. Take care."),
        ("sore tower, neck massage", AdviceLevel.CONTRAINDICATED, "Keep off the neck. Take care."),
        ("sore tower, foot massage", AdviceLevel.CLEARANCE, "Take care. Keep off the neck."),
        ("tower", AdviceLevel.CLEARANCE, "Take care."),
    ],
)
def test_advice_on_a_region_comes_with_the_action(words: str, level: AdviceLevel, first: str) -> None:
    """It is no stricter where other regions are planned, and never stands alone."""
    tower = precaution("Tower", level="clearance") | {
        "advice": [advice("contraindicated", "Keep off the neck.", key="sore", regions=["neck"])],
        "aliases": [{"text": "sore tower", "kind": "narrower", "answered_by": "sore"}],
    }
    found = screen(clinic(precautions=[tower], cases=[], signs=[]), words, Plan())
    action = found.action_of(found.precautions[0])
    assert action.level is level
    assert (action.sentence if isinstance(action, Action) else action.text) == first
