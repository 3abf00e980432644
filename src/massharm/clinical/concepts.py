"""Concepts: the records, regions and techniques that the words of a description name."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property

from msgspec import Struct

from massharm.clinical.compounds import COMPOUNDS
from massharm.clinical.contractions import SAME_AS_NOT, contracted
from massharm.clinical.names import NO_CONTENT, OPTIONAL_IN_HARMS, Name, Nameable, Rule, Special, content_of, names_in
from massharm.clinical.segments import Segment
from massharm.clinical.triggers import NEGATION_TRIGGERS
from massharm.clinical.wordings import wordings_in
from massharm.kb.base import KnowledgeBase
from massharm.kb.records import Harm, Medicine, Precaution, Sign
from massharm.kb.vocabulary import AliasKind, Region, Technique
from massharm.search.analysis import STOP_WORDS, Token, analyse, content_words, is_form_of, spelling_variants, stem
from massharm.search.query import Correction, Term, parse
from massharm.search.ranking import MatchType, indexed
from massharm.text import fold

REGION_WORDS: dict[str, str] = {
    Region.HEAD: "scalp skull temple",
    Region.FACE: "cheek jaw forehead",
    Region.NECK: "throat nape",
    Region.SHOULDER: "armpit trapezius",
    Region.ARM: "elbow forearm biceps triceps",
    Region.HAND: "wrist finger thumb palm",
    Region.CHEST: "ribs sternum",
    Region.BACK: "spine lumbar loin",
    Region.ABDOMEN: "belly tummy stomach abdominal",
    Region.PELVIS: "hip groin",
    Region.BUTTOCK: "glute bottom",
    Region.LEG: "calf thigh knee shin ankle hamstring calves",
    Region.FOOT: "feet toe heel sole",
}
"""Everyday words for regions, besides the words of the vocabulary."""

# Letters by which a word of a name may be longer than a typed stem: "breastfeeding" is not "breast".
_LONGEST_ENDING = 3
# Endings that make another word of a stem: who bleeds is no bleeder, a press no pressure, and lymph no lymphoma.
_OTHER_WORDS = ("out", "off", "up", "er", "ur", "oma")
# Letters that a stem shares with its forms: shorter stems have none but themselves.
_START = 3
# Words of content that may stand between those of a name.
_MOST_BETWEEN = 2
# The kinds of which the names of each record that shares a word are looked at; signs have their wordings.
_BY_RECORD = frozenset({Harm.kind, Medicine.kind, Precaution.kind})
# Words of one sense, which a literal comparison takes for one.
_SAME = {"cannot": "cant", "couldnt": "cant"} | dict.fromkeys(SAME_AS_NOT, "not")
# Who something is told of: "she sees two moons" is "I see two moons".
_SUBJECTS = frozenset(
    """
    i im ive she shes he hes they theyre we client patient pt husband wife partner mum mom mam dad mother father nan
    gran grandad son daughter
    """.split()  # noqa: SIM905 - words
)
_OF_OTHERS = {
    "herself": "myself",
    "himself": "myself",
    "hasnt": "havent",
    "doesnt": "dont",
    "isnt": "arent",
    "wasnt": "werent",
}
# How many words the name of a sign has at least that stands in any person: "fits" are no "fit".
_LONG = 3
# Words that a literal comparison passes over.
_DETERMINERS = frozenset({"a", "an", "the", "my", "her", "his", "their", "me", "ma", "mi", "our"})
_AUXILIARIES = frozenset({"am", "is", "are", "was", "were", "be", "been", "have", "has", "had"})


class TermPlaces(dict[str, list[int]]):
    """By a word of a name, the places among terms of those of which it is a form, found when first asked for.

    A term is what was typed, or any word that a misspelt one may have meant. Words of the same meaning do not count.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        """Take the terms of one or more phrases."""
        super().__init__()
        self._typed: dict[str, list[int]] = {}
        self.starts: set[str] = set()
        """The first letters of all words that may have been meant, in normalised spelling."""
        for place, term in enumerate(terms):
            highest = max(term.probability.values())
            for typed, probability in term.probability.items():
                if probability == highest or highest < 1 or term.is_misspelt:
                    self._typed.setdefault(typed, []).append(place)
                    self.starts.add(typed[:_START])

    @cached_property
    def written_starts(self) -> tuple[str, ...]:
        """These letters in every spelling."""
        return tuple({written for start in self.starts for written in spelling_variants(start)})

    def __missing__(self, word: str) -> list[int]:
        wanted = stem(word)
        if wanted[:_START] not in self.starts:
            self[word] = []
            return self[word]
        shortest = max(1, len(wanted) - _LONGEST_ENDING)
        starts = (wanted[:length] for length in range(shortest, len(wanted) + 1))
        found = [
            self._typed[start]
            for start in starts
            if start in self._typed and is_form_of(start, wanted) and wanted[len(start) :] not in _OTHER_WORDS
        ]
        self[word] = found[0] if len(found) == 1 else sorted({place for places in found for place in places})
        return self[word]


