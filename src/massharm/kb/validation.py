"""What must be true across the records of a knowledge base: the rules of the data, each a function."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from massharm.kb import store
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import (
    KINDS,
    Advice,
    Case,
    Citation,
    Harm,
    Lesson,
    Mechanism,
    Myth,
    Precaution,
    Record,
    Sign,
    Statement,
    Term,
    statements,
    strings,
)
from massharm.kb.vocabulary import Bearing, Severity, Study
from massharm.text import fold

COMMENTARY = frozenset({3, 6, 7, 8, 9, 10, 18, 28, 29})
"""The notes of the source article that are comments and no publications."""
NOTES = range(30)
"""The article itself and its notes, whose numbers stand for ever."""
_BIBLIOGRAPHIC = (
    "authors", "title", "container", "year", "month", "volume", "issue", "pages", "article_number",
    "pmid", "pmcid", "doi", "publisher", "language",
)  # fmt: skip
_LINKS: dict[type[Record], dict[str, tuple[str, ...]]] = {
    Harm: {"mechanisms": ("mechanism",), "risk_factors": ("precaution",), "see_also": tuple(KINDS)},
    Case: {"harms": ("harm",), "precautions": ("precaution",)},
    Precaution: {"harms": ("harm",)},
    Term: {"see_also": tuple(KINDS)},
    Myth: {"see_also": tuple(KINDS)},
    Lesson: {"see_also": tuple(KINDS)},
}
"""Fields that hold ids, and the kinds of record that they may name."""
_ENDS = (".", "?", "!", ".”", ".)")


class Finding(NamedTuple):
    """Something wrong: where, against which rule, and what to do."""

    place: str
    rule: str
    message: str


Rule = Callable[[KnowledgeBase], Iterator[tuple[str, str]]]


def check(kb: KnowledgeBase, raw: bytes, path: str) -> Iterator[Finding]:
    """Try every rule on a knowledge base and on the text it was read from."""
    for place, message in _layout(kb, raw, path):
        yield Finding(place, "layout", message)
    for place, message in _repeated_keys(raw):
        yield Finding(place, "repeated-keys", message)
    for rule in RULES:
        for place, message in rule(kb):
            yield Finding(place, rule.__name__.replace("_", "-"), message)


def _layout(kb: KnowledgeBase, raw: bytes, path: str) -> Iterator[tuple[str, str]]:
    """The file is in its canonical layout and order, so that a change shows as what it is."""
    wanted = store.encode(kb.file)
    if wanted != raw:
        lines = zip(wanted.splitlines(), raw.splitlines(), strict=False)
        first = next((number for number, (one, two) in enumerate(lines, 1) if one != two), "the last")
        yield f"line {first}", f"not in the canonical layout; repair with: massharm validate --fix {path}"


def _repeated_keys(raw: bytes) -> Iterator[tuple[str, str]]:
    """No object names a field twice: readers keep the last and lose the rest."""
    found: list[tuple[str, str]] = []

    def pairs(rows: list[tuple[str, Any]]) -> dict[str, Any]:
        for key, count in Counter(key for key, _ in rows).items():
            if count > 1:
                names = dict(rows)
                found.append(
                    (
                        str(names.get("id", names.get("key", "file"))),
                        f"the field “{key}” stands {count} times; keep one",
                    )
                )
        return dict(rows)

    json.loads(raw, object_pairs_hook=pairs)
    yield from found


def unique_ids(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every id is used once in the whole file, withdrawn ones included."""
    ids = [record.id for record in kb] + [gone.id for gone in kb.file.withdrawn]
    for name, count in Counter(ids).items():
        if count > 1:
            yield name, f"{count} records have this id; rename all but one"


