"""Series of labels with their answers: in order, in pairs, in columns, sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from massharm.clinical.form_words import STATES, answer_of
from massharm.clinical.forms import Answer
from massharm.clinical.triggers import FINITE, NEGATION_TRIGGERS, SUBJECTS

Span = tuple[int, int, Answer | None]
"""The start and end of a label on its line, or in its text, and its answer."""

LABEL_WORDS = 4
"""The words up to which a label without a sign is one."""
_YES_NO = r"(?:yes|no|y|n)"
_LABEL = r"[^,;:?/\n]{2,40}"
_LIST = rf"{_LABEL}(?:[,/;]{_LABEL}){{1,12}}"
_ANSWERS = rf"{_YES_NO}(?:[ \t]*[,/;][ \t]*{_YES_NO}){{1,12}}"
_BARE_LIST = r"[^,;:?/.\n]{2,40}(?:[,/;][^,;:?/.\n]{2,40}){1,12}"
_IN_ORDER = re.compile(
    rf"(?P<labels>{_LIST})[ \t]*[:?-][ \t]*(?P<answers>{_ANSWERS})[ \t.]*"
    rf"|[ \t]*(?P<before>{_ANSWERS})[ \t]*(?:for|to|:|-)[ \t]*(?P<behind>{_BARE_LIST})(?P<rest>(?:\.[ \t].*)?)",
    re.IGNORECASE,
)
"""Labels in a list, and their answers in a list behind them or before."""
_PIECE = re.compile(
    r"(?P<label>[^/\n]{2,60}?)[ \t]+(?P<answer>yes|no|y|n|nil|none|not that i know)\b(?P<rest>[^/\n]*)", re.IGNORECASE
)
_NOT_THAT_I_KNOW = re.compile(r"\bnot (?:that|as far as) i(?:'m| am)? (?:know|aware)(?: of)?\b", re.IGNORECASE)
_ALONE = frozenset({"yes", "no", "y", "n", "none", "nil", "n/a"})
_LEADER = re.compile(r"[ \t]*(?:\.{3,80}|\u2026{1,40}|_{3,80}|-{3,80}|\u00b7{2,80})[ \t]*")
"""The dots or lines that lead from a label to its answer, or from an answer to its label."""
_CELL = re.compile(r"[^\s|]+(?:[ ][^\s|]+)*")
_SENTENCE = re.compile(r"[^;.!\u2022\n]+(?:\.(?=\w)[^;.!\u2022\n]+)*(?:[;.!\u2022]+|$)")
_NUMBER = re.compile(r"\bno\.$", re.IGNORECASE)
"""An end of a sentence that is a number where a digit follows: "docetaxel no. 3"."""
_ANSWERED_SENTENCE = re.compile(
    r"\W*(?P<topic>[A-Za-z][A-Za-z ]{0,30}:[ \t]+)?"
    r"(?P<label>[A-Za-z][\w'\u2019/& -]{1,60}?)[ \t]*(?:,[ \t]*|[ \t])(?:still[ \t]+|also[ \t]+)?"
    r"(?P<answer>yes|no|nil|none|nope|y|n)(?:[ \t]*,(?P<rest>.*)|[;.!\u2022 \t]*)",
    re.IGNORECASE,
)
"""A sentence of a label and its answer, which may stand behind a topic: "Clots no." and "Heart: clots no;"."""
_NO_LABEL = (
    SUBJECTS
    | NEGATION_TRIGGERS
    | FINITE
    | frozenset(["or", "and", "if", "whether", "but", "so", "then", "that", "said", "says"])
)
_LISTED = re.compile(
    r"(?:(?P<first>[^,;\n ]+)[,;])?[ \t]*\"?(?P<label>[^,;\"\n]+)\"?[,;]"
    r"[ \t]*\"?(?P<answer>yes|no|y|n|denied|current|n/a)\"?[ \t]*(?:[,;]?[ \t]*|[,;](?![ ])(?P<rest>.*))",
    re.IGNORECASE,
)
"""The comma-separated values of a row such as "Diabetes,N", or with a cell before them."""
_NUMBERED_LABEL = re.compile(
    r"(?<![\w.])q?(?P<number>\d{1,2})[.):]?[ \t]+(?P<label>[A-Za-z](?:(?!\bq\d)[^\d\n;|]){1,60})", re.IGNORECASE
)
_NUMBERED_ANSWER = re.compile(r"(?<![\w.])a?(?P<number>\d{1,2})[.):=-]?[ \t]*(?P<answer>yes|no|y|n)\b", re.IGNORECASE)
_NUMBERS_OF = re.compile(
    r"\b(?P<answer>yes|no)[ \t]*(?:to\b|[:=])[ \t]*"
    r"(?P<numbers>\d{1,2}(?:(?:[ \t]*,[ \t]*|[ \t]+(?:and|&)[ \t]+)\d{1,2})*)"
    r"(?![ \t]*(?:%|mg|ml|years?|weeks?|months?|days?|hours?|x\b|\w*th\b))",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?P<numbers>\d{1,2}(?:(?:[ \t]*,[ \t]*|[ \t]+(?:and|&)[ \t]+)\d{1,2})*) only\b(?=[^\n]*\bothers?\b)",
    re.IGNORECASE,
)
"""Those of a list with numbers that apply, and that the others do not."""
_CHOSEN = re.compile(
    r"(?:\b(?:boxes|numbers|items|options)[ ](?:ticked|checked|circled|chosen|selected)"
    r"|\b(?:these|following|apply|below)\b[^\n:]{0,20}\b(?:write|enter|give|put|list)\b[^\n:]{0,20}"
    r"\bnumbers?\b[^\n:]{0,20}):[ \t]*"
    r"(?P<numbers>\d{1,2}(?:(?:[ \t]*,[ \t]*|[ \t]+(?:and|&)[ \t]+)\d{1,2})*)[ \t.]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The numbers of those in a list that somebody has: "any of these? Write the numbers: 4, 6"."""
