"""The program as a process: terminals, pipes, encodings and signals, for which nothing inside Python can stand in."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

import massharm
from built import built, environment
from massharm import KnowledgeBase
from massharm.text import visible
from tiny import DATA, Answer, Run, Script, Write, cited, tiny_file

COMMAND = (sys.executable, "-m", "massharm")
BUFFERING = pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
FULL = Path("/dev/full")
NEEDS_FULL = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
NEEDS_POSIX = pytest.mark.skipif(os.name != "posix", reason="this system has no POSIX descriptors and signals")
INTERRUPTIBLE = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from massharm.__main__ import main; main()"
)
"""Whoever starts the tests in the background makes all that they start ignore interrupts; this program does not."""


def terminal(*words: str, width: int = 80, **variables: str) -> tuple[str, int]:
    """Run the program on a terminal of its own; return what it shows and its exit code."""
    pty = pytest.importorskip("pty")
    leader, follower = pty.openpty()
    variables = {"TERM": "xterm-256color", "MASSHARM_PAGER": "", **variables}
    subprocess.run(["stty", "cols", str(width), "rows", "24"], stdin=follower, check=True)
    program = subprocess.Popen(
        [*COMMAND, *words], stdin=follower, stdout=follower, stderr=follower, env=environment(**variables)
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


def ran(*words: str | bytes, unbuffered: str = "", stdout: int = -1, stderr: int = -1, **variables: str) -> Answer:
    """Run the program with the streams given; pipes where none is given."""
    program = subprocess.run(
        [*COMMAND, *words],
        stdout=stdout,
        stderr=stderr,
        env=environment(PYTHONUNBUFFERED=unbuffered, **variables),
        check=False,
        timeout=60,
    )
    return Answer(
        program.returncode, (program.stdout or b"").decode(), (program.stderr or b"").decode("utf-8", "replace")
    )


# --- terminals


@pytest.mark.parametrize("width", [1, 20, 40, 80, 120])
def test_terminal_of_any_width_is_drawn(width: int) -> None:
    """Even one column gives no traceback, and no line is wider than the terminal from 20 columns on."""
    shown, code = terminal("show", "rhabdomyolysis", width=width, NO_COLOR="1")
    assert code == 0
    assert "Traceback" not in shown
    plain = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", shown)
    assert max(map(len, plain.splitlines())) <= max(width, 20)


def test_colour_appears_only_where_it_is_wanted(process: Run) -> None:
    """A terminal gets colours; NO_COLOR, a pipe and a dumb terminal have none."""
    assert "38;5;160m" in terminal("list")[0]
    assert "38;5" not in terminal("list", NO_COLOR="1")[0]
    assert "\x1b" not in terminal("list", TERM="dumb")[0]
    assert "\x1b" not in process("show", "rhabdomyolysis").out
    assert "38;5" in process("show", "rhabdomyolysis", env={"FORCE_COLOR": "1", "TERM": "xterm-256color"}).out


@pytest.fixture
def cautious(write: Write) -> str:
    """Return the path of a knowledge base in which a citation has a caution."""
    file = tiny_file()
    cited(file, 17)["caution"] = "The abstract says less."
    return str(write(file))


def test_cautions_follow_the_references_on_a_terminal(cautious: str) -> None:
    """A reference stays one line that can be copied; what is said about it comes after all, broken between words."""
    count = "this reference has a caution; to read it: massharm cite -v 17"
    for words, note in (["cite", "17"], count), (["cite", "-v", "17"], "caution [17]: The abstract says less."):
        reference, *notes = terminal(*words, width=20, MASSHARM_KB=cautious)[0].splitlines()
        assert reference == "Author A. Report 17. 2017."
        assert " ".join(notes) == note
        assert max(map(len, notes)) <= 20


def test_links_are_only_for_terminals(process: Run) -> None:
    """An address of a reference leads there on a terminal that shows colours, and is plain text elsewhere."""
    link = "\x1b]8;"
    for words in (["cite", "17"], ["show", "17"], ["show", "stroke", "references"]):
        assert link in terminal(*words)[0]
        assert link not in terminal(*words, TERM="dumb")[0]
        assert link not in process(*words).out
        assert link not in process(*words, env={"FORCE_COLOR": "1", "TERM": "xterm-256color"}).out
    shown = terminal("cite", "17")[0]
    assert (
        ";https://doi.org/10.1016/j.apmr.2009.06.015\x1b\\https://doi.org/10.1016/j.apmr.2009.06.015\x1b]8;;" in shown
    )
    assert ";https://pubmed.ncbi.nlm.nih.gov/19887226/\x1b\\PMID: 19887226\x1b]8;;" in shown


# --- answers that cannot be written


@BUFFERING
@NEEDS_FULL
@pytest.mark.parametrize(
    "command", ["list", "show stroke", "cite 17", "search pain --json", "schema", "export", "--help"]
)
def test_full_disk_is_exit_2_with_the_reason(unbuffered: str, command: str) -> None:
    """What cannot be written is reported once."""
    with FULL.open("wb") as full:
        answer = ran(*command.split(), unbuffered=unbuffered, stdout=full.fileno())
    assert answer.code == 2
    assert answer.err.endswith("massharm: cannot write the answer: No space left on device\n")
    assert answer.err.count("massharm:") == 1


@BUFFERING
@NEEDS_POSIX
@pytest.mark.parametrize("command", ["export", "list --json", "cite 0-249 --format ris"])
def test_file_limit_is_never_a_truncated_answer_with_exit_0(
    script: Script, tmp_path: Path, unbuffered: str, command: str
) -> None:
    """A stream that takes only a part of the answer is exit 2."""
    run = f'PYTHONUNBUFFERED={unbuffered} "$PYTHON" -B -m massharm {command} > {tmp_path}/answer'
    assert "cannot write the answer: File too large" in script(f"ulimit -f 8; {run}", code=2).err


@BUFFERING
@NEEDS_POSIX
def test_pipe_that_does_not_block_gets_the_whole_answer(process: Run, unbuffered: str) -> None:
    """A slow reader at the other end loses nothing."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    program = subprocess.Popen(
        [*COMMAND, "export"], stdout=writer, stderr=subprocess.PIPE, env=environment(PYTHONUNBUFFERED=unbuffered)
    )
    os.close(writer)
    time.sleep(0.5)  # the pipe is full by now
    with os.fdopen(reader, encoding="utf-8") as pipe:
        received = pipe.read()
    _, message = program.communicate(timeout=60)
    assert (program.returncode, message) == (0, b"")
    assert received == process("export").out


