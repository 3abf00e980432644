"""`--open`: it starts the browser only when asked, and for one citation that has an address."""

import webbrowser
from pathlib import Path
from typing import Any

import pytest

from massharm.citations.vancouver import addresses
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study
from tiny import Run, Write, tiny_file


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, write: Write) -> list[str]:
    """Let the program use a file with addresses; return what it opens."""
    file = tiny_file()
    file["citations"][1] |= {"doi": "10.1002/(SICI)1<1::AID>2.0;2-X", "pmid": "12", "pmcid": "PMC3"}
    file["citations"][2] |= {"pmid": "12", "url": "https://example.org/2"}
    file["citations"][4]["pmcid"] = "PMC3"
    file["citations"][0]["url"] = "https://example.org/article"
    monkeypatch.setenv("MASSHARM_KB", str(write(file)))
    found: list[str] = []

    def opening(address: str) -> bool:
        found.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", opening)
    return found


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("1", "https://doi.org/10.1002/(SICI)1%3C1::AID%3E2.0;2-X"),
        ("2", "https://pubmed.ncbi.nlm.nih.gov/12/"),
        ("4", "https://pmc.ncbi.nlm.nih.gov/articles/PMC3/"),
        ("0", "https://example.org/article"),
        ("3", "https://example.org/article"),
    ],
)
@pytest.mark.parametrize("command", ["cite", "show"])
def test_the_best_address_is_opened(run: Run, opened: list[str], command: str, number: str, address: str) -> None:
    """DOI, PubMed, PubMed Central, then the page; of a note that of the article. The answer is printed all the same."""
    answer = run(command, number, "--open")
    assert opened == [address]
    assert answer.out
    assert answer.err.endswith(f"Opened {address}\n")


def test_nothing_is_opened_unasked(run: Run, opened: list[str]) -> None:
    """Nor for a record without an address, for another kind, or for several."""
    run("cite", "1")
    run("show", "1")
    assert "no DOI, PMID or web page of citation 5 is known" in run("cite", "5", "--open", code=1).err
    assert "--open opens citations; blue-thumb is a harm" in run("show", "blue-thumb", "--open", code=2).err
    assert "--open opens one citation, not 2; name one" in run("cite", "1", "2", "--open", code=2).err
    run("cite", "999", "--open", code=1)
    assert opened == []


def test_without_a_browser_the_address_is_named(run: Run, opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2, after the answer."""
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    answer = run("cite", "2", "--open", code=2)
    assert answer.out.startswith("Author A. Report 2.")
    assert answer.err == "massharm: no browser can be started; the address is https://pubmed.ncbi.nlm.nih.gov/12/\n"
    assert opened == []


def test_the_command_of_the_environment_is_started(process: Run, tmp_path: Path) -> None:
    """BROWSER names it, as for every program that uses Python's own module."""
    kept = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{kept}"\n')
    browser.chmod(0o755)
    process("cite", "17", "--open", env={"BROWSER": f"{browser} %s"})
    assert kept.read_text() == "https://doi.org/10.1016/j.apmr.2009.06.015\n"


def test_words_of_a_reference_stand_for_its_addresses() -> None:
    """A page of the web stands for itself."""
    fields: dict[str, Any] = {"number": 1, "key": "a", "kind_of_study": Study.TRIAL, "finding": "x"}
    cited = Citation(**fields, pmid="12", url="https://example.org/x")
    assert addresses(cited) == {
        "PMID: 12": "https://pubmed.ncbi.nlm.nih.gov/12/",
        "https://example.org/x": "https://example.org/x",
    }
    assert addresses(Citation(**fields)) == {}
