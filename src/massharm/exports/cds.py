"""A client screened as cards of CDS Hooks, which a record system shows beside a chart.

The specification is that of HL7 (https://cds-hooks.hl7.org); its sections on card attributes and on the source hold.
Cards have no links and suggest nothing: what to do stands in their summary and their detail.
"""

from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from massharm.clinical.screening import Screening
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Medicine, Precaution, Record
from massharm.kb.vocabulary import AdviceLevel, RecognisedKind
from massharm.text import escape_markdown, line

Indicator = Literal["info", "warning", "critical"]
LONGEST_SUMMARY = 139
"""The characters of a summary: the specification wants fewer than 140."""
INDICATORS: dict[AdviceLevel, Indicator] = {
    AdviceLevel.CONTRAINDICATED: "critical",
    AdviceLevel.CLEARANCE: "warning",
    AdviceLevel.LOCAL: "warning",
    AdviceLevel.ADAPT: "info",
}
"""How urgent the card of a precaution is; that of an alarm is always critical."""


class Source(Struct, frozen=True):
    """The source of a card; it has no address of its own."""

    label: str


class Card(Struct, frozen=True):
    """One card: `summary` in fewer than 140 characters, and `detail` in Markdown, which holds the whole summary."""

    summary: str
    indicator: Indicator
    detail: str
    source: Source


class Cards(Struct, frozen=True):
    """The response of a service."""

    cards: tuple[Card, ...]


def screening_cards(kb: KnowledgeBase, found: Screening, detail: Callable[[Screening], str]) -> Cards:
    """Return a card for each alarm and each precaution, and one for the rest; there is always one.

    `detail` gives a screening, or the part of it that a card is about, as Markdown.
    """
    source = Source(f"{kb.file.title}, edition {kb.edition}")
    return Cards(
        tuple(
            Card(shortened(summary), indicator, f"**{escape_markdown(summary)}**\n\n{detail(part)}", source)
            for summary, indicator, part in _parts(found, kb)
        )
    )


def shortened(text: str) -> str:
    """Return a text on one line, cut between two words where it is too long for a summary."""
    text = line(text)
    if len(text) <= LONGEST_SUMMARY:
        return text
    cut = text[:LONGEST_SUMMARY]
    words = cut.rpartition(" ")[0] or cut[:-1]
    return f"{words.rstrip(' ,;:.')}…"


def _parts(found: Screening, kb: KnowledgeBase) -> Iterator[tuple[str, Indicator, Screening]]:
    """Yield of each card the whole summary, the indicator, and the part of the screening that it is about."""
    nothing = replace(
        found, found=(), aside=(), unknown=(), recognised=(), alarms=(), precautions=(), harms=(), reported=(),
        left_out=(), ambiguous=(),
    )  # fmt: skip
    for alarm in found.alarms:
        summary = f"Do not massage. {alarm.urgency.heading}: {alarm.sign.name}"
        yield summary, "critical", replace(nothing, alarms=(alarm,))
    for record in found.precautions:
        action = found.action_of(record)
        said = tuple(part for part in found.found if _leads_to(part.mention.record, record))
        harms = tuple(harm for harm in found.harms if kb.support(record, harm))
        about = replace(nothing, found=said, precautions=(record,), harms=harms)
        summary, level = f"{action.level.heading}: {record.name}. {action.text}", action.level
        if planned := min(found.advice_on_plan(record), key=lambda part: part.level.rank, default=None):
            summary, level = f"{planned.level.heading} as planned: {record.name}. {planned.text}", planned.level
        yield summary, INDICATORS[level], about
    rest = _rest(found, kb)
    if summary := _rest_summary(rest, kb, is_all=not (found.alarms or found.precautions)):
        yield summary, "info", rest


def _leads_to(named: Record, record: Precaution) -> bool:
    """Whether what a client has is a precaution, or is a medicine that implies it."""
    return named.id == record.id or (isinstance(named, Medicine) and record.id in named.precautions)


def _rest(found: Screening, kb: KnowledgeBase) -> Screening:
    """Return what belongs to no alarm and no precaution.

    That is what was not recognised, what was set aside or has no advice, and the harms that were named or are reported
    of what is planned.
    """
    medicines = tuple(
        part
        for part in found.found
        if isinstance(part.mention.record, Medicine) and not kb.precautions_of(part.mention.record)
    )
    harms = tuple(harm for harm in found.harms if not any(kb.support(record, harm) for record in found.precautions))
    return replace(found, found=medicines, alarms=(), precautions=(), harms=harms)


def _rest_summary(rest: Screening, kb: KnowledgeBase, *, is_all: bool) -> str:
    """Return the summary of the last card; where it would hold nothing, none, unless it is the only card."""
    if rest.unknown:
        return f"Not recognised, and so not screened: {', '.join(f'“{part.typed}”' for part in rest.unknown)}"
    if is_all:
        return f"No precaution and no warning sign was recognised. {kb.absence}"
    others = any(part.kind is not RecognisedKind.WORD for part in rest.recognised)
    if rest.found or rest.aside or rest.ambiguous or others or rest.harms or rest.reported:
        return "Also read: what is not the client's now or has no advice here, and other harms"
    return ""
