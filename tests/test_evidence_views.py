"""The evidence map narrowed, as a picture, and what was counted."""

import xml.etree.ElementTree as ET
from collections import Counter
from typing import TYPE_CHECKING

import msgspec
import pytest

from drawing import drawn
from massharm import KnowledgeBase
from massharm.clinical.evidence import counted, survey
from massharm.errors import WrongUse
from massharm.exports.evidence import evidence_answer
from massharm.kb.filters import select_records
from massharm.kb.vocabulary import Scope, Severity
from massharm.pages.evidence_svg import evidence_svg
from massharm.pages.figures import counted_page
from tiny import Run, Write, tiny_file

if TYPE_CHECKING:
    from massharm.kb.records import Harm, Lesson

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"l4 8": Severity.SERIOUS, "h8v8": Severity.MODERATE}
"""What the path of a mark holds, and its severity."""


def test_a_narrowed_map_counts_the_harms_that_meet_the_facets(kb: KnowledgeBase) -> None:
    """And of their reports those that meet them too."""
    facets = {"region": ["neck"]}
    found = survey(kb, facets)
    harms = select_records(kb, "harm", facets)
    assert sum(cell.harms for cell in found.cells) == len(harms)
    ids = {harm.id for harm in harms}
    cases = [case for case in kb.file.cases if "neck" in case.regions and ids & set(case.harms)]
    assert found.cases + found.anecdotes == len(cases)
    assert found.cases < survey(kb).cases


def test_a_facet_that_cases_have_not_narrows_them_through_their_harms(kb: KnowledgeBase) -> None:
    """The reports are those of the harms that are left."""
    found = survey(kb, {"population": ["infant"]})
    ids = {harm.id for harm in select_records(kb, "harm", {"population": ["infant"]})}
    assert found.cases + found.anecdotes == sum(not ids.isdisjoint(case.harms) for case in kb.file.cases)


def test_years_of_a_cell_are_those_of_its_reports(kb: KnowledgeBase) -> None:
    """A report without a year is in none."""
    for cell in survey(kb).cells:
        assert sum(cell.years.values()) <= cell.cases
        assert list(cell.years) == sorted(cell.years)


def test_every_figure_of_harms_and_lessons_is_shown(kb: KnowledgeBase) -> None:
    """Each once, those of massage first; narrowed, only those of such harms."""
    found = counted(kb)
    records: list[Harm | Lesson] = [*kb.file.harms, *kb.file.lessons]
    assert Counter(part.figure for part in found) == Counter(part for record in records for part in record.frequency)
    scopes = [list(Scope).index(part.figure.scope) for part in found]
    assert scopes == sorted(scopes)
    narrowed = counted(kb, {"severity": ["minor"]})
    assert {part.record.id for part in narrowed} <= {harm.id for harm in kb.file.harms if harm.severity == "minor"}
    assert 0 < len(narrowed) < len(found)


@pytest.mark.parametrize("width", [44, 80, 120])
def test_a_figure_has_its_denominator_its_people_and_its_limits(kb: KnowledgeBase, width: int) -> None:
    """Where the way of asking is not known, the page says so; where nothing was found, what that excludes."""
    found = counted(kb)
    page = "".join(drawn(counted_page(found, {}), width).split())
    for part in found:
        figure = part.figure
        for text in (part.record.name, f"{figure.denominator:,}", figure.setting, figure.method or "notstated"):
            assert "".join(text.split()) in page
        assert "".join(figure.limits.split()) in page
    assert page.count("ruleofthree") == sum(part.figure.upper_limit is not None for part in found)
    assert page.count("Asked:") == len(found)


def test_figures_in_json_have_share_and_upper_limit(tiny: KnowledgeBase) -> None:
    """They stand beside the map, and only where they are asked for."""
    answer = msgspec.to_builtins(evidence_answer(tiny, survey(tiny), {}, counted(tiny)))
    (figure,) = answer["figures"]
    assert (figure["kind"], figure["id"], figure["percent"], figure["denominator"]) == ("harm", "blue-thumb", 7, 100)
    assert figure["upper_limit"] is None
    assert answer["query"] == "evidence"
    narrowed = msgspec.to_builtins(evidence_answer(tiny, survey(tiny), {"severity": ["minor"]}))
    assert "figures" not in narrowed
    assert narrowed["query"] == {"severity": ("minor",)} or narrowed["query"] == {"severity": ["minor"]}


