"""Run what docs/serving.md says of Datasette and DuckDB: `python scripts/serving.py`.

It exports the knowledge base into a folder of its own, serves the database with Datasette on a free port of this
computer, and asks Datasette and DuckDB which precautions concern apixaban, with the queries of the document. Exit 1
means that an answer is not that of the knowledge base. The server is stopped at the end.

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
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import duckdb

from massharm import KnowledgeBase
from massharm.kb.records import Medicine

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "serving.md"
MEDICINE = "apixaban"
PATIENCE = 60
"""The seconds that a server has to start."""

Rows = list[tuple[str, ...]]


def queries() -> dict[str, str]:
    """Return the queries of the document by their names."""
    text = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"<!-- query: (\w+) -->\n```sql\n(.*?)```", text, re.DOTALL))


def wanted(kb: KnowledgeBase) -> Rows:
    """Return the precautions of the medicine as the knowledge base has them: id, name, level and action."""
    medicines = [record for record in kb.records("medicine") if isinstance(record, Medicine)]
    found = [record for record in medicines if any(name.text == MEDICINE for name in record.names)]
    return sorted(
        (record.id, record.name, record.action.level.value, record.action.text)
        for medicine in found
        for record in kb.precautions_of(medicine)
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
                return sorted(tuple(row.values()) for row in json.load(answer))
        except URLError as error:
            # A server that answers has started, whatever it says.
            if hasattr(error, "code") or time.monotonic() > end:
                raise
            time.sleep(0.1)


def asked_of_duckdb(query: str) -> Rows | None:
    """Return the rows of a query over the files in this folder; None where an extension cannot be had."""
    with duckdb.connect() as db:
        try:
            return sorted(db.execute(query).fetchall())
        except duckdb.IOException as error:
            if "extension" not in str(error):
                raise
            return None


def answers() -> Iterator[tuple[str, Rows | None]]:
    """Yield what each program answers to its query, in the order of the document."""
    asked = queries()
    export("--format", "sqlite", "-o", "massharm.sqlite")
    with served("massharm.sqlite") as address:
        yield "datasette", asked_of_datasette(address, asked.pop("datasette"))
    export("--format", "datapackage", "-o", "massharm.zip")
    with zipfile.ZipFile("massharm.zip") as archive:
        archive.extractall()
    for kind, rows in (("medicine", "medicines"), ("precaution", "precautions")):
        export(kind, "--format", "jsonl", "-o", f"{rows}.jsonl")
    for name, query in asked.items():
        yield f"duckdb, {name}", asked_of_duckdb(query)


def main() -> int:
    """Ask every program and compare."""
    os.environ.pop("MASSHARM_KB", None)
    right, wrong = wanted(KnowledgeBase.load()), 0
    if not right:
        print(f"the knowledge base has no precaution for {MEDICINE}")
        return 1
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name, found in answers():
            if found is None:
                print(f"{name}: not tried, as its extension cannot be downloaded", flush=True)
                continue
            print(f"{name}: {'right' if found == right else f'WRONG: {found}'}", flush=True)
            wrong += found != right
    print(f"{MEDICINE}: {'; '.join(' | '.join(row) for row in right)}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
