"""Check that whoever types a wording reaches its record: in a description, or in the search.

`python scripts/reach.py` types all of them, some 35,000, on every processor, and prints those that fail; `--part N`
types every N-th. Wordings of signs and precautions are described, emergencies in a long sentence too. The names of all
records and the aliases of harms are searched. The tests type a few of each record.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from massharm import KnowledgeBase
from massharm.clinical.reading import read
from massharm.clinical.redflags import redflags
from massharm.clinical.screening import Plan, screen
from massharm.kb.records import Harm, Precaution, Sign
from massharm.kb.vocabulary import AliasKind, Urgency
from massharm.search.ranking import find


class Way(StrEnum):
    """How a wording is typed."""

    DESCRIBED = "described"
    ALARMING = "in a long sentence"
    NAMED = "searched as a name"
    SEARCHED = "searched"


class Wording(NamedTuple):
    """A wording, the kind and id of the record that has it, and how it is typed."""

    kind: str
    record: str
    text: str
    way: Way = Way.DESCRIBED


NAMED = 95
"""The least score of a hit by its own name."""


@cache
def _kb() -> KnowledgeBase:
    """Return the bundled knowledge base, read once in each process."""
    return KnowledgeBase.load()


def wordings(kb: KnowledgeBase) -> Iterator[Wording]:
    """Yield what is typed; no alias that only leads to a record."""
    records: tuple[Sign | Precaution, ...] = (*kb.file.signs, *kb.file.precautions)
    for record in records:
        for text in (record.name, *_aliases(record)):
            yield Wording(record.kind, record.id, text)
    for sign in kb.file.signs:
        if sign.urgency is Urgency.EMERGENCY:
            text = f"61 years old, no gout. {sign.name}. Would like a relaxing massage of the feet"
            yield Wording(sign.kind, sign.id, text, Way.ALARMING)
    yield from (Wording(record.kind, record.id, record.name, Way.NAMED) for record in kb)
    for harm in kb.file.harms:
        yield from (Wording(harm.kind, harm.id, text, Way.SEARCHED) for text in _aliases(harm))


def _aliases(record: Sign | Precaution | Harm) -> Iterator[str]:
    return (alias.text for alias in record.aliases if alias.kind is not AliasKind.RELATED)


def is_reached(wording: Wording) -> bool:
    """Whether a wording leads to its record.

    It names its precaution, or is among the red flags as its sign or through a harm. A search finds a name first, or
    the harm of the same name, and an alias among the first three.
    """
    if wording.way is Way.ALARMING:
        return wording.record in [part.sign.id for part in screen(_kb(), wording.text, Plan()).alarms]
    if wording.way in {Way.SEARCHED, Way.NAMED}:
        least = NAMED if wording.way is Way.NAMED else 1
        # The first of one hit is the first of more, and found sooner.
        for limit in (1, 3 if wording.way is Way.SEARCHED else None):
            hits = find(_kb(), wording.text, limit=limit)
            if wording.record in [hit.record.id for hit in hits if hit.score >= least]:
                return True
        return False
    if wording.kind != Sign.kind:
        return any(mention.record.id == wording.record for mention in read(_kb(), wording.text).mentions)
    found = redflags(_kb(), wording.text)
    return found.harm is not None or any(part.sign.id == wording.record for part in found.signs)


def main() -> int:
    """Type the wordings; return 1 where one does not reach its record."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--part", type=int, default=1, help="type every N-th wording only")
    typed = [*wordings(_kb())][:: parser.parse_args().part]
    with multiprocessing.Pool() as pool:
        reached = pool.map(is_reached, typed, chunksize=100)
    lost = [wording for wording, is_right in zip(typed, reached, strict=True) if not is_right]
    for wording in lost:
        print(f"{wording.text!r}, {wording.way}, does not lead to {wording.kind} {wording.record}")
    print(f"{len(typed)} wordings typed, {len(lost)} lead to no record of theirs")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
