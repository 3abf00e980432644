import re

import pytest

from tiny import ROOT, Run

README = ROOT / "README.md"
SCREEN = re.compile(r"<!-- screen: massharm (.+?) -->\n```console\n(.*?)```\n", re.DOTALL)
SCREENS = SCREEN.findall(README.read_text(encoding="utf-8"))
TICKS = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize(("words", "shown"), SCREENS, ids=[words for words, _ in SCREENS])
def test_screens_are_what_the_program_prints(process: Run, words: str, shown: str) -> None:
    """A reader sees in the README what a terminal of 80 columns shows; `scripts/screens.py` renews it."""
    answer = process(*words.split(), env={"COLUMNS": "80"})
    assert shown == f"$ massharm {words}\n{answer.out}"


def test_the_three_calls_are_shown() -> None:
    """The calls that must always work each have a screen."""
    shown = [words for words, _ in SCREENS]
    calls = [words.split(" --limit")[0] for words in shown]
    assert calls[:3] == ["search rhabdo", "cite 17", "list --severity serious"]


def test_the_python_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """What is promised to programmers works as printed."""
    (example,) = TICKS.findall(README.read_text(encoding="utf-8"))
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own text
    out = capsys.readouterr().out
    assert out.startswith("Pulmonary embolism")
    assert "emergency-now" in out
