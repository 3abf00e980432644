"""Measure whether the conditions and medicines that intake forms ask about are answered or recognised.

`python benchmarks/intake.py` prints the shares with 95 % intervals, `--misses` lists what went wrong, and `--gate`
fails where the share of all is below its floor. `intake.json` holds 150 conditions and 50 medicines, collected from
forms by somebody who had not seen the data, and what a second person judged right. An item is right if everything that
is `expected` is in the answer, and beside it nothing but what it `may` hold: ids of precautions, medicines, signs and
harms, and names of what is recognised. Harms that a condition bears on do not count.
"""

import argparse
import sys
from itertools import chain
from pathlib import Path

import msgspec
from clinical import interval

from massharm import KnowledgeBase
from massharm.clinical.screening import Plan, Screening, screen
from massharm.kb.records import Harm

JUDGED = Path(__file__).with_name("intake.json")
FLOOR = 0.965
"""Two points below what the judged items reached when they were taken in: 197 of 200."""


class Item(msgspec.Struct, frozen=True):
    """Words of a form, what they mean, and what the answer must and may hold."""

    text: str
    kind: str
    means: str
    expected: tuple[str, ...]
    may: tuple[str, ...] = ()


def answered(found: Screening) -> tuple[set[str], set[str]]:
    """Return what an answer holds about the client, and the harms that are named in it."""
    held = chain(
        (record.id for record in found.precautions),
        (medicine.id for medicine, _ in found.medicines),
        (part.sign.id for part in found.alarms),
        (record.name for record in found.recognised),
    )
    return set(held), {mention.record.id for mention in found.mentions if isinstance(mention.record, Harm)}


def fault(kb: KnowledgeBase, item: Item) -> str:
    """Return what is missing in the answer to an item, and what should not be there."""
    held, harms = answered(screen(kb, item.text, Plan()))
    missing = set(item.expected) - held - harms
    extra = held - {*item.expected, *item.may}
    return ", ".join([*(f"no {name}" for name in sorted(missing)), *(f"extra {name}" for name in sorted(extra))])


def main() -> int:
    """Print the shares, or what went wrong; return 1 where the share of all is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    parser.add_argument("--gate", action="store_true", help="fail where the share of all is below its floor")
    options = parser.parse_args()
    items = msgspec.json.decode(JUDGED.read_bytes(), type=list[Item])
    kb = KnowledgeBase.load()
    faults = [(item, fault(kb, item)) for item in items]
    if options.misses:
        for item, what in faults:
            if what:
                print(f"{item.text!r} ({item.means}): {what}")
        return 0
    print("| items | right | share | 95 % interval |\n| --- | ---: | ---: | ---: |")
    for kind in (*dict.fromkeys(item.kind for item in items), ""):
        own = [not what for item, what in faults if kind in {"", item.kind}]
        low, high = interval(sum(own), len(own))
        print(f"| {kind or 'all'} | {sum(own)} of {len(own)} | {sum(own) / len(own):.1%} | {low:.1%} to {high:.1%} |")
    is_low = sum(not what for _, what in faults) / len(faults) < FLOOR
    if is_low and options.gate:
        print("forms are read worse than they were; see: python benchmarks/intake.py --misses")
    return int(is_low and options.gate)


if __name__ == "__main__":
    sys.exit(main())
