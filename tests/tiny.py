"""A tiny knowledge base of invented records that keeps every rule, and the words tests share."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from massharm import KnowledgeBase
from massharm.exports.rows import row
from massharm.kb.filters import select_records
from massharm.kb.records import KINDS
from massharm.kb.vocabulary import SCALES

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data" / "harms.json"
COMMENTS = {3, 6, 7, 8, 9, 10, 18, 28, 29}


DRAWING = (
    *("FORCE_COLOR", "NO_COLOR", "COLUMNS", "LINES", "TERM", "MASSHARM_KB", "PYTHONIOENCODING"),
    *("MASSHARM_PAGER", "PAGER", "LESS", "BROWSER"),
)
"""The variables that change what is drawn; a test sets those it means."""


class Watch:
    """The seconds of the processor that the body of a `stopwatch` took."""

    seconds = 0.0


@contextmanager
def stopwatch() -> Iterator[Watch]:
    """Measure the processor time of a body without the tracer that counts its lines, which would take half of it."""
    watch, tracer = Watch(), sys.gettrace()
    sys.settrace(None)
    start = time.process_time()
    try:
        yield watch
    finally:
        watch.seconds = time.process_time() - start
        sys.settrace(tracer)


class Answer(NamedTuple):
    """What a run of the program gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)


def rows(kb: KnowledgeBase, *kinds: str) -> list[dict[str, Any]]:
    """Return the records of some kinds, or of all, as JSON holds them, in the order of `list`."""
    found = [row(record, kb) for kind in kinds or KINDS for record in select_records(kb, kind, {})]
    made: list[dict[str, Any]] = json.loads(msgspec.json.encode(found))
    return made


Run = Callable[..., Answer]
Script = Callable[..., Answer]
File = dict[str, Any]
"""A knowledge base as it is before it is written."""
Write = Callable[[File], Path]
Spoil = Callable[[File], object]
"""What makes one thing wrong in a file."""


def harm(file: File, place: int = 0) -> File:
    """Return a harm of a file."""
    found: File = file["harms"][place]
    return found


def cited(file: File, number: int) -> File:
    """Return a citation of the tiny file by its number."""
    found: File = file["citations"][number]
    return found


def sign(file: File, place: int = 0) -> File:
    """Return a sign of a file."""
    found: File = file["signs"][place]
    return found


def heavy(file: File) -> File:
    """Return the precaution of the tiny file."""
    found: File = file["precautions"][0]
    return found


def medicine(file: File) -> File:
    """Return the medicine of the tiny file."""
    found: File = file["medicines"][0]
    return found


def met(*outcomes: str, attributed: bool = True) -> list[dict[str, Any]]:
    """Return outcomes that were reported."""
    return [{"outcome": outcome, "attributed": attributed} for outcome in outcomes]


def said(text: str, *numbers: int) -> dict[str, Any]:
    """Return a statement."""
    return {"text": text, "citations": list(numbers)}


def plain(name: str) -> dict[str, str]:
    """Return a plain name and text."""
    return {"name": name, "text": "It can hurt. Get help."}


def citation(number: int, **fields: Any) -> dict[str, Any]:
    """Return a citation that keeps every rule."""
    if number in COMMENTS:
        return {
            "number": number,
            "key": f"note-{number}",
            "kind_of_study": "commentary",
            "finding": "A remark.",
        } | fields
    made = {
        "number": number,
        "key": f"author-{number}",
        "kind_of_study": "source article" if number == 0 else "case report",
        "authors": ["Author A"],
        "title": f"Report {number}",
        "year": 2000 + number,
        "finding": f"Finding {number}.",
    } | fields
    seen = [name for name in ("authors", "title", "container", "year", "publisher") if made.get(name)]
    return {"checked": [{"where": "pubmed", "url": f"https://example.org/{number}", "fields": seen}]} | made


def aliases(*texts: str) -> list[dict[str, Any]]:
    """Return lay words for a record."""
    return [{"text": text, "kind": "lay"} for text in texts]


def scales() -> list[dict[str, Any]]:
    """Return the terms that define the scales."""
    return [
        {
            "id": name,
            "name": name.capitalize().replace("-", " "),
            "definition": "A scale.",
            "levels": [[level, "A level."] for level in scale],
        }
        for name, scale in SCALES.items()
    ]


