"""From schema 1 to schema 2."""

import json
from pathlib import Path
from typing import Any

import pytest

from massharm import KnowledgeBase
from massharm.errors import BadData
from massharm.kb.migration import migrate
from tiny import File, Run, harm, said, tiny_file


def old_file() -> File:
    """Return the tiny knowledge base as it was in schema 1."""
    file = tiny_file()
    for name in ("review", "medicines", "signs", "recognised", "fillers"):
        del file[name]
    file["schema"] = 1
    for record in file["harms"]:
        record.pop("plain")
        record.pop("warning_signs", None)
    harm(file, 1).update(
        outcomes=["surgery"],
        risk_factors=["heavy"],
        response=[said("Stand back.", 5)],
        warning_signs=[
            {"text": "creaking", "urgency": "soon", "citations": [5]},
            {"text": "falling " + "and falling " * 10, "urgency": "emergency-now", "citations": [11]},
        ],
    )
    harm(file).update(
        risk_factors=["heavy"], warning_signs=[{"text": "creaking", "urgency": "same-day", "citations": [2]}]
    )
    file["cases"][0]["outcomes"] = ["death"]
    file["precautions"] = [
        {
            "id": "heavy",
            "name": "Heavy client",
            "why": [said("Ladders break.", 13)],
            "advice": [
                {"level": "modify", "text": "Use a low table.", "citations": [13]},
                {"level": "avoid", "text": "No ladders.", "citations": [14]},
            ],
            "questions": [said(f"Question {number}?", 13) for number in range(5)],
            "harms": ["broken-ladder"],
        }
    ]
    file["withdrawn"] = [{"id": "azure-thumb", "heir": "blue-thumb"}]
    return file


def test_a_file_of_schema_1_becomes_one_of_schema_2() -> None:
    """Nothing that can be converted is lost."""
    kb = KnowledgeBase(migrate(old_file()).file)
    assert kb.file.schema == 2
    assert kb.file.review.clinician is None
    assert kb.heirs == {"azure-thumb": ("blue-thumb",)}
    heavy = kb.file.precautions[0]
    assert (heavy.level, heavy.action.text, heavy.action.citations) == ("contraindicated", "No ladders.", (14,))
    assert [(part.level, part.text) for part in heavy.advice] == [("adapt", "Use a low table.")]
    assert [part.text for part in heavy.questions] == [f"Question {number}?" for number in range(4)]
    assert [(part.harm, part.support) for part in heavy.harms] == [
        ("broken-ladder", "inference"), ("blue-thumb", "inference")
    ]  # fmt: skip
    case = kb.file.cases[0]
    assert [(part.outcome, part.attributed) for part in case.outcomes] == [("death", True)]


def test_a_sign_stands_once_with_its_highest_urgency_and_all_sources() -> None:
    """Harms link to it."""
    file = migrate(old_file()).file
    creaking, falling = file.signs
    assert (creaking.id, creaking.urgency, creaking.citations) == ("creaking", "same-day", (2, 5))
    assert {harm.id: [part.sign for part in harm.warning_signs] for harm in file.harms} == {
        "blue-thumb": ["creaking"], "broken-ladder": ["creaking", falling.id], "odd-feeling": []
    }  # fmt: skip
    assert len(falling.name) <= 90
    assert falling.aliases[0].text == "falling " + "and falling " * 10


def test_what_a_person_must_decide_is_listed() -> None:
    """Urgencies that differed, deaths, actions, characteristic signs, questions that are too many."""
    decisions = migrate(old_file()).decisions
    assert {place for place, _ in decisions} >= {"creaking", "author-5-ladder", "heavy", "blue-thumb", "broken-ladder"}
    said_of_heavy = [message for place, message in decisions if place == "heavy"]
    assert said_of_heavy == [
        "is “No ladders.” what everybody who has it needs?", "has more than 4 questions; left out: Question 4?"
    ]  # fmt: skip
    assert ("creaking", "had two urgencies; is now same-day: confirm") in decisions


