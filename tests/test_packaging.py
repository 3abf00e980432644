"""What an installation and a citation are made from: pyproject.toml, constraints.txt, CITATION.cff and the licences."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from built import environment
from massharm import KnowledgeBase
from tiny import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def normalised(requirement: str) -> str:
    """Return the name of a requirement as package indexes compare it."""
    (name,) = re.findall(r"^[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", name).lower()


def citation_script(root: Path, *options: str) -> int:
    """Run the script that writes CITATION.cff in a checkout and return its exit code."""
    command = [sys.executable, str(root / "scripts" / "citation.py"), *options]
    return subprocess.run(command, env=environment(), capture_output=True, check=False).returncode


def test_constraints_pin_every_dependency_to_one_version() -> None:
    """A new dependency needs `python -m pip freeze --exclude-editable > constraints.txt`."""
    for line in CONSTRAINTS:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line), line
    pinned = [normalised(line) for line in CONSTRAINTS]
    assert len(pinned) == len(set(pinned))
    project = PROJECT["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["csl"], *PROJECT["dependency-groups"]["dev"]]
    assert {normalised(requirement) for requirement in wanted} <= set(pinned)
    assert normalised(project["name"]) not in pinned


def test_program_and_data_have_a_licence_each(kb: KnowledgeBase) -> None:
    """The expression names both licences, and the packages carry the text of both."""
    project = PROJECT["project"]
    assert project["license"] == "MIT AND CC-BY-4.0"
    first_lines = {name: (ROOT / name).read_text(encoding="utf-8").splitlines()[0] for name in project["license-files"]}
    assert first_lines == {"LICENSE": "MIT License", "LICENSE-CC-BY-4.0": "Attribution 4.0 International"}
    assert kb.file.licence.startswith("CC BY 4.0")


def test_citation_file_is_current() -> None:
    """A new edition needs `python scripts/citation.py`."""
    assert citation_script(ROOT, "--check") == 0


def test_citation_file_names_the_edition(kb: KnowledgeBase) -> None:
    """It names the edition that the program names, and no address."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'version: "{kb.edition}"' in text
    assert f"date-released: {kb.reviewed}" in text
    assert '  - name: "massharm contributors"' in text
    assert "://" not in text


@pytest.mark.parametrize("old", [None, "version: 1\n"], ids=["missing", "outdated"])
def test_citation_script_writes_only_without_check(tmp_path: Path, old: str | None) -> None:
    """With --check a missing or outdated file is reported and left as it is."""
    for name in ("scripts/citation.py", "data/harms.json", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    file = tmp_path / "CITATION.cff"
    if old is not None:
        file.write_text(old, encoding="utf-8")
    assert citation_script(tmp_path, "--check") == 1
    assert (file.read_text(encoding="utf-8") if file.exists() else None) == old
    assert citation_script(tmp_path) == 0
    assert file.read_bytes() == (ROOT / "CITATION.cff").read_bytes()
