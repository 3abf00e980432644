"""The answers of the clinical views: a client screened, warning signs."""

from collections.abc import Iterable

from msgspec import UNSET, Struct, UnsetType

from massharm.clinical import selection
from massharm.clinical.assertion import Assertion
from massharm.clinical.redflags import RedFlags
from massharm.clinical.screening import Plan, Screening
from massharm.clinical.selection import questions_for, reason_for
from massharm.clinical.triage import PresentSign
from massharm.exports.answers import Answer, Count, commands
from massharm.kb.base import KnowledgeBase
from massharm.kb.parts import Id, Local, Number
from massharm.kb.records import Harm, Precaution, Record
from massharm.kb.vocabulary import AdviceLevel, Basis, RecognisedKind, Severity, SignLink, Support, Urgency


class Alarm(Struct, frozen=True, kw_only=True):
    """A warning sign that is present: what was typed, what to do, and the harms to which it points, worst first."""

    sign: Id
    text: str
    urgency: Urgency
    typed: str
    instruction: str
    harms: tuple[Id, ...]
    citations: tuple[Number, ...]


class PlannedAdvice(Struct, frozen=True, kw_only=True):
    """Advice of a precaution on a technique or a region that is planned."""

    level: AdviceLevel
    text: str
    basis: Basis
    citations: tuple[Number, ...]


class ScreenedPrecaution(Struct, frozen=True, kw_only=True, tag_field="kind", tag="precaution"):
    """A precaution that a client has, with its one action.

    `because` are the ids of the medicines that imply it, where the precaution itself was not named; `typed` are the
    words of the client, and `assertion` is what they say: present, possible or past. `planned` is the advice on what is
    planned that is stricter than the action.
    """

    id: Id
    name: str
    level: AdviceLevel
    action: str
    typed: tuple[str, ...]
    because: tuple[Id, ...]
    assertion: Assertion
    basis: Basis
    citations: tuple[Number, ...]
    planned: tuple[PlannedAdvice, ...]
    local: Local | UnsetType = UNSET


class AskedQuestion(Struct, frozen=True, kw_only=True):
    """A question of a precaution: the level that holds after a yes, and what to do then."""

    precaution: Id
    text: str
    if_yes: AdviceLevel
    then: str
    citations: tuple[Number, ...]


class StopSign(Struct, frozen=True, kw_only=True):
    """A sign at which a massage is stopped, and the precautions that name it."""

    sign: Id
    text: str
    urgency: Urgency
    precautions: tuple[Id, ...]
    citations: tuple[Number, ...]


class ScreenedHarm(Struct, frozen=True, kw_only=True):
    """A harm that bears on a client; `support` is the strongest link with a precaution, or absent where it is named."""

    id: Id
    name: str
    severity: Severity
    cases: Count
    support: Support | UnsetType = UNSET
    precautions: tuple[Id, ...]
    citations: tuple[Number, ...]


class NotRecognised(Struct, frozen=True):
    """Words of a client that were not recognised, and the nearest names."""

    text: str
    suggestions: tuple[str, ...]


class AmbiguousWords(Struct, frozen=True):
    """An abbreviation, the name that it was read as, and what else it may mean."""

    text: str
    read_as: str
    meanings: tuple[str, ...]


class RecognisedWords(Struct, frozen=True):
    """A condition, a medicine or a word of a form that is known and about which nothing is advised."""

    name: str
    kind: RecognisedKind


class LeftOut(Struct, frozen=True):
    """Words that speak of nothing that the client has now, and the records and names left out for it."""

    typed: str
    left_out: tuple[Id, ...]
    recognised: tuple[str, ...] = ()


class NamedMedicine(Struct, frozen=True):
    """A class of medicines that a client takes, by the words of the client, and the precautions that it implies."""

    id: Id
    name: str
    typed: str
    precautions: tuple[Id, ...]
    citations: tuple[Number, ...]


class ScreenAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `screen`: the precautions as results, and beside them the rest."""

    query: str
    results: tuple[ScreenedPrecaution, ...]
    alarms: tuple[Alarm, ...]
    questions: tuple[AskedQuestion, ...]
    stop_if: tuple[StopSign, ...]
    stop_if_more: Count
    harms: tuple[ScreenedHarm, ...]
    reported: tuple[ScreenedHarm, ...]
    medicines: tuple[NamedMedicine, ...]
    denied: tuple[LeftOut, ...]
    past: tuple[LeftOut, ...]
    feared: tuple[LeftOut, ...]
    other_people: tuple[LeftOut, ...]
    unanswered: tuple[LeftOut, ...]
    possible: tuple[Id, ...]
    ambiguous: tuple[AmbiguousWords, ...]
    recognised: tuple[RecognisedWords, ...]
    not_recognised: tuple[NotRecognised, ...]
    ages: tuple[str, ...]
    plan: Plan
    absence: str


class SignHarm(Struct, frozen=True):
    """A harm that has a sign, how the sign relates to it, and how severe it is."""

    id: Id
    link: SignLink
    severity: Severity


class FlaggedSign(Struct, frozen=True, kw_only=True, tag_field="kind", tag="sign"):
    """A warning sign that was recognised or listed, what to do, and the harms that have it, characteristic first."""

    id: Id
    text: str
    urgency: Urgency
    typed: str
    instruction: str
    harms: tuple[SignHarm, ...]
    citations: tuple[Number, ...]


class RedflagsAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `redflags`, the most urgent first; `harm` is the one that was named.

    `near` are the signs that the words may mean, where none was recognised.
    """

    query: str
    results: tuple[FlaggedSign, ...]
    harm: Id | None
    near: tuple[Id, ...]
    not_recognised: tuple[str, ...]


STOP_SIGNS = 6
"""How many of the signs at which to stop an answer holds that is not full: the most urgent."""

NEXT = 3
"""How many records an answer offers to show next: the worst."""


def screen_answer(kb: KnowledgeBase, query: str, found: Screening, *, full: bool = True) -> ScreenAnswer:
    """Return what bears on a client, who is described by `query`; if not `full`, the first of the signs to stop at."""
    stop_if = tuple(map(_stop, selection.stop_signs(found.precautions, kb, found.known)))
    shown = stop_if if full else stop_if[:STOP_SIGNS]
    worst: tuple[Record, ...] = (*(part.sign for part in found.alarms), *found.precautions, *found.harms)
    return ScreenAnswer.of(
        kb,
        query,
        (_precaution(record, found, kb) for record in found.precautions),
        (name for part in found.unknown for name in part.near),
        next=commands(*(["show", record.id] for record in worst[:NEXT])),
        alarms=tuple(_alarm(part, kb) for part in found.alarms),
        questions=tuple(
            AskedQuestion(
                precaution=record.id,
                text=part.text,
                if_yes=part.if_yes,
                then=part.then,
                citations=part.citations,
            )
            for record in found.precautions
            for part in questions_for(record, found.known)
        ),
        stop_if=shown,
        stop_if_more=len(stop_if) - len(shown),
        harms=tuple(_harm(harm, found.precautions, kb) for harm in found.harms),
        reported=tuple(_harm(harm, (), kb) for harm in found.reported),
        medicines=tuple(
            NamedMedicine(
                id=medicine.id,
                name=medicine.name,
                typed=typed,
                precautions=tuple(record.id for record in kb.precautions_of(medicine)),
                citations=medicine.citations,
            )
            for medicine, typed in found.medicines
        ),
        denied=_left_out(found, Assertion.DENIED),
        past=_left_out(found, Assertion.PAST),
        feared=_left_out(found, Assertion.FEARED),
        other_people=_left_out(found, Assertion.OTHER_PERSON),
        unanswered=_left_out(found, Assertion.UNANSWERED),
        possible=tuple(
            record.id for record in found.precautions if found.assertion_of(record, kb) is Assertion.POSSIBLE
        ),
        ages=found.ages,
        ambiguous=tuple(AmbiguousWords(part.text, part.read_as, part.meanings) for part in found.ambiguous),
        recognised=tuple(RecognisedWords(part.name, part.kind) for part in found.recognised),
        not_recognised=tuple(NotRecognised(part.typed, part.near) for part in found.unknown),
        plan=found.plan,
        absence=kb.absence,
    )


