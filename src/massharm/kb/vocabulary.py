"""The words that fields may take: scales, designs, regions, techniques."""

from enum import StrEnum


class Severity(StrEnum):
    """How bad a harm can be; `serious` means that a reported case met a seriousness criterion."""

    MINOR = "minor"
    MODERATE = "moderate"
    SERIOUS = "serious"


class Outcome(StrEnum):
    """Seriousness criteria met by at least one report, gravest first."""

    DEATH = "death"
    FETAL_LOSS = "fetal-loss"
    LIFE_THREATENING = "life-threatening"
    DISABILITY = "disability"
    SURGERY = "surgery"
    HOSPITAL = "hospital"
    MEDICAL_EVENT = "medical-event"


class Urgency(StrEnum):
    """How soon somebody with a warning sign must be seen."""

    EMERGENCY = "emergency-now"
    SAME_DAY = "same-day"
    SOON = "soon"


class Advice(StrEnum):
    """What a precaution asks for, strongest first."""

    AVOID = "avoid"
    AVOID_LOCALLY = "avoid-locally"
    CLEAR_FIRST = "clear-first"
    MODIFY = "modify"


class AliasKind(StrEnum):
    """How another word relates to a record's name."""

    EXACT = "exact"
    LAY = "lay"
    ABBREVIATION = "abbreviation"
    SPELLING = "spelling"
    RELATED = "related"


class Status(StrEnum):
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


class Bearing(StrEnum):
    """Which way a study points on whether massage can do a harm."""

    SUPPORTS = "supports"
    AGAINST = "against"
    UNCLEAR = "unclear"


class Audience(StrEnum):
    """Whom a lesson is for."""

    PROFESSIONALS = "professionals"
    PATIENTS = "patients"


class Seen(StrEnum):
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


class Evidence(StrEnum):
    """The strongest design that reports a harm, strongest first; computed, never typed."""

    SYSTEMATIC_REVIEW = "systematic review"
    TRIAL = "trial"
    OBSERVATIONAL = "observational"
    CASE_SERIES = "case series"
    CASE_REPORT = "case report"
    ANECDOTE = "anecdote"
    NONE = "none"


class Band(StrEnum):
    """CIOMS frequency bands, computed from a study that gives a denominator."""

    VERY_COMMON = "very common"
    COMMON = "common"
    UNCOMMON = "uncommon"
    RARE = "rare"
    VERY_RARE = "very rare"
    UNKNOWN = "not known"


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
