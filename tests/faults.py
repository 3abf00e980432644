"""Knowledge bases made faulty at random: the real file, or a part of it, with some fields and records changed.

Everything follows from the source of chance that is handed in. Kinds of record and their fields are read from the JSON
Schema of the file, so that a new field is tried as soon as it exists.
"""

import copy
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from massharm.errors import BadData
from massharm.kb import store
from massharm.kb.records import KINDS
from tiny import DATA

File = dict[str, Any]
Node = dict[str, Any]
"""A JSON Schema, or a part of one."""

DAYS = ("2020-13-45", "2020-00-00", "9999-99-99", "0000-01-01", "2023-02-29", "٢٠٢٠-٠١-٠١", "2020-01-01\n")
TEXTS = (
    "", " ", "?", "x", "脑卒中", "инсульт", "می‌شود", "é" * 3, "ﬁ", "👩‍⚕️", "\u200d", "\u202ezzqx", "\ud800",
    "a\x1b[31mb\x1b]0;owned\x07c\x9b31m\x00\x7f", "one\ntwo", "one\r\ntwo\u2028three\x85four", "a\tb\tc\n1\t2\t3",
    " two  blanks ", "[bold]x[/bold] [/x] :warning:", "**y** `q` <b>z</b> | \\ $x$ ~", "# a", "1. a", "- a", "=1+1",
    "%s %(x)s {y} {} {{", "}{ \\& @article{x,", "ER  - \r\nTY  - JOUR", ".SH NAME", "\\", "\"'“”", "...",
    "no-such-record", "word " * 400, "x" * 3000, "9" * 5000, f"over {'9' * 5000}", "0", "-1", "null",
)  # fmt: skip
NUMBERS = (-1, 0, 1, 2, 29, 30, 99999, 2**31, 2**53 + 1, 2**63, 2**64, 2**70, 10**400)
FRACTIONS = (-0.1, 0, 1e-300, 0.00049, 99.99, 100, 100.1, 1e308)
OTHERS: tuple[Any, ...] = (None, True, 0, -1, 1.5, "", "x", [], [None], {}, {"x": 1})
"""Values of every type of JSON: most are of the wrong one."""


class Spot(NamedTuple):
    """A value of the file, or the place of one that could stand there."""

    parent: Any
    key: Any
    node: Node
    place: str
    field: tuple[str, ...]
    """The type and field that it belongs to, as in `("Harm", "aliases")`."""

    def put(self, value: Any) -> None:
        """Set the value."""
        self.parent[self.key] = value

    @property
    def value(self) -> Any:
        """The value; None where there is none."""
        return self.parent.get(self.key) if isinstance(self.parent, dict) else self.parent[self.key]


@cache
def schema() -> Node:
    """Return the JSON Schema of the file."""
    return store.schema()


def resolved(node: Node) -> Node:
    """Follow references, and take the first choice that is not null."""
    while "$ref" in node or "anyOf" in node:
        if "$ref" in node:
            node = schema()["$defs"][node["$ref"].rpartition("/")[2]]
        else:
            node = next(choice for choice in node["anyOf"] if choice.get("type") != "null")
    return node


def item_node(node: Node, index: int = 0) -> Node:
    """Return the schema of an item of a list; of a list of fixed length the items differ."""
    fixed = node.get("prefixItems", [])
    part: Node = fixed[index] if index < len(fixed) else node.get("items") or {}
    return part


def spots(value: Any, node: Node, place: str = "", field: tuple[str, ...] = ()) -> Iterator[Spot]:
    """Yield every place below a value: each field that its type has, set or not, and each item of a list."""
    node = resolved(node)
    if isinstance(value, dict):
        for name, part in node.get("properties", {}).items():
            spot = Spot(value, name, part, f"{place}.{name}", (node["title"], name))
            yield spot
            yield from spots(value.get(name), part, spot.place, spot.field)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            part = item_node(node, index)
            spot = Spot(value, index, part, f"{place}[{index}]", (*field, "[]"))
            yield spot
            yield from spots(item, part, spot.place, spot.field)


