"""Update what the documents show of the program: `python scripts/screens.py`.

In README.md and docs/ it writes three things, each after its marker:

- `<!-- screen: massharm cite 17 -->` and a console block: the command and what it prints on a terminal of 80 columns.
  `<!-- screen 9: massharm list -->` shows the first nine lines only.
- `<!-- options: cite -->` to `<!-- end of options -->`: a table of the arguments and options of a command.
- a python block and a text block: what the example prints.

With --check, nothing is written, and exit 1 means that a document is out of date. Look at the changes before you commit
them.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import typer

from massharm.cli.app import app

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SCREEN = re.compile(
    r"(<!-- screen(?: (?P<lines>\d+))?: massharm (?P<words>.+?) -->\n```console\n).*?(```\n)", re.DOTALL
)
OPTIONS = re.compile(r"(<!-- options: (?P<name>\S+) -->\n).*?(<!-- end of options -->\n)", re.DOTALL)
EXAMPLE = re.compile(r"(```python\n(?P<code>.*?)```\n\n```text\n).*?(```\n)", re.DOTALL)


def updated(text: str) -> str:
    """Return a document with its screens, tables of options and outputs of examples as they are now."""
    text = SCREEN.sub(screen, text)
    text = OPTIONS.sub(lambda found: f"{found[1]}{options_table(found['name'])}{found[3]}", text)
    return EXAMPLE.sub(lambda found: f"{found[1]}{output('-c', found['code'])}{found[3]}", text)


def screen(found: re.Match[str]) -> str:
    """Return a screen: the command and what it prints, or its first lines."""
    printed = output("-m", "massharm", *shlex.split(found["words"])).splitlines(keepends=True)
    if found["lines"] and len(printed) > int(found["lines"]):
        printed = ["".join(printed[: int(found["lines"])]).rstrip("\n"), "\n...\n"]
    return f"{found[1]}$ massharm {found['words']}\n{''.join(printed)}{found[4]}"


def options_table(name: str) -> str:
    """Return a Markdown table of the arguments and options of a command, each with its help."""
    group: Any = typer.main.get_command(app)
    command = group.get_command(None, name)
    rows = ["| argument or option | meaning |", "|---|---|"]
    for param in command.params:
        if not getattr(param, "hidden", False):
            value = "" if getattr(param, "is_flag", False) else param.metavar or param.human_readable_name.upper()
            opts = sorted(param.opts, key=len)
            names = [value] if param.param_type_name == "argument" else [*opts[:-1], f"{opts[-1]} {value}"]
            # That a flag is off and a list is empty need not be said.
            default = f" Default: {param.default}." if param.show_default and param.default else ""
            meaning = f"{param.help}{default}".replace("|", r"\|").replace("<", r"\<")
            rows.append(f"| {', '.join(f'`{word.strip()}`' for word in names)} | {meaning} |")
    return "\n".join(rows) + "\n"


def output(*words: str) -> str:
    """Return what a run of Python prints on a terminal of 80 columns without colour."""
    environment = {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "MASSHARM_KB"}}
    environment |= {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, check=True
    )
    return ran.stdout.decode("utf-8")


def main() -> int:
    """Update the documents, or with --check only compare them."""
    check, outdated = "--check" in sys.argv[1:], 0
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        current = updated(text)
        if current != text:
            outdated += 1
            print(f"{path} is out of date" if check else f"updated {path}")
            if not check:
                path.write_text(current, encoding="utf-8")
    return int(check and outdated > 0)


if __name__ == "__main__":
    sys.exit(main())
