"""The rules of records of every kind: their citations, lists, signs, aliases, names and codes."""

import re
from collections import Counter
from collections.abc import Iterator

from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Advice, Cited, Code, Figure, LinkedHarm, LinkedSign, RaisedBy, When
from massharm.kb.records import Case, Harm, Lesson, Mechanism, Medicine, Precaution, Record, Sign, Term, statements
from massharm.kb.vocabulary import SCALES, AliasKind, Asked, MedicineNameKind
from massharm.text import fold

_ICD_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")


def everything_cited(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Every statement, warning sign, action, figure and piece of advice carries citation numbers, each once.

    A term, a medicine and what is local may do without; one that cites names each number once too.
    """
    for record in kb:
        whole = (record,) if isinstance(record, Harm | Case | Mechanism | Medicine | Sign | Lesson | Term) else ()
        for part in (*whole, *statements(record)):
            if not part.citations and not isinstance(part, Term | Medicine) and not _is_local(part, record, kb):
                yield record.id, f"uncited: {start_of(part)}"
            elif len(set(part.citations)) < len(part.citations):
                yield record.id, f"cites a number twice: {start_of(part)}"


def _is_local(part: Cited | Record, record: Record, kb: KnowledgeBase) -> bool:
    """Whether a part of a record comes from an overlay."""
    local = kb.local.get(record.id)
    return local is not None and (local.by is not None or (isinstance(part, Advice) and part.text in local.advice))


def lists_hold_each_word_once(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """No list of ids, links, words of a vocabulary or short texts holds one twice; authors may share a name."""
    for record in kb:
        for field in record.__struct_fields__:
            words = getattr(record, field)
            if field != "authors" and type(words) is tuple:
                for word, count in Counter(filter(None, map(_held, words))).items():
                    if count > 1:
                        yield record.id, f"“{field}” holds “{word}” {count} times; keep one"


def _held(part: object) -> str | None:
    """Return a member of a list that is a word, or the id to which it links; of other members none."""
    match part:
        case str():
            return part
        case LinkedSign():
            return part.sign
        case LinkedHarm():
            return part.harm
    return None


def signs_lead_somewhere(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A sign that no harm has says in “instead” what it may be."""
    for sign in kb.file.signs:
        if not kb.harms_with(sign) and not sign.instead:
            yield sign.id, "is a sign of no harm; link it, or say in “instead” what it may be"


def raised_urgencies_are_higher(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """What raises a sign makes it more urgent than it is, and says under which circumstances."""
    for sign in kb.file.signs:
        for part in sign.raised_by:
            if part.urgency.rank >= sign.urgency.rank:
                yield sign.id, f"is raised to {part.urgency}, which is no more urgent than {sign.urgency}"
            if part.circumstances == When():
                yield sign.id, "is raised by nothing; say in “with” by what"


def unknown_numbers_are_asked(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """An advice that is stricter than the action from some number on has a question that asks for the number.

    An age is asked for by the program itself.
    """
    for record in kb.file.precautions:
        asked = {part.asks for part in record.questions}
        for part in record.advice:
            if part.when and part.level.rank < record.level.rank:
                for number in Asked:
                    if number is not Asked.AGE and getattr(part.when, number) is not None and number not in asked:
                        yield record.id, f"no question asks for “{number}”, on which advice depends: {start_of(part)}"


def narrower_aliases_are_answered(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A narrower alias of a precaution names the advice or the question that answers it, or its action."""
    for record in kb.file.precautions:
        keys = [part.key for part in record.advice if part.key] + [part.key for part in record.questions if part.key]
        for alias in record.aliases:
            if alias.kind is AliasKind.NARROWER and alias.answered_by not in {*keys, "action"}:
                yield record.id, f"nothing answers the narrower alias “{alias.text}”; name a key in “answered_by”"
            if alias.kind is AliasKind.RELATED:
                yield record.id, f"the alias “{alias.text}” is only related; it belongs to a record of its own"
        for key, count in Counter(keys).items():
            if count > 1:
                yield record.id, f"the key {key} stands {count} times; rename one"


def medicine_names_are_sound(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A brand names its generic; no generic stands in two classes."""
    holders: dict[str, str] = {}
    for record in kb.file.medicines:
        generics = {name.text for name in record.names if name.kind is MedicineNameKind.GENERIC}
        for name in record.names:
            if name.kind is MedicineNameKind.BRAND and name.generic is None:
                yield record.id, f"the brand {name.text} names no generic"
        for generic in sorted(generics):
            if generic in holders:
                yield record.id, f"{generic} is of {holders[generic]} too; keep it in one class"
            holders[generic] = record.id


def codes_are_formed(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """An ICD-10-CM entry has a code of that form; a MeSH heading has none but its name."""
    coded: list[tuple[str, Code]] = [
        (record.id, code) for record in kb if isinstance(record, Harm | Precaution | Sign) for code in record.codes
    ]
    coded += [(f"recognised: {part.name}", part.code) for part in kb.file.recognised if part.code]
    for place, code in coded:
        formed = code.code is None if code.system == "MeSH" else _ICD_CODE.fullmatch(code.code or "")
        if not formed:
            yield place, f"{code.system} {code.code} “{code.name}” is not formed as that system's"


def figures_are_counted(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A figure has a numerator that its denominator can hold, or else a percentage as printed; not both."""
    counted = {record.id: record.frequency for record in kb.file.harms}
    counted |= {record.id: record.frequency for record in kb.file.lessons}
    for record, figures in counted.items():
        for figure in figures:
            if (figure.numerator is None) == (figure.percent is None):
                yield record, f"{start_of(figure)} needs a “numerator” or else a “percent”, and not both"
            elif figure.numerator is not None and figure.numerator > figure.denominator:
                yield record, f"{start_of(figure)} counts more than its denominator"


def combinations_say_signs(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """A combination names a sign; of each part the alternatives are words, each once."""
    for entry in kb.file.combinations:
        place = f"combinations: {entry.sign}"
        if not isinstance(kb.by_id.get(entry.sign), Sign):
            yield place, "the combination names no sign; find the id with: massharm list sign"
        for texts in entry.alternatives:
            folded = [fold(text) for text in texts]
            if "" in folded:
                yield place, f"“{'|'.join(texts)[:40]}” has an alternative without a word; take it out"
            for text, count in Counter(folded).items():
                if text and count > 1:
                    yield place, f"“{text}” stands {count} times in one part; keep one"


def abbreviations_are_names(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """An ambiguous abbreviation is listed once, names a record or what is recognised, and means something else too."""
    recognised = {fold(text): part.name for part in kb.file.recognised for text in (part.name, *part.aliases)}
    listed = Counter(fold(entry.text) for entry in kb.file.ambiguous)
    for entry in kb.file.ambiguous:
        folded = fold(entry.text)
        read_as = {record.name for record in kb.named(folded)} | {recognised.get(folded, "")} - {""}
        if not read_as:
            yield "ambiguous", f"{entry.text} is a name of nothing; add it to a record as an alias first"
        if listed[folded] > 1:
            yield "ambiguous", f"{entry.text} is listed {listed[folded]} times; keep one entry"
        for meaning in entry.meanings:
            if {fold(meaning)} == set(map(fold, read_as)):
                yield "ambiguous", f"{entry.text} is read as “{meaning}” already; name only what else it means"


def scales_are_defined(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Each scale has its term, whose levels are those of the scale, each once."""
    for name, scale in SCALES.items():
        term = kb.by_id.get(name)
        if not isinstance(term, Term):
            yield name, f"missing; the term defines the levels {', '.join(scale)}"
        elif sorted(level for level, _ in term.levels) != sorted(scale):
            yield name, f"its levels are not those of the scale, which are {', '.join(scale)}"


RULES = (
    everything_cited,
    lists_hold_each_word_once,
    signs_lead_somewhere,
    raised_urgencies_are_higher,
    unknown_numbers_are_asked,
    narrower_aliases_are_answered,
    medicine_names_are_sound,
    codes_are_formed,
    figures_are_counted,
    abbreviations_are_names,
    combinations_say_signs,
    scales_are_defined,
)
"""The rules; the docstring of each states it to curators."""


def start_of(part: Cited | Record) -> str:
    """Return the first words of a part of a record, by which a curator finds it."""
    if isinstance(part, LinkedHarm):
        text = part.harm
    elif isinstance(part, RaisedBy):
        text = f"raised to {part.urgency}"
    elif isinstance(part, Figure):
        text = part.measure
    elif isinstance(part, Record):
        text = part.summary
    else:
        text = part.text
    return f"“{text[:60]}”"
