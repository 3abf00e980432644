"""The server for assistants: its tools, and the protocol in a process of its own."""

import json
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import jsonschema
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client, types

from built import environment
from massharm import Engine, KnowledgeBase, MassharmError, __version__
from massharm.assistants.server import call_tool, tool_list
from massharm.assistants.tools import MOST_HITS, TOOLS, call, output_schema
from massharm.kb.records import KINDS
from massharm.kb.sections import SECTIONS
from tiny import DATA, ROOT

CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search", {"words": "rhabdo", "limit": 2}),
    ("search", {"words": "blood clot", "kinds": ["precaution"]}),
    ("search", {"words": "zzzqqq"}),
    ("get", {"name": "rhabdomyolysis"}),
    ("get", {"name": "rhabdomyolysis", "sections": ["signs", "response"]}),
    ("get", {"name": "17"}),
    ("get", {"name": "no such record at all"}),
    ("screen", {"client": "warfarin, osteoporosis, zorbing, no diabetes", "regions": ["neck"]}),
    ("screen", {"client": "chest pain", "full": True}),
    ("redflags", {"words": "dark urine and zorbing"}),
    ("redflags", {"words": "rhabdomyolysis"}),
)

HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}


@pytest.fixture(scope="session")
def engine(kb: KnowledgeBase) -> Engine:
    """Return an engine of the real knowledge base."""
    return Engine(kb)


def connected(use: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    """Return what a session with the server in a process of its own gives."""

    async def run() -> Any:
        started = StdioServerParameters(
            command=sys.executable,
            args=["-m", "massharm", "mcp"],
            env=environment(MASSHARM_KB=str(DATA)),
        )
        with anyio.fail_after(50):
            async with stdio_client(started) as (read, write), ClientSession(read, write) as session:
                await session.initialize()
                return await use(session)

    return anyio.run(run)


def test_a_client_gets_the_tools_and_the_answers_of_the_package(engine: Engine) -> None:
    """The SDK's own client, which checks every answer against its schema, gets what a call in this process gives."""

    async def use(session: ClientSession) -> None:
        listed = await session.list_tools()
        assert [tool.name for tool in listed.tools] == ["search", "get", "screen", "redflags"]
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in listed.tools)
        for name, arguments in CALLS:
            answer = await session.call_tool(name, arguments)
            assert isinstance(answer, types.CallToolResult)
            assert not answer.is_error, answer
            assert answer.structured_content == call(engine, name, arguments)
            (text,) = answer.content
            assert isinstance(text, types.TextContent)
            assert json.loads(text.text) == answer.structured_content

    connected(use)


WRONG: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("search", {}, "missing required field `words`"),
    ("search", {"words": 7}, "Expected `str`, got `int` - at `$.words`"),
    ("search", {"words": "x", "limit": 0}, "`$.limit`"),
    ("search", {"words": "x", "colour": "red"}, "unknown field `colour`"),
    ("search", {"words": "x", "kinds": ["colour"]}, "does not take “colour”"),
    ("search", {"words": "?!"}, "no letter and no digit"),
    ("get", {"name": "rhabdomyolysis", "sections": ["colour"]}, "sections does not take “colour”"),
    ("get", {"name": "17", "sections": ["signs"]}, "only harms have sections"),
    ("screen", {"client": ""}, "`$.client`"),
    ("screen", {"client": "x", "regions": ["moon"]}, "regions does not take “moon”; it takes head, "),
    (
        "screen",
        {"client": "x", "techniques": ["deep tisue"]},
        "techniques does not take “deep tisue” (did you mean deep",
    ),
    ("redflags", {"words": "a " * 100_000}, "too "),
    ("diagnose", {}, "no tool is called “diagnose”; the tools are search, get, screen, redflags"),
)


def test_wrong_arguments_are_errors_of_the_tool_and_the_server_goes_on() -> None:
    """Each message says what is wrong; after all of them the server still answers."""

    async def use(session: ClientSession) -> None:
        for name, arguments, message in WRONG:
            answer = await session.call_tool(name, arguments)
            assert isinstance(answer, types.CallToolResult)
            (text,) = answer.content
            assert isinstance(text, types.TextContent)
            assert answer.is_error, (name, arguments)
            assert message in text.text, text.text
        answer = await session.call_tool("search", {"words": "rhabdo"})
        assert isinstance(answer, types.CallToolResult)
        assert not answer.is_error

    connected(use)