def test_an_action_that_is_too_long_is_left_to_a_person() -> None:
    """Its level stays, and all advice."""
    file = old_file()
    file["precautions"][0]["advice"] = [{"level": "clear-first", "text": "x" * 81, "citations": [13]}]
    found = migrate(file)
    heavy = found.file.precautions[0]
    assert (heavy.level, heavy.action.text, heavy.action.basis) == (
        "clearance", "Medical clearance first: follow the advice.", "inference"
    )  # fmt: skip
    assert [part.text for part in heavy.advice] == ["x" * 81]
    assert ("heavy", "write its action in at most 80 characters") in found.decisions


def test_a_sign_never_takes_the_id_of_another_record() -> None:
    """The id of a sign is made of its words, unless a record has it."""
    file = old_file()
    harm(file)["warning_signs"][0]["text"] = "heavy"
    harm(file, 1)["warning_signs"] = [{"text": "!!", "urgency": "soon", "citations": [5]}]
    assert {sign.id for sign in migrate(file).file.signs} == {"sign-heavy", "sign"}


@pytest.mark.parametrize(
    "file",
    [[], {}, {"schema": 2}, {"schema": 1}, {"schema": 1, "harms": [1]}, {**old_file(), "harms": [{"id": "x"}]},
     {**old_file(), "precautions": [{"id": "x", "advice": [{"level": "never"}]}]}],
)  # fmt: skip
def test_what_is_no_sound_file_is_refused(file: Any) -> None:
    """With a reason, whatever is wrong."""
    with pytest.raises(ValueError, match=r"schema 1|at `|Object"):
        migrate(file)


def test_the_command_writes_the_new_file_and_lists_decisions(run: Run, tmp_path: Path) -> None:
    """The old file stays; the new one must not exist yet."""
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(old_file()))
    before = old.read_bytes()
    answer = run("validate", "--migrate", str(old), "-o", str(new))
    assert "heavy: has more than 4 questions; left out: Question 4?\n" in answer.out
    assert "written in schema 2; decisions for a person: " in answer.err
    assert old.read_bytes() == before
    assert KnowledgeBase.load(new).file.schema == 2
    assert "File exists" in run("validate", "--migrate", str(old), "-o", str(new), code=2).err


@pytest.mark.parametrize("words", [["--migrate"], ["-o", "{new}"], ["--migrate", "--fix", "-o", "{new}"]])
def test_migration_needs_both_options(run: Run, tmp_path: Path, words: list[str]) -> None:
    """And never rewrites a file in its place."""
    old = tmp_path / "old.json"
    old.write_text(json.dumps(old_file()))
    answer = run("validate", str(old), *(word.format(new=tmp_path / "new.json") for word in words), code=2)
    assert "--migrate and -o go together" in answer.err
    assert list(tmp_path.iterdir()) == [old]


def test_an_old_file_gets_one_line_with_the_command(run: Run, tmp_path: Path) -> None:
    """Every command says what to do."""
    old = tmp_path / "old.json"
    old.write_text(json.dumps(old_file()))
    answer = run("list", env={"MASSHARM_KB": str(old)}, code=2)
    assert answer.err == (
        f"massharm: knowledge base {old}: schema 1, which is no longer read; convert it with: "
        "massharm validate --migrate OLD -o NEW\n"
    )
    with pytest.raises(BadData, match="schema 1, which is no longer read"):
        KnowledgeBase.load(old)


def test_a_file_that_is_not_old_is_not_migrated(run: Run, tmp_path: Path) -> None:
    """Neither a new file nor what is no JSON."""
    for text, message in ((json.dumps(tiny_file()), "no file of schema 1"), ("{", "truncated"), ("[" * 99999, "deep")):
        path = tmp_path / "x.json"
        path.write_text(text)
        answer = run("validate", "--migrate", str(path), "-o", str(tmp_path / "new.json"), code=2)
        assert message in answer.err
        assert "\n" not in answer.err.rstrip("\n")
    assert not (tmp_path / "new.json").exists()
