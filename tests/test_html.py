"""Pages and handouts as HTML: structure kept, nothing read as markup, nothing loaded."""

from collections import Counter
from typing import Any

import pytest

from markup import Document, check_policy
from massharm import KnowledgeBase
from massharm.clinical.screening import Plan, screen
from massharm.kb.records import Harm, Precaution, Record, Sign
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import Severity
from massharm.pages.blocks import Bar, Block, Fact, Grid, Heading, Item, Next, Para, Run, Title, numbers_in
from massharm.pages.handouts import SIZES, record_handout, render_handout
from massharm.pages.html import Writer, entry, escape
from massharm.pages.screening import screening_page
from tiny import Run as RunProgram

CLIENT = "warfarin, osteoporosis, dark urine, neck work planned"


def handout(record: Record, kb: KnowledgeBase) -> Document:
    """Return the handout of a record."""
    return Document(render_handout(record_handout(record, kb), kb))


def size(html: str) -> int:
    """Return the size of type in which a handout is printed."""
    (found,) = (value for value in Document(html).values("class") if value.startswith("sheet"))
    return int(found.removeprefix("sheet size-"))


@pytest.mark.parametrize(
    ("blocks", "html"),
    [
        (
            (Title("Name", (Run("SERIOUS", "serious"), Run("rare")), (Run("What"),)),),
            '<h1>Name</h1><p class="tags"><span class="serious">SERIOUS</span> · rare</p><p class="lead">What</p>',
        ),
        (
            (Heading("Part"), Heading("Soon", "soon")),
            '<h2>Part</h2><h2 class="soon">Soon</h2>',
        ),
        (
            (Item((Run("first"),), more=((Run("second"),),)), Item((Run("q"),), "?")),
            '<ul><li>first<p>second</p></li><li><span class="mark">?</span> q</li></ul>',
        ),
        (
            (Item((Run("sign"),), "!", tone="soon"), Item((Run("other"),))),
            '<ul class="signs"><li class="soon">sign</li></ul><ul><li>other</li></ul>',
        ),
        ((Item((Run("Smith"),), "[17]", tone="cite"),), '<ul class="sources"><li id="17">'),
        ((Fact("Age", (Run("40"),)), Fact("Sex", (Run("f"),))), "<dl><dt>Age</dt><dd>40</dd><dt>Sex</dt>"),
        ((Bar(7.5, (Run("7 %"),)),), '<ul><li><progress max="100" value="7.5" aria-hidden="true"></progress> 7 %</li>'),
        ((Grid(("A",), ((Run("x"),),)),), '<th scope="col">A</th></tr></thead><tbody><tr><td data-label="A">x</td>'),
        ((Para((Run("bold", "strong"), Run(" and not"))), Next(("massharm about",))), "<p><b>bold</b> and not</p>"),
    ],
    ids=["title", "heading", "item", "signs", "sources", "facts", "bar", "grid", "para"],
)
def test_each_block_has_its_element(blocks: tuple[Block, ...], html: str) -> None:
    """Entries that follow each other stand in one list; commands are left out."""
    assert html in Writer().blocks(blocks)
    assert "massharm about" not in Writer().blocks(blocks)


def test_every_number_of_a_mark_leads_to_its_source() -> None:
    """Also those inside a span, and those of a cell that holds more than a mark."""
    mark = '[<a href="#4">4</a>,<a href="#22">22</a>,<a href="#23">23</a>,<a href="#24">24</a>]'
    assert numbers_in("4,22-24") == [4, 22, 23, 24]
    assert Writer().runs((Run("[4,22-24]", "cite"),)) == f'<span class="cite">{mark}</span>'
    assert Writer().runs((Run("2005 [4]", "cite"),)) == '<span class="cite">2005 [<a href="#4">4</a>]</span>'


def test_a_name_is_a_link_only_where_its_record_is_in_the_document() -> None:
    """The id, which one types elsewhere, is then in the address."""
    run = Run("Stroke (stroke)", to="stroke")
    assert Writer().runs((run,)) == "Stroke (stroke)"
    assert Writer(linked=True).runs((run,)) == '<a href="#stroke">Stroke</a>'


@pytest.mark.parametrize("text", ["<script>", '" onload="x', "' x", "a & b", "&lt;", "\x1b[31m\u202e"])
def test_no_text_is_markup(text: str) -> None:
    """In every place of every block: a parser reads the text back, and no element or attribute more."""
    runs = (Run(text, "strong", text), Run(text, "soon"))
    blocks = (
        Title(text, runs, runs),
        Heading(text),
        Para(runs),
        Item(runs, text, (runs,)),
        Fact(text, runs),
        Bar(1, runs),
        Grid((text,), (runs[:1],)),
    )
    read, harmless = (Document(Writer(linked=True).blocks(part)) for part in (blocks, named(blocks, text, "a")))
    assert read.shape == harmless.shape
    assert "\x1b" not in escape(text)
    assert "\u202e" not in escape(text)


def named(blocks: tuple[Block, ...], old: str, new: str) -> tuple[Block, ...]:
    """Return blocks with another text in every place."""

    def changed(part: object) -> object:
        if isinstance(part, tuple):
            items: list[Any] = [changed(item) for item in part]
            return type(part)(*items) if hasattr(part, "_fields") else tuple(items)
        return new if part == old else part

    return tuple(changed(block) for block in blocks)  # type: ignore[misc]


