"""Red flags: all warning signs, those of a harm or a region, or those that somebody describes, by urgency."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from massharm.clinical.reading import Reading, read
from massharm.clinical.screening import known_of
from massharm.clinical.selection import concerns
from massharm.clinical.triage import PresentSign, most_urgent_first, raise_together
from massharm.errors import WrongUse
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import select_records
from massharm.kb.records import Harm, Record, Sign
from massharm.kb.vocabulary import AliasKind, RecognisedKind, SignLink
from massharm.search.analysis import analyse, check_size
from massharm.search.query import Query, parse
from massharm.search.ranking import TEXT, find, indexed

NEAR, NEAR_LIMIT = 3, 12
"""How many harms and signs are offered where no sign is recognised, and among how many that a search finds."""


class RedFlags(Struct, frozen=True):
    """Warning signs, the most urgent first, and where they come from.

    `harm` is the harm that was named, whose signs they are; `described` tells signs that were recognised in a
    description from signs that are listed. Without signs, `near` are the harms that the words lead to, of which those
    with the words in their names stand alone, and `near_signs` the signs that they may mean. `denied` tells that all
    signs among the words were denied or are past.
    `unmatched_words` are those that no sign holds.
    """

    signs: tuple[PresentSign, ...]
    harm: Harm | None = None
    described: bool = False
    near: tuple[Harm, ...] = ()
    near_signs: tuple[Sign, ...] = ()
    denied: bool = False
    unmatched_words: tuple[str, ...] = ()


def redflags(kb: KnowledgeBase, words: str = "", regions: Collection[str] = ()) -> RedFlags:
    """Return all warning signs, those of the harm that is named, or those that are described.

    They stand by urgency, however rare their harms are. Regions leave only the signs of harms of massage there.

    Raises:
        WrongUse: a region is none of the vocabulary's, or the words have no letter and no digit or are too many.
    """
    check_size(words)
    tokens = analyse(words)
    if words and not tokens:
        raise WrongUse("there is no letter and no digit in that; describe a sign, as in: massharm redflags headache")
    harms = (
        {record.id: record for record in select_records(kb, "harm", {"region": tuple(regions)})} if regions else None
    )
    allowed = None if harms is None else _signs_of(harms.values())
    if not words:
        return RedFlags(most_urgent_first(_listed(sign for sign in kb.file.signs if _is_in(allowed, sign))))
    asked = parse(tokens, indexed(kb), by_names=True)
    named = next((harm for harm in _named(kb, asked) if harms is None or harm.id in harms), None)
    if named:
        return RedFlags(tuple(_listed(sign for sign, _ in kb.signs_of(named))), harm=named)
    said = read(kb, words)
    present = tuple(
        part for part in raise_together(said.signs, known_of(kb, words, said)) if _is_in(allowed, part.sign)
    )
    if present:
        return RedFlags(present, described=True, unmatched_words=said.unknown)
    hits = () if _is_idle(said) else find(kb, words, kinds=("harm", "sign"), limit=NEAR_LIMIT, by_sayings=True)
    harms_near = [(hit.record, hit.score > TEXT) for hit in hits if isinstance(hit.record, Harm)]
    is_any_named = any(is_named for _, is_named in harms_near)
    return RedFlags(
        (),
        near=tuple(record for record, is_named in harms_near if is_named or not is_any_named)[:NEAR],
        near_signs=tuple(hit.record for hit in hits if isinstance(hit.record, Sign))[:NEAR],
        denied=any(isinstance(mention.record, Sign) for part in said.aside for mention in part.mentions),
        unmatched_words=said.unknown,
    )


def fitting(kb: KnowledgeBase, signs: Sequence[Sign]) -> tuple[Harm, ...]:
    """Return the harms that at least two signs belong to: those of most signs first, the worst, the most typical.

    Harms of infants and in pregnancy are left out: their own signs name them.
    """
    held: Counter[str] = Counter()
    typical: Counter[str] = Counter()
    for sign in signs:
        held.update(kb.harm_ids_with(sign))
        typical.update(kb.harm_ids_with(sign, SignLink.CHARACTERISTIC))
    shared = kb.linked(Harm, [name for name, count in held.items() if count > 1])
    found = [harm for harm in shared if concerns(harm, ())]
    return tuple(sorted(found, key=lambda harm: (-held[harm.id], harm.severity.rank, -typical[harm.id])))


def _is_idle(said: Reading) -> bool:
    """Whether words are only such as name no illness, as in "I feel fine": they lead to no harm."""
    is_known = bool(said.recognised) and all(part.kind is RecognisedKind.WORD for part in said.recognised)
    return is_known and not (said.unknown or said.found or said.aside)


def _signs_of(harms: Iterable[Record]) -> frozenset[str]:
    return frozenset(part.sign for harm in harms if isinstance(harm, Harm) for part in harm.warning_signs)


def _is_in(allowed: Collection[str] | None, sign: Sign) -> bool:
    """Whether a sign is among those that are allowed; without any limit all are."""
    return allowed is None or sign.id in allowed


def _named(kb: KnowledgeBase, asked: Query) -> Iterator[Harm]:
    """Yield the harms that a description names; none where it names a sign, which then is what somebody has.

    Words that only lead to a harm are no name of it. Only records whose names have all its words are looked at.
    """
    records = indexed(kb).records
    places = set.intersection(*(set(term.names) for term in asked.terms))
    called = [records[place] for place in sorted(places) if _is_called(records[place], asked.folded, kb)]
    if not any(isinstance(record, Sign) for record in called):
        yield from (record for record in called if isinstance(record, Harm))


def _is_called(record: Record, folded: str, kb: KnowledgeBase) -> bool:
    return any(name.folded == folded and name.kind is not AliasKind.RELATED for name in kb.names_of(record))


def _listed(signs: Iterable[Sign]) -> Iterator[PresentSign]:
    """Yield signs that are listed, and that nobody is said to have."""
    return (PresentSign(sign, "", sign.urgency) for sign in signs)
