"""Arguments and options: how each is made, and those that commands share."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from inspect import Parameter, Signature, signature
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from massharm.cli import completion
from massharm.errors import WrongUse

if TYPE_CHECKING:
    from massharm.kb.filters import Facets

PAGE_FORMATS = ("text", "markdown", "html")
"""The formats of a page."""


def argument(metavar: str, text: str, values: Callable[..., completion.Values] | None = None, **settings: Any) -> Any:
    """Return an argument with its help; `values` completes it."""
    return typer.Argument(metavar=metavar, help=text, autocompletion=values, **settings)


def option(
    *names: str, metavar: str, text: str, values: Callable[..., completion.Values] | None = None, **settings: Any
) -> Any:
    """Return an option that takes a value, with its help; `values` completes it."""
    return typer.Option(*names, metavar=metavar, help=text, autocompletion=values, **settings)


def facet(name: str, text: str) -> Any:
    """Return a repeatable option that takes the words of a vocabulary."""
    return option(f"--{name}", metavar="WORD", text=text, values=completion.facet(name))


FACETS = {
    "severity": "Only this severity: minor, moderate, serious.",
    "urgency": "Only signs this urgent: emergency-now, same-day, soon.",
    "level": "Only precautions of this level: contraindicated, clearance ...",
    "population": "Only for these people: adult, infant, pregnancy ...",
    "outcome": "Only with this outcome: death, surgery, fetal-loss ...",
    "region": "Only massage of this region: neck, back, abdomen ...",
    "system": "Only this body system: nervous, vascular, digestive ...",
    "technique": "Only this technique: deep-tissue, thai, massage-gun ...",
    "mechanism": "Only this mechanism, by its id.",
    "evidence": "Only this strength: trial, case-series, case-report ...",
    "provider": "Only massage by: professional, layperson, self, device.",
    "year": "Only of this year, or of a span, as in 2005-2010.",
}
"""The facets that narrow records, and the help of the option of each."""
OF_HARMS = tuple(name for name in FACETS if name not in {"urgency", "level"})
"""The facets that harms have."""
NO_FACETS: "Facets" = MappingProxyType({})
"""What a command gets where no facet was given."""


def with_facets(names: Iterable[str] = FACETS) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator by which a command takes the options of facets; it gets them as its argument `facets`."""

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def narrowed(**given: Any) -> None:
            facets = {name: given.pop(name) for name in names}
            command(**given, facets={name: words for name, words in facets.items() if words})

        narrowed.__annotations__ = {}  # Typer would resolve those of the command; the signature says it all
        narrowed.__signature__ = _signature(command, names)  # type: ignore[attr-defined]
        return narrowed

    return decorated


def _signature(command: Callable[..., None], names: Iterable[str]) -> Signature:
    """Return the signature of a command, in which a parameter for each facet stands in the place of `facets`."""
    keyword = Parameter.POSITIONAL_OR_KEYWORD
    parameters: list[Parameter] = []
    for parameter in signature(command).parameters.values():
        if parameter.name != "facets":
            parameters.append(parameter)
            continue
        for name in names:
            hint = Annotated[list[str] | None, facet(name, FACETS[name])]
            parameters.append(Parameter(name, keyword, default=None, annotation=hint))
    return Signature(parameters)


def formats(names: Sequence[str], text: str, *short: str) -> Any:
    """Return the option for one of some formats."""

    def chosen(word: str) -> str:
        from massharm.kb.vocabulary import one_of

        return one_of(word, names, "--format")

    values = completion.among(lambda: names)
    return option("--format", *short, metavar="FORMAT", text=text, values=values, callback=chosen)


def refuse_two_answers(form: str, default: str, *, json: bool, plain: bool = False) -> None:
    """Refuse --json or --plain beside another format, or beside each other.

    Raises:
        WrongUse: two are asked for.
    """
    is_default = form in {default, "json"} if json else form == default
    asked = [
        *(["--plain"] if plain else []),
        *(["--json"] if json else []),
        *([] if is_default else [f"--format {form}"]),
    ]
    if len(asked) > 1:
        raise WrongUse(f"{asked[0]} and {asked[1]} are two answers; ask for one")


def check_shapes(*, json: bool, **shapes: object) -> None:
    """Refuse options that shape JSON where none is asked for.

    Raises:
        WrongUse: one was given; the message names it.
    """
    given = [f"--{name}" for name, value in shapes.items() if value]
    if given and not json:
        raise WrongUse(f"{given[0]} shapes the JSON; add --json, or leave it out")


Full = Annotated[bool, typer.Option("--full", help="Show everything, not one screen.")]
Plain = Annotated[bool, typer.Option("--plain", help="Everyday words, one label and value a line: no table or colour.")]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]
Open = Annotated[bool, typer.Option("--open", help="Open its DOI, PubMed page or web page in the browser.")]
AliasesToo = Annotated[bool, typer.Option("--full", help="With --json: the aliases too.")]
Fields = Annotated[
    str | None,
    option("--fields", metavar="NAME,...", text="With --json: only these fields, and always kind, id and name."),
]
Format = Annotated[str, formats(PAGE_FORMATS, "text, markdown, or html for a printed handout.")]
