"""The public functions of the package: the answers of `--json` as objects, and an engine for services.

An answer is a frozen Struct; its fields and its JSON are described by `massharm schema --answers`, and
`to_dict()` returns it as built-in values. No answer says that a massage is safe: show its `notice` to people.
"""

from collections.abc import Collection, Iterable

from massharm.clinical.enquiry import find as find_hits
from massharm.clinical.evidence import survey
from massharm.clinical.redflags import redflags as signs_of
from massharm.clinical.screening import Plan
from massharm.clinical.screening import screen as read_client
from massharm.errors import NotFound
from massharm.exports.clinical import RedflagsAnswer, ScreenAnswer, redflags_answer, screen_answer
from massharm.exports.evidence import EvidenceAnswer, evidence_answer
from massharm.exports.hits import SearchAnswer, search_answer
from massharm.exports.rows import CiteAnswer, cite_answer
from massharm.kb.base import KnowledgeBase
from massharm.kb.filters import vocabulary_words
from massharm.kb.records import Record
from massharm.search.resolve import resolve_citations
from massharm.search.suggestions import suggest


def find(kb: KnowledgeBase, words: str, *, kinds: Collection[str] = (), limit: int | None = 5) -> SearchAnswer:
    """Return the hits of a search, best first, or the names that it may have meant; `limit=None` gives all hits.

    Raises:
        WrongUse: the words hold no letter and no digit or are too long, a kind does not exist, or the limit is 0.
    """
    hits = find_hits(kb, words, kinds=kinds, limit=limit)
    return search_answer(kb, words, hits, () if hits else suggest(kb, words, kinds=kinds))


def screen(  # noqa: PLR0913 - the parts of a plan are named apart, as on the command line
    kb: KnowledgeBase,
    client: str,
    *,
    regions: Iterable[str] = (),
    techniques: Iterable[str] = (),
    providers: Iterable[str] = (),
    full: bool = False,
) -> ScreenAnswer:
    """Return what bears on a client, described in free words or by a pasted form, and on the massage that is planned.

    Without `full`, the answer holds only the most urgent of the signs at which to stop.

    Raises:
        WrongUse: nothing is described, the description is too long, or the plan has a word of no vocabulary.
    """
    plan = Plan(
        vocabulary_words("region", regions, "regions"),
        vocabulary_words("technique", techniques, "techniques"),
        vocabulary_words("provider", providers, "providers"),
    )
    return screen_answer(kb, client, read_client(kb, client, plan), full=full)


def redflags(kb: KnowledgeBase, words: str = "", *, regions: Iterable[str] = ()) -> RedflagsAnswer:
    """Return the warning signs that are described, those of the harm that is named, or without words all.

    Raises:
        WrongUse: the words hold no letter and no digit or are too long, or a region is none.
    """
    return redflags_answer(kb, words, signs_of(kb, words, vocabulary_words("region", regions, "regions")))


def cite(kb: KnowledgeBase, *references: str | int, record: Record | None = None) -> CiteAnswer:
    """Return citations with their references in Vancouver style: those named, then those that a record rests on.

    A reference is a number, a range such as "3-7", a key, a PMID, a PMCID or a DOI.

    Raises:
        NotFound: a reference means no citation; the message names it.
    """
    asked = [str(reference) for reference in references]
    found, unknown = resolve_citations(kb, asked)
    if unknown:
        raise NotFound(f"no citation matches {', '.join(unknown)}; kb.citations holds all of them")
    if record is not None:
        asked.append(record.id)
        found += [citation for citation in kb.cited(kb.references_of(record)) if citation not in found]
    return cite_answer(kb, asked, found)


def evidence(kb: KnowledgeBase) -> EvidenceAnswer:
    """Return the evidence map: how many harms and published reports there are of each severity and strength."""
    return evidence_answer(kb, survey(kb))