def test_a_page_of_one_file_leaves_its_references_to_the_sources(kb: KnowledgeBase) -> None:
    """All else of the page is there, in short or in the rest."""
    found = entry(kb["rhabdomyolysis"], kb)
    assert "Rhabdomyolysis" in found.head
    assert "SERIOUS" in found.head
    assert "Breakdown of muscle" in found.lead
    titles = [section.title for section in SECTIONS.values() if f"<h3>{section.title}</h3>" in found.rest]
    assert "Prevention" in titles
    assert "References" not in titles


# Handouts


@pytest.mark.parametrize("kind", ["harm", "precaution", "sign", "medicine", "term", "citation"])
def test_every_handout_stands_alone(kb: KnowledgeBase, kind: str) -> None:
    """It loads nothing, each number leads to a source on it, and the notice and the licence stand at its foot."""
    for record in kb.records(kind):
        html = render_handout(record_handout(record, kb), kb)
        document = Document(html)
        ids = Counter(document.values("id"))
        assert set(ids.values()) <= {1}, record.id
        assert {link.removeprefix("#") for link in document.values("href")} == set(ids), record.id
        for text in (kb.notice, kb.absence, kb.how_to_cite, kb.file.licence):
            assert text in document.text, record.id
        if record is kb.records(kind)[0]:
            check_policy(html)


def test_plain_words_stand_before_signs_and_these_before_what_is_done(kb: KnowledgeBase) -> None:
    """A patient reads the first lines."""
    for record in kb.file.harms:
        text = handout(record, kb).text
        assert record.plain
        order = [record.plain.name, record.plain.text, "Warning signs", "What to do first", "Prevention", "Sources"]
        places = [text.find(part) for part in order if part in text]
        assert places == sorted(places), record.id
        assert record.severity is not Severity.SERIOUS or "Warning signs" in text, record.id


def test_no_sign_or_advice_is_cut(kb: KnowledgeBase) -> None:
    """However long a handout is, all warning signs, actions, questions and advice are on it."""
    records: list[Record] = [*kb.file.harms, *kb.file.precautions, *kb.file.signs]
    for record in records:
        text = handout(record, kb).text
        parts: list[str] = []
        match record:
            case Harm():
                parts = [sign.name for sign, _ in kb.signs_of(record)]
                parts += [*(part.text for part in record.response), *(part.text for part in record.prevention)]
            case Precaution():
                parts = [record.action.text.removesuffix("."), *(part.text for part in record.questions)]
                parts += [part.text for part in record.advice]
                parts += [sign.name for sign in kb.linked(Sign, record.stop_if)]
            case Sign():
                parts = [record.summary, *(harm.name for harm in kb.harms_with(record))]
        assert [part for part in parts if " ".join(part.split()) not in text] == [], record.id


def test_long_handouts_are_printed_in_smaller_type(tiny: KnowledgeBase) -> None:
    """The largest type in which the page fits one sheet, and never less than the smallest."""
    sizes = [
        size(render_handout((Title("T", ()), *(Para((Run("word " * 30),)),) * count), tiny))
        for count in (1, 22, 30, 200)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (SIZES[0], SIZES[-1])
    assert len(set(sizes)) > 2


def test_sections_that_were_asked_for_are_the_handout(run: RunProgram) -> None:
    """Nothing else stands on it, but the foot."""
    text = Document(run("show", "stroke", "cases", "--format", "html").out).text
    assert "Slurred speech" not in text
    assert "Lopez-Navarro 2021, PMID 33618738" in text


def test_screening_has_its_sources_and_more_than_a_screen(kb: KnowledgeBase, run: RunProgram) -> None:
    """A sheet has room for more than 30 lines, and each number is among the sources."""
    found = screen(kb, CLIENT, Plan())
    brief = Document(render_handout(screening_page(found, kb, references=True), kb))
    sheet = Document(run("screen", CLIENT, "--format", "html").out)
    assert len(sheet.text) > len(brief.text)
    assert sheet.text.index("DO NOT MASSAGE") < sheet.text.index("Anticoagulant therapy") < sheet.text.index("Sources")
    assert {link.removeprefix("#") for link in sheet.values("href")} == set(sheet.values("id"))


@pytest.mark.parametrize(
    "words", [("show", "stroke"), ("screen", "warfarin"), ("redflags", "dark urine")], ids=lambda words: words[0]
)
def test_html_is_utf_8_whatever_the_encoding_of_the_output(process: RunProgram, words: tuple[str, ...]) -> None:
    """The document says that it is UTF-8."""
    answer = process(*words, "--format", "html", env={"PYTHONIOENCODING": "ascii"})
    assert answer.out.startswith("<!DOCTYPE html>")
    assert "–" in answer.out
    check_policy(answer.out)


def test_what_a_client_types_is_text(run: RunProgram) -> None:
    """A description with markup gives no element, and a number in brackets no source."""
    document = Document(run("screen", "warfarin, <img src=x> [13], <b>zzyzx</b>", "--format", "html").out)
    assert not {"img"} & {element.tag for element in document.elements}
    assert "zzyzx" in document.text
    assert "13" not in set(document.values("id"))
