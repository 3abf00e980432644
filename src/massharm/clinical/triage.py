"""Warning signs: those of a harm, of a region, or those that somebody describes; the most urgent first."""

from collections.abc import Collection, Iterable
from functools import cache

from msgspec import Struct

from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import select_records
from massharm.kb.records import Harm, Sign, called
from massharm.kb.vocabulary import Region, Urgency
from massharm.search.analysis import analyse, is_form_of, stems
from massharm.search.query import Correction, Query, Term, parse
from massharm.search.ranking import find, indexed
from massharm.text import fold

# The share of what the best match holds below which a harm has only common words.
_LITTLE = 0.25
# The share of a description that a sign must hold to be what is described.
_MOST = 0.6
_PAIN = frozenset(stems("pain painful sore ache aching hurts"))


class Flag(Struct, frozen=True):
    """A harm with the warning signs that were asked for, the share of the words that they hold, and what was mended."""

    harm: Harm
    signs: tuple[Sign, ...]
    share: float = 1.0
    corrections: tuple[Correction, ...] = ()

    @property
    def urgency(self) -> Urgency:
        """The most urgent of the signs."""
        return min((sign.urgency for sign in self.signs), key=lambda urgency: urgency.rank)


def redflags(kb: KnowledgeBase, words: str = "", regions: Collection[str] = ()) -> tuple[Flag, ...]:
    """Give harms with their warning signs: of all, of a harm that is named, or those whose signs are described.

    Signs that are described come by urgency, then by how much of the description they hold; how rare a harm is
    never counts. Words that say where or after what come to nothing alone: a sign must be among them.

    Raises:
        WrongUse: a region is none of the vocabulary's, or the words have no letter.
    """
    harms = [record for record in select_records(kb, "harm", {"region": tuple(regions)}) if isinstance(record, Harm)]
    signed = [harm for harm in harms if harm.warning_signs]
    if not words:
        return _ordered(Flag(harm, _sorted(harm.warning_signs)) for harm in signed)
    folded = fold(words)
    if not folded:
        raise WrongUse("there is no letter and no digit in that; describe a sign, as in: massharm redflags headache")
    named = [harm for harm in signed if folded in {fold(text) for text, _ in called(harm)}]
    if named:
        # Words that name a harm may be a sign of others too.
        rivals = [flag for flag in alarms(kb, words, least=1) if flag.harm in signed and flag.harm not in named]
        return _ordered((*(Flag(harm, _sorted(harm.warning_signs)) for harm in named), *rivals))
    return described(kb, words, signed) or _ordered(_called(kb, words, signed))


def described(kb: KnowledgeBase, words: str, harms: Iterable[Harm]) -> tuple[Flag, ...]:
    """Give the harms of which a warning sign holds one of the signs that words describe, the most urgent first."""
    asked = parse(analyse(words), indexed(kb))
    flags = [flag for harm in harms if (flag := _described(harm, asked))]
    best = max((flag.share for flag in flags), default=0)
    return _ordered(flag for flag in flags if flag.share >= _LITTLE * best)


def unread(kb: KnowledgeBase, words: str, flags: Iterable[Flag]) -> tuple[str, ...]:
    """Give the words of a description that none of these signs holds, and no name of their harms."""
    asked = parse(analyse(words), indexed(kb))
    held = [word for flag in flags for sign in flag.signs for word in stems(sign.text)]
    held += [word for flag in flags for text, _ in called(flag.harm) for word in stems(text)]
    return tuple(
        term.typed
        for term in asked.terms
        if not term.is_common and not any(is_form_of(word, other) for word in term.words for other in held)
    )


def alarms(kb: KnowledgeBase, words: str, least: int = 2) -> tuple[Flag, ...]:
    """Give the harms of which a single warning sign holds most of these words.

    At least so many of them must be more than a place or a pain, and none may have been guessed among several.
    """
    asked = parse(analyse(words), indexed(kb))
    signs = {harm: [sign for sign in harm.warning_signs if _is_sign(asked, sign, least)] for harm in kb.file.harms}
    mended = asked.corrections([_surest(term)[0] for term in asked.terms])
    return _ordered(Flag(harm, _sorted(held), 1.0, mended) for harm, held in signs.items() if held)


def _is_sign(asked: Query, sign: Sign, least: int) -> bool:
    own = stems(sign.text)
    held = [
        term
        for term in asked.terms
        if len(_surest(term)) == 1 and any(is_form_of(_surest(term)[0], other) for other in own)
    ]
    common = _places() | _PAIN
    telling = [term for term in held if not term.is_common and not common & term.words.keys()]
    return len(telling) >= least and sum(term.weight for term in held) >= _MOST * asked.total


def _surest(term: Term) -> list[str]:
    """Give the likeliest stems of a term."""
    return [word for word, likely in term.probability.items() if likely == max(term.probability.values())]


def _described(harm: Harm, asked: Query) -> Flag | None:
    """Give the signs of a harm that hold a described one: a place or a pain alone is none, but where all is."""
    common = _places() | _PAIN
    telling = [term for term in asked.terms if not term.is_common and not common & term.words.keys()] or asked.terms
    held: dict[str, str] = {}
    signs = []
    for sign in harm.warning_signs:
        found = _held(asked, sign)
        if any(term.typed in found for term in telling):
            signs.append(sign)
            held |= found
    if not signs:
        return None
    weight = sum(term.weight * term.probability[held[term.typed]] for term in asked.terms if term.typed in held)
    mended = asked.corrections([held.get(term.typed, "") for term in asked.terms])
    return Flag(harm, _sorted(signs), weight / asked.total, mended)


def _held(asked: Query, sign: Sign) -> dict[str, str]:
    """Give the words of a query that a sign holds, and the stem that stands there for each."""
    own = stems(sign.text)
    pairs = (
        (term.typed, next((word for word in term.words if any(is_form_of(word, other) for other in own)), ""))
        for term in asked.terms
    )
    return {typed: word for typed, word in pairs if word}


@cache
def _places() -> frozenset[str]:
    return frozenset(word for region in Region for word in stems(region))


def _called(kb: KnowledgeBase, words: str, harms: Collection[Harm]) -> list[Flag]:
    """Give the signs of the harms that a search finds by these words."""
    return [
        Flag(hit.record, _sorted(hit.record.warning_signs), hit.score / 100, hit.corrections)
        for hit in find(kb, words, kinds=("harm",))
        if isinstance(hit.record, Harm) and hit.record in harms
    ]


def _sorted(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    return tuple(sorted(signs, key=lambda sign: sign.urgency.rank))


def _ordered(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    return tuple(
        sorted(
            flags,
            key=lambda flag: (
                flag.urgency.rank,
                -round(flag.share, 6),
                flag.harm.severity.rank,
                flag.harm.name.casefold(),
            ),
        )
    )
