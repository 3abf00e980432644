"""Knowledge bases of any size that look like a real one, for measuring how a search grows.

A synthetic record copies the structure of a real one of its kind: its fields, the number and length of its
texts, its aliases. Its words are new. The telling words of its names are replaced alike wherever they stand
in it, so that a record goes on about its subject as a real one does; every other word is drawn from an urn.

The urn holds the words of the real texts as often as they stand there, and each word drawn is put back
twice (Simon 1955), which keeps their frequencies near Zipf's law. Whenever fewer different words were used
than Heaps' law demands, V = K n^beta with K and beta fitted on the real texts, a word comes in that was not
used yet: first the real ones, then words invented letter by letter after the pattern of the real ones.
"""

import math
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain
from random import Random
from typing import Any, NamedTuple

import msgspec

from massharm import KnowledgeBase
from massharm.kb.parts import Alias
from massharm.kb.records import KINDS, Citation, Record
from massharm.text import fold

WORD = re.compile(r"[^\W\d_]+")
ORDER = 3
"""How many letters decide on the next one of an invented word."""
LONG = 6
"""The least letters of a word that makes a name distinctive."""
RARE = 10
"""How often at most such a word stands in the real texts."""
FREQUENT = 1 / 300
"""The share of all words from which on a word of a name is no subject, as `of` and `pain`."""
NAME = 4
"""The most words in a name."""
SUMMARY = 240
"""The most characters that the model allows in the summary of a harm."""

