"""A description in parts: lines, rows of forms, sentences and clauses, and the ages that it states."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from massharm.clinical.forms import MISTAKEN, Answer, Row, rows
from massharm.clinical.functions import lost
from massharm.clinical.idioms import without_idioms
from massharm.clinical.layouts import (
    on_one_line,
    with_scanned_letters,
    with_signs_as_boxes,
    with_statements_apart,
    without_keys,
    without_tags,
)
from massharm.clinical.measurements import is_of_pregnancy, told_by_numbers
from massharm.clinical.numerals import with_numerals
from massharm.clinical.past import has_recent_operation
from massharm.clinical.patterns import Pattern
from massharm.clinical.shorthand import spelt_out
from massharm.clinical.triggers import RELATIVES
from massharm.errors import WrongUse
from massharm.search.analysis import Token, analyse

MAX_DESCRIPTION = 10_000
"""The characters up to which a description is read: its time grows with its words; a filled-in form has a fifth."""


class Segment(Struct, frozen=True):
    """A part of a description: its text on one line, and its tokens, at least one.

    `cut` is what parts it from the segment before it: a sign, a word, or nothing at the start of a row. `answer` is
    what a form says about it; `of_family` marks the history of a family, `in_brackets` what stands behind an open
    bracket; `answered` is the denial behind a label by which a function is lost. An age is a segment of its own, with
    `years` set; one in days, weeks or months is an infant's.
    """

    text: str
    tokens: tuple[Token, ...]
    cut: str = ""
    answer: Answer | None = None
    of_family: bool = False
    years: int | None = None
    is_infant: bool = False
    in_brackets: bool = False
    answered: str = ""

    @property
    def quoted(self) -> str:
        """The text to quote: with the answer where a form asks for a function that is lost."""
        return self.text + self.answered

    @property
    def is_age(self) -> bool:
        """Whether it is an age."""
        return self.years is not None or self.is_infant


_AGE = r"""
    # Years of age: a number before the word, or after a word for a person; "for 20 years" and "20 years ago" are none.
      (?<!for[ ])(?<!since[ ])(?<!past[ ])(?<!last[ ])(?<!in[ ])(?<![.,\d])
        \b(?:aged?\s+)?(\d{1,3})[\s-]*(?:years?|yrs?|yo|y/o|y\.o)\b(?!\s*(?:ago|back|later|since|with|of|for)\b)(?:[\s-]*olds?)?
    | \b(?:aged?:?|s?he['\u2019]?s|i['\u2019]?m|i[ ]am|(?:wom[ae]n|m[ae]n|lady|person|client|patient|female|male|s?he
        |mum|mother|father|dad|wife|husband|grandmother|grandfather)\s+(?:of|is))\s+(\d{1,3})\b(?!\s*(?:[%/+:]|\.\d|w\b
        |(?:weeks?|wks?|months?|mths?|days?|kg|kilos?|mins?|minutes?|hours?|hrs?|st|stone|lbs?|pounds?|cm|ft|feet)\b))
    | \b(?:bloke|guy|lad|lass|chap|fella|gent|gentleman|lady|wom[ae]n|man|girl|boy|teen(?:ager)?|male|female|client)
        [ ](\d\d)(?=[ ]*(?:[,;.\n]|\Z|[a-z]))
        (?![ ]*(?:years?|yrs?|weeks?|wks?|months?|days?|hours?|mins?|minutes?|times?|of|kg|st|and)\b)
    | \b(\d{2,3})[ ]?y(?=[ /]{1,2}(?:f|m|female|male)\b)  # "81y M"
    | (?<=\b[fm][ ])(\d{2,3})[ ]?y\b
    | (?<=,[ ])(\d{2,3})[ ]?y(?=[ ]*(?:[,.;)/\n]|\Z|[fm]\b))  # "Mr A., 81 y"
    | \bhere,?[ ](1[89]|[2-9]\d)(?=[ ]now\b|[ ]*(?:[.,;\n]|\Z))
    | \b(\d0)s\b
    | (?<![\d.,])(?<!at[ ])(?<!after[ ])(?<!walks[ ])(?<!walk[ ])(?<!about[ ])(?<!than[ ])\b(\d{1,2}|1[01]\d)\s?[fm]\b
    # Alone; one figure before a full stop numbers a list.
    | (?:\A|(?<=[^\d],)|(?<=\n))[ ]*(?:(\d{1,3})[ ]*(?=[,\n]|\Z)|(\d{2,3})[ ]*(?=\.(?:\s|\Z)))
    | \b(?-i:Mr|Mrs|Ms|Miss|Dr|Mx)\.?(?:[ ](?-i:[A-Z])[\w'\u2019-]*\.?){1,3}[ ]\((\d\d)(?:\)|(?=,))
    | \b(?:husband|wife|mother|father|mum|mom|dad|gran|nan|grandmother|grandfather|aunt|uncle)
        (?:[ ](?-i:[A-Z])[a-z]+)?[ ]\((\d\d)\)
    | \b(?-i:Mr|Mrs|Ms|Miss|Mx)\.?(?:[ ](?-i:[A-Z])[\w'\u2019-]*\.?){1,3},[ ](\d\d)(?=[ ]*(?:[\u2013,.;\n-]|\Z))
    | \b(?:resident|patient|client|name|participant)[ ]*:(?:[ ](?-i:[A-Z])[\w'\u2019-]*\.?){1,3},[ ](\d\d)
        (?=[ ]{2}|[ ]*(?:[,.;\n]|\Z))
    # Behind a name, which may be that of an illness, and stays: "Joan is 83", "Parkinson's 83".
    | (?P<named>\b(?:nana?|nanna?|gran(?:ny|dma|dpa|dad|d-?dad)?|mam|mum|mom|dad|auntie|uncle
        |(?-i:(?!Pulse|Temp|Weight|Pressure|Heart|Rate|Height|Platelet|Sugar|Score|Sat|That|This|It|What|Which|There
          |He|She)[A-Z][a-z]{2,}))
        (?:'s|\u2019s|[ ]is)[ ])(\d\d)(?=[ ]*(?:[.,;]|\n|\Z|and\b|but\b|now\b))
    | \bthis[ ]is[ ](?-i:[A-Z][a-z]{2,}),?[ ](\d\d)(?=[ ]*(?:[.,;]|\n|\Z))
    # An infant's age: weeks and months are one only before "old".
    | (?P<infant>\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-]*
        (?:months?|mths?|mo|weeks?|wks?|days?)[\s-]*olds?\b
        |\b(?-i:[A-Z][a-z]{2,}),?[ ]he(?:['\u2019]?s|[ ]is)[ ]
          (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ ]
          (?:months?|mths?|weeks?|wks?|days?)\b(?=[ ]*(?:[.;\n]|\Z)))
    # A date of birth, by its year.
    | \b(?:d\.?o\.?b|yob|(?:date|year)\s+of\s+birth|born(?:\s+(?:in|on))?(?=[^\n]{0,14}\b19[0-6]\d\b))\b\.?[ \t:|]{0,6}
        (?:(?:\d{1,2}[\s./-])?(?:\d{1,2}|[a-z]{3,9})[\s./-])?(?P<dob>(?:19|20)\d\d)\b
"""
"""An age: it holds a figure, or it is an infant's that is so many weeks old."""
_BOUNDARY = r"""
    (?P<boundary>[\n;:()!?]|(?<!\d)\+|\+(?!\d)|(?<!\bst)(?<!\bvert)\.(?!\d)|(?<=\s)[-\u2013\u2014](?=\s)
        # No comma of a number, of a height and weight, or before an exception.
        |,(?!\d{3}\b)(?!\s*(?:weight\b(?!\s+(?:loss|gain))|height\b))(?!\s*(?:except|apart|other\s+than|but|only|until|unless|besides)\b)
        |\b(?:but(?!\s+(?:for|also)\b)|though|although|however|despite|whereas)\b
        |(?<!not\s)(?<!n't\s)(?<!nt\s)(?<!as\s)\byet\b(?=\s+\w))
"""
"""Where a description is cut: between lines, sentences and clauses."""
_FEW, _SHORT = 3, 60
_THING = Pattern(
    r"\b(?:scars?|(?:scars?|bruis\w+|tattoos?|injur\w+|fractures?|breaks?|replacements?|ops?|operations?|surgery|wounds?"
    r"|stitches|piercings?|grafts?|implants?|casts?|plaster|stents?|pacemaker|burns?|sprains?|strains?|tears?|cuts?|hips?"
    r"|knees?|rash|lump|ulcer|problem|pain)(?:['\u2019]s)?[ \t]+(?:is|are|was|were))[ \t]+"
    r"(?:(?:about|around|only|now|just|some)[ \t]+){0,2}$"
)
"""Words before an age that make it the age of a thing: "the scar is 3 months old"."""
_INJURY = Pattern(
    r"\b(?:bruis\w+|wounds?|scars?|cuts?|grazes?|sprains?|strains?|tattoos?|stitches|injur\w+)\b[^.;\n]*$"
)
_INJURY_FIRST = Pattern(
    r"(?:^|[.;\n])\s*(?:(?:an?|the|old|new|big|small|large|nasty|fresh)\s+)*"
    r"(?:bruis\w+|wounds?|scars?|cuts?|grazes?|sprains?|strains?|tattoos?|stitches|injur\w+)\b[^.;\n]*$"
)
_ADULT = Pattern(r"\b(?:i|i['\u2019]?(?:m|ve)|me|my|client|cl|pt|walk\w*|work\w*|gym|runner|playing|played)\b")
_BABY = Pattern(
    r"\b(?:bab(?:y|ies)|infant|newborn|bub|toddler|child|son|daughter|grandson|twins?|nicu|little one|he|she"
    r"|born|\w*fed|feeds?|feeding|nappy|nappies|diapers?|cot|pram|months? old|weeks? old)\b"
)
"""What is some days old where it is told first, or of an adult, and no word is of a baby."""
_GAP = re.compile(r"[ ]{2,}|\t")
_MEASURES = frozenset({"high", "low", "raised", "up", "elevated", "borderline"})
_TOPICS = {
    ("bp",): "high blood pressure",
    ("b", "p"): "high blood pressure",
    ("blood", "pressure"): "high blood pressure",
    ("pressure",): "high blood pressure",
    ("heart",): "heart problems",
    ("sugar",): "diabetes",
    ("veins",): "varicose veins",
    ("clots",): "blood clots",
    ("kidneys",): "kidney disease",
    ("liver",): "liver disease",
    ("fits",): "has fits",
}
"""What a yes means behind a label that names only an organ or a measure."""
_DENYING = frozenset({Answer.NO, Answer.UNSURE, Answer.PAST})
"""The answers by which a function that a label asks for is lost, or may be."""
_ASKING_FOR = frozenset({"do", "you", "have", "your", "any", "got"})
"""Words before such a label where it is a question."""
_TREATED = Pattern(
    r"\s*(?:on|takes?|taking|tablets?|meds?|medication|controlled|raised|borderline|up and down|a bit (?:high|up)"
    r"|yes|yep|yeah|aye|terrible|awful|dreadful|bad|poor|dodgy|shot)\b"
)
"""A value behind such a label that says yes: what is treated is there."""
_PRESSURES = {words for words, meant in _TOPICS.items() if meant == "high blood pressure"}
_MEANT_TOGETHER = (
    (
        _PRESSURES,
        Pattern(
            r"(?:always |usually |often |sometimes )?"
            r"(?:low|drops|falls|dips|goes (?:low|down)|runs low|on the low side)\b"
        ),
        "low blood pressure",
    ),
    (
        {("skin",), ("her", "skin"), ("his", "skin"), ("skin", "condition"), ("skin", "type")},
        Pattern(
            r"(?:very |quite )?(?:paper[- ]thin|fragile|thin and|frail|tears (?:easily|like)|like (?:tissue )?paper)\b"
        ),
        "fragile skin",
    ),
    (
        {("pressure", "areas"), ("pressure", "area"), ("pressure", "sores"), ("pressure", "risk"), ("waterlow",)},
        Pattern(r"(?:very )?(?:high risk|at risk|(?:waterlow|score)[ :=]*[12]\d)\b"),
        "risk of pressure ulcers",
    ),
)
"""Labels with what their value begins with, and what both say together."""
_OF_A_MEDICINE = Pattern(r"\d[ ]?(?:mg|mcg|g)?\b[^()\n]{0,20}\([ ]*$", needs=("(",))
"""A dose, and the bracket that says what for: "ramipril 5 mg (blood pressure)"."""
_PRESSURE_PILL = r"\w*(?:pril|sartan|dipine|olol|thiazide|ipamide|[ax]azosin|spironolactone|methyldopa)"
"""A medicine against high blood pressure, by the stem of its international non-proprietary name."""
_CONTROLLED = Pattern(
    r"\b(?:blood pressure|bp)(?:'s| is)? (?:\w+ )?"
    r"(?:fine|ok|okay|good|normal|controlled|stable|down|under control|managed|treated)"
    r" (?:as long as|while|when|if|because|since|thanks to|with|on|by)\b[^.;\n]*"
    rf"\b(?:takes?|taking|tablets?|meds?|medication|medicine|pills?|{_PRESSURE_PILL})\b"
    rf"|\b(?:blood pressure|bp)[ .:-]{{1,4}}(?:on |takes )?{_PRESSURE_PILL}\b",
    needs=("blood pressure", "bp"),
)
"""A blood pressure that is normal only with a medicine."""
_BONE = (
    r"(?:nof|neck of|femur|femoral|hip|pelvi\w*|pubic|sacr\w+|coccyx|tib\w*|fib\w*|ankle|malleol\w*|calcan\w*"
    r"|metatars\w+|toe|patella|knee|radius|ulna|forearm|wrist|colles|scaphoid|metacarp\w+|finger|thumb|humerus|elbow|shoulder|clavicle"
    r"|collarbone|scapula|stern\w+|ribs?|vertebra\w*|spine|skull|jaw|mandible|nose|nasal|orbit\w*|[ctl]\d{1,2})"
)
_FRACTURE_SIGN = Pattern(
    rf"(?<![#\w])(?P<before>#)\s?(?=(?:(?:l|r|left|right|lt|rt|old|new|proximal|distal|prox|dist|mid|shaft|neck|head"
    rf"|displaced|undisplaced|stable|closed|open|of)\.?\s+){{0,3}}{_BONE}\b)"
    rf"|\b{_BONE}\s?(?P<behind>#)(?=[\s,.;:)]|$)",
    needs=("#",),
)
"""The sign for a fracture in clinical notes, as in "# NOF" or "wrist # 3/52", beside a bone."""
_DOTTED = Pattern(r"\b(?:[A-Z]\.){2,4}(?=[\s:;,)]|$)", re.MULTILINE, needs=(".",))
"""An abbreviation with a full stop behind each letter, as in "B.P."."""
_INITIALS = Pattern(
    r"\b(?P<label>(?:client|patient|name|resident|guest|initials|therapist|practitioner|doctor|nurse|signed)"
    r"[ \t]*:[ \t]*)(?:[A-Z]\.[ ]?){2,3}",
    needs=(":",),
)
"""The initials of a person, which are no abbreviation of an illness: "Client: D.M., 56"."""
_UNDERSCORE = Pattern(r"(?<=[A-Za-z])_(?=[A-Za-z])", re.NOFLAG, needs=("_",))
"""What parts the words of a key: "temperature_today"."""
_PRACTICE = Pattern(
    r"(\b(?:GP|Doctor|Dr|Practice)\b[^:\n]{0,15}:[^\n]{0,50}?\b[A-Z][a-z]+ )(?:Surgery|Practice)\b",
    re.NOFLAG,
    needs=("surgery", "practice"),
)
"""The name of a practice, which tells of no operation: "GP: Hillview Surgery"."""
_OF_WEEKS = Pattern(r"(?<=born at )\([ ]*(?:in )?weeks[ ]*\)", needs=("born at (",))
"""The unit that a label names: "Born at (weeks): 31+4"."""
_OPTIONS = Pattern(
    r"(?<=\w)[ \t]*\((?P<options>\w[\w ]{0,15}(?:[ ]?[/|,][ ]?\w[\w ]{0,15}){1,4})\)"
    r"[ \t]*[:?][ \t]*(?P<value>\w+)\b(?=[ \t]*$)",
    re.MULTILINE,
    needs=("(",),
)
"""The choices that a label prints, and the value behind it: "Blood pressure (high / ok / low): high"."""
_NOUGHT = Pattern(r"(?<!\w)[\u00d8\u2205](?=\s+\w)", re.NOFLAG, needs=("\u00f8", "\u2205"))
"""The sign for none in clinical notes, as in "\u00d8 anticoagulants"."""
_SIGNED_VE = Pattern(r"(?<![\w+\u2212\u2013-])[+\u2212\u2013-]ve\b", needs=("+ve", "-ve", "\u2212ve", "\u2013ve"))
"""Positive or negative in clinical notes, as in "-ve for clots"."""
_TITLE = Pattern(r"\bMs\.?[ \t]+(?=[A-Z][a-z])", re.NOFLAG, needs=("ms",))
"""A title before a name, which is no abbreviation of an illness."""
_AGES_AND_BOUNDARIES = Pattern(rf"{_AGE} | {_BOUNDARY}", re.IGNORECASE | re.VERBOSE)
_BOUNDARIES = Pattern(_BOUNDARY, re.IGNORECASE | re.VERBOSE)
_AGED = Pattern(
    r"(?P<before>\b[a-z]+\s+)?\b(?P<aged>aged?\s+(?P<years>\d{1,2}))\b(?!\s*(?:weeks?|months?|days?|[-/+]))",
    needs=("age",),
)
_LEADER = Pattern(
    r"(?<=[a-z)?])(?<!\bno)(?<!\bnope)(?<!\bnah)(?<!\byes)(?<!\bnone)[ \t]?"
    r"(?:[.\u2026]{4,80}:?[ \t]?(?=[^\s.\u2026])|_{4,80}[ \t]*(?=(?:yes|no|none|nil|n/a)\b))",
    needs=("....", "\u2026", "____"),
)
"""The dots that lead from a label to what is written behind it: "Blood pressure ........ high"."""
_DICTATED = Pattern(r"\w (?:comma|full stop)(?:\s|$)", needs=(" comma", " full stop"))
_SPOKEN = Pattern(
    r"(?<=\w)[ ](comma|full stop|question mark|exclamation mark|new line|new paragraph)(?=\s|$)",
    needs=(" comma", " full stop", " question mark", " exclamation mark", " new line", " new paragraph"),
)
"""Signs that somebody dictated: "no heart trouble comma no fits full stop"."""
_SLASHED = Pattern(r"(?<=\bpins)[ ]?[/&+][ ]?(?=needles\b)", needs=("pins",))
"""What joins the two words of one complaint: "pins/needles"."""
_DENIAL = Pattern(
    r"[ \t]*[:?|\u2013\u2014-]{0,3}[ \t]*(?:no|none|nil|not|nope|never|absent|n)\b", needs=("n", "absent")
)
"""An answer behind a label that denies."""
_NUMBERING = Pattern(r"[ \t]*\(?\d{1,2}[.)]\s\Z", re.NOFLAG)
"""The number of a line of a list."""
_YEARS_SINCE = 5
"""How many years an event must be back for its age to be one: of two ages that are near, neither is."""


def segments(text: str) -> tuple[Segment, ...]:
    """Return the parts of a description in its order, without those that hold no token.

    Raises:
        WrongUse: it has more than `MAX_DESCRIPTION` characters.
    """
    if len(text) > MAX_DESCRIPTION:
        raise WrongUse(f"a description of {len(text):,} characters is too long; at most {MAX_DESCRIPTION:,} are read")
    text = _UNDERSCORE.sub(" ", without_tags(text))
    text = _NOUGHT.sub("no", on_one_line(with_scanned_letters(without_keys(text))))
    if _DICTATED.search(text):
        text = _SPOKEN.sub(lambda found: ("," if found[1].lower() == "comma" else ".").ljust(len(found[0])), text)
    text = _PRACTICE.sub(lambda found: found[1].ljust(len(found[0])), text)
    text = _LEADER.sub(lambda found: ":".ljust(len(found[0])), text)
    text = _INITIALS.sub(lambda found: found["label"].ljust(len(found[0])), text)
    text = _DOTTED.sub(lambda found: found[0].replace(".", "").ljust(len(found[0])), text)
    text = _OPTIONS.sub(_without_options, text)
    text = _OF_WEEKS.sub(lambda found: " " * len(found[0]), text)
    typed = _TITLE.sub(lambda found: " " * len(found[0]), text)
    text = _SIGNED_VE.sub(lambda found: "pos" if found[0][0] == "+" else "neg", typed)
    text = _SLASHED.sub(lambda found: "&".center(len(found[0])), text)
    text = with_years_of_ages(with_numerals(with_statements_apart(with_signs_as_boxes(text))))
    tokens = _with_fractures(text, analyse(text))
    starts = [token.start for token in tokens]
    of_pregnancy = is_of_pregnancy(text)
    found = []
    is_mistaken = MISTAKEN.search(text) is not None
    label: Row | None = None
    for row in rows(text):
        is_value = label is not None and label.answer is Answer.YES and "\n" not in text[label.end : row.start]
        label = row
        for start, end, cut, age in _spans(text, row):
            own = tokens[bisect_left(starts, start) : bisect_left(starts, end)]
            if age is None and _NUMBERING.match(text, start, min(end + 2, len(text))):
                continue
            own = without_idioms(_in_one_word(spelt_out(own)))
            if has_recent_operation(text[start:end]):
                own = (*own, *analyse("recent operation"))
            answer = Answer.UNSURE if is_mistaken and row.answer is Answer.NO else row.answer
            if answer is Answer.NO and (free := _free_of(own)):  # "Are you free of gout? No": it is there
                own, answer = (*own[: free - 2], *own[free:]), None
            denied = ""
            if answer in _DENYING and (loss := lost(own)):  # "Feeling in both legs: none", "Can you breathe? No"
                own, answer = loss, None
                denied = _denied_behind(typed, end)
            own = _with_topic(text, start, end, own, answer)
            if own:
                cut = "?" if is_value else cut  # noqa: PLW2901 - what stands behind a label with a yes is its value
                is_value = False
                years = _years(age) if age else None
                found.append(
                    Segment(
                        " ".join(typed[start:end].split()),
                        own if age else _told(text, start, end, own, of_pregnancy=of_pregnancy),
                        cut,
                        answer,
                        row.of_family,
                        years,
                        age is not None and bool(age["infant"]),
                        text.rfind("(", row.start, start) > text.rfind(")", row.start, start),
                        denied,
                    )
                )
    return tuple(found)


def _without_options(found: re.Match[str]) -> str:
    """Return a label without the choices that it prints, where one of them is written behind it."""
    options = {option.strip().lower() for option in re.split("[/|,]", found["options"])}
    is_chosen = found["value"].lower() in options
    return found[0].replace(f"({found['options']})", " " * (len(found["options"]) + 2)) if is_chosen else found[0]


def _denied_behind(text: str, end: int) -> str:
    """Return the denial that is written behind a label, to be quoted with it: ": none"."""
    found = _DENIAL.match(text, end)
    return " ".join(found[0].split(" ")) if found else ""


def _told(text: str, start: int, end: int, tokens: tuple[Token, ...], *, of_pregnancy: bool) -> tuple[Token, ...]:
    """Return the tokens of a part with the words for what its numbers say."""
    behind = text[end:].partition("\n")[0]
    return told_by_numbers(text[start:end], _with_slashes(text, tokens), behind=behind, of_pregnancy=of_pregnancy)


def _with_topic(text: str, start: int, end: int, tokens: tuple[Token, ...], answer: Answer | None) -> tuple[Token, ...]:
    """Return the tokens of a part with the condition that a label means which names only an organ or a measure.

    It does where it is answered with yes, or its value tells of a treatment: "Heart: yes", "BP: on ramipril".
    """
    behind = text[end:].lstrip(" .,:=-\u2013")
    if answer is None and (meant := _meant_by(_words(tokens), behind.lstrip("? "))):
        return analyse(meant)
    if answer is None and _words(tokens) in _PRESSURES and _OF_A_MEDICINE.search(text, max(0, start - _SHORT), start):
        return analyse("high blood pressure")
    if answer is None and _CONTROLLED.search(text, start, end):
        return (*tokens, *analyse("high blood pressure"))
    topic = _topic(tokens)
    said = behind.partition("\n")[0].lstrip("? ")
    if topic and (answer is Answer.YES or (answer is None and (_TREATED.match(behind) or _TREATED.match(said)))):
        return topic
    label, sign, value = text[start:end].partition(":")
    own = tuple(token for token in tokens if token.end <= start + len(label))
    topic = _topic(own) if sign else ()
    if topic and _TREATED.match(value):
        return (*topic, *tokens[len(own) :])
    return tokens


def _meant_by(label: tuple[str, ...], value: str) -> str:
    """Return what a label and the beginning of its value say together, where neither says it alone."""
    found = (meant for labels, pattern, meant in _MEANT_TOGETHER if label in labels and pattern.match(value))
    return next(found, "")


def _words(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens)


def _topic(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the condition that such a label means; of another label nothing."""
    words = _words(tokens)
    while words and words[0] in _ASKING_FOR:
        words = words[1:]
    found = _TOPICS.get(words)
    return analyse(found) if found else ()


def with_years_of_ages(text: str) -> str:
    """Return a text of the same length with the ages at which something was as years: "broke an arm aged 11".

    They are those that a later age of the client follows from; a relative's age stays.
    """
    aged = [*_AGED.finditer(text)]
    if not aged:
        return text
    cuts = _AGES_AND_BOUNDARIES.finditer(text)
    ages = [years for found in cuts if not found["boundary"] and (years := _years(found)) is not None]
    this_year = datetime.now(UTC).year
    for found in aged:
        years = int(found["years"])
        since = max(ages, default=0) - years
        if since >= _YEARS_SINCE and (found["before"] or "").strip().lower() not in RELATIVES:
            start, end = found.span("aged")
            text = f"{text[:start]}{str(this_year - since).ljust(end - start)}{text[end:]}"
    return text


_CANNOT = (
    ("no", "longer", "able", "to"),
    *((denying, "able", "to") for denying in ("not", "isnt", "arent", "wasnt", "werent")),
    ("unable", "to"),
    ("can", "not"),
    ("could", "not"),
)
"""Ways to say "cannot", the longest first."""
_ENDS_OF_CANNOT = frozenset(way[-1] for way in _CANNOT)


def _in_one_word(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return tokens with "cannot" for "could not", "unable to" and the like: what somebody lacks is not denied."""
    found: list[Token] = []
    for token in tokens:
        found.append(token)
        said = tuple(other.folded for other in found[-len(_CANNOT[0]) :]) if token.folded in _ENDS_OF_CANNOT else ()
        if way := next((way for way in _CANNOT if said[-len(way) :] == way), ()):
            first = found[-len(way)]
            found[-len(way) :] = [replace(analyse("cannot")[0], start=first.start, end=token.end)]
    return tuple(found)


def _free_of(tokens: tuple[Token, ...]) -> int | None:
    """Return the place after "free of" or "free from" among tokens; without it, None."""
    words = [token.folded for token in tokens]
    pairs = enumerate(pairwise(words), 2)
    return next((place for place, (one, two) in pairs if one == "free" and two in {"of", "from"}), None)


def _years(age: re.Match[str]) -> int | None:
    """Return the years of an age, or of a year of birth those that are reached this year; of an infant's none."""
    if born := age["dob"]:
        return max(0, datetime.now(UTC).year - int(born))
    years = next((group for group in age.groups() if group and group.isdigit()), None)
    return int(years) if years else None


def _with_fractures(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return tokens with a "fracture" for each sign that stands for one."""
    if "#" not in text:
        return tokens
    word = analyse("fracture")[0]
    places = [found.span(found.lastgroup or 0) for found in _FRACTURE_SIGN.finditer(text)]
    signs = [replace(word, start=start, end=end) for start, end in places]
    return tuple(sorted((*tokens, *signs), key=lambda token: token.start))


def _with_slashes(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return tokens with an "or" for each slash between two words, and with an "and" for each ampersand."""
    if "/" not in text and "&" not in text:
        return tokens
    found: list[Token] = []
    for before, token in zip((None, *tokens), tokens, strict=False):
        between = text[before.end : token.start] if before else ""
        is_short = before is not None and len(before.folded) == len(token.folded) == 1  # "h/o", "c/o"
        is_with = before is not None and before.folded == "w"  # "w/ her sister"
        if before and "/" in between and not (is_with or is_short or before.folded.isdigit() or token.folded.isdigit()):
            found.append(Token("/", before.end, token.start, "or", "or"))
        elif before and between.strip() == "&" and not is_short:  # "A&E"
            found.append(Token("&", before.end, token.start, "and", "and"))
        found.append(token)
    return tuple(found)


def _is_short_row(sign: str, label: str, value: str) -> bool:
    """Whether a label and its value say one thing together, as in "BP: high"; a relative's illness they do not.

    Behind a dash the value must say how much.
    """
    words, rest = _GAP.split(label.strip())[-1].split(), re.split(r"[\n,;:.()]|(?<=\S)[ ]{2,}", value)[0].split()
    is_relatives = any(
        not RELATIVES.isdisjoint((word, word.removesuffix("s").rstrip("'\u2019")))
        for word in map(str.lower, (*words, *rest))
    )
    is_short = 0 < len(words) <= _FEW and 0 < len(rest) <= _FEW and not is_relatives
    if words[:1] and words[0].lower() == "born":  # "Born at: 33 + 2 weeks"
        return sign in {":", "?"}
    return is_short and (sign == ":" or rest[0].lower() in _MEASURES)


def _is_of_a_thing(text: str, start: int, end: int) -> bool:
    """Whether the words before an age make it that of a thing: "the scar is", or "a bruise" where no baby is told."""
    if _THING.search(text, start, end):
        return True
    if _BABY.search(text) or not _INJURY.search(text, start, end):
        return False
    return _INJURY_FIRST.search(text, start, end) is not None or _ADULT.search(text) is not None


def _spans(text: str, row: Row) -> Iterator[tuple[int, int, str, re.Match[str] | None]]:
    """Yield the start and end of each part of a row, what cuts it off from the one before, and the match of an age."""
    start, cut = row.start, ""
    own = text[row.start : row.end]
    has_ages = "old" in own.lower() or any(char.isdigit() for char in own)
    cuts = _AGES_AND_BOUNDARIES if has_ages else _BOUNDARIES
    for found in cuts.finditer(text, row.start, row.end):
        if found["boundary"] in {":", "?", "-", "\u2013"} and _is_short_row(
            found["boundary"],
            text[max(start, found.start() - _SHORT) : found.start()],
            text[found.end() : min(row.end, found.end() + _SHORT)],
        ):
            continue
        if found["boundary"]:
            yield start, found.start(), cut, None
            start, cut = found.end(), found["boundary"].lower()
            continue
        if found["infant"] and _is_of_a_thing(text, max(row.start, found.start() - _SHORT), found.start()):
            continue
        begin = found.end("named") if found["named"] else found.start()
        yield start, begin, cut, None
        yield begin, found.end(), cut, found
        start, cut = found.end(), ","
    yield start, row.end, cut, None
