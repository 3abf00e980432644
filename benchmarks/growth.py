"""Measure how massharm's search and its peers grow from a thousand records to a hundred thousand.

Run it in an environment where massharm is installed, after `pip install -r benchmarks/requirements.txt`:
`python benchmarks/growth.py`, or with `--quick` for a thousand records only. The records are synthetic
(see `synthetic.py`). Each engine builds its index and is asked in a process of its own; a first index over
a few records is built and thrown away, so that no import is measured. Each query was taken from one record,
which alone is counted as right. An engine is ended that takes longer than the limit for its index, and asked
no further when its queries take longer; what it was asked until then is measured.
"""

import argparse
import math
import statistics
import string
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
from peers import LIMIT, PEERS, Found, Search, words
from quality import documents, table
from synthetic import Heaps, called, fit, synthetic, tokens

from massharm import KnowledgeBase
from massharm.kb.records import Record, strings
from massharm.search.ranking import find, indexed

SIZES = (1_000, 10_000, 100_000)
OWN = "massharm"
OTHERS = ("FTS5, Porter", "bm25s", "Tantivy")
"""The peers that somebody would choose for very many records."""
ENGINES = (OWN, *OTHERS)
MISSPELT, PAIR, SENTENCE = "misspelt", "two words", "sentence"
GROUPS = {MISSPELT: 200, PAIR: 100, SENTENCE: 50}
"""The groups of queries, and how many there are of each."""
WARMING = 20
"""How many other queries are asked first."""
FEW = 50
"""How many records the index has that is built first and thrown away."""
WITHIN = 3
"""The rank within which the right record must stand."""
MENDABLE = 6
"""The least letters of a word that is misspelt."""
TELLING = 4
"""The least letters or digits of any word of a two-word query."""
SENTENCES = range(6, 11)
"""How many words a sentence has."""
GRACE = 60.0
"""How many seconds beyond the limit the last query may take."""
SPAWN = get_context("spawn")


def build_massharm(kb: KnowledgeBase) -> Search:
    """Put massharm's own engine behind the interface of the peers, every word looked up as they do."""
    indexed(kb).complete()

    def search(query: str) -> Found:
        return [(hit.record.id, float(hit.score)) for hit in find(kb, query, limit=LIMIT)]

    return search


class Query(NamedTuple):
    """What is asked, its group, and the id of the record that it was taken from."""

    text: str
    group: str
    wanted: str


class Answer(NamedTuple):
    """How a query went: its group, whether the right record stood high enough, and its milliseconds."""

    group: str
    right: bool
    milliseconds: float


class Built(NamedTuple):
    """What an index cost: seconds, and megabytes at the peak beyond those held before."""

    seconds: float
    megabytes: float


class Outcome(NamedTuple):
    """How an engine did at a size; the note says what was not run, and why."""

    engine: str
    built: Built | None
    answers: list[Answer]
    note: str


class Job(NamedTuple):
    """What the process of an engine is told: two files of records, queries, and the limit in seconds."""

    engine: str
    few: Path
    records: Path
    warming: list[Query]
    queries: list[Query]
    limit: float


class Size(NamedTuple):
    """A synthetic KB as it was measured: its records, its words, and how many of these differ."""

    records: int
    words: int
    different: int
    outcomes: list[Outcome]


# Queries


def queries(kb: KnowledgeBase, seed: int) -> list[Query]:
    """Take the queries of all groups from random records, in random order."""
    random = Random(seed)  # noqa: S311 - nothing is secret
    records = kb.records()
    counts = Counter(word for record in records for name in called(record) for word in words(name))
    made: list[Query] = []
    for group, count in GROUPS.items():
        asked: list[Query] = []
        while len(asked) < count:
            record = random.choice(records)
            text = sentence(record, random) if group == SENTENCE else pair(record, counts, random)
            if text:
                asked.append(Query(slip(text, random) if group == MISSPELT else " ".join(text), group, record.id))
        made += asked
    return random.sample(made, len(made))


def pair(record: Record, counts: Counter[str], random: Random) -> list[str]:
    """Take the rarest word of a random name and another one; a name without two such words gives none."""
    held = [word for word in dict.fromkeys(words(random.choice(called(record)))) if len(word) >= TELLING]
    if len(held) < 2:  # noqa: PLR2004 - a pair
        return []
    rarest = min(held, key=counts.__getitem__)
    other = random.choice([word for word in held if word != rarest])
    return [word for word in held if word in {rarest, other}] if mendable(rarest) or mendable(other) else []


def mendable(word: str) -> bool:
    """Tell whether a word is long enough to be known although misspelt."""
    return len(word) >= MENDABLE and word.isalpha()


