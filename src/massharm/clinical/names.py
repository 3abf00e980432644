"""The names by which records are recognised in a description, prepared once for each knowledge base."""

import re
from collections.abc import Collection, Iterable, Iterator
from enum import Enum, auto
from functools import cache
from weakref import WeakKeyDictionary

from msgspec import Struct

from massharm.clinical.contractions import contracted
from massharm.clinical.triggers import NEGATION_TRIGGERS, TERMINATORS
from massharm.kb.base import KnowledgeBase
from massharm.kb.lookup import RecordName
from massharm.kb.packaged import stored
from massharm.kb.records import Harm, Medicine, Precaution, Sign, record_names
from massharm.kb.vocabulary import AliasKind, Region
from massharm.search.analysis import COMMON_WORDS, STOP_WORDS, stem, stems
from massharm.text import fold

NO_CONTENT = STOP_WORDS | NEGATION_TRIGGERS
"""Words that carry no content: a description is never searched for them alone."""
OPTIONAL_IN_HARMS = frozenset({"a", "an", "the", "of", "in", "my", "from", "after", "massage"})
"""Words that the name of a harm may hold and a description need not."""
TELLING = frozenset({"new", "wrong", "took", "taken", "very", "extremely", "dangerously", "too"})
"""Words without content on which hangs what a sign says: "new headache" is no headache."""
LOSSES = NEGATION_TRIGGERS | {
    "cant",
    "cannot",
    "couldnt",
    "wont",
    "wouldnt",
    "unable",
    "off",
    "hardly",
    "barely",
    "fewer",
    "less",
}
"""Words without content for what somebody lacks or cannot do: a wording that has one needs one in a description."""

# Words that the wording of a sign needs, however much else is said, each with those that may stand for it.
_NEEDED = {
    "out": frozenset({"out", "unconscious"}),
    "gone": frozenset({"gone", "went", "goes", "going", "lost", "losing"}),
    "bite": frozenset({"bite", "bites", "bitten", "biting"}),
    "both": frozenset(
        """
        both each either bilateral bilaterally bilat two legs arms feet hands thighs calves hamstrings shins sides
        """.split()  # noqa: SIM905 - words
    ),
}
# Pairs of words that say together what neither says alone: "all over", "a little one", "on one side".
_PAIRS = (frozenset({"all", "over"}), frozenset({"little", "one"}), frozenset({"one", "side"}))
# Words that the name of a precaution may hold and a description need not.
_TIMES = frozenset({"day", "days", "week", "weeks", "month", "months", "recent", "recently", "yet"})
_AGE = re.compile(r"over (\d{1,3})")
# Words without content by which the name of a precaution says more: "blood pressure is up".
_DIRECTIONS = frozenset({"up", "down"})
_PAIN = "pain painful sore ache aching hurts"


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
        """Whether a description has the words on which hangs what the name of a sign says; other records have none."""
        return not isinstance(self.record, Sign) or is_told(self.words, words)


def is_told(wording: Collection[str], words: Collection[str]) -> bool:
    """Whether a description has the words without content on which hangs what the wording of a sign says."""
    if not all(word in words for word in TELLING.intersection(wording)):
        return False
    if any(pair.issubset(wording) and not pair.issubset(words) for pair in _PAIRS):
        return False
    if any(word in wording and instead.isdisjoint(words) for word, instead in _NEEDED.items()):
        return False
    return LOSSES.isdisjoint(wording) or not LOSSES.isdisjoint(words)


@cache
def places_and_pain() -> frozenset[str]:
    """Return the stems of the words for regions and for pain."""
    return frozenset(stem for text in (*Region, _PAIN) for stem in stems(text))


