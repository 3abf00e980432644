"""What must hold for every command, whatever knowledge base it reads and whatever words it is given."""

import csv
import io
import json
import random
import re
import signal
import sqlite3
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import bibtexparser
import nbib
import rispy
from typer.testing import CliRunner

from faults import Case
from massharm.cli.app import app
from massharm.kb import store
from massharm.kb.records import KINDS

SECONDS = 20
"""The processor time that a command may take, on a whole file with one huge text in it."""


class Answer(NamedTuple):
    """What a command gave back; `crash` is the traceback of what only the last door of the program would catch."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str
    crash: str = ""


class Broken(AssertionError):
    """Something that must hold does not: `kind` names it in the same words for all such failures."""

    def __init__(self, why: str, answer: Answer) -> None:
        """Take what does not hold, and the answer of which it does not."""
        command = next(iter(answer.words), "massharm")
        places = re.findall(r'File "[^"]*massharm/(\S+)", line \d+, in (\w+)', answer.crash)
        error = answer.crash.rstrip().rpartition("\n")[2].partition(":")[0]
        self.kind = f"{error} in {places[-1][0]}, {places[-1][1]}" if places else f"{command}: {why.partition(':')[0]}"
        words = " ".join(map(repr, answer.words))
        super().__init__(f"{why}: massharm {words}\nexit {answer.code}\n{answer.err[-2000:]}\n{answer.crash}")


class TooLong(Exception):
    """A command took more processor time than any may take."""


@contextmanager
def limited() -> Iterator[None]:
    """Raise `TooLong` in what runs within for more than `SECONDS`, where the system has such timers."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def run(words: Sequence[str], kb: Path | None = None, *, columns: str = "") -> Answer:
    """Run a command in this process."""
    environment = {"MASSHARM_KB": None if kb is None else str(kb), "COLUMNS": columns or None}
    with limited():
        result = CliRunner().invoke(app, list(words), env=environment, prog_name="massharm")
    fault = result.exception
    crash = "" if fault is None or isinstance(fault, SystemExit) else "".join(traceback.format_exception(fault))
    return Answer(tuple(words), result.exit_code, result.stdout, result.stderr, crash)


def hold(*, so: bool, why: str, answer: Answer) -> None:
    """Check one thing about an answer.

    Raises:
        Broken: it is not so.
    """
    if not so:
        raise Broken(why, answer)


WHITE = frozenset("\t\n\r\ufeff\u00a0\u2009\u202f")
"""Characters that are not printable and yet do no harm."""


def check_streams(answer: Answer, codes: set[int]) -> None:
    """Check what holds for every answer: its exit code, one line an error, and no character that acts on a terminal."""
    hold(so=not answer.crash, why="it crashes", answer=answer)
    hold(so=answer.code in codes, why=f"the exit code {answer.code} is none of {sorted(codes)}", answer=answer)
    lines = answer.err.splitlines()
    own = [line for line in lines if line.startswith("massharm: ")]
    if answer.code == 2 and not answer.err.startswith("Usage: "):
        hold(so=len(lines) == len(own) == 1, why="wrong use is not one line", answer=answer)
    for stream in (answer.out, answer.err):
        acting = {char for char in {*stream} - WHITE if not char.isprintable()}
        hold(so=not acting, why=f"characters that act on a terminal: {acting!r}", answer=answer)


class Reader(NamedTuple):
    """A command line with how its answer is read back: the reader returns how many records it holds."""

    words: tuple[str, ...]
    count: Callable[[str], int]
    columns: str = ""


def results(out: str) -> int:
    """Count the results of a JSON answer."""
    return len(json.loads(out)["results"])


def rows(out: str) -> int:
    """Count the lines of an answer; those that hold tabs all hold as many.

    Raises:
        ValueError: they do not.
    """
    lines = out.removesuffix("\n").split("\n") if out else []
    if len({line.count("\t") for line in lines}) > 1:
        raise ValueError("not every line has as many columns")
    return len(lines)


def any_text(_: str) -> int:
    """Count nothing: the answer is for a person."""
    return -1


REFERENCES: dict[str, Callable[[str], int]] = {
    "text": rows,
    "ris": lambda out: len(rispy.loads(out)),
    "bibtex": lambda out: len(bibtexparser.parse_string(out).entries),
    "nbib": lambda out: len(nbib.read(out)),
    "csl-json": lambda out: len(json.loads(out)),
}
EXPORTS: dict[str, Callable[[str], int]] = {
    "json": results,
    "jsonl": lambda out: len([json.loads(line) for line in out.removesuffix("\n").split("\n") if line]),
    "csv": lambda out: len(list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline=""), strict=True))),
}


def check(case: Case, folder: Path, rng: random.Random) -> str:
    """Run every command on a faulty knowledge base; return how `validate` judges it: passed, reported or unreadable.

    Raises:
        Broken: something that must hold does not.
    """
    path = folder / f"{rng.getrandbits(64):x}.json"
    path.write_bytes(case.raw)
    try:
        return _check(path, folder, rng)
    finally:
        path.unlink()


