"""Compare massharm's search with what somebody would use instead, over the same records and queries.

Run it in an environment where massharm is installed, after `pip install -r benchmarks/requirements.txt`:
`python benchmarks/quality.py`. Each query names the records that answer it; a query without any must
find nothing. massharm refuses by itself. For each peer a least score is chosen on the tune half, the one
with the best mean of success at 1 and refusal rate; all that is printed was measured on the report half.
A peer whose package is missing is left out, and a line says so.

`--misses` lists instead where massharm fails; look at the tune half only, so that the other stays unseen.
`--gate` measures massharm alone, on both halves, and fails where a share is below its floor.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from peers import LIMIT, PEERS, Document, Found, Search

from massharm import KnowledgeBase
from massharm.clinical.enquiry import find
from massharm.errors import WrongUse
from massharm.kb.records import strings

QUERIES = Path(__file__).with_name("queries.json")


class Shares(NamedTuple):
    """The shares of the answers that are right: of answerable queries at rank 1 and within 3, of others refused."""

    at_1: float
    at_3: float
    refused: float


REAL = Path(__file__).with_name("real.json")
QUESTIONS = Path(__file__).with_name("questions.json")
ASKED = Path(__file__).with_name("asked.json")
LATER = Path(__file__).with_name("later.json")
FLOORS = {
    QUERIES: {"tune": Shares(0.890, 0.952, 0.960), "report": Shares(0.906, 0.953, 0.922)},
    REAL: {"tune": Shares(0.834, 0.949, 0.872), "report": Shares(0.680, 0.880, 0.862)},
    QUESTIONS: {"tune": Shares(0.873, 0.945, 0.877), "report": Shares(0.798, 0.911, 0.93)},
    ASKED: {"tune": Shares(0.89, 0.938, 0.93), "report": Shares(0.76, 0.86, 0.76)},
    LATER: {"tune": Shares(0.80, 0.84, 0.96), "report": Shares(0.71, 0.80, 0.725)},
}
"""About two points below what the search of edition 2026.4 reached on each half.

The first queries were written by people who knew the knowledge base, the others are in real people's words, gathered by
somebody who had not seen it; those of `QUESTIONS` came later, and its report half last of all. Those of `ASKED` are of
four writers who knew the titles of the records alone, and spread over all of them; the third is the report half. Those
of `LATER` are of two such writers more.
"""


class Query(msgspec.Struct, frozen=True):
    """What somebody types, and the ids of the records of which any is right; none means: find nothing."""

    query: str
    group: str = msgspec.field(name="class")
    expect: tuple[str, ...]
    half: Literal["tune", "report"]


class Answer(NamedTuple):
    """A query and what one engine found for it, best first."""

    query: Query
    found: Found


class Result(NamedTuple):
    """How an engine did: its least score, its answers on the report half, and its milliseconds a query."""

    engine: str
    cutoff: float
    answers: list[Answer]
    milliseconds: float


def read(path: Path, kb: KnowledgeBase) -> list[Query]:
    """Read the queries; an expected id that no record has would be a miss of every engine."""
    queries = msgspec.json.decode(path.read_bytes(), type=list[Query])
    unknown = sorted({name for query in queries for name in query.expect if name not in kb.by_id})
    if unknown:
        sys.exit(f"{path}: no record has the id {', '.join(unknown)}")
    return queries


def documents(kb: KnowledgeBase) -> list[Document]:
    """Give every record as the peers get it."""
    return [
        Document(
            record.id,
            record.kind,
            (record.name, record.id, *(alias.text for alias in getattr(record, "aliases", ()))),
            "\n".join(strings(record)),
        )
        for record in kb
    ]


def massharm(kb: KnowledgeBase) -> Search:
    """Put massharm's own engine behind the interface of the peers."""

    def search(query: str) -> Found:
        try:
            return [(hit.record.id, float(hit.score)) for hit in find(kb, query, limit=LIMIT)]
        except WrongUse:
            return []

    return search


def ask(search: Search, queries: Sequence[Query]) -> list[Answer]:
    """Put every query to an engine."""
    return [Answer(query, search(query.query)) for query in queries]


def pace(search: Search, queries: Sequence[Query]) -> float:
    """Give the median milliseconds of a query; `ask` has warmed the engine."""
    times = []
    for query in queries:
        start = time.perf_counter()
        search(query.query)
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def cut(answers: Iterable[Answer], least: float) -> list[Answer]:
    """Drop what scores less than a least score."""
    return [Answer(query, [(name, score) for name, score in found if score >= least]) for query, found in answers]


def rank(answer: Answer) -> float:
    """Give the rank of the first right record; a rightly empty answer has rank 1, a wrong one none."""
    if not answer.query.expect:
        return inf if answer.found else 1
    places = (place for place, (name, _) in enumerate(answer.found, start=1) if name in answer.query.expect)
    return next(places, inf)


def share(answers: Iterable[Answer], within: int = 1) -> float:
    """Give the share of the answers that are right within a rank; of no answers it is 0."""
    return statistics.fmean([rank(answer) <= within for answer in answers] or [0])


def answerable(answers: Iterable[Answer]) -> list[Answer]:
    """Leave out the queries that must find nothing."""
    return [answer for answer in answers if answer.query.expect]


def refusable(answers: Iterable[Answer]) -> list[Answer]:
    """Keep the queries that must find nothing."""
    return [answer for answer in answers if not answer.query.expect]