def slip(pair: list[str], random: Random) -> str:
    """Misspell one word of a pair."""
    wrong = random.choice([word for word in pair if mendable(word)])
    return " ".join(misspelt(word, random) if word == wrong else word for word in pair)


def misspelt(word: str, random: Random) -> str:
    """Put in, drop, replace or swap one letter, but not the first."""
    wrong = word
    while wrong == word:
        place = random.randrange(1, len(word))
        letter = random.choice(string.ascii_lowercase)
        before, after = word[:place], word[place:]
        wrong = random.choice(
            (
                before + letter + after,
                before + after[1:],
                before + letter + after[1:],
                before + after[1::-1] + after[2:],
            )
        )
    return wrong


def sentence(record: Record, random: Random) -> list[str]:
    """Take as many words in a row as a sentence has from a random text of a record; short texts give none."""
    count = random.choice(SENTENCES)
    texts = [parts for text in strings(record) if len(parts := text.split()) >= count]
    if not texts:
        return []
    parts = random.choice(texts)
    start = random.randrange(len(parts) - count + 1)
    return parts[start : start + count]


# The process of an engine


def work(pipe: Connection, job: Job) -> None:
    """Build and ask in this process; send `None` when ready to build, what the index cost, and the answers."""
    try:
        prepared(job.engine, KnowledgeBase.load(job.few))()
    except ImportError as missing:
        pipe.send(str(missing))
        return
    kb = KnowledgeBase.load(job.records)  # held to the end, or an index would use again what it leaves free
    build = prepared(job.engine, kb)
    pipe.send(None)
    before = resident("VmRSS", fresh=True)
    start = time.perf_counter()
    search = build()
    seconds = time.perf_counter() - start
    pipe.send(Built(seconds, resident("VmHWM") - before))
    deadline = time.perf_counter() + job.limit
    ask(search, job.warming, deadline)
    pipe.send(ask(search, job.queries, deadline))


def prepared(engine: str, kb: KnowledgeBase) -> Callable[[], Search]:
    """Make what an engine is given of a KB, and give what builds its index."""
    return partial(build_massharm, kb) if engine == OWN else partial(PEERS[engine], documents(kb))


def resident(field: str, *, fresh: bool = False) -> float:
    """Give the megabytes of this process as Linux tells them, now or at the peak; the peak may begin afresh."""
    status = Path("/proc/self/status")
    if not status.exists():
        return math.nan
    if fresh:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024 / 1e6


def ask(search: Search, asked: Iterable[Query], deadline: float) -> list[Answer]:
    """Ask one query after the other until all are asked or the deadline is over."""
    answers = []
    for query in asked:
        start = time.perf_counter()
        if start > deadline:
            break
        found = search(query.text)
        spent = time.perf_counter() - start
        answers.append(Answer(query.group, query.wanted in [name for name, _ in found[:WITHIN]], 1000 * spent))
    return answers


# The process that measures


class NotRun(Exception):
    """Why an engine was not run to its end."""


def run(job: Job) -> Outcome:
    """Run an engine in a fresh process, and end that when the limit is over."""
    receiver, sender = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=work, args=(sender, job), daemon=True)
    process.start()
    sender.close()
    try:
        outcome = followed(receiver, job)
        process.join(GRACE if outcome.answers else 0)
        return outcome
    finally:
        process.kill()
        process.join()


def followed(pipe: Connection, job: Job) -> Outcome:
    """Take in what the process of an engine sends."""
    built = None
    try:
        received(pipe, None)
        built = received(pipe, job.limit)
        answers = received(pipe, job.limit, GRACE)
    except NotRun as reason:
        return Outcome(job.engine, built, [], str(reason))
    asked, all_ = len(answers), len(job.queries)
    return Outcome(job.engine, built, answers, "" if asked == all_ else f"{asked} of {all_} queries in {job.limit:g} s")


def received(pipe: Connection, limit: float | None, grace: float = 0) -> Any:
    """Wait for a message, without an end where there is no limit; a text says why there will be none."""
    if not pipe.poll(None if limit is None else limit + grace):
        raise NotRun(f"over {limit:g} s")
    try:
        message = pipe.recv()
    except EOFError:
        raise NotRun("its process broke off") from None
    if isinstance(message, str):
        raise NotRun(message)
    return message


def measure(kb: KnowledgeBase, size: int, options: argparse.Namespace) -> Size:
    """Make a synthetic KB and measure every engine on it."""
    with TemporaryDirectory() as folder:
        few, records = Path(folder, "few.json"), Path(folder, "records.json")
        few.write_bytes(msgspec.json.encode(synthetic(kb, FEW, options.seed).file))
        made = synthetic(kb, size, options.seed)
        records.write_bytes(msgspec.json.encode(made.file))
        counts = Counter(chain.from_iterable(tokens(made)))
        warming, asked = queries(made, options.seed + 1)[:WARMING], queries(made, options.seed)
        del made  # the engines need the memory
        outcomes = []
        for engine in options.engines:
            print(f"{size} records: {engine}", file=sys.stderr, flush=True)
            outcomes.append(run(Job(engine, few, records, warming, asked, options.limit)))
    return Size(size, counts.total(), len(counts), outcomes)