_ANSWERED_LABEL = re.compile(rf"[:?]|\b{_YES_NO}\b", re.IGNORECASE)
"""A label that asks or has its own answer."""
_ANSWERS_ALONE = re.compile(rf"^[ \t]*{_YES_NO}(?:[ ,/;]+{_YES_NO}){{2,20}}[ \t.]*$", re.IGNORECASE | re.MULTILINE)
_QUESTIONS_ABOVE = re.compile(
    rf"(?P<asked>(?:^[^\n?]+\?[ \t]*\n){{2,20}})(?P<said>(?:^[ \t]*{_YES_NO}\b[^\n]*(?:\n|\Z)){{2,20}})",
    re.IGNORECASE | re.MULTILINE,
)
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")
_VALUE = re.compile(r'(?<![^,])(?:"[^"]*"|[^,"]+)(?![^,])')
"""A value between commas."""
_LEAST_NUMBERED = 3
"""The labels from which on a list with numbers is one."""
_WHO = frozenset("patient client self me myself baby child mother father wife husband".split())  # noqa: SIM905 - words
"""Who answers, which is no label: "Gout: patient no"."""
_RULED = re.compile(r"[ \t]*[|+]?(?:[ \t]*:?-{2,}:?[ \t]*[|+]?)+[ \t]*")
"""The line below the head of a table in Markdown."""


def series_of(line: str) -> list[Span]:
    """Return the labels of a line that holds a series of them, each with its answer, and what stands between.

    What has no answer may hold rows of another kind.
    """
    return _in_order(line) or _sentences(line)


def pairs_of(line: str, *, has_topic: bool = False) -> list[Span]:
    """Return the labels of a line of nothing but labels and answers, in pieces or one after the other.

    Behind a topic, as in "Health: gout no fits yes", the answers do not stand first.
    """
    line = _LEADER.sub(lambda found: " " * len(found[0]), line)
    first = [] if has_topic else _answers_first(line)
    return first or _pieces(line) or _pairs(line)


def listed_value(line: str) -> list[Span]:
    """Return the label of a row of comma-separated values with its answer, and the cell before it."""
    found = _LISTED.fullmatch(line)
    if not found:
        return []
    first: list[Span] = [(*found.span("first"), None)] if found["first"] else []
    rest: list[Span] = [(*found.span("rest"), None)] if found["rest"] else []
    return [*first, (*found.span("label"), answer_of(found["answer"])), *rest]


def _in_order(line: str) -> list[Span]:
    """Return labels in a list with the answers in the list behind them or before: "gout, fits - no, yes"."""
    found = _IN_ORDER.fullmatch(line)
    if not found:
        return []
    names, words = ("labels", "answers") if found["labels"] else ("behind", "before")
    labels = [*re.finditer(r"[^,;/]+", found[names])]
    answers = [*re.finditer(r"\w+", found[words])]
    if len(labels) != len(answers):
        return [(0, len(line), None)] if found["labels"] else []
    begin = found.start(names)
    spans: list[Span] = [
        (begin + label.start(), begin + label.end(), answer_of(answer[0]))
        for label, answer in zip(labels, answers, strict=True)
    ]
    return [*spans, (*found.span("rest"), None)] if found["rest"] else spans


