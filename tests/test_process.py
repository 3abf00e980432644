"""The program as a process: pipes, terminals, encodings and signals, which nothing inside Python can stand in for."""

import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from massharm import KnowledgeBase
from tiny import DATA, ROOT, Run, Script, environment


def terminal(*words: str, width: int = 80, **variables: str) -> tuple[str, int]:
    """Run the program on a terminal of its own and give what it showed and its exit code."""
    leader, follower = pty.openpty()
    variables = {"TERM": "xterm-256color", **variables}
    subprocess.run(["stty", "cols", str(width), "rows", "24"], stdin=follower, check=True)
    program = subprocess.Popen(
        [sys.executable, "-m", "massharm", *words],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment(**variables),
    )
    os.close(follower)
    shown = b""
    while select.select([leader], [], [], 20)[0]:
        try:
            part = os.read(leader, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    code = program.wait(20)
    os.close(leader)
    return shown.decode(), code


@pytest.mark.parametrize("width", [1, 20, 40, 80, 120])
def test_a_terminal_of_any_width_is_drawn(width: int) -> None:
    """Even one column gives no traceback, and no line is wider than the terminal from 20 columns on."""
    shown, code = terminal("show", "rhabdomyolysis", width=width, NO_COLOR="1")
    assert code == 0
    assert "Traceback" not in shown
    plain = shown.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
    assert max(map(len, plain.splitlines())) <= max(width, 20)


def test_colour_only_where_it_is_wanted(process: Run) -> None:
    """A terminal gets colours, NO_COLOR takes them, a pipe and a dumb terminal have none."""
    assert "38;5;160m" in terminal("list")[0]
    assert "38;5" not in terminal("list", NO_COLOR="1")[0]
    assert "\x1b" not in terminal("list", TERM="dumb")[0]
    assert "\x1b" not in process("show", "rhabdomyolysis").out
    assert "38;5" in process("show", "rhabdomyolysis", env={"FORCE_COLOR": "1", "TERM": "xterm-256color"}).out


def test_a_caution_follows_its_line_on_a_terminal() -> None:
    """A person sees the caution under the reference."""
    lines = terminal("cite", "27", width=300)[0].splitlines()
    assert lines[0].startswith("Sutham K")
    assert lines[1].startswith("    Caution: ")


@pytest.mark.parametrize("command", ["list", "list --json", "show PE", "cite 0-29", "search pain"])
def test_a_closed_pipe_ends_quietly(script: Script, command: str) -> None:
    """Whoever stops reading gets no traceback, and the shell its own 141 (or 0, where all was written before)."""
    answer = script(f'"$PYTHON" -m massharm {command} | true; echo "${{PIPESTATUS[0]}}"')
    assert answer.out.strip() in {"141", "0"}
    assert "massharm:" not in answer.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["list", "show PE", "cite 17", "search pain --json", "about", "schema"])
def test_a_full_disk_is_told(script: Script, command: str) -> None:
    """What cannot be written is exit 2 with the reason."""
    answer = script(f'"$PYTHON" -m massharm {command} > /dev/full', code=2)
    assert answer.err.endswith("massharm: cannot write the answer: No space left on device\n")
    assert answer.err.count("massharm:") == 1


def test_closed_output_is_told(script: Script) -> None:
    """Without a standard output there is nothing to answer on; without a standard error there is nothing to say."""
    told = script('"$PYTHON" -m massharm cite 17 >&-', code=2).err
    assert told == "massharm: cannot write the answer: standard output is closed\n"
    assert script('"$PYTHON" -m massharm cite 17 x 2>&-', code=1).out.startswith("Aksoy")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850", "latin-1"])
@pytest.mark.parametrize(
    "command", [["search", "rhabdo"], ["show", "central-sensitization"], ["about"], ["search", "zzqq “x”"]]
)
def test_a_poor_encoding_loses_marks_not_answers(process: Run, encoding: str, command: list[str]) -> None:
    """What an encoding lacks is said in ASCII."""
    variables = {"PYTHONIOENCODING": encoding, "COLUMNS": "80"}
    answer = process(*command, env=variables, code=int("zzqq “x”" in command))
    assert "fault in massharm" not in answer.err


def test_json_is_ascii_where_the_stream_is(process: Run) -> None:
    """JSON stays whole in every encoding: what is lacking is escaped."""
    plain = process("show", "nerve-injury", "--json", env={"PYTHONIOENCODING": "ascii"})
    assert plain.out.isascii()
    assert plain.json == process("show", "nerve-injury", "--json", env={"PYTHONIOENCODING": "utf-8"}).json


def test_no_home_no_matter(process: Run) -> None:
    """The program needs no home and no writable folder."""
    assert process("search", "bruise", env={"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"}).out


