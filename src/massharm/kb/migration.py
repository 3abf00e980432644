"""From schema 1 to schema 2: what a program can convert, and what a person must decide.

In schema 1 a warning sign stood in every harm that has it, with an urgency of its own; a precaution was a list of
advice, from which its one action is taken here; and a withdrawn id had one heir.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from massharm.kb.records import File
from massharm.kb.store import OLD_SCHEMA
from massharm.kb.vocabulary import AdviceLevel, Basis, Outcome, SignLink, Support, Urgency

_LEVELS = {
    "avoid": AdviceLevel.CONTRAINDICATED,
    "clear-first": AdviceLevel.CLEARANCE,
    "avoid-locally": AdviceLevel.LOCAL,
    "modify": AdviceLevel.ADAPT,
}
"""The levels of schema 1, and those that they became."""
MAX_ACTION, MAX_SIGN, MAX_QUESTIONS, MAX_ID = 80, 90, 4, 60
"""The limits of schema 2: characters of an action and of the name of a sign; questions; characters of a new id."""

Record = dict[str, Any]


class Decision(NamedTuple):
    """What the program could not decide: the record, and what is to be decided."""

    place: str
    message: str


class Migrated(NamedTuple):
    """A converted file, and what a person must decide before it is sound."""

    file: File
    decisions: tuple[Decision, ...]


def migrate(old: Record) -> Migrated:
    """Return a file of schema 1, as its JSON was read, in schema 2.

    Raises:
        ValueError: it is no file of schema 1, or its fields are not those of that schema.
    """
    if not isinstance(old, dict) or old.get("schema") != OLD_SCHEMA:
        raise ValueError(f"no file of schema {OLD_SCHEMA}; only those are migrated")
    decisions: list[Decision] = []
    try:
        converted = _convert(old, decisions)
        return Migrated(msgspec.convert(converted, File), tuple(decisions))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no sound file of schema {OLD_SCHEMA}: {error!r}") from None


def _convert(old: Record, decisions: list[Decision]) -> Record:
    signs = _Signs(old, decisions)
    risk_factors: dict[str, list[str]] = {}
    for harm in old["harms"]:
        for record_id in harm.get("risk_factors", ()):
            risk_factors.setdefault(record_id, []).append(harm["id"])
    return {
        **{field: value for field, value in old.items() if field != "schema"},
        "schema": 2,
        "review": {"clinician": None, "day": None},
        "harms": [_harm(harm, signs, decisions) for harm in old["harms"]],
        "cases": [case | {"outcomes": _outcomes(case, decisions)} for case in old["cases"]],
        "precautions": [
            _precaution(record, risk_factors.get(record["id"], ()), decisions) for record in old["precautions"]
        ],
        "medicines": [],
        "signs": list(signs.records.values()),
        "withdrawn": [{"id": gone["id"], "heirs": [gone["heir"]]} for gone in old.get("withdrawn", ())],
    }


class _Signs:
    """The warning signs of all harms, each wording once, under the most urgent of its urgencies."""

    def __init__(self, old: Record, decisions: list[Decision]) -> None:
        """Collect the signs of a file."""
        self.records: dict[str, Record] = {}
        taken = {record.get("id", record.get("key")) for rows in old.values() for record in _records(rows)}
        for harm in old["harms"]:
            for sign in harm.get("warning_signs", ()):
                known = self.records.get(sign["text"])
                if known is None:
                    self.records[sign["text"]] = _sign(sign, taken)
                    taken.add(self.records[sign["text"]]["id"])
                    continue
                known["citations"] = sorted({*known["citations"], *sign["citations"]})
                if known["urgency"] != sign["urgency"]:
                    known["urgency"] = min(known["urgency"], sign["urgency"], key=lambda word: Urgency(word).rank)
                    decisions.append(Decision(known["id"], f"had two urgencies; is now {known['urgency']}: confirm"))
        decisions.extend(
            Decision(record["id"], "shorten the name; the whole wording is an alias")
            for record in self.records.values()
            if record["aliases"]
        )

    def id_of(self, text: str) -> str:
        """Return the id of the sign of a wording."""
        found: str = self.records[text]["id"]
        return found


def _records(rows: Any) -> Iterator[Record]:
    if isinstance(rows, list):
        yield from (record for record in rows if isinstance(record, dict))


def _sign(old: Record, taken: set[Any]) -> Record:
    text = old["text"]
    is_long = len(text) > MAX_SIGN
    return {
        "id": _free_id(text, taken),
        "name": text[:MAX_SIGN].rpartition(" ")[0].rstrip(" ,;") if is_long else text,
        "aliases": [{"text": text, "kind": "exact"}] if is_long else [],
        "urgency": old["urgency"],
        "basis": Basis.SOURCE,
        "citations": old["citations"],
    }


def _free_id(text: str, taken: set[Any]) -> str:
    """Return an id made of a wording that no record has."""
    slug = "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:MAX_ID].strip("-") or "sign"
    numbered = (f"sign-{slug}" if number == 1 else f"sign-{slug}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in (slug, *numbered) if name not in taken)


def _harm(old: Record, signs: _Signs, decisions: list[Decision]) -> Record:
    kept = {field: value for field, value in old.items() if field != "risk_factors"}
    linked = dict.fromkeys(signs.id_of(sign["text"]) for sign in old.get("warning_signs", ()))
    if linked:
        decisions.append(Decision(old["id"], "say which of its warning signs are characteristic"))
    return kept | {
        "outcomes": _outcomes(old, decisions),
        "warning_signs": [{"sign": sign, "link": SignLink.COMPATIBLE} for sign in linked],
    }


def _outcomes(old: Record, decisions: list[Decision]) -> list[Record]:
    """Return outcomes as attributed; a death is a person's decision."""
    if Outcome.DEATH in old.get("outcomes", ()):
        decisions.append(Decision(old["id"], "has a death: say whether its authors attribute it to the massage"))
    return [{"outcome": word, "attributed": True} for word in old.get("outcomes", ())]