def redflags_answer(kb: KnowledgeBase, query: str, found: RedFlags) -> RedflagsAnswer:
    """Return warning signs."""
    shown = [["show", part.sign.id] for part in found.signs[:NEXT]]
    near = [["redflags", harm.id] for harm in found.near[:NEXT]]
    first_aid = [["show", found.harm.id, "response"]] if found.harm else []
    return RedflagsAnswer.of(
        kb,
        query,
        (
            FlaggedSign(
                id=part.sign.id,
                text=part.sign.name,
                urgency=part.urgency,
                typed=part.typed,
                instruction=part.instruction,
                harms=tuple(
                    SignHarm(harm.id, link, harm.severity)
                    for link in SignLink
                    for harm in kb.harms_with(part.sign, link)
                ),
                citations=part.sign.citations,
            )
            for part in found.signs
        ),
        (harm.name for harm in found.near),
        next=commands(*first_aid, *shown, *near),
        harm=found.harm.id if found.harm else None,
        near=tuple(sign.id for sign in found.near_signs),
        not_recognised=found.unmatched_words,
    )


def _alarm(part: PresentSign, kb: KnowledgeBase) -> Alarm:
    return Alarm(
        sign=part.sign.id,
        text=part.sign.name,
        urgency=part.urgency,
        typed=part.typed,
        instruction=part.instruction,
        harms=tuple(harm.id for harm in kb.harms_with(part.sign, SignLink.CHARACTERISTIC)),
        citations=part.sign.citations,
    )


def _left_out(found: Screening, assertion: Assertion) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(
            part.typed,
            tuple(dict.fromkeys(match.record.id for match in part.mentions)),
            tuple(record.name for record in part.recognised),
        )
        for part in found.set_aside(assertion)
    )


def _precaution(record: Precaution, found: Screening, kb: KnowledgeBase) -> ScreenedPrecaution:
    reason = reason_for(record, found.mentions, kb)
    action = found.action_of(record)
    return ScreenedPrecaution(
        id=record.id,
        name=record.name,
        level=action.level,
        action=action.text,
        typed=reason.typed,
        because=tuple(medicine.id for medicine in reason.medicines),
        assertion=found.assertion_of(record, kb),
        basis=action.basis,
        citations=action.citations,
        planned=tuple(
            PlannedAdvice(level=part.level, text=part.text, basis=part.basis, citations=part.citations)
            for part in found.advice_on_plan(record)
        ),
        local=kb.local.get(record.id, UNSET),
    )


def _stop(part: selection.StopSign) -> StopSign:
    return StopSign(
        sign=part.sign.id,
        text=part.sign.name,
        urgency=part.urgency,
        precautions=tuple(record.id for record in part.precautions),
        citations=part.sign.citations,
    )


def _harm(harm: Harm, precautions: Iterable[Precaution], kb: KnowledgeBase) -> ScreenedHarm:
    links = {record.id: kb.support(record, harm) for record in precautions}
    supports = [support for support in links.values() if support]
    return ScreenedHarm(
        id=harm.id,
        name=harm.name,
        severity=harm.severity,
        cases=kb.published_reports(harm),
        support=min(supports, key=lambda support: support.rank) if supports else UNSET,
        precautions=tuple(record_id for record_id, support in links.items() if support),
        citations=harm.citations,
    )