class Phrase(Struct, frozen=True):
    """A segment as names are looked up in it.

    `words` are its folded tokens. `terms` are those of a query for its words of content, and `spans` the places among
    `words` of each: one word, or two that are one. `term_places` are the places among `terms`, and `literal` the
    words for a literal comparison, and `loose` those for one of the long names of signs.
    """

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    terms: tuple[Term, ...]
    spans: tuple[range, ...]
    term_places: TermPlaces
    literal: str
    loose: str


class Mention(Struct, frozen=True):
    """A record that words of a description name.

    `typed` are the words, `text` is the name of the record that they match, `corrections` are words that were read
    as others. `places` are those among the words of their phrase; an age has none. `is_related` marks words that only
    lead to the record. `said` is the short part of a description that holds them and a number, which may matter.
    """

    record: Nameable
    typed: str
    match: MatchType
    text: str
    corrections: tuple[Correction, ...] = ()
    places: frozenset[int] = frozenset()
    is_related: bool = False
    said: str = ""

    @property
    def quoted(self) -> str:
        """What a reader recognises as their own words: with the number beside them."""
        return self.said or self.typed


def phrase_of(kb: KnowledgeBase, tokens: Sequence[Token]) -> Phrase:
    """Return tokens with the terms of their words of content."""
    words = tuple(token.folded for token in tokens)
    places = [place for place, word in enumerate(words) if word not in NO_CONTENT]
    terms = parse([tokens[place] for place in places], indexed(kb), by_names=True).terms
    spans, start = [], 0
    for term in terms:
        end = start + len(term.typed.split())
        spans.append(range(places[start], places[end - 1] + 1))
        start = end
    return Phrase(tuple(tokens), words, terms, tuple(spans), TermPlaces(terms), _literally(words), _loosely(words))


def mentions(kb: KnowledgeBase, phrase: Phrase) -> tuple[Mention, ...]:
    """Return the records that a phrase names, harms first, each by its longest names.

    Words that only lead to a record count only where they are no part of the name of another, and the name of a
    medicine only where it is no part of another's, as the pill in "water pill".
    """
    names, index, standing = names_in(kb), indexed(kb), phrase.term_places.__getitem__
    by_record: defaultdict[str, list[tuple[Name, Mention]]] = defaultdict(list)
    for special in names.special.common:
        if _may_stand(special, phrase):
            name = special.name(kb)
            if len(name.words) > 1 or name.words == phrase.words or _is_spelt_out(name, phrase):
                by_record[name.record.id] += [(name, mention) for mention in _literal(name, phrase)]
    for place in sorted(set().union(*(term.names for term in phrase.terms))):
        record = index.records[place] if index.kinds[place] in _BY_RECORD else None
        if isinstance(record, Precaution | Harm | Medicine):
            # Most names do not stand there: the quickest way to tell.
            near = names.of(record, phrase.term_places.written_starts)
            likely = [name for name in near if all(map(standing, name.content))]
            by_record[record.id] += [(name, mention) for name in likely for mention in _occurrences(name, phrase)]
    for name in _names_of_signs(kb, phrase):
        if name.is_told_by(phrase.words):
            by_record[name.record.id] += [(name, mention) for mention in _occurrences(name, phrase)]
    found = [mention for pairs in by_record.values() for mention in _longest(pairs, phrase)]
    named: dict[int, list[frozenset[int]]] = {}
    for mention in found:
        for place in mention.places if not mention.is_related else ():
            named.setdefault(place, []).append(mention.places)
    medicines = [mention.places for mention in found if isinstance(mention.record, Medicine)]
    return tuple(
        mention
        for mention in found
        if not (mention.is_related and any(mention.places < other for other in named.get(min(mention.places), ())))
        and not (isinstance(mention.record, Medicine) and any(_ends(mention.places, other) for other in medicines))
    )


