"""The boxes and tables of a form: ticks beside labels, and columns for yes and no."""

import re
from collections.abc import Iterator

from msgspec import Struct

from massharm.clinical.form_answers import is_left_blank, of_question
from massharm.clinical.form_words import ANSWER_WORDS, FLAGS, STATES, answer_of
from massharm.clinical.forms import Answer, Row
from massharm.clinical.triggers import RELATIVES

BOX = re.compile(
    r"""
    \[[ \t]*(?P<mark>[xXvVyYnN\u2713\u2714*]?)[ \t]*\]
  | \([ \t]*(?P<round>[xX\u2713\u2714*\u2022\u25cf]|(?<=[ \t])(?=\)))[ \t]*\)
  | (?P<ticked>[\u2611\u2612\u2705\u2714\u2713\u25a0\u25cf])
    # No line to write on: "Medicines: ______ aspirin".
  | (?!(?<=[?:])_{3,}[ \t]*[^\W_])(?!(?<=[?:][ ])_{3,}[ \t]*[^\W_])(?<!\w)_+(?P<lined>[xXvVyYnNcC\u2713\u2714])?_+(?!\w)
  | (?P<open>[\u2610\u25a1\u25fb\u2b1c\u2751\u25cb])
  | (?P<crossed>[\u2717\u2718\u274c])
    """,
    re.VERBOSE,
)
"""A box; a cross is a tick in one form and a no in another."""
_WRITTEN = re.compile(r"\w[ \t]*[-\u2013\u2014:][ \t]+\w|\b(?:19|20)\d\d\b|\bsince\b", re.IGNORECASE)
"""What somebody wrote behind the label of a box, which the label of a blank form does not hold."""
_HEADS_OF_COLUMNS = {
    Answer.YES: frozenset(
        {
            "yes",
            "y",
            "now",
            "current",
            "present",
            "today",
            "this week",
            "last week",
            "past week",
            "recently",
            "have",
            "have it",
            "have now",
        }
    ),
    Answer.NO: frozenset({"no", "n", "never"}),
    Answer.NONE: frozenset({"family", "relative", "relatives", "family history", "fh"}),
    Answer.PAST: frozenset({"past", "previous", "previously", "before", "had", "had it"}),
}
_OTHER_HEADS = frozenset(
    """
    condition conditions question questions item items illness illnesses disease diseases name diagnosis symptom
    symptoms problem problems history comment comments details notes date when medical health complaint sign signs
    do now today currently you have ever had tick circle please the of or and a any following if so which what since
    year can answer every each line all row mark check below massage remedial therapy treatment client form
    questionnaire intake screen male female screening consultation assessment checklist spa clinic sports
    """.split()  # noqa: SIM905 - a list of quoted words is no easier to read
)
_HEADS = re.compile(
    r"(?P<before>[A-Za-z /]{0,80}?(?:\([a-z ,/\d]{1,30}\))?(?:[ ]{2,}|\b[ ]))??[ ]*"
    r"(?:(yes|y)[ /]+(no|n)|(no|n)[ /]+(yes|y))[ ]*",
    re.IGNORECASE,
)
"""The line that heads a table whose columns only gaps part."""
_PREFACE = re.compile(
    r"[^\n]*\b(?:do you have|have you (?:ever )?(?:had|been)|any of (?:these|the following)|the following"
    r"|please (?:tick|mark|circle|answer))\b[^\n]*[:?](?=[ \t]{2,}(?:yes|y|no|n)[ \t]+(?:yes|y|no|n)[ \t]*$)",
    re.IGNORECASE,
)
"""A question that asks for all rows of a table, before the heads of its columns."""
_MARK = re.compile(
    r"[ \t]+([xX\u2713\u2714*\u2611\u2612\u2717]|yes|no|y|n)[ \t]*$|[ \t]{2,}([xX\u2713\u2714*])(?=[ \t]{2,}\()",
    re.IGNORECASE,
)
"""The mark of a line, behind which a note in brackets may stand."""
_MARKS_BEFORE = re.compile(
    r"[ \t]*(?P<first>[-\u2013xX\u2713\u2714*.o])[ \t]+(?P<second>[-\u2013xX\u2713\u2714*.o])[ \t]+(?=[A-Za-z])"
)
"""A mark in each of two columns before a label."""
_YES_NO = frozenset({"yes", "no", "y", "n"})


