"""Inflections: forms of one word that its stem does not tell, such as "swollen" and "tightness"."""

import re

from massharm.search.analysis import StemTable, stem

_FORMS = """
be am are is was were been being
begin began begun
bend bending bent
bite biting bitten
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
cry cried cries crying
deaf deafness
die died dying
dim dimmer dimness
dizzy dizziness
drink drank drunk
drive driving drove driven
droop drooping droopy
drowsy drowsiness
eat ate eaten eating
faint faintness
fall falling fell fallen
feel felt
fever feverish
floppy floppiness
get getting got gotten
give gave given giving
go goes going gone went
grow grew grown
hang hanging hung
hard harden harder hardness
have had has having
hear heard
heavy heavier heaviness
hold held holding holds
hurt hurts hurting
itch itchy itchiness itching
keep keeping kept
lie lies lying
limp limpness
lose losing loss lost
nausea nauseous nauseated
numb numbness
pale paler paleness
paralyse paralysis
puffy puffiness
red redden redness
rise rising rose risen
run ran
see saw seen
shake shaken shaky shakiness shook
shoot shot
short shortness
sink sank sinking sunk
sit sat sitting
sleep slept
slide sliding slid
slur slurred slurry
sore soreness
speak spoke spoken
spin span spun
stand stood
stick stuck
stiff stiffen stiffer stiffness
stop stopping stops
strike struck stricken
sweat sweaty sweatiness
swell swelled swollen swole swolen
take taking took taken
tear tore torn
tender tenderness
thick thicken thicker
throw threw thrown
tight tighten tighter tightness
try tried tries trying
unconscious unconsciousness
unsteady unsteadiness
use uses using
wake waking woke woken
weak weaken weaker weakness
weep weeping wept
wheeze wheezy wheeziness
wont wouldnt
write writing written wrote
yellow yellowish
"""
"""Forms of one word, one word a line: irregular ones, and the noun and the verb of an adjective.

Those of two words, such as "left", are not here, nor is a form that is another word, such as "number".
"""

_VERBS = """
bang barf bash bump buzz chew clutch conk curl dart daze dribble drool fade fizz flap flop foam gag gasp gulp
gush heave howl hurl jab jam jet jolt jump keel kick lick lift lock loll lunge moan move need nod obey ooze pant pass
pee peel ping poke poo poop pour puke pull pulse pump push raise reel retch rip roll rouse rub sag sear seep seize sip
smile snap soak sob spew spike stay sway talk thump tilt tip turn twitch veer wail walk want wipe work wriggle yell
zap zing
"""
"""Regular verbs whose forms are too short for the stemmer: `moving` and `moved` are `move`."""

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
_HISSING = ("s", "sh", "ch", "zz")
_NOT_DOUBLED = re.compile(r"[aeiou]{2}.$|[aeiouwy]$|[^aeiou]{2}$")
"""The ends of words that stay single before an ending: `soak`, `move`, `jump`."""


def _verb(word: str) -> str:
    """Return the forms of a regular verb on a line: `moves`, `moving` and `moved` of `move`."""
    doubled = "" if _NOT_DOUBLED.search(word) else word[-1]
    past = f"{word.removesuffix('e')}{doubled}"
    present = word if word.endswith("ee") else past
    return f"{word} {word}{'es' * word.endswith(_HISSING)} {present}ing {past}ed"


_BY_FORM, _BY_PLURAL, _BY_CLINICAL_WORD = (
    StemTable((word, line) for line in lines for word in line.split())
    for lines in ((*_FORMS.split("\n"), *map(_verb, _VERBS.split())), _PLURALS.split("\n"), _CLINICAL.split("\n"))
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