def _ends(places: frozenset[int], other: frozenset[int]) -> bool:
    """Whether a shorter name is the end of a longer one: the patch of "HRT patch", but not the HRT."""
    return places < other and max(places) == max(other)


def _names_of_signs(kb: KnowledgeBase, phrase: Phrase) -> Iterator[Name]:
    """Yield the wordings of signs whose words of content stand in a phrase; a sign is read only where they do."""
    wordings, names, standing = wordings_in(kb), names_in(kb), phrase.term_places.__getitem__
    for number, held in wordings.places({place: term.words for place, term in enumerate(phrase.terms)}).items():
        if len(held) >= max(1, wordings.sizes[number] - 1):  # one may be of common words only
            text = wordings.text(number)
            words = contracted(fold(text)).split()
            if all(map(standing, content_of(words) or words)):
                yield names.of_sign(wordings.sign(number), text)


def combined_conditions(kb: KnowledgeBase, told: Sequence[tuple[Term, Sequence[str]]]) -> tuple[Mention, ...]:
    """Return the records of two conditions at once, such as cancer and a clot, that stand apart among terms.

    Each term comes with the folded words around it, which a name may ask for beside its words of content.
    """
    terms = [term for term, _ in told]
    places = TermPlaces(terms)
    found: dict[str, Mention] = {}
    for special in names_in(kb).special.combined:
        if all(places[word] for word in special.content):
            name = special.name(kb)
            near = {word for content in special.content for place in places[content] for word in told[place][1]}
            if name.record.id not in found and name.is_told_by(near):
                typed = " … ".join(dict.fromkeys(terms[places[word][0]].typed for word in name.content))
                found[name.record.id] = Mention(name.record, typed, MatchType.ALIAS, name.text)
    return tuple(found.values())


def age_mentions(kb: KnowledgeBase, age: Segment) -> tuple[Mention, ...]:
    """Return the precautions for an infant, or for the highest age that a client has reached; for others, none."""
    special = names_in(kb).special
    if not age.years:
        typed, found = age.text, special.infant
    else:
        reached = max((years for years in special.ages if years <= age.years), default=None)
        typed, found = f"age {age.years}", special.ages[reached] if reached is not None else ()
    return tuple(Mention(name.name(kb).record, typed, MatchType.ALIAS, name.text) for name in found)


def plan_words(terms: Sequence[Term]) -> tuple[tuple[Region, ...], tuple[Technique, ...], tuple[Term, ...]]:
    """Return the regions and techniques that terms name, and the terms of content that name neither."""
    places = TermPlaces(terms)
    found: list[Region | Technique] = []
    used: set[int] = set()
    for member, content, everyday in _plan_vocabulary():
        if all(places[word] for word in content) or any(places[word] for word in everyday):
            found.append(member)
            used.update(*(places[word] for word in (*content, *everyday)))
    rest = tuple(term for place, term in enumerate(terms) if place not in used and not term.is_common)
    regions = tuple(member for member in found if isinstance(member, Region))
    return regions, tuple(member for member in found if isinstance(member, Technique)), rest


@cache
def _plan_vocabulary() -> tuple[tuple[Region | Technique, tuple[str, ...], tuple[str, ...]], ...]:
    """Return each region and technique with its words of content, and its everyday words."""
    members: tuple[Region | Technique, ...] = (*Region, *Technique)
    return tuple(
        (
            member,
            tuple(token.folded for token in content_words(analyse(member))),
            tuple(REGION_WORDS.get(member, "").split()),
        )
        for member in members
    )