def _precaution(old: Record, named_by: Iterable[str], decisions: list[Decision]) -> Record:
    advice = sorted(
        (part | {"level": _LEVELS[part["level"]]} for part in old["advice"]),
        key=lambda part: AdviceLevel(part["level"]).rank,
    )
    action, rest = _action(advice)
    if action["basis"] is Basis.INFERENCE:
        decisions.append(Decision(old["id"], f"write its action in at most {MAX_ACTION} characters"))
    else:
        decisions.append(Decision(old["id"], f"is “{action['text']}” what everybody who has it needs?"))
    questions = old.get("questions", ())
    decisions.extend(
        Decision(old["id"], f"has more than {MAX_QUESTIONS} questions; left out: {question['text']}")
        for question in questions[MAX_QUESTIONS:]
    )
    harms = dict.fromkeys((*old["harms"], *named_by))
    numbers = sorted({number for why in old["why"] for number in why["citations"]})
    return {field: value for field, value in old.items() if field not in {"advice", "questions", "harms"}} | {
        "action": action,
        "advice": rest,
        "questions": [
            question | {"if_yes": action["level"], "then": "Follow the advice.", "basis": Basis.INFERENCE}
            for question in questions[:MAX_QUESTIONS]
        ],
        "harms": [{"harm": harm, "support": Support.INFERENCE, "citations": numbers} for harm in harms],
    }


def _action(advice: list[Record]) -> tuple[Record, list[Record]]:
    """Return the action that the strictest advice gives, and the advice that is left beside it."""
    level = advice[0]["level"]
    for place, part in enumerate(advice):
        if part["level"] == level and len(part["text"]) <= MAX_ACTION:
            return part | {"basis": Basis.SOURCE}, [*advice[:place], *advice[place + 1 :]]
    text = f"{AdviceLevel(level).heading}: follow the advice."
    citations = advice[0]["citations"]
    return {"level": level, "text": text, "citations": citations, "basis": Basis.INFERENCE}, advice
