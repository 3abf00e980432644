"""Records by id, by number and by name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from massharm.kb import packaged
from massharm.kb.records import (
    KINDS,
    Citation,
    File,
    Harm,
    Mechanism,
    Precaution,
    Record,
    Sign,
    record_names,
)
from massharm.kb.typed import TypedRecords
from massharm.kb.vocabulary import AliasKind
from massharm.text import fold

Linked = TypeVar("Linked", Harm, Mechanism, Precaution, Sign)


class RecordName(Struct, frozen=True):
    """What a record is called: as it is written, as it is compared (`text.fold`), and the kind of an alias.

    A record's own name and id have no kind; the title and identifiers of a citation are exact aliases.
    """

    text: str
    folded: str
    kind: AliasKind | None


class Lookup(TypedRecords):
    """All records of one file, found by id, number or name."""

    def __init__(self, file: File) -> None:
        """Take a decoded file, whose numbers and ids need not be sound; indexes are made when first asked for."""
        self.file = file
        self._names: dict[str, tuple[RecordName, ...]] = {}
        self._by_kind: dict[str, dict[str, Record]] = {}

    def records(self, kind: str | None = None) -> tuple[Record, ...]:
        """Return the records of one kind in the file's order, or of all kinds, harms first."""
        if kind is not None:
            rows: tuple[Record, ...] = getattr(self.file, KINDS[kind])
            return rows
        return tuple(chain.from_iterable(getattr(self.file, rows) for rows in KINDS.values()))

    def record_at(self, kind: str, place: int) -> Record:
        """Return the record at a place in the list of a kind."""
        return packaged.record_at(self.file, kind, place)

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Every record by its id; a citation's id is its key."""
        return {record_id: record for kind in KINDS for record_id, record in self._ids(kind).items()}

    @cached_property
    def by_number(self) -> dict[int, Citation]:
        """Every citation by its number."""
        return {citation.number: citation for citation in self.file.citations}

    @cached_property
    def heirs(self) -> dict[str, tuple[str, ...]]:
        """Withdrawn ids, and the ids that answer for each."""
        return {gone.id: gone.heirs for gone in self.file.withdrawn}

    def __getitem__(self, key: str | int) -> Record:
        """Return a record by id, or a citation by number; a withdrawn id gives its first heir.

        Raises:
            KeyError: no record has this id or number.
        """
        found = self.citation(key) if isinstance(key, int) else self._find(self._current(key))
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: str | int) -> bool:
        """Whether an id or number answers."""
        found = self.citation(key) if isinstance(key, int) else self._find(self._current(key))
        return found is not None

    def _find(self, record_id: str) -> Record | None:
        """Return a record by id, kind by kind: lists that come after its own need not be decoded."""
        return next((found for kind in KINDS if (found := self._found(kind, record_id))), None)

    def _found(self, kind: str, record_id: str) -> Record | None:
        if isinstance(self.file, packaged.LazyFile):
            return self.file.find(kind, record_id)
        return self._ids(kind).get(record_id)

    def _ids(self, kind: str) -> dict[str, Record]:
        if kind not in self._by_kind:
            self._by_kind[kind] = {record.id: record for record in self.records(kind)}
        return self._by_kind[kind]

    def citation(self, number: int) -> Citation | None:
        """Return a citation by its number, without reading the others; where none has it, None."""
        if isinstance(self.file, packaged.LazyFile):
            found = self.file.find(Citation.kind, number)
            return found if isinstance(found, Citation) else None
        return self.by_number.get(number)

    def _current(self, record_id: str) -> str:
        return self.heirs[record_id][0] if record_id in self.heirs else record_id

    def __iter__(self) -> Iterator[Record]:
        """Yield all records, harms first."""
        return iter(self.records())

    def __len__(self) -> int:
        """Count all records."""
        return len(self.records())

    def names_of(self, record: Record) -> tuple[RecordName, ...]:
        """Return what a record is called: its name, its id, its aliases; of a citation title, DOI, PMID and PMCID."""
        if record.id not in self._names:
            self._names[record.id] = tuple(RecordName(text, fold(text), kind) for text, kind in record_names(record))
        return self._names[record.id]

    def named(self, folded: str) -> tuple[Record, ...]:
        """Return the records that have this folded name or alias, harms first; `names_of` tells the kind."""
        return self._named.get(folded, ())

    @cached_property
    def _named(self) -> dict[str, tuple[Record, ...]]:
        found: defaultdict[str, list[Record]] = defaultdict(list)
        for record in self:
            for folded in {fold(text) for text, _ in record_names(record)}:
                found[folded].append(record)
        found.pop("", None)
        return {folded: tuple(records) for folded, records in found.items()}

    def cited(self, numbers: Iterable[int]) -> Iterator[Citation]:
        """Yield the citations of these numbers, in their order; a number that none has is passed over."""
        return (found for number in numbers if (found := self.citation(number)))

    def linked(self, model: type[Linked], ids: Iterable[str]) -> Iterator[Linked]:
        """Yield the records of one kind that have these ids, in their order; an id that names none is passed over."""
        return (found for record_id in ids if isinstance(found := self._found(model.kind, record_id), model))