def is_id(node: Node) -> bool:
    """Whether a schema describes an id, of its own record or of another."""
    pattern = resolved(node).get("pattern")
    return "x-names" in resolved(node) or (pattern is not None and re.search(pattern, "no-such-record") is not None)


def example(node: Node) -> Any:
    """Return a small value that the schema takes, or nearly: not every pattern is known here."""
    node = resolved(node)
    if "enum" in node:
        return node["enum"][0]
    match node.get("type"):
        case "object":
            return {name: example(node["properties"][name]) for name in node["required"]}
        case "array":
            return []
        case "string":
            texts = ("x", "no-such-record", "2020-01-01", "1", "PMC1", "10.1000/x", "https://example.org")
            return next((text for text in texts if re.search(node.get("pattern", ""), text)), "x")
    return node.get("minimum", 1)


# A part of the real file


COMBINATIONS, ALIASES = 40, 12
"""Of the combinations of a part, each how many-th stays; of a record, how many other names do."""


@cache
def real_file() -> File:
    """Return what the real file holds; it is not to be changed."""
    file: File = json.loads(DATA.read_text(encoding="utf-8"))
    return file


def shortened(record: File) -> File:
    """Return a record with its first other names alone."""
    return {**record, "aliases": record["aliases"][:ALIASES]} if record.get("aliases") else record


def part(rng: random.Random, harms: int = 3) -> File:
    """Return a part of the real file that keeps every rule.

    It holds some harms, what they name, all terms, as these define the scales, and a few records of each other kind. A
    link to a record that stays out is left out.
    """
    whole = real_file()
    kept = {record["id"] for record in rng.sample(whole["harms"], harms)}
    kept.update(case["id"] for case in whole["cases"] if kept.intersection(case["harms"]))
    others = {record["id"] for record in whole["harms"]}
    chosen = {"harms": [record for record in whole["harms"] if record["id"] in kept]}
    kept.update(spot.value for spot in spots(chosen, schema()) if is_id(spot.node) and spot.value not in others)
    kept.update(
        record["id"] for record in whole["precautions"] if kept & {link["harm"] for link in record.get("harms", ())}
    )
    kept.update(record["id"] for record in whole["terms"])
    for name in ("myths", "lessons", "medicines"):
        kept.update(record["id"] for record in rng.sample(whole[name], min(3, len(whole[name]))))
    file = dict(whole)
    for name in KINDS.values():
        if name != "citations":
            file[name] = [shortened(record) for record in whole[name] if record["id"] in kept]
    file["withdrawn"] = []
    file["combinations"] = [entry for entry in whole["combinations"] if entry["sign"] in kept][::COMBINATIONS]
    named = {alias for entry in whole["recognised"] for alias in entry.get("aliases", ())}
    named.update(
        alias["text"] for name in KINDS.values() for record in file[name] for alias in record.get("aliases", ())
    )
    file["ambiguous"] = [entry for entry in whole["ambiguous"] if entry["text"] in named]
    file = copy.deepcopy(file)
    drop_links(file, kept)
    keep_cited(file)
    return file


def drop_links(file: File, kept: set[str]) -> None:
    """Take out what names a record that is not kept: an id in a list, a part of a list, or a whole field."""
    for spot in list(spots(file, schema())):
        if isinstance(spot.value, list) and spot.field[-1] != "[]" and is_id(item_node(resolved(spot.node))):
            spot.put([name for name in spot.value if name in kept])
    for records in file.values():
        for record in records if isinstance(records, list) else ():
            for field in ("warning_signs", "harms"):
                parts = record.get(field, ()) if isinstance(record, dict) else ()
                if parts and isinstance(parts[0], dict):
                    record[field] = [part for part in parts if kept & {part.get("sign"), part.get("harm")}]
    for record in file["precautions"]:
        if record.get("when_past") and record["when_past"].get("heir") not in kept:
            record["when_past"] = None
    for record in file["signs"]:
        record["raised_by"] = [part for part in record.get("raised_by", ()) if any(part["with"].values())]


