"""The lines of a pasted form: headings, rows and lists, and what a line says of those that follow it."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from massharm.clinical.form_answers import answered_rows, heading_of
from massharm.clinical.form_sentences import LABELS, denied_list_in, instruction_in
from massharm.clinical.form_series import answers_below, numbered, questions_above
from massharm.clinical.form_tables import (
    BOX,
    Columns,
    People,
    boxed_rows,
    boxes_in,
    columns_of,
    is_ticked,
    people_of,
    rows_of_people,
    tabled_rows,
)
from massharm.clinical.form_words import ANSWER_WORDS, FLAGS, STATES, answer_of
from massharm.clinical.forms import Answer, Row
from massharm.clinical.intake import TITLE
from massharm.clinical.triggers import RELATIVES

_FAMILY = re.compile(
    r"""
    \W*(?:(?:section|part)[ ]\w{1,3}\b\W*)?(?:
        family(?:'s)?(?:[ ]medical|[ ]health)?[ ](?:history|hx|h/o|illness(?:es)?)
      | family(?=[ \t]*(?::|[-=*_]{2,}|$)) | f/?hx? | fam(?:\.|ily)?[ ]hx
      | relatives?(?:[ ](?:w/|with)[ ]?[a-z ]{1,20})?
      | in[ ](?:the|your)[ ]family
      | (?P<whose>(?:(?:my|your|the)[ ])?
        (?:wife|husband|partner|mother|father|mum|mom|dad|son|daughter|sister|brother|spouse|relative))
        (?:'?s'?|\u2019s)[ ]
        (?:medical[ ]|health[ ])?(?:conditions?|illness(?:es)?|health|history|hx|diagnos[ie]s|problems?)
    )
    (?:[ ]of[ ]illness(?:es)?)?\b[ \t]*(?:\([^)]*\))?[ \t]*
    (?::|[-=*_]{2,}[ \t]*$|[-\u2013\u2014|]|$)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ANSWERED_LINE = re.compile(
    r"^[^\n]{3,80}[:?|.][ \t]*(?:yes|no|y|n|none|nil|n/a|never)[ \t.|]*$", re.IGNORECASE | re.MULTILINE
)
_LEAST_ANSWERED = 4
"""A line that a short answer closes, and how many of them make a form."""
_FOR_ANOTHER = re.compile(
    r"\b(?:book(?:ing|ed)?|writing|filling (?:this|it) in|here)\b[^.\n]{0,20}\b(?:for|behalf of) (?:my|his|her)\b"
    r"|\b(?:she|he)(?:'s| is) (?:the|your) (?:client|patient)\b",
    re.IGNORECASE,
)
"""Words by which somebody fills in a form for a relative, whose conditions are the client's."""
_ASKS_FOR_FAMILY = re.compile(
    r"\W*(?:\w{1,3}[.)])?[ \t]*[A-Za-z][^,:?\n]{1,40},[ ]*(?:in[ ]the[ ]|in[ ]your[ ])?family[ \t]*[:?]",
    re.IGNORECASE,
)
"""A label that asks whether a family has something: "Cancer, family?"."""
_HEADED = re.compile(r"[ \t]*(?:[-*\u2022#][ \t]*)*(?P<label>[A-Za-z][A-Za-z '/()-]*?)[ \t]*[:?]")
_NEXT_LINE = re.compile(
    rf"[?*][ \t]*\n\s*(?:a(?:ns(?:wer)?)?(?:\d{{1,2}}[ \t]*[:.)]?|[ \t]*[:.)])[ \t]*)?"
    rf"(?=(?:{ANSWER_WORDS})[ \t]*(?:$|[,.;]))",
    FLAGS,
)
_VALUE_BELOW = re.compile(rf"(?<=[a-z)]):[ \t]*\n[ \t]+(?=(?:{ANSWER_WORDS})(?:[ \t]*$|[.,;][ \t]))", FLAGS)
"""The end of a label whose answer stands in the line below, indented: "Cancer:\n   no"."""
_CHOICE_BELOW = re.compile(
    rf"(?<=[\w?:)])[ \t]*(?:\n[ \t]*)+(?=(?:(?:{BOX.pattern})[ \t]*(?:yes|no)\b[ \t,/|]*)+$)", FLAGS
)
"""The end of a line before one that holds nothing but a choice of yes and no: "Heart disease\\n( ) Yes (x) No"."""
_DASHED_ANSWER = re.compile(r"\?[ \t]*(?:--+|[-=]*>|\u2192)(?=[ \t]*\w)", FLAGS)
"""The signs between a question and its answer: "Stroke? -- no"."""
_BLANK = r"[(\[][ \t_]*[)\]]"
_NEVER_CHOSEN = re.compile(
    rf"(?<=[:?])(?![^\n]*\byes\b)(?P<before>[ \t]*(?:{_BLANK}[^()\[\]\n]{{1,25}})*[(\[][ ]?[x*\u2713\u2714][ ]?[)\]])"
    rf"(?P<answer>[ \t]*(?:never|none|neither|not any|no)\b[ \t.]*)(?P<behind>(?:{_BLANK}[^()\[\]\n]{{1,25}})*)$",
    FLAGS,
)
"""The choices behind a label of which only "never" or "none" is made: "( ) this time  ( ) last time  (x) never"."""
_NONE_CIRCLED = re.compile(r"\bnone[ ](?:circled|ticked|selected|marked|checked|chosen)\b", FLAGS)
_NO_IN_FIELD = re.compile(
    r"(?:^|(?<=;))(?P<label>\w[\w-]{2,40})(?P<cut>;\"?)(?P<no>(?:no|none|nil|never|n/a)\b[ \t]*)(?P<end>\"?)(?=\(|$)",
    FLAGS,
)
"""A field of a table of values cut by semicolons, and a no in the next: 'pregnant;"no (trying)"'."""
_NONE_OF = re.compile(
    r"^[^\n]*(?:any of (?:the following|these)|tick (?:all|any|those)(?: that apply)?"
    r"|(?:tell|inform|notify|advise) (?:us|me|(?:your|the) (?:massage )?therapist)[^:\n]{0,30}"
    r" if (?:you|any)(?: (?:have|suffer from|get|are having))?)\b[^:\n]*:"
    r"(?P<list>[^\n]*\w)[ \t.]*\n+"
    r"(?=[^\w\n]*(?:answers?\b\W*|(?:client's )?(?:reply|response)\b\W*)?(?:(?:i )?have read the above\.? )?"
    r"(?:none|no|nil|n/a)\b(?:[ ]to all)?"
    r"(?:[ ](?:two|three|four|five|six)|[ ]of (?:these|the above|them|it|this)(?: appl(?:y|ies)(?: to me)?)?)?"
    r"[ \t.]*$)",
    re.IGNORECASE | re.MULTILINE,
)
"""A list of which the line below says that none is there."""
_ALL_ABOVE = re.compile(
    r"(?<=\n)[ \t]*(?:all|any) of (?:the above|these)[ \t]*[:?\u2013-]?[ \t]*(?:no|none|nil)[ \t.]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that denies all labels above it."""
_BARE_HEADING = re.compile(
    r"^[ \t]*(?P<answer>yes|no|negatives?|positives?)[ \t]*\n(?=[ \t]*[-*\u2022][ \t])", re.IGNORECASE | re.MULTILINE
)
"""A line with nothing but an answer, above a list with bullets."""
_BULLET = re.compile(r"[ \t]*[-*\u2022][ \t]")
_SECTION = re.compile(
    r"(?<=[.;])[ ](?=(?:f/?hx?|fam(?:ily)? (?:history|hx)|p/?m/?hx?|s/?hx?|d/?hx?|social history|drug history|meds"
    r"|medications?|allergies|o/e)[ \t]*:)",
    re.IGNORECASE,
)
"""The place before a heading in the middle of a line."""
_LETTERED = re.compile(r"^[ \t]*\([ \t]*[YN][ \t]*\)[ \t]*\w.*$", re.IGNORECASE | re.MULTILINE)
"""A line of labels, each behind a letter in round brackets: "( Y ) Gout   ( N ) Stroke"."""
_LETTER = re.compile(r"\(([ \t]*[YN][ \t]*)\)", re.IGNORECASE)
_LEGEND = re.compile(
    r"(?<!\w)(\w|[\u2713\u2714\u2717\u2718*+\u2022\u2013-])[ ]*=[ ]*"
    r"(present|yes|have it|now|current|absent|no|not present|none|never|in the past|past|previous|family)\b",
    re.IGNORECASE,
)
"""What a mark means in the lines of a form, as in "P = present, X = absent"."""
_BLANK = ""
"""The mark of a label that has none, in a form that says what that means."""
_LEGEND_OF_BLANK = re.compile(
    r"\b(?:leave[ ]+)?blank[ ]*(?:=|if|means|for)?[ ]*(?:never|no|none|not present)\b", re.IGNORECASE
)
_MARK_BEHIND = re.compile(r"(?P<label>[^:\n]+?)(?:[ \t]*[:\t][ \t]*|[ ]+)(?P<mark>\S)[ \t]*")
_MARK_BEFORE = re.compile(r"[ \t]*_{0,3}(?P<mark>[^\s_])(?:[ ]{2,}|\t[ \t]*|_{1,3}[ ]*)(?P<label>[^\s_].*)")
_MARKS_IN_A_ROW = re.compile(r"(?P<label>[A-Za-z][^:=|,;()\n]{0,30}?)[ \t]*[:=][ \t]*(?P<mark>\w)(?=[\s,;(]|$)")
"""A label with its mark in a line of several: "BP:1 HEART:2"."""
_UNMARKED = re.compile(r"(?:[ ]{2,}|\t)[^\s:.?!][^:.?!]{1,40}")
_ADMINISTRATION = re.compile(
    r"[ \t]*(?:(?:emergency contact|next of kin|first name|surname|last name|full name|address|e-?mail|(?:tele)?phone"
    r"|tel|mobile|gp surgery|gp practice|filled in by|completed by|therapist)"
    r"(?:[ ]name|[ ]number|[ ]no\.?|[ ]address)?[ ]*:"
    r"|(?:gp|doctor)\b[^:\n]{0,20}:[ \t]*dr\b)",
    re.IGNORECASE,
)
"""Rows of a form that are about other people or addresses."""
_EMPTY = re.compile(r"[ \t]*[-*\u2022][ \t]*[^:\n]+:[ \t]*")
"""A row of our own form that nobody filled in."""
_OTHER_HEADING = re.compile(
    r"[ \t]*(?:(?:section|part)\b.*"
    r"|(?:personal|own|past|current|medical|medications?|medicines?|drugs?|allerg|social|surgical|lifestyle"
    r"|reason|notes|injur|operations|other|present|your|client)\w*\b[^.?!]{0,30}|pmhx?|dhx?|shx?|mhx?|hpc|pc|meds|rx|o/e)$",
    re.IGNORECASE,
)
"""A heading without a colon, which ends the history of a family."""
_NEXT_SENTENCE = re.compile(r"(?<=[.;])[ ]+")
_WORD = re.compile(r"[a-z]+")
_LIST_MARKS = (" ", "\t", "-", "*", "\u2022")


def _with_blanks(found: re.Match[str]) -> str:
    """Return the answer that was chosen, with blanks in place of the choices beside it."""
    return " " * len(found["before"]) + found["answer"] + " " * len(found["behind"])


def _as_labelled(found: re.Match[str]) -> str:
    """Return a field and the no in the next as a label and its answer, of the same length."""
    return f"{found['label']}:{' ' * (len(found['cut']) - 1)}{found['no']}{' ' * len(found['end'])}"


def rows_of_lines(text: str) -> Iterator[Row]:
    """Yield the rows of a text in order; what is no part of a form is a row without an answer."""
    asked = [*questions_above(text)]
    text = _NEXT_LINE.sub(lambda found: "?" + " " * (len(found[0]) - 1), text)
    text = _VALUE_BELOW.sub(lambda found: ":" + " " * (len(found[0]) - 1), text)
    text = _LETTERED.sub(lambda found: _LETTER.sub(r"[\1]", found[0]), text)
    text = _CHOICE_BELOW.sub(lambda found: " " * len(found[0]), text)
    text = _DASHED_ANSWER.sub(lambda found: "?".ljust(len(found[0])), text)
    text = _NEVER_CHOSEN.sub(_with_blanks, text)
    text = _NONE_CIRCLED.sub(lambda found: found[0][:4].ljust(len(found[0])), text)
    text = _NO_IN_FIELD.sub(_as_labelled, text)
    text = _SECTION.sub("\n", text)
    form = _Form(
        _Kind(
            is_filled=any(is_ticked(box) for box in boxes_in(text)),
            is_own=TITLE in text,
            has_labels=sum(LABELS.fullmatch(line) is not None for line in text.splitlines()) > 1
            or len(_ANSWERED_LINE.findall(text)) >= _LEAST_ANSWERED,
            is_for_another=_FOR_ANOTHER.search(text) is not None,
        ),
        _legend_of(text),
        {found.start("answer"): answer_of(found["answer"]) for found in _bare_headings(text)},
    )
    answered = [
        *((*line, Answer.NO) for found in _ALL_ABOVE.finditer(text) for line in _lines_above(text, found.start())),
        *((*found.span("list"), Answer.NO) for found in _NONE_OF.finditer(text) if not _has_ticks(found["list"])),
        *_told_of_then(text),
        *asked,
        *answers_below(text),
        *numbered(text),
    ]
    start = 0
    for line in text.splitlines(keepends=True):
        listed = [span for span in answered if start <= span[0] < start + len(line)]
        if listed:
            yield from (Row(begin, end, answer) for begin, end, answer in listed)
        else:
            yield from form.rows(line.rstrip("\r\n"), start)
        start += len(line)


_THEN_AND_NOW = re.compile(
    r"^[^\w\n]*(?P<then>(?P<label>\w+(?: \w+)?) (?:then|at the time|back then|at first|initially)[ \t]*:[^\n]*)"
    r"(?=(?:\n[^\n]*){0,3}?\n[^\w\n]*(?P=label) (?:now|today|currently|at present)[ \t]*:"
    r"(?![^\n]*\b(?:same|still|worse|unchanged|no change|ditto|as before|more|again|yes)\b))",
    re.IGNORECASE | re.MULTILINE,
)
"""What was once, where the same label asks for now too: "Symptoms then: dizzy\nSymptoms now: none"."""


def _told_of_then(text: str) -> Iterator[tuple[int, int, Answer]]:
    """Yield the lines that tell what was once, where one below tells what is there now."""
    for found in _THEN_AND_NOW.finditer(text):
        yield (*found.span("then"), Answer.OVER)


def _lines_above(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines directly above a place, up to one that is empty or holds more than a label."""
    start = end - 1
    while start > 0:
        begin = text.rfind("\n", 0, start) + 1
        line = text[begin:start]
        if not line.strip() or re.search(r"[:?\[\]]|\b(?:yes|no)\b", line, re.IGNORECASE) or STATES.search(line):
            return
        yield begin, start
        start = begin - 1


def _has_ticks(text: str) -> bool:
    return any(is_ticked(box) for box in boxes_in(text))


def _bare_headings(text: str) -> Iterator[re.Match[str]]:
    """Yield the lines that head a list with bullets: at the start, behind an empty line or another such list."""
    for found in _BARE_HEADING.finditer(text):
        before = text[: found.start()].splitlines()
        if not before or not before[-1].strip() or _BULLET.match(before[-1]):
            yield found


class _Kind(Struct, frozen=True):
    """What is known of a whole form.

    Whether it has a ticked box, is the form that we print, has several lines that a short answer closes, and is filled
    in for somebody else.
    """

    is_filled: bool
    is_own: bool
    has_labels: bool
    is_for_another: bool


class _Form:
    """What the lines of a form up to now say of those that follow: a table, a heading of answers, a family."""

    def __init__(self, kind: _Kind, legend: Mapping[str, Answer], headings: Mapping[int, Answer]) -> None:
        """Begin a form with what its marks mean, and with the places of lines that head lists by an answer alone."""
        self._kind, self._legend, self._headings = kind, legend, headings
        self._is_first = False
        self._begin()

    def _begin(
        self, columns: Columns | People | None = None, section: Answer | None = None, *, of_family: bool = False
    ) -> None:
        self._columns, self._section, self._of_family = columns, section, of_family
        self._is_marked: bool | None = None  # whether the lines under a heading are indented or have bullets

    def rows(self, line: str, start: int) -> Iterator[Row]:
        """Yield the rows of the next line, which begins at a place of the text."""
        is_ours = self._kind.is_own and line.startswith("#")
        if not line.strip() or is_ours:
            if not self._is_first or is_ours:
                self._begin()
            return
        if self._is_heading(line, start):
            self._is_first = True
            return
        self._is_first = False
        if line.startswith("#") or self._ends(line):
            self._begin()
        yield from self._content(line, start)

    def _content(self, line: str, start: int) -> Iterator[Row]:
        """Yield the rows of a line that heads no list."""
        if self._kind.is_own and _EMPTY.fullmatch(line):
            yield Row(start, start + len(line), Answer.NONE)
        elif _ADMINISTRATION.match(line):
            end = next((found.start() + 1 for found in _NEXT_SENTENCE.finditer(line)), len(line))
            yield Row(start, start + end, of_family=True)
            if end < len(line):
                yield from self._content(line[end:], start + end)
        elif consent := instruction_in(line):
            begin, end = consent
            yield from self._of_line(line[:begin], start)
            yield Row(start + begin, start + end, Answer.NONE)
            yield from self._content(line[end:], start + end)
        elif denied := denied_list_in(line, has_labels=self._kind.has_labels):
            before, begin, end, after = denied
            yield from self._of_line(line[:before], start)
            yield Row(start + begin, start + end, Answer.NO)
            yield from self._of_line(line[after:], start + after)
        elif marked := _marked(line, start, self._legend):
            yield from marked
        elif rows := self._of_table(line, start) or [*self._of_a_family(line, start)]:
            yield from rows
        else:
            rows = [*self._of_line(line, start)]
            section = None if any(row.answer for row in rows) else self._section
            for row in rows:
                yield Row(row.start, row.end, row.answer or section, self._of_family or row.of_family)

    def _is_heading(self, line: str, start: int) -> bool:
        """Whether a line heads a table or a list of answers, which then begins."""
        bare = self._headings.get(start + len(line) - len(line.lstrip()))
        if bare:
            self._begin(section=bare)
        elif columns := columns_of(line) or people_of(line):
            self._begin(columns)
        elif section := heading_of(line):
            self._begin(section=section)
        else:
            return False
        return True

    def _ends(self, line: str) -> bool:
        """Whether a line ends a list under a heading: another heading, a statement, or a line without its marks."""
        if self._section is None and not self._of_family:
            return False
        if self._of_family and not RELATIVES.isdisjoint(_WORD.findall(line.lower())):
            return False
        is_marked = line.startswith(_LIST_MARKS)
        if self._is_marked is None:
            self._is_marked = is_marked
        if is_marked:
            return _HEADED.match(line) is not None
        return self._is_marked or any(end.match(line) for end in (_HEADED, _OTHER_HEADING)) or bool(STATES.search(line))

    def _of_a_family(self, line: str, start: int) -> Iterator[Row]:
        """Yield the rows of a line that tells of a family or asks for one; of another line none."""
        family = _FAMILY.match(line)
        if family and not (family["whose"] and self._kind.is_for_another):
            yield from self._family(line, start, family.end())
        elif (asked := _ASKS_FOR_FAMILY.match(line)) and not re.search(r"[:?]", line[asked.end() :]):
            yield Row(start, start + len(line), of_family=True)

    def _family(self, line: str, start: int, end: int) -> Iterator[Row]:
        """Yield what stands behind the heading of a family, which goes on below it where nothing does.

        Behind the first sentence only what tells of a relative is the family's.
        """
        is_alone = end == len(line)
        self._begin(of_family=is_alone)
        self._is_first = is_alone
        rest = next(
            (
                sentence.end()
                for sentence in _NEXT_SENTENCE.finditer(line, end)
                if RELATIVES.isdisjoint(_WORD.findall(line[sentence.end() :].lower())[:3])
            ),
            len(line),
        )
        yield Row(start + end, start + rest, of_family=True)
        yield from self._of_line(line[rest:], start + rest)

    def _of_table(self, line: str, start: int) -> list[Row]:
        if isinstance(self._columns, People):
            return [*rows_of_people(line, start, self._columns)] if self._columns.has(line) else []
        return tabled_rows(line, start, self._columns) if self._columns else []

    def _of_line(self, line: str, start: int) -> Iterator[Row]:
        if boxes := boxes_in(line):
            return boxed_rows(line, start, boxes, is_filled=self._kind.is_filled)
        return answered_rows(line, start)


def _legend_of(text: str) -> dict[str, Answer]:
    """Return what the marks of a form mean, and a blank, where it says so."""
    legend = {mark.lower(): _meaning(words) for mark, words in _LEGEND.findall(text)}
    if legend and _LEGEND_OF_BLANK.search(text):
        legend[_BLANK] = Answer.NO
    return legend


def _meaning(words: str) -> Answer:
    words = words.lower()
    if words in {"in the past", "past", "previous"}:
        return Answer.PAST
    if words == "family":
        return Answer.NONE
    return Answer.YES if words in {"present", "yes", "have it", "now", "current"} else Answer.NO


def _marked(line: str, start: int, legend: Mapping[str, Answer]) -> list[Row]:
    """Return the rows of a line whose answers are marks that the form explains, behind their labels or before.

    Where the form says what a blank means, a label that stands under marks and has none is left blank.
    """
    if not legend:
        return []
    series = [found for found in _MARKS_IN_A_ROW.finditer(line) if found["mark"].lower() in legend]
    if len(series) > 1 and not _LEGEND.search(line):
        return [*_marks_in_a_row(line, start, series, legend)]
    rows = []
    for cell in re.finditer(r"[^|]+", line):
        found = _MARK_BEHIND.fullmatch(cell[0]) or _MARK_BEFORE.fullmatch(cell[0])
        if _LEGEND.search(cell[0]):
            continue
        if found and (answer := legend.get(found["mark"].lower())):
            begin = start + cell.start()
            rows.append(Row(begin + found.start("label"), begin + found.end("label"), answer))
        elif _BLANK in legend and _UNMARKED.fullmatch(cell[0]):
            rows.append(Row(start + cell.start(), start + cell.end(), legend[_BLANK]))
        else:
            return []
    return rows


def _marks_in_a_row(line: str, start: int, series: list[re.Match[str]], legend: Mapping[str, Answer]) -> Iterator[Row]:
    """Yield the labels of a line of several, each with what its mark means, and what stands between."""
    done = 0
    for found in series:
        yield Row(start + done, start + found.start())
        yield Row(start + found.start("label"), start + found.end("label"), legend[found["mark"].lower()])
        done = found.end()
    yield Row(start + done, start + len(line))
