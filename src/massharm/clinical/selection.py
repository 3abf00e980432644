"""Selection: which action holds, why, at which signs a massage is stopped, and in which order harms matter."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct, structs

from massharm.clinical.circumstances import Circumstances
from massharm.clinical.concepts import Mention
from massharm.kb.base import KnowledgeBase
from massharm.kb.links import SignHead
from massharm.kb.parts import Action, Advice, Question, is_local
from massharm.kb.records import Harm, Medicine, Precaution, Record, Sign
from massharm.kb.vocabulary import Population, Support, Urgency


class Reason(Struct, frozen=True):
    """Why a precaution holds: the words of the client, and the medicines that imply it, where one does."""

    typed: tuple[str, ...]
    medicines: tuple[Medicine, ...]


class StopSign(Struct, frozen=True):
    """A sign at which a massage is stopped, the precautions that name it, and its urgency beside what is present."""

    sign: Sign | SignHead
    precautions: tuple[Precaution, ...]
    urgency: Urgency


def reason_for(record: Precaution, mentions: Iterable[Mention], kb: KnowledgeBase) -> Reason:
    """Return why a precaution holds, given what was read."""
    typed, medicines = [], []
    for part in mentions:
        if part.record.id == record.id:
            typed.append(part.quoted)
        elif isinstance(part.record, Medicine) and record in kb.precautions_of(part.record):
            typed.append(part.quoted)
            medicines.append(part.record)
    return Reason(tuple(dict.fromkeys(typed)), tuple(dict.fromkeys(medicines)))


def action_for(record: Precaution, known: Circumstances, regions: Collection[str] = ()) -> Action | Advice:
    """Return the action of a precaution, or the stricter advice that is known to hold.

    Its circumstances are given, or a narrower name, such as "unstable angina", is answered by it or by a question. What
    an overlay adds to a bundled precaution stands before what would hold without it, and never in its place. Advice on
    a region comes with the action; where other regions are planned it is no stricter than that.
    """
    holding: list[Action | Advice] = [
        part
        for part in record.advice
        if (part.when and known.hold(part.when, record.id)) or (part.key and (record.id, part.key) in known.answered)
    ]
    holding += [
        Advice(level=part.if_yes, text=part.then, citations=part.citations, basis=part.basis)
        for part in record.questions
        if part.key and (record.id, part.key) in known.answered
    ]
    elsewhere = [part for part in holding if regions and _of_regions(part) and _of_regions(part).isdisjoint(regions)]
    choices: list[Action | Advice] = [record.action, *(part for part in holding if part not in elsewhere)]
    found = min(choices, key=lambda part: part.level.rank)
    stricter = [part for part in elsewhere if part.level.rank < found.level.rank]
    if stricter:
        return _joined((found, *stricter))
    if _of_regions(found) and found.level is not record.action.level:
        return structs.replace(_joined((found, record.action)), level=found.level)
    if not isinstance(found, Advice) or not is_local(found.text) or is_local(record.name):
        return found
    return _before(found, min((part for part in choices if not is_local(part.text)), key=lambda part: part.level.rank))


def _of_regions(part: Action | Advice) -> frozenset[str]:
    """Return the regions that advice is on; an action is on none."""
    return frozenset(part.regions) if isinstance(part, Advice) else frozenset()


def _joined(parts: Sequence[Action | Advice]) -> Advice:
    """Return the first of several, with the texts and the sources of all."""
    first = parts[0]
    return Advice(
        level=first.level,
        text=" ".join(part.sentence if isinstance(part, Action) else part.text for part in parts),
        citations=tuple(dict.fromkeys(number for part in parts for number in part.citations)),
        basis=first.basis,
    )


def _before(local: Advice, bundled: Action | Advice) -> Advice:
    """Return local advice with the text and the sources of what it is stricter than."""
    text = bundled.sentence if isinstance(bundled, Action) else bundled.text
    return structs.replace(
        local,
        text=f"{local.text} {text}",
        citations=tuple(dict.fromkeys((*local.citations, *bundled.citations))),
        basis=bundled.basis,
    )


def advice_on(
    record: Precaution, regions: Collection[str], techniques: Collection[str], known: Circumstances
) -> tuple[Advice, ...]:
    """Return the advice of a precaution on what is planned that is stricter than the action that holds.

    Advice on a technique holds for a planned region that it names, and for any where no region is planned.
    """
    level = action_for(record, known, regions).level
    return tuple(part for part in _fitting(record, regions, techniques, known) if part.level.rank < level.rank)


def detail_on(
    record: Precaution, regions: Collection[str], techniques: Collection[str], known: Circumstances
) -> Advice | None:
    """Return the advice on what is planned that is no stricter than the action and tells most: on the technique."""
    stricter = advice_on(record, regions, techniques, known)
    action = action_for(record, known, regions)
    others = [
        part
        for part in _fitting(record, regions, techniques, known)
        if part not in stricter and part.text not in action.text
    ]
    return min(others, key=lambda part: (not part.techniques, part.level.rank), default=None)


def _fitting(
    record: Precaution, regions: Collection[str], techniques: Collection[str], known: Circumstances
) -> list[Advice]:
    """Return the advice of a precaution on a technique or region that is planned, and whose circumstances hold."""
    return [
        part
        for part in record.advice
        if (part.when is None or known.hold(part.when, record.id))
        and (part.techniques or part.regions)
        and (not part.techniques or not set(part.techniques).isdisjoint(techniques))
        and (not part.regions or not set(part.regions).isdisjoint(regions) or bool(part.techniques and not regions))
    ]


def questions_for(record: Precaution, known: Circumstances) -> tuple[Question, ...]:
    """Return the questions of a precaution: first for a number that advice depends on; for one that is known none."""
    unanswered = (part for part in record.questions if part.asks is None or not known.know(part.asks, record))
    return tuple(sorted(unanswered, key=lambda part: part.asks is None))


def strictest_first(
    records: Iterable[Record], known: Circumstances, regions: Collection[str] = (), techniques: Collection[str] = ()
) -> tuple[Precaution, ...]:
    """Return the precautions among records, each once: by the level for what is planned, the fit to it, the name."""
    found = {record.id: record for record in records if isinstance(record, Precaution)}

    def key(record: Precaution) -> tuple[int, bool, str]:
        advised = {region for part in record.advice for region in part.regions}
        planned = (part.level.rank for part in advice_on(record, regions, techniques, known))
        level = min(planned, default=action_for(record, known, regions).level.rank)
        return level, advised.isdisjoint(regions), record.name.casefold()

    return tuple(sorted(found.values(), key=key))


def stop_signs(precautions: Sequence[Precaution], kb: KnowledgeBase, known: Circumstances) -> tuple[StopSign, ...]:
    """Return the signs at which a massage is stopped, each once and the most urgent first.

    Of one urgency, the precautions take turns: each gives the next of its own.
    """
    holders: dict[str, list[Precaution]] = {}
    for record in precautions:
        for sign_id in record.stop_if:
            holders.setdefault(sign_id, []).append(record)
    found = {
        sign.id: StopSign(sign, tuple(holders[sign.id]), raised(sign, known, said=()))
        for sign in kb.sign_heads(holders)
    }
    turns: dict[str, int] = {}
    for record in precautions:
        given: Counter[Urgency] = Counter()
        for sign_id in record.stop_if:
            if sign_id in found and sign_id not in turns:
                turns[sign_id] = given[found[sign_id].urgency]
                given[found[sign_id].urgency] += 1
    return tuple(sorted((found[name] for name in turns), key=lambda part: (part.urgency.rank, turns[part.sign.id])))


def raised(sign: Sign | SignHead, known: Circumstances, said: Iterable[str]) -> Urgency:
    """Return how urgent a sign is under what is known of a client, and with the words that were said of it."""
    words = frozenset(said)
    urgencies = (part.urgency for part in sign.raised_by if known.hold(part.circumstances, said=words))
    return min((sign.urgency, *urgencies), key=lambda urgency: urgency.rank)


# Harms


_SHARED = frozenset({Population.ANYONE, Population.ADULT})


def concerns(harm: Harm, populations: Collection[Population]) -> bool:
    """Whether a harm can befall a client of these populations."""
    return harm.population in _SHARED or harm.population in populations


def ranked(
    harms: Iterable[Harm], precautions: Sequence[Precaution], kb: KnowledgeBase, planned: Collection[str]
) -> tuple[Harm, ...]:
    """Return harms, each once: those reported of what is planned first, then by severity, support, cases and name."""
    unique = {harm.id: harm for harm in harms}

    def key(harm: Harm) -> tuple[bool, int, int, int, str]:
        is_planned = not {*harm.regions, *harm.techniques}.isdisjoint(planned)
        support = support_of(harm, precautions, kb)
        rank = support.rank if support else len(Support)
        return not is_planned, harm.severity.rank, rank, -kb.published_reports(harm), harm.name.casefold()

    return tuple(sorted(unique.values(), key=key))


def support_of(harm: Harm, precautions: Iterable[Precaution], kb: KnowledgeBase) -> Support | None:
    """Return the strongest support of a link between a harm and any of some precautions; without a link, None."""
    supports = (found for record in precautions if (found := kb.support(record, harm)))
    return min(supports, key=lambda support: support.rank, default=None)