def keep_cited(file: File) -> None:
    """Keep the notes of the article and what is cited, number it without gaps, and let the first term cite the rest."""
    others = {name: file[name] for name in KINDS.values() if name != "citations"}
    citing = [
        spot
        for spot in spots(others, schema())
        if {"citation", "citations"} & set(spot.field) and isinstance(spot.value, int)
    ]
    cited = {spot.value for spot in citing}
    file["citations"] = [row for row in file["citations"] if row["number"] < 30 or row["number"] in cited]
    numbers = {row["number"]: number for number, row in enumerate(file["citations"])}
    uncited = [
        numbers[row["number"]]
        for row in file["citations"]
        if row["kind_of_study"] != "commentary" and row["number"] not in cited
    ]
    for spot in citing:
        spot.put(numbers[spot.value])
    for row in file["citations"]:
        row["number"] = numbers[row["number"]]
    term = file["terms"][0]
    term["citations"] = sorted({*term.get("citations", ()), *uncited})


# Faults


def texts(spot: Spot, same: Sequence[Any], rng: random.Random) -> Any:
    """Return a text to try at a spot: alone, or in the middle of the one that stands there."""
    pattern = resolved(spot.node).get("pattern", "")
    if pattern and rng.random() < 0.6:
        days = DAYS if re.search(pattern, "2020-01-01") else ()
        value = rng.choice([*days, *same, f"{spot.value}\n", "no-such-record"])
        return str(value).upper() if rng.random() < 0.1 else value
    text = rng.choice(TEXTS)
    if isinstance(spot.value, str) and rng.random() < 0.7:
        middle = len(spot.value) // 2
        return rng.choice((f"{text} {spot.value}", f"{spot.value[:middle]}{text}{spot.value[middle:]}"))
    return f"{text}." if rng.random() < 0.5 else text


def fitting(spot: Spot, same: Sequence[Any], rng: random.Random) -> Any:
    """Return a value of the type that the schema wants at a spot, mostly at or beyond the edge of what it takes.

    `same` are values that stand elsewhere in the same field.
    """
    node = resolved(spot.node)
    if "enum" in node:
        return rng.choice([*node["enum"], *node["enum"], "no such word", str(node["enum"][0]).upper(), ""])
    match node.get("type"):
        case "string":
            return texts(spot, same, rng)
        case "integer":
            return rng.choice(NUMBERS)
        case "number":
            return rng.choice(FRACTIONS)
        case "array":
            return lists(spot, same, rng)
    return copy.deepcopy(rng.choice([example(node), *same]))


def lists(spot: Spot, same: Sequence[Any], rng: random.Random) -> list[Any]:
    """Return a list to try at a spot: none, turned round, twice, many times, another's, or with a new item."""
    items = spot.value if isinstance(spot.value, list) else []
    others = [item for value in same if isinstance(value, list) for item in value]
    item = fitting(Spot([None], 0, item_node(resolved(spot.node)), spot.place, (*spot.field, "[]")), others, rng)
    return copy.deepcopy(rng.choice(([], items[::-1], items * 2, items * 40, items[:1], [*items, item], [item], *same)))


def change_field(file: File, rng: random.Random) -> str:
    """Change one field anywhere in the file, each field of each type being as likely; return what was done."""
    everywhere = list(spots(file, schema()))
    field = rng.choice(sorted({spot.field for spot in everywhere}))
    here = [spot for spot in everywhere if spot.field == field]
    spot = rng.choice(here)
    same = [other.value for other in rng.sample(here, min(20, len(here))) if other.value]
    if is_id(spot.node):
        same += [other.value for other in everywhere if is_id(other.node) and other.value][:: rng.randrange(20, 60)]
    draw = rng.random()
    if draw < 0.1 and spot.value is not None:
        del spot.parent[spot.key]
        return f"{spot.place} taken away"
    value = rng.choice(OTHERS) if draw < 0.2 else fitting(spot, same, rng)
    spot.put(value)
    return f"{spot.place} = {value!r:.120}"


