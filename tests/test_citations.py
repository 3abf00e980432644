"""What every format promises of any citation: a record of its own, and no text outside its field."""

import json
from collections.abc import Callable

import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import example, given, settings
from hypothesis import strategies as st

from citing import make_citation, parse_bibtex, parse_tags, unescape
from massharm.citations.bibtex import bibtex
from massharm.citations.csl import csl_json
from massharm.citations.nbib import nbib
from massharm.citations.ris import ris
from massharm.citations.vancouver import cautions, reference
from massharm.kb.records import Citation
from massharm.kb.vocabulary import Study
from massharm.text import line

FRAGMENTS = (
    "}, author={x", "{", "}", "{b}", "\\", '"', "'", ",", " and ", "et al", "@article{x,\n title = {y}}", "%",
    "TY  - JOUR", "ER  - ", "\nER  - \n", "PMID- 1", "\nTI  - other", "\n\n", "\n", "\r\n", "\r", "\t", "\x00", "\x07",
    "\x0b", "\x0c", "\x1b[2J", "\x1c", "\x85", "\u2028", "\u2029", "\u202e", "\u200b", "\u00ad", "\ufeff", "\ud800",
    "\udcff", "\u00a0", "<i>", "</span>", "&amp;", "~", "^", "$#_&", "2020-02-30", "1-9", "Jan", "A", "Jr", "-",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(FRAGMENTS) | st.text(st.characters(), max_size=4), min_size=1, max_size=6).map("".join)
TEXTS = (
    "title", "container", "month", "volume", "issue", "pages", "article_number", "pmid", "pmcid", "doi", "publisher",
    "url", "seen_on", "language", "caution",
)  # fmt: skip


@st.composite
def hostile_citation(draw: st.DrawFn) -> Citation:
    """Return a citation whose texts are two hostile ones, each in the fields that the draw gives to it."""
    texts = (None, draw(TEXT), draw(TEXT))
    places = draw(st.lists(st.integers(0, 2), min_size=len(TEXTS), max_size=len(TEXTS)))
    return make_citation(
        key=draw(st.sampled_from(["one", "two", "one-7"])),
        number=draw(st.sampled_from([7, 2**70])),
        kind_of_study=draw(st.sampled_from(Study)),
        finding=texts[1],
        authors=tuple(filter(None, texts[1:])),
        year=draw(st.none() | st.integers()),
        **{field: texts[place] for field, place in zip(TEXTS, places, strict=True)},
    )


ARTICLE = make_citation(number=0, key="article", title="On\nladders {", url="https://example.org/\n")
CITATIONS = st.lists(hostile_citation(), min_size=1, max_size=3)
# Every field holds the same text, as do both citations: the keys are equal too.
SAME = [
    [
        make_citation(**dict.fromkeys((*TEXTS, "finding"), text), authors=(text, text), number=number)
        for number in (7, 7)
    ]
    for text in ("".join(FRAGMENTS), "\n", "}{", "et al")
]


def hostile(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test on hostile citations: the worst ones in every run, and some that are drawn."""
    for citations in SAME:
        test = example(citations=citations)(test)
    return settings(max_examples=40, deadline=None)(given(citations=CITATIONS)(test))


def authors(citation: Citation) -> list[str]:
    """Return the authors of whom something is left on a line."""
    return list(filter(None, map(line, citation.authors or ())))


def check_text(text: str) -> None:
    """Check that a text can be written as UTF-8 and holds no character that acts on a terminal or a parser."""
    assert text.encode("utf-8").decode("utf-8") == text
    assert text.replace("\n", "").isprintable()


@hostile
def test_reference_is_one_line(citations: list[Citation]) -> None:
    """So is each caution."""
    for citation in citations:
        for text in (reference(citation, ARTICLE), reference(citation), *cautions(citation)):
            check_text(text)
            assert "\n" not in text


@hostile
def test_bibtex_has_an_entry_for_each_citation(citations: list[Citation]) -> None:
    """Keys differ, each field is one line, and a title is read back as it was."""
    text = bibtex(citations, ARTICLE)
    check_text(text)
    entries = parse_bibtex(text)
    assert len(entries) == len(citations)
    # Each field is a line; so are the head and the foot of each entry and the blank line between two.
    assert len(text.splitlines()) == sum(len(entry) - 1 + 3 for entry in entries.values()) - 1
    for citation, entry in zip(citations, entries.values(), strict=True):
        title = line(citation.title or "")
        assert unescape(entry.get("title", "")) == (f"{{{title}}}" if title else "")
        assert unescape(entry.get("volume", "")) == line(citation.volume or "")


@hostile
def test_bibtex_fields_close_where_bibtex_counts_their_last_brace(citations: list[Citation]) -> None:
    """BibTeX counts escaped braces too, which bibtexparser does not: no other brace of a field may close it."""
    for row in bibtex(citations, ARTICLE).splitlines():
        value = row.partition(" = ")[2].removesuffix(",")
        if value.startswith("{"):
            depth = [0]
            for char in value:
                depth.append(depth[-1] + (char == "{") - (char == "}"))
            assert depth.index(0, 1) == len(depth) - 1, row


@hostile
def test_ris_has_a_record_for_each_citation(citations: list[Citation]) -> None:
    """Each begins and ends once, and a title and the authors are read back as they were."""
    text = ris(citations, ARTICLE)
    check_text(text)
    rows = text.split("\n")
    assert sum(row.startswith("TY  - ") for row in rows) == len(citations)
    assert rows.count("ER  - ") == len(citations)
    for citation, record in zip(citations, rispy.loads(text), strict=True):
        assert record.get("title", "") == line(citation.title or "")
        assert record.get("volume", "") == line(citation.volume or "")
        assert len(record.get("authors", [])) == len(authors(citation))
        assert record.keys() <= {*rispy.TAG_KEY_MAPPING.values()} - {"unknown_tag"}


@hostile
def test_nbib_has_a_record_for_each_citation(citations: list[Citation]) -> None:
    """Every line has a tag, and title and authors are read back as they were."""
    text = nbib(citations, ARTICLE)
    check_text(text)
    for citation, tags in zip(citations, parse_tags(text), strict=True):
        assert tags.get("TI", []) == list(filter(None, [line(citation.title or "")]))
        assert tags.get("IP", []) == list(filter(None, [line(citation.issue or "")]))
        assert sorted(tags.get("AU", []) + tags.get("CN", [])) == sorted(authors(citation))
        assert len(tags.get("OID", [])) == 1


@hostile
def test_csl_json_has_an_item_for_each_citation(citations: list[Citation]) -> None:
    """The items can be written as JSON, have different ids, and citeproc reads them."""
    items = csl_json(citations, ARTICLE)
    check_text(json.dumps(items, ensure_ascii=False))
    assert len({item["id"] for item in items}) == len(citations)
    assert len(CiteProcJSON(items)) == len(citations)
    for citation, item in zip(citations, items, strict=True):
        assert item.get("title", "") == line(citation.title or "")
