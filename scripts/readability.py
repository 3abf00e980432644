"""Measure how easy the texts of the knowledge base are to read: the Flesch-Kincaid grade of summaries and plain texts.

    python scripts/readability.py            # the medians, and the ten hardest texts of each kind
    python scripts/readability.py --check    # exit 1 where a median is above its limit

The grade is 0.39 * words per sentence + 11.8 * syllables per word - 15.59 (Kincaid JP et al., 1975, Derivation of new
readability formulas for Navy enlisted personnel). Clinical names count as they are. Syllables are runs of vowels; a
silent e at the end counts none.
"""

import argparse
import re
import sys
from collections.abc import Iterable
from statistics import median

from massharm import KnowledgeBase

LIMITS = {"summaries of harms": 9.0, "plain texts": 7.0}
"""The highest median grade of each kind of text."""
_SENTENCE = re.compile(r"[.!?;:]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")


def syllables(word: str) -> int:
    """Count the syllables of an English word, at least one."""
    word = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", word))
    is_silent = word.endswith("e") and not word.endswith(("le", "ee")) and count > 1
    return max(1, count - is_silent)


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text, in years of school."""
    words = _WORD.findall(text)
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    if not words or not sentences:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def texts(kb: KnowledgeBase) -> dict[str, list[tuple[str, str]]]:
    """Return the texts of each kind, each with the id of its record."""
    plain = [(record.id, record.plain.text) for record in kb.file.harms if record.plain]
    plain += [(record.id, record.plain.text) for record in kb.file.signs if record.plain]
    plain += [(record.id, record.plain.text) for record in kb.file.precautions if record.plain]
    return {"summaries of harms": [(harm.id, harm.summary) for harm in kb.file.harms], "plain texts": plain}


def main(words: Iterable[str] | None = None) -> int:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="judge only")
    options = parser.parse_args(None if words is None else list(words))
    failed = False
    for kind, found in texts(KnowledgeBase.load()).items():
        grades = sorted(((grade(text), record_id, text) for record_id, text in found), reverse=True)
        middle = median(value for value, *_ in grades)
        failed |= middle > LIMITS[kind]
        print(f"{kind}: median grade {middle:.1f} of {len(grades)} (limit {LIMITS[kind]:g})")
        for value, record_id, text in grades[:10] if not options.check else ():
            print(f"  {value:5.1f}  {record_id}: {text}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
