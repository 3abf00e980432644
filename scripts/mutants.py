"""Test the tests: change the code a little, many times, and count the changes that make no test fail.

mutmut makes the mutants of the modules named in pyproject.toml (`[tool.mutmut]`) and runs for each, with a time limit,
the tests that reach the changed function. All mutants would take many hours: `--sample` of them are drawn at random
with `--seed`, each with the same chance. Install the tool with `pip install --group mutation`, then:

    python scripts/mutants.py                       # the sample that benchmarks/README.md reports
    python scripts/mutants.py --sample 100 'massharm.kb.base.*'

mutmut changes the bodies of functions; it leaves module constants and decorated functions (properties) alone.
It works in the folder `mutants` of the checkout, made afresh unless `--keep` is given.
"""

import argparse
import ast
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
WORK = ROOT / "mutants"
STATUS = {0: "survived", 1: "killed", 3: "killed", 5: "no tests", 33: "no tests"}
STATUS |= dict.fromkeys((-24, 24, 36, 152), "timed out")
"""What the exit codes of mutmut's workers mean. Any other, such as 255, says that the tests could not be run."""
KILLED = {"killed", "timed out"}
"""An endless loop is noticed too."""
SURVIVED = {"survived", "no tests"}
HUNK = re.compile(r"^@@ -(\d+)")


class Mutant(NamedTuple):
    """A mutant by mutmut's name, such as `massharm.kb.base.xǁKnowledgeBaseǁcases_of__mutmut_3`, and its file."""

    name: str
    file: Path

    @property
    def function(self) -> str:
        """The changed function, with its class: `KnowledgeBase.cases_of`."""
        mangled = self.name.rpartition(".")[2].partition("__mutmut_")[0]
        return mangled.removeprefix("x").removeprefix("_").strip("ǁ").replace("ǁ", ".")


def mutants(patterns: Iterable[str]) -> list[Mutant]:
    """Return all mutants whose name matches one of the patterns, in a stable order."""
    from mutmut.configuration import config  # noqa: PLC0415 - pytest imports this file too, for its hook
    from mutmut.mutation.file_mutation import mutate_file_contents  # noqa: PLC0415
    from mutmut.utils.file_utils import walk_mutatable_files  # noqa: PLC0415
    from mutmut.utils.format_utils import get_mutant_name  # noqa: PLC0415

    config()
    made = [
        Mutant(get_mutant_name(path, name), path)
        for path in sorted(walk_mutatable_files())
        for name in mutate_file_contents(str(path), path.read_text(encoding="utf-8")).mutant_names
    ]
    return [mutant for mutant in made if any(fnmatch(mutant.name, pattern) for pattern in patterns)]


def copy_checkout() -> None:
    """Copy every file of the checkout that git knows or would take in to the work folder.

    The times are kept: mutmut leaves a file alone that is newer than its source.
    """
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            place = WORK / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, place)


def mutmut(*words: str) -> str:
    """Return what a command of mutmut prints."""
    ran = subprocess.run(
        [sys.executable, "-m", "mutmut", *words], cwd=ROOT, capture_output=True, text=True, check=True, timeout=600
    )
    return ran.stdout


def statuses(sample: Iterable[Mutant]) -> dict[Mutant, str]:
    """Return what became of each mutant of the sample."""
    codes: dict[Path, dict[str, int | None]] = {}
    found = {}
    for mutant in sample:
        if mutant.file not in codes:
            results = json.loads(Path(f"{WORK / mutant.file}.meta").read_text(encoding="utf-8"))
            codes[mutant.file] = results["exit_code_by_key"]
        code = codes[mutant.file][mutant.name]
        found[mutant] = "not tested" if code is None else STATUS.get(code, f"failed with {code}")
    return found