def change_records(file: File, rng: random.Random) -> str:
    """Repeat, drop, rename, empty or fill whole records; return what was done."""
    name = rng.choice([name for name, rows in file.items() if isinstance(rows, list) and rows])
    rows, what = (
        file[name],
        rng.choice(("repeated", "copied", "dropped", "emptied", "filled", "all dropped", "shuffled")),
    )
    index = rng.randrange(len(rows))
    record = rows[index]
    if not isinstance(record, dict):
        return "nothing"
    node = resolved(resolved(schema())["properties"][name]["items"])
    if what == "repeated":
        rows.append(copy.deepcopy(record))
    elif what == "copied":  # as another record: what else must be unique, such as a PMID, stands twice
        new = {"id": "another-record", "key": "another-record", "number": 99998}
        rows.append(copy.deepcopy(record) | {key: value for key, value in new.items() if key in record})
    elif what == "dropped":
        del rows[index]
    elif what == "emptied":
        rows[index] = {key: value for key, value in record.items() if key in node["required"]}
    elif what == "filled":
        others = [spot for spot in spots(file, schema()) if spot.field[0] == node["title"] and spot.value]
        for spot in others:
            if len(spot.field) == 2 and not record.get(spot.key):
                record[spot.key] = copy.deepcopy(spot.value)
    elif what == "all dropped":
        rows.clear()
    else:
        rng.shuffle(rows)
    return f"{name}[{index}] {what}"


def change_bytes(raw: bytes, rng: random.Random) -> tuple[bytes, str]:
    """Change the text of the file, so that mostly it is no JSON or no UTF-8; return it with what was done."""
    at = rng.randrange(len(raw))
    changes: dict[str, Callable[[], bytes]] = {
        "cut off": lambda: raw[:at],
        "a byte changed": lambda: raw[:at] + rng.randbytes(1) + raw[at + 1 :],
        "bytes put in": lambda: raw[:at] + rng.randbytes(rng.randrange(1, 9)) + raw[at:],
        "a byte order mark": lambda: b"\xef\xbb\xbf" + raw,
        "UTF-16": lambda: raw.decode(errors="replace").encode("utf-16"),
        "Latin-1": lambda: raw.decode(errors="replace").encode("latin-1", errors="replace"),
        "nested deeply": lambda: raw.rstrip()[:-1] + b',"x":' + b"[" * 5000 + b"]" * 5000 + b"}",
        "a field twice": lambda: raw.replace(b'"name": ', b'"name": "x", "name": ', 1),
        "no number": lambda: re.sub(rb'("number": )\d+', rng.choice((rb"\1NaN", rb"\g<1>1e999", rb"\1-0")), raw),
        "empty": lambda: rng.choice((b"", b" \n", b"{}", b"[]", b"null", b'"x"', b"0")),
    }  # fmt: skip
    what = rng.choice(sorted(changes))
    return changes[what](), what


class Case(NamedTuple):
    """A faulty knowledge base: its bytes, and what was changed."""

    raw: bytes
    changes: list[str]


def faulty(file: File, rng: random.Random) -> Case:
    """Return a file with one to three faults; where it can still be read, mostly in the canonical layout."""
    file = copy.deepcopy(file)
    changes = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        change = rng.choices((change_field, change_records), (8, 1))[0]
        try:
            changes.append(change(file, rng))
        except (KeyError, TypeError, AttributeError, IndexError):
            continue  # an earlier change left nothing to change there
    ascii_only = rng.random() < 0.5
    raw = json.dumps(file, ensure_ascii=ascii_only, indent=2).encode("utf-8", "surrogatepass")
    if rng.random() < 0.7:
        with suppress(BadData):
            raw = store.encode(store.decode(raw, Path("kb.json")))
    if rng.random() < 0.08:
        raw, what = change_bytes(raw, rng)
        changes.append(what)
    return Case(raw, changes)
