"""Inflections: forms of one word that its stem does not tell, such as "swollen" and "tightness"."""

from massharm.search.analysis import StemTable, stem

_FORMS = """
be am are is was were been being
begin began begun
bend bent
bite bitten
bleed bled
blind blindness
blow blew blown
blue bluish
blur blurred blurry
break broke broken
burn burnt
cant cannot couldnt cudnt
clammy clamminess
clumsy clumsiness
come came
confuse confused confusion
constrict constricted constriction
deaf deafness
die died dying
dim dimmer dimness
dizzy dizziness
drink drank drunk
drive drove driven
droop drooping droopy
drowsy drowsiness
eat ate eaten
faint faintness
fall fell fallen
feel felt
fever feverish
floppy floppiness
get got gotten
give gave given
go goes going gone went
grow grew grown
hang hung
hard harden harder hardness
have had has having
hear heard
heavy heavier heaviness
itch itchy itchiness itching
keep kept
limp limpness
lose losing loss lost
nausea nauseous nauseated
numb numbness
pale paler paleness
paralyse paralysis
puffy puffiness
red redden redness
rise rose risen
run ran
see saw seen
shake shaken shaky shakiness shook
shoot shot
short shortness
sit sat
sleep slept
slide slid
slur slurred slurry
sore soreness
speak spoke spoken
spin span spun
stand stood
stick stuck
stiff stiffen stiffer stiffness
strike struck stricken
sweat sweaty sweatiness
swell swelled swollen swole swolen
take took taken
tear tore torn
tender tenderness
thick thicken thicker
throw threw thrown
tight tighten tighter tightness
unconscious unconsciousness
unsteady unsteadiness
wake woke woken
weak weaken weaker weakness
wheeze wheezy wheeziness
wont wouldnt
yellow yellowish
"""
"""Forms of one word, one word a line: irregular ones, and the noun and the verb of an adjective.

Those of two words, such as "left", are not here, nor is a form that is another word, such as "number".
"""

_PLURALS = """
calf calves
child children
foot feet
man men
tooth teeth
wife wives
woman women
"""
"""Irregular plurals: two feet are not one foot, where it matters whether a limb is meant or both."""


_CLINICAL = """
bruise ecchymosis ecchymoses ecchymotic
cough expectorate expectorating
drowsy somnolent somnolence
faint syncope syncopal
headache cephalgia cephalalgia
itch pruritus pruritic
vomit emesis
weak paresis paretic
"""
"""Everyday words, each with the words by which a clinician says the same, one a line."""

_APART = {"sleepy": "sleepy", "sleepiness": "sleepy", "spotting": "spotting"}
"""Words with the stem of another one, and what they are compared as: a spot is no spotting."""
_BY_FORM, _BY_PLURAL, _BY_CLINICAL_WORD = (
    StemTable((word, line) for line in table.split("\n") for word in line.split())
    for table in (_FORMS, _PLURALS, _CLINICAL)
)
"""By a form of a word the line that holds it."""


def base(word: str) -> str:
    """Return the form in which a folded word is compared: its stem, or the first form of the word that it is of.

    A clinician's word is that of the everyday word: "emesis" is "vomit".
    """
    if word in _APART:
        return _APART[word]
    own = stem(word)
    if everyday := _BY_CLINICAL_WORD.get(own):
        own = stem(everyday.split(maxsplit=1)[0])
    line = _BY_PLURAL.get(own) or _BY_FORM.get(own)
    return stem(line.split(maxsplit=1)[0]) if line else own


def forms(own: str) -> tuple[str, ...]:
    """Return the stems of all forms of a word whose stem is given, but for an irregular plural."""
    line = _BY_FORM.get(own)
    return tuple(dict.fromkeys(map(stem, line.split()))) if line else (own,)
