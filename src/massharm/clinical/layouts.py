"""Layouts: marks of a page that say nothing of a client, and lines that a program broke.

Each function gives a text of the same length, so that what was typed can still be quoted.
"""

import re

from massharm.clinical.patterns import Pattern
from massharm.search.english import is_common_english

_QUOTED = Pattern(r"^[ \t]*(?:>[ \t]?){1,5}|<<(?=[ \t\n])", re.MULTILINE, needs=(">", "<<"))
"""The marks before the lines of a quoted message, and behind a question that is quoted within one."""
_STRUCK = Pattern(r"~~[^~\n]{1,40}~~[ \t]*[/|]?|[/|][ \t]*~~[^~\n]{1,40}~~", re.NOFLAG, needs=("~~",))
"""What is struck through, with the slash that parts it from what stays."""
_SIGNED = Pattern(r"\([ \t]*(?P<sign>[+\u2212\u2013-])[ \t]*\)", re.NOFLAG, needs=("(",))
"""A plus or a minus in brackets, which answers."""
_BROKEN_WORD = Pattern(r"([A-Za-z]+)-[ \t\r]*\n[ \t]*([a-z]+)", re.NOFLAG, needs=("\n",))
_SPACED = Pattern(r"(?<![^\s])(?:(N)[ ](O)|(Y)[ ](E)[ ](S))(?=\s|$)", re.NOFLAG, needs=("n o", "y e s"))
"""An answer whose letters stand apart."""
_SCANNED = Pattern(
    r"\b(?=(?:[015]*[a-z]){3})(?:[a-z]+[015]+(?=[a-z])[a-z015]*[a-z]|[015][a-z]{5,})\b", needs=("0", "1", "5")
)
"""A word with a digit among its letters, which a scanner misread."""
_LONG_WORD = 8
_SELECTED = Pattern(r"please select[ \t]*(?:\([^)\n]{0,80}\))?[ \t]*>", needs=("please select",))
"""What a web form shows before the choice that was made."""
_VALUE_END = Pattern(r"[{}]|,(?=[ \t]*[\"{])", re.NOFLAG)
"""The end of a value in an export of an app."""
_NESTED_VALUE = Pattern(
    r"\"(?P<label>[\w -]+)\"\s*:\s*\{\s*\"(?:value|answer|checked|selected)\"\s*:\s*(?=true\b|false\b|\"?(?:yes|no)\b)",
    needs=("{",),
)
"""A key whose answer an app nests within it: '"seizures": {"value": false'."""
_SPOKEN = Pattern(
    r"^(?:\[?\d{1,2}:\d\d(?::\d\d)?(?:[ ]?[ap]m)?\]?[ \t]*)?"
    r"(?:(?P<asking>bot|agent|assistant|receptionist|therapist|clinic|q)|you|client|me|user|patient|customer|caller|a)"
    r"[ \t]*:[ \t]",
    re.IGNORECASE | re.MULTILINE,
    needs=(":",),
)
"""The time and the speaker of a line of a conversation."""
_LEAST_SPOKEN = 4
_RADIO = Pattern(r"(?<!\S)(?P<mark>[*xX@\u2022oO])[ \t]?(?=(?:yes|no)\b)", needs=("yes", "no"))
"""A round button before an answer, as programs for plain text write it: an o, or another mark where it is chosen."""
_MARU = Pattern(
    r"(?<![^\s])\((?P<mark>[OX\u25cb\u00d7])\)(?=[ \t]*\w)", re.NOFLAG, needs=("(o)", "(x)", "(\u25cb)", "(\u00d7)")
)
_MARU_LEGEND = Pattern(r"\([O\u25cb]\)[ ]*(?:or|/|and|,|=[ ]*yes)", re.NOFLAG, needs=("(o)", "(\u25cb)"))
"""A circle for yes and a cross for no, where the form says that these two are its marks: "please mark (O) or (X)"."""
_LETTER_FIRST = Pattern(r"^([ \t]*)([YN])[ ]{2}(?=[ ]*[A-Z])", re.MULTILINE, needs=("y  ", "n  "))
_LEAST_LETTERS_FIRST = 3
"""A column of letters before labels, and the lines from which on it is one: "N   Asthma"."""
_MARKED_INSIDE = Pattern(
    r"\[[ ]*(?P<label>[A-Za-z][^\[\]\n]{1,30}?)[ ]+(?P<mark>[\u2713\u2714\u2717\u2718\u2013\u2014xX-])[ ]*\]",
    re.NOFLAG,
    needs=("[",),
)
"""A label with its mark inside brackets: "[HIGH BP \u2714] [LOW BP \u2013]"."""
_CHOSEN_INSIDE = frozenset("\u2713\u2714xX")
_CROSSED_INSIDE = frozenset("\u2717\u2718")
_OPEN_RADIO = frozenset("oO")
_MARKED_LETTERS = Pattern(
    r"(?<![A-Za-z])Y(?:es)?[ ]?(?P<yes>[\u2713\u2714\u221axX\u2610\u2611_-]{1,3})[ \t/|]+N(?:o)?[ ]?"
    r"(?P<no>[\u2713\u2714\u221axX\u2610\u2611_-]{1,3})(?=\s|$|[,;|(])",
    re.NOFLAG,
    needs=("y ", "y_", "y\u2713", "yes", "yx", "y-", "y\u2610", "y\u2611", "y\u2714", "y\u221a"),
)
"""A choice of two letters with a mark or a gap behind each: "Y \u2713   N _"."""
_GAPS = frozenset("_-\u2610")
"""The marks of what is not chosen."""
_PLUS_MINUS = Pattern(
    r"^[ \t]*[+\u2212-][ ]?\w[^,\n]*(?:,[ \t]*[+\u2212-][ ]?\w[^,\n]*)+$", re.MULTILINE, needs=("+", "-", "\u2212")
)
"""A list of which each member has a plus or a minus before it."""
_LEADER_OVER_LINES = Pattern(r"(?<=[.\u2026_]{3})[ \t\r]*\n[ \t]*(?=[.\u2026_]{2})", re.NOFLAG, needs=("\n",))
_WRAPPED = Pattern(
    r"\b(a|an|the|of|and|or|with|for|to|on|my|her|his|has|have|had|is|was|takes|uses)[ \t\r]*\n[ \t]*(?=(?-i:[a-z]))",
    needs=("\n",),
)
"""The end of a line in the middle of a sentence, after a word that ends none."""
_BROKEN = Pattern(r"(?<=[a-z,])[ \t\r]*(?P<break>\n)[ \t]*(?=[a-z])", re.NOFLAG, needs=("\n",))
"""The end of a line before one that begins with a small letter."""
_SENTENCE_END = Pattern(r"[.!?:;](?:\s|$)|\n[ \t\r]*\n|\n[ \t]*[-*\u2022#]", re.NOFLAG)
_PROSE = Pattern(
    r"\b(?:i|i'm|i've|she|he|we|client|patient)[ ]+(?:\w+[ ]+)?(?:am|is|are|was|has|have|had|do|does|did|take|takes|get"
    r"|gets|feel|feels|can|cannot)\b|\bthere[ ]+(?:is|are|was)\b"
)
"""The subject and the verb of a sentence, which a list of labels has not."""
_OPEN = Pattern(r"(?:,|\b(?:no|any|without|not|denies|or|nor|high|low))$")
"""The end of a line that cannot end a sentence."""
_NEGATION = Pattern(r"\b(?:no|not|never|without|denie[sd]|n't|nil)\b|n't\b")
_LIST_GOES_ON = Pattern(r"[a-z][^:=\n]{0,60}[,.]", re.NOFLAG)
"""The beginning of a line that goes on with a list."""
_LONG_LINE = 45
"""The characters of a line that a mail program may have broken."""
_AND_STATES = Pattern(
    r"(?P<denial>\b(?:no|without|nor|never|denie[sd]|(?:do|does|did|have|has)(?:[ ]not|n'?t)|not)\b[^.;:\n]{1,200}?)"
    r"\band(?=[ ]+(?:has|takes|is|uses|does|wears"
    r"|(?:i|she|he)[ ]+(?:do|does|have|has|am|is|take|takes|wear|wears))\b(?![ ]+(?:not|no|never|n't)\b))",
    needs=("and ",),
)
"""A denial, and the "and" before a statement of its own: "denies gout and has asthma"."""


