"""The answers of a form that stand before or behind their labels on a line, or are circled."""

import re
from collections.abc import Iterable, Iterator

from massharm.clinical.form_series import LABEL_WORDS, Span, listed_value, pairs_of, series_of
from massharm.clinical.form_words import ANSWER_WORDS, FLAGS, STATES, answer_of
from massharm.clinical.forms import Answer, Row
from massharm.clinical.functions import lost
from massharm.clinical.triggers import FINITE
from massharm.search.analysis import analyse

_END = r"""(?=[ \t]*(?:$|[,.;|/()!\n\[}}"]|[ \t][-\u2013\u2014][ \t]|\t|[ ]{2}
    |[ ](?-i:[A-Z])[A-Za-z ]{0,30}:
    |(?-i:(?<=\bN))[ ]{1,2}(?-i:(?!yet|now|today|usually|always|mostly|longer|any|but|until|till|or)[a-z]+)[ \t]*$
    |(?<=yes)[ ](?:in[ ])?(?:19|20)\d\d\b))  # the next label, or the year of what is answered"""
_ANSWERED = re.compile(
    rf"""
    (?P<sign>
        ,?[ ](?:she|he|they|client|patient|pt)[ ](?:said|says|answered|answers|replied)[ ]
      | (?<![:=?])[:=?]{{1,3}}(?:[ \t]*\|)?  # a colon or an equals sign, the mark of a question
      | [ \t][-\u2013\u2014]{{1,3}}      # a dash
      | [ \t]*(?:[-=]{{1,2}}>|>>|(?<=[ \t])>|\u2192|\u21d2)  # an arrow
      | (?<!\.)\.{{2,80}}(?!\.)          # a line of dots
      | [|\t] | (?<![ ])[ ]{{2,80}}(?![ ])  # the gap between two columns
    )
    [ \t]{{0,80}}(?:[-=]{{1,2}}>|>>|\u2192|[-\u2013\u2014]|ans(?:wer)?\b|a\b)?
    (?:\.{{2,80}}|[:.])?(?:\s*[(\[]|\s+['"\u2018\u201c])?\s*
    (?:(?:she[ ]|he[ ]|client[ ])?(?:says|said|states|reports)[ ])?
    (?P<answer>{ANSWER_WORDS})(?!\.?[ ]?(?:\d(?!\d{{3}}\b)|of\b))[)\]]?{_END}  # but "No. of fits: 2"
    # An answer in brackets: "asthma (no)", "hernia (yes, in 2012)".
  | [ \t]*\((?P<bracketed>yes|no|y|n)\b[ \t]*(?=[),;-])[),]?
    # Words that answer behind a concept without a sign: "seizures nil"; some only behind one word: "scan negative".
  | (?<=\w)[ ](?:(?P<late>nil(?:[ ]known|[ ]of[ ]note)?|none(?:[ ]known|[ ]ever)?|denied|(?-i:NO|N)(?=,[ ]?never\b))
      | (?P<of_one_word>neg(?:ative)?|absent|[-\u2013\u2212]ve))[ \t]*(?=$|[,.;\n])
    """,
    FLAGS,
)
"""Between a label and its answer."""
_OF_ALL = frozenset({"all", "both", "results", "all results", "tests", "all tests", "came back", "all came back"})
"""Labels that stand for the test that is named before them: "a patch test, all negative"."""
_TESTED = re.compile(r"\b(?:test|scan|swab|screen)s?\b", re.IGNORECASE)
_NAMED_TEST = re.compile(r"(?:[\w-]+[ ]){1,2}(?:test|scan|swab|screen|factor|antibody|antibodies)", re.IGNORECASE)
"""A label that is the test for something: "preg test -ve", "rheumatoid factor neg"."""
_TOPIC = re.compile(r"[ \t]*[A-Za-z][A-Za-z ]{0,40}[:?][ \t]*")
"""A label before a row of labels with answers: "Health: epilepsy no diabetes yes"."""
_ANSWER_BEFORE = r"""
    (?:yes|no)(?:[ ]to(?:[ ]the[ ]following)?)?
  | (?:i[ ](?:can[ ])?(?:confirm|declare|state|certify)[ ](?:that[ ])?)?
    (?:(?:i|she|he|client|patient)[ ](?:have|has|had)[ ])?
    none[ ]of(?:[ ]the[ ]following|[ ]these)?
  | [^:\n]{1,40}\b(?:not[ ]present|absent)
  | (?:pertinent[ ])?(?:negative|positive|neg|pos)(?:[ ]for|s)? | [-\u2013\u2212+]ve(?:[ ]for)?
  | (?:(?:items?|conditions?|boxes)[ ])?not[ ](?:ticked|checked|selected|marked|circled|prescribed|taking|on)
  | tested[ ](?:for[ ])?(?:and[ ])?neg(?:ative)?(?:[ ]for)?
  | (?:all[ ])?(?:ruled[ ]out|excluded)(?:[ ](?:on|by|with|after|at)[ ](?:the[ ])?[\w-]{1,20}(?:[ ]\d{4})?)?
  | denie[sd] | nil | n/?k/?c/?o | (?:not[ ]a[ ])?(?:k/?c/?o|known[ ]case[ ]of) | no[ ](?:known|h/?o|history[ ]of)
  | (?:i[ ](?:can[ ])?(?:confirm|declare|state|certify)[ ](?:that[ ])?)?
    (?:(?:i|she|he|client|patient)[ ])?(?:have|has|do|does|did)?[ ]?(?:not|n['\u2019]t|never)[ ](?:got|had|have|any)
  | (?:(?:i|she|he|client|patient)[ ])?(?:have[ ]got|have|has[ ]got|has|got)
"""
_BEFORE = re.compile(
    r"(?:^|(?<=[/;.|\u2022]))[ \t]*[-*\u2022\u2192>]?[ \t]*"
    rf"(?P<answer>{_ANSWER_BEFORE})[ \t]*(?:[:=]|[-=]>|\u2192)[ \t]*",
    FLAGS,
)
"""Answers that stand before what they answer: "No: diabetes, asthma / Yes: stroke"."""
_SHORT_BEFORE = re.compile(
    r"""
    (?:^|(?<=[,;./|\t ]))[ \t]*(?P<answer>yes|no|y|n)
    (?:[ \t]*(?P<sign>[:=])|[ \t](?P<mark>[/\u2013\u2014-])[ \t])(?![ \t]*(?:yes|no|y|n)\b)[ \t]*
    """,
    FLAGS,
)
"""Short answers that stand before what they answer, in a line that begins with one: "No / asthma, Yes / gout"."""
_HEADING = re.compile(
    rf"""
    \W*(?:(?P<answer>{_ANSWER_BEFORE})[ \t]*[:=]
      | (?P<none>none[ ]of[ ](?:the[ ]following|these|the[ ]above)
        |[^:\n]*\b(?:do[ ]not|don'?t|have[ ]never|have[ ]not|haven'?t)[ ](?:have|had)[ ]
            (?:any[ ]of[ ])?(?:the[ ]following|these)
        |[^:\n]*\b(?:has|have|had)[ ]none[ ]of[ ]the[ ]following
        |[^:,\n]*\ball[ ](?:(?:answered|marked|ticked|are)[ ])?no[ ](?:except|unless|apart[ ]from)
            [ ](?:(?:where|as|when|if|those|what)[ ])?(?:is[ ])?
            (?:written|stated|noted|marked|shown|indicated|listed|below))
    )\W*
    """,
    FLAGS,
)
LONGEST_HEADING = 200
"""The characters up to which a line may head a list."""
_NEW_STATEMENT = re.compile(
    r"[.;](?=\s|$)|,?\s*\b(?:but|however)\b"
    r"|(?:,|\band\b)\s*(?:and\s+)?(?:i|she|he|has|have|had|takes?|on|is|was|am|are|now|currently|client|patient)\b",
    re.IGNORECASE,
)
"""What ends a list of things that were answered before."""
_OWN_STATEMENT = re.compile(
    r"(?:actually|but|well|sorry)\b|(?:i|she|he|my|client|patient)['\u2019]?(?:s|ve|m)?\b|(?:have|has|had|takes?|on)\b",
    re.IGNORECASE,
)
"""The beginning of a statement, which no answer before it denies: "No: I have asthma"."""
_QUESTION = re.compile(
    r"[ \t]*(?:q\d+\b|(?:q[:.)]?[ \t]*)?(?:do|does|did|have|has|had|are|is|was|were|any)\b)", re.IGNORECASE
)
_ADDED = re.compile(
    r"[ \t]*(?:ever|you|yourself|self|at all|now|currently|recently|please|before|in the past|if any)[ \t]*",
    re.IGNORECASE,
)
"""What a question adds behind a comma: "blood clots, ever?"."""
_NOT_WHETHER = re.compile(
    r"[ \t]*(?:[-*\u2022][ \t]*)?(?:(?:what|when|where|why|how|who|whose)\b"
    r"|(?:i|i['\u2019]?m|i['\u2019]ve|my|our|we|she|he|her|his)\b(?=.*\?))",
    re.IGNORECASE,
)
"""A question to which no is no denial: one for a thing or a time, or one that somebody asks of their own condition."""
_ABOUT = re.compile(
    r"[ \t]*(?:(?:any|the|a)[ ])?(?:relief|help|causes?|reason|explanation|let-?up|change|improvement|cure)[ ]"
    r"(?:of|from|for|in|with|to)\b",
    re.IGNORECASE,
)
"""A label that asks for something about what is there: "Relief from the pain: none"."""
_WHETHER_STOPPED = re.compile(
    r"[ \t]*(?:has|have|did)[ ](?:she|he|you|they|the[ ]client)[ ](?:stopped|finished|ended|given[ ]up|come[ ]off)\b"
    r"|.*\b(?:ruled[ ]out|excluded)\b",
    re.IGNORECASE,
)
"""Questions to which no says that something goes on or may be there: "Has she stopped the warfarin?"."""
_WHETHER_OVER = re.compile(
    r"[ \t]*(?:(?:has|have|is|are|did|does|do)\b.*|(?:\w+[ ]){0,10})\b(?:gone|stopped|settled|resolved"
    r"|cleared(?:[ ]up)?|healed|eased|better|improved|improving|away|over|under control|controlled|finished|completed"
    r"|ended|cured|out|removed|reversed|normal|as (?:usual|normal|always)|properly"
    r"|off(?:[ ](?:the|your|her|his|my))?[ ]\w+|ran out of.*)"
    r"[ \t]*(?:now|yet|since|at all)?[ \t]*$",
    re.IGNORECASE,
)
"""A question to which no says that something goes on: "Has the pain gone?"."""
_WHETHER_WORN = re.compile(r"[^:?]*\b(?:sleeve|stockings?|garment)\b[^:?]*\b(?:worn|on)\b", re.IGNORECASE)
"""A question to which no is no denial of what it is worn for."""
_CHOICE = re.compile(
    r"""
    [ \t:\u2013(-]{0,8}(?:
        (?P<yes>[(\[*_]{1,3}[ ]*y(?:es)?[ ]*[)\]*_]{1,3}
          | (?<![A-Za-z])(?-i:YES|Y)(?=[ ]*[/|][ ]*(?-i:[Nn]o|n)\b|[ \t]+(?-i:no?)[ \t]*$))
        [ ]*[/|]?[ ]*no?\b
      | (?<![A-Za-z])y(?:es)?[ ]*[/|]?[ ]*(?P<no>[(\[*_]{1,3}[ ]*no?[ ]*[)\]*_]{1,3})
      | (?<![A-Za-z])(?-i:[Yy]es|y)(?:[ ]*[/|][ ]*(?P<no_slash>(?-i:NO|N))\b|[ \t]+(?P<no_gap>(?-i:NO|N))[ \t]*$)
      | (?<![A-Za-z])(?-i:[Nn]o|n)[ ]*/[ ]*(?P<yes_slash>(?-i:YES|Y))\b
      | (?<![A-Za-z])(?P<no_first>(?-i:NO|N))[ ]*/[ ]*(?-i:[Yy]es|y)\b
      | (?<![A-Za-z])no?[ ]*/[ ]*y(?:es)?\b\)?
      | (?<![A-Za-z])y(?:es)?(?:[ ]*[/|][ ]*no?\b|[ \t]+no?(?=[ \t]*$))\)?
        (?:(?:[ ]*(?:->|\u2192|=|:)[ ]*|[ ]{2,8}|\t)(?P<chosen>yes|no|y|n)\b)?
    )[ \t,;:)-]{0,8}
    """,
    FLAGS,
)
"""A choice of yes and no after a label, of which one is circled, in capitals, repeated or left."""
_ASKS_MORE = re.compile(r"\W*(?:if\b|please\b|details?\b[^:]*:?\W*$)", re.IGNORECASE)
"""Words that a blank form prints behind a choice."""
_EXAMPLES = re.compile(
    r"(?=\W*(?:any|anything|do you|have you|are there|is there)\b)(?![^?]*\b(?:i|my|me|he|she|her|his|it|im|i'm)\b)"
    r"[^.?!;]*\b(?:e\.?g\b\.?|such as|for example|for instance)[^.?!;]*\?",
    re.IGNORECASE,
)
"""A question of a form whose examples say nothing of the client, unless the answer is yes or no."""


