"""Run every check and test, one after the other: what CI runs and what people run.

Further words go to pytest, and then the coverage is not judged: `python scripts/check.py -k search`.
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
TESTS = ["--cov-fail-under=0", *sys.argv[1:]] if sys.argv[1:] else []
STEPS = (
    ("layout of the code", [str(BIN / "ruff"), "format", "--check", "."]),
    ("lint", [str(BIN / "ruff"), "check", "."]),
    ("types", [str(BIN / "mypy")]),
    ("layers", [str(BIN / "lint-imports"), "--no-logo"]),
    ("rules of the data", [sys.executable, "-m", "massharm", "validate", str(ROOT / "data" / "harms.json")]),
    ("edition of the data", [sys.executable, str(ROOT / "scripts" / "edition.py"), "--check"]),
    ("reading grade of the texts", [sys.executable, str(ROOT / "scripts" / "readability.py"), "--check"]),
    ("search on the judged queries", [sys.executable, str(ROOT / "benchmarks" / "quality.py"), "--gate"]),
    ("clients and signs that were judged", [sys.executable, str(ROOT / "benchmarks" / "clinical.py"), "--gate"]),
    ("words of intake forms that were judged", [sys.executable, str(ROOT / "benchmarks" / "intake.py"), "--gate"]),
    ("wordings of signs and precautions", [sys.executable, str(ROOT / "scripts" / "reach.py")]),
    ("exports in Datasette and DuckDB", [sys.executable, str(ROOT / "scripts" / "serving.py")]),
    ("tests", [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--cov", "--cov-report=term", *TESTS]),
)


def main() -> int:
    """Run all steps, and print how long each took and which failed."""
    failed, took = [], []
    for name, command in STEPS:
        print(f"== {name}", flush=True)
        start = time.monotonic()
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
        took.append(f"{name} {time.monotonic() - start:.0f} s")
    print(", ".join(took))
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
