"""The tools of the server for assistants: their arguments, what they answer, and the schemas of both.

A tool is a plain function from arguments to an answer, and knows nothing of the protocol (`server`).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct

from massharm.citations import vancouver
from massharm.engine import Engine
from massharm.errors import WrongUse
from massharm.exports.answers import Kind
from massharm.exports.rows import show_answer
from massharm.exports.schemas import answer_schemas
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import one_of
from massharm.search.resolve import resolve

MOST_HITS = 20
"""How many hits a search for an assistant gives at most."""

REFERENCED = ("results", "alarms", "harms", "reported")
"""The fields of an answer whose citations come with their references; `get` gives the others by number."""

SectionName = Annotated[str, Meta(extra_json_schema={"enum": list(SECTIONS)})]
"""The name of a section of a harm."""


class Arguments(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The arguments of a tool; its class docstring is the description that an assistant reads."""


class Search(Arguments, frozen=True):
    """Search the harms of massage, precautions, medicines, warning signs, cases and citations.

    Tolerates typos and lay terms. If nothing matches, results are empty and suggestions hold near names.
    """

    words: Annotated[str, Meta(min_length=1, description="What to search for, in a few words.")]
    kinds: Annotated[tuple[Kind, ...], Meta(description="Only these kinds.")] = ()
    limit: Annotated[int, Meta(ge=1, le=MOST_HITS)] = 5


class Get(Arguments, frozen=True):
    """Get one record by its id or name, or a citation by its number: the whole record, or sections of a harm.

    note says what was read as what; without a record, suggestions hold the candidates.
    """

    name: Annotated[str, Meta(min_length=1, description='As in "rhabdomyolysis", "warfarin", "17" or "PMID 19887226".')]
    sections: Annotated[tuple[SectionName, ...], Meta(description="Only these sections of a harm.")] = ()


class Screen(Arguments, frozen=True):
    """Screen a client before a massage: what to avoid, adapt, ask or have cleared first.

    Show alarms first, as they need urgent care, and always show not_recognised: those words were not screened. No
    answer clears a client.
    """

    client: Annotated[
        str,
        Meta(min_length=1, description="Conditions, medicines, age, pregnancy: free words, or a pasted form."),
    ]
    regions: Annotated[tuple[str, ...], Meta(description="Regions to massage, such as neck.")] = ()
    techniques: Annotated[tuple[str, ...], Meta(description="Techniques to use, such as deep-tissue.")] = ()
    full: Annotated[bool, Meta(description="All signs at which to stop, not only the most urgent.")] = False


class Redflags(Arguments, frozen=True):
    """Recognise warning signs that somebody describes, or list those of a harm, most urgent first, with what to do.

    Words that no sign holds are in not_recognised. If no sign is recognised, this is no evidence of safety.
    """

    words: Annotated[str, Meta(min_length=1, description="Signs in the person's own words, or the name of a harm.")]


Given = TypeVar("Given", bound=Arguments)


class Tool(Struct, Generic[Given], frozen=True):
    """A tool: the title that people see, its arguments, its answer, and the command that answers so."""

    title: str
    arguments: type[Given]
    answer: Callable[[Engine, Given], dict[str, Any]]
    command: str

    @property
    def description(self) -> str:
        """What an assistant reads of the tool."""
        return " ".join((self.arguments.__doc__ or "").split())


