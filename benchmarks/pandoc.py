"""Let pandoc read every citation in our BibTeX, RIS and CSL-JSON, and cite it; exit 1 where an entry is lost.

Run it where massharm is installed: `python benchmarks/pandoc.py`. Without pandoc on the PATH it says so and exits 0.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from massharm import KnowledgeBase
from massharm.citations.bibtex import bibtex
from massharm.citations.csl import csl_json
from massharm.citations.ris import ris
from massharm.kb.records import Citation
from massharm.text import fold

# What is read must be what was given, where pandoc takes it from the format (it takes no PMID from RIS).
FIELDS = {
    "bibtex": ("title", "container-title", "page", "volume", "issue", "DOI", "PMID", "PMCID", "URL"),
    "ris": ("title", "container-title", "page", "volume", "issue", "DOI", "URL"),
    "csljson": ("title", "container-title", "page", "volume", "issue", "DOI", "PMID", "PMCID", "URL"),
}
# Where pandoc reads `howpublished`, and the `number` of what is no article.
ELSEWHERE = {"container-title": "publisher", "issue": "number"}


def written(form: str, citations: tuple[Citation, ...], article: Citation) -> str:
    """Give the citations in a format, by pandoc's name of it."""
    if form == "csljson":
        return json.dumps(csl_json(citations, article))
    return {"bibtex": bibtex, "ris": ris}[form](citations, article) + "\n"


def pandoc(*words: str, text: str) -> str:
    """Run pandoc and give what it prints; what it complains of is shown."""
    command = [shutil.which("pandoc") or "pandoc", *words]
    ran = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=False)
    sys.stderr.write(ran.stderr)
    return ran.stdout if ran.returncode == 0 else ""


def lost(form: str, text: str, items: list[dict[str, Any]]) -> list[str]:
    """Name what pandoc does not read again: entries, numbers of authors, fields."""
    read = {item["id"]: item for item in json.loads(pandoc("-f", form, "-t", "csljson", text=text) or "[]")}
    missing = [item["id"] for item in items if item["id"] not in read]
    for item in (item for item in items if item["id"] in read):
        found = read[item["id"]]
        missing += [
            f"{item['id']}: {field}" for field in FIELDS[form] if field in item and not same(item, found, field)
        ]
        if len(item.get("author", [])) != len(found.get("author", [])):
            missing.append(f"{item['id']}: author")
    return missing


def same(given: dict[str, Any], read: dict[str, Any], field: str) -> bool:
    """Tell whether a field was read as it was given, but for marks, spans and capitals."""
    values = (read.get(field), read.get(ELSEWHERE.get(field, field)))
    return fold(given[field]) in {fold(re.sub(r"<[^>]*>", "", str(value))) for value in values}


def uncited(form: str, text: str, items: list[dict[str, Any]]) -> list[str]:
    """Name the entries that do not reach a list of references made with `--citeproc`."""
    suffix = {"bibtex": "bib", "ris": "ris", "csljson": "json"}[form]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"all.{suffix}"
        place.write_text(text, encoding="utf-8")
        page = pandoc("--citeproc", "--bibliography", str(place), "-t", "html", text="---\nnocite: '@*'\n---\n")
    return [f"{item['id']}: not cited" for item in items if f'id="ref-{item["id"]}"' not in page]


def main() -> int:
    """Print a line a format and tell whether nothing is lost."""
    if shutil.which("pandoc") is None:
        print("pandoc is not installed: nothing was checked")
        return 0
    kb = KnowledgeBase.load()
    items = csl_json(kb.file.citations, kb.by_number[0])
    failed = False
    for form in FIELDS:
        text = written(form, kb.file.citations, kb.by_number[0])
        missing = lost(form, text, items) + uncited(form, text, items)
        failed = failed or bool(missing)
        print(f"{form:8} {len(items)} citations, {len(missing)} lost", *missing[:10], sep="\n    " if missing else " ")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