_CLIENT = frozenset({"self", "me", "myself", "you", "yourself", "client", "patient", "own", "i"})
_FAMILY = RELATIVES | {"family", "relative", "relatives", "members", "member"}
_OF_PERSON = frozenset({"my", "your", "the", "a", "history", "s", "of"})
_GAP = re.compile(r"[ ]{2,}")
_WIDE_GAP = re.compile(r"[ ]{2,}|\t+")
_BESIDE_HEAD = 12
"""The characters by which a mark may stand off the head of its column: farther off, the columns were moved."""
_TICKS = frozenset("x\u2713\u2714\u2611\u2612*")


class Columns(Struct, frozen=True):
    """The answers of the columns of a table, by their place on the line, or by the cell between two signs."""

    answers: dict[int, Answer]
    sign: str


class People(Struct, frozen=True):
    """The columns of a table of people, as cells by number, or by place where only gaps part them.

    `client` is the client's own; the others are those of a family.
    """

    client: int
    others: frozenset[int]
    sign: str

    def has(self, line: str) -> bool:
        """Whether a line belongs to the table: it has a sign or a gap between cells, or is a label alone."""
        return (self.sign in line if self.sign else _GAP.search(line.strip()) is not None) or ":" not in line


# Boxes


def boxes_in(text: str) -> list[re.Match[str]]:
    """Return the boxes in a text."""
    return [*BOX.finditer(text)]


def is_ticked(box: re.Match[str]) -> bool:
    """Whether a box has a mark; a letter for no is none."""
    return bool(((box["mark"] or box["lined"]) and not _is_no(box)) or box["round"] or box["ticked"])


def _is_no(box: re.Match[str]) -> bool:
    return "n" in {(box["mark"] or "").lower(), (box["lined"] or "").lower()}


def _mark(box: re.Match[str], *, is_filled: bool) -> Answer:
    """Return what a box beside a label answers; a cross denies only where the form has ticks too."""
    if is_ticked(box):
        return Answer.YES
    if is_filled or _is_no(box):
        return Answer.NO
    return Answer.UNSURE if box["crossed"] else Answer.NONE


def _made(boxes: list[re.Match[str]]) -> list[bool]:
    """Return which boxes of a choice are chosen: those with ticks, or the crossed ones beside open ones."""
    ticked = [is_ticked(box) for box in boxes]
    crossed = [box["crossed"] is not None for box in boxes]
    return crossed if not any(ticked) and not all(crossed) else ticked


def boxed_rows(line: str, start: int, boxes: list[re.Match[str]], *, is_filled: bool) -> Iterator[Row]:
    """Yield the rows of a line with boxes: they stand before or behind their labels, or are a choice of answers.

    `is_filled` says that any box of the form has a mark: else an empty one answers nothing.
    """
    first = boxes[0].start()
    head = line[:first].strip(" \t-*\u2022")
    ends = [*(box.start() for box in boxes[1:]), len(line)]
    texts = [line[box.end() : end] for box, end in zip(boxes, ends, strict=True)]
    tails = [text.strip(" \t,;|") for text in texts]
    marks = [_mark(box, is_filled=is_filled) for box in boxes]
    is_question = head.endswith((":", "?"))
    if before := _boxes_before(line, boxes, texts):
        label, given = before
        yield Row(start + label, start + len(line), given)
    elif behind := _boxes_behind(line, boxes):
        label, given = behind
        yield Row(start, start + label, given)
        yield Row(start + boxes[-1].end(), start + len(line))
    elif head and _is_choice(tails):
        yield from _chosen(line, start, boxes, tails)
    elif head and (
        (not tails[-1] and (not is_question or len(boxes) == 1)) or (not is_question and tails[-1].startswith("("))
    ):
        done = 0
        for box, mark in zip(boxes, marks, strict=True):
            label = done if mark is Answer.YES else _last_cell(line, done, box.start())
            if label > done:
                yield Row(start + done, start + label)
            yield Row(start + label, start + box.start(), mark)
            done = box.end()
        yield Row(start + done, start + len(line))
    elif len(boxes) == 1 and re.search(r"[A-Za-z]", head) and not is_question:
        yield Row(start, start + first, _unless_written(marks[0], texts[0]))
        yield Row(start + boxes[0].end(), start + len(line))
    else:
        yield Row(start, start + first)
        for box, mark, end, text in zip(boxes, marks, ends, texts, strict=True):
            # What is written in brackets behind a label that is denied is no part of it.
            note = text.find("(") if mark is Answer.NO and _is_no(box) else -1
            last = end if note < 0 else box.end() + note
            yield Row(start + box.end(), start + last, _unless_written(mark, line[box.end() : last]))
            yield Row(start + last, start + end)


