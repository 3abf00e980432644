"""Print the manual page, made from the help of the commands: `python scripts/manual.py > massharm.1`.

The wheel is built with it (`scripts/build_hook.py`); it needs Typer and no other library.
"""

import os
import sys
import textwrap
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import typer

from massharm import __version__
from massharm.cli.app import app
from massharm.errors import Exit

EXITS = {
    Exit.OK: "Answered.",
    Exit.NOTHING: "Nothing matched, validate found something wrong, or diff a difference.",
    Exit.WRONG: "Wrong use, a knowledge base that cannot be read, or an answer that cannot be written.",
    Exit.INTERNAL: "A fault in massharm itself.",
    Exit.INTERRUPTED: "Interrupted (the signal SIGINT).",
    Exit.CLOSED_PIPE: "The reader of the answer closed its pipe (the signal SIGPIPE).",
}
ENVIRONMENT = {
    "MASSHARM_KB": "A knowledge base file to use instead of the one that comes with massharm, or a list with overlays.",
    "MASSHARM_PAGER": "The program that shows long answers on a terminal, else PAGER, else less; cat for none.",
    "BROWSER": "The browser that --open starts.",
    "COLUMNS": "The width of the page; with it, output to a pipe is formatted for a person.",
    "FORCE_COLOR": "Format output to a pipe for a person, in colour.",
    "NO_COLOR": "Use no colour.",
    "TERM": "The type of the terminal; a dumb one gets no colour.",
}
EXAMPLES = {
    "massharm search rabdo": "Find rhabdomyolysis, although it is misspelt.",
    "massharm show pulmonary embolism signs response": "Show the warning signs of a harm, and what to do first.",
    "massharm list --severity serious --region neck": "List every serious harm of massage of the neck.",
    "massharm cite 17": "Print a reference to paste.",
    "massharm screen warfarin, osteoporosis --region back": "Screen a client.",
    "massharm redflags headache vomiting after neck massage": "Find the harms of which these are warning signs.",
    "massharm list citation --json": "List all citations, for a program.",
}
ROFF = str.maketrans(
    {"\\": r"\(rs", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti", '"': r"\(dq"}
)  # fmt: skip


def escaped(text: str) -> str:
    """Return text in roff that shows each character as it is: hyphens can be typed again, and no line is a request."""
    plain = text.translate(ROFF)
    shown = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in plain)
    return rf"\&{shown}" if shown.startswith(".") else shown


def prose(text: str) -> Iterator[str]:
    """Yield the lines of a text; its paragraphs are separated by a blank line."""
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        if number:
            yield ".PP"
        yield from map(escaped, textwrap.wrap(paragraph, 78, break_long_words=False, break_on_hyphens=False))


def entry(term: str, text: str) -> Iterator[str]:
    """Yield a term, which is roff already, and what it means."""
    yield from (".TP", term)
    yield from prose(text)


def bold(text: str) -> str:
    """Return text that is typed as it stands."""
    return rf"\fB{escaped(text)}\fR"


def metavar(param: Any) -> str:
    """Return the placeholder of the value of an argument or option; a flag has none."""
    if getattr(param, "is_flag", False):
        return ""
    return str(param.metavar or param.human_readable_name.upper())


def parameters(command: Any, context: Any) -> Iterator[str]:
    """Yield the arguments of a command, then its options; `--help` only for the program itself."""
    shown = [param for param in command.get_params(context) if not getattr(param, "hidden", False)]
    for param in sorted(shown, key=lambda param: param.param_type_name != "argument"):
        if context.parent is not None and "--help" in param.opts:
            continue
        value = rf"\fI{escaped(metavar(param))}\fR" if metavar(param) else ""
        names = ", ".join(bold(name) for name in sorted(param.opts, key=len))
        # A flag that is off and an empty list need no mention.
        default = f" Default: {param.default}." if param.show_default and param.default else ""
        term = value if param.param_type_name == "argument" else f"{names} {value}".rstrip()
        yield from entry(term, f"{param.help or ''}{default}")


def usage(command: Any) -> str:
    """Return what may follow the name of a command; brackets mark what may be left out."""
    words = ["[OPTIONS]"]
    for param in command.params:
        if param.param_type_name == "argument":
            value = metavar(param)
            words.append(value if param.required or value.startswith("[") else f"[{value}]")
    return " ".join(words)


def command_section(name: str, command: Any, parent: Any) -> Iterator[str]:
    """Yield the part about a command."""
    yield f".SS {escaped(name)}"
    yield f"{bold(f'massharm {name}')} {escaped(usage(command))}"
    yield ".PP"
    yield from prose(command.help)
    context = command.context_class(command, info_name=name, parent=parent, **command.context_settings)
    yield from parameters(command, context)


def table(heading: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a section of terms and what they mean."""
    yield f".SH {heading}"
    for term, text in rows:
        yield from entry(bold(term), text)


def page(day: str) -> str:
    """Return the whole page, dated `day` (YYYY-MM-DD)."""
    group: Any = typer.main.get_command(app)
    context = group.context_class(group, info_name="massharm", **group.context_settings)
    gist = group.help.partition(":")[0]
    lines = [
        f'.TH MASSHARM 1 "{day}" "massharm {escaped(__version__)}" "User Commands"',
        ".SH NAME",
        rf"massharm \- {escaped(gist[0].lower() + gist[1:])}",
        ".SH SYNOPSIS",
        rf"{bold('massharm')} [OPTIONS] \fICOMMAND\fR [ARGUMENTS]",
        ".SH DESCRIPTION",
        *prose(group.help),
        *prose("What its knowledge base does not hold may still do harm. It uses no network."),
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


def today() -> str:
    """Return the day of the build: that of SOURCE_DATE_EPOCH, where a build is to be repeatable, else today."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(seconds), UTC) if seconds else datetime.now(UTC)
    return f"{moment:%Y-%m-%d}"


if __name__ == "__main__":
    sys.stdout.write(page(today()))
