"""The names by which records are recognised in a description, prepared once for each knowledge base."""

import re
from collections.abc import Collection
from enum import Enum, auto
from weakref import WeakKeyDictionary

from msgspec import Struct

from massharm.clinical.context import NEGATION_TRIGGERS, TERMINATORS
from massharm.kb.base import KnowledgeBase, RecordName
from massharm.kb.records import Harm, Medicine, Precaution, Sign, record_names
from massharm.kb.vocabulary import AliasKind
from massharm.search.analysis import COMMON_WORDS, STOP_WORDS
from massharm.text import fold

NO_CONTENT = STOP_WORDS | NEGATION_TRIGGERS
"""Words that carry no content: a description is never searched for them alone."""
OPTIONAL_IN_HARMS = frozenset({"a", "an", "the", "of", "in", "my", "from", "after", "massage"})
"""Words that the name of a harm may hold and a description need not."""
TELLING = frozenset({"new"})
"""Words without content on which hangs what a sign says: "new headache" is no headache."""

# Words that the name of a precaution may hold and a description need not.
_TIMES = frozenset({"day", "days", "week", "weeks", "month", "months", "recent", "recently", "yet"})
_AGE = re.compile(r"over (\d{1,3})")


Nameable = Precaution | Harm | Sign | Medicine
"""The kinds of record that a description may name."""


class Rule(Enum):
    """What of a name must stand in a description."""

    CONTENT = auto()
    """Its words of content, in any form, near each other."""
    WORDS = auto()
    """All its words but the optional ones, near each other: names of harms often say how the harm came about."""
    LITERAL = auto()
    """The very words in their order."""
    CAPITALS = auto()
    """The very letters: an abbreviation that is a common word too."""


class Name(Struct, frozen=True):
    """A name of a record with its folded words, those of content among them, and the rule that finds it."""

    record: Nameable
    text: str
    kind: AliasKind | None
    words: tuple[str, ...]
    content: tuple[str, ...]
    rule: Rule

    def is_told_by(self, words: Collection[str]) -> bool:
        """Whether the telling words of the name of a sign are among those of a description; other records have none."""
        return not isinstance(self.record, Sign) or all(word in words for word in TELLING.intersection(self.words))


class NameTable:
    """The names of the records of a knowledge base that a description may name, each prepared when first needed.

    It holds no reference to the knowledge base, which would keep that alive.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        """Find the names of precautions and signs that no single word of content leads to; they are few."""
        self._prepared: dict[str, tuple[Name, ...]] = {}
        named: tuple[Precaution | Sign, ...] = (*kb.file.precautions, *kb.file.signs)
        names = [
            _prepare(record, RecordName(text, folded, kind))
            for record in named
            for text, kind in record_names(record)
            if _may_be_special(text) and not _is_too_short(record, text) and (folded := fold(text))
        ]
        self.common = [name for name in names if all(word in NO_CONTENT or word in _TIMES for word in name.words)]
        """Names of common words only, such as "something is not right"."""
        self.combined = [
            name
            for name in names
            if len(name.content) > 1
            and ("," in name.text or not TERMINATORS.isdisjoint(name.words))
            and (isinstance(name.record, Precaution) or _is_sign_of_two_things(name))
        ]
        """Names of two conditions at once, such as "cancer and a blood clot"."""
        self.parted = [name for name in names if isinstance(name.record, Sign) and "," in name.text]
        """Names of signs that a comma parts, which is where a description is parted too."""
        self.infant = [name for name in names if name.words == ("infant",)]
        """The names for an infant."""
        self.ages: dict[int, list[Name]] = {}
        """Names of ages from which there is a precaution, such as "over 65", by the age."""
        for name in names:
            if age := _AGE.fullmatch(" ".join(name.words)):
                self.ages.setdefault(int(age[1]), []).append(name)

    def of(self, kb: KnowledgeBase, record: Nameable) -> tuple[Name, ...]:
        """Return the names of a record; one without a letter and a digit is none.

        Nor are related words of a harm, and the id of a sign that leaves out what the name of the sign hangs on.
        """
        if record.id not in self._prepared:
            self._prepared[record.id] = tuple(
                _prepare(record, name)
                for name in kb.names_of(record)
                if name.folded
                and not (isinstance(record, Harm) and name.kind is AliasKind.RELATED)
                and not _is_too_short(record, name.text)
            )
        return self._prepared[record.id]


_tables: WeakKeyDictionary[KnowledgeBase, NameTable] = WeakKeyDictionary()


def names_in(kb: KnowledgeBase) -> NameTable:
    """Return the names of a knowledge base, made once."""
    if kb not in _tables:
        _tables[kb] = NameTable(kb)
    return _tables[kb]


def _is_too_short(record: Nameable, text: str) -> bool:
    """Whether a text is the id of a sign that leaves out a telling word of its name."""
    return (
        isinstance(record, Sign)
        and text == record.id
        and not TELLING.intersection(fold(record.name).split()).issubset(text.split("-"))
    )


def _is_sign_of_two_things(name: Name) -> bool:
    """Whether a name is a sign's own; its aliases are too many to be put together from words that stand apart.

    What is missing in a sign cannot be put together either.
    """
    return name.text == name.record.name and NEGATION_TRIGGERS.isdisjoint(name.words)


def _may_be_special(text: str) -> bool:
    """Whether a name, as it is written, may be one of common words, of two conditions or of an age.

    Most names are none, and need not be prepared for it.
    """
    words = text.lower().replace("-", " ").split()
    if not words:
        return False
    is_common = words[-1] in NO_CONTENT or words[-1] in _TIMES or not words[-1].isalnum()
    return is_common or "," in text or words[0] in {"over", "infant"} or not TERMINATORS.isdisjoint(words)


def _prepare(record: Nameable, name: RecordName) -> Name:
    """Return a name with the rule that its record, its kind and its words ask for."""
    words = tuple(name.folded.split())
    content = [word for word in words if word not in NO_CONTENT and word not in _TIMES]
    if isinstance(record, Harm):
        rule = Rule.WORDS
    elif name.kind is AliasKind.ABBREVIATION and all(word in STOP_WORDS or word in COMMON_WORDS for word in words):
        rule = Rule.CAPITALS
    elif len(words) == 1 or (len(content) > 1 and NEGATION_TRIGGERS.isdisjoint(words)):
        rule = Rule.CONTENT
    else:
        rule = Rule.LITERAL
    return Name(record, name.text, name.kind, words, tuple(content) or words, rule)