def _boxes_before(line: str, boxes: list[re.Match[str]], texts: list[str]) -> tuple[int, Answer] | None:
    """Return where the label begins, and the answer, where a choice stands before it: "(x) Yes ( ) No  Any clots?"."""
    last = re.match(rf"[ \t]*({ANSWER_WORDS})(?P<gap>\s+|[ ]*[-:|][ ]*)(?=[A-Za-z])", texts[-1], FLAGS)
    heads = [text.strip() for text in texts[:-1]]
    is_choice = bool(heads) and all(re.fullmatch(ANSWER_WORDS, head, FLAGS) for head in heads)
    if not last or not is_choice or line[: boxes[0].start()].strip(" \t-*\u2022"):
        return None
    words = [*heads, last[1]]
    given = [answer_of(word) for word, is_made in zip(words, _made(boxes), strict=True) if is_made]
    is_label = last["gap"] != " " and not re.match(r"(?:but|i|on|she|he)\b", texts[-1][last.end() :], FLAGS)
    if not is_label and given != [Answer.YES]:  # "( ) Yes (x) No but I had gout"
        return None
    return boxes[-1].end() + last.end(), given[0] if len(given) == 1 else Answer.NONE


def _last_cell(line: str, start: int, end: int) -> int:
    """Return where the label of an empty box begins: behind the last wide gap. What stands before is another's."""
    gaps = [
        gap
        for gap in _WIDE_GAP.finditer(line, start, end)
        if line[start : gap.start()].strip() and line[gap.end() : end].strip()
    ]
    return gaps[-1].end() if gaps else start


def _unless_written(mark: Answer, text: str) -> Answer | None:
    """Return what a box answers; nothing where it is empty and somebody wrote behind it."""
    return mark if mark is Answer.YES or not _WRITTEN.search(text) else None


def _boxes_behind(line: str, boxes: list[re.Match[str]]) -> tuple[int, Answer] | None:
    """Return where the label of a choice ends, and the answer, where boxes stand behind answers: "No [ ] Yes [x]"."""
    starts = [0, *(box.end() for box in boxes[:-1])]
    heads = [
        re.search(rf"(?:^|[ \t:?(])({ANSWER_WORDS}|past)[ \t]*$", line[start : box.start()], FLAGS)
        for start, box in zip(starts, boxes, strict=True)
    ]
    is_choice = (
        len(boxes) > 1 and all(heads) and not re.match(rf"[ \t]*(?:{ANSWER_WORDS})\b", line[boxes[-1].end() :], FLAGS)
    )
    if not is_choice or any(head.start(1) for head in heads[1:] if head and head[0].strip() != head[1]):
        return None
    given = [answer_of(head[1]) for head, is_made in zip(heads, _made(boxes), strict=True) if head and is_made]
    first = heads[0]
    return (first.start(1) if first else 0), given[0] if given else Answer.NONE


_WHEN = (
    r"(?:now|today|currently|at[ ]present|recently|sometimes|often|daily|weekly|monthly|rarely"
    r"|(?:in[ ]the[ ])?(?:past|last)(?:[ ](?:week|month|year|6[ ]months|12[ ]months))?|this[ ](?:week|month|year))"
)
"""Choices beside yes and no that say when."""


def _is_choice(tails: list[str]) -> bool:
    """Whether the texts behind boxes are answers: yes and no, or when and never."""
    are_answers = [re.match(rf"(?:{ANSWER_WORDS})\b", tail, FLAGS) is not None for tail in tails]
    are_times = [re.fullmatch(_WHEN, tail, FLAGS) is not None for tail in tails]
    is_each = all(answer or time for answer, time in zip(are_answers, are_times, strict=True))
    return is_each and any(are_answers) and len(tails) > 1


