"""Run what docs/serving.md says of Datasette and DuckDB: `python scripts/serving.py`.

It exports the knowledge base into a folder of its own, serves the database with Datasette on a free port of this
computer, and asks Datasette and DuckDB the questions of the document, with its queries: which precautions concern
apixaban, and what matters for a deep tissue massage of the neck besides. Exit 1 means that an answer is not that of the
knowledge base and of `screen`. The server is stopped at the end.

DuckDB reads SQLite through an extension that it downloads; where it cannot, that query is left out.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import chdir, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import duckdb

from massharm import KnowledgeBase, screen
from massharm.kb.records import Medicine

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "serving.md"
MEDICINE = "apixaban"
REGION, TECHNIQUE = "neck", "deep-tissue"
PATIENCE = 60
"""The seconds that a server has to start."""

Rows = list[tuple[Any, ...]]
PLAN = "plan"
"""The query that asks for more than the precautions."""


def queries() -> dict[str, str]:
    """Return the queries of the document by their names."""
    text = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"<!-- query: (\w+) -->\n```sql\n(.*?)```", text, re.DOTALL))


def wanted(kb: KnowledgeBase) -> Rows:
    """Return the precautions of the medicine as the knowledge base has them: id, name, level and action."""
    medicines = [record for record in kb.records("medicine") if isinstance(record, Medicine)]
    found = [record for record in medicines if any(name.text == MEDICINE for name in record.names)]
    rows = [
        (record.id, record.name, record.action.level.value, record.action.text)
        for medicine in found
        for record in kb.precautions_of(medicine)
    ]
    return sorted(rows, key=repr)


def wanted_for_plan(kb: KnowledgeBase) -> Rows:
    """Return what matters for the medicine and the massage that is planned: the precautions and harms of `screen`.

    A row has a kind, an id, a grade, a text, whether it holds under circumstances only, and the numbers of its sources.
    """
    answer = screen(kb, f"{MEDICINE}, {REGION}, {TECHNIQUE}")
    rows: Rows = []
    for found in answer.results:
        record = kb.precaution(found.id)
        rows.append(("action", record.id, record.level.value, record.action.text, False, (*record.action.citations,)))
        rows += [
            ("advice", record.id, part.level.value, part.text, part.when is not None, part.citations)
            for part in record.advice
            if (not part.techniques or TECHNIQUE in part.techniques) and (not part.regions or REGION in part.regions)
        ]
    for harm in map(kb.harm, (part.id for part in (*answer.harms, *answer.reported))):
        rows.append(("harm", harm.id, harm.severity.value, harm.summary, False, kb.citations_of(harm)))
    return sorted((*row[:5], tuple(sorted(row[5]))) for row in rows)


def of_plan(rows: Rows) -> Rows:
    """Return rows of the query for a plan, with the numbers of the sources in order."""
    return sorted(
        (*row[:4], row[4] is not None, tuple(sorted(int(number) for number in (row[5] or "").split(", ") if number)))
        for row in rows
    )


def export(*words: str) -> None:
    """Run the `massharm export` of this checkout in the folder of the files."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-m", "massharm", "export", *words], check=True, env=environment)


def free_port() -> int:
    """Return a port of this computer that no program listens on."""
    with closing(socket.socket()) as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextmanager
def served(database: str) -> Iterator[str]:
    """Serve a database with Datasette; give its address, and stop this one process at the end."""
    port = free_port()
    command = [sys.executable, "-m", "datasette", "serve", database, "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def asked_of_datasette(address: str, query: str) -> Rows:
    """Return the rows of a query, once the server answers.

    Raises:
        OSError: it does not.
    """
    page = f"{address}/massharm.json?{urlencode({'sql': query.rstrip().rstrip(';'), '_shape': 'array'})}"
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(page, timeout=PATIENCE) as answer:  # noqa: S310 - the address is our own server
                return sorted((tuple(row.values()) for row in json.load(answer)), key=repr)
        except URLError as error:
            # A server that answers has started, whatever it says.
            if hasattr(error, "code") or time.monotonic() > end:
                raise
            time.sleep(0.1)


def asked_of_duckdb(query: str) -> Rows | None:
    """Return the rows of a query over the files in this folder; None where an extension cannot be had."""
    with duckdb.connect() as db:
        try:
            return sorted(db.execute(query).fetchall(), key=repr)
        except duckdb.IOException as error:
            if "extension" not in str(error):
                raise
            return None


def with_views() -> duckdb.DuckDBPyConnection:
    """Return a connection in which the CSV files here are called like the tables, by the code of the document."""
    (code,) = re.findall(r"<!-- run: views -->\n```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - it is our own document
    made: duckdb.DuckDBPyConnection = names["db"]
    return made


def answers() -> Iterator[tuple[str, Rows | None]]:
    """Yield what each program answers to its query, in the order of the document; of a plan twice."""
    asked = queries()
    plan = asked.pop(PLAN)
    export("--format", "sqlite", "-o", "massharm.sqlite")
    with served("massharm.sqlite") as address:
        yield "datasette", asked_of_datasette(address, asked.pop("datasette"))
        yield f"datasette, {PLAN}", of_plan(asked_of_datasette(address, plan))
    export("--format", "datapackage", "-o", "massharm.zip")
    with zipfile.ZipFile("massharm.zip") as archive:
        archive.extractall()
    with with_views() as db:
        yield f"duckdb, {PLAN}", of_plan(db.execute(plan).fetchall())
    for kind, rows in (("medicine", "medicines"), ("precaution", "precautions")):
        export(kind, "--format", "jsonl", "-o", f"{rows}.jsonl")
    for name, query in asked.items():
        yield f"duckdb, {name}", asked_of_duckdb(query)


def main() -> int:
    """Ask every program and compare."""
    os.environ.pop("MASSHARM_KB", None)
    kb, wrong = KnowledgeBase.load(), 0
    right, right_for_plan = wanted(kb), wanted_for_plan(kb)
    if not right:
        print(f"the knowledge base has no precaution for {MEDICINE}")
        return 1
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name, found in answers():
            if found is None:
                print(f"{name}: not tried, as its extension cannot be downloaded", flush=True)
                continue
            is_right = found == (right_for_plan if name.endswith(PLAN) else right)
            print(f"{name}: {'right' if is_right else f'WRONG: {found}'}", flush=True)
            wrong += not is_right
    print(f"{MEDICINE}: {'; '.join(' | '.join(row) for row in right)}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
