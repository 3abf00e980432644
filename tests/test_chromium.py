"""The HTML file and the handouts in a real Chromium; skipped where there is none."""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader

from massharm import KnowledgeBase
from massharm.clinical.screening import Plan, screen
from massharm.exports.formats import export_records
from massharm.exports.html import render_html
from massharm.kb.filters import select_records
from massharm.kb.records import Harm, Record
from massharm.pages import html
from massharm.pages.handouts import record_handout, render_handout
from massharm.pages.screening import SHEET, screening_page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the PATH (Debian: apt install chromium)")
CLIENT = "82 y, warfarin, osteoporosis, diabetes, cancer with bone metastases, pacemaker, dark urine, pregnant 20 weeks"
"""A client with more precautions than most."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the file of the real knowledge base and return its address."""
    path = tmp_path_factory.mktemp("html") / "massharm.html"
    path.write_bytes(render_html(kb, export_records(kb, None), html.entry, html.document))
    return path.as_uri()


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """Open the file; any message of the browser, such as one about the policy, fails the test."""
    page = browser.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: messages.append(request.url) if request.url.startswith("http") else None)
    page.goto(address)
    expect(page.get_by_role("searchbox")).to_be_visible()
    yield page
    page.close()
    assert messages == []


@pytest.fixture(scope="module")
def searched(browser: Browser, address: str) -> Iterator[Page]:
    """Open the file once for the tests that only search it: each types over the words of the one before."""
    with opened(browser, address) as page:
        yield page


@pytest.fixture
def page(searched: Page) -> Iterator[Page]:
    """Give the opened file to one test as it is at first, and take it back like that."""
    reset(searched)
    yield searched
    reset(searched)


def reset(page: Page) -> None:
    """Leave nothing typed, chosen or open, and no record in the address."""
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_role("button", name="Clear").click()
    page.evaluate("document.querySelectorAll('details[open]').forEach(one => { one.open = false })")
    page.wait_for_timeout(100)
    page.evaluate("history.replaceState(null, '', location.pathname); scrollTo(0, 0)")


def found(page: Page, words: str) -> list[str]:
    """Search, and return the ids of the records that are shown, best first."""
    page.get_by_role("searchbox").fill(words)
    page.wait_for_timeout(300)
    return shown(page)


def shown(page: Page) -> list[str]:
    """Return the ids of the records that are shown."""
    ids: list[str] = page.locator("main details:visible").evaluate_all("all => all.map(one => one.id)")
    return ids


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("rabdomiolisis", "rhabdomyolysis"),
        ("tea coloured pee", "dark-urine"),
        ("stoke", "stroke"),
        ("hematoma", "haematoma"),
        ("deep vien thrombosis", "deep-vein-thrombosis"),
        ("coumadin", "vitamin-k-antagonists"),
        ("19887226", "aksoy-2009"),
        ("Down’s syndrome", "down-syndrome"),
    ],
)
def test_search_finds_typing_errors_everyday_words_and_numbers(searched: Page, words: str, first: str) -> None:
    """The record that is meant comes first, with what matched."""
    assert found(searched, words)[0] == first
    assert "matched" in searched.locator("#ui-hits details summary").first.inner_text()


def test_search_says_how_it_read_a_word(searched: Page) -> None:
    """A correction is no secret."""
    found(searched, "stoke")
    expect(searched.locator("#ui-hits details summary").first).to_contain_text("“stoke” read as “stroke”")


def test_american_spelling_is_no_error(searched: Page) -> None:
    """Nor is case."""
    assert found(searched, "Hematoma")[0] == "haematoma"
    expect(searched.locator("#ui-hits details summary").first).not_to_contain_text("read as")


def test_search_without_a_match_is_no_evidence_of_safety(searched: Page, kb: KnowledgeBase) -> None:
    """It says so, and shows no record."""
    assert found(searched, "xylophone") == []
    expect(searched.get_by_role("status")).to_contain_text("Nothing matches “xylophone”")
    expect(searched.locator("#ui-absence")).to_have_text(kb.absence)
    assert found(searched, "?") == []


def test_filters_narrow_the_records_and_the_hits(page: Page, kb: KnowledgeBase) -> None:
    """Kind, severity and region, together and with words; Clear shows all again, in their order."""
    before = shown(page)
    page.get_by_label("Kind").select_option("harm")
    assert shown(page) == [record.id for record in select_records(kb, "harm", {})]
    page.get_by_label("Severity").select_option("serious")
    page.get_by_label("Region").select_option("neck")
    records = [kb[name] for name in shown(page)]
    assert records
    assert all(
        isinstance(record, Harm) and record.severity == "serious" and "neck" in kb.regions(record) for record in records
    )
    expect(page.get_by_role("status")).to_contain_text(f"{len(records)} of")
    assert found(page, "stroke")[0] == "stroke"
    assert set(shown(page)) < {record.id for record in records}
    page.get_by_role("button", name="Clear").click()
    page.wait_for_timeout(100)
    assert shown(page) == before
    assert kb[before[0]].kind == "sign"


@pytest.mark.parametrize(
    ("anchor", "opened"), [("stroke", "stroke"), ("17", "aksoy-2009"), ("bleeding-tendency", "bleeding-disorder")]
)
def test_address_opens_a_record(page: Page, address: str, kb: KnowledgeBase, anchor: str, opened: str) -> None:
    """An id, the number of a citation, and a withdrawn id, with a note; the record is in sight."""
    opened = kb.heirs.get(anchor, (opened,))[0]
    page.goto("about:blank")
    page.goto(f"{address}#{anchor}")
    record = page.locator(f"details#{opened}[open]")
    expect(record).to_be_in_viewport()
    assert page.url.endswith(f"#{opened}")
    if anchor in kb.heirs:
        expect(page.get_by_role("status")).to_contain_text("was withdrawn")


