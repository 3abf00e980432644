"""The rules of overlays: they add to a knowledge base, and take, hide and soften nothing of it.

They are checked whenever an overlay is read. What an overlay may hold at all is its shape (`overlay.Overlay`): it has
no place for a sign, a harm, an urgency, a severity, or an id to withdraw.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Harm, Medicine, Precaution, Sign, record_names, strings
from massharm.kb.vocabulary import Technique
from massharm.kb.wording_rules import DOSE, PROMISE
from massharm.text import fold

if TYPE_CHECKING:
    from massharm.kb.overlay import Overlay

_SMALL = frozenset(
    {"a", "an", "the", "my", "our", "your", "his", "her", "i", "of", "in", "on", "at", "to", "for", "with"}
    | {"and", "or", "is", "are", "has", "have"}
)
"""Words that make no name another one."""
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ings?|ed|es|s|ly|e|y|ies)$")
_SHARED = 2
"""How many words what is recognised may not share with a wording of a sign: the words of a sign could be lost in it."""


def parts_name_records(base: KnowledgeBase, overlay: "Overlay", _all: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A note names a record, an alias a record that takes aliases, an advice a precaution."""
    own = {record.id for record in overlay.precautions}
    for note in overlay.notes:
        if note.record not in base.by_id and note.record not in own:
            yield note.record, "a note names it, and it is no record; find the id with: massharm search"
    for alias in overlay.aliases:
        if not hasattr(base.by_id.get(alias.record), "aliases"):
            yield alias.record, f"the alias “{alias.text}” names it, and it is no record that takes aliases"
    for advice in overlay.advice:
        if not isinstance(base.by_id.get(advice.precaution), Precaution):
            yield advice.precaution, "an advice names it, and it is no bundled precaution"


def nothing_is_lost(base: KnowledgeBase, _overlay: "Overlay", whole: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every record of the base is there with all that it held; only aliases and advice may follow its own."""
    for record in base:
        now = whole.by_id.get(record.id)
        if now is record:
            continue
        if type(now) is not type(record):
            yield record.id, "the id is that of a bundled record; take another"
            continue
        for field in record.__struct_fields__:
            before, after = getattr(record, field), getattr(now, field)
            if field in {"aliases", "advice"}:
                after = after[: len(before)]
            if before != after:
                yield record.id, f"“{field}” of a bundled record is changed; an overlay can only add"
    for field in ("recognised", "fillers", "withdrawn", "intake", "ambiguous"):
        before, after = getattr(base.file, field), getattr(whole.file, field)
        if after[: len(before)] != before:
            yield "file", f"“{field}” of the base is changed; an overlay can only add"


def advice_is_not_softer(base: KnowledgeBase, overlay: "Overlay", _all: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """An advice that is added to a bundled precaution is at least as strict as its action."""
    for part in overlay.advice:
        record = base.by_id.get(part.precaution)
        if isinstance(record, Precaution) and part.level.rank > record.level.rank:
            yield record.id, f"an advice of level {part.level} is milder than the action, {record.level}; raise it"


def bundled_words_stay(base: KnowledgeBase, overlay: "Overlay", _all: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No local name holds all words of a name of another bundled record, nor the other way round, in whatever form.

    Else a description that names the one would be read as the other. The same holds for the kinds of massage, of which
    harms are reported. What is recognised shares no two words with a
    wording of a sign, and no filler is a word of a name.
    """
    names = _Names(base)
    for place, text, own_id in _local_names(overlay):
        for name, record_id in names.overlapping(text, is_strict=own_id is None):
            if record_id != own_id:
                yield place, f"“{text}” could hide “{name}”, a name of {record_id}; use other words"
                break
    for text in overlay.fillers:
        for word in fold(text).split():
            if holder := names.holder(word):
                yield "fillers", f"“{word}” is a word of a name of {holder}; take it out"


def texts_promise_nothing(_base: KnowledgeBase, overlay: "Overlay", _all: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No local text says that a massage is safe, or names a dose."""
    texts = [(note.record, note.text) for note in overlay.notes]
    texts += [(part.precaution, part.text) for part in overlay.advice]
    texts += [(record.id, text) for record in overlay.precautions for text in strings(record)]
    for place, text in texts:
        if found := PROMISE.search(text):
            yield place, f"promises that something “{found[0]}”; say what is known instead"
        if found := DOSE.search(text):
            yield place, f"names a dose, {found[0]}; leave it out"


RULES = (parts_name_records, nothing_is_lost, advice_is_not_softer, bundled_words_stay, texts_promise_nothing)
"""The rules: functions of a base, an overlay, and both together. The docstring of each states it to curators."""


def _local_names(overlay: "Overlay") -> Iterator[tuple[str, str, str | None]]:
    """Yield the names that an overlay adds: the place, the name, and the record for which it may stand."""
    for record in overlay.precautions:
        yield from ((record.id, text, record.id) for text, _ in record_names(record))
    for part in overlay.recognised:
        yield from (("recognised", text, None) for text in (part.name, *part.aliases))
    for alias in overlay.aliases:
        yield alias.record, alias.text, alias.record


class _Names:
    """The names of the records of a base that a description may name, by their words without common endings."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._names: list[tuple[frozenset[str], str, str]] = []
        self._signs = {record.id for record in base.file.signs}
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for kind in (Sign.kind, Precaution.kind, Harm.kind, Medicine.kind):
            for record in base.records(kind):
                for text, _ in record_names(record):
                    self._add(text, record.id)
        for technique in Technique:
            self._add(technique.value, "a kind of massage")

    def _add(self, text: str, holder: str) -> None:
        words = _words(text)
        for word in words:
            self._places[word].append(len(self._names))
        self._names.append((words, text, holder))

    def overlapping(self, text: str, *, is_strict: bool) -> Iterator[tuple[str, str]]:
        """Yield the names of which a text holds all words, or which hold all words of it, each with its record.

        If strict, those of signs too that share `_SHARED` words with it.
        """
        wanted = _words(text)
        for place in sorted(set(chain.from_iterable(self._places.get(word, ()) for word in wanted))):
            words, name, record_id = self._names[place]
            shares_sign = is_strict and record_id in self._signs and len(words & wanted) >= _SHARED
            if words <= wanted or wanted <= words or shares_sign:
                yield name, record_id

    def holder(self, word: str) -> str | None:
        """Return the id of the first record that has a word in a name."""
        places = self._places.get(next(iter(_words(word)), ""))
        return self._names[places[0]][2] if places else None


def _words(text: str) -> frozenset[str]:
    return frozenset(_ENDING.sub("", word) for word in fold(text).split() if word not in _SMALL)