def heading_of(line: str) -> Answer | None:
    """Return the answer of a line that heads a list of what is so answered, as in "None of these:"; else None."""
    found = _HEADING.fullmatch(line) if len(line) <= LONGEST_HEADING else None
    if found is None:
        return None
    return answer_of(found["answer"]) if found["answer"] else Answer.NO


_NONE_NOW = re.compile(
    r"(?:^|(?<=[.;]\s))(?P<label>[^:.;?!\n]*\b(?:now|today|currently|at present))[ \t]*[:?][ \t]*(?:nil|none|no)"
    r"(?=[ ]since\b(?![^.;\n]*\b(?:minutes?|hours?|today|yesterday|this|last|morning|night|spray|gtn|then|but)\b))",
    re.IGNORECASE,
)
"""A label that asks for now, and its answer: "Chest pain now: nil since surgery"."""


_DENIED_VALUE = re.compile(
    r"(?:[ \t]*(?:[:?|]|[ \t][-\u2013\u2014](?=[ \t]))[ \t|?:]*"
    r"|[ ](?=(?:nil|none|absent)[ \t]*(?:$|[,.;])))"
    r"(?:(?:left|right|l|r)[ ]yes[,;]?[ ])?"
    r"(?:(?:left|right|l|r)[ ])?"
    r"(?:no[ ]longer|not[ ](?:any[ ]?more|sure|yet|now)|no|not|nil|none|absent|never|n|nope|nah)\b"
    r"(?!-|[ ](?:problems?|trouble|issues?|change)\b)",
    re.IGNORECASE,
)
"""What denies a function behind its label, whatever follows: "not since Sunday", "right no"."""


