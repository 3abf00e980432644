"""The parts of a description: its segments with what each names."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from massharm.clinical.concepts import Mention, Phrase
from massharm.clinical.segments import Segment
from massharm.kb.parts import Recognised
from massharm.kb.records import Record


class Part(Struct, frozen=True, dict=True):
    """A segment with the concepts that it names; `known` are those that are only recognised, with their places."""

    segment: Segment
    phrase: Phrase
    named: tuple[Mention, ...]
    known: tuple[tuple[Recognised, frozenset[int]], ...] = ()

    @cached_property
    def places(self) -> Sequence[frozenset[int]]:
        """The places of each concept among the words."""
        return (*(mention.places for mention in self.named), *(places for _, places in self.known))

    @cached_property
    def records(self) -> Sequence[Record | None]:
        """The record of each concept, in the order of `places`; one that is only recognised has none."""
        return (*(mention.record for mention in self.named), *(None for _ in self.known))

    @cached_property
    def covered(self) -> frozenset[int]:
        """The places from the first to the last word of each concept."""
        return _span(self.named).union(*(places for _, places in self.known))


def _span(named: Iterable[Mention]) -> frozenset[int]:
    """Return the places from the first to the last word of each record that is named."""
    spans = (range(min(mention.places), max(mention.places) + 1) for mention in named)
    return frozenset(place for span in spans for place in span)
