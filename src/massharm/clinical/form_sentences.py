"""The sentences of a form that say nothing of the client: instructions for later, and lists of what is not there."""

import re

from massharm.clinical.form_words import FLAGS, STATES
from massharm.clinical.triggers import ADJECTIVES, MANAGEMENT, NEGATION_TRIGGERS

_HAVING = "(?:are|is|has|have|gets?|got|feels?|develops?|experiences?|notices?|becomes?|suffers?|takes?|new|of)"
_CONSENT = re.compile(
    rf"""
    # What somebody knows should be done then.
    \b(?:understand|agree|aware|know|acknowledge)\b(?=[^.?!\n]*\b(?:should|must|shall|will|tell|inform|stop|call|ring)\b)
      [^.?!:\n]*?
      \b(?P<agreed>if[ ]+i[ ]+(?:ever[ ]+)?{_HAVING}\b[^.?!:;\n]*)
    # What is to be told later, and to whom; "tell me" asks for an answer.
  |
    \b(?:inform|tell|notify|advise|alert|let)\b(?![ ]+me\b)[^.?!:\n]*?
      \b(?P<told>(?:if|should)[ ]+(?:i|you|they|the[ ]client)[ ]+(?:should[ ]+)?{_HAVING}\b[^.?!:;\n]*)
    # What is to be told or done if something comes, told of first; a question asks of what may be there.
  | (?:(?<=[.;!?:]\s)|^[ \t]*)(?P<first>
      (?:if|should)[ ]+(?:(?:at[ ]any[ ](?:time|point|stage)|for[ ]any[ ]reason|ever)[, ]+)?
      (?:any|i|you|he|she|they|your[ ]baby|the[ ](?:client|patient|baby))[ ]+(?:ever[ ]+)?{_HAVING}\b
      (?![^.?!\n]*(?:\bwhat\b|\?))
      (?=[^.?!\n]*(?:
        (?:(?:\b(?:will|shall|please|know[ ]to|would)|['\u2019](?:d|ll))[ ]+(?:\w+[ ]+){{0,2}}?|[,;][ ]*)
          (?:tell|inform|refer|send|ring|call|contact|seek)\b
        |\bplease[ ]+do[ ]+not\b))
      (?:(?!,[ ](?:my|because|as|since|but|i)\b|[ ]because\b)[^.?!;\n])*)
    # What emergency services are called for.
  | (?:(?<=[.;!?:]\s)|^[ \t]*)(?:please[ ]+)?(?:call|ring|dial|phone)[ ]
      (?:emergency[ ]services|an[ ]ambulance|999|911|000|112)[ ]
      (?P<aid>for[ ](?!(?:my|her|his|him|me|us|an?[ ](?:man|woman|client|lady))\b)[^.?!;\n]*)
  | \b(?:refer|told|tell|inform|ring|call|send)\b(?![ ]+me\b)[^.?!:\n]*\b(?P<sent>if[ ]+
      (?:any|(?:he|she|they)[ ]+{_HAVING})\b(?![^.?!\n]*(?:\bwhat\b|\?))[^.?!\n]*)
    # What is to be done then.
  | (?:(?<=[.;!?:]\s)|^[ \t]*)(?:please[ ]+)?(?:stop|call|ring|phone|see|seek|contact)\b[^.?!:\n]*?
      \b(?P<done>if[ ]+(?:you|they|clients|the[ ](?:client|guest|patient))[ ]+{_HAVING}\b[^.?!:\n]*)
    # For whom a massage is not meant: people at large.
  | (?P<unfit>\b(?:(?:may|might|can)[ ]+not[ ]+be[ ]+suitable[ ]+(?:with|for|in|if)
      |(?:not[ ]+suitable|unsuitable|not[ ]+recommended|contraindicated)[ ]+(?:for|in)[ ]+
        (?:people|clients|guests|persons|anyone|those|someone|somebody)[ ]+(?:with|who))\b[^.?!:;\n]*)
    """,
    FLAGS,
)
"""What a form asks to tell later: "I will inform my therapist if I develop a fever"."""
_OF_NOW = re.compile(
    r"\b(?:today|now|tonight|again|yesterday|this|still|currently|already|since|just)\b"
    r"|\b(?:i|she|he)[ ]+(?:(?!(?:wi|sha)ll\b|would\b|ever\b)\w+[ ]+)??"
    r"(?:uses?|needs?|sits?|stops?|rests?|had|was|got|must|can|cannot)"
    r"\b",
    re.IGNORECASE,
)
"""Words by which such a sentence tells of what somebody has or does."""
_ALL_ELSE = re.compile(
    r"\b(?:no|n|none|nil)\b[ \t]*[-:\u2013\u2014]?[ \t]*(?:to |for )?"
    r"(?:everything else|all else|all the rest|the rest|all others)[ \t]*[(:][ \t]*(?P<list>[^)\n]*)"
    r"(?![^\n]*\b(?:till?|until|but|except|apart|now)\b)",
    re.IGNORECASE,
)
"""A list of all that is denied: "N - everything else (heart, lungs)"."""
_NONE = (
    r"(?:(?:(?:i|she|he|client|patient)(?:'ve| have| has)?(?: had| got)? )?"
    r"none of (?:these|those|them|that|this|the above)|all no"
    r"|(?:all(?: (?:two|three|four|of (?:them|these|which)))?|both|they) (?:were|was|are|have been|came back)"
    r" (?:ruled out|excluded|negative)|no to (?:all|any|everything)(?: (?:two|three|four|five|six))?"
    r"(?: of (?:these|those|them))?"
    r"|all negative|all denied|all nil|none apply)(?: apply| applies| present)?(?: to (?:me|her|him|the client))?"
)
_SAID_NONE = re.compile(
    rf"[ \t]*(?P<sign>[:.?!\u2013\u2014-])[ \t]*{_NONE}[ \t]*"
    r"(?=[.;!\n]|$|\b(?:apart from|except|but|bar|other than)\b)",
    re.IGNORECASE,
)
"""What says that nothing is there of a list before it: "Fits, gout, asthma: none of these"."""
_NONE_APPLIES = re.compile(
    r"\bnone of (?:these|those|them|the (?:following|below|conditions below|things below))(?: conditions| illnesses)?"
    r"(?: (?:apply|applies|is true|are true|concerns?|affects?))?(?: (?:to|of|for))?"
    r"(?: (?:me|her|him|us|the client|my (?:baby|child|son|daughter)))?[ \t]*:"
    r"(?![^\n]*\b(?:till?|until|but|except|apart|now|only|though|although|however)\b)[ \t]*(?P<list>[^.;\n]*)",
    re.IGNORECASE,
)
"""What says before a list that nothing of it is there: "None of these applies to me: gout, asthma"."""
_TELLS = re.compile(rf"[\[\](\u2611\u2713\u2714]|\byes\b|{STATES.pattern}", re.IGNORECASE)
"""What no list of that kind holds: a box, an answer or a statement."""
LABELS = re.compile(
    r"[ \t]*(?:[-*\u2022][ \t]*)?(?P<list>[^,:;.?!\d\n]{2,40}(?:,[^,:;.?!\d\n]{2,40}){1,9})[ \t]*(?:\?[ \t]*:?|:)"
    r"[ \t]*(?:none|no|nil|never|not that i know(?: of)?)[ \t]*[.;]?[ \t]*",
    re.IGNORECASE,
)
"""A line of several labels and one answer: "Dizziness, double vision, trouble swallowing: none"."""
_LABEL_WORDS = 4
"""The words up to which each of them is a label."""
_INSTRUCTS = re.compile(
    r"\b(?:call|told|tell|inform|ring|seek|(?:should|must|can|do) ?not|can't|understand|agree|aware)\b.*"
    r"\b(?:if|for|with)\b",
    re.IGNORECASE,
)
"""An instruction for what may come."""