def _of_a_function(line: str) -> tuple[int, int, int] | None:
    """Return where a label that asks for a function begins and ends, and what follows a no to it; else None."""
    for found in _DENIED_VALUE.finditer(line):
        begin = max(line.rfind(sign, 0, found.start()) for sign in ".;:?|") + 1
        if lost(analyse(line[begin : found.start()])):
            return begin, found.start(), found.end()
    return None


def answered_rows(line: str, start: int) -> Iterator[Row]:
    """Yield the rows of one line without boxes, which begins at a place of the text."""
    done, asked = 0, _of_a_function(line)
    while True:  # a line may repeat its labels a thousand times
        rows, end = _first_rows(line[done:], start + done, asked)
        yield from rows
        asked = asked and _of_a_function(line[done + end :])
        if not end:
            return
        done += end


_SO_NOT = re.compile(
    r"(?P<label>[^:?\t|\n]{2,50}?)(?:[ ]*[:?][ \t]*|[ ]{2,}|\t[ \t]*)(?P<value>[^\n]*?"
    r"\b(?:tests?|tested|scans?|mri|ct|echo|e[ce]g|ekg|doppler|ultrasound|x-?rays?|bloods?|biopsy)\b"
    r"[^\n]*?\b(?:normal|good|clear|fine|negative|clean|ok|nothing))"
    r",?[ ]so[ ](?:nil|not|no|none)[ \t.!]*",
    re.IGNORECASE,
)
"""A label whose value ends with what follows from a test: "MS?  brain scan good, so not"."""


