"""Cards of CDS Hooks: by the schema of the specification, one for each alarm and precaution, and nothing lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from markdown_it import MarkdownIt

from clinic import PRECAUTIONS, clinic, medicine, precaution
from massharm import KnowledgeBase
from massharm.cli.screen import card_detail
from massharm.clinical.screening import Plan, screen
from massharm.exports.answers import to_json
from massharm.exports.cds import LONGEST_SUMMARY, screening_cards, shortened
from tiny import Run

SCHEMA = Draft202012Validator(json.loads((Path(__file__).parent / "cds_hooks.json").read_text(encoding="utf-8")))
CLIENTS = json.loads((Path(__file__).parent / "clients.json").read_text(encoding="utf-8"))


def cards(kb: KnowledgeBase, words: str, plan: Plan | None = None, *, full: bool = False) -> list[dict[str, Any]]:
    """Return the cards of a client, which keep the schema."""
    found = screen(kb, words, plan or Plan())
    response = json.loads(to_json(screening_cards(kb, found, lambda part: card_detail(part, kb, full=full))))
    SCHEMA.validate(response)
    made: list[dict[str, Any]] = response["cards"]
    return made


def test_the_schema_refuses_what_the_specification_does() -> None:
    """A card without a source, a long summary, another indicator, suggestions without their behaviour."""
    card: dict[str, Any] = {"summary": "x", "indicator": "info", "source": {"label": "x"}}
    SCHEMA.validate({"cards": [card]})
    wrongs: list[dict[str, Any]] = [
        {"source": {}},
        {"summary": "x" * 140},
        {"indicator": "hard-stop"},
        {"suggestions": []},
        {"links": [{"label": "x", "url": "x:y"}]},
        {"severity": "high"},
    ]
    for wrong in wrongs:
        with pytest.raises(ValidationError):
            SCHEMA.validate({"cards": [card | wrong]})


@pytest.mark.parametrize(
    ("words", "indicators", "summaries"),
    [
        ("pregnancy", ["critical"], ["Contraindicated: Pregnancy. Take care."]),
        ("warfarin", ["warning"], ["Medical clearance first: Warfarin. Take care."]),
        ("osteoporosis", ["warning"], ["Local contraindication: Osteoporosis. Take care."]),
        ("cancer", ["info"], ["Adapt the treatment: Cancer. Take care."]),
        ("coughing up blood", ["critical"], ["Do not massage. Call emergency services: coughing up blood"]),
        ("swollen warm calf", ["critical"], ["Do not massage. Same-day medical review: swollen warm calf"]),
        (
            "cancer, coughing up blood, pregnancy, xyzzy plugh",
            ["critical", "critical", "info", "info"],
            [
                "Do not massage. Call emergency services: coughing up blood",
                "Contraindicated: Pregnancy. Take care.",
                "Adapt the treatment: Cancer. Take care.",
                "Not recognised, and so not screened: “xyzzy plugh”",
            ],
        ),
    ],
    ids=["contraindicated", "clearance", "local", "adapt", "emergency", "same-day", "all"],
)
def test_level_and_urgency_give_the_indicator(words: str, indicators: list[str], summaries: list[str]) -> None:
    """Alarms first and critical, then the precautions, strictest first, then what was not recognised."""
    kb = clinic()
    found = [card for card in cards(kb, words) if not card["summary"].startswith("Also read")]
    assert [card["indicator"] for card in found] == indicators
    assert [card["summary"] for card in found] == summaries
    assert {card["source"]["label"] for card in found} == {f"{kb.file.title}, edition {kb.edition}"}


def test_the_level_that_is_known_to_hold_decides() -> None:
    """A stricter advice that a circumstance brings takes the place of the action."""
    record = precaution("Fluttering", level="adapt") | {
        "advice": [{"level": "contraindicated", "text": "Do not.", "when": {"age": {"min": 65}}, "citations": [13]}]
    }
    kb = clinic(precautions=[*PRECAUTIONS, record])
    (young, *_), (old, *_) = (cards(kb, words) for words in ("fluttering, 40 years old", "fluttering, 70 years old"))
    assert (young["indicator"], young["summary"]) == ("info", "Adapt the treatment: Fluttering. Take care.")
    assert (old["indicator"], old["summary"]) == ("critical", "Contraindicated: Fluttering. Do not.")


def test_a_card_is_about_one_thing() -> None:
    """The words, harms and questions of another precaution stand on its own card."""
    asked = {"text": "Any bleeding?", "if_yes": "clearance", "then": "Ask.", "citations": [13]}
    kb = clinic(
        precautions=[
            precaution("Warfarin", "", "clearance", "bruise") | {"questions": [asked]},
            precaution("Osteoporosis", "", "local", "fracture"),
        ],
        medicines=[medicine("Thinners", "eliquis", "warfarin")],
        cases=[],
    )
    thin, bone = cards(kb, "eliquis, osteoporosis")
    assert "“eliquis”" in thin["detail"]
    assert "“osteoporosis”" not in thin["detail"]
    assert "Any bleeding?" in thin["detail"]
    assert "Any bleeding?" not in bone["detail"]
    assert ("**Bruise**" in thin["detail"], "**Fracture**" in thin["detail"]) == (True, False)
    assert ("**Bruise**" in bone["detail"], "**Fracture**" in bone["detail"]) == (False, True)


def test_every_card_keeps_notice_absence_and_references() -> None:
    """Whoever reads one card alone reads what it rests on and what it is not, in brief and in full."""
    kb = clinic()
    for full in (False, True):
        for card in cards(kb, "warfarin, coughing up blood", full=full):
            text = card["detail"].replace("\\", "")
            for part in (kb.notice, kb.absence):
                assert text.count(part) == 1
            assert "## References" in text


def test_full_adds_advice_and_reasons() -> None:
    """The detail is one screen, and with --full everything."""
    kb = clinic()
    (brief, *_), (whole, *_) = (cards(kb, "warfarin", full=full) for full in (False, True))
    assert "Warfarin matters." not in brief["detail"]
    assert "Warfarin matters." in whole["detail"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("warfarin, no cancer", "Read as denied: “no cancer” (Cancer)"),
        ("warfarin, left-handed", None),
        ("warfarin, vitamin x", "Vitamins (“vitamin x”)"),
        ("warfarin, numb hand", "**Numb hand**"),
    ],
    ids=["denied", "word", "medicine", "harm"],
)
def test_the_rest_has_a_card_where_there_is_any(words: str, said: str | None) -> None:
    """What was set aside, a medicine without a precaution, and a harm that was named; a word of a form needs none."""
    kb = clinic(medicines=[medicine("Vitamins", "vitamin x")])
    first, *others = cards(kb, words)
    assert first["summary"].startswith("Medical clearance first: Warfarin")
    assert [card["indicator"] for card in others] == (["info"] if said else [])
    if said:
        assert said in others[0]["detail"].replace("\\", "")
        assert said not in first["detail"].replace("\\", "")


@pytest.mark.parametrize("words", ["no cancer", "left-handed", "xyzzy plugh", "back"])
def test_there_is_always_a_card(words: str) -> None:
    """An empty list would read as an all-clear: where no precaution was recognised, a card says so."""
    kb = clinic()
    (card,) = cards(kb, words)
    assert card["indicator"] == "info"
    assert card["summary"].startswith(("No precaution and no warning sign was recognised.", "Not recognised, and so"))
    assert kb.absence in card["detail"]


@pytest.mark.parametrize("length", [10, LONGEST_SUMMARY, LONGEST_SUMMARY + 1, 500])
def test_a_summary_is_cut_between_words(length: int) -> None:
    """As many whole words as there is room for, and a mark that says that something is missing."""
    text = ("word, " * 100)[: length - 1] + "x"
    short = shortened(text)
    assert len(short) <= LONGEST_SUMMARY
    assert (short == text) == (length <= LONGEST_SUMMARY)
    if short != text:
        assert short.endswith("word…")
        assert len(short) > LONGEST_SUMMARY - len(" word,")
    assert shortened("x" * length) == ("x" * length if length <= LONGEST_SUMMARY else f"{'x' * 138}…")


def test_the_whole_summary_stands_in_the_detail() -> None:
    """A long name and action are cut in the summary and whole in the detail."""
    name = "Long condition of the knee and of the hip and of both elbows that nobody who was asked had ever seen before"
    (card, *_) = cards(clinic(precautions=[precaution(name)]), name)
    assert len(card["summary"]) <= LONGEST_SUMMARY
    assert card["summary"].endswith("…")
    assert card["detail"].startswith(f"**Adapt the treatment: {name}. Take care.**\n\n")


def test_what_a_client_types_is_no_markup() -> None:
    """Signs of Markdown, HTML and controls are text; the summary is plain text."""
    (card,) = cards(clinic(), "<img src=x> [a](http://evil.example) `b` \x1b[31mred")
    html = MarkdownIt().render(card["detail"])
    assert "<img" not in html
    assert "<a " not in html
    assert "<code" not in html
    assert "\x1b" not in json.dumps(card, ensure_ascii=False)


def test_the_clients_of_the_tests_keep_the_schema(kb: KnowledgeBase) -> None:
    """Real descriptions: each alarm and each precaution of the answer has its card, in the same order."""
    for words in (client["description"] for client in CLIENTS):
        found = screen(kb, words, Plan())
        made = cards(kb, words)
        names = [part.sign.name for part in found.alarms] + [record.name for record in found.precautions]
        assert len(made) - len(names) in {0, 1}
        for name, card in zip(names, made, strict=False):
            assert name in card["detail"].replace("\\", "")
        if found.unknown:
            assert all(part.typed in made[-1]["detail"].replace("\\", "") for part in found.unknown)


def test_the_command_prints_the_cards(run: Run, kb: KnowledgeBase) -> None:
    """The same cards, and the exit code of a screening."""
    answer = run("screen", "warfarin,", "xyzzy", "plugh", "--format", "cds-cards")
    assert answer.json == {"cards": cards(kb, "warfarin, xyzzy plugh")}
    unknown = run("screen", "xyzzy", "plugh", "--format", "cds-cards", code=1)
    SCHEMA.validate(unknown.json)
    planned = run("screen", "warfarin", "--region", "neck", "--full", "--format", "cds-cards").json
    assert planned == {"cards": cards(kb, "warfarin", Plan(regions=("neck",)), full=True)}


def test_what_is_planned_decides_a_card(kb: KnowledgeBase) -> None:
    """Stricter advice on the plan is the summary; the action for everybody stands in the detail."""
    (card, *_) = cards(kb, "Eliquis, neck, deep tissue")
    assert card["indicator"] == "critical"
    advice = "Do not use deep tissue or forceful massage."
    assert card["summary"] == f"Contraindicated as planned: Anticoagulant therapy. {advice}"
    assert "Ask the prescriber before any massage; use no deep or forceful massage." in card["detail"]
    (without, *_) = cards(kb, "Eliquis, neck")
    assert (without["indicator"], without["summary"][:24]) == ("warning", "Medical clearance first:")
