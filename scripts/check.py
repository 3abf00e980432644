"""Run every check and test, one after the other: what CI runs and what people run.

Further words go to pytest: `python scripts/check.py -k search`.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
STEPS = (
    ("layout of the code", [str(BIN / "ruff"), "format", "--check", "."]),
    ("lint", [str(BIN / "ruff"), "check", "."]),
    ("types", [str(BIN / "mypy")]),
    ("layers", [str(BIN / "lint-imports"), "--no-logo"]),
    ("rules of the data", [sys.executable, "-m", "massharm", "validate", str(ROOT / "data" / "harms.json")]),
    ("tests", [sys.executable, "-m", "pytest", "--cov", "--cov-report=term", *sys.argv[1:]]),
)


def main() -> int:
    """Run all steps, and tell which of them failed."""
    failed = []
    for name, command in STEPS:
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", flush=True)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
