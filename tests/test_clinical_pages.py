"""The clinical views as pages: a client screened, warning signs, the evidence map."""

from typing import Any

import pytest

from drawing import drawn
from massharm import KnowledgeBase
from massharm.clinical.evidence import survey
from massharm.clinical.screening import Plan, screen
from massharm.clinical.triage import Flag, redflags
from massharm.pages import clinical
from massharm.pages.blocks import Bar, Grid, Heading, Item, Next, Page, Run
from massharm.search.query import Correction
from tiny import Write, said, tiny_file


def texts(page: Page) -> list[str]:
    """Return the text of every heading and item of a page, and of what stands below an item."""
    found: list[str] = []
    for block in page:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Item):
            found += ["".join(run.text for run in runs) for runs in (block.runs, *block.more)]
    return found


def screened(kb: KnowledgeBase, words: str, *regions: str, references: bool = False) -> Page:
    """Return the page of a client."""
    return clinical.screening_page(screen(kb, words, Plan(regions=regions)), kb, references=references)


@pytest.fixture
def heavy(write: Write) -> KnowledgeBase:
    """Return a knowledge base whose precaution has advice of every level, a question and an uncertainty."""
    file = tiny_file()
    levels = ("modify", "clear-first", "avoid-locally")
    file["precautions"][0]["advice"] += [
        {"level": level, "text": f"Advice to {level}.", "citations": [number]}
        for number, level in enumerate(levels, 14)
    ]
    file["precautions"][0] |= {
        "questions": [said("How heavy?", 19)],
        "uncertainty": [said("How heavy is too heavy is not known.", 20)],
    }
    return KnowledgeBase.load(write(file))


def test_a_client_reads_what_not_to_do_first(heavy: KnowledgeBase) -> None:
    """Then the reasons, the harms, the questions, the signs to watch for, and what is not known."""
    wanted = [
        *("Understood", "Avoid", "Avoid there", "Have it cleared first", "Change how it is done", "Why"),
        *("Harms that this bears on, worst first", "Ask", "Watch for afterwards: call emergency services now"),
        *("Watch for afterwards: needs a clinician soon", "Not known or in conflict", "What this cannot tell"),
    ]
    page = screened(heavy, "heavy")
    assert [block.text for block in page if isinstance(block, Heading)] == wanted
    assert page[-1] == Next(("massharm cite 5 11 13-16 19 20",))
    found = texts(page)
    assert found[found.index("Ask") + 1 :][:2] == ["Heavy client", "· How heavy? [19]"]
    assert found[found.index("Avoid there") + 2] == "· Advice to avoid-locally. [16]"


def test_a_handout_has_its_references(heavy: KnowledgeBase) -> None:
    """In place of the command that would print them; each number on the page is among them."""
    page = screened(heavy, "heavy", references=True)
    place = texts(page).index("References")
    assert [text.split(".")[1] for text in texts(page)[place + 1 :]] == [
        f" Report {number}" for number in (5, 11, 13, 14, 15, 16, 19, 20)
    ]
    assert not any(isinstance(block, Next) for block in page)


def test_a_denial_names_what_was_left_out(tiny: KnowledgeBase) -> None:
    """A reader sees that a condition was read as denied."""
    found = texts(screened(tiny, "heavy, no broken ladder"))
    assert "“no broken ladder”: read as a denial; left out: Broken ladder" in found


def test_what_is_not_understood_comes_first(tiny: KnowledgeBase) -> None:
    """With the names that come nearest, if any do."""
    assert texts(screened(tiny, "xylophone, heavy"))[:2] == ["Not understood, and so not screened", "“xylophone”"]


def test_a_harm_that_is_named_bears_on_the_client_itself(tiny: KnowledgeBase) -> None:
    """Others are marked with the precautions that name them."""
    assert any(text.endswith(" – named [1]") for text in texts(screened(tiny, "blue thumb")))
    assert any(text.endswith(" – Heavy client [5]") for text in texts(screened(tiny, "heavy")))


def test_harms_of_the_plan_stand_apart(tiny: KnowledgeBase) -> None:
    """Those that the precautions already name are not repeated."""
    found = texts(screened(tiny, "heavy", "hand", "back"))
    place = found.index("Also reported of massage: hand, back")
    assert found[place + 1].startswith("minor Blue thumb (blue-thumb)")
    assert sum("broken-ladder" in text for text in found) == 1


def test_a_sign_of_several_harms_stands_once_with_all_sources(write: Write) -> None:
    """Of the same text and urgency: all harms are named, and the sources of each are there."""
    file = tiny_file()
    file["harms"][0]["warning_signs"] = [{"text": "falling", "urgency": "emergency-now", "citations": [2, 4]}]
    kb = KnowledgeBase.load(write(file))
    assert texts(tuple(clinical.watch_sections(kb.file.harms))) == [
        "Watch for afterwards: call emergency services now",
        "falling [2,4,11] – Blue thumb; Broken ladder",
        "Watch for afterwards: needs a clinician soon",
        "creaking [5] – Broken ladder",
    ]


def test_a_sign_among_the_words_of_a_client_is_an_alarm(kb: KnowledgeBase) -> None:
    """It stands before everything that was understood, with its urgency."""
    found = texts(screened(kb, "sudden chest pain and shortness of breath"))
    assert found[0].startswith("A warning sign is among this: call emergency services now")


