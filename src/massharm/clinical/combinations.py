"""Combinations: signs that several words say together, of which each may be one of many: a calf, a side, swollen.

A wording of a sign holds the words of one sentence. A combination holds alternatives for each of its parts, and is said
where one of every part stands nearby, in any order.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache, partial
from itertools import chain
from struct import Struct as Packed
from weakref import WeakKeyDictionary

from msgspec import Struct

from massharm.clinical.compounds import COMPOUNDS
from massharm.clinical.contractions import SAME_AS_NOT, contracted
from massharm.clinical.inflections import base
from massharm.clinical.triggers import OF_THINGS
from massharm.kb.base import KnowledgeBase
from massharm.kb.lines import SortedLines
from massharm.kb.packaged import record_at, stored
from massharm.kb.records import Sign
from massharm.search.english import is_common_english
from massharm.text import fold

NEARBY = 30
"""How many words apart the first and the last word of a combination may stand."""
MOST_PLACES = 4
"""At how many places of a description the same alternative is looked at."""
SHORTEST_MISSPELT = 5
"""The letters of the shortest word that may be misspelt, and that another may be corrected to."""
MOST_OFTEN = 20
"""How often the same word of a description is looked at."""

_NOT_FELT = frozenset({"hurt", "ache", "itch"})
_DOES_NOT = frozenset({"doesnt", "dont", "didnt"})
"""What is felt, and the words before it that deny it; together they may be an alternative of their own."""
_BEHIND_A_DENIAL = "!"
"""What stands before the stems of a denial and of what it denies: "no injury" is one alternative."""
_PAIR = Packed("<IB")
"""The number of a combination, and the place of one of its parts."""

_Alternative = tuple[list[str], bytes]
"""The stems of an alternative, and a `_PAIR` for each part that it stands for."""
CACHED_STEMS = 2000
"""The stems whose alternatives are kept."""

Words = Sequence[Collection[str]]
"""The stems that each word of a text may be; of a word that says nothing of now there are none."""


class Table(Struct, frozen=True):
    """Combinations by number: the place of the sign of each, how many parts each has, and a line for each alternative.

    A line is the stems of an alternative, a tab, and for each part that it stands for `_PAIR`: the combination, and
    which of its parts. `words` are those of all alternatives to which a misspelt word may be corrected.
    """

    signs: tuple[int, ...]
    sizes: bytes
    lines: SortedLines
    words: SortedLines


def misspelt(kb: KnowledgeBase, word: str) -> tuple[str, ...]:
    """Return the stems of the words of combinations that a folded word may be misspelt for."""
    return _combinations_in(kb).meant_by(word)


def combined_signs(kb: KnowledgeBase, words: Words) -> Iterator[tuple[Sign, tuple[int, ...]]]:
    """Yield the signs of the combinations that a text says, each once, with the places of the words that say so."""
    combinations = _combinations_in(kb)
    if not combinations.table.signs:
        return
    told: dict[int, dict[int, list[range]]] = {}
    for span, pairs in combinations.alternatives(words):
        for number, part in pairs:
            spans = told.setdefault(number, {}).setdefault(part, [])
            if len(spans) < MOST_PLACES:
                spans.append(span)
    done: set[int] = set()
    for number, parts in told.items():
        place = combinations.table.signs[number]
        if place in done or len(parts) < combinations.table.sizes[number]:
            continue
        if found := _apart(sorted(parts.values(), key=len)):
            done.add(place)
            yield combinations.sign(place), tuple(sorted(chain.from_iterable(found)))


def _apart(options: Sequence[Sequence[range]], chosen: tuple[range, ...] = ()) -> tuple[range, ...]:
    """Return a span for each part, near each other and none over another; where there are none, nothing."""
    if not options:
        return chosen
    for span in options[0]:
        spans = (*chosen, span)
        near = max(part.stop for part in spans) - min(part.start for part in spans) <= NEARBY
        is_free = all(span.stop <= part.start or part.stop <= span.start for part in chosen)
        if near and is_free and (found := _apart(options[1:], spans)):
            return found
    return ()


@cache
def _otherwise() -> dict[str, frozenset[str]]:
    """Return the compounds by the stems of their first words, with the stems of the second ones."""
    return {base(word): frozenset(map(base, behind)) for word, behind in COMPOUNDS.items()}


class Combinations:
    """The combinations of a knowledge base; it holds no more of that than how to read one of its signs."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Read the table of the wheel, or make one."""
        self.table = stored(kb, "combinations", Table) or table_of(kb)
        self._record_at = partial(record_at, kb.file)
        self._begun: dict[str, dict[str, list[_Alternative]]] = {}

    def sign(self, place: int) -> Sign:
        """Return the sign at a place among the signs."""
        found = self._record_at(Sign.kind, place)
        assert isinstance(found, Sign)  # noqa: S101 - for the type checker
        return found

    def alternatives(self, words: Words) -> Iterator[tuple[range, Iterator[tuple[int, int]]]]:
        """Yield where alternatives stand in a text, each with its combinations and their parts."""
        often: Counter[str] = Counter()
        for start, meant in enumerate(words):
            is_denied = start > 0 and not _DOES_NOT.isdisjoint(words[start - 1])
            behind = ("", *dict.fromkeys(chain(*words[start + 1 : start + 2])))
            for first in meant if not (is_denied and not _NOT_FELT.isdisjoint(meant)) else ():
                often[first] += 1
                begun = self._beginning(first) if often[first] <= MOST_OFTEN else {}
                for alternative, pairs in chain.from_iterable(begun.get(second, ()) for second in behind):
                    span = range(start, start + len(alternative))
                    others = zip(alternative[2:], words[start + 2 : span.stop], strict=False)
                    is_whole = span.stop <= len(words) and all(own in others_meant for own, others_meant in others)
                    if is_whole and not _is_torn(alternative[-1], words[span.stop : span.stop + 2]):
                        yield span, _PAIR.iter_unpack(pairs)

    def meant_by(self, word: str) -> tuple[str, ...]:
        """Return the stems of the words that one of no language may be misspelt for; of a known word, none."""
        if len(word) < SHORTEST_MISSPELT or not word.isalpha() or is_common_english(word):
            return ()
        from massharm.search.spelling import slips  # noqa: PLC0415 - costs time at start, and is seldom needed

        known = [line.decode() for line in self.table.words.beginning_with(word[0].encode())]
        return () if word in known else tuple(dict.fromkeys(base(other) for other in slips(word, known)))

    def _beginning(self, first: str) -> dict[str, list[_Alternative]]:
        """Return the alternatives whose first stem is this one, by the second, or "" where there is none.

        They are kept: the rows of a form repeat their words.
        """
        found = self._begun.get(first)
        if found is None:
            mark, found = first.encode(), {}
            for row in self.table.lines.beginning_with(mark):
                if row[len(mark) : len(mark) + 1] in {b" ", b"\t"}:
                    words, _, pairs = row.partition(b"\t")
                    stems = words.decode().split()
                    found.setdefault("".join(stems[1:2]), []).append((stems, pairs))
            if len(self._begun) >= CACHED_STEMS:
                self._begun = {}
            self._begun[first] = found
        return found