def test_address_of_no_record_is_reported(page: Page, address: str) -> None:
    """Nothing opens."""
    page.goto(f"{address}#nonsense")
    expect(page.get_by_role("status")).to_contain_text("No record is called “nonsense”")
    assert page.locator("details[open]").count() == 0


def test_opened_record_holds_its_page_and_other_names(page: Page, address: str) -> None:
    """Its links open other records, also one that a search has hidden."""
    found(page, "rhabdo")
    page.locator("#rhabdomyolysis summary").click()
    record = page.locator("#rhabdomyolysis")
    expect(record).to_contain_text("What to do first")
    expect(record).to_contain_text("Also called: ")
    assert page.url == f"{address}#rhabdomyolysis"
    record.get_by_role("link", name="12", exact=True).first.click()
    source = page.locator("details#lai-2006[open]")
    expect(source).to_be_visible()
    expect(source).to_contain_text("PMID: 16204282")
    page.wait_for_timeout(300)  # nothing moves it out of sight afterwards
    expect(source.locator("summary")).to_be_in_viewport()


def test_an_address_is_followed_out_of_a_search(page: Page, address: str) -> None:
    """The search is cleared, and the record is in sight."""
    found(page, "rhabdo")
    page.goto(f"{address}#stroke")
    page.wait_for_timeout(300)
    expect(page.locator("#stroke[open] > summary")).to_be_in_viewport()
    assert page.get_by_role("searchbox").input_value() == ""


def test_everyday_names_stand_beside_those_of_medicine(page: Page, kb: KnowledgeBase) -> None:
    """On a telephone too; the words for an urgency are not torn apart."""
    plain = kb.harm("rhabdomyolysis").plain
    assert plain
    expect(page.locator("#rhabdomyolysis > summary > .lay")).to_have_text(plain.name)
    page.set_viewport_size({"width": 390, "height": 844})
    badges = page.locator("main summary > .emergency-now")
    assert set(badges.evaluate_all("all => all.map(one => one.getClientRects().length)")) == {1}


def test_everything_can_be_done_by_keyboard(page: Page) -> None:
    """A slash leads to the search, Tab to the first hit, Enter opens it, Escape clears."""
    page.keyboard.press("/")
    page.keyboard.type("rhabdo")
    page.wait_for_timeout(300)
    for _ in range(6):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    expect(page.locator("#ui-hits details[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    assert page.get_by_role("searchbox").input_value() == ""
    assert page.evaluate("document.activeElement.id") == "ui-query"


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_file_can_be_read_by_all(browser: Browser, address: str, width: int, scheme: str) -> None:
    """On a telephone and a desk, light and dark: no finding of axe-core, and nothing beyond the edge."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    grounds = {}
    for choice in ("auto", "light", "dark"):
        page.get_by_label("Colours").select_option(choice)
        grounds[choice] = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert grounds["light"] != grounds["dark"] == "rgb(22, 24, 29)"
    assert grounds["auto"] == grounds[scheme]
    page.get_by_label("Colours").select_option("auto")
    found(page, "stoke")  # axe-core is slow where all records are shown
    page.locator("#stroke summary").click()
    expect(page.locator("#stroke")).to_contain_text("Prevention")
    check_access(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def check_access(page: Page) -> None:
    """Check a page with axe-core."""
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(found["id"], found["impact"], [node["html"] for node in found["nodes"]]) for found in violations] == []


def test_without_scripts_signs_say_what_to_do(browser: Browser, address: str, kb: KnowledgeBase) -> None:
    """The search is not shown, and each sign opens with its instruction."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    expect(page.locator("#ui-form")).to_be_hidden()
    page.locator("#dark-urine summary").click()
    expect(page.locator("#dark-urine")).to_contain_text(kb["dark-urine"].summary)
    page.close()


def test_printed_file_holds_the_opened_record_alone(page: Page, address: str) -> None:
    """Without controls and without the list."""
    page.goto(f"{address}#rhabdomyolysis")
    expect(page.locator("#rhabdomyolysis[open]")).to_be_visible()
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    assert "Prevention" in text
    assert "Clear" not in text
    assert "Vertebral artery dissection" not in text


# Handouts


def tallest(kb: KnowledgeBase) -> list[str]:
    """Return handouts that fill their sheet most: the longest texts of each size of type, and some of all kinds."""
    records: list[Record] = [*kb.file.harms, *kb.file.precautions, *kb.file.signs]
    made = sorted((render_handout(record_handout(record, kb), kb) for record in records), key=len)
    return [*made[-8:], *made[::80]]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_handouts_are_printed_on_one_sheet(browser: Browser, kb: KnowledgeBase, paper: str) -> None:
    """Harms, precautions and signs, the longest too, and a client with many precautions."""
    page = browser.new_page()
    client = render_handout(screening_page(screen(kb, CLIENT, Plan()), kb, references=True, lines=SHEET), kb)
    for handout in (client, *tallest(kb)):
        page.set_content(handout)
        assert len(PdfReader(io.BytesIO(page.pdf(format=paper))).pages) == 1, page.title()
        marks = "all => all.every(one => one.offsetHeight < 2 * parseFloat(getComputedStyle(one).fontSize))"
        assert page.locator(".mark").evaluate_all(marks)  # a double mark stays on its line
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_handouts_can_be_read_by_all(browser: Browser, kb: KnowledgeBase, width: int, scheme: str) -> None:
    """On a telephone and a desk, light and dark; paper is always white."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    for name in ("pregnancy", "stroke", "dark-urine"):
        page.set_content(render_handout(record_handout(kb[name], kb), kb))
        check_access(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.close()