def call(engine: Engine, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer of a tool as built-in values, with the references that it cites.

    Raises:
        MassharmError: there is no such tool, or the arguments cannot be used; the message names them.
    """
    tool = TOOLS.get(name)
    if tool is None:
        raise WrongUse(f"no tool is called “{name}”; the tools are {', '.join(TOOLS)}")
    try:
        given = msgspec.convert(arguments, tool.arguments)
    except msgspec.ValidationError as error:
        known = ", ".join(tool.arguments.__struct_fields__)
        raise WrongUse(f"the arguments of {name} are {known}: {error}") from None
    answer = tool.answer(engine, given)
    cited = [answer.get(field, ()) for field in REFERENCED]
    return answer | {"references": _references(engine.kb, cited), "absence": engine.kb.absence}


def _get(engine: Engine, given: Get) -> dict[str, Any]:
    sections = tuple(one_of(name, SECTIONS, "sections") for name in given.sections)
    asked = resolve(engine.kb, [given.name])
    answer = show_answer(engine.kb, given.name, asked.record, sections, asked.candidates)
    return answer.to_dict() | {"note": asked.note}


TOOLS: dict[str, Tool[Any]] = {
    "search": Tool(
        "Search",
        Search,
        lambda engine, given: engine.find(given.words, kinds=given.kinds, limit=given.limit).to_dict(),
        "search",
    ),
    "get": Tool("Get a record", Get, _get, "show"),
    "screen": Tool(
        "Screen a client",
        Screen,
        lambda engine, given: engine.screen(
            given.client, regions=given.regions, techniques=given.techniques, full=given.full
        ).to_dict(),
        "screen",
    ),
    "redflags": Tool(
        "Warning signs", Redflags, lambda engine, given: engine.redflags(given.words).to_dict(), "redflags"
    ),
}
"""The tools by name."""


def _references(kb: KnowledgeBase, cited: object) -> list[dict[str, Any]]:
    """Return the references of all citations in some values, by number: what an assistant quotes as the source."""
    numbers = sorted(set(_numbers(cited)))
    article = kb.citation(0)
    return [{"number": found.number, "text": vancouver.reference(found, article)} for found in kb.cited(numbers)]


def _numbers(value: object) -> Iterator[int]:
    """Yield the numbers of citations in built-in values."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "citations":
                yield from part
            else:
                yield from _numbers(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _numbers(part)


# Schemas: those of `massharm schema --answers`, short enough for the context of an assistant.

_REFERENCES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"number": {"type": "integer"}, "text": {"type": "string"}},
        "required": ["number", "text"],
    },
}
_RECORD = {
    "type": "object",
    "properties": {"kind": {"enum": list(KINDS)}, "id": {"type": "string"}, "name": {"type": "string"}},
    "required": ["kind", "id", "name"],
}
"""A record as `get` answers it: its further fields depend on the kind."""
_WORDS_AND_BOUNDS = {"title", "description", "pattern", "minimum", "maximum", "minLength", "maxLength"}


def input_schema(tool: Tool[Any]) -> dict[str, Any]:
    """Return the JSON Schema of the arguments of a tool."""
    return _root(msgspec.json.schema(tool.arguments))


def output_schema(tool: Tool[Any]) -> dict[str, Any]:
    """Return the JSON Schema of what a tool answers."""
    schema: dict[str, Any] = _shortened(_root(answer_schemas()["$defs"][tool.command]))
    if tool.command == "show":
        schema["properties"] |= {"results": {"type": "array", "items": _RECORD}, "note": {"type": "string"}}
        schema["$defs"] = {"Edition": schema["$defs"]["Edition"]}
    schema["properties"] |= {"references": _REFERENCES, "absence": {"type": "string"}}
    schema["required"] = sorted({*schema["required"], "references", "absence"})
    return schema


def _root(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with its root in place of a reference to it, as the protocol asks."""
    parts = dict(schema["$defs"])
    root = parts.pop(schema["$ref"].rpartition("/")[2])
    return {**root, "$defs": parts} if parts else root


def _shortened(value: Any) -> Any:
    """Return a schema without the words and bounds that a reader of answers does not need."""
    if isinstance(value, dict):
        return {
            name: _shortened(part)
            for name, part in value.items()
            if name not in _WORDS_AND_BOUNDS or isinstance(part, dict)  # a property may have such a name
        }
    return [_shortened(part) for part in value] if isinstance(value, list) else value
