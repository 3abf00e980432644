import re

import pytest

from drawing import drawn
from massharm import KnowledgeBase
from massharm.clinical.evidence import survey
from massharm.clinical.redflags import redflags
from massharm.clinical.screening import Plan, screen
from massharm.kb.filters import select_records
from massharm.kb.records import KINDS, Harm
from massharm.pages import evidence, lists, records, screening
from massharm.pages import redflags as redflags_pages
from massharm.pages.blocks import Item, Page
from massharm.pages.hits import hits_page
from massharm.search.ranking import find
from tiny import ROOT, Write, tiny_file

GOLDEN = ROOT / "tests" / "golden"
NAMES = (
    *("harm-serious", "harm-minor", "citation", "case", "precaution", "hits", "list", "about"),
    *("screen", "redflags", "evidence"),
)


def golden(tiny: KnowledgeBase) -> dict[str, Page]:
    """Return the pages whose drawings are kept."""
    harms = select_records(tiny, "harm", {})
    return {
        "harm-serious": records.record_page(tiny["broken-ladder"], tiny),
        "harm-minor": records.record_page(tiny["blue-thumb"], tiny),
        "citation": records.record_page(tiny[5], tiny),
        "case": records.record_page(tiny["author-5-ladder"], tiny),
        "precaution": records.record_page(tiny["heavy"], tiny),
        "hits": hits_page(find(tiny, "ladder"), "ladder"),
        "list": lists.list_page(harms, "harm", tiny),
        "about": lists.about_page(tiny, "1.2.3"),
        "screen": screening.screening_page(
            screen(tiny, "hevy client, xylophone, hand", Plan()), tiny, references=False
        ),
        "redflags": redflags_pages.redflags_page(redflags(tiny), tiny),
        "evidence": evidence.evidence_page(survey(tiny)),
    }


CLIENTS = {
    "client-anticoagulant": "72, on Eliquis, hip replacement 6 weeks ago, deep tissue on the hip",
    "client-pregnant": "30 weeks pregnant, MS in the family, left calf swollen and hot since yesterday, xylophone",
    "client-form": "Diabetes: Y\nEpilepsy: N\nBlood clots: N\nOsteoporosis: Y\nOther: AS\nMedication: prednisolone",
}
DESCRIBED = {
    "described-emergency": "bad headache and one arm weak after neck massage",
    "described-complaint": "sore for two days after a deep massage",
}
"""What is typed for the pages of the real file that are kept."""


def golden_of_file(kb: KnowledgeBase) -> dict[str, Page]:
    """Return the pages of the real file whose drawings are kept."""
    screens = {
        name: screening.screening_page(screen(kb, words, Plan()), kb, references=False)
        for name, words in CLIENTS.items()
    }
    flags = {name: redflags_pages.redflags_page(redflags(kb, words), kb) for name, words in DESCRIBED.items()}
    return screens | flags


@pytest.mark.parametrize("width", [44, 80, 120])
@pytest.mark.parametrize("name", [*CLIENTS, *DESCRIBED])
def test_clients_are_drawn_as_kept(kb: KnowledgeBase, name: str, width: int, request: pytest.FixtureRequest) -> None:
    """The screens of a narrow, a usual and a wide terminal are those that somebody looked at."""
    text = drawn(golden_of_file(kb)[name], width)
    _keep_or_compare(f"{name}-{width}", text, request)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", NAMES)
def test_pages_are_drawn_as_kept(tiny: KnowledgeBase, name: str, width: int, request: pytest.FixtureRequest) -> None:
    """The drawings are the ones that somebody looked at; `--golden` keeps new ones to look at."""
    _keep_or_compare(f"{name}-{width}", drawn(golden(tiny)[name], width), request)


