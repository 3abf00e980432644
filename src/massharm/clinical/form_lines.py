"""The lines of a pasted form: labels, boxes, tables and headings, and the answers that they give."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from massharm.clinical.context import NEGATION_TRIGGERS, RELATIVES
from massharm.clinical.forms import Answer, Row

# The answers, longest first, as they stand behind a label.
_ANSWERS: tuple[tuple[Answer, str], ...] = (
    (
        Answer.PAST,
        (
            r"(?:not|none) (?:any\s?more|currently|at present|at the moment|now)"
            r"|no longer|previously|in the past|past only"
        ),
    ),
    (
        Answer.NO,
        (
            r"not (?:that|as far as) i(?:'m| am)? (?:know|aware)(?: of)?|not to my knowledge|none (?:known|noted)"
            r"|not (?:known|applicable|at all)|no[\s,]+(?:no|none|never|nothing|not at all)|nothing|no known"
            r"|nil (?:known|of note)|none|neither|nope|nah|nil|never|negative|neg|absent|n/a|false|denied|denies"
            r"|no|n|nkda|nka|zero|0|[-\u2013\u2212]ve|\u2717|\u2718"
        ),
    ),
    (Answer.UNSURE, r"not sure|unsure|do(?: not|n'?t) know|unknown|maybe|possibly|perhaps"),
    (Answer.YES, r"yes|yep|yeah|yea|true|positive|pos|present|current|y|\+ve|\u2713|\u2714"),
)
_WORDS = "|".join(words for _, words in _ANSWERS).replace(" ", "[ ]")
_END = r"(?=[ \t]*(?:$|[,.;|/()!\n\[]|[ \t][-\u2013\u2014][ \t]|\t|[ ]{2}))"
_FLAGS = re.IGNORECASE | re.MULTILINE | re.VERBOSE
_ANSWERED = re.compile(
    rf"""
    (?P<sign>
        ,?[ ](?:she|he|they|client|patient|pt)[ ](?:said|says|answered|answers|replied)[ ]
      | (?<![:=?])[:=?]{{1,3}}           # a colon or an equals sign, the mark of a question
      | [ \t][-\u2013\u2014]{{1,3}}      # a dash
      | (?<!\.)\.{{2,80}}(?!\.)          # a line of dots
      | [|\t] | (?<![ ])[ ]{{2,80}}(?![ ])  # the gap between two columns
    )
    [ \t]{{0,80}}(?:[-\u2013\u2014]|ans(?:wer)?\b|a\b)?[:.]?\s*[(\[]?(?P<answer>{_WORDS})[)\]]?{_END}
    # An answer in brackets: "asthma (no)", "hernia (yes, in 2012)".
  | [ \t]*\((?P<bracketed>yes|no|y|n)\b[ \t]*(?=[),;-])[),]?
    # Words that answer behind a concept without a sign: "seizures nil".
  | (?<=\w)[ ](?P<late>nil(?:[ ]known|[ ]of[ ]note)?|none(?:[ ]known)?|denied|negative|absent|[-\u2013\u2212]ve)
    [ \t]*(?=$|[,.;\n])
    """,
    _FLAGS,
)
"""Between a label and its answer."""
_OF_ALL = frozenset({"all", "both", "results", "all results", "tests", "all tests", "came back", "all came back"})
"""Labels that stand for what is said before them: "a patch test, all negative"."""
_LABEL_WORDS = 4
_YES_NO = frozenset({"yes", "no", "y", "n"})
_LISTED = re.compile(
    r"(?:[^,\n ]+,)?[ \t]*\"?(?P<label>[^,\"\n]+)\"?,"
    r"[ \t]*\"?(?P<answer>yes|no|y|n|denied|current|n/a)\"?[ \t]*,?[ \t]*",
    re.IGNORECASE,
)
"""The comma-separated value of a row such as "Diabetes,N", or with a name before it."""
_BOX = re.compile(
    r"""
    \[[ \t]*(?P<mark>[xXvVyY\u2713\u2714*]?)[ \t]*\]
  | \([ \t]*(?P<round>[xX\u2713]|(?<=[ \t])(?=\)))[ \t]*\)
  | (?P<ticked>[\u2611\u2612\u2705\u2714\u2713\u25a0\u25cf])
  | (?<!\w)_+(?P<lined>[xXvVyYcC\u2713\u2714])?_+(?!\w)
  | (?P<open>[\u2610\u25a1\u25fb\u2b1c\u2751\u25cb\u2717\u2718\u274c])
    """,
    re.VERBOSE,
)
_BEFORE = re.compile(
    r"""
    (?:^|(?<=[/;.|\u2022]))[ \t]*[-*\u2022]?[ \t]*
    (?P<answer>
        yes|no|none[ ]of(?:[ ]the[ ]following|[ ]these)?|(?:negative|positive)(?:[ ]for)?|denie[sd]
      | (?:i[ ])?(?:have|has|do|does)?[ ]?(?:not|n't|never)[ ](?:got|had|have|any)|(?:i[ ])?(?:have[ ]got|have|got)
    )[ \t]*[:=][ \t]*
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Answers that stand before what they answer: "No: diabetes, asthma / Yes: stroke"."""
_ALONE = re.compile(
    r"\W*(?P<answer>yes|no|none of (?:the following|these|the above)"
    r"|[^:\n]*\b(?:do not|don'?t|have never|have not|haven'?t) (?:have|had) (?:any of )?(?:the following|these))\W*",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(r"[ \t]*(?:i|signed?|signature|date)\b", re.IGNORECASE)
"""A line in the words of who signs, which ends a list under a heading."""
_FAMILY = re.compile(
    r"""
    \W*(?:
        family(?:'s)?(?:[ ]medical|[ ]health)?[ ](?:history|hx|h/o|illness(?:es)?)
      | fhx? | fam(?:\.|ily)?[ ]hx | relatives? | in[ ](?:the|your)[ ]family
    )
    (?:[ ]of[ ]illness(?:es)?)?\b[ \t]*(?:\([^)]*\))?[ \t]*(?::|[-\u2013\u2014]|$)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HEADED = re.compile(r"[ \t]*(?:[-*\u2022#][ \t]*)*(?P<label>[A-Za-z][A-Za-z '/()-]*?)[ \t]*[:?]")
_QUESTION = re.compile(r"[ \t]*(?:q\d*[:.)]?[ \t]*)?(?:do|does|did|have|has|had|are|is|was|were|any)\b", re.IGNORECASE)
_NEXT_LINE = re.compile(rf"\?[ \t]*\n\s*(?:a(?:ns(?:wer)?)?[ \t]*[:.)][ \t]*)?(?=(?:{_WORDS}){_END})", _FLAGS)
_CIRCLED = re.compile(
    r"""
    [ \t:\u2013-]{0,8}(?:
        (?P<yes>[(\[*_]+[ ]*y(?:es)?[ ]*[)\]*_]+)[ ]*/[ ]*no?
      | (?<![A-Za-z])y(?:es)?[ ]*/[ ]*(?P<no>[(\[*_]+[ ]*no?[ ]*[)\]*_]+)
      | (?<![A-Za-z])y(?:es)?[ ]*/[ ]*no?\b(?:[ ]*(?:->|\u2192|=|:)[ ]*(?P<chosen>yes|no|y|n))?
    )[ \t,;:-]{0,8}
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A choice of yes and no after a label, of which one is circled, repeated or left."""
_LEGEND = re.compile(
    r"(?<!\w)(\w|[\u2713\u2714\u2717\u2718])[ ]*=[ ]*"
    r"(present|yes|have it|now|current|absent|no|not present|none|never|in the past|past|previous)\b",
    re.IGNORECASE,
)
"""What a mark means in the lines of a form, as in "P = present, X = absent"."""
_ADMINISTRATION = re.compile(
    r"[ \t]*(?:(?:emergency contact|next of kin|first name|surname|last name|full name|address|e-?mail|phone|tel|mobile"
    r"|filled in by|completed by|therapist|referred by)\b[^:\n]{0,20}:|(?:gp|doctor)\b[^:\n]{0,20}:[ \t]*dr\b)",
    re.IGNORECASE,
)
"""Rows of a form that are about other people or addresses."""
_EMPTY = re.compile(r"[ \t]*[-*\u2022][ \t]*[^:\n]+:[ \t]*")
"""A row of a list that nobody filled in."""
_OTHER_HEADING = re.compile(
    r"[ \t]*(?:personal|own|past|current|medical|medications?|medicines?|drugs?|allerg|social|surgical|lifestyle|reason"
    r"|notes|injur|operations|other|present|your|client)\w*\b[^.?!]{0,30}$",
    re.IGNORECASE,
)
"""A heading without a colon, which ends the history of a family."""
_NEXT_LABEL = re.compile(r"(?<=[.;])[ ]+(?=[A-Z][A-Za-z ]{0,30}:)")
_EXAMPLES = re.compile(r"[^.?!;]*\b(?:e\.?g\b\.?|such as|for example|for instance)[^.?!;]*\?", re.IGNORECASE)
"""A question whose examples say nothing of the client, unless the answer is yes or no."""
_HEADS = re.compile(
    r"(?:[A-Za-z ]{0,40}?(?:[ ]{2,}|\b[ ]))??[ ]*(?:(yes|y)[ /]+(no|n)|(no|n)[ /]+(yes|y))[ ]*", re.IGNORECASE
)
"""The line that heads a table whose columns only gaps part."""


class _Columns(Struct, frozen=True):
    """The answers of the columns of a table, by their place on the line, or by the cell between two signs."""

    answers: dict[int, Answer]
    sign: str


def rows_of_lines(text: str) -> Iterator[Row]:
    """Yield the rows of a text in order; what is no part of a form is a row without an answer."""
    text = _NEXT_LINE.sub(lambda found: "?" + " " * (len(found[0]) - 1), text)
    form = _Form({mark.lower(): _meaning(words) for mark, words in _LEGEND.findall(text)})
    start = 0
    for line in text.splitlines(keepends=True):
        yield from form.rows(line.rstrip("\r\n"), start)
        start += len(line)


class _Form:
    """What the lines of a form up to now say of those that follow: a table, a heading of answers, a family."""

    def __init__(self, legend: Mapping[str, Answer]) -> None:
        """Begin a form with what its marks mean."""
        self._legend = legend
        self._is_first = False
        self._begin()

    def _begin(
        self, columns: _Columns | None = None, section: Answer | None = None, *, of_family: bool = False
    ) -> None:
        self._columns, self._section, self._of_family = columns, section, of_family

    def rows(self, line: str, start: int) -> Iterator[Row]:
        """Yield the rows of the next line, which begins at a place of the text."""
        if not line.strip():
            if not self._is_first:
                self._begin()
            return
        if line.startswith("#"):  # a heading of Markdown, as in the form that `massharm.clinical.intake` prints
            self._begin()
            return
        if self._is_heading(line):
            self._is_first = True
            return
        self._is_first = False
        if _EMPTY.fullmatch(line):
            yield Row(start, start + len(line), Answer.NONE)
        elif _ADMINISTRATION.match(line):
            yield Row(start, start + len(line), of_family=True)
        elif marked := _marked(line, start, self._legend):
            yield marked
        elif self._columns and (row := _tabled(line, start, self._columns)):
            yield row
        elif family := _FAMILY.match(line):
            yield from self._family(line, start, family.end())
        else:
            yield from self._others(line, start)

    def _is_heading(self, line: str) -> bool:
        """Whether a line heads a table or a list of answers, which then begins."""
        if columns := _columns(line):
            self._begin(columns)
        elif heading := _ALONE.fullmatch(line):
            self._begin(section=_answer(heading["answer"]))
        else:
            return False
        return True

    def _family(self, line: str, start: int, end: int) -> Iterator[Row]:
        """Yield what stands behind the heading of a family, which goes on below it where nothing does."""
        is_alone = end == len(line)
        self._begin(of_family=is_alone)
        self._is_first = is_alone
        label = _NEXT_LABEL.search(line, end)
        rest = label.start() if label else len(line)
        yield Row(start + end, start + rest, of_family=True)
        yield from _of_line(line[rest:], start + rest)

    def _others(self, line: str, start: int) -> Iterator[Row]:
        """Yield the rows of any other line; one with a head of its own ends what a heading began."""
        is_other_heading = _OTHER_HEADING.match(line) and not line.startswith((" ", "\t", "-", "*"))
        is_own = self._section is not None and _OWN_WORDS.match(line) is not None
        if _ends_section(line, of_family=self._of_family) or is_own or (self._of_family and is_other_heading):
            self._begin(self._columns)
        for row in _of_line(line, start):
            yield Row(row.start, row.end, row.answer or self._section, self._of_family or row.of_family)


def _meaning(words: str) -> Answer:
    words = words.lower()
    if words in {"in the past", "past", "previous"}:
        return Answer.PAST
    return Answer.YES if words in {"present", "yes", "have it", "now", "current"} else Answer.NO


def _marked(line: str, start: int, legend: Mapping[str, Answer]) -> Row | None:
    """Return the row of a line whose answer is a mark that the form explains."""
    found = re.fullmatch(r"(?P<label>[^:\n]+?)(?:[ \t]*[:\t][ \t]*|[ ]+)(?P<mark>\S)[ \t]*", line)
    answer = legend.get(found["mark"].lower()) if found else None
    return Row(start, start + found.end("label"), answer) if found and answer else None


def _ends_section(line: str, *, of_family: bool) -> bool:
    """Whether a line has a head of its own, which is no relative in the history of a family."""
    label = _HEADED.match(line)
    return label is not None and not (of_family and not RELATIVES.isdisjoint(label["label"].lower().split()))


def _answer(words: str) -> Answer:
    """Return the answer that words give."""
    words = words.strip()
    words = re.sub(r" for$", "", words, flags=re.IGNORECASE)
    if re.fullmatch(r"(?:i )?(?:have got|have|got)", words, re.IGNORECASE):
        return Answer.YES
    found = (answer for answer, known in _ANSWERS if re.fullmatch(known, words, re.IGNORECASE))
    return next(found, Answer.NO)


def _of_line(line: str, start: int) -> Iterator[Row]:
    """Yield the rows of one line, which begins at a place of the text."""
    boxes = [*_BOX.finditer(line)]
    if circled := _CIRCLED.search(line):
        yield from _circled(line, start, circled)
    elif boxes:
        yield from _boxed(line, start, boxes)
    elif marks := [*_BEFORE.finditer(line)]:
        yield from _answered_before(line, start, marks)
    elif pairs := _pairs(line):
        for begin, end, answer in pairs:
            yield Row(start + begin, start + end, answer)
    elif listed := _LISTED.fullmatch(line):
        yield Row(start + listed.start("label"), start + listed.end("label"), _answer(listed["answer"]))
    else:
        yield from _answered_behind(line, start)


def _circled(line: str, start: int, choice: re.Match[str]) -> Iterator[Row]:
    """Yield the label before a choice of yes and no, and what stands behind it."""
    if choice["yes"] or choice["no"]:
        answer = Answer.YES if choice["yes"] else Answer.NO
    else:
        answer = _answer(choice["chosen"]) if choice["chosen"] else Answer.NONE
    yield Row(start, start + choice.start(), answer)
    yield from _of_line(line[choice.end() :], start + choice.end())


def _pairs(line: str) -> list[tuple[int, int, Answer]]:
    """Return the labels of a line of nothing but labels, each with its answer behind it: "Diabetes Y  Epilepsy N"."""
    found: list[tuple[int, int, Answer]] = []
    begin = end = None
    if re.search(r"[.?!;]", line):
        return []
    for word in re.finditer(r"[^\s,;.|]+", line):
        if begin is not None and end is not None and word[0].lower() in _YES_NO:
            if line[begin:end].count(" ") >= _LABEL_WORDS or "," in line[begin:end]:
                return []
            found.append((begin, end, _answer(word[0])))
            begin = None
        elif begin is None and not re.match(r"[A-Za-z]", word[0]) and word[0] not in "-*\u2022":
            return []
        elif word[0] not in "-*\u2022":
            if begin is None and word[0].lower() in NEGATION_TRIGGERS:
                return []
            begin, end = word.start() if begin is None else begin, word.end()
    return [] if begin is not None else found


def _answered_before(line: str, start: int, marks: list[re.Match[str]]) -> Iterator[Row]:
    yield Row(start, start + marks[0].start())
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    for mark, end in zip(marks, ends, strict=True):
        yield Row(start + mark.end(), start + end, _answer(mark["answer"]))


def _answered_behind(line: str, start: int) -> Iterator[Row]:
    """Yield the labels of a line with the answers behind them, and what stands between."""
    done = 0
    if (asked := _EXAMPLES.match(line)) and not _ANSWERED.match(line, asked.end() - 1):
        yield Row(start, start + asked.end(), Answer.NONE)
        done = asked.end()
    for found in _ANSWERED.finditer(line, done):
        answer = _answer(found["answer"] or found["late"] or found["bracketed"])
        label = _label_start(line, done, found.start(), is_question="?" in (found["sign"] or ""))
        if line[label : found.start()].strip(" ,").lower() in _OF_ALL:
            label = max(done, line.rfind(".", done, label) + 1)
        if label > done:
            yield Row(start + done, start + label)
        if found.start() > label:
            yield Row(start + label, start + found.start(), answer)
        done = found.end()
    yield Row(start + done, start + len(line))


def _label_start(line: str, start: int, end: int, *, is_question: bool) -> int:
    """Return where a label begins that ends at a place: after the last sentence, cell or comma before it.

    A question begins with its first word, and a list that "or" closes with its first member.
    """
    if line[:end].rstrip().endswith(")"):  # a label that explains itself, as in "heart trouble (stent, pacemaker)"
        end = max(start, line.rfind("(", start, end))
    sentence = max((found.end() for found in re.finditer(r"[.;!?|\t]|[ ]{2,}", line[start:end])), default=0) + start
    if is_question:
        parts = [sentence, *(found.end() for found in re.finditer(",", line[sentence:end]))]
        starts = [sentence, *(sentence + part for part in parts[1:])]
        asked = next((place for place in starts if _QUESTION.match(line, place)), None)
        if asked is not None:
            return asked
    if re.search(r"\bn?or\b|/", line[sentence:end]):
        return sentence
    return max(sentence, line.rfind(",", sentence, end) + 1)


# Boxes


def _is_ticked(box: re.Match[str]) -> bool:
    return bool(box["mark"] or box["round"] or box["ticked"] or box["lined"])


def _boxed(line: str, start: int, boxes: list[re.Match[str]]) -> Iterator[Row]:
    """Yield the rows of a line with boxes: they stand before or behind their labels, or are a choice of answers."""
    first = boxes[0].start()
    head = line[:first].strip(" \t-*\u2022")
    tails = [
        line[box.end() : end].strip(" \t,;|")
        for box, end in zip(boxes, [*(b.start() for b in boxes[1:]), len(line)], strict=True)
    ]
    if head and _is_choice(tails):
        given = [
            _answer(tail.split(",")[0].split("(")[0]) for tail, box in zip(tails, boxes, strict=True) if _is_ticked(box)
        ]
        yield Row(start, start + first, given[0] if given else Answer.NONE)
        last = re.search(rf"(?:{_WORDS})\b[ \t,;:-]*", line[boxes[-1].end() :], re.IGNORECASE)
        yield Row(start + boxes[-1].end() + (last.end() if last else 0), start + len(line))
    elif head and not head.endswith((":", "?")) and (not tails[-1] or (len(boxes) == 1 and tails[0].startswith("("))):
        done = 0
        for box in boxes:
            yield Row(start + done, start + box.start(), Answer.YES if _is_ticked(box) else Answer.NO)
            done = box.end()
        yield Row(start + done, start + len(line))
    else:
        yield Row(start, start + first)
        ends = [*(box.start() for box in boxes[1:]), len(line)]
        for box, end in zip(boxes, ends, strict=True):
            yield Row(start + box.end(), start + end, Answer.YES if _is_ticked(box) else Answer.NO)


def _is_choice(tails: list[str]) -> bool:
    """Whether the texts behind boxes are answers: yes and no."""
    return all(re.match(rf"(?:{_WORDS})\b", tail, re.IGNORECASE) for tail in tails) and len(tails) > 1


# Tables


_HEADS_OF_COLUMNS = {
    Answer.YES: frozenset({"yes", "y", "now", "current", "present"}),
    Answer.NO: frozenset({"no", "n", "never"}),
    Answer.PAST: frozenset({"past", "previous", "previously", "before"}),
}


def _columns(line: str) -> _Columns | None:
    """Return the columns of a line that heads a table: one for yes, one for no, perhaps one for the past."""
    for sign in ("|", "\t", ","):
        cells = [cell.strip().lower() for cell in line.split(sign)]
        answers = {
            place: answer
            for place, cell in enumerate(cells)
            for answer, heads in _HEADS_OF_COLUMNS.items()
            if cell in heads
        }
        if {Answer.YES, Answer.NO}.issubset(answers.values()) and len(set(answers.values())) == len(answers):
            return _Columns(answers, sign)
    found = _HEADS.fullmatch(line)
    if not found or re.search(r"[?:]", line):
        return None
    yes, no = (found.start(1), found.start(2)) if found[1] else (found.start(4), found.start(3))
    return _Columns({yes: Answer.YES, no: Answer.NO}, "")


def _tabled(line: str, start: int, columns: _Columns) -> Row | None:
    """Return the row of a line of a table; of a line that holds no label, none."""
    if columns.sign:
        return _celled(line, start, columns)
    mark = re.search(r"[ \t]+([xX\u2713\u2714*\u2611\u2612\u2717]|yes|no|y|n)[ \t]*$", line, re.IGNORECASE)
    if not mark:
        return Row(start, start + len(line), Answer.NONE) if _is_label(line) else None
    if mark[1].lower() in _YES_NO:
        return Row(start, start + mark.start(), _answer(mark[1]))
    nearest = min(columns.answers, key=lambda place: abs(mark.start(1) - place))
    return Row(start, start + mark.start(), columns.answers[nearest])


def _celled(line: str, start: int, columns: _Columns) -> Row | None:
    cells = line.split(columns.sign)
    before = cells[: min(columns.answers)]
    label = next((place for place, cell in enumerate(before) if re.search(r"\w", cell)), None)
    if label is None or len(cells) <= min(columns.answers):
        return None
    given = [
        answer
        for place, answer in columns.answers.items()
        if place < len(cells) and re.search(r"\w|[^\s\w-]", cells[place])
    ]
    begin = start + sum(len(cell) + 1 for cell in cells[:label])
    return Row(begin, begin + len(cells[label]), given[0] if given else Answer.NONE)


def _is_label(line: str) -> bool:
    """Whether a line of a table holds only a label."""
    return bool(re.fullmatch(r"[ \t]*[A-Za-z][A-Za-z '/()-]{0,40}", line))