def _chosen(line: str, start: int, boxes: list[re.Match[str]], tails: list[str]) -> Iterator[Row]:
    """Yield a label with the answer whose box is ticked, and what is written behind the boxes."""
    given = [
        Answer.YES if re.fullmatch(_WHEN, tail, FLAGS) else answer_of(tail.split(",")[0].split("(")[0])
        for tail, is_made in zip(tails, _made(boxes), strict=True)
        if is_made
    ]
    last = re.search(rf"(?:{ANSWER_WORDS})\b[ \t,;:-]*", line[boxes[-1].end() :], re.IGNORECASE)
    behind = boxes[-1].end() + (last.end() if last else 0)
    unmade = Answer.NONE if is_left_blank(line[behind:]) else None
    label = line[: boxes[0].start()]
    yield Row(start, start + len(label), of_question(label.strip(" \t:?"), given[0]) if given else unmade)
    yield Row(start + behind, start + len(line))


# Tables


def columns_of(line: str) -> Columns | None:
    """Return the columns of a line that heads a table: one for yes, one for no, perhaps one for the past.

    A line with a label of its own heads none: "Chest pain | yes | no" is a choice.
    """
    for sign in ("|", "\t", ","):
        cells = [cell.strip().lower() for cell in line.split(sign)]
        answers = {
            place: answer
            for place, cell in enumerate(cells)
            for answer, heads in _HEADS_OF_COLUMNS.items()
            if cell in heads
        }
        others = [cell for place, cell in enumerate(cells) if place not in answers]
        given = [*answers.values()]
        is_of_times = Answer.NO not in given and Answer.PAST in given
        is_whole = Answer.YES in given and (given.count(Answer.NO) == 1 or is_of_times)
        if is_whole and all(_is_head(cell) for cell in others):
            return Columns(answers, sign)
    if heads := _heads_of_boxes(line):
        return heads
    preface = _PREFACE.match(line)
    found = _HEADS.fullmatch(" " * preface.end() + line[preface.end() :] if preface else line)
    if not found or (re.search(r"[?:]", line) and not preface) or not _is_head(found["before"] or ""):
        return None
    yes, no = (found.start(2), found.start(3)) if found[2] else (found.start(5), found.start(4))
    return Columns({yes: Answer.YES, no: Answer.NO}, "")


def _heads_of_boxes(line: str) -> Columns | None:
    """Return the columns of a line of nothing but their heads, in which no and what was are parted by gaps."""
    cells = [(place, cell.strip().lower()) for place, cell in _cells(line, "") if cell.strip()]
    answers = {place: answer for place, cell in cells for answer, heads in _HEADS_OF_COLUMNS.items() if cell in heads}
    is_whole = len(answers) == len(cells) and Answer.NO in answers.values() and Answer.PAST in answers.values()
    return Columns(answers, "") if is_whole else None


def people_of(line: str) -> People | None:
    """Return the columns of a line that heads a table with one for the client and at least one for a family."""
    for sign in ("|", "\t", ",", ""):
        cells = _cells(line, sign)
        people = {place: _person(cell) for place, cell in cells}
        clients = [place for place, person in people.items() if person == "client"]
        others = frozenset(place for place, person in people.items() if person == "family")
        if len(clients) == 1 and others and all(people[place] or _is_head(cell) for place, cell in cells):
            return People(clients[0], others, sign)
    return None


def _person(cell: str) -> str:
    """Return whose column a cell heads: "client", "family" or, for one that heads none, the empty string."""
    words = set(re.findall(r"[a-z]+", cell.lower())) - _OF_PERSON
    if not words:
        return ""
    return "client" if words <= _CLIENT else "family" if words <= _FAMILY else ""


def _cells(line: str, sign: str) -> list[tuple[int, str]]:
    """Return the cells of a line with their numbers, or with their places where only gaps part them."""
    if sign:
        return [*enumerate(line.split(sign))]
    ends = [*(gap.start() for gap in _GAP.finditer(line)), len(line)]
    starts = [0, *(gap.end() for gap in _GAP.finditer(line))]
    return [(start, line[start:end]) for start, end in zip(starts, ends, strict=True)]


