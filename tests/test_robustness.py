"""Faulty knowledge bases and made-up command lines: a few of those that `scripts/fuzz.py` tries by the thousand."""

import json
import random
from pathlib import Path

import pytest

from command_lines import check_command_line, command_line
from faults import example, faulty, part, resolved, schema, spots
from invariants import Answer, Broken, check, check_streams, read_back, rows, run
from massharm.kb import store
from tiny import DATA

pytestmark = pytest.mark.no_cover  # other tests cover the same lines; to measure them here takes as long again
CASES = 16
LINES = 12


def chance(name: str, number: int) -> random.Random:
    """Return the source of chance of a case: the same in every run."""
    return random.Random(f"{name}/{number}")  # noqa: S311 - a sample, not a secret


@pytest.mark.parametrize("number", range(CASES))
def test_a_faulty_knowledge_base_is_answered_or_refused(tmp_path: Path, number: int) -> None:
    """Whatever is wrong in the file, no command crashes, and what it says can be read back."""
    rng = chance("file", number)
    case = faulty(part(rng), rng)
    try:
        check(case, tmp_path, rng)
    except Broken as broken:
        pytest.fail(f"after {'; '.join(case.changes)}: {broken}")


@pytest.mark.parametrize("number", range(6))
def test_a_made_up_command_line_is_answered_or_refused(number: int) -> None:
    """Whatever is typed, the program ends with 0, 1 or 2 and no traceback."""
    rng = chance("line", number)
    for _ in range(LINES):
        check_command_line(command_line(rng), rng)


@pytest.mark.parametrize("number", range(4))
def test_the_part_that_is_changed_keeps_every_rule(tmp_path: Path, number: int) -> None:
    """A fault is found in a file that had none: so a file that passes is one that the rules take, fault and all."""
    path = tmp_path / "kb.json"
    path.write_text(json.dumps(part(chance("part", number))))
    path.write_bytes(store.encode(store.load(path)))
    assert run(["validate"], path).out == ""


def test_every_field_is_changed() -> None:
    """No field of the schema is out of reach of the faults."""
    file = json.loads(DATA.read_text(encoding="utf-8"))
    types = {node["title"]: node for node in schema()["$defs"].values() if "properties" in node}
    for spot in list(spots(file, schema())):
        if spot.value is None and resolved(spot.node).get("type") == "object":
            spot.put(example(spot.node))
    file["withdrawn"] = [example(schema()["$defs"]["Withdrawn"])]
    file["harms"][0]["missing"] = [example(schema()["$defs"]["Missing"])]
    reached = {spot.field for spot in spots(file, schema())}
    assert {(title, name) for title, node in types.items() for name in node["properties"]} <= reached


def test_faults_of_every_weight_occur(tmp_path: Path) -> None:
    """Some faulty files pass the rules, some are reported, some cannot be read: each promise is tried."""
    file, path, missing = part(chance("part", 0)), tmp_path / "kb.json", {0, 1, 2}
    for number in range(100):
        path.write_bytes(faulty(file, chance("weight", number)).raw)
        missing.discard(run(["validate"], path).code)
        if not missing:
            return
    pytest.fail(f"no faulty file ends validate with {missing}")


GOOD = Answer(("list",), 0, "a\tb\nc\td\n", "")


@pytest.mark.parametrize(
    "answer",
    [
        GOOD._replace(crash="Traceback (most recent call last): ..."),
        GOOD._replace(code=70),
        GOOD._replace(code=2, err=""),
        GOOD._replace(code=2, err="massharm: one\nmassharm: two\n"),
        GOOD._replace(out="a\x1bb"),
        GOOD._replace(err="\u202e"),
    ],
    ids=["crash", "fault", "silent", "two lines", "escape", "turned text"],
)
def test_a_broken_answer_is_noticed(answer: Answer) -> None:
    """The checks refuse what they are there to refuse."""
    check_streams(GOOD, {0})
    with pytest.raises(Broken):
        check_streams(answer, {0, 1, 2})


def test_lines_that_differ_in_columns_are_noticed() -> None:
    """A tab in a name shows as a line with one column more."""
    assert read_back(GOOD, rows) == 2
    with pytest.raises(Broken, match="cannot be read back"):
        read_back(GOOD._replace(out="a\tb\nc\td\te\n"), rows)