def _first_rows(line: str, start: int, asked: tuple[int, int, int] | None) -> tuple[Iterable[Row], int]:
    """Return the first rows of a line, and where the rest begins that is read as a line of its own; 0 if none is.

    `asked` is where a label asks for a function, as `_of_a_function` finds it.
    """
    if asked:
        begin, end, value = asked
        return (*answered_rows(line[:begin], start), Row(start + begin, start + end, Answer.NO)), value
    if (so := _SO_NOT.fullmatch(line)) and not lost(analyse(so["label"])):
        return (
            Row(start, start + so.end("label"), Answer.NO),
            Row(start + so.start("value"), start + so.end("value")),
        ), 0
    if none := _NONE_NOW.search(line):
        before = answered_rows(line[: none.start()], start) if none.start() else ()
        return (*before, Row(start + none.start("label"), start + none.end("label"), Answer.NO)), none.end()
    if not (series := series_of(line)) and (choice := _CHOICE.search(line)):
        return (_chosen(line, start, choice),), choice.end()
    return _labelled_rows(line, start, series), 0


def _labelled_rows(line: str, start: int, series: list[Span]) -> Iterator[Row]:
    """Yield the rows of a line in which no is a denial, and no choice is printed."""
    if series:
        for begin, end, answer in series:
            if answer is None and end - begin < len(line):
                yield from answered_rows(line[begin:end], start + begin)
            else:
                yield Row(start + begin, start + end, answer)
    elif marks := _marks_before(line):
        yield from _answered_before(line, start, marks)
    elif labelled := pairs_of(line):
        yield from _rows(labelled, start)
    elif (topic := _TOPIC.match(line)) and (pairs := pairs_of(line[topic.end() :], has_topic=True)):
        yield Row(start, start + topic.end())
        yield from _rows(pairs, start + topic.end())
    elif listed := listed_value(line):
        yield from _rows(listed, start)
    else:
        yield from _answered_behind(line, start)