def _sentences(line: str) -> list[Span]:
    """Return the sentences of a line that are a label with its answer, and what stands between: "Fits no. Gout yes"."""
    found: list[Span] = []
    count = 0
    for sentence in _SENTENCE.finditer(line):
        begin, end = sentence.span()
        inner = _answered_sentence(sentence[0])
        is_number = inner and _NUMBER.search(line, begin, end) and line[end:].lstrip()[:1].isdigit()
        if inner and not is_number:
            found += [(begin + first, begin + last, answer) for first, last, answer in inner]
            count += 1
        elif found and found[-1][2] is None and found[-1][1] == begin:
            found[-1] = (found[-1][0], end, None)
        else:
            found.append((begin, end, None))
    is_denial = any(answer is Answer.NO for _, _, answer in found)
    return found if is_denial and count else []


@lru_cache(maxsize=1024)
def _answered_sentence(sentence: str) -> Sequence[Span]:
    """Return the label of a sentence that is no more than a label and its answer; of another nothing.

    What is left of a line behind each of its rows is read again, with the same sentences.
    """
    bare = sentence.rstrip(" \t.;!\u2022")
    if in_order := _IN_ORDER.fullmatch(bare):
        return _in_order(bare) if in_order["labels"] else ()
    found = _ANSWERED_SENTENCE.fullmatch(sentence)
    if not found:
        return ()
    words = found["label"].lower().split()
    answer = answer_of(found["answer"])
    has_more = bool(re.search(r"\w", found["rest"] or ""))
    if (
        len(words) > LABEL_WORDS
        or not (_NO_LABEL | _ALONE).isdisjoint(words)
        or (has_more and answer is not Answer.YES)
    ):
        return ()
    if found["topic"] and not (FINITE | SUBJECTS | {"told"} | _WHO).isdisjoint(words):
        return ()
    topic: list[Span] = [(*found.span("topic"), None)] if found["topic"] else []
    rest: list[Span] = [(*found.span("rest"), None)] if has_more else []
    return (*topic, (*found.span("label"), answer), *rest)


def _answers_first(line: str) -> list[Span]:
    """Return the labels of a line of columns in which the answers stand first: "No   Gout     Yes   Fits"."""
    cells = [cell for cell in _CELL.finditer(line) if cell[0].strip("-\u2013 ")]
    answers, labels = cells[::2], cells[1::2]
    is_table = len(cells) > 1 and len(answers) == len(labels)
    if not is_table or not all(cell[0].lower() in _ALONE for cell in answers) or STATES.search(line):
        return []
    if any(cell[0].lower() in _ALONE or re.search(r"[:.;=]|\?.", cell[0]) for cell in labels):
        return []
    return [(*label.span(), answer_of(answer[0])) for answer, label in zip(answers, labels, strict=True)]


def _pieces(line: str) -> list[Span]:
    """Return the labels and answers of a line that slashes part: "fever no / cuts no / sunburn yes, back".

    What stands behind an answer other than yes may take it back: such a piece is read as it stands.
    """
    ends = [*(found.span() for found in re.finditer(r"[ \t]+/[ \t]+", line)), (len(line), len(line))]
    found: list[Span] = []
    begin, answered = 0, 0
    for end, after in ends:
        piece = _PIECE.fullmatch(line, begin, end)
        answer = answer_of(piece["answer"]) if piece else None
        if piece and (answer is Answer.YES or not piece["rest"].strip(" .")):
            name = piece["label"].rstrip(" \t:")
            label = piece.start("label") + len(name.rpartition(":")[0])
            found += [(begin, label, None)] if label > begin else []
            found += [(label, piece.start("label") + len(name), answer), (piece.start("rest"), end, None)]
            answered += 1
        else:
            found.append((begin, end, None))
        begin = after
    return found if len(ends) > 2 and answered > 1 else []  # noqa: PLR2004 - a choice of two is one of yes and no


