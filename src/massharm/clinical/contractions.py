"""Contractions: what "does not" says is what "doesn't" says, in a description and in a name."""

import re

from massharm.clinical.patterns import Pattern

CONTRACTED: dict[str, str] = {
    "will": "won't",
    "can": "can't",
    "could": "couldn't",
    **{verb: f"{verb}n't" for verb in ("do", "does", "did", "is", "are", "was", "were", "has", "have", "would")},
}
"""Auxiliaries, each with what it is together with "not"."""
SAME_AS_NOT = frozenset(
    CONTRACTED[verb].replace("'", "") for verb in ("do", "does", "did", "is", "are", "was", "were", "has", "have")
)
"""Contractions, folded, that say no more than "not": "isn't moving" is "not moving"."""
DIALECT: dict[str, str] = {
    **{
        f"{verb}nae": f"{verb}n't"
        for verb in ("did", "does", "is", "are", "was", "were", "has", "have", "could", "would")
    },
    "cannae": "can't",
    "canna": "can't",
    "dinnae": "don't",
    "dinna": "don't",
    "willnae": "won't",
    "winnae": "won't",
    "aint": "isn't",
}
"""Contractions of Scotland and of everyday speech, each with the common one."""
_FOLDED = {f"{verb} not": written.replace("'", "") for verb, written in CONTRACTED.items()} | {"cannot": "cant"}
_FOLDED |= {word: written.replace("'", "") for word, written in DIALECT.items()}
_FULL = Pattern(rf"\b(?:{'|'.join(_FOLDED)})\b", re.NOFLAG)


def contracted(folded: str) -> str:
    """Return a folded text with its contractions: "rash does not fade" becomes "rash doesnt fade"."""
    is_likely = "not" in folded or "nae" in folded or "nna" in folded or "aint" in folded  # most texts have none
    return _FULL.sub(lambda found: _FOLDED[found[0]], folded) if is_likely else folded