def _rows(spans: list[Span], start: int) -> Iterator[Row]:
    return (Row(start + begin, start + end, answer) for begin, end, answer in spans)


def is_left_blank(behind: str) -> bool:
    """Whether nothing is written behind a choice that was not made; what a form prints there counts for nothing."""
    return not re.search(r"\w", behind) or _ASKS_MORE.match(behind) is not None


def _chosen(line: str, start: int, choice: re.Match[str]) -> Row:
    """Return the label before a choice of yes and no."""
    rest = line[choice.end() :]
    answer: Answer | None
    if choice["yes"] or choice["yes_slash"]:
        answer = Answer.YES
    elif choice["no"] or choice["no_slash"] or choice["no_gap"] or choice["no_first"]:
        answer = Answer.NO
    elif choice["chosen"]:
        answer = answer_of(choice["chosen"])
    else:
        answer = Answer.NONE if is_left_blank(rest) or _CHOICE.search(rest) else None
    return Row(start, start + choice.start(), answer)


def _marks_before(line: str) -> list[re.Match[str]]:
    """Return the answers of a line that stand before what they answer."""
    short = [*_SHORT_BEFORE.finditer(line)]
    alike = [mark for mark in short if mark.group("sign", "mark") == short[0].group("sign", "mark")]
    if len({mark["answer"].lower()[0] for mark in alike}) > 1 and not line[: alike[0].start()].strip():
        return alike
    return [*_BEFORE.finditer(line)]


