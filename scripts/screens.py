"""Renew the screens of README.md: `python scripts/screens.py`. Look at what changed before you commit it."""

import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
SCREEN = re.compile(r"(<!-- screen: massharm (.+?) -->\n```console\n).*?(```\n)", re.DOTALL)


def screen(found: re.Match[str]) -> str:
    """Run the command of a screen as a terminal of 80 columns would show it."""
    command = [sys.executable, "-m", "massharm", *found[2].split()]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=True)
    return f"{found[1]}$ massharm {found[2]}\n{ran.stdout}{found[3]}"


README.write_text(SCREEN.sub(screen, README.read_text(encoding="utf-8")), encoding="utf-8")