def _is_torn(last: str, behind: Words) -> bool:
    """Whether the last stem of an alternative is half of a compound; not where a number follows: "hot, day 3"."""
    seconds = _otherwise().get(last.lstrip(_BEHIND_A_DENIAL))
    if not seconds or any(own.isdigit() for own in chain(*behind[1:])):
        return False
    return not seconds.isdisjoint(own.lstrip(_BEHIND_A_DENIAL) for own in chain(*behind[:1]))


def behind_a_denial(stem: str) -> str:
    """Return a stem as it is compared where it belongs to a denial."""
    return _BEHIND_A_DENIAL + stem


def stem_in_alternatives(word: str) -> str:
    """Return the stem that a folded word has in an alternative: "isn't moving" is kept as "not moving"."""
    return base("not" if word in SAME_AS_NOT else word)


def table_of(kb: KnowledgeBase) -> Table:
    """Return the combinations of a knowledge base, as the wheel carries them."""
    places = {sign.id: place for place, sign in enumerate(kb.file.signs)}
    kept = [entry for entry in kb.file.combinations if entry.sign in places]
    parts = [
        (number, part, texts) for number, entry in enumerate(kept) for part, texts in enumerate(entry.alternatives)
    ]
    marks = [_PAIR.pack(number, part) for number, part, _ in parts]
    typed: dict[str, list[int]] = {}
    for at, (_, _, texts) in enumerate(parts):
        for text in texts:
            typed.setdefault(text, []).append(at)
    holders: dict[str, set[int]] = {}
    base_of = cache(stem_in_alternatives)  # the same words stand in very many alternatives
    for text, where in typed.items():
        words = ["bite"] if text == "bit" else contracted(fold(text)).split()
        mark = behind_a_denial if words[:1] and words[0] in OF_THINGS else str
        if stems := " ".join(mark(base_of(word)) for word in words):
            holders.setdefault(stems, set()).update(where)
    lines = SortedLines.of(
        stems.encode() + b"\t" + b"".join(marks[at] for at in sorted(where)) for stems, where in holders.items()
    )
    vocabulary = {word for text in typed for word in text.split() if len(word) >= SHORTEST_MISSPELT and word.isalpha()}
    return Table(
        tuple(places[entry.sign] for entry in kept),
        bytes(len(entry.parts) for entry in kept),
        lines,
        SortedLines.of(word.encode() for word in vocabulary),
    )


_made: WeakKeyDictionary[KnowledgeBase, Combinations] = WeakKeyDictionary()


def _combinations_in(kb: KnowledgeBase) -> Combinations:
    """Return the combinations of a knowledge base, read or made once."""
    if kb not in _made:
        _made[kb] = Combinations(kb)
    return _made[kb]