def tiny_file() -> dict[str, Any]:
    """Return a whole knowledge base of three invented harms that keeps every rule."""
    used = [number for number in range(30) if number not in COMMENTS]
    return {
        "schema": 2,
        "title": "A tiny knowledge base",
        "edition": "1",
        "reviewed": "2026-01-02",
        "review": {"clinician": None, "day": None},
        "licence": "None.",
        "notice": "For tests only.",
        "absence": "What is missing here may still harm.",
        "harms": [
            {
                "id": "blue-thumb",
                "name": "Blue thumb",
                "aliases": [
                    {"text": "hematoma of the thumb", "kind": "exact"},
                    {"text": "BT", "kind": "abbreviation"},
                    *aliases("azure", "cobalt", "indigo", "navy"),
                ],
                "summary": "A thumb turns blue [in German: blau] after rubbing.",
                "citations": [1],
                "plain": plain("blue thumb"),
                "severity": "minor",
                "frequency": [
                    {
                        "measure": "a blue thumb on the next day",
                        "percent": 7,
                        "numerator": None,
                        "denominator": 100,
                        "setting": "One clinic.",
                        "limits": "Few people.",
                        "citations": [2],
                    }
                ],
                "systems": ["skin"],
                "regions": ["hand"],
                "findings": [
                    {
                        "citation": 2,
                        "bearing": "supports",
                        "text": "Seven of a hundred thumbs were blue.",
                        "design": "trial",
                    },
                    {"citation": 4, "bearing": "against", "text": "No thumb was blue."},
                ],
                "uncertainty": [said("Why it is blue is not known.", 1)],
                "see_also": ["broken-ladder"],
                "reviewed": "2026-01-02",
            },
            {
                "id": "broken-ladder",
                "name": "Broken ladder",
                "aliases": aliases(
                    "cracked steps", "rung failure", "rung loss", "snapped steps", "step failure", "step loss"
                ),
                "summary": "A ladder breaks under the patient.",
                "citations": [5],
                "plain": plain("broken steps"),
                "severity": "serious",
                "outcomes": [{"outcome": "surgery", "attributed": True}],
                "systems": ["musculoskeletal"],
                "mechanisms": ["weight"],
                "warning_signs": [
                    {"sign": "creaking", "link": "compatible"},
                    {"sign": "falling", "link": "characteristic"},
                ],
                "response": [said("Call emergency services.", 5) | {"urgency": "emergency-now", "signs": ["falling"]}],
                "uncertainty": [said("How often is not known.", 5)],
                "see_also": ["blue-thumb"],
                "reviewed": "2026-01-02",
            },
            {
                "id": "odd-feeling",
                "name": "Odd feeling",
                "aliases": aliases("curious", "eerie", "peculiar", "queer", "uncanny", "weird"),
                "summary": "Somebody feels odd.",
                "citations": [0],
                "plain": plain("odd feeling"),
                "severity": "minor",
                "systems": ["mental"],
                "uncertainty": [said("Everything.", 0)],
                "reviewed": "2026-01-02",
            },
        ],
        "mechanisms": [
            {"id": "weight", "name": "Weight", "summary": "Weight pulls.", "citations": [12], "status": "proposed"}
        ],
        "citations": [citation(number) for number in range(30)],
        "cases": [
            {
                "id": "author-5-ladder",
                "name": "Author 2005: a ladder",
                "summary": "A man fell.",
                "citations": [5],
                "harms": ["broken-ladder"],
                "age": "40",
                "sex": "M",
                "technique": "standing massage",
                "techniques": ["walking-on-back"],
                "providers": ["self"],
                "regions": ["back"],
                "outcome": "Died.",
                "outcomes": [{"outcome": "death", "attributed": True}],
            },
            {
                "id": "anecdote-odd",
                "name": "Anecdote: odd",
                "summary": "A reader felt odd.",
                "citations": [0],
                "harms": ["odd-feeling"],
            },
        ],
        "precautions": [
            {
                "id": "heavy",
                "name": "Heavy client",
                "aliases": [
                    {"text": "stout client", "kind": "lay"},
                    {"text": "very heavy client", "kind": "narrower", "answered_by": "very-heavy"},
                ],
                "plain": plain("heavy"),
                "action": {"level": "contraindicated", "text": "Use no ladder.", "citations": [13]},
                "advice": [
                    {"key": "very-heavy", "level": "adapt", "text": "Use a low table.", "citations": [13]},
                ],
                "stop_if": ["falling"],
                "questions": [
                    {
                        "text": "Did a ladder break?",
                        "if_yes": "clearance",
                        "then": "Ask the builder.",
                        "citations": [13],
                    }
                ],
                "harms": [{"harm": "broken-ladder", "support": "authority", "citations": [13]}],
                "why": [said("Ladders break.", 13)],
            }
        ],
        "medicines": [
            {
                "id": "weight-gainers",
                "name": "Weight gainers",
                "atc": ["X01AA"],
                "names": [
                    {"text": "crescol", "kind": "inn"},
                    {"text": "Growmax", "kind": "brand", "generic": "crescol"},
                ],
                "precautions": ["heavy"],
                "note": "They add weight.",
                "citations": [13],
            }
        ],
        "signs": [
            {
                "id": "creaking",
                "name": "creaking rungs",
                "aliases": aliases("groaning rungs", "rungs that creak"),
                "plain": plain("creaking"),
                "urgency": "soon",
                "basis": "inference",
                "citations": [5],
                "raised_by": [{"with": {"records": ["heavy"]}, "urgency": "same-day", "citations": [5]}],
            },
            {
                "id": "falling",
                "name": "falling from a height",
                "aliases": aliases("fell off the ladder"),
                "plain": plain("falling"),
                "urgency": "emergency-now",
                "basis": "source",
                "citations": [11],
                "instruction": said("Call emergency services and do not move.", 11),
            },
        ],
        "terms": [
            {"id": "ladder", "name": "Ladder", "definition": "Two poles with rungs.", "citations": used},
            *scales(),
        ],
        "myths": [{"id": "myth-blue", "name": "Blue", "belief": "Blue is good.", "evidence": [said("It is not.", 14)]}],
        "lessons": [
            {
                "id": "lesson-look",
                "name": "Look up",
                "audience": "professionals",
                "text": "Look at the ladder first.",
                "citations": [15],
            }
        ],
        "recognised": [{"name": "left-handed", "kind": "word", "aliases": ["left handed"]}],
        "fillers": ["client"],
        "withdrawn": [{"id": "azure-thumb", "heirs": ["blue-thumb"]}],
    }
