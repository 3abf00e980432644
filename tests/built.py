"""The package as the wheel lays it out, made once for a run of the tests: its processes start as fast as a user's."""

import os
import runpy
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from tiny import DATA, ROOT

_WAIT = 120
"""The seconds to wait for another worker that makes the package."""


def environment(**variables: str) -> dict[str, str]:
    """Return the environment of a process that runs the package; call it inside a test, where `DRAWING` is unset.

    The processes of a run share what Python compiles, in a folder of the run.
    """
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(run_folder() / "compiled")}
    return {**os.environ, "PYTHON": sys.executable, "PYTHONPATH": str(built()), **compiled, **variables}


def run_folder() -> Path:
    """Return the folder of this run of the tests, which all its workers share."""
    return Path(tempfile.gettempdir()) / f"massharm-tests-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"


@cache
def built() -> Path:
    """Return a folder for `PYTHONPATH` with the package: links to its modules, and the files that the wheel adds.

    The first worker that asks makes it. Where links are not to be had, it is the folder of the sources.
    """
    folder = run_folder()
    try:
        folder.mkdir()
    except FileExistsError:
        return _waited_for(folder)
    package = folder / "massharm"
    try:
        package.mkdir()
        for part in (ROOT / "src" / "massharm").iterdir():
            if part.name != "__pycache__":
                (package / part.name).symlink_to(part, target_is_directory=part.is_dir())
        (package / "data").mkdir()
        for name, content in made_data().items():
            (package / "data" / name).write_bytes(content)
    except OSError:
        (folder / "failed").touch()
    else:
        (folder / "ready").touch()
    return _waited_for(folder)


def _waited_for(folder: Path) -> Path:
    """Return the folder when it is made; that of the sources if it could not be."""
    end = time.monotonic() + _WAIT
    while not (folder / "ready").exists():
        if (folder / "failed").exists() or time.monotonic() > end:
            return ROOT / "src"
        time.sleep(0.05)
    return folder


def made_data() -> dict[str, bytes]:
    """Return the files that the build makes for the wheel, by their names."""
    interface = ModuleType("hatchling.builders.hooks.plugin.interface")
    interface.BuildHookInterface = dict  # type: ignore[attr-defined]
    with patch.dict(sys.modules, {interface.__name__: interface}):
        made: dict[str, bytes] = runpy.run_path(str(ROOT / "scripts" / "build_hook.py"))["made_data"](DATA)
    return made
