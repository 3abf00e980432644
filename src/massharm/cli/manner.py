"""How an answer is given: through the pager, in colour, with notes beside it; the options that every command takes."""

from collections.abc import Callable
from typing import Any

from typer.core import TyperOption

COLORS = ("auto", "always", "never")
"""When colours are used; `auto` is where the terminal takes them."""


class Manner:
    """How the answers of one run are given."""

    def __init__(self) -> None:
        """Begin as without any option."""
        self.reset()

    def reset(self) -> None:
        """Forget the options of an earlier run in the same process."""
        self.pager = True
        self.color = "auto"
        self.quiet = False


MANNER = Manner()
"""The manner of this run."""


def shared_options(*, hidden: bool) -> list[TyperOption]:
    """Return the options that may stand before a command or behind it; behind it the help leaves them out."""
    settings: dict[str, Any] = {"expose_value": False, "is_eager": True, "hidden": hidden}
    return [
        TyperOption(
            param_decls=["--no-pager"],
            help="Print long answers at once, not through the pager.",
            callback=_setter("pager", lambda _: False),
            is_flag=True,
            **settings,
        ),
        TyperOption(
            param_decls=["--color"],
            metavar="WHEN",
            help="Use colour: auto, always or never.",
            callback=_setter("color", _color),
            **settings,
        ),
        TyperOption(
            param_decls=["--quiet"],
            help="Print no notes, suggestions or cautions; errors stay.",
            callback=_setter("quiet", bool),
            is_flag=True,
            **settings,
        ),
    ]


def _setter(name: str, read: Callable[[Any], Any]) -> Callable[[Any, Any, Any], None]:
    """Return the callback of an option: what was given changes the manner, what was not leaves it as it is."""

    def set_manner(context: Any, _param: Any, value: Any) -> None:
        if value and not context.resilient_parsing:
            setattr(MANNER, name, read(value))

    return set_manner


def _color(word: str) -> str:
    from massharm.kb.vocabulary import one_of

    return one_of(word, COLORS, "--color")
