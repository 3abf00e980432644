"""Fixtures: the tiny knowledge base, the real one, and ways to run the program."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from built import environment, run_folder
from massharm import KnowledgeBase
from massharm.cli.app import app
from massharm.kb import store
from massharm.kb.store import encode, load
from tiny import DATA, DRAWING, Answer, File, Run, Script, Write, tiny_file


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every variable away that would change what is drawn."""
    for name in DRAWING:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """Return the real knowledge base."""
    return KnowledgeBase.load(DATA)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a knowledge base in the canonical layout and return its path."""

    def made(file: File) -> Path:
        path = tmp_path / "kb.json"
        path.write_text(json.dumps(file))
        path.write_bytes(encode(load(path)))
        return path

    return made


@pytest.fixture
def tiny_path(write: Write) -> Path:
    """Return the path of the tiny knowledge base."""
    return write(tiny_file())


@pytest.fixture
def tiny(tiny_path: Path) -> KnowledgeBase:
    """Return the tiny knowledge base."""
    return KnowledgeBase.load(tiny_path)


@pytest.fixture(params=["tiny", "kb"])
def base(request: pytest.FixtureRequest) -> KnowledgeBase:
    """Return the tiny knowledge base, then the real one."""
    found: KnowledgeBase = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def run(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process: quick, but past the program's own door.

    The bundled file is read once for all; any other is read each time.
    """
    read = KnowledgeBase.load

    def loaded(path: str | os.PathLike[str] | None = None) -> KnowledgeBase:
        return kb if path is None and store.sources() == (DATA,) else read(path)

    monkeypatch.setattr(KnowledgeBase, "load", loaded)

    def made(*words: str, code: int = 0, env: dict[str, str] | None = None) -> Answer:
        result = CliRunner().invoke(app, list(words), env=env, prog_name="massharm")
        answer = Answer(result.exit_code, result.stdout, result.stderr)
        assert answer.code == code, answer
        return answer

    return made


def _finished(command: list[str], code: int, env: dict[str, str] | None = None) -> Answer:
    """Run a command to its end and check what every run must keep."""
    ran = subprocess.run(command, capture_output=True, env=environment(**(env or {})), check=False, timeout=60)
    answer = Answer(ran.returncode, ran.stdout.decode("utf-8", "replace"), ran.stderr.decode("utf-8", "replace"))
    assert answer.code == code, answer
    assert "Traceback" not in answer.err
    return answer


@pytest.fixture
def process() -> Run:
    """Run the program as a process of its own."""

    def made(*words: str, code: int = 0, env: dict[str, str] | None = None) -> Answer:
        return _finished([sys.executable, "-m", "massharm", *words], code, env)

    return made


@pytest.fixture
def script() -> Script:
    """Run a line of shell in which `$PYTHON` is this interpreter."""

    def made(line: str, code: int = 0) -> Answer:
        return _finished(["bash", "-c", line], code)

    return made


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the package that the run made, when all workers are done."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(run_folder(), ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that keeps new drawings."""
    parser.addoption(
        "--golden", action="store_true", help="keep the drawings of this run in tests/golden, to be looked at"
    )