class NameTable:
    """The names of the records of a knowledge base that a description may name, each prepared when first needed.

    It holds no reference to the knowledge base, which would keep that alive.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        """Read the special names of the wheel, or find them."""
        self._prepared: dict[tuple[str, str], Name | None] = {}
        self.special = stored(kb, "names", Specials) or specials_of(kb)
        """Names that are looked up beside the words of content; they are few."""

    def of_sign(self, record: Sign, text: str) -> Name:
        """Return a wording of a sign as a name."""
        kind = next((alias.kind for alias in record.aliases if alias.text == text), None)
        return _prepare(record, RecordName(text, contracted(fold(text)), None if text == record.name else kind))

    def of(self, record: Nameable, starts: Collection[str]) -> Iterator[Name]:
        """Yield the names of a record of which a word may begin with one of some letters.

        A name without a letter and a digit is none. Nor are related words of a harm, and the id of a sign that leaves
        out what the name of the sign hangs on.
        """
        for text, kind in record_names(record):
            written = text.lower()
            if not text.isascii() or any(start in written for start in starts):
                key = record.id, text
                if key not in self._prepared:
                    self._prepared[key] = self._name(record, text, kind)
                if name := self._prepared[key]:
                    yield name

    @staticmethod
    def _name(record: Nameable, text: str, kind: AliasKind | None) -> Name | None:
        is_related = isinstance(record, Harm) and kind is AliasKind.RELATED
        folded = "" if is_related or _is_too_short(record, text) else contracted(fold(text))
        return _prepare(record, RecordName(text, folded, kind)) if folded else None


class Special(Struct, frozen=True):
    """A name that no single word of content leads to: the kind and place of its record, and its folded words.

    `content` are those of content.
    """

    kind: str
    place: int
    text: str
    alias_kind: AliasKind | None
    words: tuple[str, ...]
    content: tuple[str, ...]

    def name(self, kb: KnowledgeBase) -> Name:
        """Return it with its record and rule."""
        record = kb.record_at(self.kind, self.place)
        assert isinstance(record, Precaution | Sign)  # noqa: S101 - for the type checker
        return _prepare(record, RecordName(self.text, " ".join(self.words), self.alias_kind))


class Specials(Struct, frozen=True):
    """The special names of precautions and signs.

    `common` are those of common words only, such as "something is not right", `combined` those of two conditions at
    once, such as "cancer and a blood clot", `infant` those for an infant, and `ages` those of ages from which there is
    a precaution, such as "over 65", by the age.
    """

    common: tuple[Special, ...]
    combined: tuple[Special, ...]
    infant: tuple[Special, ...]
    ages: dict[int, tuple[Special, ...]]


def specials_of(kb: KnowledgeBase) -> Specials:
    """Return the special names of a knowledge base, as the wheel carries them."""
    common, combined, infant = [], [], []
    ages: dict[int, list[Special]] = {}
    for kind in (Precaution.kind, Sign.kind):
        for place, record in enumerate(kb.records(kind)):
            for text, alias_kind in record_names(record):
                if not (isinstance(record, Precaution | Sign) and _may_be_special(text)) or _is_too_short(record, text):
                    continue
                folded = contracted(fold(text))
                if not folded:
                    continue
                name = _prepare(record, RecordName(text, folded, alias_kind))
                special = Special(kind, place, text, alias_kind, name.words, name.content)
                if all(word in NO_CONTENT or word in _TIMES for word in name.words):
                    common.append(special)
                if _is_combined(name):
                    combined.append(special)
                if name.words == ("infant",):
                    infant.append(special)
                if age := _AGE.fullmatch(folded):
                    ages.setdefault(int(age[1]), []).append(special)
    return Specials(tuple(common), tuple(combined), tuple(infant), {age: tuple(found) for age, found in ages.items()})


def _is_combined(name: Name) -> bool:
    """Whether a name says two things that may stand apart; a phrase counts word for word only."""
    if name.kind is AliasKind.PHRASE:
        return False
    is_joined = len(name.content) > 1 and ("," in name.text or not TERMINATORS.isdisjoint(name.words))
    return is_joined and (isinstance(name.record, Precaution) or _is_sign_of_two_things(name))


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


def _is_weak(content: Collection[str]) -> bool:
    """Whether words of content say too little to be a sign alone: one word, or only places and pain."""
    telling = [word for word in content if word not in COMMON_WORDS and stem(word) not in places_and_pain()]
    return not telling or len(content) == 1


def content_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words of content of the folded words of a name; none where all are common."""
    return tuple(word for word in words if word not in NO_CONTENT and word not in _TIMES)


def _prepare(record: Nameable, name: RecordName) -> Name:
    """Return a name with the rule that its record, its kind and its words ask for."""
    words = tuple(name.folded.split())
    content = content_of(words)
    if isinstance(record, Harm) and name.kind is not AliasKind.PHRASE:
        rule = Rule.WORDS
    elif (
        name.kind is AliasKind.PHRASE
        or (isinstance(record, Precaution) and not _DIRECTIONS.isdisjoint(words))
        or (isinstance(record, Sign) and len(words) > 1 and _is_weak(content))
    ):
        rule = Rule.LITERAL
    elif name.kind is AliasKind.ABBREVIATION and all(word in STOP_WORDS or word in COMMON_WORDS for word in words):
        rule = Rule.CAPITALS
    elif len(words) == 1 or (len(content) > 1 and NEGATION_TRIGGERS.isdisjoint(words)):
        rule = Rule.CONTENT
    else:
        rule = Rule.LITERAL
    return Name(record, name.text, name.kind, words, content or words, rule)
