"""Records by their kind, each with its own type: what a program that knows the kind asks for."""

from typing import TypeVar

from massharm.errors import NotFound
from massharm.kb.records import (
    KINDS,
    Case,
    Citation,
    File,
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

One = TypeVar("One", Harm, Mechanism, Case, Precaution, Medicine, Sign, Term, Myth, Lesson)


class TypedRecords:
    """The records of a knowledge base by kind; the base of `KnowledgeBase`.

    What takes an id raises `NotFound` where no record of the kind has it; an id that was withdrawn leads to its first
    heir.
    """

    file: File

    def __getitem__(self, key: str | int) -> Record:
        """Return a record by id, or a citation by number."""
        raise NotImplementedError

    def __contains__(self, key: str | int) -> bool:
        """Whether an id or number answers."""
        raise NotImplementedError

    @property
    def harms(self) -> tuple[Harm, ...]:
        """The harms, in the file's order."""
        return self.file.harms

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """The mechanisms, in the file's order."""
        return self.file.mechanisms

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations, by number."""
        return self.file.citations

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases, in the file's order."""
        return self.file.cases

    @property
    def precautions(self) -> tuple[Precaution, ...]:
        """The precautions, in the file's order."""
        return self.file.precautions

    @property
    def medicines(self) -> tuple[Medicine, ...]:
        """The classes of medicines, in the file's order."""
        return self.file.medicines

    @property
    def signs(self) -> tuple[Sign, ...]:
        """The warning signs, in the file's order."""
        return self.file.signs

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms, in the file's order."""
        return self.file.terms

    @property
    def myths(self) -> tuple[Myth, ...]:
        """The myths, in the file's order."""
        return self.file.myths

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons, in the file's order."""
        return self.file.lessons

    def harm(self, record_id: str) -> Harm:
        """Return the harm that has an id."""
        return self._one(Harm, record_id)

    def mechanism(self, record_id: str) -> Mechanism:
        """Return the mechanism that has an id."""
        return self._one(Mechanism, record_id)

    def case(self, record_id: str) -> Case:
        """Return the case that has an id."""
        return self._one(Case, record_id)

    def precaution(self, record_id: str) -> Precaution:
        """Return the precaution that has an id."""
        return self._one(Precaution, record_id)

    def medicine(self, record_id: str) -> Medicine:
        """Return the class of medicines that has an id."""
        return self._one(Medicine, record_id)

    def sign(self, record_id: str) -> Sign:
        """Return the warning sign that has an id."""
        return self._one(Sign, record_id)

    def term(self, record_id: str) -> Term:
        """Return the term that has an id."""
        return self._one(Term, record_id)

    def myth(self, record_id: str) -> Myth:
        """Return the myth that has an id."""
        return self._one(Myth, record_id)

    def lesson(self, record_id: str) -> Lesson:
        """Return the lesson that has an id."""
        return self._one(Lesson, record_id)

    def _one(self, model: type[One], record_id: str) -> One:
        """Return the record of one kind that has an id.

        Raises:
            NotFound: none has; the message names the kind that the id belongs to, or the nearest ids.
        """
        if record_id in self:
            found = self[record_id]
            if isinstance(found, model):
                return found
            raise NotFound(
                f"“{record_id}” is the id of a {found.kind}, not of a {model.kind}; read it with: kb[{found.id!r}]"
            )
        from difflib import get_close_matches  # noqa: PLC0415 - costs time at start, and is seldom needed

        plural = KINDS[model.kind]
        near = get_close_matches(record_id, [record.id for record in getattr(self, plural)], 3)
        hint = f"did you mean {', '.join(near)}?" if near else f"kb.{plural} holds all of them"
        raise NotFound(f"no {model.kind} has the id “{record_id}”; {hint}")