def unique_numbers(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every number of a citation is used once, for ever."""
    for number, count in Counter(cited.number for cited in kb.file.citations).items():
        if count > 1:
            yield f"citation {number}", f"{count} citations have this number; give the newer one the next free number"


def notes_of_the_article(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The article is 0, its notes are 1 to 29, and its comments are commentary."""
    for number in NOTES:
        cited = kb.by_number.get(number)
        if cited is None:
            yield f"citation {number}", "missing; the article and its 29 notes keep their numbers"
        elif (number in COMMENTARY) != (cited.kind_of_study is Study.COMMENTARY):
            kind = "commentary" if number in COMMENTARY else "a publication"
            yield f"citation {number}", f"this note of the article is {kind}, not {cited.kind_of_study}"


def unique_publications(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No publication stands under two numbers."""
    for field in ("pmid", "pmcid", "doi", "url"):
        held: dict[str, int] = {}
        for cited in kb.file.citations:
            value = getattr(cited, field)
            if value and value in held:
                yield (
                    cited.key,
                    f"{field} {value} is that of citation {held[value]} too; merge them and withdraw one key",
                )
            elif value:
                held[value] = cited.number


def known_fields(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every bibliographic field that is filled says where it was seen, and none says so that is empty.

    Comments have no record of their own: their titles are ours.
    """
    for cited in kb.file.citations:
        if cited.kind_of_study is Study.COMMENTARY:
            continue
        seen = {field for check in cited.checked for field in check.fields}
        filled = {field for field in _BIBLIOGRAPHIC if getattr(cited, field) is not None}
        for field in _BIBLIOGRAPHIC:
            if field in filled - seen:
                yield cited.key, f"“{field}” is filled, but no entry of “checked” says where it was seen"
        for field in sorted(seen - filled):
            yield cited.key, f"“checked” names “{field}”, which is empty or no bibliographic field"


def whole_citations(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A publication has a title and somebody who wrote it; a page on the web a title, a publisher and an address.

    What was seen nowhere stays empty, and the caution says so.
    """
    for cited in kb.file.citations:
        if cited.kind_of_study is Study.COMMENTARY:
            continue
        missing = [] if cited.title else ["title"]
        if cited.kind_of_study in {Study.WEB_PAGE, Study.PRESS}:
            missing += [field for field in ("publisher", "url") if getattr(cited, field) is None]
            if cited.seen_on is None and not cited.caution:
                missing.append("seen_on")
        elif not cited.authors and not cited.publisher and not cited.caution:
            missing.append("authors")
        for field in missing:
            yield cited.key, f"“{field}” is needed; where it was seen nowhere, “caution” must say so"
        if cited.doi and cited.doi != cited.doi.lower():
            yield cited.key, f"the DOI is not in lower case: {cited.doi}"


def links_resolve(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every id and number that a record names exists and is of the right kind."""
    for record in kb:
        for field, kinds in _LINKS.get(type(record), {}).items():
            for name in getattr(record, field):
                if name not in kb.by_id or kb.by_id[name].kind not in kinds:
                    yield record.id, f"“{field}” names {name}, which is no {' or '.join(kinds)}"
                elif name == record.id:
                    yield record.id, f"“{field}” names the record itself"
        for number in kb.citations_of(record):
            if number not in kb.by_number:
                yield record.id, f"cites {number}, which is no citation"
    for gone in kb.file.withdrawn:
        if gone.heir not in kb.by_id:
            yield gone.id, f"its heir {gone.heir} does not exist"


def everything_cited(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every statement, warning sign, figure and piece of advice carries citation numbers, each once."""
    for record in kb:
        whole = (record,) if isinstance(record, Harm | Case | Mechanism | Lesson) else ()
        for part in (*whole, *statements(record)):
            if not part.citations:
                yield record.id, f"uncited: {_start(part)}"
            elif len(set(part.citations)) < len(part.citations):
                yield record.id, f"cites a number twice: {_start(part)}"


def everything_used(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every mechanism and precaution has a harm, and every citation is cited."""
    linked: tuple[Mechanism | Precaution, ...] = (*kb.file.mechanisms, *kb.file.precautions)
    for record in linked:
        if not kb.harms_of(record):
            yield record.id, "no harm refers to it"
    for cited in kb.file.citations:
        if not kb.cited_by(cited) and cited.kind_of_study is not Study.COMMENTARY:
            yield cited.key, "nothing cites it; link its finding to a harm, a term or a precaution"


def harms_are_reported(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every harm has a case or a study, says what is not known, and is worded within its limits."""
    for harm in kb.file.harms:
        if not kb.cases_of(harm) and not harm.findings:
            yield harm.id, "has neither a case nor a finding of a study"
        if not harm.uncertainty:
            yield harm.id, "“uncertainty” is empty; say what is not known"


def severity_follows(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A harm is serious if, and only if, a report of it met a seriousness criterion."""
    for harm in kb.file.harms:
        outcomes = kb.outcomes(harm)
        if outcomes and harm.severity is not Severity.SERIOUS:
            yield harm.id, f"is {harm.severity}, though {', '.join(outcomes)} was reported; make it serious"
        if not outcomes and harm.severity is Severity.SERIOUS:
            yield harm.id, "is serious, but neither it nor a case of it has an outcome; add the outcome or lower it"


def nothing_typed_twice(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A harm holds no outcome, region or technique that its cases give, and no study in favour that is one of them."""
    for harm in kb.file.harms:
        cases = kb.cases_of(harm)
        for field in ("outcomes", "regions", "techniques"):
            told = {value for case in cases for value in getattr(case, field)}
            for value in getattr(harm, field):
                if value in told:
                    yield harm.id, f"“{field}” holds {value}, which follows from its cases; take it out"
        told = {case.citations[0] for case in cases if not kb.is_anecdote(case)}
        told -= {number for number in told if kb.by_number[number].kind_of_study is Study.SYSTEMATIC_REVIEW}
        for finding in harm.findings:
            if finding.citation in told and finding.bearing is Bearing.SUPPORTS:
                yield harm.id, f"“findings” repeats citation {finding.citation}, which is one of its cases; take it out"


def names_are_unambiguous(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No name or alias is claimed by two harms of which neither refers to the other, nor twice by one record."""
    held: dict[str, list[Harm]] = {}
    for record in kb:
        texts = [record.name, *(alias.text for alias in getattr(record, "aliases", ()))]
        for folded, count in Counter(map(fold, texts)).items():
            if count > 1:
                yield record.id, f"“{folded}” stands {count} times among its name and aliases"
            if len(folded) < 2:  # noqa: PLR2004 - a letter names nothing
                yield record.id, f"the alias “{folded}” is too short to be searched"
            if isinstance(record, Harm):
                held.setdefault(folded, []).append(record)
    for folded, harms in held.items():
        for one in harms:
            for two in harms:
                if one.id < two.id and two.id not in one.see_also and one.id not in two.see_also:
                    yield (
                        one.id,
                        f"“{folded}” names {two.id} too; take it from one, or let one refer to the other in “see_also”",
                    )


def ids_leave_harms_their_words(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No other record takes as its id what a harm is called: who types it means the harm."""
    called = {fold(alias.text): harm.id for harm in kb.file.harms for alias in harm.aliases if alias.kind != "related"}
    for record in kb:
        harm = called.get(fold(record.id))
        if harm and not isinstance(record, Harm):
            yield record.id, f"is what {harm} is called; give it another id, as in {record.kind}-{record.id}"


def cases_are_reported(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A case rests first on what reports or tabulates cases, or on an anecdote, and belongs to a harm."""
    told = {Study.CASE_REPORT, Study.CASE_SERIES, Study.OBSERVATIONAL, Study.EXPERIMENT, Study.TRIAL, Study.PRESS}
    told |= {Study.ARTICLE, Study.WEB_PAGE, Study.SYSTEMATIC_REVIEW}
    for case in kb.file.cases:
        first = kb.by_number.get(case.citations[0]) if case.citations else None
        if first is not None and first.kind_of_study not in told:
            yield case.id, f"its first citation, {first.number}, is a {first.kind_of_study}; put the report first"
        if not case.harms:
            yield case.id, "is a case of no harm"


def codes_are_formed(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """An ICD-10-CM entry has a code of that form; a MeSH heading has none but its name."""
    for harm in kb.file.harms:
        for code in harm.codes:
            formed = re.fullmatch(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", code.code or "")
            if (code.system == "ICD-10-CM") != bool(formed):
                yield harm.id, f"{code.system} {code.code} “{code.name}” is not formed as that system's"


def texts_are_tidy(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Texts are trimmed, with single blanks; sentences end as sentences, names do not."""
    for record in kb:
        for text in strings(record):
            if text != " ".join(text.split()):
                yield record.id, f"stray white space in “{text[:40]}”"
        for part in statements(record):
            if isinstance(part, Statement | Advice) and not part.text.endswith(_ENDS):
                yield record.id, f"no full stop at the end: {_start(part)}"
            if isinstance(part, Sign) and part.text.endswith("."):
                yield record.id, f"a warning sign is a phrase, without a full stop: {_start(part)}"
        if not isinstance(record, Citation) and record.name.endswith("."):
            yield record.id, f"the name ends with a full stop: {record.name}"
        if not record.summary.endswith(_ENDS):
            yield record.id, f"no full stop at the end of “{record.summary[-40:]}”"


RULES: tuple[Rule, ...] = (
    unique_ids,
    unique_numbers,
    notes_of_the_article,
    unique_publications,
    known_fields,
    whole_citations,
    links_resolve,
    everything_cited,
    everything_used,
    harms_are_reported,
    severity_follows,
    nothing_typed_twice,
    names_are_unambiguous,
    ids_leave_harms_their_words,
    cases_are_reported,
    codes_are_formed,
    texts_are_tidy,
)
"""The rules that look at records; the docstring of each is the rule as told to curators."""


def _start(part: Any) -> str:
    return f"“{(getattr(part, 'text', None) or getattr(part, 'measure', None) or part.summary)[:60]}”"
