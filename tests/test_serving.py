"""The page on serving the data: its form for search engines holds, and its script judges the answers of programs."""

import importlib.util
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from massharm import KnowledgeBase, screen
from massharm.exports.formats import render_export
from massharm.kb.records import KINDS
from tiny import ROOT

PAGE = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")


def _script() -> Any:
    """Import the script, which is not part of the package."""
    spec = importlib.util.spec_from_file_location("serving", ROOT / "scripts" / "serving.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


serving = _script()
RIGHT = [("anticoagulant-therapy", "Anticoagulant therapy", "clearance", "Ask first.")]
FOR_PLAN = [("action", "anticoagulant-therapy", "clearance", "Ask first.", False, (216,))]


def forms(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the fields of a document and the form of each, as a search engine sees it: a list is its items."""
    if isinstance(value, list):
        for item in value:
            yield from forms(item, path)
    elif isinstance(value, dict):
        if path:
            yield path, "object"
        for name, part in value.items():
            yield from forms(part, f"{path}.{name}" if path else name)
    elif value is not None:
        yield path, type(value).__name__


def mixed(documents: list[Any]) -> set[str]:
    """Return the fields that have more than one form in these documents."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for document in documents:
        for path, form in forms(document):
            seen[path].add(form)
    return {path for path, found in seen.items() if len(found) > 1}


def test_a_mapping_for_one_index_names_the_fields_that_differ(kb: KnowledgeBase) -> None:
    """No other field has two forms, so that an engine takes all records; in an index of one kind none has."""
    (text,) = re.findall(r"<!-- mapping -->\n```json\n(.*?)```", PAGE, re.DOTALL)
    properties = json.loads(text)["mappings"]["properties"]
    documents = [json.loads(line) for line in render_export(kb, "jsonl", index="massharm").splitlines()[1::2]]
    assert mixed(documents) == set(properties)
    assert all(part == {"type": "object", "enabled": False} for part in properties.values())
    for kind in KINDS:
        assert mixed([document for document in documents if document["kind"] == kind]) == set(), kind


def test_the_loop_loads_every_kind() -> None:
    """A kind that is added has to be loaded too."""
    (kinds,) = re.findall(r"^for kind in (.+); do$", PAGE, re.MULTILINE)
    assert kinds.split() == list(KINDS)


def test_the_script_takes_its_queries_from_the_page(kb: KnowledgeBase) -> None:
    """What is shown is what is run, and the answer that it wants is that of the knowledge base."""
    assert list(serving.queries()) == ["datasette", "plan", "csv", "jsonl", "sqlite"]
    assert all(serving.MEDICINE in query for query in serving.queries().values())
    wanted = serving.wanted(kb)
    assert [row[0] for row in wanted] == ["anticoagulant-therapy"]
    assert all(kb[row[0]].summary == row[3] for row in wanted)


@pytest.fixture(scope="module")
def database(kb: KnowledgeBase) -> Iterator[sqlite3.Connection]:
    """Give the exported database."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(render_export(kb, "sqlite"))
        yield db


@pytest.mark.parametrize("name", ["apixaban", "eliquis", "warfarin"])
def test_the_query_for_a_plan_gives_what_screen_gives(
    kb: KnowledgeBase, database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Level, action, advice for the technique, and the same harms as a screening, each with its sources."""
    query = serving.queries()["plan"].replace("'apixaban'", f"'{name}'")
    rows = serving.of_plan(database.execute(query).fetchall())
    answer = screen(kb, f"{name}, neck, deep tissue")
    assert {row[1] for row in rows if row[0] == "action"} == {found.id for found in answer.results}
    harms = {row[1]: row[2] for row in rows if row[0] == "harm"}
    assert harms == {part.id: part.severity for part in (*answer.harms, *answer.reported)}
    advice = {(row[2], row[3]) for row in rows if row[0] == "advice"}
    planned = {(part.level, part.text) for found in answer.results for part in found.planned}
    assert ("contraindicated", "Do not use deep tissue or forceful massage.") in planned <= advice
    assert not any("abdomen" in text for _, text in advice)
    assert all(row[5] for row in rows)
    monkeypatch.setattr(serving, "MEDICINE", name)
    assert rows == serving.wanted_for_plan(kb)


def test_what_an_outsider_finds_for_apixaban(database: sqlite3.Connection) -> None:
    """Written down by hand: the script compares two answers of the program, which could be wrong alike."""
    rows = serving.of_plan(database.execute(serving.queries()["plan"]).fetchall())
    action = "Ask the prescriber before any massage; use no deep or forceful massage."
    assert ("action", "anticoagulant-therapy", "clearance", action, False, (216, 224, 225)) in rows
    found = {row[1]: row[5] for row in rows if row[0] == "harm"}
    assert 17 in found["accessory-nerve-injury"]
    assert {89, 90} <= set(found["internal-jugular-vein-thrombosis"])
    assert 76 in found["haematoma"]


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        ([("one", RIGHT), ("two", RIGHT)], 0, ["one: right", "two: right"]),
        ([("one", RIGHT), ("two", [])], 1, ["one: right", "two: WRONG: []"]),
        ([("one", [("x", "y", "z", "w")]), ("two", RIGHT)], 1, ["one: WRONG: [('x', 'y', 'z', 'w')]", "two: right"]),
        ([("one", None)], 0, ["one: not tried, as its extension cannot be downloaded"]),
        ([("one, plan", FOR_PLAN)], 0, ["one, plan: right"]),
        ([("one, plan", RIGHT)], 1, [f"one, plan: WRONG: {RIGHT}"]),
    ],
    ids=["right", "empty", "wrong", "not-tried", "plan", "wrong-plan"],
)
def test_the_script_fails_at_a_wrong_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answers: Any, code: int, said: list[str]
) -> None:
    """Exit 1 where a program answers otherwise than the knowledge base, an empty answer among them."""
    monkeypatch.setattr(serving, "wanted", lambda _: RIGHT)
    monkeypatch.setattr(serving, "wanted_for_plan", lambda _: FOR_PLAN)
    monkeypatch.setattr(serving, "answers", lambda: iter(answers))
    assert serving.main() == code
    assert capsys.readouterr().out.splitlines()[:-1] == said


def test_a_knowledge_base_without_the_medicine_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is wanted, nothing is asked, and the script fails."""
    monkeypatch.setattr(serving, "wanted", lambda _: [])
    monkeypatch.setattr(serving, "answers", lambda: pytest.fail("asked"))
    assert serving.main() == 1