@BUFFERING
@NEEDS_POSIX
@pytest.mark.parametrize("command", ["list", "list --json", "show stroke", "cite 0-29", "search pain", "export"])
def test_closed_pipe_ends_the_program_by_its_signal(unbuffered: str, command: str) -> None:
    """Whoever stops reading gets no message, and the shell its 141."""
    reader, writer = os.pipe()
    os.close(reader)
    answer = ran(*command.split(), unbuffered=unbuffered, stdout=writer)
    os.close(writer)
    assert (answer.code, answer.err) == (-signal.SIGPIPE, "")


@BUFFERING
@NEEDS_POSIX
def test_closed_output_is_exit_2_unless_a_file_is_written(script: Script, tmp_path: Path, unbuffered: str) -> None:
    """Without a standard output an answer cannot be given, but a file can."""
    program = f'PYTHONUNBUFFERED={unbuffered} "$PYTHON" -m massharm'
    message = script(f"{program} about >&-", code=2).err
    assert message == "massharm: cannot write the answer: standard output is closed\n"
    script(f"{program} export lesson -o {tmp_path}/lessons.json >&-")
    assert '"lesson"' in (tmp_path / "lessons.json").read_text(encoding="utf-8")


def unwritable(kind: str) -> int:
    """Return a descriptor to which nothing can be written."""
    if kind == "broken pipe":
        reader, writer = os.pipe()
        os.close(reader)
        return writer
    return os.open(FULL, os.O_WRONLY) if kind == "full" else os.open(os.devnull, os.O_RDONLY)


@BUFFERING
@NEEDS_FULL
@pytest.mark.parametrize("stderr", ["full", "broken pipe", "read-only"])
@pytest.mark.parametrize("case", [("cite 17 27", 0, 2), ("validate", 0, 0), ("nonsense", 2, 0), ("search pizza", 1, 0)])
def test_messages_that_cannot_be_written_change_nothing(
    cautious: str, stderr: str, unbuffered: str, case: tuple[str, int, int]
) -> None:
    """The answer is whole, and the exit code is that of a run whose messages arrive."""
    words, code, lines = case
    assert ran(*words.split(), MASSHARM_KB=cautious).err
    descriptor = unwritable(stderr)
    answer = ran(*words.split(), unbuffered=unbuffered, stderr=descriptor, MASSHARM_KB=cautious)
    os.close(descriptor)
    assert (answer.code, answer.out.count("\n")) == (code, lines)


