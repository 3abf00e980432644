"""Taught: signs that a lesson, an examination paper or a work of fiction tells of, and that nobody has.

Of the same kind as ConText's hypothetical and its experiencer: the words tell of no person who is there. In doubt
somebody is: a part that owns something ("my arm"), tells of now, of the client, or of when something came, is about a
person. What stands before the words for a lesson is somebody's too: "chest pain in the lecture on necks".
"""

from collections.abc import Sequence
from itertools import pairwise

from massharm.clinical import triggers
from massharm.clinical.parts import Part
from massharm.clinical.patterns import Pattern

_WRITTEN = (
    r"(?:lecture|seminar|webinar|workshop|textbook|chapter|leaflet|poster|podcast|article|blog|newsletter|policy|quiz|"
    r"essay|assignment|coursework|worksheet|handout|module|cpd)s?"
)
"""What people learn from, and nothing else."""
_LESSONS = rf"(?:{_WRITTEN}|(?:course|class|training|refresher)s?)"
"""These, and what may be of sport or of medicines too: they count only with what was learnt there."""
_LEARNT = r"(?:learned|learnt|taught|covered|discussed|revised|practised|practiced|studied|looked at|went over)"
_ANY_CLIENT = r"(?:if|when|whenever) (?:a|any) (?:client|patient|guest) "
_BEGUN = "|".join(
    (
        # As in "poster on the signs of a stroke".
        rf"(?:\w+ ){{0,7}}{_WRITTEN} (?:\w+ ){{0,2}}(?:on|about|covering|called|titled|how to|asks|asking) ",
        # As in "on our anatomy course we learned that", and "in today's CPD we were told never to".
        rf"(?:\w+ )?(?:on|in|at|during|from|for) (?:\w+ ){{0,4}}{_LESSONS} (?:we|i|they) (?:just |all )?{_LEARNT} ",
        rf"(?:\w+ )?(?:on|in|at|during|from|for) (?:\w+ ){{0,4}}{_LESSONS} (?:we|i|they) (?:was|were) (?:told|taught) ",
        # As in "we learned about saddle numbness on the course".
        rf"(?:\w+ )?(?:we|i) (?:\w+ )?{_LEARNT} (?=.*\b(?:on|in|at|during|from) (?:\w+ ){{0,4}}{_LESSONS}$)",
        # As in "first aid refresher covers choking", and behind the colon of "first aid course: how to respond".
        rf"(?:\w+ ){{0,6}}{_LESSONS} (?:will cover|covers|covering|includes|how to|what to|when to) ",
        # As in "policy 4: if a client reports", and "all staff must know what to do when a client faints".
        rf"(?:policy|procedure|protocol|guidelines?)(?: \d+)* {_ANY_CLIENT}",
        rf"(?:\w+ ){{0,4}}(?:staff|team|therapists?) (?:must|should|need to) know (?:\w+ ){{0,4}}{_ANY_CLIENT}",
        # As in "list five signs of a stroke".
        r"(?:list|name|give|state|describe) (?=(?:\w+ ){0,3}(?:signs|symptoms|causes|flags) (?:and \w+ )?(?:of|for) )",
    )
)
"""How a part begins behind which it tells what is taught."""
_TAUGHT = Pattern(
    rf"^(?:{_BEGUN})",
    needs=("lecture", "seminar", "webinar", "workshop", "book", "chapter", "leaflet", "poster", "podcast", "article",
           "blog", "newsletter", "policy", "quiz", "essay", "assignment", "course", "worksheet", "handout", "module",
           "cpd", "class", "training", "refresher", "procedure", "protocol", "guideline", "know", "signs", "symptoms",
           "causes", "flags"),
)  # fmt: skip
_LIST = Pattern(rf"{_LESSONS} (?:will cover|covers|covering|includes) ", needs=("cover", "includes"))
"""What a lesson is about, which may be a list: "first aid refresher covers choking, cardiac arrest and bleeding"."""
_LISTED = 5
"""The words that one thing in such a list has at most."""
_PAPER = Pattern(
    r"\b(?:quiz|mock exam|exam question|(?:final|practice|diploma|anatomy|pathology|theory) exam|essay|coursework|"
    r"worksheet|flash ?card|revision question|multiple choice|test question|case (?:study|scenario)|role ?play|"
    r"exam tip|(?:revision|lecture) note)s?(?: (?:title|questions?))?(?: \d+)?"
    r"(?: (?:for|from) (?:\w+ ){0,3}(?:exams?|class|course|college|tutorial|lecture|workshop|diploma|textbook))?$"
    r"|\bposter for (?:\w+ ){0,3}\w+$",
    needs=("quiz", "exam", "essay", "course", "worksheet", "card", "question", "choice", "case", "role", "revision",
           "lecture", "poster"),
)  # fmt: skip
"""The label of a paper that asks for signs, or whose patients are made up: "case study for my exam"."""
_NUMBERED = Pattern(r"^(?:\w+ ){0,3}(?:quiz|exam|test|mock) questions? \d+ ", needs=("question",))
"""Such a label whose colon, behind a number, parts nothing: "quiz question 7: face drooping"."""
_FICTION = Pattern(
    r"\b(?:man|woman|guy|bloke|therapist|masseur|masseuse|actor|actress|character|doctor|surgeon|nurse|hero|heroine|"
    r"villain|detective|lady|girl|boy|victim|someone|somebody) in (?:the|a|an|that|this|last nights) "
    r"(?:(?:new|old|tv|crime|medical|hospital|horror) )*(?:film|movie|tv series|novel|thriller|sitcom|documentary|"
    r"cartoon) |^in (?:the|that|a|this) (?:film|movie|tv series|novel|thriller) (?:a|an|the|someone|somebody) |"
    r"\b(?:main|lead) character ",
    needs=("film", "movie", "series", "novel", "thriller", "sitcom", "documentary", "cartoon", "character"),
)
"""Somebody in a work of fiction."""
_NO_FICTION = frozenset("club crew set festival studio shop night society student students class".split())  # noqa: SIM905 - words
"""Words behind such a work by which people are there."""
_COMING = frozenset(
    """
    since after while started began suddenly sudden then ago until because monday tuesday wednesday thursday friday
    saturday sunday mine she he shes hes pt
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""Words of a part that may tell of somebody who is there, or of when something came."""
_SOMEBODY = frozenset({"client", "patient", "lady", "gentleman"})
_ANY = frozenset({"a", "any", "year", "yo"})
"""Words before one of these by which nobody in particular is meant: "plays a client"."""
_LABELLING = {":", "-", "\u2013", "\u2014"}
_LEARNING = frozenset(
    """
    course exam exams class essay quiz coursework homework assignment tutor lecturer teacher cpd lecture webinar
    workshop
    """.split()  # noqa: SIM905 - as above
)
"""What a learner owns, or has today: "my exam"."""
_STUDIED = frozenset({"learned", "learnt", "studied", "revised", "covered"})
_NEAR = 3
"""The words behind an owner in which it stands: "my final exam"; and the first words, in which a learner speaks."""


def taught_from(parts: Sequence[Part], number: int) -> int | None:
    """Return the place from which the words of a part tell of a lesson, a paper or fiction; where none do, None."""
    words = parts[number].phrase.words
    if _tells_of_somebody(words):
        return None
    text = " ".join(words)
    for pattern in (_TAUGHT, _NUMBERED, _FICTION):
        if found := pattern.search(text):
            start = text.count(" ", 0, found.end())
            return None if pattern is _FICTION and words[start] in _NO_FICTION else start
    label = _label(parts, number)
    if label and not _tells_of_somebody(label):
        said = " ".join(label)
        if _PAPER.search(said) or ((found := _TAUGHT.search(f"{said} {text}")) and found.end() > len(said)):
            return 0
    return 0 if _is_listed(parts, number) else None


def _is_listed(parts: Sequence[Part], number: int) -> bool:
    """Whether a part goes on with the list of what a lesson covers."""
    first = number
    while first and parts[first].segment.cut == ",":
        words = parts[first].phrase.words
        if len(words) > _LISTED or _tells_of_somebody(words) or not triggers.PRESENT_TENSE.isdisjoint(words):
            return False
        first -= 1
    words = parts[first].phrase.words
    return first < number and _LIST.search(" ".join(words)) is not None and not _tells_of_somebody(words)


def _label(parts: Sequence[Part], number: int) -> Sequence[str]:
    """Return the words of the label behind whose colon or dash a part stands, also in a list; without one, none."""
    while number and parts[number].segment.cut == ",":
        number -= 1
    return parts[number - 1].phrase.words if number and parts[number].segment.cut in _LABELLING else ()


def _tells_of_somebody(words: Sequence[str]) -> bool:
    """Whether words may tell of a person who is there: of what is theirs, of now, or of when something came."""
    if not _COMING.isdisjoint(words) or words[:1] in {("client",), ("patient",)}:
        return True
    if any(word in _SOMEBODY and before not in _ANY for before, word in pairwise(words)):
        return True
    for place, word in enumerate(words):
        behind = words[place + 1 : place + 1 + _NEAR]
        if word in triggers.OWNERS | triggers.OF_NOW and _LEARNING.isdisjoint(behind):  # but "in today's lecture"
            return True
        if word in triggers.SPEAKERS and place >= _NEAR and _STUDIED.isdisjoint(behind[:1]):  # "and I have it"
            return True
    return False
