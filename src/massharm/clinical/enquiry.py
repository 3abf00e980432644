"""A search completed by the clinical reading: people describe what they see, and no record bears such a name.

"Cuff says 190 over 125" names nothing, yet `redflags` and `screen` know what it means. Where the names and texts of
records answer a query weakly or not at all, the signs and precautions that these would report lead the hits.
"""

import re
from collections.abc import Collection, Sequence

from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS, Medicine, Precaution, Record, Sign
from massharm.kb.vocabulary import Urgency, one_of
from massharm.search import ranking
from massharm.search.analysis import analyse
from massharm.search.ranking import TEXT, Hit, MatchType
from massharm.search.subjects import is_other_subject

WEAK = 38
"""Below this score, words that stand scattered in a record tell less than the reading of the whole query."""
DESCRIPTION = 3
"""A query of fewer words describes nothing."""
COMPARED = 10
"""How many hits are looked at for those that the reading names too; these lead."""
_DONE = re.compile(r"\b(?:after|from|since|following|by|left|gave|made|causes?|caused)\b")
"""Words by which a query tells or asks what a massage did: then a harm is meant before a condition of the client."""


def find(kb: KnowledgeBase, query: str, *, kinds: Collection[str] = (), limit: int | None = 10) -> tuple[Hit, ...]:
    """Return the hits of a query as `ranking.find` does, and where these are weak, what the query describes first.

    A hit of the reading shows the name of its record as what matched; no such hit is exact. A query without any other
    hit is answered only if it describes a warning sign or names a medicine: a precaution alone may be of another
    subject.

    Raises:
        WrongUse: as `ranking.find`.
    """
    hits = ranking.find(kb, query, kinds=kinds, limit=limit)
    tokens = analyse(query)
    if (hits and hits[0].score >= WEAK) or len(tokens) < DESCRIPTION:
        return hits
    if limit is not None and limit < COMPARED:
        hits = ranking.find(kb, query, kinds=kinds, limit=COMPARED)
    folded = " ".join(token.folded for token in tokens)
    if not hits and is_other_subject(folded, frozenset(token.stem for token in tokens)):
        return ()
    wanted = {one_of(kind, KINDS, "--kind") for kind in kinds}
    read = [record for record in _recognised(kb, query, is_found=bool(hits)) if not wanted or record.kind in wanted]
    if hits and not isinstance(hits[0].record, Precaution | Sign) and _DONE.search(folded):
        read = [record for record in read if isinstance(record, Sign)]
    return tuple(_merged(hits, read)[:limit])


def _recognised(kb: KnowledgeBase, query: str, *, is_found: bool) -> Sequence[Record]:
    """Return the signs that a query describes, the most urgent first, then the precautions, the strictest first.

    Where nothing else was found, a precaution alone may be of another subject; a medicine is none.
    """
    from massharm.clinical.screening import Plan, screen  # noqa: PLC0415 - most queries are answered by names

    found = screen(kb, query, Plan())
    signs = [part.sign for part in found.alarms]
    medicines = [] if signs or is_found else [medicine for medicine, _ in found.medicines]
    return [*signs, *medicines, *(found.precautions if signs or medicines or is_found else ())]


def _merged(hits: Sequence[Hit], read: Sequence[Record]) -> list[Hit]:
    """Put what was read before the hits: signs by urgency, then precautions; of each, first what is a hit too."""
    place = {hit.record.id: number for number, hit in enumerate(hits[:COMPARED])}

    def order(record: Record) -> tuple[int, bool, int]:
        rank = record.urgency.rank if isinstance(record, Sign) else len(Urgency)
        return rank, not isinstance(record, Medicine), place.get(record.id, COMPARED)

    leading = sorted(read, key=order)
    ids = {record.id for record in leading}
    first = [
        Hit(record, max(TEXT - number, WEAK), MatchType.ALIAS, record.name) for number, record in enumerate(leading)
    ]
    return [*first, *(hit for hit in hits if hit.record.id not in ids)]
