"""Abbreviations that stand for more than one thing: how each was read, and what else it may mean."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from msgspec import Struct

from massharm.clinical.concepts import Mention, Phrase
from massharm.clinical.segments import Segment
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Recognised
from massharm.text import fold


class Doubtful(Struct, frozen=True):
    """An abbreviation as the knowledge base writes it, the name it was read as, and what else it may mean."""

    text: str
    read_as: str
    meanings: tuple[str, ...]


def doubtful_in(
    kb: KnowledgeBase, phrase: Phrase, named: Iterable[Mention], known: Iterable[tuple[Recognised, Collection[int]]]
) -> Iterator[Doubtful]:
    """Yield the ambiguous abbreviations by which a phrase names something."""
    by_word = {fold(entry.text): entry for entry in kb.file.ambiguous}
    places = chain(
        ((mention.record.name, mention.places) for mention in named),
        ((record.name, places) for record, places in known),
    )
    by_place = {place: name for name, own in places if len(own) == 1 for place in own}
    for place, name in by_place.items():
        entry = by_word.get(phrase.words[place])
        if entry:
            yield Doubtful(entry.text, name, entry.meanings)


def without_what_is_spelt_out(
    found: Iterable[Doubtful], named: Iterable[Mention], segments: Iterable[Segment]
) -> tuple[Doubtful, ...]:
    """Return what is in doubt, each once; what a description names in full elsewhere is not."""
    in_full = {(mention.record.name, fold(mention.text)) for mention in named}
    text = " ".join(token.folded for segment in segments for token in segment.tokens)
    return tuple(
        part
        for part in dict.fromkeys(found)
        if not any(name == part.read_as and folded != fold(part.text) for name, folded in in_full)
        and not any(f" {fold(name)} " in f" {text} " for name in (part.read_as, *part.meanings))
    )
