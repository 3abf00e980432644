"""The pages of what a client brings: precautions, medicines and warning signs."""

from collections.abc import Iterator

from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import LOCAL_MARK, Advice, Bounds, Quantity, Question, RaisedBy, When
from massharm.kb.records import Harm, Medicine, Precaution, Sign
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import Basis, MedicineNameKind, Population, SignLink, Urgency
from massharm.pages.blocks import (
    Fact,
    Heading,
    Item,
    Page,
    Para,
    Run,
    Runs,
    Title,
    citation_mark,
    cited,
    code_section,
    link_section,
    named,
    plain_section,
    readable,
    reference_section,
    section,
    see_also_section,
    stated,
    statement_section,
)
from massharm.pages.card import Part, card

LEAST_SIGNS = {Urgency.EMERGENCY: 5, Urgency.SAME_DAY: 1, Urgency.SOON: 0}
"""How many signs of each urgency a card shows before it shows more of anything else."""

_FEW = 2
"""How many records that circumstances name stand in a sentence; more are a list."""
WORDINGS = "Also described as"
"""The title of the section of a sign with the words that people use for it."""


def precaution_page(record: Precaution, kb: KnowledgeBase) -> Page:
    """Return the page of a precaution: its action, when to stop, what to ask, further advice, and why."""
    tags = [Run(record.level.heading.upper(), record.level)]
    if record.population is not Population.ANYONE:
        tags.append(Run(f"for: {readable(record.population)}"))
    return (
        *card((Title(record.name, tuple(tags), precaution_action(record)),), _card_parts(record, kb)),
        *advice_section("Advice", record, kb),
        *_past(record, kb),
        *statement_section("Why", record.why),
        *statement_section(SECTIONS["uncertainty"].title, record.uncertainty),
        *link_section("Medicines that imply it", kb.medicines_of(record)),
        *_linked_harms(record, kb),
        *see_also_section(record, kb),
        *plain_section(record.plain),
        *code_section(record.codes),
        *reference_section(kb.references_of(record), kb),
    )


def precaution_practice(record: Precaution, kb: KnowledgeBase) -> Page:
    """Return what to ask about a precaution, and what is advised beside its action."""
    return (
        *section("Ask", (Item(stated(part), more=(_after_yes(part),)) for part in record.questions)),
        *advice_section("Advice", record, kb),
        *_past(record, kb),
    )


def advice_section(title: str, record: Precaution, kb: KnowledgeBase) -> Page:
    """Return the advice of a precaution beside its action, with the circumstances of each; without any, nothing."""
    return section(title, (Item(_advice(part, kb)) for part in record.advice))


def precaution_action(record: Precaution) -> Runs:
    """Return the action of a precaution with its scope and citations."""
    inference = (Run(" inference", "muted"),) if record.action.basis is Basis.INFERENCE else ()
    return *cited(record.action.sentence, record.action.citations), *inference


def _card_parts(record: Precaution, kb: KnowledgeBase) -> list[Part]:
    """Return the signs at which the massage is stopped, by urgency, and what to ask."""
    parts = []
    for urgency in Urgency:
        signs = [sign for sign in kb.linked(Sign, record.stop_if) if sign.urgency is urgency]
        items = tuple(Item(cited(sign.name, sign.citations, sign.id), "!", tone=urgency) for sign in signs)
        title = f"Stop the massage: {urgency.heading.lower()}"
        headings = [Heading(text, urgency) for text in (title, f"{title}, continued")]
        parts.append(Part(headings[0], items, LEAST_SIGNS[urgency], headings[1]))
    questions = tuple(Item(stated(part), more=(_after_yes(part),)) for part in record.questions)
    return [*parts, Part(Heading("Ask"), questions, 1, Heading("Ask, continued"))]


def _after_yes(part: Question) -> Runs:
    return Run("If yes: ", "muted"), Run(f"{part.if_yes.heading.lower()}. ", part.if_yes), Run(part.then)


def _advice(part: Advice, kb: KnowledgeBase) -> Runs:
    holds = [*circumstances(part.when, kb)] if part.when else []
    holds += [readable(word) for word in (*part.regions, *part.techniques)]
    tail = (Run(f" – {'; '.join(holds)}", "muted"),) if holds else ()
    return Run(f"{part.level.heading}: ", "strong"), *stated(part), *tail


def circumstances(when: When, kb: KnowledgeBase) -> Iterator[str]:
    """Yield circumstances in words, as in `age from 65 years` or `with Osteoporosis or Cancer`."""
    if when.records:
        names = [kb[name].name if name in kb else name for name in when.records]
        yield f"with {' or '.join(names)}" if len(names) <= _FEW else f"with any of: {'; '.join(names)}"
    yield from limits(when)


def limits(when: When) -> Iterator[str]:
    """Yield the limits of numbers under which something holds, in words."""
    if when.age:
        yield f"age {_bounds(when.age)} years"
    if when.weeks:
        yield f"{_bounds(when.weeks)} weeks of pregnancy"
    if when.ago:
        yield f"{_bounds(when.ago)} days ago"
    if when.quantity:
        yield f"{when.quantity.name} {_bounds(when.quantity)} {when.quantity.unit or ''}".rstrip()
    if when.severity:
        yield when.severity


