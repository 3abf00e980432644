import msgspec
import pytest

from citing import make_citation
from massharm.citations.works import Name, WorkType, drop_empty, month_numbers, page_range, parse_author, works
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study

AUTHORS = {
    "Sun QL": Name("Sun", "QL"),
    "van der Vliet AM": Name("van der Vliet", "AM"),
    "Önder M": Name("Önder", "M"),
    "Álvarez Ö": Name("Álvarez", "Ö"),
    "Dupont J-P": Name("Dupont", "J-P"),
    "Karda IWAMX": Name("Karda", "IWAMX"),
    "King ML Jr": Name("King", "ML", "Jr"),
    **{f"King ML {suffix}": Name("King", "ML", suffix) for suffix in ("Sr", "II", "III", "2nd", "3rd", "4th")},
    "King Jr": Name("King Jr"),
    "Hong": Name("Hong"),
    "M": Name("M"),
    "Hong -": Name("Hong -"),
    "Dinh Thi Hai Ha": Name("Dinh Thi Hai Ha"),
    "Cochrane MUSCLE": Name("Cochrane MUSCLE"),
    "Group 12": Name("Group 12"),
    "Institute of Health UK": Name("Institute of Health UK"),
    "Health, Labour B": Name("Health, Labour B"),
    "Touch and Massage B Jr": Name("Touch and Massage B Jr"),
}


@pytest.mark.parametrize(("author", "name"), AUTHORS.items(), ids=AUTHORS)
def test_author_is_divided_only_where_it_has_initials(author: str, name: Name) -> None:
    """People have a family name and up to five initials; groups and whole names stay as they are."""
    assert parse_author(author) == name


@pytest.mark.parametrize(
    ("initials", "given"), [("", ""), ("Q", "Q."), ("QL", "Q. L."), ("J-P", "J.-P."), ("AJ-P", "A. J.-P.")]
)
def test_each_initial_has_its_full_stop(initials: str, given: str) -> None:
    """A hyphen joins two initials without a blank."""
    assert Name("Sun", initials).given == given


@pytest.mark.parametrize(
    "name",
    [
        Name("IVDK"),
        Name("Institute of Health"),
        Name("Office for Health"),
        Name("Massage and Touch Group"),
        Name("Save the Children"),
    ],
)
def test_capitals_or_a_joining_word_mark_a_group(name: Name) -> None:
    """A group is a corporate author, not a person."""
    assert name.is_group


@pytest.mark.parametrize("name", [Name("Hong"), Name("Dinh Thi Hai Ha"), Name("SUN", "QL"), Name("Sun of Li", "A")])
def test_other_names_are_of_people(name: Name) -> None:
    """Whoever has initials is a person, however the family name is written."""
    assert not name.is_group


@pytest.mark.parametrize(
    ("months", "numbers"),
    [
        ("Jan", (1,)),
        ("september", (9,)),
        ("Sept", (9,)),
        ("Dec", (12,)),
        ("Apr-Jun", (4, 6)),
        ("Apr – Jun", (4, 6)),
        ("Sep/Oct", (9, 10)),
        ("Jan-Feb-Mar", (1, 3)),
        ("May-May", (5, 5)),
        ("Dec-Jan", ()),
        ("Jan 5", ()),
        ("Apr-Spring", ()),
        ("Ju", ()),
        ("Junes", ()),
        ("-", ()),
        ("", ()),
    ],
)
def test_months_are_numbers(months: str, numbers: tuple[int, ...]) -> None:
    """One month is one number, several are the first and the last; anything else is none."""
    assert month_numbers(months) == numbers


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [
        ("1969-72", "1969", "1972"),
        ("1969–72", "1969", "1972"),
        ("1969 - 72", "1969", "1972"),
        ("737-8", "737", "738"),
        ("1098-1103", "1098", "1103"),
        ("99-102", "99", "102"),
        ("9-9", "9", "9"),
        ("S1-S10", "S1", "S10"),
        ("S2-15", "S2", "S15"),
        ("E1545-8", "E1545", "E1548"),
        ("e23-e26", "e23", "e26"),
        ("758.e3-758.e4", "758.e3", "758.e4"),
        ("12A-15A", "12A", "15A"),
        ("12A-15", "12A-15", None),
        ("e12", "e12", None),
        ("R45", "R45", None),
        ("CD010518", "CD010518", None),
        ("95-3", "95-3", None),
        ("12-5, 20", "12-5, 20", None),
        ("1262-3; discussion 1264", "1262-3; discussion 1264", None),
        ("S1-E4", "S1-E4", None),
        ("xi-xiv", "xi-xiv", None),
        ("1-" + "9" * 5000, "1-" + "9" * 5000, None),
        ("", "", None),
    ],
)
def test_page_ranges_are_completed_or_left(pages: str, first: str, last: str | None) -> None:
    """A shortened last page is completed; what is not one plain range stays as it is."""
    assert page_range(pages) == (first, last)


