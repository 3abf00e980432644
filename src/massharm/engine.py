"""An engine for services: a knowledge base with everything built that an answer needs."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from massharm import api
from massharm.clinical.names import names_in
from massharm.clinical.recognised import table_in
from massharm.clinical.wordings import wordings_in
from massharm.exports.answers import Kind
from massharm.exports.clinical import RedflagsAnswer, ScreenAnswer
from massharm.exports.evidence import EvidenceAnswer
from massharm.exports.hits import SearchAnswer
from massharm.exports.rows import CiteAnswer
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import KINDS, Record
from massharm.kb.vocabulary import AliasKind, one_of
from massharm.search.ranking import indexed
from massharm.text import fold


class Completion(Struct, frozen=True):
    """A record, and the name of it that begins with what was typed."""

    kind: Kind
    id: str
    name: str
    text: str


class Engine:
    """Answers from one knowledge base, for many callers at once.

    It is built once, which takes longer than an answer, and then may be used by several threads. What it keeps
    between answers has an upper bound.
    """

    def __init__(self, kb: KnowledgeBase | None = None) -> None:
        """Take a knowledge base, or load the one in use, and build what answers need."""
        self.kb = KnowledgeBase.load() if kb is None else kb
        for build in (indexed, names_in, wordings_in, table_in):
            build(self.kb)
        self._names = sorted(_typed_names(self.kb), key=lambda entry: (entry[0], entry[1]))
        self._folded = [entry[0] for entry in self._names]

    def find(self, words: str, *, kinds: Collection[str] = (), limit: int | None = 5) -> SearchAnswer:
        """Return what `massharm.find` does."""
        return api.find(self.kb, words, kinds=kinds, limit=limit)

    def screen(
        self,
        client: str,
        *,
        regions: Iterable[str] = (),
        techniques: Iterable[str] = (),
        providers: Iterable[str] = (),
        full: bool = False,
    ) -> ScreenAnswer:
        """Return what `massharm.screen` does."""
        return api.screen(self.kb, client, regions=regions, techniques=techniques, providers=providers, full=full)

    def redflags(self, words: str = "", *, regions: Iterable[str] = ()) -> RedflagsAnswer:
        """Return what `massharm.redflags` does."""
        return api.redflags(self.kb, words, regions=regions)

    def cite(self, *references: str | int, record: Record | None = None) -> CiteAnswer:
        """Return what `massharm.cite` does."""
        return api.cite(self.kb, *references, record=record)

    def evidence(self) -> EvidenceAnswer:
        """Return what `massharm.evidence` does."""
        return api.evidence(self.kb)

    def complete(self, typed: str, *, kinds: Collection[str] = (), limit: int = 10) -> tuple[Completion, ...]:
        """Return the records with a name that begins so, each once, the shortest name first.

        Case, accents and hyphens do not matter. Nothing typed completes to nothing.

        Raises:
            WrongUse: a kind does not exist.
        """
        kinds, start = {one_of(kind, KINDS, "kinds") for kind in kinds}, fold(typed)
        found: dict[str, Completion] = {}
        for _folded, _place, text, record in (
            sorted(self._from(start), key=lambda entry: len(entry[0])) if start else ()
        ):
            if not kinds or record.kind in kinds:
                found.setdefault(record.id, Completion(record.kind, record.id, record.name, text))
        return tuple(found.values())[:limit]

    def _from(self, start: str) -> Iterator[tuple[str, int, str, Record]]:
        """Yield the names that begin so, in the order of the alphabet."""
        for place in range(bisect_left(self._folded, start), len(self._names)):
            if not self._folded[place].startswith(start):
                return
            yield self._names[place]


def _typed_names(kb: KnowledgeBase) -> Iterator[tuple[str, int, str, Record]]:
    """Yield the names by which people call records: folded, the place of the kind, as written, and the record."""
    for place, kind in enumerate(KINDS):
        for record in kb.records(kind):
            for name in kb.names_of(record):
                if name.folded and name.kind is not AliasKind.RELATED:
                    yield name.folded, place, name.text, record