PROSE = frozenset(
    """
    age authors belief causality caution definition diagnosis evidence finding levels limits measure name onset
    outcome presentation provider publisher risk_factors setting sex site summary technique text title
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""The fields whose words are new; a field of neither set is copied, as words of vocabularies and days are."""
LINKS = frozenset(("harms", "mechanisms", "precautions", "risk_factors", "see_also"))
"""The fields that hold ids, though the risk factors of a case are prose."""
DIGITS = frozenset(("doi", "pmcid", "pmid", "url"))
"""The fields whose digits are new."""


class Heaps(NamedTuple):
    """Heaps' law: how many different words stand in so many words."""

    k: float
    beta: float

    def different(self, words: int) -> float:
        """Give the number of different words in a number of words."""
        return self.k * float(words**self.beta)


class Plan(NamedTuple):
    """A real record and what becomes of the words of its names: rare words, or words that many names share."""

    record: Record
    rare: frozenset[str]
    shared: frozenset[str]


def tokens(kb: KnowledgeBase) -> Iterator[list[str]]:
    """Give the words of each record, in small letters, from the fields that are prose."""
    for record in kb:
        yield [word for text in _prose(record, "", kb) for word in split(text)]


def split(text: str) -> list[str]:
    """Split a text into small-letter words."""
    return WORD.findall(text.casefold())


def _prose(value: Any, field: str, kb: KnowledgeBase) -> Iterator[str]:
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _prose(getattr(value, name), name, kb)
    elif isinstance(value, tuple):
        for item in value:
            yield from _prose(item, field, kb)
    elif type(value) is str and field in PROSE and not _is_link(value, field, kb):  # an Enum's word is no prose
        yield value


def _is_link(text: str, field: str, kb: KnowledgeBase) -> bool:
    return field in LINKS and text in kb.by_id


def fit(kb: KnowledgeBase, turns: int = 10) -> Heaps:
    """Fit Heaps' law by least squares of the logarithms.

    There is a point for each record that is added, in several random orders, since the kinds differ.
    """
    records = list(tokens(kb))
    points: list[tuple[float, float]] = []
    for turn in range(turns):
        count, seen = 0, set[str]()
        for words in Random(turn).sample(records, len(records)):  # noqa: S311 - nothing is secret
            count += len(words)
            seen.update(words)
            points.append((math.log(count), math.log(len(seen))))
    beta, logarithm = statistics.linear_regression(*zip(*points, strict=True))
    return Heaps(math.exp(logarithm), beta)


def invented(known: set[str], random: Random) -> Iterator[str]:
    """Give new words without end, as long and pronounceable as the long ones among the known ones."""
    patterns = sorted(word for word in known if len(word) >= LONG and word.isascii())
    follows: dict[str, list[str]] = {}
    for word in patterns:
        marked = f"{'^' * ORDER}{word}$"
        for place in range(len(marked) - ORDER):
            follows.setdefault(marked[place : place + ORDER], []).append(marked[place + ORDER])
    given = set(known)
    while True:
        length = len(random.choice(patterns))
        word = ""
        while len(word) != length or word in given:
            word = _spelt(follows, random)
        given.add(word)
        yield word


def _spelt(follows: dict[str, list[str]], random: Random) -> str:
    """Spell a word, each letter chosen among those that follow the letters before."""
    word = "^" * ORDER
    while not word.endswith("$"):
        word += random.choice(follows[word[-ORDER:]])
    return word[ORDER:-1]


class Urn:
    """Words drawn at random, near Zipf's law, of which as many are different as Heaps' law demands."""

    def __init__(self, words: list[str], heaps: Heaps, random: Random) -> None:
        """Fill the urn with the words of real texts."""
        counts = Counter(words)
        self._urn = list(words)
        self._rare = [word for word, count in counts.items() if len(word) >= LONG and count <= RARE]
        self._new = chain((word for word, _ in counts.most_common()), self._invented(set(counts), random))
        self._heaps = heaps
        self._random = random
        self._seen = set[str]()
        self._count = 0

    def _invented(self, known: set[str], random: Random) -> Iterator[str]:
        for word in invented(known, random):
            self._rare.append(word)
            yield word

    def use(self, word: str) -> str:
        """Count a word as one that stands in the texts."""
        self._count += 1
        self._seen.add(word)
        return word

    def draw(self) -> str:
        """Draw a word for a text; a word is the likelier the more often it was drawn."""
        if len(self._seen) < self._heaps.different(self._count):
            word = next(word for word in self._new if word not in self._seen)
        else:
            word = self._urn[int(self._random.random() * len(self._urn))]
        self._urn.append(word)
        return self.use(word)

    def rare(self) -> str:
        """Choose a long and rare word for a name; it is not put back, or it would not stay rare."""
        return self._random.choice(self._rare)


class Planner:
    """Tells of each real record which words its names are known by."""

    def __init__(self, kb: KnowledgeBase) -> None:
        """Count the words of the real texts."""
        self._counts = Counter(chain.from_iterable(tokens(kb)))
        self._frequent = FREQUENT * self._counts.total()

    def words(self, name: str) -> list[str]:
        """Give the words of a name in their order; of a long one, the rarest."""
        words = split(name)
        kept = sorted(range(len(words)), key=lambda place: self._counts[words[place]])[:NAME]
        return [words[place] for place in sorted(kept)]

    def plan(self, record: Record) -> Plan:
        """Let the rarest word of each name be a rare one again; of authors every word but the initials is rare."""
        if isinstance(record, Citation):
            words = WORD.findall(" ".join((record.name, record.publisher or "", *(record.authors or ()))))
            return Plan(record, frozenset(word.casefold() for word in words if not _initials(word)), frozenset())
        names = [words for name in called(record) if (words := self.words(name))]
        rare = frozenset(min(words, key=self._counts.__getitem__) for words in names)
        shared = (word for word in chain.from_iterable(names) if self._counts[word] < self._frequent)
        return Plan(record, rare, frozenset(shared) - rare)


def called(record: Record) -> tuple[str, ...]:
    """Give the name of a record and its aliases."""
    return record.name, *(alias.text for alias in getattr(record, "aliases", ()))


def _initials(word: str) -> bool:
    return len(word) < 3 and word.isupper()  # noqa: PLR2004 - as PubMed writes them


@cache
def _pieces(text: str) -> tuple[str, ...]:
    """Give what stands before the first word, the first word, what stands after it, and so on."""
    return tuple(re.split(f"({WORD.pattern})", text))


class Writer:
    """Writes synthetic records, one after the other; links point to those written before."""

    def __init__(self, kb: KnowledgeBase, citations: int, seed: int) -> None:
        """Take the real records, and how many citations there will be to refer to."""
        self._kb = kb
        self._citations = citations
        self._random = Random(seed)  # noqa: S311 - nothing is secret
        self._urn = Urn(list(chain.from_iterable(tokens(kb))), fit(kb), self._random)
        self._planner = Planner(kb)
        self._plans = {record.id: self._planner.plan(record) for record in kb}
        self._shared = [
            word
            for plan in self._plans.values()
            for name in called(plan.record)
            for word in split(name)
            if word in plan.shared
        ]
        self._ids: dict[str, list[str]] = {kind: [] for kind in KINDS}
        self._taken = set[str]()

    def write(self, model: Record) -> Record:
        """Write a record after the model of a real one."""
        new, slug = self._subject(model)
        if isinstance(model, Citation):
            given: dict[str, Any] = {"key": slug, "number": len(self._ids["citation"])}
        else:
            given = {"id": slug, "name": self._name(model.name, new).capitalize()}
        fields = (field for field in model.__struct_fields__ if field not in given)
        made = {field: self._made(getattr(model, field), field, new) for field in fields}
        self._taken.add(slug)
        self._ids[model.kind].append(slug)
        return type(model)(**given, **made)

    def _subject(self, model: Record) -> tuple[dict[str, str], str]:
        """Choose new words for those of the names until the record has an id of its own."""
        plan = self._plans[model.id]
        while True:
            new = {word: self._urn.rare() for word in sorted(plan.rare)}
            new |= {word: self._random.choice(self._shared) for word in sorted(plan.shared)}
            name = self._text(model.name, new) if isinstance(model, Citation) else self._name(model.name, new)
            slug = fold(name).replace(" ", "-")
            if slug and slug not in self._taken:
                return new, slug

    def _name(self, name: str, new: dict[str, str]) -> str:
        """Replace the words of a name; words that are too frequent to be its subject stay."""
        return " ".join(self._urn.use(new.get(word, word)) for word in self._planner.words(name)) or name

    def _made(self, value: Any, field: str, new: dict[str, str]) -> Any:
        if isinstance(value, Alias):
            return Alias(text=self._name(value.text, new), kind=value.kind)
        if isinstance(value, msgspec.Struct):
            parts = {name: self._made(getattr(value, name), name, new) for name in value.__struct_fields__}
            return type(value)(**parts)
        if isinstance(value, tuple):
            return tuple(part for item in value if (part := self._made(item, field, new)) is not None)
        if field in {"citation", "citations"}:
            return self._random.randrange(self._citations)
        return self._string(value, field, new) if type(value) is str else value

    def _string(self, text: str, field: str, new: dict[str, str]) -> str | None:
        """Replace the words of a text as its field demands; a link that can point nowhere yet is None."""
        if _is_link(text, field, self._kb):
            ids = self._ids[self._kb.by_id[text].kind]
            return self._random.choice(ids) if ids else None
        if field in PROSE:
            written = self._text(text, new)
            most = max(SUMMARY, len(text))
            return written if field != "summary" or len(written) <= most else written[:most].rsplit(" ", 1)[0]
        if field in DIGITS:  # the first two characters tell what it is, as in `10.` and `https`
            return text[:2] + re.sub(r"\d", lambda _: str(self._random.randrange(10)), text[2:])
        return text

    def _text(self, text: str, new: dict[str, str]) -> str:
        """Replace the words of the record's subject and draw the others; marks, numbers and initials stay."""
        pieces = list(_pieces(text))
        for place in range(1, len(pieces), 2):
            if not _initials(pieces[place]):
                pieces[place] = self._word(pieces[place], new)
        return "".join(pieces)

    def _word(self, old: str, new: dict[str, str]) -> str:
        word = new.get(old.casefold())
        word = self._urn.draw() if word is None else self._urn.use(word)
        return word.capitalize() if old[0].isupper() else word


def shares(kb: KnowledgeBase, size: int) -> dict[str, int]:
    """Share out a number of records among the kinds as in a KB; what rounding leaves goes to the nearest."""
    exact = {kind: size * len(kb.records(kind)) / len(kb) for kind in KINDS}
    counts = {kind: int(share) for kind, share in exact.items()}
    for kind in sorted(KINDS, key=lambda kind: counts[kind] - exact[kind])[: size - sum(counts.values())]:
        counts[kind] += 1
    return counts


def synthetic(kb: KnowledgeBase, size: int, seed: int) -> KnowledgeBase:
    """Make a KB of so many records after the model of a real one; the same seed makes the same KB."""
    counts = shares(kb, size)
    random = Random(seed)  # noqa: S311 - nothing is secret
    models = [model for kind, count in counts.items() for model in random.choices(kb.records(kind), k=count)]
    random.shuffle(models)
    writer = Writer(kb, counts["citation"], seed)
    rows: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    for model in models:
        rows[model.kind].append(writer.write(model))
    lists = {KINDS[kind]: tuple(records) for kind, records in rows.items()}
    return KnowledgeBase(msgspec.structs.replace(kb.file, withdrawn=(), **lists))
