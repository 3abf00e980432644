import pytest

from massharm import KnowledgeBase
from massharm.errors import WrongUse
from massharm.kb.filters import FACETS, as_kind, select_records


def ids(kb: KnowledgeBase, kind: str, **facets: list[str]) -> list[str]:
    """Return the ids of what is selected."""
    return [record.id for record in select_records(kb, kind, facets)]


@pytest.mark.parametrize(
    ("kind", "facets", "chosen"),
    [
        ("harm", {}, ["broken-ladder", "blue-thumb", "odd-feeling"]),
        ("harm", {"severity": ["serious"]}, ["broken-ladder"]),
        ("harm", {"severity": ["minor", "serious"], "region": ["hand"]}, ["blue-thumb"]),
        ("harm", {"outcome": ["death"]}, ["broken-ladder"]),
        ("harm", {"outcome": ["fetal-loss"]}, []),
        ("harm", {"region": ["Back"]}, ["broken-ladder"]),
        ("harm", {"system": ["skin", "mental"]}, ["blue-thumb", "odd-feeling"]),
        ("harm", {"technique": ["walking on back"]}, ["broken-ladder"]),
        ("harm", {"mechanism": ["weight"]}, ["broken-ladder"]),
        ("harm", {"evidence": ["case-report"]}, ["broken-ladder"]),
        ("harm", {"evidence": ["anecdote", "trial"]}, ["blue-thumb", "odd-feeling"]),
        ("harm", {"provider": ["self"]}, ["broken-ladder"]),
        ("harm", {"year": ["2005"]}, ["broken-ladder"]),
        ("harm", {"year": ["2001-2004"]}, ["blue-thumb"]),
        ("harm", {"year": ["2004", "2005"]}, ["broken-ladder", "blue-thumb"]),
        ("harm", {"year": ["2003"]}, []),
        ("case", {"outcome": ["death"]}, ["author-5-ladder"]),
        ("case", {"severity": ["minor"]}, ["anecdote-odd"]),
        ("case", {"year": ["1990-2030"]}, ["author-5-ladder"]),
        ("mechanism", {"severity": ["serious"]}, ["weight"]),
        ("precaution", {"system": ["skin"]}, []),
        ("precaution", {"system": ["musculoskeletal"]}, ["heavy"]),
        ("precaution", {"level": ["Contraindicated"]}, ["heavy"]),
        ("precaution", {"level": ["adapt"]}, []),
        ("medicine", {"severity": ["serious"]}, ["weight-gainers"]),
        ("medicine", {"severity": ["minor"]}, []),
        ("sign", {}, ["falling", "creaking"]),
        ("sign", {"urgency": ["emergency-now"]}, ["falling"]),
        ("sign", {"system": ["musculoskeletal"]}, ["falling", "creaking"]),
        ("harm", {"population": ["anyone"]}, ["broken-ladder", "blue-thumb", "odd-feeling"]),
        ("harm", {"population": ["infant"]}, []),
        ("citation", {"year": ["2001", "2002"]}, ["author-1", "author-2"]),
        ("citation", {"evidence": ["anecdote"]}, None),
    ],
    ids=str,
)
def test_facets_narrow(tiny: KnowledgeBase, kind: str, facets: dict[str, list[str]], chosen: list[str] | None) -> None:
    """Any word of a facet will do, all facets must hold; blanks, hyphens and case do not matter."""
    found = ids(tiny, kind, **facets)
    if chosen is None:
        assert found[0] == "author-0"
        assert "author-1" not in found
    else:
        assert found == chosen


@pytest.mark.parametrize(
    ("kind", "facets", "message"),
    [
        (
            "harm",
            {"severity": ["serius"]},
            r"--severity does not take “serius” \(did you mean serious\?\); it takes serious",
        ),
        ("harm", {"mechanism": ["wait"]}, r"--mechanism does not take “wait”.*it takes weight"),
        ("harm", {"year": ["soon"]}, "--year does not take “soon”; give a year or a span"),
        ("harm", {"year": ["2005-soon"]}, "--year does not take “2005-soon”"),
        ("harm", {"year": [""]}, "--year does not take “”"),
        ("harm", {"year": ["٢٠٠٥"]}, "--year does not take “٢٠٠٥”"),
        ("case", {"region": ["moon"]}, "--region does not take “moon”; it takes head, face, neck"),
        ("term", {"severity": ["minor"]}, "--severity does not narrow terms; it narrows harms, mechanisms"),
    ],
)
def test_wrong_words_are_named(tiny: KnowledgeBase, kind: str, facets: dict[str, list[str]], message: str) -> None:
    """An unknown word is no empty answer but an error that says what would do."""
    with pytest.raises(WrongUse, match=message):
        select_records(tiny, kind, facets)


@pytest.mark.parametrize(
    ("word", "numbers"),
    [
        ("2011", [11]),
        ("     2011", [11]),
        ("2011 ", [11]),
        ("2011-2013", [11, 12, 13]),
        ("2013-2011", [11, 12, 13]),
        ("2011\u20132013", [11, 12, 13]),
        ("2011-     2013", [11, 12, 13]),
        ("2011- ", [11]),
        ("2011-", [11]),
        ("2026-99999999999999999999", [26, 27]),
        ("0-2001", [0, 1]),
        ("99999999999999999999", []),
    ],
)
def test_years_and_spans_of_years(tiny: KnowledgeBase, word: str, numbers: list[int]) -> None:
    """A span holds both its ends, whichever stands first; blanks do not matter; what has no year is in none."""
    assert ids(tiny, "citation", year=[word]) == [f"author-{number}" for number in numbers]


@pytest.mark.parametrize("word", ["harm", "Harms", "harms"])
def test_kinds_are_read_in_both_numbers(word: str) -> None:
    """`list harms` is `list harm`."""
    assert as_kind(word) == "harm"


def test_an_unknown_kind_is_named() -> None:
    """The error offers the nearest kind."""
    with pytest.raises(
        WrongUse, match=r"KIND does not take “mechanisn” \(did you mean mechanism\?\); it takes harm, mech"
    ):
        as_kind("mechanisn")


def test_serious_never_hides_a_death(kb: KnowledgeBase) -> None:
    """Every harm with a fatal case is in `--severity serious`."""
    serious = set(ids(kb, "harm", severity=["serious"]))
    assert set(ids(kb, "harm", outcome=["death", "fetal-loss", "life-threatening"])) <= serious


def test_every_facet_reads_every_record_of_its_kinds(kb: KnowledgeBase) -> None:
    """No facet fails on any record."""
    for homes in FACETS.values():
        for kind, read in homes.items():
            for record in kb.records(kind):
                assert all(isinstance(value, str) for value in read(record, kb))
