"""A description in parts: lines, rows of forms, sentences and clauses, and the ages that it states."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from massharm.clinical.ages import AGE, is_of_a_thing, with_years_of_ages, years_of
from massharm.clinical.contractions import CONTRACTED, contracted
from massharm.clinical.forms import MISTAKEN, Answer, Row, rows
from massharm.clinical.functions import lost
from massharm.clinical.idioms import without_idioms
from massharm.clinical.measurements import is_of_pregnancy, told_by_numbers
from massharm.clinical.notation import as_meant, as_typed, with_fractures, with_slashes
from massharm.clinical.numerals import with_numerals
from massharm.clinical.past import has_recent_operation
from massharm.clinical.patterns import Pattern
from massharm.clinical.shorthand import spelt_out
from massharm.clinical.topics import with_topic
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


_BOUNDARY = r"""
    (?P<boundary>[\n;:()!?]|(?<!\d)\+|\+(?!\d)|(?<!\bst)(?<!\bvert)\.(?!\d)|(?<=\s)[-\u2013\u2014](?=\s)
        # No comma of a number, of a height and weight, or before an exception.
        |,(?!\d{3}\b)(?!\s*(?:weight\b(?!\s+(?:loss|gain))|height\b))(?!\s*(?:except|apart|other\s+than|but|only|until|unless|besides)\b)
        |\b(?:but(?!\s+(?:for|also)\b)|though|although|however|despite|whereas)\b
        |(?<!not\s)(?<!n't\s)(?<!nt\s)(?<!as\s)\byet\b(?=\s+\w))
"""
"""Where a description is cut: between lines, sentences and clauses."""
_ELLIPSES = frozenset({"didn't", "didnt", "did", "wasn't", "wasnt", "isn't", "isnt", "doesn't", "doesnt"})
"""Last words of what says that something else was so, and is no label."""
_FEW, _SHORT = 3, 60
_GAP = re.compile(r"[ ]{2,}|\t")
_MEASURES = frozenset({"high", "low", "raised", "up", "elevated", "borderline"})
_DENYING = frozenset({Answer.NO, Answer.UNSURE, Answer.PAST})
"""The answers by which a function that a label asks for is lost, or may be."""
_AGES_AND_BOUNDARIES = Pattern(rf"{AGE} | {_BOUNDARY}", re.IGNORECASE | re.VERBOSE)
_BOUNDARIES = Pattern(_BOUNDARY, re.IGNORECASE | re.VERBOSE)
_DENIAL = Pattern(
    r"[ \t]*[:?|\u2013\u2014-]{0,3}[ \t]*(?:no|none|nil|not|nope|never|absent|n)\b", needs=("n", "absent")
)
"""An answer behind a label that denies."""
_NUMBERING = Pattern(r"[ \t]*\(?\d{1,2}[.)]\s\Z", re.NOFLAG)
"""The number of a line of a list."""


def segments(text: str) -> tuple[Segment, ...]:
    """Return the parts of a description in its order, without those that hold no token.

    Raises:
        WrongUse: it has more than `MAX_DESCRIPTION` characters.
    """
    if len(text) > MAX_DESCRIPTION:
        raise WrongUse(f"a description of {len(text):,} characters is too long; at most {MAX_DESCRIPTION:,} are read")
    typed = as_typed(text)
    text = with_years_of_ages(with_numerals(as_meant(typed)))
    tokens = with_fractures(text, analyse(text))
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
            own = with_topic(text, start, end, own, answer)
            if own:
                cut = "?" if is_value else cut  # noqa: PLW2901 - what stands behind a label with a yes is its value
                is_value = False
                years = years_of(age) if age else None
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


def _denied_behind(text: str, end: int) -> str:
    """Return the denial that is written behind a label, to be quoted with it: ": none"."""
    found = _DENIAL.match(text, end)
    return " ".join(found[0].split(" ")) if found else ""


def _told(text: str, start: int, end: int, tokens: tuple[Token, ...], *, of_pregnancy: bool) -> tuple[Token, ...]:
    """Return the tokens of a part with the words for what its numbers say."""
    behind = text[end:].partition("\n")[0]
    return told_by_numbers(text[start:end], with_slashes(text, tokens), behind=behind, of_pregnancy=of_pregnancy)


_CANNOT = (
    ("no", "longer", "able", "to"),
    *((denying, "able", "to") for denying in ("not", "isnt", "arent", "wasnt", "werent")),
    ("unable", "to"),
)
"""Ways to say "cannot", the longest first."""
_ENDS_OF_CANNOT = frozenset(way[-1] for way in _CANNOT)


def _in_one_word(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return tokens with "cannot" for "could not", "unable to" and the like, and "isn't" for "is not".

    What somebody lacks is not denied.
    """
    found: list[Token] = []
    for token in tokens:
        if token.folded == "not" and found and (written := CONTRACTED.get(found[-1].folded)):
            text = f"{found[-1].text} {token.text}"
            found[-1] = replace(analyse(written)[0], text=text, start=found[-1].start, end=token.end)
            continue
        folded = contracted(token.folded)
        found.append(replace(token, folded=folded, stem=folded) if folded != token.folded else token)
        said = tuple(other.folded for other in found[-len(_CANNOT[0]) :]) if token.folded in _ENDS_OF_CANNOT else ()
        if way := next((way for way in _CANNOT if said[-len(way) :] == way), ()):
            first = found[-len(way)]
            found[-len(way) :] = [replace(analyse("can't")[0], start=first.start, end=token.end)]
    return tuple(found)


def _free_of(tokens: tuple[Token, ...]) -> int | None:
    """Return the place after "free of" or "free from" among tokens; without it, None."""
    words = [token.folded for token in tokens]
    pairs = enumerate(pairwise(words), 2)
    return next((place for place, (one, two) in pairs if one == "free" and two in {"of", "from"}), None)


def _is_short_row(sign: str, label: str, value: str) -> bool:
    """Whether a label and its value say one thing together, as in "BP: high"; a relative's illness they do not.

    Behind a dash the value must say how much.
    """
    words, rest = _GAP.split(label.strip())[-1].split(), re.split(r"[\n,;:.()]|(?<=\S)[ ]{2,}", value)[0].split()
    is_relatives = any(
        not RELATIVES.isdisjoint((word, word.removesuffix("s").rstrip("'\u2019")))
        for word in map(str.lower, (*words, *rest))
    )
    is_ellipsis = words[-1:] != [] and words[-1].lower().replace("\u2019", "'") in _ELLIPSES  # "the CT didn't: a clot"
    is_short = 0 < len(words) <= _FEW and 0 < len(rest) <= _FEW and not (is_relatives or is_ellipsis)
    if words[:1] and words[0].lower() == "born":  # "Born at: 33 + 2 weeks"
        return sign in {":", "?"}
    return is_short and (sign == ":" or rest[0].lower() in _MEASURES)


def _spans(text: str, row: Row) -> Iterator[tuple[int, int, str, re.Match[str] | None]]:
    """Yield the start and end of each part of a row, what cuts it off from the one before, and the match of an age."""
    start, cut = row.start, ""
    own = text[row.start : row.end]
    has_ages = any(word in own.lower() for word in ("old", "aged", "age:", "of age")) or any(map(str.isdigit, own))
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
        if found["infant"] and is_of_a_thing(text, max(row.start, found.start() - _SHORT), found.start()):
            continue
        begin = found.end("named") if found["named"] else found.start()
        yield start, begin, cut, None
        yield begin, found.end(), cut, found
        start, cut = found.end(), ","
    yield start, row.end, cut, None