def severity_of(mark: ET.Element) -> Severity | None:
    """Return the severity of a mark, which its shape tells; None for a line."""
    if mark.tag == f"{SVG}circle":
        return Severity.MINOR
    path = mark.get("d", "")
    return next((severity for shape, severity in SHAPES.items() if shape in path), None)


def test_the_picture_has_a_mark_for_every_report(kb: KnowledgeBase) -> None:
    """One more of each severity stands before its name; the shape tells the severity, and the colour does too."""
    found = survey(kb)
    picture = ET.fromstring(evidence_svg(found, kb, {}))  # noqa: S314 - it is our own
    marks = [mark for mark in (*picture.iter(f"{SVG}path"), *picture.iter(f"{SVG}circle")) if severity_of(mark)]
    expected = Counter(Severity)
    for cell in found.cells:
        expected[cell.severity] += cell.cases
    assert Counter(map(severity_of, marks)) == expected
    assert len({(severity_of(mark), mark.get("fill")) for mark in marks}) == len(Severity)


def test_the_picture_can_be_heard_and_carries_the_notice(kb: KnowledgeBase) -> None:
    """Title and description name every count; there is no script, and the notice stands in it."""
    found = survey(kb)
    text = evidence_svg(found, kb, {"region": ["neck"]})
    picture = ET.fromstring(text)  # noqa: S314
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == "title desc"
    heard = picture.findtext(f"{SVG}desc") or ""
    for cell in found.cells:
        assert (f"{cell.severity}, {cell.evidence}: {cell.harms} harm" in heard) is bool(cell.harms)
    shown = " ".join(part.text or "" for part in picture.iter(f"{SVG}text"))
    for words in (kb.notice, kb.absence, "no rate", f"Edition {kb.edition}", "region: neck"):
        assert words in shown
    assert "script" not in text


def test_marks_stand_at_their_year_and_in_the_picture(kb: KnowledgeBase) -> None:
    """A later report stands further right, and none outside."""
    found = survey(kb)
    picture = ET.fromstring(evidence_svg(found, kb, {}))  # noqa: S314
    labels = {part.text: float(part.get("x", "0")) for part in picture.iter(f"{SVG}text")}
    assert labels["2000"] < labels["2010"] < labels["2020"]
    circles = [float(mark.get("cx", "0")) for mark in picture.iter(f"{SVG}circle")]
    assert all(0 < x < float(picture.get("width", "0")) for x in circles)


def test_nothing_in_a_text_is_markup_in_the_picture(write: Write) -> None:
    """What a file says is text, whatever it holds."""
    file = tiny_file()
    file["title"] = "<script>x</script> & \x1b\"'"
    file["cases"][0]["year"] = 1999
    kb = KnowledgeBase.load(write(file))
    picture = ET.fromstring(evidence_svg(survey(kb), kb, {}))  # noqa: S314
    assert (picture.findtext(f"{SVG}title") or "").startswith("<script>x</script> & \"'")
    assert picture.find(f".//{SVG}script") is None


def test_the_command_has_all_forms(run: Run, monkeypatch: pytest.MonkeyPatch, tiny_path: object) -> None:
    """Text, Markdown with the notice and the references, a picture and JSON; exit 1 where nothing is left."""
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    monkeypatch.setenv("COLUMNS", "80")
    assert "severity: minor" in run("evidence", "--severity", "minor").out
    assert "For tests only." in run("evidence", "--format", "markdown").out
    kept = run("evidence", "--counted", "--format", "markdown").out
    assert "For tests only." in kept
    assert "Author A. Report 2." in kept
    assert run("evidence", "--format", "svg").out.startswith("<svg ")
    assert run("evidence", "--json").json == run("evidence", "--format", "json").json
    assert run("evidence", "--region", "foot", "--json", code=1).json["results"][0]["cases"] == 0
    answer = run("evidence", "--region", "foot", code=1)
    assert (answer.out, "matches “--region foot”" in answer.err) == ("", True)
    assert run("evidence", "--counted", "--severity", "serious", code=1).out == ""
    assert "--counted has no picture" in run("evidence", "--counted", "--format", "svg", code=2).err
    assert "are two answers" in run("evidence", "--json", "--format", "svg", code=2).err


def test_what_harms_have_not_is_refused(tiny: KnowledgeBase) -> None:
    """As in a list of harms."""
    with pytest.raises(WrongUse, match="--urgency does not narrow harms"):
        survey(tiny, {"urgency": ["soon"]})