def rows_of_people(line: str, start: int, people: People) -> Iterator[Row]:
    """Yield the label of a line of a table of people with the client's answer, and what is written in the cells."""
    cells = _cells(line, people.sign)
    places = sorted({people.client, *people.others})
    begin = 0
    owners: list[int | None] = []
    for number, (place, _) in enumerate(cells):
        if people.sign:
            owners.append(place)
        elif len(cells) == len(places) + 1:  # a cell for each column, however the line is spaced
            owners.append(places[number - 1] if number else None)
        else:
            owners.append(min(places, key=lambda column: abs(place - column)) if number else None)
    own = next((cell for (_, cell), owner in zip(cells[1:], owners[1:], strict=True) if owner == people.client), "")
    answer = _of_cell(own) if len(cells) > 1 or _is_label(line) else None  # below the table somebody goes on in words
    label = next((number for number, (_, cell) in enumerate(cells) if re.search(r"\w", cell)), 0)
    for number, ((place, cell), owner) in enumerate(zip(cells, owners, strict=True)):
        begin = begin if people.sign else place
        if number == label:
            yield Row(start + begin, start + begin + len(cell), answer)
        elif _is_written(cell):
            yield Row(start + begin, start + begin + len(cell), of_family=owner in people.others)
        begin += len(cell) + len(people.sign)


def _of_cell(cell: str) -> Answer | None:
    """Return the answer in a cell: a word or a tick; of an empty one none, and of other words nothing is said."""
    cell = cell.strip().lower()
    if not re.search(r"[^\s\u2013\u2014-]", cell):
        return Answer.NONE
    if cell in _TICKS:
        return Answer.YES
    return answer_of(cell) if re.fullmatch(ANSWER_WORDS, cell, FLAGS) else None


def _is_head(cell: str) -> bool:
    return _OTHER_HEADS.issuperset(re.findall(r"[^\W\d_]+", cell.lower()))


def tabled_rows(line: str, start: int, columns: Columns) -> list[Row]:
    """Return the rows of a line of a table; of a line that holds no label, none."""
    if columns.sign:
        return [*_celled(line, start, columns)]
    if len(boxes := boxes_in(line)) == len(columns.answers):
        made = [place for place, box in enumerate(boxes) if is_ticked(box)]
        given = [columns.answers[place] for place in sorted(columns.answers)]
        return [Row(start, start + boxes[0].start(), given[made[0]] if len(made) == 1 else None)]
    mark = _MARK.search(line)
    if not mark and (marks := _MARKS_BEFORE.match(line)):
        ticked = [place for place, cell in enumerate(marks.group("first", "second")) if cell.lower() in _TICKS]
        given = [columns.answers[place] for place in sorted(columns.answers)]
        label = Row(start + marks.end(), start + len(line), given[ticked[0]] if len(ticked) == 1 else None)
        return [label] if len(given) == len(marks.groups()) else []
    if not mark:
        return [Row(start, start + len(line), Answer.NONE)] if _is_label(line) else []
    place = mark.start(mark.lastindex or 1)
    if line[place : mark.end()].strip().lower() in _YES_NO:
        return [Row(start, start + mark.start(), answer_of(mark[1]))]
    nearest = min(columns.answers, key=lambda column: abs(place - column))
    is_below = abs(place - nearest) <= _BESIDE_HEAD
    label = Row(start, start + mark.start(), columns.answers[nearest] if is_below else None)
    return [label, Row(start + mark.end(), start + len(line))]


def _celled(line: str, start: int, columns: Columns) -> Iterator[Row]:
    """Yield the label of a row of cells with its answer, and each cell in which something is written."""
    cells = line.split(columns.sign)
    before, behind = range(min(columns.answers)), range(max(columns.answers) + 1, len(cells))
    label = next((n for n in (*before, *behind) if n < len(cells) and re.search(r"\w", cells[n])), None)
    if label is None or len(cells) <= min(columns.answers):
        return
    places = [sum(len(cell) + 1 for cell in cells[:number]) + start for number in range(len(cells))]
    given = [
        answer
        for number, answer in columns.answers.items()
        if number < len(cells) and re.search(r"\w|[^\s\w-]", cells[number])
    ]
    written = [number for number, cell in enumerate(cells) if number > label and _is_written(cell)]
    unmade = None if written else Answer.NONE
    yield Row(places[label], places[label] + len(cells[label]), given[0] if given else unmade)
    yield from (Row(places[number], places[number] + len(cells[number])) for number in written)


def _is_written(cell: str) -> bool:
    """Whether a cell holds more than a mark or an answer."""
    return len(re.findall(r"\w", cell)) > 1 and not re.fullmatch(rf"\s*(?:{ANSWER_WORDS})\s*", cell, re.IGNORECASE)


def _is_label(line: str) -> bool:
    """Whether a line of a table holds only a label."""
    return bool(re.fullmatch(r"[ \t]*[A-Za-z][A-Za-z '/()-]{0,40}", line)) and not STATES.search(line)
