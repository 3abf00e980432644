"""Warning signs as a page: what somebody has, what to do, and the harms to which that points."""

from collections.abc import Iterator, Sequence
from itertools import chain

from massharm.clinical.redflags import RedFlags, fitting
from massharm.clinical.triage import PresentSign
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Harm, Sign
from massharm.kb.vocabulary import Severity, SignLink, Urgency
from massharm.pages.blocks import (
    Block,
    Heading,
    Item,
    Next,
    Page,
    Para,
    Run,
    Runs,
    Title,
    cited,
    counted,
    height,
    section,
)
from massharm.pages.screening import what_to_do

LINES = 25
"""The lines of a brief page about what somebody describes, at 80 columns."""
POINTED, CHANGING = 3, 4
"""How many harms of a sign, and how many signs that would change an answer, a brief page shows."""


def redflags_page(found: RedFlags, kb: KnowledgeBase, *, full: bool = False) -> Page:
    """Return warning signs by urgency; where none was recognised, what the words lead to and what would change that."""
    if not found.signs:
        return _no_sign(found, kb)
    if full or not found.described:
        return _page(found, kb, len(found.signs), len(found.signs), full=full)
    count = len(found.signs)
    pages = (
        _page(found, kb, explained, shown, full=False)
        for shown in range(count, 0, -1)
        for explained in range(min(shown, count), 0, -1)
    )
    return next((page for page in pages if height(page) <= LINES), ()) or _page(found, kb, 1, 1, full=False)


def _page(found: RedFlags, kb: KnowledgeBase, explained: int, shown: int, *, full: bool) -> Page:
    """Return the page with so many signs explained, and so many shown at all."""
    count = counted(len(found.signs), "sign")
    of = f" of {found.harm.name}" if found.harm else ""
    show = f"massharm show {found.harm.id if found.harm else found.signs[0].sign.id}"
    left = len(found.signs) - shown
    return (
        Title(f"Warning signs{of}", (Run(count, "strong"), Run("most urgent first, however rare"))),
        *chain.from_iterable(
            _by_urgency(urgency, found.signs[:shown], kb, explained if found.described else 0, full=full)
            for urgency in Urgency
        ),
        *((Para((Run(f"{left} more with --full", "muted"),)),) if left else ()),
        *(_fitting(found, kb) if found.described else ()),
        *_unmatched(found),
        Para((Run(kb.absence, "muted"),)),
        Next((show,)),
    )


def _fitting(found: RedFlags, kb: KnowledgeBase) -> Page:
    """Return the harms that several of the signs fit, which none of them alone may name."""
    harms = [*fitting(kb, [part.sign for part in found.signs])]
    if any(part.urgency is Urgency.EMERGENCY for part in found.signs):  # a lesser harm would make light of it
        harms = [harm for harm in harms if harm.severity is Severity.SERIOUS]
    harms = harms[:POINTED]
    names = _named(harms)
    return (Para((Run("Two or more of these signs fit: "), Run(names, "strong"))),) if names else ()


def _by_urgency(
    urgency: Urgency, shown: Sequence[PresentSign], kb: KnowledgeBase, explained: int, *, full: bool
) -> Iterator[Block]:
    signs = [(place, part) for place, part in enumerate(shown) if part.urgency is urgency]
    if signs:
        yield Heading(urgency.heading, urgency)
    for place, part in signs:
        more = (*what_to_do(part), *_points_to(part.sign, kb, full=full)) if place < explained else ()
        yield Item(cited(part.sign.name, part.sign.citations), "!", more=more, tone=urgency)


def _points_to(sign: Sign, kb: KnowledgeBase, *, full: bool) -> tuple[Runs, ...]:
    harms = kb.harms_with(sign, SignLink.CHARACTERISTIC)
    others = kb.harm_ids_with(sign, SignLink.COMPATIBLE)
    shown = harms if full else harms[:POINTED]
    if not shown and len(others) <= POINTED:  # few enough to be named
        names = _named(kb.harms_with(sign, SignLink.COMPATIBLE))
        return ((Run(f"Compatible with: {names}", "muted"),),) if names else ()
    names = _named(shown)
    rest = len(harms) - len(shown)
    text = f"Points to: {names}" if names else ""
    if rest:
        text += f", {rest} more"
    if others:
        text += (
            f"{'; compatible' if text else 'Compatible'} with {counted(len(others), 'other harm' if text else 'harm')}"
        )
    return ((Run(text, "muted"),),) if text else ()


def _named(harms: Sequence[Harm]) -> str:
    return ", ".join(f"{harm.name} ({harm.severity})" for harm in harms)


def _no_sign(found: RedFlags, kb: KnowledgeBase) -> Page:
    """Return that no warning sign was recognised, what the words lead to, and which signs would change that."""
    if found.harm:
        return (
            Title(f"No warning sign of {found.harm.name} is recorded", (Run("this is no all-clear", "strong"),)),
            Para((Run(kb.absence, "muted"),)),
            Next((f"massharm show {found.harm.id}",)),
        )
    reason = "what was said is denied or past" if found.denied else "this is no all-clear"
    return (
        Title("No warning sign recognised", (Run(reason, "strong"),)),
        *section("What these words lead to", map(_led_to, found.near)),
        *section("A warning sign would be", _changing(found, kb)),
        *_unmatched(found),
        Para((Run(kb.absence, "muted"),)),
        Next((*(f"massharm redflags {harm.id}" for harm in found.near[:1]), "massharm redflags")),
    )


def _unmatched(found: RedFlags) -> Page:
    words = ", ".join(f"“{word}”" for word in found.unmatched_words)
    return (Para((Run(f"Not recognised: {words}", "muted"),)),) if words else ()


def _led_to(harm: Harm) -> Item:
    return Item((Run(harm.severity, harm.severity), Run(f"  {harm.name}", "strong"), Run(f" ({harm.id})")))


def _changing(found: RedFlags, kb: KnowledgeBase) -> Iterator[Item]:
    """Yield the signs nearest to the words, and those of the harm to which they lead, each with its urgency."""
    of_harm = (sign for harm in found.near[:1] for sign, _ in kb.signs_of(harm))
    signs = {sign.id: sign for sign in (*found.near_signs, *of_harm)}
    for sign in list(signs.values())[:CHANGING]:
        yield Item((Run(f"{sign.urgency.heading}: ", sign.urgency), *cited(sign.name, sign.citations)), "!")