def _pairs(line: str) -> list[Span]:
    """Return the labels of a line of nothing but labels, each with its answer behind it: "Diabetes Y  Epilepsy N"."""
    found: list[Span] = []
    begin = end = None
    if re.search(r"[.?!;:]", line):
        return []
    line = _NOT_THAT_I_KNOW.sub(lambda found: "no".ljust(len(found[0])), line)
    for word in re.finditer(r"(?:[^\s,;.|/]|(?<=\S)/(?=\S))+", line):
        if begin is not None and end is not None and word[0].lower() in _ALONE:
            label = line[begin:end]
            is_statement = not (FINITE | SUBJECTS | {"told"}).isdisjoint(label.lower().split()) or label.lower() in _WHO
            if label.count(" ") >= LABEL_WORDS or "," in label or is_statement:
                return []
            found.append((begin, end, answer_of(word[0])))
            begin = None
        elif begin is None and not re.match(r"[A-Za-z]", word[0]) and word[0] not in "-*\u2022":
            return []
        elif word[0] not in "-*\u2022":
            if begin is None and word[0].lower() in NEGATION_TRIGGERS | _ALONE:
                return []
            begin, end = word.start() if begin is None else begin, word.end()
    return [] if begin is not None else found


# Over lines


def numbered(text: str) -> list[Span]:
    """Return the labels of a list with numbers, where the answers name these: "1 gout 2 fits" and "1 no, 2 yes"."""
    labels: dict[int, re.Match[str]] = {}
    for found in _NUMBERED_LABEL.finditer(text):
        if int(found["number"]) == len(labels) + 1 and not _is_answer(found["label"]):
            labels[len(labels) + 1] = found
    given = {int(found["number"]): answer_of(found["answer"]) for found in _NUMBERED_ANSWER.finditer(text)}
    for found in _NUMBERS_OF.finditer(text) if len(given) < _LEAST_NUMBERED else ():
        given |= {int(number): answer_of(found["answer"]) for number in re.findall(r"\d+", found["numbers"])}
    for found in _ANSWERS_ALONE.finditer(text):
        answers = re.findall(r"\w+", found[0])
        given |= {number: answer_of(answer) for number, answer in enumerate(answers, 1) if len(answers) == len(labels)}
    is_list = not any(_ANSWERED_LABEL.search(label["label"]) for label in labels.values())
    for found in (*_ONLY.finditer(text), *(_CHOSEN.finditer(text) if is_list else ())):
        chosen = set(map(int, re.findall(r"\d+", found["numbers"])))
        given |= {number: Answer.YES if number in chosen else Answer.NO for number in labels}
    if len(labels) < _LEAST_NUMBERED or len(given) < _LEAST_NUMBERED or not given.keys() <= labels.keys():
        return []
    return [(*labels[number].span("label"), answer) for number, answer in given.items()]


def _is_answer(label: str) -> bool:
    return label.split(maxsplit=1)[0].lower().strip(",.;:") in _ALONE


def questions_above(text: str) -> Iterator[Span]:
    """Yield questions on lines of their own, below which as many answers stand, one a line.

    A no with more behind it may be taken back, and of another number of answers nobody knows which is whose: then it is
    not sure.
    """
    for block in _QUESTIONS_ABOVE.finditer(text):
        asked, said = [*_LINE.finditer(block["asked"])], [*_LINE.finditer(block["said"])]
        for number, question in enumerate(asked):
            words = _WORD.findall(said[number][0]) if len(asked) == len(said) else ["unsure"]
            answer = answer_of(words[0])
            given = Answer.UNSURE if answer is Answer.NO and len(words) > 1 else answer
            yield block.start("asked") + question.start(), block.start("asked") + question.end(), given


def answers_below(text: str) -> Iterator[Span]:
    """Yield the cells of a line whose answers stand in the line below it, one below each.

    Of a line of comma-separated values some cells may hold other things, which are read as they stand.
    """
    lines = [*re.finditer(r"[^\n]+", text)]
    lines = [line for line in lines if not _RULED.fullmatch(line[0])]
    for heads, below in pairwise(lines):
        labels, answers = [*_CELL.finditer(heads[0])], [*_CELL.finditer(below[0])]
        is_row = len(answers) > 1 and all(answer[0].lower() in _ALONE for answer in answers)
        if is_row and len(labels) == len(answers) and not any(label[0].lower() in _ALONE for label in labels):
            for label, answer in zip(labels, answers, strict=True):
                yield heads.start() + label.start(), heads.start() + label.end(), answer_of(answer[0])
            continue
        labels, answers = [*_VALUE.finditer(heads[0])], [*_VALUE.finditer(below[0])]
        given = [answer[0].strip().lower() in _ALONE for answer in answers]
        if len(labels) == len(answers) and sum(given) >= _LEAST_NUMBERED and not re.search(r"[:;?]", heads[0]):
            for label, answer, is_given in zip(labels, answers, given, strict=True):
                place = heads.start() if is_given else below.start()
                start, end = (label if is_given else answer).span()
                yield place + start, place + end, answer_of(answer[0].strip()) if is_given else None
