"""The command line: its commands, its errors, and the one door to the terminal."""

import gc
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from massharm.cli.terminal import complain, prepare
from massharm.errors import Exit, MassharmError
from massharm.text import clean

COMMANDS = {
    "search": "search",
    "show": "show",
    "list": "list_",
    "cite": "cite",
    "screen": "screen",
    "redflags": "redflags",
    "evidence": "evidence",
    "export": "export",
    "validate": "validate",
    "schema": "schema",
    "about": "about",
}
"""The commands in the order in which they are listed, and the module of each; its function has the same name."""

_CONTEXT = {"help_option_names": ["-h", "--help"]}


class Commands(Mapping[str, Any]):
    """The commands by name, each read and built when it is first asked for: a run asks for one."""

    def __init__(self) -> None:
        """Read none yet."""
        self._built: dict[str, Any] = {}

    def __iter__(self) -> Iterator[str]:
        """Walk the names."""
        return iter(COMMANDS)

    def __len__(self) -> int:
        """Count them."""
        return len(COMMANDS)

    def __getitem__(self, name: str) -> Any:
        """Give a command."""
        if name not in self._built:
            module = COMMANDS[name]
            single = typer.Typer(
                add_completion=False,
                rich_markup_mode=None,
                pretty_exceptions_enable=False,
                context_settings=_CONTEXT,
            )
            single.command(name)(getattr(import_module(f"massharm.cli.{module}"), module))
            self._built[name] = typer.main.get_command(single)
        return self._built[name]


class Group(TyperGroup):
    """A group of commands that turns a fault into one line and an exit code, in this one place."""

    def __init__(self, **settings: Any) -> None:
        """Take the settings of the program, and its commands as they are asked for."""
        super().__init__(**settings)
        self.commands: Any = Commands()

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Read the words and run the command; nothing but a fault of the program itself gets past."""
        try:
            return super().main(*args, **kwargs)
        except MassharmError as error:
            complain(str(error))
            raise SystemExit(error.exit_code) from None


app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=True,
    context_settings=_CONTEXT,
    help="A clinical reference on the harms of massage: it informs, it does not diagnose, and it never says “safe”.",
    epilog="Exit codes: 0 answered, 1 nothing matched, 2 wrong use or unreadable data.",
)


def _version(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked and not context.resilient_parsing:  # a shell that completes asks for no answer
        from massharm.cli import about

        about.version()
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the versions of program, data and schema.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    """Run the program: the entry point of the console script."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.argv[1:] = [clean(word) for word in sys.argv[1:]]
    prepare()
    if sys.stdout is None:
        complain("cannot write the answer: standard output is closed")
        os._exit(Exit.WRONG)
    gc.disable()  # a run ends before there is anything worth collecting
    code = _run()
    try:
        sys.stderr.flush()
    finally:
        # Taking the records down one by one would cost more than a search does.
        os._exit(code)


def _run() -> int:
    """Run the command and write all it said; give the exit code."""
    try:
        try:
            app()
        except SystemExit as end:
            sys.stdout.flush()
            return end.code if isinstance(end.code, int) else Exit.INTERNAL
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except OSError as error:
        complain(f"cannot write the answer: {error.strerror or error}")
        return Exit.WRONG
    except Exception as error:  # noqa: BLE001 - the last door: no traceback reaches a user
        fault = f"{type(error).__name__}: {error}"
        complain(f"a fault in massharm itself: {fault}; please report it with the command you typed")
    return Exit.INTERNAL