def _keep_or_compare(name: str, text: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{name}.txt"
    if request.config.getoption("--golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [1, 20, 40, 60, 80, 120, 300])
def test_no_line_is_too_long_and_no_word_is_lost(kb: KnowledgeBase, width: int) -> None:
    """At every width each word of the text is there, in order, and nothing runs past the edge."""
    harm = kb["pulmonary-embolism"]
    assert isinstance(harm, Harm)
    text = drawn(records.record_page(harm, kb), width)
    assert max(map(len, text.splitlines())) <= max(20, width)
    folded = re.sub(r"\s+", "", text)
    statements = [part.text for part in (*harm.statements, *harm.uncertainty)]
    for statement in (*statements, *(part.text for part in harm.response)):
        assert re.sub(r"\s+", "", statement) in folded


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_is_drawn(kb: KnowledgeBase, kind: str) -> None:
    """Each record of the real file shows its name, narrow or wide, and no number without its reference."""
    for record in kb.records(kind):
        page = records.record_page(record, kb)
        wide = drawn(page, 100)
        for text in (wide, drawn(page, 40)):
            assert re.sub(r"\s+", "", record.name) in re.sub(r"\s+", "", text)
        body, _, references = wide.partition("\nReferences\n")
        if references:
            used = {int(number) for mark in re.findall(r"\[([\d,-]+)\]", body) for number in spread(mark)}
            assert used <= {int(number) for number in re.findall(r"^  \[(\d+)\]", references, re.MULTILINE)}, record.id


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [40, 80])
def test_every_list_is_drawn(kb: KnowledgeBase, kind: str, width: int) -> None:
    """A list has a line for every record; wide enough, exactly one."""
    found = select_records(kb, kind, {})
    if not found:
        pytest.skip(f"the file has no {KINDS[kind]} yet")
    text = drawn(lists.list_page(found, kind, kb), width)
    assert max(map(len, text.splitlines())) <= width
    if width == 80:
        assert len(text.splitlines()) >= 1 + len(found)


def test_warning_signs_come_first_for_a_serious_harm(tiny: KnowledgeBase) -> None:
    """Emergencies stand before everything but the head of the page, and before lesser signs."""
    text = drawn(records.record_page(tiny["broken-ladder"], tiny))
    order = ("falling from a height [11]", "What to do first", "creaking rungs", "How often", "Cases")
    places = [text.index(word) for word in order]
    assert places == sorted(places)


def test_every_statement_carries_its_numbers(kb: KnowledgeBase) -> None:
    """No bullet of a harm's page stands without a citation number, behind which only the mark of an inference is."""
    for harm in kb.file.harms:
        for block in records.record_page(harm, kb, ["signs", "response", "presentation", "onset", "statements"]):
            assert not isinstance(block, Item) or "cite" in {run.tone for run in block.runs[-2:]}


def spread(mark: str) -> list[int]:
    """Return the numbers of a mark: `4,22-24` is 4, 22, 23 and 24."""
    spans = [list(map(int, part.split("-"))) for part in mark.split(",")]
    return [number for span in spans for number in range(span[0], span[-1] + 1)]


def test_sections_are_shown_alone(tiny: KnowledgeBase) -> None:
    """Asked for one section, nothing else is shown."""
    text = drawn(records.record_page(tiny["broken-ladder"], tiny, ["cases"]))
    assert "standing massage" in text
    assert "creaking" not in text


def test_a_wide_cell_is_folded(write: Write) -> None:
    """Nothing of a list is cut: a long cell goes on in the next line, in its own column."""
    file = tiny_file()
    file["terms"][0]["definition"] = "Very long. " * 40 + "End."
    kb = KnowledgeBase.load(write(file))
    for width in (80, 200):
        text = drawn(lists.list_page(select_records(kb, "term", {}), "term", kb), width)
        assert text.count("Very") == text.count("long.") == 40
        assert "…" not in text
        first = next(row for row in text.splitlines() if "Very long." in row)
        (last,) = [row for row in text.splitlines() if "End." in row]
        assert width - 12 < len(first) <= width
        assert last.startswith(" " * first.index("Very"))


@pytest.mark.parametrize("width", [44, 60, 80, 120, 200])
@pytest.mark.parametrize("kind", ["citation", "case", "harm"])
def test_no_id_and_no_number_of_a_list_is_cut(kb: KnowledgeBase, kind: str, width: int) -> None:
    """What is typed to see a record stands whole in every list that shows it, at every width."""
    found = select_records(kb, kind, {})
    text = drawn(lists.list_page(found, kind, kb), width)
    words = text.split()
    if width == 44:  # some ids are longer than a line
        assert all(lists.handle_of(record) in "".join(words) for record in found if kind != "harm")
    elif kind == "harm":
        assert words.count("serious") >= sum(isinstance(harm, Harm) and harm.severity == "serious" for harm in found)
    else:
        assert {lists.handle_of(record) for record in found} <= set(words)


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_is_short_blocks_on_a_narrow_screen(kb: KnowledgeBase, kind: str) -> None:
    """Each begins with the name of its record."""
    found = select_records(kb, kind, {})
    text = drawn(lists.list_page(found, kind, kb), 44)
    heads = [line for line in text.splitlines() if line.startswith("- ")]
    assert len(heads) == len(found)
    assert all(record.name.startswith(head[2:].strip()) for record, head in zip(found, heads, strict=True))


@pytest.mark.parametrize("width", range(60, 121, 3))
def test_no_word_of_a_table_is_cut(kb: KnowledgeBase, width: int) -> None:
    """A table gives its columns the room of their longest words, or becomes a list."""
    found = survey(kb)
    out = drawn(evidence.evidence_page(found), width)
    counts = {word for cell in found.cells if cell.harms for word in (str(cell.harms), f"({cell.cases})")}
    assert {"observational", "anecdote", "moderate", *counts} <= set(out.replace(":", " ").split())
    assert max(map(len, out.splitlines())) <= min(width, 100)


def test_golden_files_are_all_used() -> None:
    """A drawing that no test compares is a drawing that nobody keeps."""
    kept = {path.name.rsplit("-", 1)[0] for path in GOLDEN.glob("*.txt")}
    assert kept == {*NAMES, *CLIENTS, *DESCRIBED}
