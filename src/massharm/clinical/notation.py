"""Notation: signs and abbreviations of clinical notes, forms and dictation, written out or blotted out.

Each text that is returned has the length of the one given, but for what scanners and keys left in it, so that what was
typed can still be quoted.
"""

import re

from msgspec.structs import replace

from massharm.clinical.layouts import (
    on_one_line,
    with_scanned_letters,
    with_signs_as_boxes,
    with_statements_apart,
    without_keys,
    without_tags,
)
from massharm.clinical.patterns import Pattern
from massharm.search.analysis import Token, analyse

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
_CIRCLED = Pattern(
    r"(?<=[ \t])(?:y(?:es)?[ \t/|]{1,4}\[[ ]?(?P<no>no?)[ ]?\]|\[[ ]?y(?:es)?[ ]?\][ \t/|]{1,4}no?)(?=[ \t\n,;.(]|\Z)",
    needs=("[n", "[y", "[ n", "[ y"),
)
"""A choice of yes and no in columns, of which brackets circle one: "Gout   Y  [N]"."""
_NOUGHT = Pattern(r"(?<!\w)[\u00d8\u2205](?=\s+\w)", re.NOFLAG, needs=("\u00f8", "\u2205"))
"""The sign for none in clinical notes, as in "\u00d8 anticoagulants"."""
_SIGNED_VE = Pattern(r"(?<![\w+\u2212\u2013-])[+\u2212\u2013-]ve\b", needs=("+ve", "-ve", "\u2212ve", "\u2013ve"))
"""Positive or negative in clinical notes, as in "-ve for clots"."""
_TITLE = Pattern(r"\bMs\.?[ \t]+(?=[A-Z][a-z])", re.NOFLAG, needs=("ms",))
"""A title before a name, which is no abbreviation of an illness."""
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


def _without_options(found: re.Match[str]) -> str:
    """Return a label without the choices that it prints, where one of them is written behind it."""
    options = {option.strip().lower() for option in re.split("[/|,]", found["options"])}
    is_chosen = found["value"].lower() in options
    return found[0].replace(f"({found['options']})", " " * (len(found["options"]) + 2)) if is_chosen else found[0]


def with_fractures(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return tokens with a "fracture" for each sign that stands for one."""
    if "#" not in text:
        return tokens
    word = analyse("fracture")[0]
    places = [found.span(found.lastgroup or 0) for found in _FRACTURE_SIGN.finditer(text)]
    signs = [replace(word, start=start, end=end) for start, end in places]
    return tuple(sorted((*tokens, *signs), key=lambda token: token.start))


def with_slashes(text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
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


def as_typed(text: str) -> str:
    """Return a description as it is quoted: without the marks of a page, of dictation and of names."""
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
    return _TITLE.sub(lambda found: " " * len(found[0]), text)


def as_meant(typed: str) -> str:
    """Return a text that is quoted with its signs as words and its boxes as boxes, in which rows are looked for."""
    text = _SIGNED_VE.sub(lambda found: "pos" if found[0][0] == "+" else "neg", typed)
    text = _SLASHED.sub(lambda found: "&".center(len(found[0])), text)
    text = _CIRCLED.sub(lambda found: (": no" if found["no"] else ": yes").ljust(len(found[0])), text)
    return with_statements_apart(with_signs_as_boxes(text))
