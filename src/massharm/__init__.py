"""massharm: a command-line clinical reference on the harms of massage."""

TYPE_CHECKING = False  # what `typing` holds; nothing is imported here, since every start of the program passes by
if TYPE_CHECKING:
    from massharm.api import cite, evidence, find, redflags, screen
    from massharm.clinical.assertion import Assertion
    from massharm.engine import Completion, Engine
    from massharm.errors import BadData, MassharmError, NotFound, WrongUse
    from massharm.exports.clinical import RedflagsAnswer, ScreenAnswer
    from massharm.exports.evidence import EvidenceAnswer
    from massharm.exports.hits import SearchAnswer
    from massharm.exports.rows import CiteAnswer
    from massharm.kb.base import KnowledgeBase
    from massharm.kb.records import (
        Case,
        Citation,
        Harm,
        Lesson,
        Mechanism,
        Medicine,
        Myth,
        Precaution,
        Record,
        Sign,
        Term,
    )
    from massharm.kb.vocabulary import (
        AdviceLevel,
        Band,
        Basis,
        Evidence,
        MechanismStatus,
        Outcome,
        Population,
        Provider,
        Region,
        Scope,
        Severity,
        SignLink,
        Study,
        Support,
        System,
        Technique,
        Urgency,
    )
    from massharm.search.ranking import MatchType

__version__ = "0.1.0"
__all__ = [
    "AdviceLevel",
    "Assertion",
    "BadData",
    "Band",
    "Basis",
    "Case",
    "Citation",
    "CiteAnswer",
    "Completion",
    "Engine",
    "Evidence",
    "EvidenceAnswer",
    "Harm",
    "KnowledgeBase",
    "Lesson",
    "MassharmError",
    "MatchType",
    "Mechanism",
    "MechanismStatus",
    "Medicine",
    "Myth",
    "NotFound",
    "Outcome",
    "Population",
    "Precaution",
    "Provider",
    "Record",
    "RedflagsAnswer",
    "Region",
    "Scope",
    "ScreenAnswer",
    "SearchAnswer",
    "Severity",
    "Sign",
    "SignLink",
    "Study",
    "Support",
    "System",
    "Technique",
    "Term",
    "Urgency",
    "WrongUse",
    "__version__",
    "cite",
    "evidence",
    "find",
    "redflags",
    "screen",
]

_HOMES = {
    "massharm.api": "cite evidence find redflags screen",
    "massharm.clinical.assertion": "Assertion",
    "massharm.engine": "Completion Engine",
    "massharm.errors": "BadData MassharmError NotFound WrongUse",
    "massharm.exports.clinical": "RedflagsAnswer ScreenAnswer",
    "massharm.exports.evidence": "EvidenceAnswer",
    "massharm.exports.hits": "SearchAnswer",
    "massharm.exports.rows": "CiteAnswer",
    "massharm.kb.base": "KnowledgeBase",
    "massharm.kb.records": "Case Citation Harm Lesson Mechanism Medicine Myth Precaution Record Sign Term",
    "massharm.kb.vocabulary": "AdviceLevel Band Basis Evidence MechanismStatus Outcome Population Provider Region "
    "Scope Severity SignLink Study Support System Technique Urgency",
    "massharm.search.ranking": "MatchType",
}
"""The modules that hold the public names."""


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    home = next((module for module, names in _HOMES.items() if name in names.split()), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - costs time at start

    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    """Return the public names, for an interpreter that completes them."""
    return __all__
