"""Taught: signs that a lesson, an examination paper or a work of fiction tells of, and that nobody has.

Of the same kind as ConText's hypothetical and its experiencer: the words tell of no person who is there. In doubt
somebody is: a part that owns something ("my arm"), tells of now, or says when something came, is about a person.
"""

from collections.abc import Sequence

from massharm.clinical import triggers
from massharm.clinical.parts import Part
from massharm.clinical.patterns import Pattern

_LESSONS = (
    r"(?:cpd|course|class|lecture|seminar|webinar|workshop|module|textbook|chapter|leaflet|poster|podcast|article|blog|"
    r"newsletter|policy|quiz|essay|assignment|coursework|worksheet|handout|revision|training)s?"
)
"""What people learn from; "training" and "class" may be of sport too, and count only with what was learnt there."""
_WRITTEN = (
    r"(?:lecture|seminar|webinar|textbook|chapter|leaflet|poster|podcast|article|blog|newsletter|policy|quiz|essay|"
    r"assignment|coursework|worksheet|handout|module|cpd|revision notes|training)s?"
)
_NAMED = (
    "cpd", "course", "class", "lecture", "seminar", "webinar", "workshop", "module", "textbook", "chapter", "leaflet",
    "poster", "podcast", "article", "blog", "newsletter", "policy", "quiz", "essay", "assignment", "worksheet",
    "handout", "revision", "training",
)  # fmt: skip
_LEARNT = r"(?:learned|learnt|taught|told|covered|discussed|revised|practised|practiced|studied|looked at|went over)"
_PATTERNS = (
    # "poster on the signs of a stroke", "writing an essay about cauda equina"
    Pattern(
        rf"^(?:\w+ ){{0,7}}{_WRITTEN} (?:\w+ ){{0,2}}(?:on|about|covering|called|titled|how to|that asks|asks|asking) ",
        needs=_NAMED,
    ),
    # "on our anatomy course we learned that", "in today's cpd we were told never to"
    Pattern(
        rf"^(?:\w+ )?(?:on|in|at|during|from|for) (?:\w+ ){{0,4}}{_LESSONS} (?:last \w+ |yesterday )?(?:\w+ ){{1,2}}"
        rf"(?:was |were |got |have |just )*{_LEARNT}\b",
        needs=_NAMED,
    ),
    # "we learned about saddle numbness on the course", "our tutor taught us that"
    Pattern(
        rf"^(?:\w+ )?(?:we|i) (?:\w+ )?{_LEARNT} .*\b(?:on|in|at|during|from) (?:\w+ ){{0,4}}{_LESSONS}$",
        needs=_NAMED,
    ),
    Pattern(
        rf"^(?:\w+ )?(?:our|my|the) (?:\w+ ){{0,2}}(?:tutor|lecturer|teacher|instructor) (?:\w+ )?"
        rf"(?:{_LEARNT}|says|said|explained) ",
        needs=("tutor", "lecturer", "teacher", "instructor"),
    ),
    # "quiz question 7: face drooping", whose colon behind a number parts nothing
    Pattern(r"^(?:\w+ ){0,3}(?:quiz|exam|test|mock) questions? \d+ ", needs=("question",)),
    # "all staff must know how to act when a client faints"
    Pattern(
        r"^(?:\w+ ){0,4}(?:policy|procedure|protocol|guidelines?|insurer|insurance|staff|team|handbook) .*"
        r"\b(?:if|when|whenever) (?:a|any) (?:client|patient|guest|customer|person) ",
        needs=("policy", "procedure", "protocol", "guideline", "insur", "staff", "team", "handbook"),
    ),
    # "list five signs of a stroke", "what are the red flags of"
    Pattern(
        r"^(?:\w+ )?(?:list|name|give|state|describe|recognising|recognizing|spotting|what are) (?:\w+ ){0,3}"
        r"(?:signs|symptoms|causes|red flags|features|flags) (?:and \w+ )?(?:of|for) ",
        needs=("signs", "symptoms", "causes", "flags", "features"),
    ),
)
"""What a part says that tells what is taught: each begins where the part begins."""
_COVERS = Pattern(
    rf"^(?:\w+ ){{0,6}}(?:{_LESSONS}|refresher|session) (?:\w+ ){{0,2}}(?:covers|covering|will cover|includes) ",
    needs=("cover", "includes"),
)
"""What a lesson is about, over a list too: "first aid refresher covers choking, cardiac arrest and bleeding"."""
_LISTED_WORDS = 5
"""The words that one thing in such a list has at most."""
_INSTRUCTED = Pattern(
    rf"^(?:\w+ ){{0,5}}{_LESSONS} (?:how to|what to|when to|recognising|recognizing|spotting) ",
    needs=("how to", "what to", "when to", "recogni", "spotting"),
)
"""A label that names a lesson, with what is taught there: "first aid course: how to respond when"."""
_RULES = Pattern(
    r"^(?:policy|procedure|protocol|guidelines?)(?: \d+)* (?:if|when|whenever) (?:a|any) "
    r"(?:client|patient|guest|person) ",
    needs=("policy", "procedure", "protocol", "guideline"),
)
"""A label of rules, with one of them: "policy 4: if a client reports"."""
_CASE = (
    r"\b(?:case (?:study|studies|scenario|history|vignette)|scenario|vignette|role ?play)s? (?:\w+ )?"
    r"(?:for|in|from|on) (?:\w+ ){0,3}(?:exams?|class|course|college|tutorial|lecture|workshop|students?|training|"
    r"level \d|diploma|assignment|textbook)\b"
    r"|\b(?:exam|college|class|course|diploma|training|textbook|made up|fictional|fictitious|imaginary|sample) "
    r"(?:case|scenario|vignette)"
)
_OF_CASES = Pattern(_CASE, needs=("case", "scenario", "vignette", "role"))
"""A patient who is made up."""
_PAPER = Pattern(
    r"\b(?:quiz|mock exam|exam questions?|(?:final|practice|diploma|anatomy|pathology|theory) exam|essay|coursework|"
    rf"worksheet|flash ?cards?|revision questions?|multiple choice|test questions?|case (?:study|scenario)|"
    rf"(?:exam|revision|study|lecture|class|course) (?:tips?|notes?|prep)|role ?play(?: for \w+)?)"
    rf"(?: (?:title|questions?|part|number))?(?: \d+)?$"
    rf"|\b(?:poster|leaflet|handout|flyer|newsletter|slides?) (?:for|in|on) (?:\w+ ){{0,3}}\w+$|{_CASE}",
    needs=("quiz", "exam", "essay", "course", "worksheet", "card", "revision", "choice", "test question", "case",
           "scenario", "vignette", "role", "study", "lecture", "class", "poster", "leaflet", "handout", "flyer",
           "newsletter", "slide"),
)  # fmt: skip
"""The label of a paper that asks for signs, or whose patients are made up."""
_FICTION = Pattern(
    r"\b(?:man|woman|guy|bloke|therapist|masseur|masseuse|actor|actress|character|doctor|surgeon|nurse|hero|heroine|"
    r"villain|detective|lady|girl|boy|king|queen|victim|someone|somebody) (?:on|in|from) (?:(?:the|a|an|that|this|"
    r"last|nights|new|old|tv|telly|crime|medical|hospital|netflix|horror|my|our) )*"
    r"(?:film|movie|(?:tv|crime|medical|hospital) (?:series|episode)|soap|drama|novel|thriller|sitcom|documentary|"
    r"cartoon|telly|tv|netflix|eastenders|coronation|emmerdale|holby|book|podcast|videogame)\b"
    r"|^(?:in|on) (?:the|that|a|this) (?:\w+ ){0,2}(?:film|movie|tv series|soap|drama|novel|thriller|sitcom) "
    r"(?:\w+ ){0,3}(?:a|an|the|some|someone|somebody)\b"
    r"|\b(?:the|main|lead) character\b",
    needs=("film", "movie", "series", "soap", "drama", "episode", "novel", "thriller", "sitcom", "documentary",
           "cartoon", "telly", "tv", "netflix", "eastenders", "coronation", "emmerdale", "holby", " book", "podcast",
           "game", "character"),
)  # fmt: skip
"""Somebody in a work of fiction."""
_COMING = frozenset("since after while started began suddenly sudden then ago until because".split())  # noqa: SIM905 - words
"""Words by which a part may tell when something came to somebody."""
_LABELLING = {":", "-", "\u2013", "\u2014"}
_LEARNING = frozenset(
    """
    course exam exams class essay quiz coursework homework assignment tutor lecturer teacher cpd lecture webinar
    workshop
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
"""What a learner owns, or has today: "my exam"."""
_LEARNT_WORDS = frozenset(_LEARNT.strip("(?:)").replace("|", " ").split())
_NEAR = 3
"""The words behind an owner in which it stands: "my final exam"; and the first words, in which a learner speaks."""


def is_taught(parts: Sequence[Part], number: int) -> bool:
    """Whether all signs of a part belong to a lesson, an examination paper or a work of fiction."""
    words = parts[number].phrase.words
    if _tells_of_somebody(words):
        return False
    text = " ".join(words)
    if any(pattern.search(text) for pattern in _PATTERNS) or _is_fiction(words, text) or _is_covered(parts, number):
        return True
    if _OF_CASES.search(text):
        return True
    label = _label(parts, number)
    if not label or _tells_of_somebody(label):
        return False
    said = " ".join((*label, *words))
    return any(pattern.search(said) for pattern in (_INSTRUCTED, _RULES)) or _PAPER.search(" ".join(label)) is not None


def _is_covered(parts: Sequence[Part], number: int) -> bool:
    """Whether a part is what a lesson covers, or one of a list of what it covers."""
    while number and parts[number].segment.cut == "," and not _COVERS.search(" ".join(parts[number].phrase.words)):
        words = parts[number].phrase.words
        if len(words) > _LISTED_WORDS or _tells_of_somebody(words) or not triggers.PRESENT_TENSE.isdisjoint(words):
            return False
        number -= 1
    words = parts[number].phrase.words
    return _COVERS.search(" ".join(words)) is not None and not _tells_of_somebody(words)


def _label(parts: Sequence[Part], number: int) -> Sequence[str]:
    """Return the words of the label behind whose colon or dash a part stands, also in a list; without one, none."""
    while number and parts[number].segment.cut == ",":
        number -= 1
    return parts[number - 1].phrase.words if number and parts[number].segment.cut in _LABELLING else ()


def _tells_of_somebody(words: Sequence[str]) -> bool:
    """Whether words may tell of a person who is there: of what is theirs, of now, or of when something came."""
    if not _COMING.isdisjoint(words):
        return True
    for place, word in enumerate(words):
        behind = words[place + 1 : place + 1 + _NEAR]
        if word in triggers.OWNERS | triggers.OF_NOW and _LEARNING.isdisjoint(behind):  # but "in today's lecture"
            return True
        if word in triggers.SPEAKERS and place >= _NEAR and _LEARNT_WORDS.isdisjoint(behind):  # "and I have it"
            return True
    return "mine" in words


def _is_fiction(words: Sequence[str], text: str) -> bool:
    """Whether a part tells of somebody in a film or a novel: "the man in the TV series collapsed"."""
    return triggers.SPEAKERS.isdisjoint(words) and _FICTION.search(text) is not None
