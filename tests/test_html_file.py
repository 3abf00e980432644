"""The whole knowledge base as one HTML file, read without a browser."""

from collections import Counter

import pytest

from markup import Document, check_policy, packed
from massharm import KnowledgeBase
from massharm.exports.formats import export_records
from massharm.exports.html import ORDER, render_html
from massharm.kb.filters import select_records
from massharm.kb.records import Citation, Medicine
from massharm.kb.vocabulary import Region, Severity
from massharm.pages import html
from tiny import Run, Write, tiny_file


def rendered(kb: KnowledgeBase) -> str:
    """Return the file as the command writes it."""
    return render_html(kb, export_records(kb, None), html.entry, html.document).decode()


@pytest.fixture(scope="module")
def whole(kb: KnowledgeBase) -> str:
    """Return the file of the real knowledge base."""
    return rendered(kb)


@pytest.fixture(scope="module")
def document(whole: str) -> Document:
    """Return its elements."""
    return Document(whole)


def test_file_is_small_and_loads_nothing(whole: str) -> None:
    """Under 2 MB; the policy allows only what is in it."""
    assert len(whole.encode()) < 2_000_000
    check_policy(whole)


def test_file_says_what_it_is(kb: KnowledgeBase, document: Document) -> None:
    """Edition, review, notice, licence, how to cite."""
    for text in (kb.file.title, kb.edition, kb.clinical_review, kb.notice, kb.absence, kb.how_to_cite, kb.file.licence):
        assert text in document.text


def test_every_record_stands_once_signs_first(kb: KnowledgeBase, document: Document) -> None:
    """In the order of the kinds, each as `list` orders it, with an address of its own."""
    found = [element.attributes["id"] for element in document.elements if element.tag == "details"]
    assert ORDER[0] == "sign"
    assert found == [record.id for kind in ORDER for record in select_records(kb, kind, {})]


def test_every_link_leads_somewhere(kb: KnowledgeBase, whole: str, document: Document) -> None:
    """Ids are unique, and each link names a record or the number of a citation."""
    ids = Counter(document.values("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert {str(cited.number) for cited in kb.file.citations} <= set(ids)
    rest = Document("".join(part.get("rest", "") for part in packed(whole)["records"].values()))
    links = {link.removeprefix("#") for link in (*document.values("href"), *rest.values("href"))}
    assert links - set(ids) == set()
    assert set(rest.values("id")) == set()


def test_pages_and_other_names_are_in_the_file(kb: KnowledgeBase, whole: str) -> None:
    """Nothing of a page is lost but its list of references; aliases, names of medicines and titles are searched."""
    records = packed(whole)["records"]
    assert list(records) == [record.id for record in export_records(kb, None)]
    for record in kb:
        part = records[record.id]
        found = html.entry(record, kb)
        assert part.get("rest", "") == found.rest
        assert f"{found.head}</summary>{found.lead}</details>" in whole
        assert part.get("also", []) == [alias.text for alias in getattr(record, "aliases", ())]
        names = {*part.get("also", []), *part.get("names", []), record.name, record.id}
        if isinstance(record, Medicine):
            assert {name.text for name in record.names} <= names
        if isinstance(record, Citation):
            assert {text for text in (record.title, record.pmid, record.doi) if text} <= names


def test_withdrawn_ids_lead_to_their_heirs(kb: KnowledgeBase, whole: str) -> None:
    """An old address still works."""
    assert kb.heirs
    assert packed(whole)["heirs"] == {gone: list(heirs) for gone, heirs in kb.heirs.items()}


@pytest.mark.parametrize(("facet", "word"), [("severity", "serious"), ("region", "neck"), ("region", "hand")])
@pytest.mark.parametrize("kind", ["harm", "sign", "precaution", "case"])
def test_a_filter_finds_what_list_finds(
    kb: KnowledgeBase, document: Document, kind: str, facet: str, word: str
) -> None:
    """The same facets as those of the command."""
    found = {
        element.attributes["id"]
        for element in document.elements
        if element.tag == "details"
        and element.attributes["data-kind"] == kind
        and word in (element.attributes.get(f"data-{facet}") or "").split()
    }
    assert found == {record.id for record in select_records(kb, kind, {facet: [word]})}


def test_every_word_of_a_filter_can_be_chosen(document: Document) -> None:
    """All severities, all regions, and the kinds of which there are records."""
    options = {
        value for element in document.elements if element.tag == "option" for value in element.attributes.values()
    }
    assert {*Severity, *Region, *ORDER} <= options


def test_hostile_texts_change_no_structure(write: Write) -> None:
    """Names, texts, the title and the notice with markup give the elements of harmless ones."""
    shapes = []
    for text in ("plain", '<script>alert("1")</script> &amp; $title </details>\x1b[31m'):
        file = tiny_file()
        file |= {"title": text, "notice": text, "absence": text, "edition": text, "licence": text}
        file["harms"][0] |= {"name": text, "summary": text}
        file["harms"][0]["aliases"] = [{"text": text, "kind": "lay"}]
        made = rendered(KnowledgeBase.load(write(file)))
        assert "\x1b" not in made
        pages = "".join(part.get("rest", "") for part in packed(made)["records"].values())
        shapes.append((Document(made).shape, Document(pages).shape))
        check_policy(made)
    assert shapes[0] == shapes[1]


def test_a_kind_alone_is_refused(run: Run) -> None:
    """A file of harms would lead nowhere from each of its sources."""
    assert "a html file holds all records" in run("export", "harm", "--format", "html", code=2).err