_SINCE_A_YEAR = re.compile(
    r"\b(?:operations?|surgery|surgeries|procedures?|injur(?:y|ies)|accidents?|illness(?:es)?) (since (?:19|20)\d\d)$"
)
"""A member that asks for what came after a year: "operations since 2015", but not "warfarin since 2015"."""


def _end_of_list(line: str, start: int, end: int) -> int:
    """Return where a list behind an answer ends: at a new statement; a semicolon before a short member ends none."""
    if _OWN_STATEMENT.match(line, start, end):
        return start
    for new in _NEW_STATEMENT.finditer(line, start, end):
        member = re.split(r"[;.]", line[new.end() : end], maxsplit=1)[0].lower().split()
        told = " ".join(member)
        if since := _SINCE_A_YEAR.search(told):
            told = told[: since.start(1)]
        is_statement = STATES.search(told) is not None or not FINITE.isdisjoint(member)
        longest = max(len(name.split()) for name in re.split(r"\bor\b", told))
        if new[0] != ";" or longest >= LABEL_WORDS or is_statement:
            return new.start()
    return end


_UNTIL = re.compile(r"\b(?:until|till)\b", re.IGNORECASE)
"""What turns a denial round: "No: chest pain until today"."""


def _answered_before(line: str, start: int, marks: list[re.Match[str]]) -> Iterator[Row]:
    """Yield what stands behind answers, each up to the next answer or a new statement."""
    yield Row(start, start + marks[0].start())
    ends = [*(mark.start() for mark in marks[1:]), len(line)]
    for mark, end in zip(marks, ends, strict=True):
        stop = _end_of_list(line, mark.end(), end)
        answer = answer_of(mark["answer"])
        if answer is Answer.NO and _UNTIL.search(line, mark.end(), stop):
            answer = Answer.UNSURE
        yield Row(start + mark.end(), start + stop, answer)
        yield Row(start + stop, start + end)


def _answered_behind(line: str, start: int) -> Iterator[Row]:
    """Yield the labels of a line with the answers behind them, and what stands between."""
    found: list[Row] = []
    done = 0
    if (asked := _EXAMPLES.match(line)) and not _ANSWERED.match(line, asked.end() - 1):
        found.append(Row(start, start + asked.end(), Answer.NONE))
        done = asked.end()
    for match in _ANSWERED.finditer(line, done):
        answer = answer_of(match["answer"] or match["late"] or match["bracketed"] or match["of_one_word"])
        label = _label_start(line, done, match)
        text = line[label : match.start()]
        last = text.rpartition(",")[2].strip().lower()
        is_word = len(text.split()) == 1 and last not in FINITE
        if match["of_one_word"] and not is_word and last not in _OF_ALL and not _NAMED_TEST.fullmatch(last):
            continue
        if found and found[-1].answer and answer is Answer.YES and not re.search(r"\w", line[done : match.start()]):
            found[-1] = Row(found[-1].start, found[-1].end, answer)  # a column for yes beside one for no
        if answer in {Answer.NO, Answer.PAST, Answer.OVER} and (
            _MANAGED.match(line, match.end()) or _TAKEN_BACK.match(line, match.end())
        ):
            answer = Answer.UNSURE
        if answer is Answer.OVER and _SINCE_THEN.match(line, match.end()):
            answer = Answer.UNSURE
        if label > done:
            found.append(Row(start + done, start + label))
        if match.start() > label:
            found.append(Row(start + label, start + match.start(), of_question(text, answer)))
        done = match.end()
    yield from found
    yield Row(start + done, start + len(line))