def test_flags_come_by_urgency_and_say_what_to_do(tiny: KnowledgeBase) -> None:
    """A sign that is less urgent than the one that brought its harm here says so; the first response follows."""
    assert texts(clinical.redflags_page(redflags(tiny).flags, tiny)) == [
        "Call emergency services now",
        "Broken ladder · serious · frequency not known, 1 published case",
        "! falling [11]",
        "! creaking [5] (needs a clinician soon)",
        "First: Stand back. [5]",
    ]


def test_flags_that_hold_little_of_the_words_are_brief(tiny: KnowledgeBase) -> None:
    """They follow the others, without what to do; a corrected word is named where it counted."""
    ladder, thumb, _ = tiny.file.harms[1], tiny.file.harms[0], tiny.file.harms[2]
    signs = ladder.warning_signs
    flags = [
        Flag(ladder, signs[1:], 1.0, (Correction("faling", "falling"), Correction("dwn", "down"))),
        Flag(thumb, signs[:1], clinical.CLOSE - 0.01),
    ]
    assert texts(clinical.redflags_page(flags, tiny))[1:] == [
        "Broken ladder · serious · frequency not known, 1 published case",
        "! falling [11]",
        "First: Stand back. [5]",
        "you typed “faling”, read as “falling”, you typed “dwn”, read as “down”",
        "With only some of these words",
        "Blue thumb · minor · common",
        "! creaking [5]",
    ]
    close = [flags[0], Flag(thumb, signs[:1], clinical.CLOSE)]
    assert "With only some of these words" not in texts(clinical.redflags_page(close, tiny))


def test_a_sign_has_the_colour_of_its_urgency(tiny: KnowledgeBase) -> None:
    """At its mark and over it, where a client is screened and where signs are listed."""
    for page in (screened(tiny, "heavy"), clinical.redflags_page(redflags(tiny).flags, tiny)):
        headings = {block.text: block.tone for block in page if isinstance(block, Heading)}
        assert {tone for text, tone in headings.items() if "emergency" in text.lower()} == {"emergency-now"}
    marks = {block.runs[0].text: block.tone for block in screened(tiny, "heavy") if isinstance(block, Item)}
    assert (marks["falling "], marks["creaking "]) == ("emergency-now", "soon")
    (item,) = [block for block in clinical.redflags_page(redflags(tiny).flags, tiny) if isinstance(block, Item)]
    assert [runs[0].tone for runs in item.more] == ["emergency-now", "soon", "strong"]


def test_a_harm_names_every_precaution_that_bears_on_it(write: Write) -> None:
    """In the order of the precautions."""
    file = tiny_file()
    file["precautions"].append(file["precautions"][0] | {"id": "tall", "name": "Tall client"})
    file["harms"][1]["response"].append(said("Call for help.", 5))
    kb = KnowledgeBase.load(write(file))
    assert any(text.endswith(" – Heavy client; Tall client [5]") for text in texts(screened(kb, "heavy, tall")))
    assert not any("Call for help." in text for text in texts(clinical.redflags_page(redflags(kb).flags, kb)))


def test_the_map_counts_harms_and_reports(tiny: KnowledgeBase) -> None:
    """A row a severity, worst first; a column a strength that some harm has; empty cells have a dash."""
    page = clinical.evidence_page(survey(tiny))
    (grid,) = [block for block in page if isinstance(block, Grid)]
    assert grid.columns == ("Severity", "trial", "case report", "anecdote")
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["serious", "–", "1 (1)", "–"],
        ["moderate", "–", "–", "–"],
        ["minor", "1 (0)", "–", "1 (0)"],
    ]


def years(page: Page) -> dict[str, int]:
    """Return the bars of the years."""
    start = page.index(Heading("Published reports by year")) + 1
    bars: dict[str, int] = {}
    for block in page[start:]:
        if not isinstance(block, Bar):
            break
        bars[block.runs[1].text] = int(block.runs[0].text)
    return bars


@pytest.mark.parametrize(
    ("published", "spans"),
    [
        ((2005,), {"2005–2009": 1}),
        ((2004, 2016), {"2000–2004": 1, "2005–2009": 0, "2010–2014": 0, "2015–2019": 1}),
        ((2009, 2010), {"2005–2009": 1, "2010–2014": 1}),
    ],
)
def test_years_are_counted_by_fives(write: Write, published: tuple[int, ...], spans: dict[str, int]) -> None:
    """A span without a report is there, so that a gap is seen."""
    file: dict[str, Any] = tiny_file()
    case = file["cases"][0]
    file["cases"] = [case | {"id": f"case-{year}", "year": year} for year in published]
    page = clinical.evidence_page(survey(KnowledgeBase.load(write(file))))
    assert years(page) == spans


def test_the_longest_bar_is_whole(tiny: KnowledgeBase) -> None:
    """Bars are drawn to the greatest count of their own section."""
    bars = [block for block in clinical.evidence_page(survey(tiny)) if isinstance(block, Bar)]
    assert {bar.percent for bar in bars} == {100}
    assert "  1  walking on back" in drawn(clinical.evidence_page(survey(tiny)))


def test_without_published_reports_there_are_no_bars(write: Write) -> None:
    """And no headings over nothing."""
    file = tiny_file()
    file["cases"] = file["cases"][1:]
    page = clinical.evidence_page(survey(KnowledgeBase.load(write(file))))
    assert [block.text for block in page if isinstance(block, Heading)] == [
        "Harms, and the published reports of them in brackets"
    ]
    assert Run("no published report", "strong") in page[0].tags  # type: ignore[union-attr]
