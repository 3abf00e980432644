from pathlib import Path
from typing import Any

import pytest

import massharm
from massharm import KnowledgeBase
from massharm.errors import BadData
from massharm.kb import integrity
from massharm.kb.parts import Figure
from massharm.kb.records import Case, Citation, Harm, Mechanism, Medicine, Precaution, Sign
from massharm.kb.vocabulary import Band, Evidence, Outcome, SignLink, Study, Support
from tiny import File, Spoil, Write, citation, cited, met, said, tiny_file
from tiny import harm as harm_of


def harm(kb: KnowledgeBase, name: str) -> Harm:
    """Return a harm by its id."""
    found = kb[name]
    assert isinstance(found, Harm)
    return found


def ids(records: tuple[Harm, ...] | tuple[Case, ...] | tuple[Precaution, ...]) -> list[str]:
    """Return the ids of records."""
    return [record.id for record in records]


# Loading


def test_public_names() -> None:
    """The package offers what the README names, imports it when asked, and nothing else."""
    for name in massharm.__all__:
        assert getattr(massharm, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'no_such'"):
        massharm.no_such  # noqa: B018


UNSOUND: dict[str, tuple[Spoil, str]] = {
    "an id twice": (
        lambda file: file["terms"][0].update(id="heavy"),
        "heavy: 2 records have this id; rename all but one",
    ),
    "a key twice": (
        lambda file: cited(file, 2).update(key="author-1"),
        "author-1: 2 records have this id; rename all but one",
    ),
    "a withdrawn id in use": (
        lambda file: file["withdrawn"][0].update(id="ladder"),
        "ladder: 2 records have this id; rename all but one",
    ),
    "a number twice": (
        lambda file: cited(file, 29).update(number=28),
        "citation 28: 2 citations have this number; give the newer one the next free number",
    ),
    "a statement of no source": (
        lambda file: harm_of(file)["uncertainty"].append(said("Much.", 99999)),
        "blue-thumb: cites 99999, which is no citation",
    ),
    "a finding of no source": (
        lambda file: harm_of(file)["findings"][0].update(citation=99),
        "blue-thumb: cites 99, which is no citation",
    ),
    "a figure of no source": (
        lambda file: harm_of(file)["frequency"][0].update(citations=[2, 99]),
        "blue-thumb: cites 99, which is no citation",
    ),
    "a sign of no source": (
        lambda file: file["signs"][0].update(citations=[99]),
        "creaking: cites 99, which is no citation",
    ),
    "an instruction of no source": (
        lambda file: file["signs"][1]["instruction"].update(citations=[99]),
        "falling: cites 99, which is no citation",
    ),
    "an action of no source": (
        lambda file: file["precautions"][0]["action"].update(citations=[99]),
        "heavy: cites 99, which is no citation",
    ),
    "a past of no source": (
        lambda file: file["precautions"][0].update(when_past={"days": 7, "citations": [99]}),
        "heavy: cites 99, which is no citation",
    ),
    "advice of no source": (
        lambda file: file["precautions"][0]["advice"][0].update(citations=[99]),
        "heavy: cites 99, which is no citation",
    ),
    "a case of no source": (
        lambda file: file["cases"][0].update(citations=[99]),
        "author-5-ladder: cites 99, which is no citation",
    ),
    "an article that is gone": (
        lambda file: file["citations"].pop(0),
        "odd-feeling: cites 0, which is no citation",
    ),
    "a day that is none": (
        lambda file: cited(file, 1).update(seen_on="2020-13-45"),
        "author-1: “seen_on” is 2020-13-45, which is no day of the calendar",
    ),
}


@pytest.mark.parametrize(("spoil", "message"), UNSOUND.values(), ids=UNSOUND)
def test_unsound_links_are_refused(write: Write, spoil: Spoil, message: str) -> None:
    """A file in which a number or an id leads nowhere, or to two records, is refused with the place."""
    file = tiny_file()
    spoil(file)
    path = write(file)
    with pytest.raises(BadData) as caught:
        KnowledgeBase.load(path)
    assert str(caught.value) == f"knowledge base {path}: {message}"


def test_only_the_file_of_the_wheel_is_loaded_unchecked(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """The released file was checked once; any other file is checked at each start, so that no command crashes on it."""
    file = tiny_file()
    path = write(file)
    path.write_text(path.read_text().replace(file["reviewed"], "2026-02-30", 1))
    with pytest.raises(BadData, match="no day of the calendar"):
        KnowledgeBase.load(path)
    monkeypatch.setattr("massharm.kb.store.PACKAGED", path)
    assert KnowledgeBase.load(path).reviewed == "2026-02-30"


def test_every_rule_of_integrity_is_tried_when_a_file_is_loaded(
    monkeypatch: pytest.MonkeyPatch, tiny_path: Path
) -> None:
    """What `integrity` names is refused, whatever it is."""
    monkeypatch.setattr(integrity, "RULES", [lambda _: iter([("here", "spoilt")])])
    with pytest.raises(BadData, match=r"kb\.json: here: spoilt"):
        KnowledgeBase.load(tiny_path)


def test_empty_name_is_refused() -> None:
    """An empty name of a file is a mistake, and not the bundled file."""
    with pytest.raises(BadData, match="name of the knowledge base is empty"):
        KnowledgeBase.load("")


# Records and names


def test_records_answer_to_id_number_and_old_id(tiny: KnowledgeBase) -> None:
    """An id, a number and a withdrawn id each lead to their record."""
    assert tiny["blue-thumb"].name == "Blue thumb"
    assert tiny["azure-thumb"] is tiny["blue-thumb"]
    assert tiny[17].id == "author-17"
    assert "azure-thumb" in tiny
    assert "blue-thumb" in tiny
    assert 17 in tiny
    assert 30 not in tiny
    assert "no-such" not in tiny
    with pytest.raises(KeyError):
        tiny["no-such"]
    with pytest.raises(KeyError):
        tiny[30]


def test_records_come_by_kind_harms_first(tiny: KnowledgeBase) -> None:
    """All records are those of each kind, in the order of the kinds."""
    kinds = [record.kind for record in tiny]
    assert list(dict.fromkeys(kinds)) == [
        "harm", "mechanism", "citation", "case", "precaution", "medicine", "sign", "term", "myth", "lesson"
    ]  # fmt: skip
    assert len(tiny) == len(kinds)
    assert [record.id for record in tiny.records("case")] == ["anecdote-odd", "author-5-ladder"]


def test_names_are_folded_once_with_their_kind(tiny: KnowledgeBase) -> None:
    """A record's own name and id have no kind, aliases have theirs."""
    names = tiny.names_of(tiny["blue-thumb"])
    assert [(name.text, name.folded, name.kind) for name in names[:4]] == [
        ("Blue thumb", "blue thumb", None),
        ("blue-thumb", "blue thumb", None),
        ("hematoma of the thumb", "hematoma of the thumb", "exact"),
        ("BT", "bt", "abbreviation"),
    ]
    assert tiny.names_of(tiny["blue-thumb"]) is names


def test_citations_are_called_by_title_and_identifiers(write: Write) -> None:
    """A citation is called by author and year, a comment by its number, a page by its publisher, and by what it has."""
    file = tiny_file()
    file["citations"].append(citation(30, authors=None, publisher="An Office", year=None, title="Page"))
    cited(file, 17).update(pmid="123", pmcid="PMC456", doi="10.1234/x")
    kb = KnowledgeBase.load(write(file))
    assert [kb.by_number[number].name for number in (17, 3, 30)] == ["Author 2017", "Note 3", "An Office"]
    assert [name.folded for name in kb.names_of(kb.by_number[17])] == [
        "author 2017", "author 17", "report 17", "10 1234 x", "123", "pmc456"
    ]  # fmt: skip


def test_named_finds_all_records_of_a_name(write: Write) -> None:
    """Names, ids and aliases of every kind lead to their records, harms first; words that are no name lead nowhere."""
    file = tiny_file()
    harm_of(file)["aliases"].append({"text": "Ladder", "kind": "related"})
    kb = KnowledgeBase.load(write(file))
    assert [record.id for record in kb.named("ladder")] == ["blue-thumb", "ladder"]
    assert [record.id for record in kb.named("blue thumb")] == ["blue-thumb"]
    assert [record.id for record in kb.named("report 17")] == ["author-17"]
    assert kb.named("thumb") == kb.named("") == ()


def test_how_to_cite_names_title_edition_and_review(tiny: KnowledgeBase) -> None:
    """The reference of the knowledge base itself."""
    assert tiny.how_to_cite == "A tiny knowledge base. Edition 1. massharm; reviewed 2026-01-02."


# Links


def linked() -> File:
    """Return a file with two harms more, linked by precautions and by a case."""
    file = tiny_file()
    file["harms"].append(harm_of(file) | {"id": "a-worse", "name": "a worse one", "severity": "serious"})
    file["harms"].append(harm_of(file) | {"id": "lesser", "name": "Lesser", "severity": "moderate"})
    links = {"heavy": ["blue-thumb", "a-worse", "lesser", "broken-ladder"], "also": ["blue-thumb"]}
    first = file["precautions"][0]
    file["precautions"] = [
        first
        | {"id": name, "name": name.title()}
        | {"harms": [{"harm": linked, "support": "inference", "citations": [13]} for linked in harms]}
        for name, harms in links.items()
    ]
    file["cases"].append(file["cases"][0] | {"id": "a-case", "harms": ["lesser"], "precautions": ["also", "heavy"]})
    for place in (0, 3, 4):
        file["harms"][place] = harm_of(file, place) | {"mechanisms": ["weight"]}
    return file


def test_precautions_bear_on_the_harms_they_name_and_those_of_their_cases(write: Write) -> None:
    """Harms come the worst first, then by name; a case is the strongest support, and its report is cited."""
    kb = KnowledgeBase.load(write(linked()))
    also, heavy = kb.file.precautions
    assert ids(kb.harms_of(heavy)) == ["a-worse", "broken-ladder", "lesser", "blue-thumb"]
    assert ids(kb.harms_of(also)) == ["lesser", "blue-thumb"]
    assert ids(kb.risk_factors(harm(kb, "blue-thumb"))) == ["also", "heavy"]
    assert ids(kb.risk_factors(harm(kb, "broken-ladder"))) == ["heavy"]
    assert ids(kb.risk_factors(harm(kb, "lesser"))) == ["also", "heavy"]
    assert kb.risk_factors(harm(kb, "odd-feeling")) == ()
    assert [(link.harm, link.support, link.citations) for link in kb.linked_harms(also)] == [
        ("lesser", "case", (5,)),
        ("blue-thumb", "inference", (13,)),
    ]
    assert kb.support(heavy, harm(kb, "lesser")) is Support.CASE
    assert kb.support(heavy, harm(kb, "odd-feeling")) is None


def test_signs_know_their_harms_and_harms_their_signs(write: Write) -> None:
    """Signs of a harm come most urgent first, characteristic first; harms of a sign the worst first."""
    file = tiny_file()
    file["signs"].append(file["signs"][1] | {"id": "tilting", "name": "tilting", "aliases": []})
    harm_of(file, 1)["warning_signs"].insert(0, {"sign": "tilting", "link": "compatible"})
    harm_of(file)["warning_signs"] = [{"sign": "falling", "link": "compatible"}]
    kb = KnowledgeBase.load(write(file))
    ladder, falling = harm(kb, "broken-ladder"), kb["falling"]
    assert isinstance(falling, Sign)
    assert [(sign.id, link) for sign, link in kb.signs_of(ladder)] == [
        ("falling", "characteristic"), ("tilting", "compatible"), ("creaking", "compatible")
    ]  # fmt: skip
    assert ids(kb.harms_with(falling)) == ids(kb.harms_of(falling)) == ["broken-ladder", "blue-thumb"]
    assert ids(kb.harms_with(falling, SignLink.COMPATIBLE)) == ["blue-thumb"]
    assert ids(kb.harms_with(falling, SignLink.CHARACTERISTIC)) == ["broken-ladder"]


def test_a_medicine_leads_to_its_precautions_and_their_harms(tiny: KnowledgeBase) -> None:
    """Who takes a medicine has what it implies."""
    medicine = tiny["weight-gainers"]
    assert isinstance(medicine, Medicine)
    assert ids(tiny.precautions_of(medicine)) == ["heavy"]
    assert ids(tiny.harms_of(medicine)) == ["broken-ladder"]
    assert [record.id for record in tiny.medicines_of(tiny.file.precautions[0])] == ["weight-gainers"]


def test_the_first_heir_of_an_id_that_was_divided_answers(write: Write) -> None:
    """All heirs are known."""
    file = tiny_file()
    file["withdrawn"] = [{"id": "gone", "heirs": ["ladder", "heavy"]}]
    kb = KnowledgeBase.load(write(file))
    assert kb["gone"].id == "ladder"
    assert kb.heirs == {"gone": ("ladder", "heavy")}


def test_harms_of_mechanisms_cases_and_citations_come_worst_first(write: Write) -> None:
    """Whatever leads to harms leads to the worst first."""
    file = linked()
    file["cases"][0]["harms"] = ["blue-thumb", "lesser", "broken-ladder", "blue-thumb"]
    kb = KnowledgeBase.load(write(file))
    assert ids(kb.harms_of(kb.file.mechanisms[0])) == ["a-worse", "broken-ladder", "lesser", "blue-thumb"]
    case = kb["author-5-ladder"]
    assert isinstance(case, Case)
    assert ids(kb.harms_of(case)) == ["broken-ladder", "lesser", "blue-thumb"]
    assert ids(kb.cases_of(harm(kb, "blue-thumb"))) == ["author-5-ladder"]
    assert ids(kb.harms_of(kb.by_number[5])) == ["broken-ladder", "lesser", "blue-thumb"]
    assert ids(kb.harms_of(kb.by_number[2])) == ["a-worse", "lesser", "blue-thumb"]
    assert kb.harms_of(kb.by_number[29]) == ()


def test_links_of_the_real_file_agree_with_both_sides(kb: KnowledgeBase) -> None:
    """In the bundled file every link of a harm and a precaution holds in both directions, and there are no others."""
    pairs = {(harm.id, precaution.id) for harm in kb.file.harms for precaution in kb.risk_factors(harm)}
    assert pairs == {(harm.id, other.id) for other in kb.file.precautions for harm in kb.harms_of(other)}
    assert pairs == {(link.harm, precaution.id) for precaution in kb.file.precautions for link in precaution.harms} | {
        (name, precaution) for case in kb.file.cases for name in case.harms for precaution in case.precautions
    }
    records: tuple[Mechanism | Precaution | Case | Citation, ...] = (
        *kb.file.mechanisms, *kb.file.precautions, *kb.file.cases, *kb.file.citations
    )  # fmt: skip
    for record in records:
        ranks = [harm.severity.rank for harm in kb.harms_of(record)]
        assert ranks == sorted(ranks)


def test_a_citation_knows_who_rests_on_it(tiny: KnowledgeBase) -> None:
    """Harms come first; the numbers of a harm's cases are its own too."""
    assert [record.id for record in tiny.cited_by(tiny.by_number[5])] == [
        "broken-ladder", "author-5-ladder", "creaking", "ladder"
    ]  # fmt: skip
    assert tiny.cited_by(tiny.by_number[3]) == ()
    assert tiny.citations_of(harm(tiny, "broken-ladder")) == (5,)
    assert tiny.citations_of(harm(tiny, "blue-thumb")) == (1, 2, 4)


def test_references_of_a_harm_include_mechanisms_and_shared_reasons(write: Write) -> None:
    """The page of a harm shows the sources of its mechanisms, and of the reasons that are about it."""
    file = tiny_file()
    file["precautions"][0]["why"] = [said("Ladders break.", 13), said("This one broke.", 5, 16)]
    kb = KnowledgeBase.load(write(file))
    assert kb.references_of(harm(kb, "broken-ladder")) == (5, 11, 12, 16)
    assert kb.citations_of(kb.file.precautions[0]) == (5, 13, 16)
    assert kb.references_of(kb.file.precautions[0]) == (5, 11, 13, 16)


def test_a_reason_is_shared_only_where_it_is_about_the_harm(write: Write, tiny: KnowledgeBase) -> None:
    """The reason of a precaution stands with a harm when both rest on one source, other than the article."""
    assert tiny.shared_reason(tiny.file.precautions[0], harm(tiny, "broken-ladder")) is None
    file = tiny_file()
    harm_of(file, 1)["citations"] = [0, 5]
    file["precautions"][0]["why"] = [said("The article says so.", 0), said("It broke.", 5), said("Again.", 5)]
    kb = KnowledgeBase.load(write(file))
    assert kb.shared_reason(kb.file.precautions[0], harm(kb, "broken-ladder")) == kb.file.precautions[0].why[1]


# What follows from the cases


def test_outcomes_regions_and_techniques_join_harm_and_cases(write: Write) -> None:
    """What a case met, its harm met, in the order of the vocabulary: the gravest first."""
    file = tiny_file()
    harm_of(file, 1).update(outcomes=met("hospital", "surgery"), regions=["leg"], techniques=["thai"])
    file["cases"].append(
        file["cases"][0]
        | {
            "id": "another",
            "outcomes": met("disability", attributed=False),
            "regions": ["head", "back"],
            "providers": ["professional"],
        }
    )
    kb = KnowledgeBase.load(write(file))
    ladder = harm(kb, "broken-ladder")
    assert kb.outcomes(ladder) == (Outcome.DEATH, Outcome.DISABILITY, Outcome.SURGERY, Outcome.HOSPITAL)
    assert kb.attributed_outcomes(ladder) == (Outcome.DEATH, Outcome.SURGERY, Outcome.HOSPITAL)
    assert [(part.outcome, part.attributed) for part in kb.reported_outcomes(ladder)][:2] == [
        ("death", True), ("disability", False)
    ]  # fmt: skip
    assert kb.regions(ladder) == ("head", "back", "leg")
    assert kb.techniques(ladder) == ("thai", "walking-on-back")
    assert kb.providers(ladder) == ("professional", "self")
    assert kb.providers(harm(kb, "blue-thumb")) == ()


def test_anecdotes_are_not_counted_as_published(tiny: KnowledgeBase) -> None:
    """A case that the article tells is an anecdote, has no year, and is no published case."""
    anecdote = tiny["anecdote-odd"]
    assert isinstance(anecdote, Case)
    assert tiny.is_anecdote(anecdote)
    assert tiny.year(anecdote) is None
    assert tiny.published_reports(harm(tiny, "odd-feeling")) == 0
    assert tiny.published_reports(harm(tiny, "broken-ladder")) == 1


def test_cases_stand_oldest_first_and_anecdotes_last(write: Write) -> None:
    """The order of the cases of a harm does not follow the file."""
    file = tiny_file()
    first = file["cases"][0]
    late, undated = first | {"id": "a-late", "citations": [27]}, first | {"id": "z-undated", "citations": [26]}
    cited(file, 26).update(year=None, checked=[])
    file["cases"] = [late, *file["cases"], undated]
    file["cases"][2]["harms"] = ["broken-ladder"]
    kb = KnowledgeBase.load(write(file))
    order = ["z-undated", "author-5-ladder", "a-late", "anecdote-odd"]
    assert ids(kb.cases_of(harm(kb, "broken-ladder"))) == order


# Grades


@pytest.mark.parametrize(
    ("name", "grade"),
    [("blue-thumb", Evidence.TRIAL), ("broken-ladder", Evidence.CASE_REPORT), ("odd-feeling", Evidence.ANECDOTE)],
)
def test_evidence_is_the_strongest_design_in_favour(tiny: KnowledgeBase, name: str, grade: Evidence) -> None:
    """Cases and studies for a harm are graded; a study against it is not evidence of it."""
    assert tiny.evidence(harm(tiny, name)) is grade


def test_evidence_of_a_finding_is_that_of_its_source_unless_it_says_less(write: Write) -> None:
    """A finding without a design has the grade of its citation; a guideline, which observed nothing, has none."""
    file = tiny_file()
    cited(file, 2).update(kind_of_study="systematic review")
    harm_of(file)["findings"] = [{"citation": 2, "bearing": "supports", "text": "Seen."}]
    kb = KnowledgeBase.load(write(file))
    assert kb.evidence(harm(kb, "blue-thumb")) is Evidence.SYSTEMATIC_REVIEW
    harm_of(file)["findings"][0]["design"] = "guideline"
    kb = KnowledgeBase.load(write(file))
    assert kb.evidence(harm(kb, "blue-thumb")) is Evidence.NONE


@pytest.mark.parametrize("bearing", ["against", "unclear"])
def test_studies_that_do_not_support_do_not_grade(write: Write, bearing: str) -> None:
    """A harm that was only looked for and not found has no evidence."""
    file = tiny_file()
    harm_of(file)["findings"] = [{"citation": 4, "bearing": bearing, "text": "Not found."}]
    kb = KnowledgeBase.load(write(file))
    assert kb.evidence(harm(kb, "blue-thumb")) is Evidence.NONE


def test_a_case_in_a_review_keeps_its_own_year_and_grade(write: Write) -> None:
    """A review that tabulates a case gives it neither the review's year nor the review's strength."""
    file = tiny_file()
    cited(file, 5)["kind_of_study"] = "systematic review"
    file["cases"][0]["year"] = 1999
    kb = KnowledgeBase.load(write(file))
    ladder = harm(kb, "broken-ladder")
    assert kb.year(kb.cases_of(ladder)[0]) == 1999
    assert kb.evidence(ladder) is Evidence.CASE_REPORT


@pytest.mark.parametrize(
    ("patients", "grade"), [(None, Evidence.CASE_REPORT), (1, Evidence.CASE_REPORT), (2, Evidence.CASE_SERIES)]
)
def test_several_patients_make_a_series(write: Write, patients: int | None, grade: Evidence) -> None:
    """A series is stronger than a report; how many there were may not be known."""
    file = tiny_file()
    file["cases"][0]["patients"] = patients
    kb = KnowledgeBase.load(write(file))
    assert kb.evidence(harm(kb, "broken-ladder")) is grade


@pytest.mark.parametrize("study", Study)
def test_grade_of_a_citation_is_that_of_its_design(tiny: KnowledgeBase, study: Study) -> None:
    """What observed nothing itself, such as a guideline or a book, has no grade."""
    made = Citation(number=1, key="x", kind_of_study=study, finding="X.")
    observed = study not in {
        Study.GUIDELINE, Study.CONSENSUS, Study.NARRATIVE_REVIEW, Study.QUALITATIVE, Study.BOOK, Study.WEB_PAGE
    }  # fmt: skip
    assert (tiny.grade_of(made) is not Evidence.NONE) == observed


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
        (0, Band.UNKNOWN),
    ],
)
def test_bands_are_those_of_cioms(write: Write, percent: float, band: Band) -> None:
    """Ten in a hundred and more is very common, and so on down to less than one in ten thousand."""
    file = tiny_file()
    harm_of(file)["frequency"][0]["percent"] = percent
    kb = KnowledgeBase.load(write(file))
    assert kb.band(harm(kb, "blue-thumb")) is band