def _bounds(limits: Bounds | Quantity) -> str:
    if limits.min is None:
        return "of any number" if limits.max is None else f"up to {limits.max:g}"
    return f"from {limits.min:g}" if limits.max is None else f"{limits.min:g} to {limits.max:g}"


def _past(record: Precaution, kb: KnowledgeBase) -> Page:
    past = record.when_past
    if past is None:
        return ()
    text = f"It counts as present for {past.days} days after it is over." if past.days else ""
    if past.heir and past.heir in kb:
        heir = kb[past.heir]
        text = f"Treat it as: {heir.name} ({heir.id})."
    if not text:
        return ()
    marks = (Run(" "), citation_mark(past.citations)) if past.citations else ()
    return Heading("When it is over"), Para((Run(text), *marks))


def _linked_harms(record: Precaution, kb: KnowledgeBase) -> Page:
    links = {link.harm: link for link in kb.linked_harms(record)}
    return section(
        "Harms",
        (
            Item(
                (
                    Run(harm.severity, harm.severity),
                    Run(" "),
                    named(harm),
                    Run(f" – {links[harm.id].support} "),
                    citation_mark(links[harm.id].citations),
                )
            )
            for harm in kb.linked(Harm, links)
        ),
    )


def medicine_page(record: Medicine, kb: KnowledgeBase) -> Page:
    """Return the page of a class of medicines: what it implies, and its names."""
    kinds = (
        ("Generic names", MedicineNameKind.GENERIC),
        ("Brands", MedicineNameKind.BRAND),
        ("Class", MedicineNameKind.CLASS),
        ("Abbreviations", MedicineNameKind.ABBREVIATION),
    )
    names = ((label, ", ".join(name.text for name in record.names if name.kind is kind)) for label, kind in kinds)
    note = cited(record.note, record.citations) if record.citations else (Run(record.note),)
    implied = kb.precautions_of(record)
    return (
        Title(record.name, (Run("medicine", "muted"),), note),
        *section("Precautions", (Item(_implied(precaution)) for precaution in implied)),
        *(() if implied else (Para((Run(f"No precaution is linked to it. {kb.absence}"),)),)),
        *(Fact(label, (Run(text),)) for label, text in names if text),
        *((Fact("ATC", (Run(", ".join(record.atc)),)),) if record.atc else ()),
        *reference_section(kb.references_of(record), kb),
    )


def _implied(record: Precaution) -> Runs:
    level = Run(f"{record.level.heading}: ", record.level)
    return level, Run(record.name, "strong", record.id), Run(f" ({record.id}). "), *precaution_action(record)


def sign_page(record: Sign, kb: KnowledgeBase) -> Page:
    """Return the page of a warning sign: what to do, what makes it more urgent, and the harms that have it."""
    inference = (Run("urgency by inference", "muted"),) if record.basis is Basis.INFERENCE else ()
    tags = [Run(record.urgency.heading.upper(), record.urgency), *inference]
    if record.population is not Population.ANYONE:
        tags.append(Run(f"in: {readable(record.population)}"))
    return (
        Title(record.name, tuple(tags), sign_instruction(record)),
        *sign_meaning(record, kb),
        *plain_section(record.plain),
        *section(WORDINGS, _wordings(record, kb)),
        *code_section(record.codes),
        *reference_section(kb.references_of(record), kb),
    )


def sign_instruction(record: Sign) -> Runs:
    """Return what to do about a warning sign, with its citations."""
    return stated(record.instruction) if record.instruction else cited(record.summary, record.citations)


def sign_meaning(record: Sign, kb: KnowledgeBase) -> Page:
    """Return what a warning sign may be: what makes it more urgent, and the harms that have it."""
    return (
        *((Para((Run(record.instead),)),) if record.instead else ()),
        *section("More urgent", (Item(_raised(part, kb)) for part in record.raised_by)),
        *_signed_harms("Points to", record, SignLink.CHARACTERISTIC, kb),
        *_signed_harms("Also occurs with", record, SignLink.COMPATIBLE, kb),
    )


def _raised(part: RaisedBy, kb: KnowledgeBase) -> Runs:
    words = ", ".join(circumstances(part.circumstances, kb))
    sign = " " if part.circumstances.records else ": "
    return Run(f"{part.urgency.heading}{sign}", part.urgency), *cited(words, part.citations)


def _signed_harms(title: str, sign: Sign, link: SignLink, kb: KnowledgeBase) -> Page:
    harms = kb.harms_with(sign, link)
    return section(title, (Item((Run(harm.severity, harm.severity), Run(" "), named(harm))) for harm in harms))


def _wordings(record: Sign, kb: KnowledgeBase) -> Page:
    local = kb.local[record.id].aliases if record.id in kb.local else ()
    texts = (f"{alias.text}{LOCAL_MARK}" if alias.text in local else alias.text for alias in record.aliases)
    return (Para((Run("; ".join(texts)),)),) if record.aliases else ()