# Where names stand


def _may_stand(special: Special, phrase: Phrase) -> bool:
    """Whether a name of common words stands word for word in a phrase."""
    if special.kind == Sign.kind and _is_long(special.words):
        return _loosely(special.words) in phrase.loose
    return bool(special.words) and _literally(special.words) in phrase.literal


def _is_spelt_out(name: Name, phrase: Phrase) -> bool:
    """Whether an abbreviation that is a common word too stands in capitals among words that do not."""
    is_capital = name.rule is Rule.CAPITALS and any(token.text == name.text for token in phrase.tokens)
    return is_capital and (len(phrase.tokens) < 4 or any(token.text.islower() for token in phrase.tokens))  # noqa: PLR2004 - a list of a few abbreviations


def _occurrences(name: Name, phrase: Phrase) -> Iterator[Mention]:
    """Yield a mention for each place where a name stands, by its rule; its words of content all do."""
    if name.rule is Rule.LITERAL:
        yield from _literal(name, phrase)
        return
    if name.rule is Rule.WORDS and not all(
        word in phrase.words or word in OPTIONAL_IN_HARMS or word in map(_as_same, phrase.words) for word in name.words
    ):
        return
    if name.rule is Rule.CAPITALS and all(name.text != token.text for token in phrase.tokens):
        return
    standing = [phrase.term_places[word] for word in name.content]
    for around in min(standing, key=len):
        chosen = [_closest(places, around) for places in standing]
        between = max(chosen) - min(chosen) + 1 - len(name.content)
        # A brand or an abbreviation is a word of its own, and no longer form of another: Diabeta is not diabetes.
        is_own_word = isinstance(name.record, Medicine) or name.kind is AliasKind.ABBREVIATION
        is_said = not is_own_word or all(
            stem(word) in phrase.terms[place].words for place, word in zip(chosen, name.content, strict=True)
        )
        is_whole = len(set(chosen)) >= len(set(map(stem, name.content))) and between <= _MOST_BETWEEN
        if is_said and is_whole and not (isinstance(name.record, Sign) and _is_torn(chosen, phrase)):
            yield _mention(name, chosen, phrase)


def _is_torn(chosen: Collection[int], phrase: Phrase) -> bool:
    """Whether a name takes the first word of a compound without the second: "high blood pressure and a cough"."""
    typed = [term.typed for term in phrase.terms]
    pairs = ((typed[place], typed[place + 1 : place + 2]) for place in chosen if place + 1 not in chosen)
    return any(word in COMPOUNDS and not COMPOUNDS[word].isdisjoint(behind) for word, behind in pairs)


def _closest(places: Sequence[int], around: int) -> int:
    """Return the one of ascending places that is closest to another; of two, the first."""
    after = bisect_left(places, around)
    return min(places[max(0, after - 1) : after + 1], key=lambda place: abs(place - around))


def _mention(name: Name, chosen: Sequence[int], phrase: Phrase) -> Mention:
    """Return the mention of a name by the terms that stand for its words of content."""
    first, last = min(chosen), max(chosen)
    corrections = tuple(
        Correction(phrase.terms[place].typed, _corrected(phrase.terms[place], wanted))
        for place, wanted in zip(chosen, name.content, strict=True)
        if phrase.terms[place].probability.get(stem(wanted), 0) < 1
        and not any(
            probability == 1 and is_form_of(own, stem(wanted))
            for own, probability in phrase.terms[place].probability.items()
        )
    )
    places = {place for term in chosen for place in phrase.spans[term]}
    if triggers := {*NEGATION_TRIGGERS.intersection(name.words)}:  # a name such as "no energy" holds its own "no"
        triggers |= {word for word in phrase.words if _as_same(word) in triggers}
        places.update(_before(phrase, phrase.spans[first].start, triggers))
        span = range(phrase.spans[first].start, phrase.spans[last].stop)
        places.update(place for place in span if phrase.words[place] in triggers)
    return Mention(
        name.record,
        " ".join(term.typed for term in phrase.terms[first : last + 1]),
        MatchType.FUZZY if corrections else MatchType.EXACT if name.kind is None else MatchType.ALIAS,
        name.text,
        corrections,
        frozenset(places),
        name.kind is AliasKind.RELATED,
    )


