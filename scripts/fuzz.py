"""Try many faulty knowledge bases and made-up command lines; see `tests/invariants.py` for what must hold.

    python scripts/fuzz.py --minutes 60 --seed 1
    python scripts/fuzz.py --seed 1 --case 4711     # one case again, with what was changed

Every tenth case changes the whole bundled file, the others a part of it. Each kind of failure is printed once, with its
first case; exit 1 where there is any.
"""

import argparse
import itertools
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from command_lines import check_command_line, command_line
from faults import faulty, part
from invariants import Broken, check
from tiny import DATA

LINES = 20
"""Command lines tried beside each knowledge base."""


def generator(seed: int, number: int) -> random.Random:
    """Return the source of chance of one case."""
    return random.Random(f"{seed}/{number}")  # noqa: S311 - a sample, not a secret


def try_one(seed: int, number: int, folder: Path) -> tuple[str, list[tuple[str, str]]]:
    """Run a case; return how `validate` judged its file, and what did not hold, each with its kind."""
    rng = generator(seed, number)
    file = json.loads(DATA.read_text(encoding="utf-8")) if number % 10 == 0 else part(rng)
    case = faulty(file, rng)
    judged, problems = "broken", []
    try:
        judged = check(case, folder, rng)
    except Broken as broken:
        problems.append((broken.kind, f"{'; '.join(case.changes)}\n{broken}"))
    for _ in range(LINES):
        try:
            check_command_line(command_line(rng), rng)
        except Broken as broken:
            problems.append((broken.kind, str(broken)))
    return judged, problems


def main() -> int:
    """Try cases until the time is up, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5, help="how long")
    parser.add_argument("--seed", type=int, default=1, help="of all that is random")
    parser.add_argument("--case", type=int, help="only this case")
    options = parser.parse_args()
    judged: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    end = time.monotonic() + 60 * options.minutes
    numbers = itertools.count() if options.case is None else [options.case]
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            if options.case is None and time.monotonic() > end:
                break
            how, problems = try_one(options.seed, number, Path(folder))
            judged[how] += 1
            for kind, problem in problems:
                failures[kind] += 1
                if failures[kind] == 1:
                    print(f"== case {number}: {kind}\n{problem}\n", flush=True)
    print(f"seed {options.seed}: {judged.total()} knowledge bases, {judged.total() * LINES} command lines")
    print("by validate: " + ", ".join(f"{count} {how}" for how, count in sorted(judged.items())))
    for kind, count in failures.most_common():
        print(f"{count:6} {kind}")
    print("nothing failed" if not failures else f"{failures.total()} failures of {len(failures)} kinds")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
