"""Renew the manual page from the commands: `python scripts/manual.py`.

With --check nothing is written, and exit 1 says that the page is not current. The date of the page is the day on
which its text last changed.
"""

import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from massharm import __version__
from massharm.cli.app import app
from massharm.errors import Exit
from massharm.kb.store import VARIABLE

PAGE = Path(__file__).parents[1] / "man" / "massharm.1"
EXITS = {
    Exit.OK: "Answered.",
    Exit.NOTHING: "Nothing matched, or validate found something wrong.",
    Exit.WRONG: "Wrong use, a knowledge base that cannot be read, or an answer that cannot be written.",
    Exit.INTERNAL: "A fault in massharm itself.",
    Exit.INTERRUPTED: "Interrupted.",
    141: "The reader of the answer closed its pipe (the signal SIGPIPE).",
}
ENVIRONMENT = {
    VARIABLE: "A knowledge base file to use instead of the one that comes with massharm.",
    "COLUMNS": "The width to draw for; with it answers are drawn for a person even when piped.",
    "FORCE_COLOR": "Draw for a person, in colour, even when piped.",
    "NO_COLOR": "Use no colour.",
    "TERM": "What the terminal can do; a dumb one gets no colour.",
}
EXAMPLES = {
    "massharm search rabdo": "Find what is meant, misspelt or not.",
    "massharm show pulmonary embolism signs response": "The warning signs of a harm, and what to do first.",
    "massharm list --severity serious --region neck": "Every serious harm of massage of the neck.",
    "massharm cite 17": "A reference to paste.",
    "massharm screen warfarin, osteoporosis --region back": "What bears on a client.",
    "massharm redflags headache vomiting after neck massage": "The harms of which these are warning signs.",
    "massharm list citation --json": "All citations, for a program.",
}
ROFF = str.maketrans(
    {"\\": r"\(rs", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti", '"': r"\(dq"}
)  # fmt: skip
DATED = re.compile(r'^\.TH \S+ 1 "(\d{4}-\d\d-\d\d)"', re.MULTILINE)


def escaped(text: str) -> str:
    """Write text so that roff shows each character as it is: a hyphen can be typed again, and no line is a request."""
    plain = text.translate(ROFF)
    shown = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in plain)
    return rf"\&{shown}" if shown.startswith(".") else shown


def prose(text: str) -> Iterator[str]:
    """Give the paragraphs of a text."""
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        if number:
            yield ".PP"
        yield from map(escaped, textwrap.wrap(paragraph, 78, break_long_words=False, break_on_hyphens=False))


def entry(term: str, text: str) -> Iterator[str]:
    """Give a term, written in roff already, and what it means."""
    yield from (".TP", term)
    yield from prose(text)


def bold(text: str) -> str:
    """Give what is typed as it stands."""
    return rf"\fB{escaped(text)}\fR"


def metavar(param: Any) -> str:
    """Give the stand-in for the value of an argument or option; a flag has none."""
    if getattr(param, "is_flag", False):
        return ""
    return str(param.metavar or param.human_readable_name.upper())


def parameter(param: Any) -> Iterator[str]:
    """Give an argument or an option, and what it is for."""
    value = rf"\fI{escaped(metavar(param))}\fR"
    names = ", ".join(bold(name) for name in sorted(param.opts, key=len))
    term = value if param.param_type_name == "argument" else f"{names} {value}" if metavar(param) else names
    # That a flag is off and a list empty goes without saying.
    default = f" Default: {param.default}." if param.show_default and param.default else ""
    yield from entry(term, f"{param.help or ''}{default}")


def parameters(command: Any, context: Any) -> Iterator[str]:
    """Give the arguments of a command, then its options."""
    shown = [param for param in command.get_params(context) if not getattr(param, "hidden", False)]
    for param in sorted(shown, key=lambda param: param.param_type_name != "argument"):
        # Told once, for all commands.
        if context.parent is None or "--help" not in param.opts:
            yield from parameter(param)


def usage(command: Any) -> str:
    """Give what may follow the name of a command; what may be left out stands in brackets."""
    words = ["[OPTIONS]"]
    for param in command.params:
        if param.param_type_name == "argument":
            value = metavar(param)
            words.append(value if param.required or value.startswith("[") else f"[{value}]")
    return " ".join(words)


def command_section(name: str, command: Any, parent: Any) -> Iterator[str]:
    """Give the part of a command."""
    yield f".SS {escaped(name)}"
    yield f"{bold(f'massharm {name}')} {escaped(usage(command))}"
    yield ".PP"
    yield from prose(command.help)
    context = command.context_class(command, info_name=name, parent=parent, **command.context_settings)
    yield from parameters(command, context)


def table(heading: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give a section of terms."""
    yield f".SH {heading}"
    for term, text in rows:
        yield from entry(bold(term), text)


def page(day: str) -> str:
    """Give the whole page as of a day."""
    group: Any = typer.main.get_command(app)
    context = group.context_class(group, info_name="massharm", **group.context_settings)
    gist = group.help.partition(":")[0]
    lines = [
        r".\" Made by scripts/manual.py: change the commands, not this file.",
        f'.TH MASSHARM 1 "{day}" "massharm {escaped(__version__)}" "User Commands"',
        ".SH NAME",
        rf"massharm \- {escaped(gist[0].lower() + gist[1:])}",
        ".SH SYNOPSIS",
        rf"{bold('massharm')} [OPTIONS] \fICOMMAND\fR [ARGUMENTS]",
        ".SH DESCRIPTION",
        *prose(group.help),
        *prose("What is missing from its knowledge base is not thereby harmless. It uses no network."),
        ".SH OPTIONS",
        *parameters(group, context),
        ".SH COMMANDS",
    ]
    for name, command in group.commands.items():
        lines += command_section(name, command, context)
    lines += table("EXIT STATUS", ((str(int(code)), text) for code, text in EXITS.items()))
    lines += table("ENVIRONMENT", ENVIRONMENT.items())
    lines += table("EXAMPLES", EXAMPLES.items())
    return "\n".join(lines) + "\n"


def main() -> int:
    """Renew the page where it is not current, or only tell."""
    kept = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    dated = DATED.search(kept)
    if dated and kept == page(dated[1]):
        return 0
    if "--check" in sys.argv[1:]:
        print(f"{PAGE} is not current; renew it with: python scripts/manual.py")
        return 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(f"{datetime.now(UTC):%Y-%m-%d}"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