@NEEDS_POSIX
def test_closed_standard_error_changes_nothing(script: Script) -> None:
    """A process may be started without a standard error."""
    assert script('"$PYTHON" -m massharm cite 17 x 2>&-', code=1).out.startswith("Aksoy")


@NEEDS_FULL
def test_full_disk_under_both_streams_is_exit_2(script: Script) -> None:
    """No message arrives, but the exit code does."""
    assert script('"$PYTHON" -m massharm list > /dev/full 2>&1', code=2).err == ""


def test_program_without_any_stream_writes_files_only(tmp_path: Path) -> None:
    """A window program of Windows (pythonw) has no streams: an answer is exit 2, a file is written."""
    program = "import sys; sys.stdout = sys.stderr = None; from massharm.__main__ import main; main()"
    for words, code in (["about"], 2), (["export", "lesson", "-o", str(tmp_path / "lessons.json")], 0):
        command = [sys.executable, "-c", program, *words]
        assert subprocess.run(command, env=environment(), check=False).returncode == code
    assert (tmp_path / "lessons.json").stat().st_size


# --- encodings


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850", "latin-1"])
@pytest.mark.parametrize("command", [["search", "rhabdo"], ["show", "aksoy-2009"], ["about"], ["search", "zzqq “x”"]])
def test_poor_encoding_loses_marks_and_no_answer(process: Run, encoding: str, command: list[str]) -> None:
    """What an encoding lacks is written in ASCII."""
    variables = {"PYTHONIOENCODING": encoding, "COLUMNS": "80"}
    answer = process(*command, env=variables, code=int("zzqq “x”" in command))
    assert "fault in massharm" not in answer.err


def test_help_and_errors_are_ascii_where_the_stream_is() -> None:
    """Help is written as answers are: quotes become plain ones."""
    help_text = ran("--help", PYTHONIOENCODING="ascii").out
    assert help_text.isascii()
    assert 'never says "safe"' in help_text
    assert ran("ü", PYTHONIOENCODING="ascii").err.startswith("massharm: No such command 'u'.")


def test_json_is_ascii_where_the_stream_is(process: Run) -> None:
    """JSON stays whole in every encoding: what is lacking is escaped."""
    plain = process("list", "citation", "--json", env={"PYTHONIOENCODING": "ascii"})
    whole = process("list", "citation", "--json", env={"PYTHONIOENCODING": "utf-8"})
    assert plain.out.isascii()
    assert not whole.out.isascii()
    assert plain.json == whole.json


@pytest.mark.parametrize(
    "command", ["cite 0-249 --format bibtex", "cite 0-249 --format ris", "cite 0-249 --format nbib", "export"]
)
def test_formats_of_other_programs_are_utf_8_in_every_encoding(command: str) -> None:
    """A file for another program is the same on every console."""
    words = command.split()
    expected = ran(*words, PYTHONIOENCODING="utf-8").out
    assert not expected.isascii()
    assert ran(*words, PYTHONIOENCODING="cp1252").out == expected


# --- words and paths


@pytest.mark.parametrize(
    "word", ["\x1b[2J\x1b[31mred", "\u202ezzqx", "q\x07x", "\x9b31m", "[bold]x[/bold] [/x] :warning:"]
)
@pytest.mark.parametrize(
    "command", [["search"], ["show"], ["cite"], ["list"], ["list", "--severity"], ["nosuch"], ["--nosuch"]]
)
def test_users_words_are_never_obeyed(word: str, command: list[str]) -> None:
    """What was typed or pasted comes back, if at all, without a control character and with its brackets."""
    words = [*command, word] if not command[0].startswith("-") else [command[0] + word]
    answer = ran(*words)
    assert answer.code in {1, 2}
    assert not {"\x1b", "\u202e", "\x07", "\x9b"} & set(answer.out + answer.err)
    assert "Traceback" not in answer.err


@NEEDS_POSIX
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_bytes_that_are_no_text_are_no_fault(form: list[str]) -> None:
    """A query that is not UTF-8 is answered."""
    answer = ran(b"search", b"\xff\xfe pizza", *form)
    assert answer.code == 1
    assert not form or answer.json["query"].strip() == "pizza"


def test_hidden_characters_in_pasted_words_do_not_matter() -> None:
    """A soft hyphen or a zero-width blank does not part a word."""
    assert ran("search", "rhab\u00addo\u200bmyolysis", "--json").json["results"][0]["id"] == "rhabdomyolysis"


