"""The public names, the functions that answer, and the engine for services."""

import gc
import json
import random
import subprocess
import sys
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import massharm
from built import environment
from massharm import Engine, KnowledgeBase, MassharmError, NotFound, WrongUse
from massharm.exports.answers import Answer, to_json
from massharm.kb.records import KINDS, MODELS
from tiny import DATA, Run

CLIENT = "warfarin, osteoporosis, zorbing, no diabetes, chest pain"
PLAN: dict[str, Any] = {"regions": ["neck"], "techniques": ["thai"], "providers": ["self"], "full": True}
OPTIONS = ("--full", "--region", "neck", "--technique", "thai", "--provider", "self")


@pytest.mark.parametrize("name", massharm.__all__)
def test_each_public_name_is_there(name: str) -> None:
    """Those of the type checker are those of the interpreter."""
    assert getattr(massharm, name) is not None
    assert name in dir(massharm)


def test_another_name_is_not() -> None:
    """The message is that of any module."""
    with pytest.raises(AttributeError, match="module 'massharm' has no attribute 'scren'"):
        massharm.scren  # noqa: B018


def test_the_import_of_the_package_imports_nothing() -> None:
    """Every start of the program passes by; a name is imported when it is used."""
    code = (
        "import sys; before = set(sys.modules); import massharm\n"
        "assert set(sys.modules) - before == {'massharm'}, set(sys.modules) - before\n"
        "massharm.Severity\n"
        "assert 'massharm.search' not in sys.modules"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), check=False, timeout=30)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("words", "call"),
    [
        (("search", "blood", "clot"), lambda kb: massharm.find(kb, "blood clot")),
        (("search", "clot", "-k", "harm", "-n", "2"), lambda kb: massharm.find(kb, "clot", kinds=["harm"], limit=2)),
        (("search", "zzzqqq"), lambda kb: massharm.find(kb, "zzzqqq")),
        (("search", "rhabdomyolysitisen"), lambda kb: massharm.find(kb, "rhabdomyolysitisen")),
        (("screen", CLIENT), lambda kb: massharm.screen(kb, CLIENT)),
        (("screen", CLIENT, *OPTIONS), lambda kb: massharm.screen(kb, CLIENT, **PLAN)),
        (("redflags",), massharm.redflags),
        (("redflags", "dark urine"), lambda kb: massharm.redflags(kb, "dark urine")),
        (("redflags", "--region", "neck"), lambda kb: massharm.redflags(kb, regions=["neck"])),
        (("cite", "17", "3-5"), lambda kb: massharm.cite(kb, 17, "3-5")),
        (("cite", "--for", "rhabdomyolysis"), lambda kb: massharm.cite(kb, record=kb.harm("rhabdomyolysis"))),
        (("evidence",), massharm.evidence),
    ],
)  # fmt: skip
def test_answers_are_those_of_the_program(run: Run, kb: KnowledgeBase, words: tuple[str, ...], call: Any) -> None:
    """`to_dict` is what a program reads from `--json`, and so is the text."""
    code = 1 if words[1:] in {("zzzqqq",), ("rhabdomyolysitisen",)} else 0
    printed = run(*words, "--json", code=code, env={"MASSHARM_KB": str(DATA)})
    answer: Answer = call(kb)
    assert answer.to_dict() == printed.json
    assert f"{to_json(answer)}\n" == printed.out


def test_a_reference_that_means_nothing_is_named(tiny: KnowledgeBase) -> None:
    """No part of the answer is given, as a program would not see what lacks."""
    with pytest.raises(NotFound, match=r"no citation matches 999; kb\.citations holds all of them"):
        massharm.cite(tiny, 5, 999)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "citation"])
def test_records_of_a_kind_have_its_type(tiny: KnowledgeBase, kind: str) -> None:
    """By id and as a list; what is of another kind is not taken."""
    records = getattr(tiny, KINDS[kind])
    assert records == tiny.records(kind)
    for record in records:
        found = getattr(tiny, kind)(record.id)
        assert found is record
        assert type(found) is MODELS[kind]


def test_an_unknown_id_names_itself_and_the_next_step(tiny: KnowledgeBase) -> None:
    """A near id, the list, or the kind to which the id belongs."""
    with pytest.raises(NotFound, match=r"^no harm has the id “broken-lader”; did you mean broken-ladder\?$"):
        tiny.harm("broken-lader")
    with pytest.raises(NotFound, match=r"^no sign has the id “xyz”; kb\.signs holds all of them$"):
        tiny.sign("xyz")
    with pytest.raises(
        MassharmError, match=r"^“heavy” is the id of a precaution, not of a harm; read it with: kb\['heavy'\]$"
    ):
        tiny.harm("heavy")
    assert tiny["heavy"] is tiny.precaution("heavy")


def test_a_withdrawn_id_leads_to_its_heir(kb: KnowledgeBase) -> None:
    """As everywhere, if the heir is of the kind."""
    gone, heirs = next((gone, heirs) for gone, heirs in kb.heirs.items() if kb[heirs[0]].kind == "harm")
    assert kb.harm(gone).id == heirs[0]


def test_an_engine_answers_as_the_functions_do(kb: KnowledgeBase) -> None:
    """It adds only that everything is built."""
    engine = Engine(kb)
    assert engine.find("blood clot", kinds=["harm"], limit=2) == massharm.find(
        kb, "blood clot", kinds=["harm"], limit=2
    )
    assert engine.screen(CLIENT, **PLAN) == massharm.screen(kb, CLIENT, **PLAN)
    assert engine.redflags("dark urine", regions=["back"]) == massharm.redflags(kb, "dark urine", regions=["back"])
    harm = kb.harms[0]
    assert engine.cite(17, record=harm).to_dict() == massharm.cite(kb, 17, record=harm).to_dict()
    assert engine.evidence() == massharm.evidence(kb)


