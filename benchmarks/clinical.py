"""Measure how the clinical views read people: conditions dropped or invented, alarms missed or false.

`python benchmarks/clinical.py` prints the shares with 95 % intervals, `--misses` lists what went wrong, and `--gate`
fails where a share is below its floor. `clients.json` holds clients, signs and sentences, whose writers had not seen
the program, and harmless sentences. Expectations were tuned on; what sets reached that were seen once stands in
`docs/method.md`. In the latest two sets, and among the traps, a condition that the data keep in doubt, such as a healed
wound, is not expected to be left out.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Iterator
from functools import cache
from itertools import chain
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import msgspec

from massharm import KnowledgeBase
from massharm.clinical.redflags import redflags
from massharm.clinical.screening import Plan, Screening, screen
from massharm.kb.vocabulary import Urgency

JUDGED = Path(__file__).with_name("clients.json")
NEWEST = Path(__file__).with_name("newest.json")
"""The sets that came last: clients, traps, signs and harmless sentences for which little was changed."""
Z = 1.96
"""The quantile of the normal distribution for 95 % intervals."""


class Client(msgspec.Struct, frozen=True):
    """A description, ids that must and must not be screened, and the most urgent alarm; None judges no alarm."""

    text: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    alarm: str | None = None
    kind: str = "client"


class Described(msgspec.Struct, frozen=True):
    """A description of a sign, the signs of which any is meant, and the alarm that is right."""

    text: str
    signs: tuple[str, ...]
    alarm: str


class Judged(msgspec.Struct, frozen=True):
    """The whole set."""

    clients: tuple[Client, ...]
    signs: tuple[Described, ...]
    sentences: tuple[Client, ...]
    harmless: tuple[str, ...]


class Verdict(NamedTuple):
    """One item judged under a measure: whether it is right, its text and what went wrong."""

    measure: str
    is_right: bool
    text: str
    fault: str = ""


FLOORS = {
    JUDGED: {
        "present conditions kept": 0.95,
        "absent conditions left out": 0.92,
        "alarms raised": 0.978,
        "no alarm for ordinary clients": 0.94,
        "no alarm for harmless sentences": 0.95,
    },
    NEWEST: {
        "present conditions kept": 0.86,
        "absent conditions left out": 0.76,
        "alarms raised": 0.976,
        "no alarm for ordinary clients": 0.89,
        "no alarm for harmless sentences": 0.92,
    },
}
"""About two points below what edition 2026.3 reached, and, of the newest sets, edition 2026.4."""


@cache
def _kb() -> KnowledgeBase:
    """Return the bundled knowledge base, read once in each process."""
    return KnowledgeBase.load()


def judge(item: Client | Described | str) -> list[Verdict]:
    """Return a verdict for each measure of an item; a text alone is a harmless sentence."""
    if isinstance(item, Client):
        return [*_of_client(item, screen(_kb(), item.text, Plan()))]
    raised = redflags(_kb(), item if isinstance(item, str) else item.text)
    signs = raised.signs if raised.described else ()
    if isinstance(item, Described):
        return [*_of_alarm(item.text, item.alarm, [part.urgency.rank for part in signs])]
    alarms = [part.sign.id for part in signs if part.urgency is not Urgency.SOON]
    return [Verdict("no alarm for harmless sentences", not alarms, item, ", ".join(alarms))]


def verdicts(judged: Judged) -> list[Verdict]:
    """Return the verdicts of all items, which are read on every processor."""
    with multiprocessing.Pool() as pool:
        items = (*judged.clients, *judged.sentences, *judged.signs, *judged.harmless)
        return [*chain.from_iterable(pool.map(judge, items, chunksize=20))]


def _of_client(client: Client, found: Screening) -> Iterator[Verdict]:
    got = {record.id for record in found.precautions} | {medicine.id for medicine, _ in found.medicines}
    got |= {record.name for record in found.recognised}
    if client.present:
        lost = [name for name in client.present if name not in got]
        yield Verdict("present conditions kept", not lost, client.text, ", ".join(lost))
    if client.absent:
        invented = [name for name in client.absent if name in got]
        yield Verdict("absent conditions left out", not invented, client.text, ", ".join(invented))
    if client.alarm:
        yield from _of_alarm(client.text, client.alarm, [part.urgency.rank for part in found.alarms])


def _of_alarm(text: str, alarm: str, ranks: list[int]) -> Iterator[Verdict]:
    """Yield whether the alarm is at least as urgent as it must be, or whether there is none where none is right."""
    none = len(Urgency)
    reached = min(ranks, default=none)
    if alarm in {Urgency.EMERGENCY, Urgency.SAME_DAY}:
        yield Verdict("alarms raised", reached <= Urgency(alarm).rank, text, f"wanted {alarm}")
    else:
        yield Verdict("no alarm for ordinary clients", reached >= Urgency.SOON.rank, text, "an alarm")


def interval(right: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson EB, J Am Stat Assoc 1927;22:209-212)."""
    share, square = right / count, Z * Z
    middle = share + square / (2 * count)
    spread = Z * sqrt(share * (1 - share) / count + square / (4 * count * count))
    return (middle - spread) / (1 + square / count), (middle + spread) / (1 + square / count)


def main() -> int:
    """Print the shares, or what went wrong; return 1 where a share is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    parser.add_argument("--gate", action="store_true", help="fail where a share is below its floor")
    parser.add_argument("--set", type=Path, choices=[*FLOORS], help="one of the sets alone")
    options = parser.parse_args()
    is_low = False
    for judged in [options.set] if options.set else FLOORS:
        found = verdicts(msgspec.json.decode(judged.read_bytes(), type=Judged))
        if options.misses:
            misses = (verdict for verdict in found if not verdict.is_right)
            print(*(f"{verdict.measure}: {verdict.fault}: {verdict.text!r}" for verdict in misses), sep="\n")
        else:
            is_low = _is_low(judged, found) or is_low
    if is_low and options.gate:
        print("the clinical views read worse than they did; see: python benchmarks/clinical.py --misses")
    return int(is_low and options.gate)


def _is_low(judged: Path, found: list[Verdict]) -> bool:
    """Print the shares of a set, and return whether one is below its floor."""
    print(f"{judged.name}\n\n| measure | right | share | 95 % interval | floor |\n| --- | ---: | ---: | ---: | ---: |")
    is_low = False
    for measure, floor in FLOORS[judged].items():
        own = [verdict.is_right for verdict in found if verdict.measure == measure]
        if own:
            right, count = sum(own), len(own)
            low, high = interval(right, count)
            is_low = is_low or right / count < floor
            cells = f"{right} of {count} | {right / count:.1%} | {low:.1%} to {high:.1%} | {floor:.0%}"
            print(f"| {measure} | {cells} |")
    print()
    return is_low


if __name__ == "__main__":
    sys.exit(main())