def _check(path: Path, folder: Path, rng: random.Random) -> str:
    judged = run(["validate"], path)
    check_streams(judged, {0, 1, 2})
    if judged.code == 2:
        place = f"massharm: knowledge base {path}: "
        hold(so=judged.err.startswith(place), why="the place is not named", answer=judged)
        needing = [reader for reader in readers("x", "x", "x") if reader.words != ("schema",)]
        for reader in rng.sample([*needing, Reader(("export",), results)], 6):
            answer = run(reader.words, path, columns=reader.columns)
            check_streams(answer, {2})
            hold(
                so=answer.err == judged.err and not answer.out,
                why="another answer than that of validate",
                answer=answer,
            )
        return "unreadable"
    codes = {0, 1} if judged.code == 0 else {0, 1, 2}
    told = run(["validate", "--json"], path)
    check_streams(told, {judged.code})
    hold(so=results(told.out) == rows(judged.out), why="not one line a finding", answer=judged)
    kb = store.load(path)
    records = [record for name in KINDS.values() for record in getattr(kb, name)]
    record = rng.choice(records) if records else None
    harm = rng.choice(kb.harms).id if kb.harms else "x"
    name = record.name if record else "x"
    check_answers(path, codes, readers(name, harm, str(record.id) if record else "x"))
    check_lists(path, codes, {kind: len(getattr(kb, rows)) for kind, rows in KINDS.items()})
    check_references(path, codes, len({citation.number for citation in kb.citations}))
    check_database(path, codes, folder / "kb.sqlite", len(records))
    return "passed" if judged.code == 0 else "reported"


def narratives(out: str) -> int:
    """Count the resources of a Bundle, of which each narrative is well-formed XML."""
    entries = json.loads(out)["entry"]
    for entry in entries:
        if "text" in entry["resource"]:
            ET.fromstring(entry["resource"]["text"]["div"])  # noqa: S314 - the program wrote it a moment ago
    return len(entries)


def readers(name: str, harm: str, record: str) -> list[Reader]:
    """Return the command lines to try, but for the lists and exports of a kind."""
    name = name.strip("-") or "x"
    return [
        *(Reader(("search", "--", name), any_text, columns) for columns in ("", "40")),
        Reader(("search", "--json", "--limit", "50", "--", name), results),
        *(Reader(("show", "--", record), any_text, columns) for columns in ("", "40")),
        Reader(("show", "--json", "--", record), results),
        Reader(("show", "--format", "markdown", "--", record), any_text),
        Reader(("show", "--format", "html", "--", record), any_text),
        Reader(("show", "--", name), any_text),
        Reader(("screen", "--", name), any_text),
        Reader(("screen", "--json", "--", f"{name}, no {harm}, warfarin 82 y"), lambda out: len(json.loads(out))),
        Reader(("screen", "--format", "markdown", "--", name), any_text),
        Reader(("screen", "--format", "cds-cards", "--", name), lambda out: len(json.loads(out)["cards"])),
        Reader(("screen", "--format", "html", "--", name), any_text),
        Reader(("redflags",), any_text),
        Reader(("redflags", "--json", "--", name), results),
        Reader(("redflags", "--format", "markdown", "--", harm), any_text),
        Reader(("evidence",), any_text),
        Reader(("evidence", "--json"), results),
        Reader(("about",), any_text),
        Reader(("about", "--json"), results),
        Reader(("schema",), lambda out: len(json.loads(out))),
        Reader(("export", "--format", "markdown"), any_text),
        Reader(("export", "--format", "fhir"), narratives),
        Reader(("export", "--format", "html"), any_text),
        Reader(("cite", "--for", harm, "--style", "apa"), rows),
    ]


def check_answers(path: Path, codes: set[int], asked: Sequence[Reader]) -> None:
    """Run command lines, and read each answer back."""
    for reader in asked:
        answer = run(reader.words, path, columns=reader.columns)
        check_streams(answer, codes)
        if answer.code == 0:
            read_back(answer, reader.count)


def read_back(answer: Answer, count: Callable[[str], int]) -> int:
    """Return how many records an answer holds, as a reader of its format counts them.

    Raises:
        Broken: it cannot be read.
    """
    try:
        return count(answer.out)
    except Exception as error:
        raise Broken(f"the answer cannot be read back: {error!r}", answer) from error


def check_lists(path: Path, codes: set[int], counts: dict[str, int]) -> None:
    """List and export the records of each kind, and count them in every format."""
    for kind, wanted in counts.items():
        asked = [Reader(("list", kind), rows), Reader(("list", kind, "--json"), results)]
        asked += [Reader(("export", kind, "--format", form), count) for form, count in EXPORTS.items()]
        for reader in asked:
            check_count(path, codes, reader, wanted)
        check_streams(run(("list", kind), path, columns="60"), codes)


def check_references(path: Path, codes: set[int], wanted: int) -> None:
    """Cite all citations, and count them in every format; of two with one number, the number means one."""
    for form, count in REFERENCES.items():
        check_count(path, codes, Reader(("cite", "0-99999", "--format", form), count), wanted)
    check_count(path, codes, Reader(("cite", "0-99999", "--json"), results), wanted)


def check_count(path: Path, codes: set[int], reader: Reader, wanted: int) -> None:
    """Run a command line that answers with all records of a kind."""
    answer = run(reader.words, path)
    check_streams(answer, codes)
    if answer.code == 0:
        found = read_back(answer, reader.count)
        hold(so=found == wanted, why=f"not as many records as the file: {found} of {wanted}", answer=answer)


def check_database(path: Path, codes: set[int], database: Path, wanted: int) -> None:
    """Export to SQLite, and count the records."""
    answer = run(("export", "--format", "sqlite", "--force", "-o", str(database)), path)
    check_streams(answer, codes)
    if answer.code == 0:
        connection = sqlite3.connect(database)
        try:
            found = connection.execute("SELECT count(*) FROM records").fetchone()[0]
        finally:
            connection.close()
        hold(so=found == wanted, why=f"not as many records as the file: {found} of {wanted}", answer=answer)
