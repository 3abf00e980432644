"""Let pandoc read every citation from BibTeX, RIS and CSL-JSON, and cite it; exit 1 where something is lost.

Run it where massharm is installed: `python benchmarks/pandoc.py`. Without pandoc on the PATH it says so and exits 0.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from massharm import KnowledgeBase
from massharm.citations.bibtex import bibtex
from massharm.citations.csl import csl_json
from massharm.citations.ris import ris
from massharm.text import fold

Item = dict[str, Any]

# The fields that pandoc takes from each format, by its name of the format; from RIS it takes no PMID.
FIELDS = {
    "bibtex": ("title", "container-title", "page", "volume", "issue", "DOI", "PMID", "PMCID", "URL"),
    "ris": ("title", "container-title", "page", "volume", "issue", "DOI", "URL"),
    "csljson": ("title", "container-title", "page", "volume", "issue", "DOI", "PMID", "PMCID", "URL"),
}
# Where pandoc puts `howpublished` of BibTeX, and the `number` of works that are no articles.
ALTERNATIVES = {"container-title": "publisher", "issue": "number"}
SUFFIXES = {"bibtex": "bib", "ris": "ris", "csljson": "json"}


def run_pandoc(*arguments: str, text: str) -> str:
    """Return what pandoc prints, or nothing if it fails; its warnings go to standard error."""
    command = [shutil.which("pandoc") or "pandoc", *arguments]
    ran = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=False)
    sys.stderr.write(ran.stderr)
    return ran.stdout if ran.returncode == 0 else ""


def unread(form: str, text: str, items: list[Item]) -> Iterator[str]:
    """Yield the entries, lists of authors and fields that pandoc does not read as they were written."""
    read = {item["id"]: item for item in json.loads(run_pandoc("-f", form, "-t", "csljson", text=text) or "[]")}
    for item in items:
        if item["id"] not in read:
            yield item["id"]
            continue
        found = read[item["id"]]
        for field in FIELDS[form]:
            if field in item and not is_same(item, found, field):
                yield f"{item['id']}: {field}"
        if len(item.get("author", [])) != len(found.get("author", [])):
            yield f"{item['id']}: author"


def is_same(item: Item, found: Item, field: str) -> bool:
    """Whether a field was read as it was written, apart from punctuation, mark-up and capitals."""
    values = (found.get(field), found.get(ALTERNATIVES.get(field, field)))
    return fold(item[field]) in {fold(re.sub(r"<[^>]*>", "", str(value))) for value in values}


def uncited(form: str, text: str, items: list[Item]) -> Iterator[str]:
    """Yield the entries that are missing in a list of references made with `--citeproc`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"all.{SUFFIXES[form]}"
        path.write_text(text, encoding="utf-8")
        options = ("--citeproc", "--bibliography", str(path), "-t", "html")
        page = run_pandoc(*options, text="---\nnocite: '@*'\n---\n")
    for item in items:
        if f'id="ref-{item["id"]}"' not in page:
            yield f"{item['id']}: not cited"


def main() -> int:
    """Print a line a format; return 1 if anything is lost."""
    if shutil.which("pandoc") is None:
        print("pandoc is not installed: nothing was checked")
        return 0
    kb = KnowledgeBase.load()
    citations, article = kb.file.citations, kb.by_number[0]
    items: list[Item] = csl_json(citations, article)
    texts = {
        "bibtex": f"{bibtex(citations, article)}\n",
        "ris": f"{ris(citations, article)}\n",
        "csljson": json.dumps(items),
    }
    failed = False
    for form, text in texts.items():
        lost = [*unread(form, text, items), *uncited(form, text, items)]
        failed = failed or bool(lost)
        print(f"{form:8} {len(items)} citations, {len(lost)} lost", *lost[:10], sep="\n    " if lost else " ")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
