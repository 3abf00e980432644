"""The pages of what a client brings: precautions, medicines and warning signs."""

from collections.abc import Iterator

from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Advice, Bounds, Quantity, Question, RaisedBy, When
from massharm.kb.records import Harm, Medicine, Precaution, Sign
from massharm.kb.sections import SECTIONS
from massharm.kb.vocabulary import Basis, MedicineNameKind, Population, SignLink
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
    plain_section,
    readable,
    reference_section,
    section,
    see_also_section,
    stated,
    statement_section,
)


def precaution_page(record: Precaution, kb: KnowledgeBase) -> Page:
    """Return the page of a precaution: its action, when to stop, what to ask, further advice, and why."""
    tags = [Run(record.level.heading.upper(), record.level)]
    if record.population is not Population.ANYONE:
        tags.append(Run(f"for: {readable(record.population)}"))
    return (
        Title(record.name, tuple(tags), _action(record)),
        *section("Stop the massage if", _stop_signs(record, kb)),
        *section("Ask", (Item(stated(part), more=(_after_yes(part),)) for part in record.questions)),
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


def advice_section(title: str, record: Precaution, kb: KnowledgeBase) -> Page:
    """Return the advice of a precaution beside its action, with the circumstances of each; without any, nothing."""
    return section(title, (Item(_advice(part, kb)) for part in record.advice))


def _action(record: Precaution) -> Runs:
    scope = f" ({record.action.scope})" if record.action.scope else ""
    inference = (Run(" inference", "muted"),) if record.action.basis is Basis.INFERENCE else ()
    return *cited(f"{record.action.text}{scope}", record.action.citations), *inference


def _stop_signs(record: Precaution, kb: KnowledgeBase) -> Iterator[Item]:
    for sign in sorted(kb.linked(Sign, record.stop_if), key=lambda sign: sign.urgency.rank):
        urgency = Run(f"{sign.urgency.heading}: ", sign.urgency)
        yield Item((urgency, *cited(sign.name, sign.citations)), "!")


def _after_yes(part: Question) -> Runs:
    return Run("If yes: ", "muted"), Run(f"{part.if_yes.heading.lower()}. ", part.if_yes), Run(part.then)


def _advice(part: Advice, kb: KnowledgeBase) -> Runs:
    limits = [*circumstances(part.when, kb)] if part.when else []
    limits += [readable(word) for word in (*part.regions, *part.techniques)]
    tail = (Run(f" – {'; '.join(limits)}", "muted"),) if limits else ()
    return Run(f"{part.level.heading}: ", "strong"), *stated(part), *tail


def circumstances(when: When, kb: KnowledgeBase) -> Iterator[str]:
    """Yield circumstances in words, as in `age from 65 years` or `with osteoporosis or cancer`."""
    if when.records:
        yield f"with {' or '.join(kb[name].name if name in kb else name for name in when.records)}"
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
                    Run(f" {harm.name} ({harm.id}) – {links[harm.id].support} "),
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
    return level, Run(record.name, "strong"), Run(f" ({record.id}). "), *_action(record)


def sign_page(record: Sign, kb: KnowledgeBase) -> Page:
    """Return the page of a warning sign: what to do, what makes it more urgent, and the harms that have it."""
    inference = (Run("urgency by inference", "muted"),) if record.basis is Basis.INFERENCE else ()
    tags = [Run(record.urgency.heading.upper(), record.urgency), *inference]
    if record.population is not Population.ANYONE:
        tags.append(Run(f"in: {readable(record.population)}"))
    instruction = stated(record.instruction) if record.instruction else cited(record.summary, record.citations)
    return (
        Title(record.name, tuple(tags), instruction),
        *((Para((Run(record.instead),)),) if record.instead else ()),
        *section("More urgent", (Item(_raised(part, kb)) for part in record.raised_by)),
        *_signed_harms("Points to", record, SignLink.CHARACTERISTIC, kb),
        *_signed_harms("Also occurs with", record, SignLink.COMPATIBLE, kb),
        *plain_section(record.plain),
        *section("Also described as", _wordings(record, kb)),
        *code_section(record.codes),
        *reference_section(kb.references_of(record), kb),
    )


def _raised(part: RaisedBy, kb: KnowledgeBase) -> Runs:
    words = "; ".join(circumstances(part.circumstances, kb))
    return Run(f"{part.urgency.heading}: ", part.urgency), *cited(words, part.citations)


def _signed_harms(title: str, sign: Sign, link: SignLink, kb: KnowledgeBase) -> Page:
    harms = kb.harms_with(sign, link)
    return section(
        title, (Item((Run(harm.severity, harm.severity), Run(f" {harm.name} ({harm.id})"))) for harm in harms)
    )


def _wordings(record: Sign, kb: KnowledgeBase) -> Page:
    local = kb.local[record.id].aliases if record.id in kb.local else ()
    texts = (f"{alias.text} (local)" if alias.text in local else alias.text for alias in record.aliases)
    return (Para((Run("; ".join(texts)),)),) if record.aliases else ()
