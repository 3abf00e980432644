"""Pages drawn in the terminal: colours, widths, marks, and texts that are no markup."""

import re
from pathlib import Path

import pytest

from drawing import drawn
from massharm import KnowledgeBase
from massharm.kb.vocabulary import Severity, Urgency
from massharm.pages import records, terminal
from massharm.pages.blocks import Bar, Block, Fact, Grid, Heading, Item, Next, Para, Run, Title
from massharm.pages.markdown import render_page
from tiny import ROOT
from tiny import Run as Runner

RED, ORANGE, GREEN, BLUE = (f"\x1b[1;38;5;{number}m" for number in (160, 166, 28, 32))
HOSTILE = "a [in German] [/ref] [bold]b[/bold] :warning: \x1b[2J \u202ec \x9b1m"
BLOCKS: dict[str, Block] = {
    "title": Title(HOSTILE, (Run(HOSTILE),), (Run(HOSTILE),)),
    "heading": Heading(HOSTILE),
    "paragraph": Para((Run(HOSTILE),)),
    "item": Item((Run(HOSTILE),), HOSTILE, ((Run(HOSTILE),),)),
    "fact": Fact(HOSTILE, (Run(HOSTILE),)),
    "bar": Bar(50, (Run(HOSTILE),)),
    "table": Grid(("A", "B"), ((Run(HOSTILE), Run(HOSTILE)),)),
    "brief table": Grid(("A", "B"), ((Run("x"), Run(HOSTILE)),), brief=True),
    "next": Next((HOSTILE,)),
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_text_is_never_read_as_markup(block: Block) -> None:
    """Brackets, names of signs and control characters are text: shown or dropped, never obeyed."""
    text = drawn((block,), 100)
    assert "[in German] [/ref] [bold]b[/bold] :warning:" in text
    assert not re.search("[\x1b\x9b\u202e]", text)


def test_labels_of_a_page_are_aligned() -> None:
    """The longest word of a scale leaves room for its colon."""
    page = tuple(Fact(label, (Run("value"),)) for label in ("contraindicated", "Clinical review", "adapt"))
    assert len({line.index("value") for line in drawn(page, 80).splitlines()}) == 1


def test_a_title_without_tags_has_no_empty_line() -> None:
    """The line stands right under it."""
    title, rule = drawn((Title("Screening", ()),), 40).splitlines()
    assert (title, set(rule)) == ("Screening", {"─"})
    assert render_page((Title("Screening", ()), Para((Run("a"),)))) == "# Screening\n\na"


def test_a_line_end_in_a_text_is_a_blank() -> None:
    """A text that holds line ends and tabs stays one line."""
    text = "one\ntwo\tthree"
    grid = Grid(("A", "B"), ((Run("x"), Run(text)),), brief=True)
    assert drawn((Heading(text), Para((Run(text),)), grid, Next((text,)))).count("one two three") == 4


def test_the_worst_is_red_and_the_least_green(tiny: KnowledgeBase) -> None:
    """An emergency has the colour of a serious harm, at its heading and at its sign; a sign that can wait has not."""
    text = drawn(records.record_page(tiny["broken-ladder"], tiny), color=True)
    assert f"{RED}SERIOUS" in text
    assert f"{RED}Warning signs: call emergency services" in text
    assert f"{BLUE}Also seen with other conditions: see a clinician" in text
    (emergency,) = [line for line in text.splitlines() if "falling" in line]
    (soon,) = [line for line in text.splitlines() if "creaking" in line]
    assert f"{RED}!" in emergency
    assert f"{BLUE}!" in soon


def test_severities_and_urgencies_share_the_colours_of_danger() -> None:
    """Level by level, worst first; what a clinician should see is not green, the colour of what is well."""
    severities, urgencies = ([terminal.STYLES[level] for level in scale] for scale in (Severity, Urgency))
    assert severities[:2] == urgencies[:2]
    for scale, colours in ((Severity, (RED, ORANGE, GREEN)), (Urgency, (RED, ORANGE, BLUE))):
        text = drawn((Para(tuple(Run(f"{level} ", level) for level in scale)),), color=True)
        assert [colour in text for colour in colours] == [True, True, True]


def test_severity_is_a_word_too(tiny: KnowledgeBase) -> None:
    """Who sees no colour still reads the severity."""
    assert "SERIOUS" in drawn(records.record_page(tiny["broken-ladder"], tiny))


@pytest.mark.parametrize(("percent", "full"), [(50, 10), (0.1, 1), (0, 0), (100, 20)])
def test_a_bar_is_as_long_as_its_share(percent: float, full: int) -> None:
    """Half is half; next to nothing is still seen; nothing is nothing."""
    text = drawn((Bar(percent, (Run("x"),)),))
    assert (text.count("━"), text.count("─")) == (full, 20 - full)


def test_what_follows_a_mark_is_indented_beside_it() -> None:
    """No line of a text runs under its mark, and each further text begins a line of its own."""
    page = (Item((Run("word " * 30),), "[12]", ((Run("second"),),)),)
    first, *others = drawn(page, 40).splitlines()
    assert first.startswith("[12] word")
    assert all(line.startswith(" " * 5) and line[5] != " " for line in others)
    assert others[-1].strip() == "second"


def test_a_narrow_screen_gets_lists_for_tables() -> None:
    """Below 60 columns a row is an item with its headings; a brief one is its name and, below, the rest."""
    rows = ((Run("2009"), Run("M", "strong")),)
    assert drawn((Grid(("Year", "Who"), rows),), 59).splitlines() == ["- 2009", "  Who: M"]
    assert drawn((Grid(("Year", "Who"), rows, brief=True),), 59).splitlines() == ["- M", "  Year 2009"]
    assert drawn((Grid(("Year", "Who"), rows),), 60).split() == ["Year", "Who", "2009", "M"]


def test_pages_are_no_wider_than_a_line_can_be_read() -> None:
    """However wide the screen is, and however narrow."""
    page = (Para((Run("x" * 300),)),)
    assert max(map(len, drawn(page, 500).splitlines())) == 100
    assert max(map(len, drawn(page, 1).splitlines())) == 20


@pytest.mark.parametrize("name", ["COLUMNS", "LINES"])
@pytest.mark.parametrize("value", ["²", "9" * 5000, "-5", "0", "wide", "1e3"])
def test_a_size_that_is_no_number_is_ignored(
    run: Runner, monkeypatch: pytest.MonkeyPatch, tiny_path: Path, name: str, value: str
) -> None:
    """What the environment says of the screen ends no answer."""
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv(name, value)
    assert "A ladder breaks under the patient." in run("show", "broken-ladder").out.replace("\n", " ")


def test_rich_lives_in_one_module() -> None:
    """The drawing module is the only one that names Rich."""
    source = ROOT / "src" / "massharm"
    users = {
        path.name for path in source.rglob("*.py") if "rich" in re.findall(r"(?:from|import) (\w+)", path.read_text())
    }
    assert users == {Path(terminal.__file__).name}
