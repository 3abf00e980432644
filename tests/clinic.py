"""A knowledge base of a few simple precautions and harms, against which the clinical views are tested word by word."""

from typing import Any

import msgspec

from massharm import KnowledgeBase
from massharm.kb.records import File
from tiny import said, tiny_file


def aliases(texts: str) -> list[dict[str, str]]:
    """Return aliases: texts between semicolons, each with its kind after a slash; without one it is `lay`."""
    pairs = (text.strip().partition("/") for text in texts.split(";") if text.strip())
    return [{"text": text, "kind": kind or "lay"} for text, _, kind in pairs]


def precaution(name: str, other: str = "", level: str = "modify", harms: str = "") -> dict[str, Any]:
    """Return a precaution whose id is its name."""
    return {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "aliases": aliases(other),
        "why": [said(f"{name} matters.", 13)],
        "advice": [{"level": level, "text": "Take care.", "citations": [13]}],
        "harms": harms.split(),
    }


def harm(name: str, other: str = "", severity: str = "minor", signs: str = "", **fields: Any) -> dict[str, Any]:
    """Return a harm whose id is its name; `signs` stand between semicolons, each with its urgency after a slash."""
    pairs = (sign.strip().partition("/") for sign in signs.split(";") if sign.strip())
    return {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "aliases": aliases(other),
        "summary": f"{name} after massage.",
        "citations": [14],
        "severity": severity,
        "systems": ["none"],
        "warning_signs": [{"text": text, "urgency": urgency, "citations": [14]} for text, _, urgency in pairs],
        "uncertainty": [said("How often is not known.", 14)],
        "reviewed": "2026-01-02",
        **fields,
    }


PRECAUTIONS = (
    precaution(
        "Warfarin", "blood thinner; Xarelto; aspirin; warfarrin rub/related", "clear-first", "bruise haemorrhage"
    ),
    precaution("Osteoporosis", "brittle bones; bone thinning", "avoid-locally", "fracture"),
    precaution("Pregnancy", "pregnant; weeks pregnant", "avoid"),
    precaution("Cancer", "breast cancer; tumour"),
    precaution("Known clot", "DVT/abbreviation; blood clot; swollen calf/related", "avoid", "embolism"),
    precaution("Clot with cancer", "cancer and a clot"),
    precaution("Older age", "over 65; over 80; elderly; over " + "9" * 5000),
    precaution("Newborn", "infant; my baby"),
    precaution("Stiff spine", "AS/abbreviation; POP/abbreviation"),
    precaution("Unwell", "something is not right; not right; what is wrong?; A fib/abbreviation"),
    precaution("Open fracture", "bone has not healed; recent fracture"),
    precaution("Breastfeeding", "nursing mother"),
    precaution("Massage gun", "percussion device"),
    precaution("Stroke", "had a stroke; 脑卒中/exact"),
)
HARMS = (
    harm("Bruise", "black and blue mark"),
    harm("Fracture", "broken bone after massage", "moderate"),
    harm(
        "Embolism",
        "clot in the lung",
        "serious",
        "coughing up blood/emergency-now; sudden breathlessness/emergency-now; swollen warm calf/same-day",
        regions=["leg"],
        techniques=["deep-tissue"],
    ),
    harm(
        "Kidney injury",
        "not peeing after massage; no energy after massage",
        "serious",
        "dark urine, the colour of tea/same-day; coughing up blood/emergency-now",
        regions=["back"],
    ),
    harm("Haemorrhage", "bleeding/related", "serious", "neck pain and drooping eyelid/soon", regions=["neck"]),
    harm("Numb hand", "???/exact", "moderate", "tingling in the hand/soon", regions=["hand", "neck"]),
)


def clinic(**changes: Any) -> KnowledgeBase:
    """Return the knowledge base, with changed lists of its file."""
    file = tiny_file()
    file["harms"] += HARMS
    file["precautions"] = list(PRECAUTIONS)
    return KnowledgeBase(msgspec.convert(file | changes, File))
