"""Contractions: what "does not" says is what "doesn't" says, in a description and in a name."""

import re

CONTRACTED: dict[str, str] = {
    "will": "won't",
    "can": "can't",
    "could": "couldn't",
    **{verb: f"{verb}n't" for verb in ("do", "does", "did", "is", "are", "was", "were", "has", "have", "would")},
}
"""Auxiliaries, each with what it is together with "not"."""
_FOLDED = {f"{verb} not": written.replace("'", "") for verb, written in CONTRACTED.items()} | {"cannot": "cant"}
_FULL = re.compile(rf"\b(?:{'|'.join(_FOLDED)})\b")


def contracted(folded: str) -> str:
    """Return a folded text with its contractions: "rash does not fade" becomes "rash doesnt fade"."""
    return _FULL.sub(lambda found: _FOLDED[found[0]], folded) if "not" in folded else folded
