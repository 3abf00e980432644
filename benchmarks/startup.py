"""Time whole commands beside a one-command Typer program of the same environment, and print the ratios.

Run it in an environment where massharm is installed: `python benchmarks/startup.py`. The commands take
turns, so that a slow minute of the machine is shared by all; the ratio is that of the medians.
Exit 1 where a budget of the contract is exceeded.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEER = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
@app.command()
def hello(name: str = "you") -> None:
    typer.echo(f"hello {name}")
app()
"""
BUDGETS: dict[str, tuple[list[str], float]] = {
    "cite 17": (["cite", "17"], 1.4),
    "search rhabdo --json": (["search", "rhabdo", "--json"], 1.6),
    "search rabdo --json (misspelt)": (["search", "rabdo", "--json"], 1.6),
    "--help": (["--help"], 1.4),
    "list (piped)": (["list"], 1.6),
    "search rhabdo (drawn)": (["search", "rhabdo"], 2.0),
    "list --severity serious (drawn)": (["list", "--severity", "serious"], 2.0),
    "show pulmonary-embolism (drawn)": (["show", "pulmonary-embolism"], 2.0),
    "about (drawn)": (["about"], 2.0),
}


def measure(rounds: int) -> dict[str, list[float]]:
    """Run the peer and every command in turn; the first round warms the disk and is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        peer = Path(folder) / "peer.py"
        peer.write_text(PEER)
        program = [str(Path(sys.executable).with_name("massharm"))]
        commands = {"peer": [sys.executable, str(peer)]} | {
            name: program + words for name, (words, _) in BUDGETS.items()
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(rounds + 1):
            for name, command in commands.items():
                environment = {**os.environ, "COLUMNS": "80"} if "drawn" in name else os.environ
                start = time.perf_counter()
                subprocess.run(
                    command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=environment
                )
                if turn:
                    times[name].append(time.perf_counter() - start)
    return times


def main() -> int:
    """Print a line a command and tell whether all budgets are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="how often each command is run")
    times = measure(parser.parse_args().rounds)
    base = statistics.median(times.pop("peer"))
    print(f"{'command':36} ratio  budget")
    missed = 0
    for name, runs in times.items():
        ratio, budget = statistics.median(runs) / base, BUDGETS[name][1]
        missed += ratio > budget
        print(f"{name:36} {ratio:5.2f}  {budget:.1f}{'  MISSED' if ratio > budget else ''}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
