"""What follows from the precautions of a client: why each holds, and the signs at which a massage is stopped."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from massharm.clinical.concepts import Mention
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Medicine, Precaution, Sign


class Reason(Struct, frozen=True):
    """Why a precaution holds: the words of the client, and the medicines that imply it, where one does."""

    typed: tuple[str, ...]
    medicines: tuple[Medicine, ...]


class StopSign(Struct, frozen=True):
    """A sign at which a massage is stopped, and the precautions that name it."""

    sign: Sign
    precautions: tuple[Precaution, ...]


def reason_for(record: Precaution, mentions: Iterable[Mention], kb: KnowledgeBase) -> Reason:
    """Return why a precaution holds, given what was read."""
    typed, medicines = [], []
    for part in mentions:
        if part.record.id == record.id:
            typed.append(part.typed)
        elif isinstance(part.record, Medicine) and record in kb.precautions_of(part.record):
            typed.append(part.typed)
            medicines.append(part.record)
    return Reason(tuple(dict.fromkeys(typed)), tuple(dict.fromkeys(medicines)))


def stop_signs(precautions: Sequence[Precaution], kb: KnowledgeBase) -> tuple[StopSign, ...]:
    """Return the signs at which a massage is stopped, each once and the most urgent first."""
    holders: dict[str, list[Precaution]] = {}
    for record in precautions:
        for sign_id in record.stop_if:
            holders.setdefault(sign_id, []).append(record)
    found = sorted(kb.linked(Sign, holders), key=lambda sign: sign.urgency.rank)
    return tuple(StopSign(sign, tuple(holders[sign.id])) for sign in found)
