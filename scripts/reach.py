"""Check that whoever types a wording of a sign or of a precaution reaches its record.

`python scripts/reach.py` types all of them, some 28,000, on every processor, and prints those that fail; `--part N`
types every N-th. The tests type a few of each record.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from massharm import KnowledgeBase
from massharm.clinical.reading import read
from massharm.clinical.redflags import redflags
from massharm.kb.records import Precaution, Sign
from massharm.kb.vocabulary import AliasKind


class Wording(NamedTuple):
    """A wording, and the kind and id of the record that has it."""

    kind: str
    record: str
    text: str


@cache
def _kb() -> KnowledgeBase:
    """Return the bundled knowledge base, read once in each process."""
    return KnowledgeBase.load()


def wordings(kb: KnowledgeBase) -> Iterator[Wording]:
    """Yield the name and the aliases of each sign and precaution, but for those that only lead to a record."""
    records: tuple[Sign | Precaution, ...] = (*kb.file.signs, *kb.file.precautions)
    for record in records:
        named = (alias.text for alias in record.aliases if alias.kind is not AliasKind.RELATED)
        for text in (record.name, *named):
            yield Wording(record.kind, record.id, text)


def is_reached(wording: Wording) -> bool:
    """Whether a wording names its precaution, or is among the red flags as its sign or through a harm."""
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
        print(f"{wording.text!r} does not lead to {wording.kind} {wording.record}")
    print(f"{len(typed)} wordings typed, {len(lost)} lead to no record of theirs")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
