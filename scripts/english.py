"""Make the list of common English words, most frequent first, from the frequency dictionary of SymSpell.

That dictionary is the intersection of the Google Books Ngram data (CC BY 3.0) and SCOWL (see `docs/data.md`). It comes
with the package `symspellpy`, which nothing else here needs: python scripts/english.py PATH/frequency_dictionary.txt
"""

import sys
from pathlib import Path

WORDS, SHORTEST = 30_000, 3
"""How many words the list has, and the letters that a word has at least: shorter ones are never corrected."""
TARGET = Path(__file__).parents[1] / "src" / "massharm" / "search" / "english.txt"


def main(source: Path) -> None:
    """Write the words, one a line, the most frequent first."""
    counted = (line.split() for line in source.read_text(encoding="utf-8-sig").splitlines())
    pairs = sorted(((word, int(count)) for word, count in counted), key=lambda pair: (-pair[1], pair[0]))
    words = [word for word, _ in pairs if len(word) >= SHORTEST and word.isascii() and word.isalpha()]
    TARGET.write_text("\n".join(words[:WORDS]) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