def test_what_is_no_message_does_not_end_the_server() -> None:
    """Lines that are no JSON or no request are passed over, and the end of the input ends the server with exit 0."""
    lines = [
        "no JSON",
        "[]",
        json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": HELLO}),
        '{"jsonrpc": "2.0", "method": "notifications/initialized"}',
        '{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": 5}}',
        '{"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "get", "arguments": {"name": "17"}}}',
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "massharm", "mcp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(MASSHARM_KB=str(DATA)),
        text=True,
    ) as ran:
        assert ran.stdin is not None
        assert ran.stdout is not None
        ran.stdin.write("\n".join((*lines, "")))
        ran.stdin.flush()
        answers: dict[Any, Any] = {}
        while 3 not in answers:
            answer = json.loads(ran.stdout.readline())
            answers[answer.get("id")] = answer
        ran.stdin.close()
        assert ran.wait(timeout=30) == 0
    assert "error" in answers[2]
    assert answers[3]["result"]["structuredContent"]["results"][0]["id"] == "aksoy-2009"


def test_the_list_of_tools_is_short() -> None:
    """It stands in the context of every conversation."""
    listed = [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in tool_list()]
    assert len(json.dumps(listed, separators=(",", ":"))) < 16_000


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_an_answer_has_its_schema_citations_and_notice(engine: Engine, name: str, arguments: dict[str, Any]) -> None:
    """Each number that a result cites has its reference, and what is missing is no evidence of safety."""
    answer = call(engine, name, arguments)
    jsonschema.Draft202012Validator(output_schema(TOOLS[name])).validate(answer)
    assert answer["notice"] == engine.kb.notice
    assert answer["absence"] == engine.kb.absence
    cited = {number for part in answer["results"] for number in part.get("citations", ())}
    references = {part["number"]: part["text"] for part in answer["references"]}
    assert cited <= set(references)
    assert references or not answer["results"] or answer["results"][0]["kind"] == "citation"
    for number, text in references.items():
        assert text == engine.cite(number).results[0].text


def test_an_alarm_has_its_references(engine: Engine) -> None:
    """What needs urgent care is cited, even if no precaution was recognised."""
    answer = call(engine, "screen", {"client": "chest pain"})
    assert answer["alarms"]
    cited = {number for part in answer["alarms"] for number in part["citations"]}
    assert cited <= {part["number"] for part in answer["references"]}


@pytest.mark.parametrize("client", ["apixaban, neck, deep tissue", "On Eliquis, deep tissue neck massage planned"])
def test_apixaban_neck_and_deep_tissue_are_answered(engine: Engine, client: str) -> None:
    """The precaution with its level, action and reason; the harms of medicine, neck and technique; all with sources."""
    answer = call(engine, "screen", {"client": client})
    (found,) = answer["results"]
    assert (found["id"], found["level"]) == ("anticoagulant-therapy", "clearance")
    assert "no deep or forceful massage" in found["action"]
    assert found["because"] == ["direct-oral-anticoagulants"]
    (planned,) = found["planned"]
    assert (planned["level"], planned["text"]) == ("contraindicated", "Do not use deep tissue or forceful massage.")
    assert planned["citations"] == [216, 224]
    assert answer["plan"] == {"regions": ["neck"], "techniques": ["deep-tissue"], "providers": []}
    assert answer["not_recognised"] == []
    assert {"haematoma", "bruising"} <= {harm["id"] for harm in answer["harms"]}
    reported = {harm["id"] for harm in answer["reported"]}
    assert {"accessory-nerve-injury", "internal-jugular-vein-thrombosis"} <= reported
    told = {part["number"] for part in answer["references"]}
    for part in (found, *answer["harms"], *answer["reported"]):
        assert part["citations"]
        assert set(part["citations"]) <= told
    for number in {number for part in answer["questions"] for number in part["citations"]} - told:
        (source,) = call(engine, "get", {"name": str(number)})["results"]
        assert source["number"] == number