def on_one_line(text: str) -> str:
    """Return a text with its quoted lines as they were sent, and its broken sentences on one line."""
    text = _QUOTED.sub(_blank, text)
    text = _SPACED.sub(lambda found: "".join(filter(None, found.groups())).ljust(len(found[0])), text)
    text = _SELECTED.sub(_blank, text)
    text = _without_speakers(text)
    text = _BROKEN_WORD.sub(lambda found: f"{found[1]}{found[2]}".ljust(len(found[0]), "\u00a0"), text)
    text = _LEADER_OVER_LINES.sub(lambda found: "." * len(found[0]), text)
    text = _WRAPPED.sub(lambda found: found[0].replace("\n", " ").replace("\r", " "), text)
    for found in _BROKEN.finditer(text):
        if _goes_on(text, found.start("break")) or _lists_on(text, found.start("break"), found.end()):
            text = f"{text[: found.start()]}{_blank(found)}{text[found.end() :]}"
    return text


def _goes_on(text: str, end: int) -> bool:
    """Whether the sentence that a line breaks off is prose; one that denies goes on behind a comma or a long line."""
    before = text[:end].rstrip()
    begin = max((found.end() for found in _SENTENCE_END.finditer(before)), default=0)
    sentence = before[begin:]
    line = before[before.rfind("\n") + 1 :]
    if not _PROSE.search(sentence):
        return False
    return len(line) >= _LONG_LINE or _OPEN.search(before) is not None or not _NEGATION.search(sentence)


