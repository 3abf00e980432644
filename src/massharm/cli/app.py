"""The program: its commands, and the one place where a fault becomes a line and an exit code."""

import os
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from massharm.cli import output
from massharm.cli.manner import MANNER, shared_options
from massharm.errors import Exit, MassharmError, WrongUse
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
    "diff": "diff",
    "validate": "validate",
    "schema": "schema",
    "about": "about",
    "mcp": "mcp",
}
"""The commands in the order of the help, and the module of each; its function has the name of the module."""

_CONTEXT = {"help_option_names": ["-h", "--help"]}
_COMPLETION = "_MASSHARM_COMPLETE"
"""The variable by which a shell asks for completion."""
_HELP_WIDTH, LEAST_WIDTH = 52, 30
"""The columns that help takes at least where nothing is said, and those that it cannot do without."""
_UsageError: Any = typer.BadParameter.__base__  # its public home differs between the versions of Typer


def _through_output(option: Any) -> Any:
    """Return a help option that writes as every answer is written: Typer's writes UTF-8 to a stream of ASCII."""

    def show(context: Any, _param: Any, asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
        if asked and not context.resilient_parsing:
            from shutil import get_terminal_size

            columns = get_terminal_size().columns
            if columns < _HELP_WIDTH:  # Typer's help is never narrower, and a terminal would break its words
                context.terminal_width = max(columns, LEAST_WIDTH)
            output.write(context.get_help())
            context.exit()

    option.callback = show
    return option


class Command(TyperCommand):
    """A command whose words are clean text, and whose paths are as they were typed."""

    def get_help_option(self, context: Any) -> Any:
        """Return the option `--help`."""
        return _through_output(super().get_help_option(context))

    def get_params(self, context: Any) -> list[Any]:
        """Return its own parameters, and the options that every command takes."""
        return [*super().get_params(context), *shared_options(hidden=True)]

    def parse_args(self, context: Any, args: list[str]) -> list[str]:
        """Read the words; drop from texts what acts on a terminal or hides in pasted words."""
        rest: list[str] = super().parse_args(context, args)
        context.params = {name: _cleaned(value) for name, value in context.params.items()}
        return rest


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    return [_cleaned(item) for item in value] if isinstance(value, list | tuple) else value


class Commands(Mapping[str, Any]):
    """The commands by name; each is imported and built when it is first asked for."""

    def __init__(self) -> None:
        """Build none yet."""
        self._built: dict[str, Any] = {}

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(COMMANDS)

    def __len__(self) -> int:
        """Return the number of commands."""
        return len(COMMANDS)

    def __getitem__(self, name: str) -> Any:
        """Return a command."""
        if name not in self._built:
            module = COMMANDS[name]
            single = typer.Typer(
                add_completion=False,
                rich_markup_mode=None,
                pretty_exceptions_enable=False,
                context_settings=_CONTEXT,
            )
            single.command(name, cls=Command)(getattr(import_module(f"massharm.cli.{module}"), module))
            self._built[name] = typer.main.get_command(single)
        return self._built[name]


class Group(TyperGroup):
    """The group of commands: it turns a fault into one line and an exit code."""

    def __init__(self, **settings: Any) -> None:
        """Take the settings of the program, and build its commands on demand."""
        super().__init__(**settings)
        self.commands: Any = Commands()

    def get_help_option(self, context: Any) -> Any:
        """Return the option `--help`."""
        return _through_output(super().get_help_option(context))

    def get_params(self, context: Any) -> list[Any]:
        """Return its own parameters, and the options that every command takes."""
        return [*shared_options(hidden=False), *super().get_params(context)]

    def parse_args(self, context: Any, args: list[str]) -> list[str]:
        """Read the words before a command; without any, ask for help."""
        read: list[str] = super().parse_args(context, args or ["--help"])
        return read

    def resolve_command(self, context: Any, args: list[str]) -> Any:
        """Return the command that the first word names.

        Raises:
            WrongUse: there is no such command.
        """
        if args[0] not in COMMANDS and not context.resilient_parsing:
            raise WrongUse(f"No such command '{args[0]}'. {_command_hint(args)}")
        return super().resolve_command(context, args)

    def main(self, *args: Any, standalone_mode: bool = True, **settings: Any) -> Any:
        """Run a command; then exit with its code, or return it where `standalone_mode` is off."""
        MANNER.reset()
        settings |= {"standalone_mode": False, "windows_expand_args": False}
        with output.held():
            try:
                code = super().main(*args, **settings) or Exit.OK
            except _UsageError as fault:
                place = fault.ctx.command_path if fault.ctx else "massharm"
                hint = _option_hint(fault)
                message = f"{fault.message}{hint}" if hint else fault.format_message().rstrip(".")
                output.error(f"{message}; see: {place} --help")
                code = Exit.WRONG
            except MassharmError as fault:
                output.error(str(fault))
                code = fault.exit_code
        if standalone_mode:
            raise SystemExit(code)
        return code


def _command_hint(args: list[str]) -> str:
    """Return what to type instead: the command that was misspelt, or a search for the words."""
    import difflib
    import shlex

    if args[0].lower() == "help":
        command = next((word for word in args[1:] if word in COMMANDS), "")
        return f"Try: massharm {command} --help".replace("  ", " ")
    near = difflib.get_close_matches(args[0].lower(), COMMANDS, 1)
    if near:
        return f"Did you mean '{near[0]}'?"
    words = [word for word in args if not word.startswith("-")]
    return f"Try: massharm search {shlex.join(words or ['rhabdo'])}"


_FAMILIAR = {
    "-V": "--version",
    "-q": "--quiet",
    "-j": "--json",
    "-f": "--format",
    "--web": "--open",
    "--no-color": "--color",
    "--no-colour": "--color",
    "--colour": "--color",
}
"""Options of other programs, and what they are here."""


def _option_hint(fault: Any) -> str:
    """Return what an option that does not exist is called here, if the command has it."""
    typed = getattr(fault, "option_name", "")
    if not fault.ctx or not typed:
        return ""
    parameters = fault.ctx.command.get_params(fault.ctx)
    if typed == "--kind" and any(parameter.name == "kind" for parameter in parameters):
        return f"; the kind stands without an option, as in: {fault.ctx.command_path} case"
    meant = _FAMILIAR.get(typed)
    return f" (did you mean {meant}?)" if any(meant in parameter.opts for parameter in parameters) else ""


app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
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


def run() -> NoReturn:
    """Run the program as a process: answer, then leave at once."""
    output.prepare()
    os._exit(_answer())  # to take the records down one by one would cost more than a search does


def _answer() -> int:
    """Run the command, write all of its answer, and return the exit code."""
    code = int(Exit.INTERNAL)
    try:
        try:
            app()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else code
        output.flush()
    except MassharmError as fault:
        if code != Exit.WRONG:  # else a line says so already
            output.error(str(fault))
        return Exit.WRONG
    except Exception as fault:  # noqa: BLE001 - the last resort: no traceback reaches a user
        if _COMPLETION in os.environ:
            output.error(f"cannot complete: {_COMPLETION} is for shells; unset it to run a command")
            return Exit.WRONG
        kind = f"{type(fault).__name__}: {fault}"
        output.error(f"a fault in massharm itself: {kind}; please report it with the command you typed")
        return Exit.INTERNAL
    return code