def test_what_was_not_recognised_is_in_the_answer(engine: Engine) -> None:
    """An assistant sees the words that were not screened, and what a name was read as."""
    screened = call(engine, "screen", {"client": "warfarin, zorbing"})
    assert [part["text"] for part in screened["not_recognised"]] == ["zorbing"]
    assert "zorbing" in " ".join(call(engine, "redflags", {"words": "dark urine and zorbing"})["not_recognised"])
    nothing = call(engine, "get", {"name": "no such record at all"})
    assert (nothing["results"], nothing["note"]) == ([], "")


def test_what_a_name_was_read_as_is_in_the_answer(tiny: KnowledgeBase) -> None:
    """The command prints this beside its answer, where an assistant would not see it."""
    note = call(Engine(tiny), "get", {"name": "broken"})["note"]
    assert note == "you typed “broken”; showing the harm Broken ladder (“Broken ladder”)"


def test_schemas_name_the_words_that_a_tool_takes() -> None:
    """An assistant need not guess kinds and sections."""
    schemas = {tool.name: tool.input_schema for tool in tool_list()}
    assert schemas["search"]["properties"]["kinds"]["items"]["enum"] == list(KINDS)
    assert schemas["get"]["properties"]["sections"]["items"]["enum"] == list(SECTIONS)
    assert schemas["screen"]["required"] == ["client"]


def test_a_fault_of_the_user_is_no_exception(engine: Engine) -> None:
    """The tool reports it; the plain function raises it."""
    with pytest.raises(MassharmError, match="no tool is called"):
        call(engine, "x", {})
    assert call_tool(engine, "x", None).is_error


def test_without_the_extra_the_command_names_it() -> None:
    """The program hides the SDK from itself, as if it were not installed."""
    code = (
        "import sys; sys.modules['mcp'] = None; sys.argv = ['massharm', 'mcp']; from massharm.cli.app import app; app()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=False, timeout=30
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "massharm: massharm mcp needs a package that is not installed: pip install 'mcp>=2,<3'\n"
    assert 'mcp = ["mcp>=2,<3"]' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_other_commands_do_not_import_the_sdk() -> None:
    """It takes longer to import than a search takes."""
    code = (
        "import sys; sys.argv = ['massharm', 'search', 'rhabdo', '--json']\n"
        "from massharm.cli.app import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "sys.exit('mcp' in sys.modules or 'massharm.engine' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), check=False, timeout=30)
    assert ran.returncode == 0


def test_the_manifest_is_that_of_this_version() -> None:
    """`server.json` names the package, its version and the command."""
    manifest = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))
    (package,) = manifest["packages"]
    assert manifest["version"] == package["version"] == __version__
    assert (package["registryType"], package["identifier"], package["transport"]) == (
        "pypi",
        "massharm",
        {"type": "stdio"},
    )
    assert len(manifest["description"]) <= 100
    assert len(manifest["title"]) <= 100
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", manifest["name"])


def test_the_manifest_claims_no_address() -> None:
    """Its namespace is of the domain that belongs to nobody, and the page says what to put there."""
    text = (ROOT / "server.json").read_text(encoding="utf-8")
    namespace = json.loads(text)["name"].partition("/")[0]
    assert namespace.split(".")[0] == "invalid"
    assert re.findall(r"https?://[^/\"]+", text) == ["https://static.modelcontextprotocol.io"]
    assert f"`{namespace}`" in (ROOT / "docs" / "assistants.md").read_text(encoding="utf-8")


def test_the_page_describes_the_tools() -> None:
    """Its table holds every tool with its arguments, and what is set up starts the command."""
    page = (ROOT / "docs" / "assistants.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", page, re.MULTILINE))
    assert {name: re.findall(r"`(\w+)`", cell) for name, cell in table.items()} == {
        name: list(tool.arguments.__struct_fields__) for name, tool in TOOLS.items()
    }
    for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL):
        (servers,) = json.loads(block).values()
        assert servers["massharm"]["args"] == ["mcp"]
    assert f"at most {MOST_HITS}" in page