def test_band_is_that_of_the_first_figure(write: Write) -> None:
    """Of several figures the first of massage that counted any speaks for the harm."""
    file = tiny_file()
    first = harm_of(file)["frequency"][0]
    other = first | {"percent": 20, "scope": "neighbouring"}
    harm_of(file)["frequency"] = [other, first | {"percent": 0}, first, first | {"percent": 0.02}]
    kb = KnowledgeBase.load(write(file))
    assert kb.band(harm(kb, "blue-thumb")) is Band.COMMON


@pytest.mark.parametrize(
    ("counted", "share", "limit"),
    [
        ({"numerator": 1, "denominator": 8}, 12.5, None),
        ({"percent": 7.5, "denominator": 8}, 7.5, None),
        ({"numerator": 0, "denominator": 600}, 0, 0.5),
        ({"percent": 0, "denominator": 600}, 0, 0.5),
        ({"numerator": 0, "denominator": 2}, 0, 100),
    ],
)
def test_a_share_and_its_upper_limit_are_computed(counted: dict[str, Any], share: float, limit: float | None) -> None:
    """By the rule of three: three divided by the denominator, in per cent, where nothing was found."""
    figure = Figure(measure="x", setting="y", limits="z", citations=(1,), **counted)
    assert (figure.share, figure.upper_limit) == (share, limit)


def test_without_a_denominator_the_frequency_is_not_known(tiny: KnowledgeBase) -> None:
    """Two reports are no rate."""
    assert tiny.band(harm(tiny, "broken-ladder")) is Band.UNKNOWN