def instruction_in(line: str) -> tuple[int, int] | None:
    """Return where a line tells what should be told or done later, and not of what is there now."""
    found = _CONSENT.search(line)
    if not found or _OF_NOW.search(found[found.lastgroup or 0]):
        return None
    return found.start(found.lastgroup or 0), found.end()


def denied_list_in(line: str, *, has_labels: bool = False) -> tuple[int, int, int, int] | None:
    """Return a list of which a line says that nothing is there: the start of its sentence, itself, and the end.

    Several names before one answer are labels only in a form that has another such line (`has_labels`): a note such
    as "Pregnant, bleeding: none" denies what stands last.
    """
    if rest := _ALL_ELSE.search(line):
        return rest.start(), *rest.span("list"), rest.end()
    if (of_these := _NONE_APPLIES.search(line)) and not _TELLS.search(of_these["list"]):
        return of_these.start(), *of_these.span("list"), of_these.end()
    if none := _list_of_none(line):
        return none[0], *none
    if has_labels and (labels := LABELS.fullmatch(line)) and _are_labels(labels["list"]):
        return labels.start("list"), *labels.span("list"), labels.end()
    return None


def _are_labels(names: str) -> bool:
    """Whether each member of a list is short, and none states or denies something, or is a treatment.

    "Diabetes, insulin: none" denies no diabetes, nor does "Pregnant, bleeding: none" deny a pregnancy.
    """
    members = [member.split() for member in re.split(r",|\bor\b|\band\b", names)]
    words = names.lower().replace(",", " ").split()
    is_stated = STATES.search(names) or not (NEGATION_TRIGGERS | MANAGEMENT | ADJECTIVES).isdisjoint(words)
    return not is_stated and all(len(member) <= _LABEL_WORDS for member in members)


def _list_of_none(line: str) -> tuple[int, int, int] | None:
    """Return where a list begins and ends of which a line says that nothing is there, and where that is said.

    It is a list of names and no statement, or an instruction for what may come.
    """
    for found in _SAID_NONE.finditer(line):
        end, sign = found.start(), found["sign"]
        begin = _begin(line, ".;:?!", end)
        names = line[begin:end]
        if sign != "!" and re.search("[,/]", names) and not STATES.search(names):
            return begin, end, found.end()
        begin = _begin(line, ".?!", end)
        if sign in ".?!" and _INSTRUCTS.search(line, begin, end):
            return begin, end, found.end()
    return None


def _begin(line: str, signs: str, end: int) -> int:
    """Return the place behind the last of some signs before a place."""
    return max(line.rfind(sign, 0, end) for sign in signs) + 1
