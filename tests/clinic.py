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


def precaution(name: str, other: str = "", level: str = "adapt", harms: str = "") -> dict[str, Any]:
    """Return a precaution whose id is its name."""
    return {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "aliases": aliases(other),
        "action": {"level": level, "text": "Take care.", "citations": [13]},
        "why": [said(f"{name} matters.", 13)],
        "harms": [{"harm": harm, "support": "authority", "citations": [13]} for harm in harms.split()],
    }


def medicine(name: str, names: str, implied: str = "") -> dict[str, Any]:
    """Return a class of medicines whose id is its name; `names` are as in `aliases`, without a kind generics."""
    pairs = (text.strip().partition("/") for text in names.split(";"))
    return {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "names": [{"text": text, "kind": kind or "inn"} for text, _, kind in pairs],
        "precautions": implied.split(),
        "note": f"{name} are taken.",
    }


def sign(name: str, urgency: str, other: str = "", **fields: Any) -> dict[str, Any]:
    """Return a sign whose id is its name."""
    return {
        "id": name.lower().translate({ord(" "): "-", ord(","): None, ord("'"): None}),
        "name": name,
        "aliases": aliases(other),
        "urgency": urgency,
        "basis": "source",
        "citations": [14],
        **fields,
    }


def harm(name: str, other: str = "", severity: str = "minor", signs: str = "", **fields: Any) -> dict[str, Any]:
    """Return a harm whose id is its name; `signs` are the ids of its characteristic signs."""
    return {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "aliases": aliases(other),
        "summary": f"{name} after massage.",
        "citations": [14],
        "severity": severity,
        "systems": ["none"],
        "warning_signs": [{"sign": sign, "link": "characteristic"} for sign in signs.split()],
        "uncertainty": [said("How often is not known.", 14)],
        "reviewed": "2026-01-02",
        **fields,
    }


PRECAUTIONS = (
    precaution("Warfarin", "blood thinner; Xarelto; aspirin; warfarrin rub/related", "clearance", "bruise haemorrhage"),
    precaution("Osteoporosis", "brittle bones; bone thinning", "local", "fracture"),
    precaution("Pregnancy", "pregnant; weeks pregnant", "contraindicated"),
    precaution("Cancer", "breast cancer; tumour"),
    precaution("Known clot", "DVT/abbreviation; blood clot; swollen calf/related", "contraindicated", "embolism"),
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
        "coughing-up-blood sudden-breathlessness swollen-warm-calf",
        regions=["leg"],
        techniques=["deep-tissue"],
    ),
    harm(
        "Kidney injury",
        "not peeing after massage; no energy after massage",
        "serious",
        "dark-urine-the-colour-of-tea coughing-up-blood",
        regions=["back"],
    ),
    harm("Haemorrhage", "bleeding/related", "serious", "neck-pain-and-drooping-eyelid", regions=["neck"]),
    harm("Numb hand", "???/exact", "moderate", "tingling-in-the-hand", regions=["hand", "neck"]),
)


SIGNS = (
    sign("coughing up blood", "emergency-now"),
    sign("sudden breathlessness", "emergency-now"),
    sign("swollen warm calf", "same-day"),
    sign("dark urine, the colour of tea", "same-day", "dark urine"),
    sign("neck pain and drooping eyelid", "soon"),
    sign("tingling in the hand", "soon"),
)


def clinic(**changes: Any) -> KnowledgeBase:
    """Return the knowledge base, with changed lists of its file."""
    file = tiny_file()
    file["harms"] += HARMS
    file["precautions"] = list(PRECAUTIONS)
    file["signs"] += SIGNS
    for record in file["signs"]:
        record.pop("raised_by", None)
    file["medicines"] = []
    return KnowledgeBase(msgspec.convert(file | changes, File))