@NEEDS_POSIX
@pytest.mark.parametrize(
    "name", [b"caf\xe9.json", "می\u200cشود.json".encode(), "so\u00adft.json".encode(), b"a\x1b[31m\n.json", b" .json"]
)
def test_path_is_the_one_that_was_typed(tmp_path: Path, name: bytes) -> None:
    """No character of a path is dropped, whatever it is: another file of a similar name stays as it is."""
    path = os.fsencode(tmp_path) + b"/" + name
    assert ran(b"export", b"lesson", b"-o", path).code == 0
    assert [os.fsencode(file.name) for file in tmp_path.iterdir()] == [name]
    refused = ran(b"export", b"lesson", b"-o", path)
    assert refused.code == 2
    Path(os.fsdecode(path)).write_text("{")
    broken = ran(b"validate", path)
    assert broken.code == 2
    assert "not JSON" in broken.err  # this very file was read
    for message in (refused.err, broken.err):
        assert message.startswith("massharm: ")
        assert message.endswith("\n")
        assert message[:-1].isprintable()


@NEEDS_POSIX
@pytest.mark.parametrize("name", [b"k\x1b[31mb\x1b]0;owned\x07.json", b"caf\xe9.json", "k\u202eb.json".encode()])
def test_path_in_a_report_is_shown_with_escapes(tmp_path: Path, tiny_path: Path, name: bytes) -> None:
    """`validate` names such a file in text and in JSON, acts on no terminal and quotes the repair."""
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(tiny_path.read_bytes() + b"\n")
    answer = ran("validate", MASSHARM_KB=str(path))
    assert answer.code == 1
    assert (answer.out + answer.err).replace("\n", "").isprintable()
    assert f"massharm validate --fix '{visible(str(path))}'" in answer.out
    assert "\\" in answer.out
    assert ran("validate", "--json", MASSHARM_KB=str(path)).json["query"].isprintable()


def test_export_names_standard_output_by_a_hyphen(tmp_path: Path, script: Script) -> None:
    """`-o -` writes no file of that name."""
    answer = script(f'cd {tmp_path} && "$PYTHON" -m massharm export lesson -o -')
    assert answer.json["query"] == {"kind": "lesson"}
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("place", ["nowhere/", ""])
def test_export_refuses_a_directory(place: str) -> None:
    """A name that ends as a directory does is no file."""
    answer = ran("export", "lesson", "-o", place)
    assert answer.code == 2
    assert "name a file in it" in answer.err


def test_program_needs_no_home(process: Run) -> None:
    """The program needs no home and no writable folder."""
    assert process("search", "bruise", env={"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"}).out


# --- signals and faults


@NEEDS_POSIX
def test_interrupt_ends_the_program_by_its_signal() -> None:
    """Ctrl-C while a command runs: the shell reports 130, and nothing is printed."""
    slow = (
        "import time; from massharm.kb import store; "
        "store.read = lambda path: (print('reading', flush=True), time.sleep(20)); "
    )
    program = subprocess.Popen(
        [sys.executable, "-c", slow + INTERRUPTIBLE, "about"],
        env=environment(MASSHARM_KB=str(DATA)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"reading\n"
    program.send_signal(signal.SIGINT)
    rest = program.communicate(timeout=20)
    assert (program.returncode, *rest) == (-signal.SIGINT, b"", b"")


@NEEDS_POSIX
def test_interrupt_during_the_imports_prints_no_traceback(tmp_path: Path) -> None:
    """Ctrl-C in the first moments, while the program is still loading: the same."""
    (tmp_path / "typer.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nos.abort()\n")
    program = subprocess.run(
        [sys.executable, "-c", INTERRUPTIBLE, "about"],
        env=environment(PYTHONPATH=f"{tmp_path}:{built()}"),
        capture_output=True,
        check=False,
    )
    assert (program.returncode, program.stderr) == (-signal.SIGINT, b"")


@NEEDS_POSIX
def test_program_started_with_interrupts_ignored_ignores_them() -> None:
    """A shell without job control starts what runs in the background so."""
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); from massharm.__main__ import main; "
        "import massharm.cli.app as app; app.run = lambda: print(signal.getsignal(2) == signal.SIG_IGN); main()"
    )
    ignoring = subprocess.run([sys.executable, "-c", program], env=environment(), capture_output=True, check=True)
    assert ignoring.stdout == b"True\n"