def choose(answers: Sequence[Answer]) -> float:
    """Choose the least score that is best for a half; it lies midway between two best scores of the half."""
    tops = sorted({answer.found[0][1] for answer in answers if answer.found})
    midways = [(lower + upper) / 2 for lower, upper in pairwise(tops)]

    def worth(least: float) -> float:
        left = cut(answers, least)
        return share(answerable(left)) + share(refusable(left))

    return max([-inf, *midways, inf], key=worth)


def measure(kb: KnowledgeBase, queries: Sequence[Query]) -> list[Result]:
    """Run massharm and every peer that can be built; say which cannot."""
    halves = {half: [query for query in queries if query.half == half] for half in ("tune", "report")}
    own = massharm(kb)
    results = [Result("massharm", -inf, ask(own, halves["report"]), pace(own, halves["report"]))]
    records = documents(kb)
    for engine, build in PEERS.items():
        try:
            search = build(records)
        except ImportError as missing:
            print(f"{engine} is left out: {missing}\n")
            continue
        least = choose(ask(search, halves["tune"]))
        answers = cut(ask(search, halves["report"]), least)
        results.append(Result(engine, least, answers, pace(search, halves["report"])))
    return results


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], others: str = "---:") -> str:
    """Draw a Markdown table; the columns after the first are set to the right, as numbers are, unless told."""
    escaped = [[cell.replace("|", r"\|") for cell in row] for row in rows]
    lines = [heads, ["---", *[others] * (len(heads) - 1)], *escaped]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def overall(results: Iterable[Result]) -> str:
    """Tell how each engine did on the whole half."""
    heads = ("engine", "least score", "success at 1", "success at 3", "MRR", "refusal rate", "ms a query")
    rows = []
    for result in results:
        asked = answerable(result.answers)
        rows.append(
            (
                result.engine,
                "–" if result.cutoff == -inf else f"{result.cutoff:.2f}",
                f"{share(asked):.1%}",
                f"{share(asked, 3):.1%}",
                f"{statistics.fmean([1 / rank(answer) for answer in asked] or [0]):.3f}",
                f"{share(refusable(result.answers)):.1%}",
                f"{result.milliseconds:.2f}",
            )
        )
    return table(heads, rows)


def by_class(results: Sequence[Result], queries: Iterable[Query]) -> str:
    """Tell the success at 1 and at 3 in each class; of queries that must find nothing, the refusal rate."""
    groups = list(dict.fromkeys(query.group for query in queries if query.half == "report"))
    rows = []
    for group in groups:
        parts = [[answer for answer in result.answers if answer.query.group == group] for result in results]
        cells = [f"{share(part):.0%} / {share(part, 3):.0%}" for part in parts]
        rows.append((group, str(len(parts[0])), *cells))
    return table(("class", "queries", *(result.engine for result in results)), rows)


def shares(answers: Sequence[Answer]) -> Shares:
    """Return how often the answers to a half are right."""
    asked = answerable(answers)
    return Shares(share(asked), share(asked, 3), share(refusable(answers)))


def gate(kb: KnowledgeBase) -> int:
    """Print massharm's shares on both halves of each set beside their floors; return 1 where one is below, else 0."""
    own, rows, low = massharm(kb), [], False
    for path, halves in FLOORS.items():
        queries = read(path, kb)
        for half, floors in halves.items():
            found = shares(ask(own, [query for query in queries if query.half == half]))
            low = low or any(reached < floor for reached, floor in zip(found, floors, strict=True))
            cells = (f"{reached:.1%} ({floor:.1%})" for reached, floor in zip(found, floors, strict=True))
            rows.append((f"{path.stem}, {half}", *cells))
    print(table(("half", "at 1 (floor)", "at 3 (floor)", "refused (floor)"), rows))
    if low:
        print("the search is worse than it was; see: python benchmarks/quality.py --misses")
    return int(low)


def misses(answers: Iterable[Answer]) -> str:
    """List the answers that are not right at rank 1: what was wanted, its rank, and what came instead."""
    rows = [
        (
            repr(answer.query.query),  # some queries hold what a terminal would act on
            answer.query.group,
            ", ".join(answer.query.expect) or "nothing",
            "–" if rank(answer) == inf else str(rank(answer)),
            ", ".join(f"{name} ({score:.0f})" for name, score in answer.found[:3]) or "nothing",
        )
        for answer in answers
        if rank(answer) > 1
    ]
    return table(("query", "class", "wanted", "rank", "found"), rows, others="---")


def main() -> int:
    """Print the tables, or massharm's misses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=Path, default=QUERIES, help="the file of queries")
    parser.add_argument(
        "--misses", nargs="?", const="tune", choices=("tune", "report"), help="list massharm's misses on a half"
    )
    parser.add_argument("--gate", action="store_true", help="only massharm; exit 1 where it is worse than it was")
    options = parser.parse_args()
    kb = KnowledgeBase.load()
    if options.gate:
        return gate(kb)
    queries = read(options.queries, kb)
    if options.misses:
        print(misses(ask(massharm(kb), [query for query in queries if query.half == options.misses])))
        return 0
    results = measure(kb, queries)
    answers = results[0].answers
    print(
        f"{len(answerable(answers))} answerable queries and {len(refusable(answers))} to refuse, of the report half.\n"
    )
    print(overall(results), "\n")
    print("Success at 1 / at 3 by class; of queries that must find nothing, the share refused.\n")
    print(by_class(results, queries))
    return 0


if __name__ == "__main__":
    sys.exit(main())