def _before(phrase: Phrase, end: int, wanted: Collection[str]) -> Iterator[int]:
    """Yield the place of the last of some words before a place, if only stop words follow it."""
    for place in range(end - 1, -1, -1):
        if phrase.words[place] in wanted:
            yield place
        if phrase.words[place] in wanted or phrase.words[place] not in STOP_WORDS:
            return


def _literal(name: Name, phrase: Phrase) -> Iterator[Mention]:
    """Yield a mention for each place where a name stands word for word; a long one of a sign in any person."""
    is_long = isinstance(name.record, Sign) and _is_long(name.words)
    as_compared = _in_any_person if is_long else _as_same
    passed_over = _DETERMINERS | _AUXILIARIES if is_long else _DETERMINERS
    wanted = [as_compared(word) for word in name.words if word not in passed_over]
    stands = _loosely(name.words) in phrase.loose if is_long else _literally(name.words) in phrase.literal
    if not wanted or not stands:
        return
    kept = [place for place, word in enumerate(phrase.words) if word not in passed_over]
    starts = [span.start for span in phrase.spans]
    for start in range(len(kept) - len(wanted) + 1):
        places = kept[start : start + len(wanted)]
        if [as_compared(phrase.words[place]) for place in places] == wanted:
            run = slice(*(bisect_left(starts, end) for end in (places[0], places[-1] + 1)))
            typed = [term.typed for term in phrase.terms[run]]
            if any(phrase.words[place] not in NO_CONTENT for place in places):
                places = [place for place in places if phrase.words[place] not in STOP_WORDS - NEGATION_TRIGGERS]
            yield Mention(
                name.record,
                " ".join(typed or name.words),
                MatchType.EXACT if name.kind is None else MatchType.ALIAS,
                name.text,
                places=frozenset(places),
                is_related=name.kind is AliasKind.RELATED,
            )


def _corrected(term: Term, wanted: str) -> str:
    """Return the word for which a misspelt term was read, given the word of a name that it stands for."""
    return next(word for own, word in term.words.items() if is_form_of(own, stem(wanted)))


def _literally(words: Iterable[str]) -> str:
    """Return words for a literal comparison: without determiners, between blanks."""
    return f" {' '.join(_as_same(word) for word in words if word not in _DETERMINERS)} "


def _as_same(word: str) -> str:
    """Return a word, or the one of its sense by which it is compared."""
    return _SAME.get(word, word)


def _is_long(words: Iterable[str]) -> bool:
    """Whether enough words of a name stand in any person."""
    return sum(word not in _DETERMINERS and word not in _AUXILIARIES for word in words) >= _LONG


def _loosely(words: Iterable[str]) -> str:
    """Return words for a comparison in any person: without determiners and auxiliaries, between blanks."""
    told = (word for word in words if word not in _DETERMINERS and word not in _AUXILIARIES)
    return f" {' '.join(map(_in_any_person, told))} "


def _in_any_person(word: str) -> str:
    """Return a word as it is compared in any person: "she wipes" as "I wipe"."""
    return "i" if word in _SUBJECTS else stem(_as_same(_OF_OTHERS.get(word, word)))


def _longest(found: Sequence[tuple[Name, Mention]], phrase: Phrase) -> list[Mention]:
    """Return the mentions of one record that do not overlap: most words first, then word for word, then as typed."""

    def worth(pair: tuple[Name, Mention]) -> tuple[int, int, bool, bool]:
        name, mention = pair
        literal = len(name.text) if _literally(name.words) in phrase.literal else 0
        return len(mention.places), literal, not mention.corrections, name.text != name.record.id

    kept: list[Mention] = []
    taken: set[int] = set()
    for _, mention in sorted(found, key=worth, reverse=True):
        if taken.isdisjoint(mention.places):
            kept.append(mention)
            taken |= mention.places
    return sorted(kept, key=lambda mention: min(mention.places))
