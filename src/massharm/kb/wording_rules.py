"""The rules of wording: names that lead to one record, tidy sentences, no doses and no promises."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Advice, Sign, Statement
from massharm.kb.record_rules import start_of
from massharm.kb.records import Citation, Harm, record_names, statements, strings
from massharm.kb.vocabulary import AliasKind
from massharm.text import fold

_ENDS = (".", "?", "!", ".”", ".)")
_DOSE = re.compile(r"\b[0-9]+(?:[.,][0-9]+)?\s?(?:mg|mcg|µg|IU|tablets?|drops)\b(?!\s?/)", re.IGNORECASE)
_PROMISE = re.compile(
    r"\b(?:is|are|was|be) (?:completely |perfectly |entirely |quite )?safe (?:for you|for everybody|in all)\b"
)
_TITLES = ("title", "edition", "licence", "notice", "absence")
"""The texts of the file itself."""


def names_are_unambiguous(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No name or alias is claimed by two harms of which neither refers to the other, nor twice by one record."""
    holders: defaultdict[str, list[Harm]] = defaultdict(list)
    for record in kb:
        texts = [record.name, *(alias.text for alias in getattr(record, "aliases", ()))]
        for folded, count in Counter(map(fold, texts)).items():
            if count > 1:
                yield record.id, f"“{folded}” stands {count} times among its name and aliases"
            if len(folded) < 2:  # noqa: PLR2004 - a letter names nothing
                yield record.id, f"the alias “{folded}” is too short to be searched"
            if isinstance(record, Harm):
                holders[folded].append(record)
    for folded, harms in holders.items():
        for one, two in combinations(sorted(harms, key=lambda harm: harm.id), 2):
            if two.id not in one.see_also and one.id not in two.see_also:
                repair = "take it from one, or let one refer to the other in “see_also”"
                yield one.id, f"“{folded}” names {two.id} too; {repair}"


def ids_leave_harms_their_words(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No other record takes as its id what a harm is called: who types it means the harm."""
    harm_ids = {
        fold(text): harm.id
        for harm in kb.file.harms
        for text, kind in record_names(harm)
        if kind not in {None, AliasKind.RELATED}
    }
    for record in kb:
        harm_id = harm_ids.get(fold(record.id))
        if harm_id and not isinstance(record, Harm):
            yield record.id, f"is what {harm_id} is called; give it another id, as in {record.kind}-{record.id}"


def texts_are_trimmed(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Texts have no line breaks, no blanks at their ends, and single blanks within."""
    texts = [("file", getattr(kb.file, field)) for field in _TITLES]
    texts += [(record.id, text) for record in kb for text in strings(record)]
    for place, text in texts:
        if text != " ".join(text.split()):
            yield place, f"stray white space in “{text[:40]}”"


def sentences_are_whole(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Sentences end as sentences; names and warning signs are phrases, without a full stop."""
    for record in kb:
        for part in statements(record):
            if isinstance(part, Statement | Advice) and not part.text.endswith(_ENDS):
                yield record.id, f"no full stop at the end: {start_of(part)}"
            if isinstance(part, Sign) and part.text.endswith("."):
                yield record.id, f"a warning sign is a phrase, without a full stop: {start_of(part)}"
        if not isinstance(record, Citation) and record.name.endswith("."):
            yield record.id, f"the name ends with a full stop: {record.name}"
        if not record.summary.endswith(_ENDS):
            yield record.id, f"no full stop at the end of “{record.summary[-40:]}”"


def no_doses(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Nothing says how much of a medicine to take; titles of sources stand as they are."""
    for place, text in _own_texts(kb):
        if found := _DOSE.search(text):
            yield place, f"names a dose, {found[0]}; leave it out"


def no_promises(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Nothing says that a massage is safe for somebody; titles of sources stand as they are."""
    for place, text in _own_texts(kb):
        if found := _PROMISE.search(text):
            yield place, f"promises that something “{found[0]}”; say what is known instead"


RULES = (
    names_are_unambiguous,
    ids_leave_harms_their_words,
    texts_are_trimmed,
    sentences_are_whole,
    no_doses,
    no_promises,
)
"""The rules; the docstring of each states it to curators."""


def _own_texts(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield the texts that are worded here, with the id of the record."""
    for record in kb:
        foreign = {record.title, record.url} if isinstance(record, Citation) else set()
        yield from ((record.id, text) for text in strings(record) if text not in foreign)
