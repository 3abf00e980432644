"""Write CITATION.cff, which says how to cite the knowledge base: `python scripts/citation.py`.

The title, the edition and the day of the last review come from the knowledge base; the author and the keywords come
from pyproject.toml. With --check, nothing is written, and exit 1 means that the file is out of date.
The format is the Citation File Format 1.2.0.
"""

import json
import sys
import tomllib
from pathlib import Path

from massharm import KnowledgeBase

ROOT = Path(__file__).parents[1]
FILE = ROOT / "CITATION.cff"


def citation(kb: KnowledgeBase) -> str:
    """Return the content of CITATION.cff for an edition of the knowledge base."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        "# Written by scripts/citation.py; do not edit by hand.",
        "cff-version: 1.2.0",
        "message: If you use this knowledge base, please cite it as follows.",
        "type: dataset",
        f"title: {quoted(kb.file.title)}",
        "authors:",
        *(f"  - name: {quoted(author['name'])}" for author in project["authors"]),
        f"version: {quoted(kb.edition)}",
        f"date-released: {kb.reviewed}",
        "license: CC-BY-4.0",
        "keywords:",
        *(f"  - {quoted(word)}" for word in project["keywords"]),
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a text as a quoted YAML string: a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)


def main() -> int:
    """Write the file, or with --check only compare it."""
    current = citation(KnowledgeBase.load(ROOT / "data" / "harms.json"))
    if FILE.exists() and FILE.read_text(encoding="utf-8") == current:
        return 0
    if "--check" in sys.argv[1:]:
        print("CITATION.cff is out of date; update it with: python scripts/citation.py")
        return 1
    FILE.write_text(current, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
