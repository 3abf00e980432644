"""massharm: a command-line clinical reference on the harms of massage."""

TYPE_CHECKING = False  # what `typing` holds; nothing is imported here, since every start of the program passes by
if TYPE_CHECKING:
    from massharm.errors import BadData, MassharmError
    from massharm.kb.base import KnowledgeBase
    from massharm.search.ranking import Hit, find

__version__ = "0.1.0"
__all__ = ["BadData", "Hit", "KnowledgeBase", "MassharmError", "__version__", "find"]

_HOMES = {
    "BadData": "massharm.errors",
    "Hit": "massharm.search.ranking",
    "KnowledgeBase": "massharm.kb.base",
    "MassharmError": "massharm.errors",
    "find": "massharm.search.ranking",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - costs time at start

    return getattr(import_module(_HOMES[name]), name)
