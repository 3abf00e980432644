"""Give the knowledge base the number and day of a new edition: `python scripts/edition.py 2026.4 [2026-12-01]`.

The day is today if none is given. With --check, nothing is written, and exit 1 means that the data differ from the
last released edition and bear its number, or that a sign or an alarm is gone or a grade is milder without a word in
`data/changes.json`. With --release, the data are recorded as released, in `data/released.json`: the edition, a SHA-256
digest of the data, the grades of signs, precautions and harms, and what leads to an alarm. No history of the repository
is needed.
"""

import argparse
import hashlib
import sys
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from massharm.errors import MassharmError
from massharm.kb import store
from massharm.kb.atomic import write_atomically
from massharm.kb.editions import EditionChanges
from massharm.kb.records import File
from massharm.kb.vocabulary import AdviceLevel, Scale, Severity, Urgency

DATA = Path(__file__).parents[1] / "data"
SCALES: dict[str, type[Scale]] = {"signs": Urgency, "precautions": AdviceLevel, "harms": Severity}
"""The kinds of record, by their plural, of which a milder grade must be stated, and the scale of each."""


class Released(Struct, frozen=True):
    """The last released edition: its number, the digest of its data, and the grade of each record by kind and id.

    `alarms` holds by id what warns of a sign or leads to a precaution: the signs at which a precaution stops, the
    precautions that a medicine implies, and what makes a sign more urgent.
    """

    edition: str
    digest: str
    grades: dict[str, dict[str, str]]
    alarms: dict[str, tuple[str, ...]] = {}


def released(file: File) -> Released:
    """Return what is recorded of an edition; its number and day are no part of the digest."""
    bare = store.encode_compact(structs.replace(file, edition="", reviewed="2000-01-01"))
    grades = {
        "signs": {record.id: str(record.urgency) for record in file.signs},
        "precautions": {record.id: str(record.level) for record in file.precautions},
        "harms": {record.id: str(record.severity) for record in file.harms},
    }
    return Released(file.edition, hashlib.sha256(bare).hexdigest(), grades, dict(_alarms(file)))


def _alarms(file: File) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what must not be lost of each record that has any."""
    for sign in file.signs:
        if sign.raised_by:
            circumstances = (msgspec.json.encode(part.circumstances).decode() for part in sign.raised_by)
            levels = (part.urgency for part in sign.raised_by)
            yield sign.id, tuple(f"{level} with {held}" for level, held in zip(levels, circumstances, strict=True))
    for record in file.precautions:
        if record.stop_if:
            yield record.id, record.stop_if
    for medicine in file.medicines:
        if medicine.precautions:
            yield medicine.id, medicine.precautions


def faults(file: File, last: Released, editions: tuple[EditionChanges, ...]) -> Iterator[str]:
    """Yield why data may not follow the last released edition as they are."""
    now = released(file)
    if now.digest == last.digest:
        return
    listed = {part.edition: part for part in editions}
    if file.edition == last.edition:
        yield f"the data differ from edition {last.edition} and bear its number; run: python scripts/edition.py NUMBER"
    elif file.edition not in listed:
        yield f"data/changes.json has no entry for edition {file.edition}; write what changed"
    named = set(listed[file.edition].lowered) if file.edition in listed else set()
    for record_id, change in (*_milder(last, now), *_lost(last, now, named)):
        if record_id not in named:
            yield f"{record_id} {change}; undo it, or name the id in “lowered” of data/changes.json"


def _milder(last: Released, now: Released) -> Iterator[tuple[str, str]]:
    """Yield the ids of signs that are gone and of records that are graded milder, each with what changed."""
    for kind, scale in SCALES.items():
        for record_id, grade in last.grades[kind].items():
            current = now.grades[kind].get(record_id)
            if current is None and kind == "signs":
                yield record_id, "is gone"
            elif current is not None and scale(current).rank > scale(grade).rank:
                yield record_id, f"fell from {grade} to {current}"


def _lost(last: Released, now: Released, named: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the ids of records that lead to fewer alarms, each with what it has lost; not what is itself named."""
    for record_id, held in last.alarms.items():
        lost = [part for part in held if part not in now.alarms.get(record_id, ()) and part not in named]
        if lost:
            yield record_id, f"has lost {'; '.join(lost)}"


def main(words: list[str], data: Path = DATA) -> int:
    """Write a new number and day, check the data, or record them as released; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", nargs="?")
    parser.add_argument("day", nargs="?", default=datetime.now(tz=UTC).date().isoformat())
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--release", action="store_true")
    asked = parser.parse_args(words)
    if asked.check + asked.release + (asked.edition is not None) != 1:
        parser.error("give a number, or --check, or --release")
    try:
        return _run(asked, data)
    except (MassharmError, msgspec.ValidationError) as error:
        print(error, file=sys.stderr)
        return 2


def _run(asked: argparse.Namespace, data: Path) -> int:
    path, record = data / "harms.json", data / "released.json"
    file = store.load(path)
    if asked.edition:
        new = structs.replace(file, edition=asked.edition, reviewed=asked.day)
        write_atomically(path, store.encode(msgspec.convert(msgspec.to_builtins(new), File)), replace=True)
        print(
            f"{path.name} is edition {asked.edition} of {asked.day}; now run scripts/citation.py and scripts/screens.py"
        )
        return 0
    changes = data / "changes.json"
    editions = store.decode_as(store.read(changes), changes, tuple[EditionChanges, ...])
    if asked.release and not record.exists():
        found = []
    else:
        found = [*faults(file, store.decode_as(store.read(record), record, Released), editions)]
    for fault in found:
        print(fault)
    if asked.release and not found:
        write_atomically(
            record, msgspec.json.format(msgspec.json.encode(released(file)), indent=1) + b"\n", replace=True
        )
        print(f"edition {file.edition} is recorded as released in data/{record.name}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