def _lists_on(text: str, end: int, start: int) -> bool:
    """Whether a line breaks off in a list that the next one goes on with, after a member that denies nothing."""
    line = text[text.rfind("\n", 0, end) + 1 : end].rstrip()
    last = re.split(r"[,.;:]", line)[-1]
    return (
        ", " in line
        and bool(last.strip())
        and _LIST_GOES_ON.match(text, start) is not None
        and not _NEGATION.search(last)
    )


def _without_speakers(text: str) -> str:
    """Return a conversation without the names of those who ask and answer; in another text they stay."""
    asking = [found["asking"] is not None for found in _SPOKEN.finditer(text)]
    is_conversation = len(asking) >= _LEAST_SPOKEN and any(asking) and not all(asking)
    return _SPOKEN.sub(_blank, text) if is_conversation else text


_TAG = Pattern(r"</?(?P<name>[a-z][a-z0-9]*)(?:\s[^<>\n]{0,200})?/?>", needs=("<",))
_LEAST_TAGS = 4
"""The tags from which on a text is that of a page."""
_OF_LINES = frozenset(
    {"tr", "p", "li", "div", "br", "form", "table", "ul", "ol", "label", "option", "h1", "h2", "h3", "h4"}
)
"""The tags with which a line begins or ends."""
_TOLD_INSIDE = Pattern(r"\b(?:value|name|answer|detail|label|checked|selected)[ ]*=", needs=("=",))
"""Attributes of tags that may hold what somebody answered: such a text is read as it stands."""
_ENTITY = Pattern(r"&(?:nbsp|amp|ndash|mdash|quot|#39|lt|gt);", re.NOFLAG, needs=("&",))
_CELL_END = Pattern(r"</t[dh]>\s*<t[dh][^<>]*>|</label>|</(?:strong|b|dt|th)>(?=\s*\w)", needs=("<",))
"""The end of a label on a page, before its value."""


def without_tags(text: str) -> str:
    """Return the text of a page without its tags, each label and its value on one line."""
    if len([*_TAG.finditer(text)]) < _LEAST_TAGS or _TOLD_INSIDE.search(text):
        return text
    text = _ENTITY.sub(_blank, text)
    text = _CELL_END.sub(lambda found: _sign_behind(text, found.start()).ljust(len(found[0])), text)

    def blank(found: re.Match[str]) -> str:
        is_line = found["name"].lower() in _OF_LINES and not found[0].startswith("</")
        return ("\n" if is_line else " ").ljust(len(found[0]))

    return _TAG.sub(blank, text)


