import pytest

import massharm
from massharm import KnowledgeBase
from massharm.kb.records import Case, Harm
from massharm.kb.vocabulary import Band, Evidence, Outcome
from tiny import Write, citation, tiny_file


def harm(kb: KnowledgeBase, name: str) -> Harm:
    """Give a harm by id."""
    found = kb[name]
    assert isinstance(found, Harm)
    return found


def test_records_answer_to_id_number_and_old_id(tiny: KnowledgeBase) -> None:
    """An id, a number and a withdrawn id each lead to their record."""
    assert tiny["blue-thumb"].name == "Blue thumb"
    assert tiny["azure-thumb"] is tiny["blue-thumb"]
    assert tiny[17].id == "author-17"
    assert "azure-thumb" in tiny
    assert 30 not in tiny
    with pytest.raises(KeyError):
        tiny["no-such"]


def test_outcomes_regions_and_techniques_join_harm_and_cases(tiny: KnowledgeBase) -> None:
    """What a case met, its harm met, gravest first."""
    ladder = harm(tiny, "broken-ladder")
    assert tiny.outcomes(ladder) == (Outcome.DEATH, Outcome.SURGERY)
    assert tiny.regions(ladder) == ("back",)
    assert tiny.techniques(ladder) == ("walking-on-back",)
    assert tiny.providers(ladder) == ("self",)


def test_precautions_link_both_ways(tiny: KnowledgeBase) -> None:
    """A precaution that names a harm is a risk factor of it, though the harm does not name it."""
    ladder = harm(tiny, "broken-ladder")
    assert [precaution.id for precaution in tiny.risk_factors(ladder)] == ["heavy"]
    heavy = tiny["heavy"]
    assert not isinstance(heavy, Harm)
    assert tiny.harms_of(heavy) == (ladder,)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "grade"),
    [("blue-thumb", Evidence.TRIAL), ("broken-ladder", Evidence.CASE_REPORT), ("odd-feeling", Evidence.ANECDOTE)],
)
def test_evidence_is_the_strongest_design_in_favour(tiny: KnowledgeBase, name: str, grade: Evidence) -> None:
    """Cases and studies for a harm are graded; a study against it is not evidence of it."""
    assert tiny.evidence(harm(tiny, name)) is grade


def test_studies_against_do_not_grade(write: Write) -> None:
    """A harm that was only looked for and not found has no evidence."""
    file = tiny_file()
    file["harms"][0]["findings"] = [{"citation": 4, "bearing": "against", "text": "Not found."}]
    kb = KnowledgeBase.load(write(file))
    assert kb.evidence(harm(kb, "blue-thumb")) is Evidence.NONE


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (10, Band.VERY_COMMON),
        (9.99, Band.COMMON),
        (1, Band.COMMON),
        (0.99, Band.UNCOMMON),
        (0.1, Band.UNCOMMON),
        (0.05, Band.RARE),
        (0.01, Band.RARE),
        (0.009, Band.VERY_RARE),
        (0, Band.VERY_RARE),
    ],
)
def test_bands_are_those_of_cioms(write: Write, percent: float, band: Band) -> None:
    """Ten in a hundred and more is very common, and so on down to less than one in ten thousand."""
    file = tiny_file()
    file["harms"][0]["frequency"][0]["percent"] = percent
    kb = KnowledgeBase.load(write(file))
    assert kb.band(harm(kb, "blue-thumb")) is band


def test_without_a_denominator_the_frequency_is_not_known(tiny: KnowledgeBase) -> None:
    """Two reports are no rate."""
    assert tiny.band(harm(tiny, "broken-ladder")) is Band.UNKNOWN


def test_anecdotes_are_told_apart_and_not_counted(tiny: KnowledgeBase) -> None:
    """A case that the article tells is an anecdote, has no year, and is no published case."""
    told = tiny["anecdote-odd"]
    assert isinstance(told, Case)
    assert tiny.is_anecdote(told)
    assert tiny.year(told) is None
    assert tiny.published_reports(harm(tiny, "odd-feeling")) == 0
    assert tiny.published_reports(harm(tiny, "broken-ladder")) == 1


def test_a_citation_knows_who_rests_on_it(tiny: KnowledgeBase) -> None:
    """Harms come first; the numbers of a harm's cases are its own too."""
    assert [record.id for record in tiny.cited_by(tiny.by_number[5])] == [
        "broken-ladder",
        "author-5-ladder",
        "ladder",
    ]
    assert tiny.citations_of(harm(tiny, "broken-ladder")) == (5, 11)


def test_cases_stand_oldest_first_and_anecdotes_last(write: Write) -> None:
    """The order of the cases of a harm does not follow the file."""
    file = tiny_file()
    old = file["cases"][0] | {"id": "a-late", "citations": [27]}
    file["cases"] = [old, *file["cases"]]
    file["cases"][2]["harms"] = ["broken-ladder"]
    file["harms"][2]["findings"] = [{"citation": 4, "bearing": "supports", "text": "Seen."}]
    kb = KnowledgeBase.load(write(file))
    assert [case.id for case in kb.cases_of(harm(kb, "broken-ladder"))] == ["author-5-ladder", "a-late", "anecdote-odd"]


def test_a_case_told_by_a_review_keeps_its_own_year_and_weight(write: Write) -> None:
    """A review that tabulates a case gives it neither the review's year nor the review's strength."""
    file = tiny_file()
    file["citations"][5]["kind_of_study"] = "systematic review"
    file["cases"][0]["year"] = 1999
    kb = KnowledgeBase.load(write(file))
    ladder = harm(kb, "broken-ladder")
    assert kb.year(kb.cases_of(ladder)[0]) == 1999
    assert kb.evidence(ladder) is Evidence.CASE_REPORT


def test_a_series_weighs_more_than_a_report(write: Write) -> None:
    """Several patients make a series."""
    file = tiny_file()
    file["cases"][0]["patients"] = 3
    kb = KnowledgeBase.load(write(file))
    assert kb.evidence(harm(kb, "broken-ladder")) is Evidence.CASE_SERIES


def test_a_reason_is_given_only_where_it_is_about_the_harm(write: Write, tiny: KnowledgeBase) -> None:
    """The reason of a precaution stands with a harm when both rest on one source."""
    ladder, heavy = harm(tiny, "broken-ladder"), tiny.file.precautions[0]
    assert tiny.shared_reason(heavy, ladder) is None
    file = tiny_file()
    file["precautions"][0]["why"][0]["citations"] = [5]
    kb = KnowledgeBase.load(write(file))
    assert kb.shared_reason(kb.file.precautions[0], harm(kb, "broken-ladder")) == kb.file.precautions[0].why[0]


def test_public_names() -> None:
    """The package offers what the README names, imports it when asked, and nothing else."""
    for name in massharm.__all__:
        assert getattr(massharm, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'no_such'"):
        massharm.no_such  # noqa: B018


def test_names_of_citations(write: Write) -> None:
    """A citation is called by author and year, a comment by its number, a page by its publisher."""
    file = tiny_file()
    file["citations"].append(citation(30, authors=None, publisher="An Office", year=None, title="Page"))
    kb = KnowledgeBase.load(write(file))
    assert [kb.by_number[number].name for number in (17, 3, 30)] == ["Author 2017", "Note 3", "An Office"]
