"""Time whole commands beside a one-command Typer program of the same environment, and print the ratios.

Run it where massharm is installed from its wheel: `python benchmarks/startup.py`. What counts is the time that the
processor spends on a process: what a person waits on a quiet machine, without what other programs take on a busy one.
The commands take turns, and the least time of each counts: noise only ever adds. Exit 1 where a ratio is past its gate;
before that, everything is measured once more, in twice as many rounds.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
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
    Timed(("redflags", "headache", "after", "neck", "massage"), 2.0, drawn=True, judged=False),
    Timed(("screen", "warfarin,", "osteoporosis"), 2.0, drawn=True, judged=False),
)
"""What is timed. The clinical commands are printed and not judged: their screens are being rewritten."""


def measure(rounds: int) -> tuple[float, dict[Timed, float]]:
    """Return the least processor seconds of the peer and of each command; the first runs warm the disk."""
    with tempfile.TemporaryDirectory() as folder:
        peer = Path(folder) / "peer.py"
        peer.write_text(PEER)
        program = str(Path(sys.executable).with_name("massharm"))
        base = min(_seconds([sys.executable, str(peer)], dict(os.environ)) for _ in range(2))
        least = {timed: _seconds([program, *timed.words], timed.environment) for timed in TIMED}
        for _ in range(rounds):
            base = min(base, _seconds([sys.executable, str(peer)], dict(os.environ)))
            for timed in TIMED:
                least[timed] = min(least[timed], _seconds([program, *timed.words], timed.environment))
    return base, least


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return the processor time of a process, its own and the system's for it."""
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    process = os.posix_spawn(command[0], command, environment, file_actions=silent)
    _, status, used = os.wait4(process, 0)
    if status:
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime


def missed(base: float, least: dict[Timed, float]) -> list[Timed]:
    """Return the judged commands that are past their gate."""
    return [timed for timed, took in least.items() if timed.judged and took / base > timed.budget * TOLERANCE]


def table(base: float, least: dict[Timed, float]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'command':44} {'ms':>6} ratio budget  gate"
    yield f"{'a one-command Typer program':44} {1000 * base:6.1f}"
    past = missed(base, least)
    for timed, took in least.items():
        gate = f"{timed.budget * TOLERANCE:5.2f}" if timed.judged else "    –"
        note = "  MISSED" if timed in past else ""
        yield f"{timed.name:44} {1000 * took:6.1f} {took / base:5.2f} {timed.budget:6.1f} {gate}{note}"


def main() -> int:
    """Print the table; exit 1 where a gate is missed twice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="how often each command is run")
    rounds = parser.parse_args().rounds
    base, least = measure(rounds)
    if missed(base, least):
        print("\n".join(table(base, least)), "\nmeasured again:", flush=True)
        again, others = measure(2 * rounds)
        base, least = min(base, again), {timed: min(took, others[timed]) for timed, took in least.items()}
    print("\n".join(table(base, least)))
    return int(bool(missed(base, least)))


if __name__ == "__main__":
    sys.exit(main())
