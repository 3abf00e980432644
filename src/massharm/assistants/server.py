"""The server of the Model Context Protocol, over standard input and output: it opens no connection.

The protocol: https://modelcontextprotocol.io/specification. The extra `mcp` holds its official SDK.
"""

from typing import Any

import anyio
import msgspec
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from massharm import __version__
from massharm.assistants.tools import TOOLS, call, input_schema, output_schema
from massharm.engine import Engine
from massharm.errors import MassharmError

INSTRUCTIONS = (
    "A reference on the harms of massage. Tell the user that it informs and does not diagnose, name the references of "
    "what you repeat, keep its hedges, and never conclude that a massage is safe."
)
_READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def tool_list() -> list[types.Tool]:
    """Return the tools as the protocol describes them."""
    return [
        types.Tool(
            name=name,
            title=tool.title,
            description=tool.description,
            input_schema=input_schema(tool),
            output_schema=output_schema(tool),
            annotations=_READ_ONLY,
        )
        for name, tool in TOOLS.items()
    ]


def call_tool(engine: Engine, name: str, arguments: dict[str, Any] | None) -> types.CallToolResult:
    """Return the answer of a tool, as an object and as text; what cannot be answered is an error of the tool."""
    try:
        answer = call(engine, name, arguments or {})
    except MassharmError as error:
        return types.CallToolResult(content=[types.TextContent(type="text", text=str(error))], is_error=True)
    text = msgspec.json.encode(answer).decode()
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], structured_content=answer)


def server(engine: Engine) -> Server[dict[str, Any]]:
    """Return a server with the tools, which answers from an engine."""

    async def listed(_context: Any, _params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tool_list())

    async def called(_context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        return call_tool(engine, params.name, params.arguments)

    return Server(
        "massharm",
        version=__version__,
        title="Harms of massage",
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


def serve(engine: Engine) -> None:
    """Serve one client over standard input and output until it closes its end."""
    anyio.run(_serve, engine)


async def _serve(engine: Engine) -> None:
    made = server(engine)
    async with stdio_server() as (read, write):
        await made.run(read, write, made.create_initialization_options())
