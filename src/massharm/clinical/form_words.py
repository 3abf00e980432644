"""The words by which a form answers, and those by which a line states something."""

import re

from massharm.clinical.forms import Answer
from massharm.clinical.past import LONG_PAST, days_in

_FOR_YEARS = (
    r"(?:not|none|nil)(?: one| once)? (?:for|in)"
    r" (?:over |about |at least |more than |many |several |(?:the )?(?:last|past) )?"
    r"(?:(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twenty) )?(?:years?|yrs?)"
)
"""What answers that something has not been there for years."""
# The answers, longest first, as they stand behind a label.
_ANSWERS: tuple[tuple[Answer, str], ...] = (
    (
        Answer.PAST,
        (
            r"(?:not|none) (?:any\s?more|currently|at present|at the moment|now)"
            r"|no longer|no more|previously|in the past|past only|not this time"
            r"|(?:nil|none|not) since (?:(?:the|my|her|his|an?) )?(?:\w+ ){0,3}(?:19|20)\d\d"
            rf"|{_FOR_YEARS}"
        ),
    ),
    (
        Answer.NO,
        (
            r"(?:nope|nah|nay|no)(?:[\s,]+(?:nope|nah|no)){1,3}|neither one|(?:dun|don|dont) have"
            r"|nein|niet|nee|nej|nei|ikke|aldri|jamais|nunca"
            r"|no to (?:all|both|any)(?: (?:two|three|four|five|six))?(?: of (?:them|these|those))?"
            r"|not me(?: either)?|not (?:even )?once|still no|no thanks?|not really"
            r"|no(?:[\s,]+no){0,3}[\s,]+(?:lol|haha|mate|love|dear|pet|duck|hen|darling|thank (?:god|goodness|heavens)"
            r"|thankfully|touch wood|fortunately|luckily|(?:not )?ever)"
            r"|(?:patient|client|self|me|myself|baby|child):? (?:no|nil|none|never)"
            r"|(?:tested|checked|screened)(?: \w+){0,3} [-\u2013:] (?:neg(?:ative)?|clear|normal)"
            r"|screened,? (?:and |was )?neg(?:ative)?"
            r"|told (?:no|not)|no (?:h/?x|history)|(?:don'?t|do not|doesn'?t|does not) have(?: it| one| any| that)?"
            r"|(?:dexa|dxa|screen|swab|test) (?:neg(?:ative)?|[-\u2013\u2212]ve)|(?:dexa|dxa) (?:normal|clear|ok|fine)"
            r"|none planned|not yet (?:planned|started|begun)"
            r"|(?:lol|haha|erm|um|ew)[\s,]+(?:no|never)"
            r"|none (?:ever|at all|so far|to date|past (?:or|nor) present|now or (?:ever|before))|never ever"
            r"|(?:only|just) (?:in |on )?(?:my |his |her |the )?(?:mum|mom|mother|dad|father|sister|brother"
            r"|nan|gran|family|wife|husband|son|daughter|grandmother|grandfather)(?:'?s side)?"
            r"(?: (?:has|had|have|does|did))?(?: (?:it|one))?"
            r"|(?:my |his |her |the )?(?:wife|husband|mum|mom|mother|dad|father|sister|brother|nan|gran)"
            r" (?:has|had) (?:it|one|that|them)[\s,]+(?:but )?(?:not (?:me|him|her)|i (?:don't|haven't))"
            r"|(?:strongly )?disagree|(?:pertinent )?negatives"
            r"|not (?:that|as far as) i(?:'m| am)? (?:know|aware)(?: of)?|not to my knowledge"
            r"|none (?:known|noted|recorded|reported|stated|declared|disclosed|listed)"
            r"|not (?:known|applicable|at all|any)|none (?:apply|applies)(?: to (?:me|her|him))?"
            r"|no[\s,]+(?:no|none|never|nothing|not at all)(?: (?:like that|of the (?:sort|kind)))?"
            r"|nothing(?: (?:like that|of the (?:sort|kind)))?|no known"
            r"|no,? i (?:don'?t|haven'?t|am not|'m not|do not|have not)"
            r"|none of (?:that|it|this|these|those|them|the above)(?: appl(?:y|ies))?(?: to (?:me|her|him))?"
            r"|(?:none|nil|nothing)(?: (?:seen|found|shown|evident))? (?:on|at|by) (?:the |last |latest |recent )?"
            r"(?:ct|mri|pet|scans?|x-?rays?|ultrasound|biopsy|bloods?|imaging)"
            r"(?: (?:scan )?(?:\d{1,2}|a|two|three|few) (?:days?|wks?|weeks?|months?|mths?) ago| (?:last|this) \w+)?"
            r"|(?:indeed |certainly |definitely |thankfully |of course )?(?:i|she|he)(?: am|'m| is|'s)? not"
            r"|(?:i|she|he) (?:don'?t|do not|doesn'?t|does not|haven'?t|have not)"
            r"|not (?:needed|required|indicated|applicable|given|had)|(?:was |were |has been )?(?:excluded|ruled out)"
            r"|none (?:found|seen|detected|that i know of|needed|required)"
            r"|no and no|chance would be a fine thing|as if|no way"
            r"|(?:god|hell|heavens|definitely|absolutely|certainly|of course)[, ]+(?:no|not)"
            r"|never (?:had|needed|taken|used|worn)(?: (?:one|any|it|them))?"
            r"|nil (?:known|of note)|none|neither|nope|nah|nil|never|negative|neg|absent|n/a|false|denied|denies"
            r"|no|non|n|nkda|nka|zero|0|[-\u2013\u2212]ve|\u2717|\u2718"
        ),
    ),
    (Answer.UNSURE, r"not sure|unsure|do(?: not|n'?t) know|unknown|maybe|possibly|perhaps"),
    (
        Answer.YES,
        r"yes|ja|oui|yep|yeah|yea|(?:strongly )?agree|true|positives?|pos|present|current|y|\+ve|\u2713|\u2714",
    ),
)
ANSWER_WORDS = "|".join(words for _, words in _ANSWERS).replace(" ", "[ ]")
"""The pattern of an answer, to be used with the flags of `FLAGS`."""
FLAGS = re.IGNORECASE | re.MULTILINE | re.VERBOSE
STATES = re.compile(
    r"^[ \t]*(?:on|i|she|he|client|patient|pt|but)\b|\b(?:takes?|taking|has|have|had|is|am|are|was|now|currently|since"
    r"|started|uses|i'm|today)\b",
    re.IGNORECASE,
)
"""A line that states something, and is no label and no member of a list under a heading."""


def answer_of(words: str) -> Answer:
    """Return the answer that words give; those that are not known deny."""
    words = re.sub(r" (?:for|to(?: the following)?)$", "", words.strip(), flags=re.IGNORECASE)
    words = re.sub(r"^(?:i|she|he|client|patient) ", "", words, flags=re.IGNORECASE)
    if re.fullmatch(r"(?:have|has)(?: got)?|got|k/?c/?o|known case of", words, re.IGNORECASE):
        return Answer.YES
    if words.lower() == "past":
        return Answer.PAST
    found = next((answer for answer, known in _ANSWERS if re.fullmatch(known, words, re.IGNORECASE)), Answer.NO)
    is_long_past = (days_in(words) or 0) >= LONG_PAST or re.fullmatch(_FOR_YEARS, words, re.IGNORECASE)
    return Answer.OVER if found is Answer.PAST and is_long_past else found
