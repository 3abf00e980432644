"""The words that fields may take: ordered scales, designs, regions, techniques; and how a user's word is read."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self, TypeVar

from massharm.errors import WrongUse
from massharm.text import fold

Word = TypeVar("Word", bound=str)


def one_of(word: str, allowed: Iterable[Word], subject: str) -> Word:
    """Return the allowed word that a user's word means; case, blanks and hyphens do not matter.

    `subject` is the option or argument as the user knows it, such as `--severity` or `KIND`.

    Raises:
        WrongUse: it is none of them; the message names the nearest and all that are allowed.
    """
    known = {fold(item): item for item in allowed}
    if fold(word) in known:
        return known[fold(word)]
    from difflib import get_close_matches  # noqa: PLC0415 - costs time at start, and is seldom needed

    near = get_close_matches(fold(word), known, 1)
    hint = f" (did you mean {known[near[0]]}?)" if near else ""
    raise WrongUse(f"{subject} does not take “{word}”{hint}; it takes {', '.join(known.values())}")


class Scale(StrEnum):
    """An ordered vocabulary, the worst or strongest first.

    What its levels mean is written in the knowledge base, in the term that `SCALES` names.
    """

    rank: int
    """The place on the scale: 0 is the worst, the strongest or the most urgent."""
    heading: str
    """The words under which pages show the level."""

    def __new__(cls, value: str, heading: str = "") -> Self:
        """Make a level; without a heading its own word stands there, hyphens as blanks."""
        level = str.__new__(cls, value)
        level._value_ = value
        level.rank = len(cls.__members__)
        level.heading = heading or value.replace("-", " ")
        return level


class Severity(Scale):
    """How bad a harm can be; `serious` means that a reported case met a seriousness criterion."""

    SERIOUS = "serious"
    MODERATE = "moderate"
    MINOR = "minor"


class Outcome(Scale):
    """Seriousness criteria met by at least one report, gravest first."""

    DEATH = "death"
    FETAL_LOSS = "fetal-loss"
    LIFE_THREATENING = "life-threatening"
    DISABILITY = "disability"
    SURGERY = "surgery"
    HOSPITAL = "hospital"
    MEDICAL_EVENT = "medical-event"


class Urgency(Scale):
    """How soon somebody with a warning sign must be seen."""

    EMERGENCY = "emergency-now", "Call emergency services"
    SAME_DAY = "same-day", "Same-day medical review"
    SOON = "soon", "See a clinician"


class AdviceLevel(Scale):
    """What a precaution asks for, strictest first."""

    CONTRAINDICATED = "contraindicated", "Contraindicated"
    CLEARANCE = "clearance", "Medical clearance first"
    LOCAL = "local", "Local contraindication"
    ADAPT = "adapt", "Adapt the treatment"


class Basis(Scale):
    """What carries a statement: a source that says it, or our own inference from one."""

    SOURCE = "source"
    INFERENCE = "inference"


class Support(Scale):
    """What connects a precaution with a harm, strongest first; `case` is computed from the cases, never typed."""

    CASE = "case"
    AUTHORITY = "authority"
    INFERENCE = "inference"


class SignLink(Scale):
    """How a warning sign relates to a harm: it points to this harm, or it also occurs with it."""

    CHARACTERISTIC = "characteristic"
    COMPATIBLE = "compatible"


class Tier(Scale):
    """How a precaution is shown: on a card of its own, or only as a question because its advice is weak."""

    CARD = "card"
    QUESTION = "question"


class Population(StrEnum):
    """Who can have a harm, a sign or a precaution."""

    ANYONE = "anyone"
    ADULT = "adult"
    INFANT = "infant"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    THERAPIST = "therapist"


class MedicineNameKind(StrEnum):
    """Kinds of medicine name: international non-proprietary name, brand, class and abbreviation."""

    GENERIC = "inn"
    BRAND = "brand"
    CLASS = "class"
    ABBREVIATION = "abbreviation"


class Asked(StrEnum):
    """A number that a question asks for: named as the field of `parts.When` that depends on it."""

    AGE = "age"
    WEEKS = "weeks"
    AGO = "ago"
    QUANTITY = "quantity"


class RecognisedKind(StrEnum):
    """What a recognised entry without advice is."""

    CONDITION = "condition"
    MEDICINE = "medicine"
    WORD = "word"


class AliasKind(StrEnum):
    """How another word relates to a record's name."""

    EXACT = "exact"
    LAY = "lay"
    PHRASE = "phrase"
    """Everyday words that mean it only word for word: in another order they are ordinary speech.

    A long one of a sign stands in any person.
    """
    ABBREVIATION = "abbreviation"
    SPELLING = "spelling"
    NARROWER = "narrower"
    RELATED = "related"


class MechanismStatus(Scale):
    """How well a mechanism is known."""

    DEMONSTRATED = "demonstrated"
    PROPOSED = "proposed"
    DISPUTED = "disputed"