def _sign_behind(text: str, end: int) -> str:
    """Return a colon, unless a label ends with a sign of its own."""
    return " " if text[:end].rstrip().endswith((":", "?")) else ":"


def without_keys(text: str) -> str:
    """Return an export of an app in lines, one for each value; any other text stays."""
    if not text.lstrip().startswith(("{", "[{")) or '":' not in text:
        return text
    text = _NESTED_VALUE.sub(lambda found: f'"{found["label"]}": '.ljust(len(found[0])), text)
    text = _VALUE_END.sub("\n", text)
    return re.sub(r"(?<=\w)_(?=\w)", " ", re.sub(r"[\[\]\"]", " ", text))


def with_signs_as_boxes(text: str) -> str:
    """Return a text without what is struck through, and with its pluses, minuses and letters in a column as boxes."""
    text = _STRUCK.sub(_blank, text)
    if _MARU_LEGEND.search(text) and len([*_MARU.finditer(text)]) > 1:
        text = _MARU.sub(lambda found: "[x]" if found["mark"] in "O\u25cb" else "[ ]", text)
    text = _MARKED_LETTERS.sub(_chosen_letter, text)
    if len([*_LETTER_FIRST.finditer(text)]) >= _LEAST_LETTERS_FIRST:
        text = _LETTER_FIRST.sub(r"\1[\2]", text)
    if len([*_MARKED_INSIDE.finditer(text)]) > 1:
        text = _MARKED_INSIDE.sub(_as_box_before, text)
    text = "".join(map(_with_radios, text.splitlines(keepends=True))) if _RADIO.search(text) else text
    text = _PLUS_MINUS.sub(lambda found: re.sub(r"(^|,)([ \t]*)([+\u2212-])", _as_box, found[0]), text)
    signs = [*_SIGNED.finditer(text)]
    if len(signs) > 1:
        for found in signs:
            answer = "[Y]" if found["sign"] == "+" else "[N]"
            text = f"{text[: found.start()]}{answer.ljust(len(found[0]))}{text[found.end() :]}"
    return text


def with_scanned_letters(text: str) -> str:
    """Return a text with the letters that a scanner took for digits: "H1gh b1ood", but not "B12" or "H1N1"."""
    return _SCANNED.sub(_as_letters, text)


def _as_letters(found: re.Match[str]) -> str:
    """Return a word with letters for its digits: those with which it is common English; a long word may be no such."""
    read = [found[0].translate(str.maketrans("015", letters)) for letters in ("ois", "ols")]
    known = [word for word in read if is_common_english(word.lower())]
    return known[0] if known else read[0] if len(found[0]) >= _LONG_WORD else found[0]


def with_statements_apart(text: str) -> str:
    """Return a text in which "but" begins a statement that "and" joins to a denial."""
    return _AND_STATES.sub(lambda found: f"{found['denial']}but", text)


def _with_radios(line: str) -> str:
    """Return a line with its round buttons as boxes, where one of several is chosen: "o Yes  * No"."""
    marks = [found["mark"] for found in _RADIO.finditer(line)]
    if len(marks) - sum(mark in _OPEN_RADIO for mark in marks) != 1 or len(marks) == 1:
        return line
    return _RADIO.sub(lambda found: ("\u2610" if found["mark"] in _OPEN_RADIO else "\u2611").ljust(len(found[0])), line)


def _chosen_letter(found: re.Match[str]) -> str:
    """Return the letter that is marked alone, in a box; where both are or neither, nothing changes."""
    is_yes, is_no = (_GAPS.isdisjoint(found[name]) for name in ("yes", "no"))
    return found[0] if is_yes is is_no else ("[Y]" if is_yes else "[N]").ljust(len(found[0]))


def _as_box_before(found: re.Match[str]) -> str:
    """Return a label with its mark as a box before it."""
    box = "\u2610"
    if found["mark"] in _CHOSEN_INSIDE | _CROSSED_INSIDE:  # a cross may be a tick or a no
        box = "\u2611" if found["mark"] in _CHOSEN_INSIDE else "\u2717"
    return (box + found["label"]).ljust(len(found[0]))


def _as_box(found: re.Match[str]) -> str:
    return found[1] + found[2] + ("\u2611" if found[3] == "+" else "\u2717")


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
