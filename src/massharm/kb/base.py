"""The knowledge base: its records, the links between them, and what follows from the links."""

from itertools import chain
from os import PathLike
from typing import TYPE_CHECKING

from massharm.kb import packaged, store
from massharm.kb.links import LinkedRecords
from massharm.kb.records import File

if TYPE_CHECKING:
    from massharm.kb.parts import Local


class KnowledgeBase(LinkedRecords):
    """All records of one file, by id and by number, with their links.

    >>> from massharm import KnowledgeBase
    >>> kb = KnowledgeBase.load()
    >>> kb["rhabdomyolysis"].severity
    <Severity.SERIOUS: 'serious'>
    """

    def __init__(self, file: File) -> None:
        """Take a decoded file, whose numbers and ids need not be sound; indexes are made when first asked for."""
        super().__init__(file)
        self.edition = file.edition
        self.reviewed = file.reviewed
        self.notice = file.notice
        self.absence = file.absence
        self.packaged: packaged.Parts | None = None
        """The wheel's own file, by whose checksum the tables beside it are checked; None for any other file."""
        self.overlays: tuple[str, ...] = ()
        """The names of the clinics whose overlays were read."""
        self.local: dict[str, Local] = {}
        """What these add, by the id of the record."""

    @classmethod
    def load(cls, path: str | PathLike[str] | None = None) -> "KnowledgeBase":
        """Return the knowledge base at `path`, else what MASSHARM_KB names, else the bundled one.

        Raises:
            BadData: the file cannot be read, does not have the promised shape, or names records ambiguously; or an
                overlay takes something away.
        """
        place, *overlays = (store.source(path),) if path is not None else store.sources()
        if overlays:
            from massharm.kb import overlay  # noqa: PLC0415 - most have none

            return overlay.load(place, overlays)
        if place == store.PACKAGED:  # it was tried before its release
            file, parts = packaged.load_packaged()
            kb = cls(file)
            kb.packaged = parts
            return kb
        from massharm.kb import integrity  # noqa: PLC0415 - not needed for the wheel's own file

        kb = cls(store.decode(store.read(place), place))
        for fault, message in chain.from_iterable(rule(kb) for rule in integrity.RULES):
            raise store.bad_data(place, f"{fault}: {message}")
        return kb

    @property
    def how_to_cite(self) -> str:
        """The reference by which the knowledge base itself is cited."""
        return f"{self.file.title}. Edition {self.edition}. massharm; reviewed {self.reviewed}."

    @property
    def clinical_review(self) -> str:
        """Who reviewed the knowledge base clinically, and when."""
        review = self.file.review
        if review.clinician is None:
            return "none yet: no named clinician has reviewed it"
        return review.clinician + (f", {review.day}" if review.day else "")
