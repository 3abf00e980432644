"""Pages about many records: hits, lists, the summary of a knowledge base."""

import shlex
from typing import Any

import pytest

from drawing import drawn
from massharm import KnowledgeBase
from massharm.kb.filters import select_records
from massharm.kb.records import KINDS
from massharm.pages import lists
from massharm.pages.blocks import Fact, Item, Next
from massharm.pages.hits import hits_page
from massharm.search.query import Correction
from massharm.search.ranking import Hit, MatchType, find
from tiny import Run, Write, met, tiny_file

CELLS = {
    "harm": ["broken-ladder", "Broken ladder", "serious", "death", "1", "case report"],
    "mechanism": ["weight", "Weight", "proposed", "1"],
    "citation": ["5", "Author 2005", "case report", "Author A. Report 5. 2005."],
    "case": ["author-5-ladder", "Author 2005: a ladder", "2005", "death"],
    "precaution": ["heavy", "Heavy client", "contraindicated", "Use no ladder."],
    "medicine": ["weight-gainers", "Weight gainers", "Heavy client", "crescol, Growmax"],
    "sign": ["falling", "falling from a height", "emergency now", "Broken ladder"],
    "term": ["ladder", "Ladder", "Two poles with rungs."],
    "myth": ["myth-blue", "Blue", "Blue is good."],
    "lesson": ["lesson-look", "Look up", "professionals"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_of_a_list_begins_with_id_and_name(write: Write, kind: str) -> None:
    """Then come the other columns that a person sees; a citation has its whole reference."""
    kb = KnowledgeBase.load(write(tiny_file()))
    wanted = CELLS[kind]
    assert wanted in [lists.list_cells(record, kb) for record in kb.records(kind)]


def test_a_cell_that_equals_the_name_stays(write: Write) -> None:
    """Only the name itself is left out, so that all lines have as many cells."""
    file = tiny_file()
    file["terms"][0]["definition"] = file["terms"][0]["name"]
    kb = KnowledgeBase.load(write(file))
    term = next(term for term in kb.file.terms if term.id == file["terms"][0]["id"])
    assert lists.list_cells(term, kb) == [term.id, term.name, term.name]


def test_an_anecdote_is_called_one_in_a_list(tiny: KnowledgeBase) -> None:
    """It has no year."""
    (cells,) = [lists.list_cells(case, tiny) for case in tiny.file.cases if case.id == "anecdote-odd"]
    assert cells == ["anecdote-odd", "Anecdote: odd", "anecdote", ""]


def test_a_line_says_what_a_record_leads_to(write: Write) -> None:
    """A medicine without a precaution says so; a sign of no harm says what it may be; an unattributed death is one."""
    file = tiny_file()
    file["medicines"][0]["precautions"] = []
    file["signs"] += [
        {
            "id": "sweat",
            "name": "sweat",
            "urgency": "soon",
            "basis": "source",
            "citations": [5],
            "instead": "May be flu.",
        },
        {"id": "thirst", "name": "thirst", "urgency": "soon", "basis": "source", "citations": [5]},
    ]
    file["cases"][0]["outcomes"] = met("death", "surgery", attributed=False)
    file["harms"][1]["outcomes"] = met("hospital")
    kb = KnowledgeBase.load(write(file))

    def cells(record: str) -> list[str]:
        return lists.list_cells(kb[record], kb)[2:]

    assert cells("weight-gainers") == ["none", "crescol, Growmax"]
    assert cells("sweat") == ["soon", "May be flu."]
    assert cells("thirst") == ["soon", ""]
    assert cells("creaking") == ["soon", ""]
    assert cells("author-5-ladder") == ["2005", "death (not attributed)"]
    assert cells("broken-ladder")[1] == "hospital"


def test_signs_and_precautions_stand_in_their_order(write: Write) -> None:
    """Signs by urgency, then by name; a medicine by its name."""
    file = tiny_file()
    for name, urgency in (("wheeze", "emergency-now"), ("ague", "soon"), ("cough", "same-day")):
        file["signs"].append({"id": name, "name": name, "urgency": urgency, "basis": "source", "citations": [5]})
    kb = KnowledgeBase.load(write(file))
    assert [record.id for record in select_records(kb, "sign", {})] == [
        "falling",
        "wheeze",
        "cough",
        "ague",
        "creaking",
    ]


def test_a_narrowed_list_says_of_how_many(tiny: KnowledgeBase) -> None:
    """And a whole one how many there are; of harms it says what the counts are not."""
    harms = select_records(tiny, "harm", {})
    assert "3 harms. Cases are published reports: a count" in drawn(lists.list_page(harms, "harm", tiny))
    assert "1 of 3 harms. Cases" in drawn(lists.list_page(harms[:1], "harm", tiny))
    assert "1 myths.\n" in drawn(lists.list_page(tiny.file.myths, "myth", tiny))
    assert lists.list_page([tiny[5]], "citation", tiny)[-1] == Next(("massharm show 5",))


QUERIES = [
    ("ladder", "massharm search ladder --json"),
    ("broken 'ladder", """massharm search broken ''"'"'ladder' --json"""),
    ("--kind ladder", "massharm search --json -- --kind ladder"),
]


@pytest.mark.parametrize(("query", "command"), QUERIES)
def test_the_next_commands_can_be_typed(tiny: KnowledgeBase, query: str, command: str) -> None:
    """Words of a query are quoted for the shell, and never taken for options."""
    *_, last = hits_page(find(tiny, "broken ladder"), query)
    assert last == Next(("massharm show broken-ladder", command))


def test_the_next_command_of_words_like_options_works(
    run: Run, monkeypatch: pytest.MonkeyPatch, tiny_path: Any
) -> None:
    """It gives the answer as JSON."""
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    shown = run("search", "--", "--ladder").out
    (command,) = [line.strip() for line in shown.splitlines() if "--json" in line]
    assert run(*shlex.split(command)[1:]).json["results"]


REASONS = {
    "BT": (MatchType.ALIAS, "matched “BT”"),
    "Broken ladder": (MatchType.EXACT, "matched by name"),
    "broken ladd": (MatchType.PREFIX, "part of “Broken ladder”"),
    "broken laddr": (MatchType.FUZZY, "you typed “laddr”, read as “ladder”; matched “Broken ladder”"),
    "rubbing": (MatchType.TEXT, "in its text: “… German: blau] after rubbing.”"),
}


@pytest.mark.parametrize("query", REASONS)
def test_a_hit_says_what_matched_and_how(tiny: KnowledgeBase, query: str) -> None:
    """A word that was read as another comes first."""
    hits = find(tiny, query)
    item = hits_page(hits, query)[0]
    assert isinstance(item, Item)
    assert hits[0].match is REASONS[query][0]
    assert item.more[-1][0].text == REASONS[query][1]


def test_the_passage_that_is_shown_holds_a_corrected_word(tiny: KnowledgeBase) -> None:
    """What lies about it is cut away, as for a word that was typed right."""
    thumb = tiny.file.harms[0]
    hit = Hit(thumb, 50, MatchType.TEXT, thumb.summary, (Correction("rubing", "rubbing"),))
    item = hits_page([hit], "rubing")[0]
    assert isinstance(item, Item)
    assert (
        item.more[-1][0].text == "you typed “rubing”, read as “rubbing”; in its text: “… German: blau] after rubbing.”"
    )


def test_a_hit_shows_its_kind_or_severity_and_its_handle(tiny: KnowledgeBase) -> None:
    """What one types to see it is left out where it is the name."""
    for query, label in (("blue thumb", "Blue thumb · minor"), ("heavy", "Heavy client · precaution · heavy")):
        item = hits_page(find(tiny, query), query)[0]
        assert isinstance(item, Item)
        assert "".join(run.text for run in item.runs) == label
    cited = hits_page(find(tiny, "author-17"), "author-17")[0]
    assert isinstance(cited, Item)
    assert "".join(run.text for run in cited.runs) == "Author 2017 · citation · 17"


def sources(kb: KnowledgeBase) -> str:
    """Return what `about` says of the citations."""
    (fact,) = [block for block in lists.about_page(kb, "1") if isinstance(block, Fact) and block.label == "Sources"]
    return fact.runs[0].text


@pytest.mark.parametrize(("where", "seen"), [("pubmed", 21), ("publisher", 21), ("secondary", 21), ("article", 20)])
def test_fields_seen_anywhere_but_in_the_article_are_counted(write: Write, where: str, seen: int) -> None:
    """A secondary page is an authority's too; what only the source article gives is not counted."""
    file = tiny_file()
    file["citations"][1]["checked"][0]["where"] = where
    kb = KnowledgeBase.load(write(file))
    assert sources(kb) == f"details of {seen} of 21 citations seen outside the source article"


LIST_FORMATS = ("table", "csv", "markdown", "json")


def test_a_list_has_four_formats(run: Run, monkeypatch: pytest.MonkeyPatch, tiny_path: Any) -> None:
    """One selection in one order: CSV is that of `export`, Markdown carries the notice, JSON is `--json`."""
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    asked = ("list", "--severity", "minor", "--sort", "name")
    table, csv, markdown, _ = (run(*asked, "--format", form).out for form in LIST_FORMATS)
    assert table == run(*asked).out
    assert [row.split("\t")[0] for row in table.splitlines()] == ["blue-thumb", "odd-feeling"]
    assert csv.encode() == run("export", "harm", "--severity", "minor", "-f", "csv").out.encode()
    assert [row.split(",")[1] for row in csv.splitlines()] == ["id", "blue-thumb", "odd-feeling"]
    assert "| **minor** | **Blue thumb** |" in markdown
    assert "For tests only." in markdown
    assert "edition 1" in markdown
    assert run(*asked, "--format", "json").json == run(*asked, "--json").json
    assert "are two answers" in run(*asked, "--format", "csv", "--json", code=2).err


def test_exports_are_narrowed_as_lists_are(run: Run, monkeypatch: pytest.MonkeyPatch, tiny_path: Any) -> None:
    """In every format of one kind; the answer names the facets, and an empty one writes nothing."""
    monkeypatch.setenv("MASSHARM_KB", str(tiny_path))
    asked = ("export", "harm", "--severity", "minor")
    answer = run(*asked).json
    assert answer["query"] == {"kind": "harm", "severity": ["minor"]}
    assert [row["id"] for row in answer["results"]] == ["blue-thumb", "odd-feeling"]
    assert run(*asked, "-f", "jsonl").out.count("\n") == 2
    assert "Broken ladder" not in run(*asked, "-f", "markdown").out.partition("# Blue thumb")[0]
    none = run("export", "harm", "--region", "foot", code=1)
    assert (none.out, none.err) == ("", "massharm: the knowledge base holds no such harms; nothing was written\n")
    assert "--severity narrows one kind; name it" in run("export", "--severity", "minor", code=2).err
    assert "leave out what narrows" in run("export", "--severity", "minor", "-f", "sqlite", "-o", "x", code=2).err
    assert "--urgency does not narrow harms" in run("export", "harm", "--urgency", "soon", code=2).err


def test_many_names_are_counted_in_a_drawn_list_only(write: Write) -> None:
    """A person sees three and how many more; a program gets them all."""
    file = tiny_file()
    file["medicines"][0]["names"] = [{"text": f"name{number}", "kind": "inn"} for number in range(5)]
    kb = KnowledgeBase.load(write(file))
    (medicine,) = kb.file.medicines
    assert "name0, name1, name2, 2 more" in drawn(lists.list_page([medicine], "medicine", kb), 120)
    assert lists.list_cells(medicine, kb)[-1] == "name0, name1, name2, name3, name4"