def test_an_engine_loads_the_knowledge_base_in_use(monkeypatch: pytest.MonkeyPatch, tiny_path: Path) -> None:
    """Without one of its own."""
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    assert Engine().kb.file == KnowledgeBase.load(tiny_path).file


def test_completions_begin_as_typed(base: KnowledgeBase) -> None:
    """Each record once, by its shortest name that begins so, and nothing for nothing."""
    engine = Engine(base)
    for record in base:
        found = {part.id: part for part in engine.complete(record.name.upper(), limit=10_000)}
        assert found[record.id].name == record.name
        assert len(found[record.id].text) <= len(record.name)
    assert engine.complete("") == engine.complete(" - ") == ()


def test_completions_are_narrowed(kb: KnowledgeBase) -> None:
    """By kind and by number, the shortest first; an unknown kind is refused."""
    engine = Engine(kb)
    found = engine.complete("haem", kinds=["harm"], limit=3)
    assert [part.kind for part in found] == ["harm"] * 3
    assert all(part.text.lower().startswith("haem") for part in found)
    assert [len(part.text) for part in found] == sorted(len(part.text) for part in found)
    assert found == engine.complete("haem", kinds=["harm"], limit=50)[:3]
    with pytest.raises(WrongUse, match="kinds does not take “colour”"):
        engine.complete("haem", kinds=["colour"])


WORDS = (
    "rhabdo", "blood clot", "warfarin, osteoporosis", "dark urine", "numb fingers", "pregnant 32 weeks", "stroke",
    "haematoma", "fever and neck stiffness", "diabetes, no cancer", "ibuprofen", "chest pain", "pacemaker", "asthma",
)  # fmt: skip


def test_threads_get_the_answers_of_one(kb: KnowledgeBase) -> None:
    """On a knowledge base that no one has used before: all that is built late is built by several threads at once."""

    def answers(kb: KnowledgeBase, words: str) -> str:
        found = massharm.find(kb, words), massharm.screen(kb, words), massharm.redflags(kb, words)
        return json.dumps([answer.to_dict() for answer in found])

    expected = [answers(kb, words) for words in WORDS]
    shared = KnowledgeBase.load(DATA)
    start = threading.Barrier(3)

    def work(number: int) -> list[str]:
        start.wait()
        order = WORDS[number:] + WORDS[:number]
        found = dict(zip(order, (answers(shared, words) for words in order), strict=True))
        return [found[words] for words in WORDS]

    with ThreadPoolExecutor(3) as pool:
        for found in pool.map(work, range(3)):
            assert found == expected


def caches() -> dict[str, Any]:
    """Return every function of the package that remembers its answers, by its name."""
    return {
        f"{module.__name__}.{name}": value
        for module in [found for name, found in sys.modules.items() if name.startswith("massharm")]
        for name, value in vars(module).items()
        if hasattr(value, "cache_info") and value.__module__ == module.__name__
    }


def test_a_service_remembers_no_more_for_more_questions(tiny: KnowledgeBase) -> None:
    """What is remembered without an upper bound does not depend on what was asked."""
    engine, letters = Engine(tiny), random.Random(7)  # noqa: S311 - no secret

    def ask() -> None:
        words = " ".join("".join(letters.choices("abcdefghilmnorstuwy", k=7)) for _ in range(4))
        for text in (words, f"stout, {words}", f"no ladder, my mother has {words}", f"creaking rungs {words} 20 years"):
            engine.find(text)
            engine.screen(text)
            engine.redflags(text)
            engine.complete(text[:6])

    ask()
    before = {name: cached.cache_info().currsize for name, cached in caches().items()}
    for _ in range(30):
        ask()
    grown = {name for name, cached in caches().items() if cached.cache_info().currsize != before.get(name)}
    assert grown, "nothing was remembered, so that nothing was tried"
    assert all(caches()[name].cache_info().maxsize is not None for name in grown), grown


def test_words_that_only_lead_to_a_record_do_not_complete_to_it(kb: KnowledgeBase) -> None:
    """A related word names something else."""
    engine = Engine(kb)
    related = [(record, name) for record in kb for name in kb.names_of(record) if name.kind == "related"]
    assert related
    for record, name in related:
        called = {own.folded for own in kb.names_of(record) if own.kind != "related"}
        if not any(own.startswith(name.folded) for own in called):
            assert record.id not in {part.id for part in engine.complete(name.text, limit=1000)}


def test_a_citation_stands_once(kb: KnowledgeBase) -> None:
    """Also if it is named and a record rests on it too; what is named comes first."""
    harm = kb.harm("rhabdomyolysis")
    *others, last = kb.references_of(harm)
    assert [part.number for part in massharm.cite(kb, last, record=harm).results] == [last, *others]


@pytest.mark.parametrize("path", [None, DATA], ids=["bundled", "another file"])
def test_a_knowledge_base_that_nobody_holds_is_freed(path: Path | None) -> None:
    """What is made of it for the search and the clinical views goes with it: a service may read many."""
    kb = KnowledgeBase.load(path)
    massharm.find(kb, "bruise")
    massharm.redflags(kb, "numb hand")
    massharm.screen(kb, "gout, MS, chest pain, left calf is swollen")
    gone = weakref.ref(kb)
    del kb
    gc.collect()
    assert gone() is None
