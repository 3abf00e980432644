"""Cards: what stands on one screen at the head of a page."""

import pytest

from massharm import KnowledgeBase
from massharm.kb.records import Harm, Precaution
from massharm.pages.blocks import Heading, Item, Page, Para, Run, Title, height
from massharm.pages.card import LINES, Part, card
from massharm.pages.records import record_page

HEAD = (Title("Name", (Run("tag"),), (Run("summary"),)),)


def _part(name: str, count: int, least: int) -> Part:
    return Part(Heading(name), tuple(Item((Run(f"{name} {n}"),)) for n in range(count)), least, Heading(f"more {name}"))


def _shown(page: Page) -> list[str]:
    """Return headings, and how many items stand below each."""
    found: list[str] = []
    count = 0
    for block in page:
        if isinstance(block, Heading | Para) and found:
            found[-1] += f" {count}"
        if isinstance(block, Heading):
            found.append(block.text)
            count = 0
        elif isinstance(block, Para):
            found.append("".join(run.text for run in block.runs))
            count = 0
        count += isinstance(block, Item)
    return [*found[:-1], f"{found[-1]} {count}"] if found else []


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([], []),
        ([("a", 0, 2), ("b", 3, 1)], ["b 3"]),
        ([("a", 3, 2), ("b", 3, 1)], ["a 3", "b 3"]),
        # What each must show comes before more of anything; the first part then grows first.
        ([("a", 30, 2), ("b", 3, 2)], ["a 12", "b 2", "19 more below 0", "more a 18", "more b 1"]),
        ([("a", 1, 1), ("b", 40, 2)], ["a 1", "b 13", "27 more below 0", "more b 27"]),
        ([("a", 30, 2), ("b", 9, 0)], ["a 16", "23 more below 0", "more a 14", "more b 9"]),
    ],
)
def test_a_card_shows_what_fits(parts: list[tuple[str, int, int]], shown: list[str]) -> None:
    """All the rest stands below, under headings of its own."""
    page = card(HEAD, [_part(*part) for part in parts])
    assert _shown(page[1:]) == shown
    ends = [place for place, block in enumerate(page) if isinstance(block, Para)]
    assert height(page[: ends[0] + 1] if ends else page) <= LINES


def test_every_card_of_the_file_fits(kb: KnowledgeBase) -> None:
    """Of harms and precautions; nothing is lost: each sign and each response stands once on its page."""
    for record in kb:
        if isinstance(record, Harm | Precaution):
            page = record_page(record, kb)
            more = next((place for place, block in enumerate(page) if _is_more(block)), None)
            if more is not None:
                assert height(page[: more + 1]) <= LINES, record.id
            texts = ["".join(run.text for run in block.runs) for block in page if isinstance(block, Item)]
            signs = [sign for sign, _ in kb.signs_of(record)] if isinstance(record, Harm) else []
            for sign in signs:
                named = [text for text in texts if text.rpartition(" [")[0] == sign.name]
                assert len(named) == 1, (record.id, sign.id)


def _is_more(block: object) -> bool:
    return isinstance(block, Para) and "".join(run.text for run in block.runs).endswith(" more below")
