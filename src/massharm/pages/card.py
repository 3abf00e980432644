"""The card with which the page of a harm, a precaution or a sign begins: what matters on one screen."""

from collections.abc import Sequence
from typing import NamedTuple

from massharm.pages.blocks import Block, Heading, Item, Page, Para, Run, height

LINES = 24
"""The lines of a card on a terminal of 80 columns."""


class Part(NamedTuple):
    """A heading with its items, the most important first; of these so many stand on the card before other parts grow.

    `rest` is the heading of the items for which the card has no room.
    """

    heading: Heading
    items: tuple[Item, ...]
    least: int
    rest: Heading


def card(head: Page, parts: Sequence[Part]) -> Page:
    """Return a head and as many items of each part as fit on a card, and after it those that do not, under headings."""
    parts = [part for part in parts if part.items]
    shown = [0] * len(parts)
    for least in range(1, max((part.least for part in parts), default=0) + 1):
        for place, part in enumerate(parts):
            _grow(head, parts, shown, place, min(least, part.least))
    for place, part in enumerate(parts):
        _grow(head, parts, shown, place, len(part.items))
    further: list[Block] = []
    for part, count in zip(parts, shown, strict=True):
        if count < len(part.items):
            further += [part.rest, *part.items[count:]]
    return (*_drawn(head, parts, shown), *further)


def _grow(head: Page, parts: Sequence[Part], shown: list[int], place: int, most: int) -> None:
    """Show one item more of a part at a time, up to so many, while the card has room."""
    while shown[place] < min(most, len(parts[place].items)):
        shown[place] += 1
        if height(_drawn(head, parts, shown)) > LINES:
            shown[place] -= 1
            return


def _drawn(head: Page, parts: Sequence[Part], shown: Sequence[int]) -> Page:
    blocks: list[Block] = [*head]
    for part, count in zip(parts, shown, strict=True):
        if count:
            blocks += [part.heading, *part.items[:count]]
    left = sum(len(part.items) - count for part, count in zip(parts, shown, strict=True))
    if left:
        blocks.append(Para((Run(f"{left} more below", "muted"),)))
    return tuple(blocks)