@pytest.mark.parametrize(
    ("kind_of_study", "container", "work_type"),
    [
        (Study.CASE_REPORT, "J", WorkType.ARTICLE),
        (Study.CASE_REPORT, None, WorkType.ARTICLE),
        (Study.BOOK, None, WorkType.BOOK),
        (Study.BOOK, "A handbook", WorkType.CHAPTER),
        (Study.GUIDELINE, None, WorkType.REPORT),
        (Study.CONSENSUS, None, WorkType.REPORT),
        (Study.GUIDELINE, "J", WorkType.ARTICLE),
        (Study.PRESS, "A paper", WorkType.NEWS),
        (Study.WEB_PAGE, None, WorkType.WEB_PAGE),
        (Study.ARTICLE, None, WorkType.WEB_PAGE),
        (Study.COMMENTARY, None, WorkType.NOTE),
    ],
)
def test_work_type_follows_from_the_kind_of_study(
    kind_of_study: Study, container: str | None, work_type: WorkType
) -> None:
    """A book inside another is a chapter, and a guideline without a journal is a report."""
    (work,) = works([make_citation(kind_of_study=kind_of_study, container=container)])
    assert work.type is work_type


def test_fields_are_analysed_once() -> None:
    """A work holds the authors, months, pages and day that the formats print."""
    (work,) = works([make_citation(authors=("Sun QL", "IVDK"), month="Apr-Jun", pages="1969-72", seen_on="2026-11-23")])
    assert work.authors == (Name("Sun", "QL"), Name("IVDK"))
    assert work.months == (4, 6)
    assert (work.first_page, work.last_page) == ("1969", "1972")
    assert work.accessed is not None
    assert work.accessed.isoformat() == "2026-11-23"
    assert work.note is None


def test_article_number_is_the_first_page() -> None:
    """A work with pages and an article number has the pages; one with neither has no first page."""
    number, both, neither = works(
        [
            make_citation(key="a", article_number="e12"),
            make_citation(key="b", article_number="e12", pages="7-9"),
            make_citation(key="c"),
        ]
    )
    assert (number.first_page, number.last_page) == ("e12", None)
    assert (both.first_page, both.last_page) == ("7", "9")
    assert (neither.first_page, neither.last_page) == (None, None)


@pytest.mark.parametrize("day", ["2020-02-30", "2020-13-45", "2020-00-00", "2020", None])
def test_impossible_day_is_no_day(day: str | None) -> None:
    """The text stays in the citation for the formats that can print it."""
    (work,) = works([make_citation(seen_on=day)])
    assert work.accessed is None
    assert work.citation.seen_on == day


ARTICLE = make_citation(
    number=0, key="article", kind_of_study=Study.ARTICLE, title="On\nladders", url="https://example.org/a"
)


def test_commentary_note_belongs_to_the_article() -> None:
    """It has the finding as its text, the article as its container, and the article's address unless it has one."""
    note = make_citation(number=3, kind_of_study=Study.COMMENTARY)
    (work,) = works([note], ARTICLE)
    assert work.note == "F."
    assert work.citation.container == "On ladders, note 3"
    assert work.citation.url == "https://example.org/a"
    (work,) = works([msgspec.structs.replace(note, url="https://example.org/own")], ARTICLE)
    assert work.citation.url == "https://example.org/own"


@pytest.mark.parametrize("article", [None, make_citation(key="article", url="https://example.org/a")])
def test_commentary_note_without_a_titled_article_stands_alone(article: Citation | None) -> None:
    """No container and no address are invented."""
    (work,) = works([make_citation(number=3, kind_of_study=Study.COMMENTARY)], article)
    assert (work.citation.container, work.citation.url) == (None, None)


def test_publication_takes_nothing_from_the_article() -> None:
    """The article matters to its notes alone."""
    (work,) = works([make_citation()], ARTICLE)
    assert (work.citation.container, work.citation.url, work.note) == (None, None, None)


def test_two_citations_of_one_key_get_different_keys() -> None:
    """The second and the third key get the citation's number, until they are unique."""
    keys = [("a", 1), ("a", 2), ("a", 2), ("b", 3), ("a-2", 4)]
    made = works([make_citation(key=key, number=number) for key, number in keys])
    assert [work.citation.key for work in made] == ["a", "a-2", "a-2-2", "b", "a-2-4"]


def test_texts_are_single_lines() -> None:
    """Line breaks become blanks, control characters go, and a text that is then empty is none."""
    (work,) = works([make_citation(title="a\n\tb\x07", container="\x1b \n", authors=("Sun\nQL", "\n"), volume=" 3 ")])
    assert (work.citation.title, work.citation.container, work.citation.volume) == ("a b", None, "3")
    assert work.citation.authors == ("Sun QL",)
    assert work.authors == (Name("Sun", "QL"),)


def test_fields_that_are_no_text_are_kept() -> None:
    """The kind of study and the numbers are not texts of the citation."""
    (work,) = works([make_citation(year=2009, kind_of_study=Study.TRIAL)])
    assert (work.citation.year, work.citation.number) == (2009, 30)
    assert work.citation.kind_of_study is Study.TRIAL


def test_drop_empty_keeps_what_has_a_value() -> None:
    """Null, empty and zero are dropped."""
    assert drop_empty({"a": "x", "b": "", "c": None}) == {"a": "x"}
