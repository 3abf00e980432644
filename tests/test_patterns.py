"""Patterns: one that needs something misses no match for it, and none is compiled where it cannot match."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest
from msgspec import json

import massharm.clinical
from massharm.clinical.patterns import Pattern
from tiny import ROOT

MODULES = [import_module(f"massharm.clinical.{module.name}") for module in iter_modules(massharm.clinical.__path__)]
PATTERNS = {
    f"{module.__name__}.{name}": pattern
    for module in MODULES
    for name, pattern in vars(module).items()
    if isinstance(pattern, Pattern)
}


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """What people and forms say of clients."""
    found = []
    for name in ("clients", "newest"):
        judged = json.decode((ROOT / "benchmarks" / f"{name}.json").read_bytes())
        found += [entry["text"] for kind in ("clients", "signs", "sentences") for entry in judged[kind]]
    return found


def test_what_a_pattern_needs_stands_in_every_match(texts: list[str]) -> None:
    """Of every pattern of the package, over all texts that are judged."""
    assert len(PATTERNS) > 50
    missed = {
        name: text
        for name, pattern in PATTERNS.items()
        for text in texts
        if pattern.search(text) is None and pattern.compiled.search(text)
    }
    assert missed == {}


def test_a_pattern_is_compiled_where_a_text_holds_what_it_needs() -> None:
    """In any case of letters; every way to search gives what `re` gives, or nothing."""
    pattern = Pattern(r"\bten (?P<unit>mg|g)\b", needs=("mg", " g"))
    for text in ("no dose", "TEN", "ten kilos"):
        assert pattern.search(text) is None is pattern.match(text)
        assert [*pattern.finditer(text)] == []
        assert pattern.sub("", text) == text
    assert "compiled" not in vars(pattern)
    for text, unit in (("Ten MG a day", "MG"), ("takes ten g", "g")):
        found = pattern.search(text)
        assert found is not None
        assert found["unit"] == unit
        assert pattern.sub("one", text) == re.sub(r"(?i)\bten m?g\b", "one", text)
        assert (pattern.match(text) is None) is (text[0] == "t")
    assert pattern.search("ten mg, ten g", 1, 9) is None
    assert [found.start() for found in pattern.finditer("ten mg, ten g", 1)] == [8]
    assert pattern.match("ten mg, ten g", 8) is not None


def test_a_pattern_ignores_the_case_unless_its_flags_say_otherwise() -> None:
    """The flags of `re` stand for themselves."""
    assert Pattern("yes").search("YES")
    assert not Pattern("yes", re.NOFLAG).search("YES")
    assert Pattern("^no", re.MULTILINE).search("yes\nno")