def test(sample: Iterable[Mutant], children: int, minutes: float) -> None:
    """Run the tests against each mutant of the sample; stop when the time is up.

    Raises:
        SystemExit: mutmut failed, for instance because a test fails without any mutant.
    """
    names = [mutant.name for mutant in sample]
    environment = {**os.environ, "PYTEST_PLUGINS": Path(__file__).stem, "PYTHONPATH": str(Path(__file__).parent)}
    # `mutmut` and not `-m mutmut`: with the latter the fork server imports it twice.
    program = str(Path(sys.executable).with_name("mutmut"))
    running = subprocess.Popen(
        [program, "run", "--max-children", str(children), *names], cwd=ROOT, env=environment, start_new_session=True
    )
    try:
        if running.wait(minutes * 60):
            sys.exit(f"mutmut failed; where a test failed without any mutant, see it with: cd {WORK.name} && pytest -x")
    except subprocess.TimeoutExpired:
        print("\ntime is up: the slowest mutants of the sample are left out")
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGTERM)
            running.wait()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Run the quickest tests first: mutmut stops at the first that fails."""
    try:
        took = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))["duration_by_test"]
    except (OSError, ValueError):
        return
    items.sort(key=lambda item: took.get(item.nodeid, 0))


def line(mutant: Mutant, diff: str) -> int:
    """Return the line of the file that a mutant changes first, from a diff of its function."""
    lines = (ROOT / mutant.file).read_text(encoding="utf-8").splitlines()
    tree: ast.AST = ast.parse("\n".join(lines))
    for name in mutant.function.split("."):
        tree = next(
            node
            for node in ast.iter_child_nodes(tree)
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name
        )
    assert isinstance(tree, ast.FunctionDef)  # noqa: S101 - mutmut changes functions only
    start = min([tree.lineno, *(decorator.lineno for decorator in tree.decorator_list)])
    while lines[start - 2].lstrip().startswith("#"):  # mutmut counts the comments above a function as its own
        start -= 1
    offset = 0
    for text in diff.splitlines()[2:]:
        hunk = HUNK.match(text)
        if hunk:
            offset = int(hunk[1]) - 1
        elif text.startswith(("-", "+")):
            break
        else:
            offset += 1
    return start + offset


def changed(diff: str) -> str:
    """Return the changed lines of a diff."""
    return "\n".join(text for text in diff.splitlines()[2:] if text.startswith(("-", "+")))


def score(killed: int, tested: int) -> str:
    """Return a share in percent with the half width of its 95 % interval (normal approximation)."""
    share = killed / tested if tested else 0.0
    width = 1.96 * sqrt(share * (1 - share) / tested) if tested else 0.0
    return f"{100 * share:.1f} % (± {100 * width:.1f})"


def report(status: Mapping[Mutant, str]) -> Iterator[str]:
    """Yield the lines of the report: the score, a table by module, every survivor with its diff."""
    tested = [mutant for mutant in sorted(status) if status[mutant] in KILLED | SURVIVED]
    killed = {mutant for mutant in tested if status[mutant] in KILLED}
    counts = Counter(status.values())
    yield f"{', '.join(f'{count} {name}' for name, count in counts.most_common())}"
    yield f"score: {len(killed)} of {len(tested)} killed, {score(len(killed), len(tested))}"
    yield from (f"timed out: {mutant.name}" for mutant in tested if status[mutant] == "timed out")
    yield ""
    yield "| module | tested | killed | score |"
    yield "| --- | ---: | ---: | ---: |"
    for file in sorted({mutant.file for mutant in tested}):
        of_file = [mutant.file == file for mutant in tested].count(True)
        dead = [mutant.file == file for mutant in killed].count(True)
        yield f"| {file} | {of_file} | {dead} | {100 * dead / of_file:.0f} % |"
    for mutant in tested:
        if mutant not in killed:
            diff = mutmut("show", mutant.name).partition("\n")[2]
            yield ""
            yield f"{mutant.file}:{line(mutant, diff)}: {mutant.function}: {status[mutant]} ({mutant.name})"
            yield changed(diff)


def main() -> int:
    """Draw the sample, test it, print the report; exit 1 where the score is under `--least`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patterns", nargs="*", default=["*"], help="names of mutants, such as 'massharm.kb.base.*'")
    parser.add_argument("--sample", type=int, default=500, help="how many mutants to test; 0 tests all")
    parser.add_argument("--seed", type=int, default=1, help="of the random choice")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1, help="how many run at a time")
    parser.add_argument("--minutes", type=float, default=60, help="stop after this time")
    parser.add_argument("--least", type=float, default=85, help="exit 1 under this percentage")
    parser.add_argument("--keep", action="store_true", help="use the folder `mutants` of the last run again")
    options = parser.parse_args()
    os.chdir(ROOT)
    if not options.keep:
        shutil.rmtree(WORK, ignore_errors=True)
        copy_checkout()
    every = mutants(options.patterns)
    drawn = random.Random(options.seed)  # noqa: S311 - a sample, not a secret
    sample = drawn.sample(every, min(options.sample or len(every), len(every)))
    print(f"{len(every)} mutants; {len(sample)} drawn at random with seed {options.seed}", flush=True)
    test(sample, options.children, options.minutes)
    status = statuses(sample)
    print("\n".join(report(status)))
    dead, left = (sum(one in group for one in status.values()) for group in (KILLED, SURVIVED))
    return int(100 * dead < options.least * (dead + left))


if __name__ == "__main__":
    sys.exit(main())