def test_entry_point_imports_nothing_before_it_sets_the_interrupt() -> None:
    """What is imported before is the window in which an interrupt prints a traceback."""
    program = "import sys; before = set(sys.modules); import massharm.__main__; print(*set(sys.modules) - before)"
    loaded = subprocess.run([sys.executable, "-c", program], env=environment(), capture_output=True, check=True)
    assert set(loaded.stdout.decode().split()) == {"massharm", "massharm.__main__"}


def test_fault_of_the_program_is_exit_70(tmp_path: Path) -> None:
    """An unexpected error is one line, and no script takes it for "nothing matched"."""
    broken = tmp_path / "sitecustomize.py"
    broken.write_text("import massharm.kb.base\nmassharm.kb.base.KnowledgeBase.load = lambda *_: 1 / 0\n")
    answer = ran("about", PYTHONPATH=f"{tmp_path}{os.pathsep}{built()}")
    assert answer.code == 70
    assert answer.err.startswith("massharm: a fault in massharm itself: ZeroDivisionError: division by zero")
    assert answer.err.count("\n") == 1


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
@pytest.mark.parametrize("command", ["cite 17", "search x", "list", "about", "validate", "--version"])
def test_unreadable_knowledge_base_is_one_line(tmp_path: Path, raw: bytes, reason: str, command: str) -> None:
    """Every command names the file and what is wrong with it."""
    path = tmp_path / "kb.json"
    path.write_bytes(raw)
    answer = ran(*command.split(), MASSHARM_KB=str(path))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"massharm: knowledge base {path}: ")
    assert reason in answer.err
    assert answer.err.count("\n") == 1


# --- what a hostile knowledge base cannot do


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """Return the path of a knowledge base with control characters, tabs and line ends in its texts."""
    file = tiny_file()
    file["harms"][0]["name"] = "Blue\x1b[2Jthumb\u202e"
    file["harms"][1]["name"] = "Broken\tand\nladder"
    file["citations"][17]["title"] = "Report\n17"
    path = tmp_path / "kb.json"
    path.write_text(json.dumps(file), encoding="utf-8")
    return str(path)


def test_controls_in_a_knowledge_base_never_reach_the_terminal(hostile: str) -> None:
    """A hostile file is shown without its escapes."""
    shown = ran("show", "blue-thumb", MASSHARM_KB=hostile).out
    assert "Blue[2Jthumb" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


def test_record_stays_on_its_line(hostile: str) -> None:
    """A tab or a line end in a text forges no column, row or reference, and no finding."""
    rows = ran("list", MASSHARM_KB=hostile).out.splitlines()
    assert len(rows) == 3
    assert {row.count("\t") for row in rows} == {5}
    assert [row.split("\t")[1] for row in rows if row.startswith("broken-ladder\t")] == ["Broken and ladder"]
    assert ran("cite", "17", MASSHARM_KB=hostile).out == "Author A. Report 17. 2017.\n"
    findings = ran("validate", MASSHARM_KB=hostile).out.splitlines()
    assert findings
    assert all(row.count(": ") >= 2 for row in findings)


# --- start-up


LOADED = (
    "import sys; from massharm.cli.app import app; from typer.testing import CliRunner; "
    "CliRunner().invoke(app, {}, catch_exceptions=False); sys.stdout.write(' '.join(sys.modules))"
)


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        ("--help", "rich rapidfuzz msgspec massharm.kb.records massharm.kb.base"),
        ("cite 17", "rich rapidfuzz massharm.search.ranking massharm.kb.validation"),
        ("search rhabdo --json", "rich rapidfuzz massharm.kb.validation massharm.pages.records"),
        ("list", "rich rapidfuzz massharm.kb.validation"),
        ("search rhabdo", "rapidfuzz massharm.kb.validation"),
    ],
)
def test_command_loads_only_what_it_needs(words: str, absent: str) -> None:
    """Start-up is felt: Rich only for drawing, RapidFuzz only for misspellings, rules only for `validate`."""
    width = {"COLUMNS": "80"} if words == "search rhabdo" else {}
    program = LOADED.format(words.split())
    answer = subprocess.run([sys.executable, "-c", program], env=environment(**width), capture_output=True, check=True)
    loaded = set(answer.stdout.decode().split())
    assert words == "--help" or {"massharm.kb.base", "massharm.kb.records"} <= loaded
    assert not loaded.intersection(absent.split())
    assert all(map(find_spec, absent.split()))  # a module that does not exist proves nothing


def test_module_runs_like_the_command(process: Run, kb: KnowledgeBase) -> None:
    """`python -m massharm` is `massharm`."""
    assert process("--version").out == f"massharm {massharm.__version__}, KB edition {kb.edition}, schema 2\n"
