"""The rules of wording: names that lead to one record, tidy sentences, no doses and no promises."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Action, Advice, Question, Response, Statement
from massharm.kb.record_rules import start_of
from massharm.kb.records import (
    Citation,
    Harm,
    Mechanism,
    Precaution,
    Record,
    Sign,
    record_names,
    statements,
    strings,
)
from massharm.kb.vocabulary import AliasKind
from massharm.text import fold

_ENDS = (".", "?", "!", ".”", ".)")
DOSE = re.compile(r"\b[0-9]+(?:[.,][0-9]+)?\s?(?:mg|mcg|µg|IU|tablets?|drops)\b(?!\s?/)", re.IGNORECASE)
PROMISE = re.compile(
    r"\b(?:is|are|was|be) (?:completely |perfectly |entirely |quite )?safe (?:for you|for everybody|in all)\b"
)
_PROVENANCE = re.compile(
    r"\b(?:the article|our (?:own )?(?:grading|inference|division)|seen in a copy|recorded here"
    r"|(?:not|part|was|were) seen|this record|this knowledge base|the dossier)\b",
    re.IGNORECASE,
)
_CUT = re.compile(r"[,;:.?!](?=\s)")
"""A sign that ends a part of a description."""
_NO_IMPERATIVE = re.compile(
    r"(?:the|a|an|if|when|in|it|this|that|there|people|clients?|patients?|because|as|since|for|with|no|massage is)\b",
    re.IGNORECASE,
)
"""Words with which no instruction begins."""
MAX_ADVICE, MAX_PLAIN = 20, 40
"""The words of one instruction, and of a plain text."""
_TITLES = ("title", "edition", "licence", "notice", "absence")
"""The texts of the file itself."""


def names_are_unambiguous(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No name or alias stands twice in one record, or in two of a kind of which neither refers to the other.

    Two signs never share one: each wording has one urgency.
    """
    holders: defaultdict[tuple[str, str], list[Harm | Precaution | Sign]] = defaultdict(list)
    for record in kb:
        texts = [record.name, *(alias.text for alias in getattr(record, "aliases", ()))]
        for folded, count in Counter(map(fold, texts)).items():
            if count > 1:
                yield record.id, f"“{folded}” stands {count} times among its name and aliases"
            if len(folded) < 2:  # noqa: PLR2004 - a letter names nothing
                yield record.id, f"the alias “{folded}” is too short to be searched"
            if isinstance(record, Harm | Precaution | Sign):
                holders[record.kind, folded].append(record)
    for (_, folded), records in holders.items():
        for one, two in combinations(sorted(records, key=lambda record: record.id), 2):
            if two.id not in getattr(one, "see_also", ()) and one.id not in getattr(two, "see_also", ()):
                repair = "take it from one" if isinstance(one, Sign) else "take it from one, or refer in “see_also”"
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


def phrases_are_unbroken(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No phrase, which counts word for word, holds a sign at which a description is cut: it would never be found."""
    for record in kb:
        for alias in getattr(record, "aliases", ()):
            if alias.kind is AliasKind.PHRASE and _CUT.search(alias.text):
                yield record.id, f"the phrase “{alias.text}” is cut where its words are read; write it without the sign"


def texts_are_trimmed(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Texts have no line breaks, no blanks at their ends, and single blanks within."""
    texts = [("file", getattr(kb.file, field)) for field in _TITLES]
    texts += [(record.id, text) for record in kb for text in strings(record)]
    texts += [(record_id, note.text) for record_id, local in kb.local.items() for note in local.notes]
    for place, text in texts:
        if text != " ".join(text.split()):
            yield place, f"stray white space in “{text[:40]}”"


def sentences_are_whole(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Sentences end as sentences; names, warning signs among them, are phrases without a full stop."""
    for record in kb:
        for part in statements(record):
            if isinstance(part, Statement | Response | Action | Advice | Question) and not part.text.endswith(_ENDS):
                yield record.id, f"no full stop at the end: {start_of(part)}"
        if not isinstance(record, Citation) and record.name.endswith("."):
            yield record.id, f"the name ends with a full stop: {record.name}"
        if not record.summary.endswith(_ENDS):
            yield record.id, f"no full stop at the end of “{record.summary[-40:]}”"


def advice_is_one_instruction(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """An action, an advice, a response and what follows a yes are imperatives of at most 20 words."""
    for record in kb:
        for text in _instructions(record):
            if (count := len(text.split())) > MAX_ADVICE:
                yield record.id, f"an instruction has {count} words, more than {MAX_ADVICE}: “{text[:60]}”"
            if _NO_IMPERATIVE.match(text):
                yield record.id, f"no imperative; begin with the verb: “{text[:60]}”"


def plain_texts_are_short(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every harm, sign and precaution has a plain text of at most 40 words."""
    for record in kb:
        if isinstance(record, Harm | Sign | Precaution):
            if record.plain is None:
                yield record.id, "has no “plain” name and text for patients"
            elif (count := len(record.plain.text.split())) > MAX_PLAIN:
                yield record.id, f"its plain text has {count} words, more than {MAX_PLAIN}"


def no_provenance(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No clinical text says where its data come from: the citation, “basis” and “copy” do."""
    for record in kb:
        if isinstance(record, Harm | Mechanism | Precaution | Sign):
            for text in strings(record):
                if found := _PROVENANCE.search(text):
                    yield record.id, f"says “{found[0]}”, which is provenance: “{text[:60]}”"


def no_doses(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Nothing says how much of a medicine to take; titles of sources stand as they are."""
    for place, text in _own_texts(kb):
        if found := DOSE.search(text):
            yield place, f"names a dose, {found[0]}; leave it out"


def no_promises(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Nothing says that a massage is safe for somebody; titles of sources stand as they are."""
    for place, text in _own_texts(kb):
        if found := PROMISE.search(text):
            yield place, f"promises that something “{found[0]}”; say what is known instead"


RULES = (
    names_are_unambiguous,
    ids_leave_harms_their_words,
    phrases_are_unbroken,
    texts_are_trimmed,
    sentences_are_whole,
    advice_is_one_instruction,
    plain_texts_are_short,
    no_provenance,
    no_doses,
    no_promises,
)
"""The rules; the docstring of each states it to curators."""


def _instructions(record: Record) -> Iterator[str]:
    """Yield the texts of a record that tell somebody what to do."""
    if isinstance(record, Harm):
        yield from (part.text for part in record.response)
        yield from (part.text for part in record.prevention)
    if isinstance(record, Precaution):
        yield record.action.text
        yield from (part.text for part in record.advice)
        yield from (part.then for part in record.questions)
    if isinstance(record, Sign) and record.instruction:
        yield record.instruction.text


def _own_texts(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield the texts that are worded here, with the id of the record."""
    for record in kb:
        foreign = {record.title, record.url} if isinstance(record, Citation) else set()
        yield from ((record.id, text) for text in strings(record) if text not in foreign)
