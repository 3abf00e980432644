"""The answers about editions: what changed between two, and the lists of changes."""

from collections.abc import Iterable

from massharm.exports.answers import Answer
from massharm.kb.base import KnowledgeBase
from massharm.kb.comparison import Change


class DiffAnswer(Answer, frozen=True, kw_only=True):
    """The answer of `diff`: `query` holds the paths of the older and the newer file, `kb` is the newer edition."""

    query: tuple[str, ...]
    results: tuple[Change, ...]


def diff_answer(kb: KnowledgeBase, paths: Iterable[str], found: Iterable[Change]) -> DiffAnswer:
    """Return what changed between the files at two paths."""
    return DiffAnswer.of(kb, tuple(paths), found)
