"""Functions: labels of a form that ask for what the body does, and what a no to them says was lost."""

from itertools import pairwise

from msgspec.structs import replace

from massharm.clinical.triggers import NEGATION_TRIGGERS, TROUBLE
from massharm.search.analysis import Token, analyse


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FUNCTIONS = _words(
    "feeling sensation pulse urine movement movements vision sight control strength power grip response"
)
"""What a body does: a form that answers no to it tells of a loss."""
_SENSED = _words("feeling sensation movement movements control power strength grip")
"""Those of them of which "not normal" tells of a loss: a pulse that is not normal may be irregular."""
_PLACING = _words("in of at to below over on since from around round between when after passed")
"""Words behind a function that say where or when it is."""
_FEELINGS = frozenset({("feeling", "of"), ("sensation", "of"), ("urine", "on"), ("urine", "in")})
"""What is a complaint, and no function: "feeling of pressure"."""
_ONGOING = _words(
    "passing moving feeding breathing speaking talking walking swallowing drinking waking kicking bearing"
)
"""What goes on as long as somebody is well."""
_ALL_OF_IT = _words("all both urine water weight")
"""Words behind one of these by which it is a function, whether or not it is said to be normal."""
_NORMAL = _words("normal normally usual usually properly fully ok okay fine well clearly freely intact present always")
"""Words by which a label asks whether all is as it should be."""
_ABLE = _words("can able")
_ASKING = _ABLE | _words("are is was do does did have has you your the client patient he she they still any to my")
"""The words that a question begins with."""
_TROUBLED = TROUBLE | _words("lost change changes changed altered reduced less abnormal odd strange painful")
"""Words by which a label asks for a trouble: no denies it, as in "speech trouble: no"."""


def lost(label: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the words of a label as the loss that a no to it tells of; of a label that asks for no function none.

    "Feeling in both legs", "Baby moving as usual" and "Can you pass urine" ask for one; "Breathing" may ask for a
    trouble.
    """
    words = [token.folded for token in label]
    if not (_TROUBLED | NEGATION_TRIGGERS).isdisjoint(words):
        return ()
    kept = [
        token
        for token, after in pairwise((*label, None))
        if token and token.folded not in _NORMAL and not (token.folded == "as" and after and after.folded in _NORMAL)
    ]
    is_normal = len(kept) < len(label)
    asked = 0
    while asked < len(kept) and kept[asked].folded in _ASKING:
        asked += 1
    is_able = any(token.folded in _ABLE for token in kept[:asked])
    kept = kept[asked:]
    if not kept:
        return ()
    if is_able:
        return (_said("cannot", kept[0]), *kept)
    return _stopped(kept, is_normal=is_normal) or _missing(kept, is_normal=is_normal)


def _stopped(kept: list[Token], *, is_normal: bool) -> tuple[Token, ...]:
    """Return words with "not" before what no longer goes on: "baby moving"."""
    for place, token in enumerate(kept):
        after = kept[place + 1].folded if place + 1 < len(kept) else ""
        if token.folded in _ONGOING and (is_normal or after in _ALL_OF_IT):
            return (*kept[:place], _said("not", token), *kept[place:])
    return ()


def _missing(kept: list[Token], *, is_normal: bool) -> tuple[Token, ...]:
    """Return words with "no" before what is not there: "feeling in both legs"."""
    first, second = kept[0].folded, kept[1].folded if len(kept) > 1 else ""
    is_complaint = (first, second) in _FEELINGS
    is_function = (first in _SENSED if is_normal else second in _PLACING) and first in _FUNCTIONS
    is_under_control = any(one.folded == "under" and two.folded == "control" for one, two in pairwise(kept))
    return (_said("no", kept[0]), *kept) if (is_function and not is_complaint) or is_under_control else ()


def _said(word: str, before: Token) -> Token:
    """Return a word that stands at the place of another."""
    return replace(analyse(word)[0], start=before.start, end=before.start)
