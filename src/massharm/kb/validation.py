"""What is wrong in a knowledge base file: every rule of the data, tried on a file."""

import json
import shlex
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from massharm.kb import citation_rules, harm_rules, integrity, link_rules, record_rules, store, wording_rules
from massharm.kb.base import KnowledgeBase
from massharm.text import line


class Finding(NamedTuple):
    """Something wrong: where, against which rule, and what to do."""

    place: str
    rule: str
    message: str


Rule = Callable[[KnowledgeBase], Iterator[tuple[str, str]]]

RULES: tuple[Rule, ...] = (
    *integrity.RULES,
    *citation_rules.RULES,
    *link_rules.RULES,
    *harm_rules.RULES,
    *record_rules.RULES,
    *wording_rules.RULES,
)
"""The rules of records, each a function that yields places and messages; its docstring states it to curators."""


def check(kb: KnowledgeBase, raw: bytes, path: str) -> Iterator[Finding]:
    """Yield what is wrong in a knowledge base and in the text of the file from which it was decoded.

    The knowledge base need not be sound: it is made of what `store.decode` returned, not by `KnowledgeBase.load`.
    """
    for place, message in _layout(kb, raw, path):
        yield Finding(place, "layout", message)
    for place, message in _repeated_keys(raw):
        yield Finding(place, "repeated-keys", message)
    for rule in RULES:
        for place, message in rule(kb):
            yield Finding(place, rule.__name__.replace("_", "-"), message)


def _layout(kb: KnowledgeBase, raw: bytes, path: str) -> Iterator[tuple[str, str]]:
    """The file is in its canonical layout and order, so that a change shows as what it is; or the same on one line."""
    canonical = store.encode(kb.file)
    if raw not in {canonical, store.encode_compact(kb.file)}:
        rows = zip(canonical.splitlines(), raw.splitlines(), strict=False)
        first = next((number for number, (one, two) in enumerate(rows, 1) if one != two), "the last")
        command = f"massharm validate --fix {line(shlex.quote(path))}"
        yield f"line {first}", f"not in the canonical layout; repair with: {command}"


def _repeated_keys(raw: bytes) -> Iterator[tuple[str, str]]:
    """No object names a field twice: readers keep the last and lose the rest."""
    found: list[tuple[str, str]] = []

    def note_repeats(rows: list[tuple[str, Any]]) -> dict[str, Any]:
        fields = dict(rows)
        if len(fields) < len(rows):
            place = str(fields.get("id", fields.get("key", "file")))
            counts = Counter(key for key, _ in rows).items()
            found.extend(
                (place, f"the field “{key}” stands {count} times; keep one") for key, count in counts if count > 1
            )
        return fields

    json.loads(raw, object_pairs_hook=note_repeats)
    yield from found