@pytest.mark.parametrize(
    "word", ["\x1b[2J\x1b[31mred", "\u202ezzqx", "a\x07b", "\x9b31m", "[bold]x[/bold] [/x] :warning:"]
)
@pytest.mark.parametrize(
    "command", [["search"], ["show"], ["cite"], ["list"], ["list", "--severity"], ["nosuch"], ["--nosuch"]]
)
def test_the_users_words_are_never_obeyed(word: str, command: list[str]) -> None:
    """What was typed or pasted comes back, if at all, without a control character and with its brackets."""
    words = [*command, word] if not command[0].startswith("-") else [command[0] + word]
    ran = subprocess.run(
        [sys.executable, "-m", "massharm", *words], env=environment(), capture_output=True, check=False
    )
    told = ran.stdout.decode() + ran.stderr.decode()
    assert ran.returncode in {1, 2}
    assert not {"\x1b", "\u202e", "\x07", "\x9b"} & set(told)
    assert "Traceback" not in told


def test_bytes_that_are_no_text_are_no_fault() -> None:
    """A query that is not UTF-8 is answered, not crashed on."""
    ran = subprocess.run(
        [sys.executable.encode(), b"-m", b"massharm", b"search", b"\xff\xfe pizza"],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr


# Whoever started the tests in the background has made them, and all they start, deaf to Ctrl-C.
HEARING = """
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from massharm.kb import store
def read(path):
    print("reading", flush=True)
    time.sleep(20)
store.read = read
from massharm.__main__ import main
main()
"""


def test_an_interrupt_is_130() -> None:
    """Ctrl-C ends with the shell's code and no traceback."""
    program = subprocess.Popen(
        [sys.executable, "-c", HEARING, "about"], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"reading\n"
    program.send_signal(signal.SIGINT)
    _, told = program.communicate(timeout=20)
    assert program.returncode == -signal.SIGINT  # a shell reports 130
    assert b"Traceback" not in told


def test_a_fault_of_the_program_is_not_nothing_found(tmp_path: Path) -> None:
    """An unexpected error is one line and exit 70, which no script takes for “nothing matched”."""
    spoilt = tmp_path / "sitecustomize.py"
    spoilt.write_text("import massharm.kb.base\nmassharm.kb.base.KnowledgeBase.load = lambda *_: 1 / 0\n")
    ran = subprocess.run(
        [sys.executable, "-m", "massharm", "about"],
        env={**environment(), "PYTHONPATH": f"{tmp_path}:{ROOT / 'src'}"},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 70
    assert ran.stderr.decode().startswith("massharm: a fault in massharm itself: ZeroDivisionError: division by zero")
    assert ran.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "the file is empty"),
        (b"{", "not JSON"),
        (b"[]", "Expected `object`"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 99999, ""),
    ],
    ids=["empty", "no-json", "list", "utf-16", "deep"],
)
@pytest.mark.parametrize("command", [["cite", "17"], ["search", "x"], ["list"], ["about"], ["validate"], ["--version"]])
def test_an_unreadable_knowledge_base_is_one_line(
    process: Run, tmp_path: Path, raw: bytes, reason: str, command: list[str]
) -> None:
    """Every command says what is wrong with the file, and where it is."""
    path = tmp_path / "kb.json"
    path.write_bytes(raw)
    answer = process(*command, env={"MASSHARM_KB": str(path)}, code=2)
    assert answer.out == ""
    assert answer.err.startswith(f"massharm: knowledge base {path}: ")
    assert reason in answer.err
    assert answer.err.count("\n") == 1


def test_controls_in_a_knowledge_base_never_reach_the_terminal(process: Run, tmp_path: Path) -> None:
    """A hostile file is shown without its escapes."""
    path = tmp_path / "kb.json"
    path.write_text(DATA.read_text(encoding="utf-8").replace('"Rhabdomyolysis"', '"Rhabdo\\u001b[2Jmyolysis\\u202e"'))
    shown = process("show", "rhabdomyolysis", env={"MASSHARM_KB": str(path)}).out
    assert "Rhabdo[2Jmyolysis" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


LOADED = (
    "import sys; from massharm.cli.app import app; from typer.testing import CliRunner; "
    "r = CliRunner().invoke(app, {}); "
)


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        ("--help", "rich rapidfuzz msgspec massharm.kb.records"),
        ("cite 17", "rich rapidfuzz massharm.search.ranking massharm.kb.validation"),
        ("search rhabdo --json", "rich rapidfuzz massharm.kb.validation massharm.pages.records"),
        ("list", "rich rapidfuzz massharm.kb.validation"),
        ("search rhabdo", "rapidfuzz massharm.kb.validation"),
    ],
)
def test_nothing_is_loaded_that_a_command_does_not_need(words: str, absent: str) -> None:
    """Start-up is felt: Rich only for drawing, RapidFuzz only for misspellings, rules only for `validate`."""
    program = LOADED.format(words.split()) + "sys.stdout.write(' '.join(sys.modules))"
    width = {"COLUMNS": "80"} if words == "search rhabdo" else {}
    ran = subprocess.run([sys.executable, "-c", program], env=environment(**width), capture_output=True, check=True)
    loaded = set(ran.stdout.decode().split())
    assert words.split(maxsplit=1)[0] == "--help" or "massharm.kb.base" in loaded
    assert not loaded.intersection(absent.split())


def test_the_module_runs_like_the_command(process: Run, kb: KnowledgeBase) -> None:
    """`python -m massharm` is `massharm`."""
    assert process("--version").out == f"massharm 0.1.0, KB edition {kb.edition}, schema 1\n"