_TAKEN_BACK = re.compile(
    r"[\s.,;!\"'\u201d\u2019\u2013\u2014-]*"
    r"(?:(?:(?:well|actually|sorry|oh|wait|hang on|correction|but|no wait|i mean)[\s,]*){1,2}"
    r"(?:yes|yeah|yep|it did|i do|i did|once|twice|a bit|a little|sometimes|maybe)\b"
    r"|(?:(?:sorry|oh|oops|no)[\s,]*)?(?:correction|scratch that|hang on|my mistake|i mean)\b"
    r"|(?:is |was )?(?:changed|amended|corrected|altered) to\b"
    r"|(?:but|then)\b[ ](?:now |today )?(?:it|it's|they|this|that|one|some|there|started|came|comes|again|back"
    r"|returned)\b(?![^.;:?\n]*\b(?:family|runs|mum|mom|mother|dad|father|sister|brother)\b)"
    r"|[^.;:?\n]{0,40},? (?:but )?yes (?:now|today|since|at the moment|currently|this)\b"
    r"|(?:only|just)\b"
    r"(?! (?:my|his|her) (?:mum|mom|mother|dad|father|sister|brother|nan|gran|wife|husband|son|daughter)\b)"
    r"|(?:except|apart from|other than|barring|save for|bar (?:the|one|a|an|that|this|for|when)"
    r"|not (?:both|always|really|often|usually)|(?:un)?till?"
    r"|not since(?! (?:19|20[01])\d))\b)",
    re.IGNORECASE,
)
"""What stands behind a no and takes it back: "no ... well yes"."""
_SINCE_THEN = re.compile(
    r"[^.;:?\n]{0,80}\b(?:last (?:night|week|month)|today|tonight|yesterday|this (?:morning|afternoon|week)"
    r"|now|again|ago|but|although|though)\b",
    re.IGNORECASE,
)
"""What stands behind "none since 2015" and tells of a later time."""
_MANAGED = re.compile(
    r"[ \t]*[(,;\u2013-]*[ \t]*(?:(?:it'?s|it is|they'?re|they are|is|are)[ ])?(?:now[ ])?(?:well[ ]|fully[ ])?"
    r"(?:(?:controlled|managed|treated|stable|under control|in remission|medicated)\b"
    r"|(?:fine|ok|okay|good|normal|all right|alright)[ ](?:as long as|while|when|if|because|since|with|on|thanks to)\b"
    r"|(?:as|because|since|thanks to|with)[ ][^.;\n]*\b"
    r"(?:take|takes|taking|tablets?|meds?|medication|medicine|pills?|inhalers?|insulin|injections?)\b)",
    re.IGNORECASE,
)
"""What stands behind a no and shows that the condition is there: "No (controlled on tablets)"."""


_GOING_ON = (_WHETHER_OVER, _WHETHER_STOPPED, _WHETHER_WORN)
"""Questions to which no does not deny what they name."""


def of_question(text: str, answer: Answer) -> Answer | None:
    """Return the answer to a question; none where yes or no answers something else, or a no says that all goes on."""
    if answer is not Answer.YES and lost(analyse(text)):  # what the body does is told of by the label itself
        return answer
    is_kept = (
        _NOT_WHETHER.match(text) is None
        and _ABOUT.match(text) is None
        and (answer is not Answer.NO or not any(asked.match(text) for asked in _GOING_ON))
    )
    return answer if is_kept else None


def _is_list_of(names: str) -> bool:
    """Whether a label is what may be in one place or another: "Weakness or numbness of arms, legs"."""
    first, _, rest = names.partition(",")
    is_label = not STATES.search(names) and FINITE.isdisjoint(names.lower().split())
    return bool(rest) and is_label and re.search(r"\bor\b.*\b(?:of|in)\b", first) is not None


def _is_asked_together(line: str, start: int, match: re.Match[str]) -> bool:
    """Whether a question of a form names a few things over commas, with its answer in a column: "Fever, flu?   no"."""
    names = line[start : match.start()].split(",")
    is_alone = re.fullmatch(r"[\s\d.)-]*", line[:start]) is not None
    is_short = 1 < len(names) <= MOST_ASKED and all(0 < len(name.split()) <= LABEL_WORDS for name in names)
    label = re.sub(r"\s(?:now|today|currently|ever)\s*$", "", line[start : match.start()])
    is_bare = FINITE.isdisjoint(label.lower().split()) and not STATES.search(label)
    return is_alone and is_short and is_bare and re.match(r"\?(?:[ ]{2}|[ ]*\t)", match[0].lstrip()) is not None


