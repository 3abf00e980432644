"""Pages as Markdown: structure kept, nothing in a text read as markup."""

import pytest

from massharm import KnowledgeBase
from massharm.exports.formats import export_records
from massharm.pages import records
from massharm.pages.blocks import Bar, Fact, Grid, Heading, Item, Next, Para, Run, Title
from massharm.pages.markdown import render_page, render_records
from massharm.text import escape_markdown


def test_each_part_has_its_form() -> None:
    """Titles, headings, lists, facts and tables are those of CommonMark and GitHub; commands are left out."""
    page = (
        Title("Name", (Run("SERIOUS", "serious"), Run("rare"))),
        Heading("Part"),
        Item((Run("first "), Run("[1]", "cite")), more=((Run("second"),),)),
        Item((Run("sign"),), "!"),
        Item((Run("reference"),), "[1]"),
        Fact("Age", (Run("40"),)),
        Bar(7, (Run("7 %"),)),
        Grid(("A", "B"), ((Run("x|y"), Run("z")),)),
        Para((Run("# not a heading"),)),
        Next(("massharm about",)),
    )
    assert render_page(page).splitlines() == [
        "# Name",
        "",
        "**SERIOUS** · rare",
        "",
        "## Part",
        "",
        r"- first \[1\]",
        "  - second",
        "- sign",
        r"- \[1\] reference",
        "- **Age:** 40",
        "- 7 %",
        "",
        "| A | B |",
        "| --- | --- |",
        r"| x\|y | z |",
        "",
        r"\# not a heading",
    ]


def test_blanks_hold_runs_apart_once() -> None:
    """However many blanks meet, and whether a run is bold; a run of blanks alone is one."""
    page = (Para((Run(" a "), Run(" b ", "strong"), Run("  "), Run("c"), Run("\td\n", "strong"))),)
    assert render_page(page) == "a **b** c **d**"


@pytest.mark.parametrize("sign", list("\\`*_[]<>|~&"))
def test_signs_are_escaped(sign: str) -> None:
    """What Markdown or HTML would act on stands there as it was written."""
    assert escape_markdown(f"a{sign}b") == f"a\\{sign}b"


@pytest.mark.parametrize("start", ["# a", "+ a", "- a", "1. a", "= a"])
def test_a_line_does_not_become_a_list(start: str) -> None:
    """Nor a heading, nor a rule."""
    assert "\\" in escape_markdown(start)


def test_no_control_character_is_written() -> None:
    """A handout carries none either."""
    assert escape_markdown("a\x1b[31mb\u202ec") == r"a\[31mbc"


def test_every_page_can_be_written(kb: KnowledgeBase) -> None:
    """Each record has a page with one title and without the prompt of a command."""
    for record in kb:
        lines = render_page(records.record_page(record, kb)).splitlines()
        assert sum(line.startswith("# ") for line in lines) == 1, record.id
        assert "massharm show" not in lines[-1]


def test_markdown_has_a_page_with_one_title_a_record(base: KnowledgeBase) -> None:
    """Rules separate the pages, after a head that says what this is."""
    head, *parts = render_records(export_records(base, None), base).decode().split("\n\n---\n\n")
    assert head.startswith(f"# {base.file.title}\n\nedition {base.edition}")
    assert base.absence in head
    assert len(parts) == len(base)
    for part in parts:
        assert [line.startswith("# ") for line in part.splitlines()].count(True) == 1
        assert part.startswith("# ")
    one = render_records(base.records("myth"), base).decode()
    assert one.count("\n# ") == len(base.records("myth"))