# Tables


def percentile(times: Sequence[float], share: float) -> float:
    """Give the least of some numbers that no smaller share of them exceeds; of none there is none."""
    return sorted(times)[math.ceil(share * len(times)) - 1] if times else math.nan


def times(outcome: Outcome, group: str) -> list[float]:
    """Give the milliseconds of the queries of a group."""
    return [answer.milliseconds for answer in outcome.answers if answer.group == group]


def number(value: float, places: int) -> str:
    """Write a number, with a dash for none."""
    return "–" if math.isnan(value) else f"{value:,.{places}f}"


def success(outcome: Outcome, group: str) -> str:
    """Give the share of a group's queries whose record stood high enough."""
    right = [answer.right for answer in outcome.answers if answer.group == group]
    return f"{statistics.fmean(right):.0%}" if right else "–"


def row(outcome: Outcome) -> tuple[str, ...]:
    """Write an engine's line: its index, its milliseconds and its success, and what was not run."""
    built = outcome.built or Built(math.nan, math.nan)
    misspellings = times(outcome, MISSPELT)
    return (
        outcome.engine,
        number(built.seconds, 1),
        number(built.megabytes, 0),
        number(percentile(misspellings, 0.5), 2),
        number(percentile(misspellings, 0.95), 2),
        *(success(outcome, group) for group in GROUPS),
        *(number(percentile(times(outcome, group), 0.5), 2) for group in (PAIR, SENTENCE)),
        told(outcome),
    )


def told(outcome: Outcome) -> str:
    """Say what was not run, and why."""
    if not outcome.note or outcome.answers:
        return outcome.note
    return f"{'queries' if outcome.built else 'index'}: {outcome.note}"


def report(size: Size) -> str:
    """Tell how the engines did at a size."""
    heads = (
        *("engine", "index s", "index MB", "misspelt p50 ms", "misspelt p95 ms"),
        *(f"{group} at {WITHIN}" for group in GROUPS),
        *(f"{group} p50 ms" for group in (PAIR, SENTENCE)),
        "not run",
    )
    return f"{size.records:,} records.\n\n{table(heads, map(row, size.outcomes))}\n"


def growth(sizes: Sequence[Size]) -> str:
    """Tell how the median of the misspelt queries grows with the records."""
    heads = ("engine", *(f"{size.records:,}" for size in sizes), *(f"to {size.records:,}" for size in sizes[1:]))
    rows = [("records", [float(size.records) for size in sizes], 0)]
    for outcomes in zip(*(size.outcomes for size in sizes), strict=True):
        medians = [percentile(times(outcome, MISSPELT), 0.5) for outcome in outcomes]
        rows.append((outcomes[0].engine, medians, 2))
    drawn = (
        (name, *(number(value, places) for value in values), *(factor(*step) for step in pairwise(values)))
        for name, values, places in rows
    )
    return f"Median milliseconds of a misspelt query, and how many times the last size's.\n\n{table(heads, drawn)}\n"


def factor(before: float, after: float) -> str:
    """Write how many times a number has become."""
    return "–" if math.isnan(before + after) else f"×{after / before:.1f}"


def vocabularies(sizes: Iterable[Size], heaps: Heaps) -> str:
    """Tell how many different words the synthetic KBs hold, beside what Heaps' law demands."""
    rows = (
        (f"{size.records:,}", f"{size.words:,}", f"{size.different:,}", f"{heaps.different(size.words):,.0f}")
        for size in sizes
    )
    drawn = table(("records", "words", "different words", "by Heaps' law"), rows)
    return f"Heaps' law on the real texts: K = {heaps.k:.2f}, β = {heaps.beta:.3f}.\n\n{drawn}\n"


def main() -> int:
    """Print a table for each size, the growth from size to size, and the vocabularies."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="RECORDS", help="how many records")
    parser.add_argument("--quick", dest="sizes", action="store_const", const=SIZES[:1], help="the least size only")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES, help="which engines are measured")
    parser.add_argument("--limit", type=float, default=900, help="seconds for each index, and for the queries")
    parser.add_argument("--seed", type=int, default=1, help="of the records and the queries")
    options = parser.parse_args()
    kb = KnowledgeBase.load()
    sizes = []
    for size in options.sizes:
        sizes.append(measure(kb, size, options))
        print(report(sizes[-1]), flush=True)
    print(growth(sizes))
    print(vocabularies(sizes, fit(kb)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