MOST_ASKED = 3
"""The names up to which a question is one list."""
_END_OF_SENTENCE = re.compile(r"[.;!?|\t]|[ ]{2,}")


def _sentence_start(line: str, start: int, end: int) -> int:
    """Return the place behind the last sentence, cell or slash before a place; slashes part no names of one list."""
    end = start + len(line[start:end].rstrip())  # a wide gap before the next column ends no sentence
    sentence = max((found.end() for found in _END_OF_SENTENCE.finditer(line, start, end)), default=start)
    slash = max((found.end() for found in re.finditer(r"\s/\s", line[sentence:end])), default=0)
    names = re.split(r"\s/\s", line[sentence:end])
    is_slashed = not start and all(len(name.split()) <= LABEL_WORDS for name in names)
    if is_slashed and slash and FINITE.isdisjoint(line[sentence:end].lower().split()):
        return sentence
    if slash and (start or len(line[sentence : sentence + slash].split()) > LABEL_WORDS + 1):  # no list of two names
        sentence += slash
    return sentence


_FOR_IT = re.compile(r"[ \t]*(?:any|what|which)\b.*\bfor (?:it|this|that|them)[ \t]*$", re.IGNORECASE)
"""What asks for something about what stands before it: "Rheumatoid arthritis, any tablets for it: nil"."""


def _label_start(line: str, start: int, match: re.Match[str]) -> int:
    """Return where the label of an answer begins: after the last sentence, cell, label or comma before it.

    A question begins with its first word, a list that "or" closes with its first member. An answer without a sign
    belongs to a statement's last word alone.
    """
    end = match.start()
    if line[:end].rstrip().endswith(")"):  # a label that explains itself, as in "heart trouble (stent, pacemaker)"
        end = max(start, line.rfind("(", start, end))
    sentence = _sentence_start(line, start, end)
    colon = line.rfind(":", sentence, end)
    if match["sign"] and "?" in match["sign"]:
        asked = max((found.end() for found in _END_OF_SENTENCE.finditer(line, start, end)), default=start)
        starts = [asked, sentence, *(sentence + found.end() for found in re.finditer("[,:]", line[sentence:end]))]
        question = next((place for place in starts if _QUESTION.match(line, place)), None)
        if question is not None:
            return question
    if colon >= 0:  # the value of the label before stands between: "Medication: spray Pregnant: no"
        own = re.search(r"[A-Z][\w']*(?: [a-z0-9][\w']*)*[ \t]*$", line[colon + 1 : end])
        sentence = colon + 1 + (own.start() if own else 0)
    comma = max(sentence, line.rfind(",", sentence, end) + 1)
    if (match["answer"] or "").lower().startswith("no to") or _is_asked_together(line, sentence, match):
        return sentence  # "gout, fits? No to both"
    if _ADDED.fullmatch(line, comma, end):
        comma = max(sentence, line.rfind(",", sentence, max(sentence, comma - 1)) + 1)
    text = line[comma : match.start()]
    if _FOR_IT.match(line, comma, end):
        return comma
    if text.strip(" ,").lower() in _OF_ALL:
        before = max(sentence, line.rfind(",", sentence, max(sentence, comma - 1)) + 1)
        return before if _TESTED.search(line, before, comma) else comma
    if not match["sign"] and not match["bracketed"] and not FINITE.isdisjoint(text.lower().split()):
        return comma + len(text.rstrip()) - len(text.split()[-1])
    is_list = re.search(r"\bn?or\b", text) or (comma == sentence and "/" in text) or _is_list_of(line[sentence:end])
    return sentence if is_list and match["sign"] else comma
