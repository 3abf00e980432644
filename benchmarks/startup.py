"""Time whole commands beside a one-command Typer program of the same environment, and print the ratios.

Run it where massharm is installed from its wheel: `python benchmarks/startup.py`. What counts is the time that the
processor spends on a process: what a person waits on a quiet machine, without what other programs take on a busy one.
Each command runs right after the Typer program, since the speed of a processor changes from minute to minute. The
median of these ratios counts; the milliseconds are the least. Exit 1 where a ratio is past its gate; before that,
everything is measured once more, in twice as many rounds.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

PEER = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
@app.command()
def hello(name: str = "you") -> None:
    typer.echo(f"hello {name}")
app()
"""
TOLERANCE = 1.1
"""A gate is this many times the budget."""


class Timed(NamedTuple):
    """A command, how it is called in the table, and its budget as a ratio to the Typer program."""

    words: tuple[str, ...]
    budget: float
    drawn: bool = False
    judged: bool = True

    @property
    def name(self) -> str:
        """The command, and whether it is drawn for a person."""
        return " ".join(self.words) + (" (drawn)" if self.drawn else "")

    @property
    def environment(self) -> dict[str, str]:
        """The environment to run it in: a width asks for a drawing."""
        plain = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "FORCE_COLOR"}}
        return {**plain, "COLUMNS": "80"} if self.drawn else plain


TIMED = (
    Timed(("--help",), 1.4),
    Timed(("cite", "17"), 1.2),
    Timed(("search", "rhabdo", "--json"), 1.5),
    Timed(("search", "rabdo", "--json"), 1.5),
    Timed(("list",), 1.2),
    Timed(("search", "rhabdo"), 1.9, drawn=True),
    Timed(("show", "pulmonary-embolism"), 1.9, drawn=True),
    Timed(("list", "--severity", "serious"), 2.0, drawn=True),
    Timed(("about",), 2.0, drawn=True),
    Timed(("redflags", "headache", "vomiting", "after", "neck", "massage"), 2.0, drawn=True, judged=False),
    Timed(("screen", "warfarin,", "osteoporosis"), 2.0, drawn=True, judged=False),
    Timed(("screen", "warfarin,", "osteoporosis", "--json"), 1.7),
)
"""What is timed. The clinical commands that are drawn are not judged: on a slow machine they are at the gate."""


Pairs = dict[Timed, list[tuple[float, float]]]
"""Of each command the seconds of the peer and its own, run after run."""


def measure(rounds: int) -> Pairs:
    """Return the processor seconds of the peer and of each command, run in turn; the first runs warm the disk."""
    with tempfile.TemporaryDirectory() as folder:
        peer = Path(folder) / "peer.py"
        peer.write_text(PEER)
        program = str(Path(sys.executable).with_name("massharm"))
        found: Pairs = {timed: [] for timed in TIMED}
        for turn in range(rounds + 1):
            for timed in TIMED:
                base = _seconds([sys.executable, str(peer)], dict(os.environ))
                pair = (base, _seconds([program, *timed.words], timed.environment))
                if turn:
                    found[timed].append(pair)
    return found


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return the processor time of a process, its own and the system's for it."""
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    process = os.posix_spawn(command[0], command, environment, file_actions=silent)
    _, status, used = os.wait4(process, 0)
    if status:
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime


def ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """Return the median of the ratios of a command to the peer."""
    return median(took / base for base, took in pairs)


def missed(found: Pairs) -> list[Timed]:
    """Return the judged commands that are past their gate."""
    return [timed for timed, pairs in found.items() if timed.judged and ratio(pairs) > timed.budget * TOLERANCE]


def table(found: Pairs) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'command':44} {'ms':>6} ratio budget  gate"
    yield f"{'a one-command Typer program':44} {1000 * min(base for pairs in found.values() for base, _ in pairs):6.1f}"
    past = missed(found)
    for timed, pairs in found.items():
        note = "  MISSED" if timed in past else ""
        least = 1000 * min(took for _, took in pairs)
        gate = f"{timed.budget * TOLERANCE:5.2f}" if timed.judged else "    –"
        yield f"{timed.name:44} {least:6.1f} {ratio(pairs):5.2f} {timed.budget:6.1f} {gate}{note}"


def main() -> int:
    """Print the table; exit 1 where a gate is missed twice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="how often each command is run")
    rounds = parser.parse_args().rounds
    found = measure(rounds)
    if missed(found):
        print("\n".join(table(found)), "\nmeasured again:", flush=True)
        again = measure(2 * rounds)
        found = {timed: pairs + again[timed] for timed, pairs in found.items()}
    print("\n".join(table(found)))
    return int(bool(missed(found)))


if __name__ == "__main__":
    sys.exit(main())
