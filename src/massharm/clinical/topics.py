"""Topics: labels that name only an organ or a measure, and what they mean with their values: "Heart: yes"."""

from massharm.clinical.forms import Answer
from massharm.clinical.patterns import Pattern
from massharm.search.analysis import Token, analyse

_BEFORE_BRACKETS = 60
"""The characters before a bracket in which a dose may stand."""
_TOPICS = {
    ("bp",): "high blood pressure",
    ("b", "p"): "high blood pressure",
    ("blood", "pressure"): "high blood pressure",
    ("pressure",): "high blood pressure",
    ("heart",): "heart problems",
    ("sugar",): "diabetes",
    ("veins",): "varicose veins",
    ("clots",): "blood clots",
    ("kidneys",): "kidney disease",
    ("liver",): "liver disease",
    ("fits",): "has fits",
}
"""What a yes means behind a label that names only an organ or a measure."""
_ASKING_FOR = frozenset({"do", "you", "have", "your", "any", "got"})
"""Words before such a label where it is a question."""
_TREATED = Pattern(
    r"\s*(?:on|takes?|taking|tablets?|meds?|medication|controlled|raised|borderline|up and down|a bit (?:high|up)"
    r"|yes|yep|yeah|aye|terrible|awful|dreadful|bad|poor|dodgy|shot)\b"
)
"""A value behind such a label that says yes: what is treated is there."""
_PRESSURES = {words for words, meant in _TOPICS.items() if meant == "high blood pressure"}
_MEANT_TOGETHER = (
    (
        _PRESSURES,
        Pattern(
            r"(?:always |usually |often |sometimes )?"
            r"(?:low|drops|falls|dips|goes (?:low|down)|runs low|on the low side)\b"
        ),
        "low blood pressure",
    ),
    (
        {("skin",), ("her", "skin"), ("his", "skin"), ("skin", "condition"), ("skin", "type")},
        Pattern(
            r"(?:very |quite )?(?:paper[- ]thin|fragile|thin and|frail|tears (?:easily|like)|like (?:tissue )?paper)\b"
        ),
        "fragile skin",
    ),
    (
        {("pressure", "areas"), ("pressure", "area"), ("pressure", "sores"), ("pressure", "risk"), ("waterlow",)},
        Pattern(r"(?:very )?(?:high risk|at risk|(?:waterlow|score)[ :=]*[12]\d)\b"),
        "risk of pressure ulcers",
    ),
)
"""Labels with what their value begins with, and what both say together."""
_OF_A_MEDICINE = Pattern(r"\d[ ]?(?:mg|mcg|g)?\b[^()\n]{0,20}\([ ]*$", needs=("(",))
"""A dose, and the bracket that says what for: "ramipril 5 mg (blood pressure)"."""
_PRESSURE_PILL = r"\w*(?:pril|sartan|dipine|olol|thiazide|ipamide|[ax]azosin|spironolactone|methyldopa)"
"""A medicine against high blood pressure, by the stem of its international non-proprietary name."""
_CONTROLLED = Pattern(
    r"\b(?:blood pressure|bp)(?:'s| is)? (?:\w+ )?"
    r"(?:fine|ok|okay|good|normal|controlled|stable|down|under control|managed|treated)"
    r" (?:as long as|while|when|if|because|since|thanks to|with|on|by)\b[^.;\n]*"
    rf"\b(?:takes?|taking|tablets?|meds?|medication|medicine|pills?|{_PRESSURE_PILL})\b"
    rf"|\b(?:blood pressure|bp)[ .:-]{{1,4}}(?:on |takes )?{_PRESSURE_PILL}\b"
    rf"|\b{_PRESSURE_PILL}\b[^.;\n]{{0,20}}\bfor (?:the |my |his |her )?pressure\b(?! (?:sores?|areas?|ulcers?))",
    needs=("pressure", "bp"),
)
"""A blood pressure that is normal only with a medicine."""


def with_topic(text: str, start: int, end: int, tokens: tuple[Token, ...], answer: Answer | None) -> tuple[Token, ...]:
    """Return the tokens of a part with the condition that a label means which names only an organ or a measure.

    It does where it is answered with yes, or its value tells of a treatment: "Heart: yes", "BP: on ramipril".
    """
    behind = text[end:].lstrip(" .,:=-\u2013")
    if answer is None and (meant := _meant_by(_words(tokens), behind.lstrip("? "))):
        return analyse(meant)
    if (
        answer is None
        and _words(tokens) in _PRESSURES
        and _OF_A_MEDICINE.search(text, max(0, start - _BEFORE_BRACKETS), start)
    ):
        return analyse("high blood pressure")
    if answer is None and _CONTROLLED.search(text, start, end):
        return (*tokens, *analyse("high blood pressure"))
    topic = _topic(tokens)
    said = behind.partition("\n")[0].lstrip("? ")
    if topic and (answer is Answer.YES or (answer is None and (_TREATED.match(behind) or _TREATED.match(said)))):
        return topic
    label, sign, value = text[start:end].partition(":")
    own = tuple(token for token in tokens if token.end <= start + len(label))
    topic = _topic(own) if sign else ()
    if topic and _TREATED.match(value):
        return (*topic, *tokens[len(own) :])
    return tokens


def _meant_by(label: tuple[str, ...], value: str) -> str:
    """Return what a label and the beginning of its value say together, where neither says it alone."""
    found = (meant for labels, pattern, meant in _MEANT_TOGETHER if label in labels and pattern.match(value))
    return next(found, "")


def _words(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens)


def _topic(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the condition that such a label means; of another label nothing."""
    words = _words(tokens)
    while words and words[0] in _ASKING_FOR:
        words = words[1:]
    found = _TOPICS.get(words)
    return analyse(found) if found else ()
