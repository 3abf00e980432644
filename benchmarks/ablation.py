"""Measure what each rule of the search is worth: all halves of both sets, with one rule off at a time.

Run it in an environment where massharm is installed: `python benchmarks/ablation.py`, a minute or two.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peers import Search
from quality import FLOORS, Query, ask, massharm, read, shares, table

from massharm import KnowledgeBase
from massharm.search import query, ranking
from massharm.search.index import Index

NOTHING: frozenset[str] = frozenset()
RULES: dict[str, tuple[tuple[Any, str, Any], ...]] = {
    "all rules": (),
    "a name with a telling word answers, whatever its share": ((ranking, "_is_telling", lambda *_: False),),
    "ordinary English is not corrected": ((query, "is_common_english", lambda _: False),),
    "a part of a name, or a text, must share words that tell": ((ranking, "LEAST_EVIDENCE", 0.0),),
    "kinds of massage order and select nothing": ((query, "TECHNIQUES", NOTHING),),
    "words and questions of other subjects": (
        (ranking, "is_other_subject", lambda *_: False),
        (query, "OTHER_SUBJECTS", NOTHING),
    ),
    "what is recognised and has no record is refused": ((Index, "is_beside", lambda *_: False),),
    "a weak text is no hit": ((ranking, "LEAST_SCORES", (0, 0)),),
    "foreign words cost": ((ranking, "FOREIGN", 0),),
    "one word of a saying finds nothing": ((ranking, "_is_mere_saying", lambda *_: False),),
    "where on the body a complaint is need not stand in its name": ((ranking, "BODY_PLACES", NOTHING),),
    "misspelt words are corrected": ((query, "_corrections", lambda *_: {}),),
    "synonyms": ((query, "synonyms", lambda _: ()),),
}
"""Each rule, and what replaces it when it is off."""


@contextmanager
def without(changes: tuple[tuple[Any, str, Any], ...]) -> Iterator[None]:
    """Put something else in the place of a rule for a while."""
    kept = [(place, name, getattr(place, name)) for place, name, _ in changes]
    for place, name, other in changes:
        setattr(place, name, other)
    try:
        yield
    finally:
        for place, name, own in kept:
            setattr(place, name, own)


def cells(search: Search, halves: list[list[Query]]) -> Iterator[str]:
    """Yield the shares of each half at 1, at 3 and refused."""
    for queries in halves:
        found = shares(ask(search, queries))
        yield " / ".join(f"{100 * share:.1f}" for share in found)


def main() -> None:
    """Print the table."""
    kb = KnowledgeBase.load()
    named = {
        f"{path.stem}, {half}": [asked for asked in read(path, kb) if asked.half == half]
        for path, floors in FLOORS.items()
        for half in floors
    }
    rows = []
    for rule, changes in RULES.items():
        ranking._indexes.clear()  # noqa: SLF001 - it keeps what words were corrected to
        with without(changes):
            rows.append((rule if not changes else f"without: {rule}", *cells(massharm(kb), list(named.values()))))
    print(table(("at 1 / at 3 / refused, %", *named), rows))


if __name__ == "__main__":
    main()
