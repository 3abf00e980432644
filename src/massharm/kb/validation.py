"""What is wrong in a knowledge base file: every rule of the data, tried on a file."""

import json
import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from massharm.kb import (
    citation_rules,
    harm_rules,
    integrity,
    link_rules,
    local_rules,
    overlay,
    packaged,
    record_rules,
    store,
    wording_rules,
)
from massharm.kb.base import KnowledgeBase
from massharm.text import line, visible


class Finding(NamedTuple):
    """Something wrong: where, against which rule, and what to do."""

    place: str
    rule: str
    message: str


class FileFinding(NamedTuple):
    """A finding, and the file that is at fault."""

    path: Path
    finding: Finding


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
    yield from _broken_rules(kb)


def check_files(path: Path, overlays: Sequence[Path]) -> Iterator[FileFinding]:
    """Yield what is wrong in a file, and in the overlays over it: a fault is of the file with which it first appears.

    Raises:
        BadData: a file cannot be read.
    """
    raw = store.read(path)
    if packaged.is_changed(path, raw):
        message = "the file differs from its release, and the tables made from it do not fit it; install massharm again"
        yield FileFinding(path, Finding("top level", "changed-release", message))
    kb = KnowledgeBase(store.decode(raw, path))
    known = set()
    for finding in check(kb, raw, visible(str(path))):
        known.add(finding)
        yield FileFinding(path, finding)
    for place in overlays:
        raw = store.read(place)
        added = overlay.decode(raw, place)
        base, kb = kb, overlay.merge(kb, added)
        found = [Finding(at, "repeated-keys", message) for at, message in _repeated_keys(raw)]
        for rule in local_rules.RULES:
            found += [Finding(at, _name(rule), message) for at, message in rule(base, added, kb)]
        found += (finding for finding in _broken_rules(kb) if finding not in known)
        known.update(found)
        yield from (FileFinding(place, finding) for finding in found)


def _broken_rules(kb: KnowledgeBase) -> Iterator[Finding]:
    for rule in RULES:
        yield from (Finding(place, _name(rule), message) for place, message in rule(kb))


def _name(rule: Callable[..., object]) -> str:
    """Return the name of a rule as findings give it."""
    return rule.__name__.replace("_", "-")


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