class Provider(StrEnum):
    """Who, or what, gave the massage."""

    PROFESSIONAL = "professional"
    LAYPERSON = "layperson"
    SELF = "self"
    DEVICE = "device"


class Bearing(Scale):
    """Which way a study points on whether massage can do a harm."""

    SUPPORTS = "supports", "for"
    AGAINST = "against"
    UNCLEAR = "unclear"


class Audience(StrEnum):
    """Whom a lesson is for."""

    PROFESSIONALS = "professionals"
    PATIENTS = "patients"


class Provenance(Scale):
    """Where a bibliographic field was seen, best first; `article`: only the source article has it."""

    PUBMED = "pubmed"
    PUBLISHER = "publisher"
    SECONDARY = "secondary"
    ARTICLE = "article"


class Study(StrEnum):
    """Kinds of study and of source."""

    SYSTEMATIC_REVIEW = "systematic review"
    TRIAL = "trial"
    OBSERVATIONAL = "observational study"
    CASE_SERIES = "case series"
    CASE_REPORT = "case report"
    EXPERIMENT = "experiment"
    GUIDELINE = "guideline"
    CONSENSUS = "consensus"
    NARRATIVE_REVIEW = "narrative review"
    QUALITATIVE = "qualitative study"
    BOOK = "book"
    WEB_PAGE = "web page"
    PRESS = "press report"
    ARTICLE = "source article"
    COMMENTARY = "commentary"


class Evidence(Scale):
    """The strongest design that reports a harm, strongest first; computed, never typed."""

    SYSTEMATIC_REVIEW = "systematic review"
    TRIAL = "trial"
    OBSERVATIONAL = "observational"
    CASE_SERIES = "case series"
    CASE_REPORT = "case report"
    ANECDOTE = "anecdote"
    NONE = "none"


class Band(Scale):
    """CIOMS frequency bands, computed from a study that gives a denominator."""

    VERY_COMMON = "very common"
    COMMON = "common"
    UNCOMMON = "uncommon"
    RARE = "rare"
    VERY_RARE = "very rare"
    UNKNOWN = "not known"


class Scope(StrEnum):
    """What a figure was counted in: massage itself, or something near it that says less about massage."""

    MASSAGE = "massage"
    MIXED = "mixed"
    NEIGHBOURING = "neighbouring"
    EXPOSURE = "exposure"
    BACKGROUND = "background"


class System(StrEnum):
    """Body systems; `none` for harms that are not bodily."""

    NERVOUS = "nervous"
    VASCULAR = "vascular"
    HEART = "heart"
    BLOOD = "blood"
    MUSCULOSKELETAL = "musculoskeletal"
    DIGESTIVE = "digestive"
    URINARY = "urinary"
    REPRODUCTIVE = "reproductive"
    RESPIRATORY = "respiratory"
    LYMPHATIC = "lymphatic"
    SKIN = "skin"
    EYE = "eye"
    EAR = "ear"
    ENDOCRINE = "endocrine"
    MENTAL = "mental"
    NONE = "none"


class Region(StrEnum):
    """Where on the body the massage was given."""

    HEAD = "head"
    FACE = "face"
    NECK = "neck"
    SHOULDER = "shoulder"
    ARM = "arm"
    HAND = "hand"
    CHEST = "chest"
    BREAST = "breast"
    BACK = "back"
    ABDOMEN = "abdomen"
    PELVIS = "pelvis"
    BUTTOCK = "buttock"
    LEG = "leg"
    FOOT = "foot"
    WHOLE_BODY = "whole-body"


class Technique(StrEnum):
    """Kinds of massage and of tool, as reports name them."""

    DEEP_TISSUE = "deep-tissue"
    VIGOROUS = "vigorous"
    RELAXATION = "relaxation"
    SPORTS = "sports"
    FRICTION = "friction"
    FASCIAL = "fascial-release"
    THAI = "thai"
    SHIATSU = "shiatsu"
    TUINA = "tuina"
    TRADITIONAL = "traditional"
    AYURVEDA = "ayurveda"
    WALKING = "walking-on-back"
    ABDOMINAL = "abdominal"
    LYMPHATIC = "lymph-drainage"
    STRETCHING = "stretching"
    MANIPULATION = "with-manipulation"
    HEAT = "with-heat"
    OIL = "with-oil"
    MASSAGER = "electric-massager"
    GUN = "massage-gun"
    TOOL = "hand-tool"
    SELF = "self-massage"
    INFANT = "infant"
    PREGNANCY = "pregnancy"


SCALES: dict[str, type[Scale]] = {
    "severity": Severity,
    "seriousness": Outcome,
    "urgency": Urgency,
    "advice": AdviceLevel,
    "basis": Basis,
    "support": Support,
    "sign-link": SignLink,
    "evidence": Evidence,
    "frequency": Band,
    "checked-fields": Provenance,
}
"""By the id of the term that defines its levels, each scale that a user meets."""
