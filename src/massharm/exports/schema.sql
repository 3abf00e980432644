-- The knowledge base as tables: one for each kind of record, links, parts, full text. Comments inside a statement
-- are kept in the file, where `.schema` of the sqlite3 program prints them.

CREATE TABLE about (
    -- Titles, edition, day of the last review, licence, notice, and how to cite: one row each.
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE records (
    -- Every record of every kind. The id of a citation is its key.
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    summary TEXT NOT NULL
);

CREATE TABLE withdrawn (
    -- Ids no longer used, and the record that answers for each.
    id TEXT NOT NULL PRIMARY KEY,
    heir TEXT NOT NULL REFERENCES records(id)
);

CREATE TABLE harms (
    -- `band` (CIOMS), `evidence` (the strongest design) and `published_cases` are computed.
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    severity TEXT NOT NULL,
    band TEXT NOT NULL,
    evidence TEXT NOT NULL,
    published_cases INTEGER NOT NULL,
    reviewed TEXT NOT NULL
);

CREATE TABLE mechanisms (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    status TEXT NOT NULL
);

CREATE TABLE citations (
    -- `text` is the reference in Vancouver style; `status_state` a retraction or correction, with the day of the look-up.
    number INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE REFERENCES records(id),
    name TEXT NOT NULL,
    kind_of_study TEXT NOT NULL,
    title TEXT,
    container TEXT,
    year INTEGER,
    month TEXT,
    volume TEXT,
    issue TEXT,
    pages TEXT,
    article_number TEXT,
    pmid TEXT,
    pmcid TEXT,
    doi TEXT,
    publisher TEXT,
    url TEXT,
    seen_on TEXT,
    language TEXT,
    finding TEXT NOT NULL,
    caution TEXT,
    status_state TEXT,
    status_looked_at TEXT,
    text TEXT NOT NULL
);

CREATE TABLE cases (
    -- `year` is that of publication: an anecdote has none.
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    year INTEGER,
    patients INTEGER,
    age TEXT,
    sex TEXT,
    technique TEXT,
    provider TEXT,
    site TEXT,
    onset TEXT,
    outcome TEXT,
    causality TEXT,
    anecdote INTEGER NOT NULL
);

CREATE TABLE precautions (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL
);

CREATE TABLE terms (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    definition TEXT NOT NULL
);

CREATE TABLE myths (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    belief TEXT NOT NULL
);

CREATE TABLE lessons (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    audience TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE harm_case (
    harm_id TEXT NOT NULL REFERENCES harms(id),
    case_id TEXT NOT NULL REFERENCES cases(id),
    PRIMARY KEY (harm_id, case_id)
);

CREATE TABLE harm_mechanism (
    harm_id TEXT NOT NULL REFERENCES harms(id),
    mechanism_id TEXT NOT NULL REFERENCES mechanisms(id),
    PRIMARY KEY (harm_id, mechanism_id)
);

CREATE TABLE harm_precaution (
    harm_id TEXT NOT NULL REFERENCES harms(id),
    precaution_id TEXT NOT NULL REFERENCES precautions(id),
    PRIMARY KEY (harm_id, precaution_id)
);

CREATE TABLE case_precaution (
    case_id TEXT NOT NULL REFERENCES cases(id),
    precaution_id TEXT NOT NULL REFERENCES precautions(id),
    PRIMARY KEY (case_id, precaution_id)
);

CREATE TABLE record_citation (
    -- All citations that a record or its cases rest on.
    record_id TEXT NOT NULL REFERENCES records(id),
    citation INTEGER NOT NULL REFERENCES citations(number),
    PRIMARY KEY (record_id, citation)
);

CREATE TABLE see_also (
    record_id TEXT NOT NULL REFERENCES records(id),
    other_id TEXT NOT NULL REFERENCES records(id),
    PRIMARY KEY (record_id, other_id)
);

CREATE TABLE parts (
    -- The texts of which a record consists: the field each stands in, and its position there, from 1.
    -- kind       columns of its own
    -- statement  none
    -- sign       urgency
    -- advice     level
    -- figure     percent, numerator, denominator, setting, limits; `text` says what was measured
    -- finding    bearing; design, where the citation offers less than its own kind of study
    -- text       none, and no citation: the words of a case report, cautions about a citation
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES records(id),
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    urgency TEXT,
    level TEXT,
    bearing TEXT,
    design TEXT,
    percent REAL,
    numerator INTEGER,
    denominator INTEGER,
    setting TEXT,
    limits TEXT,
    UNIQUE (record_id, field, position)
);

CREATE TABLE part_citation (
    -- The citations that carry each part.
    part_id INTEGER NOT NULL REFERENCES parts(id),
    citation INTEGER NOT NULL REFERENCES citations(number),
    PRIMARY KEY (part_id, citation)
);

CREATE TABLE aliases (
    -- Other names of a record; `kind` is exact, lay, abbreviation, spelling or related.
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES records(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL
);

CREATE TABLE facets (
    -- Words of vocabularies: outcomes, systems, regions, techniques, providers. Those of a harm include its cases'.
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES records(id),
    field TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE codes (
    -- MeSH headings and ICD-10-CM codes of a harm.
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES records(id),
    position INTEGER NOT NULL,
    system TEXT NOT NULL,
    code TEXT,
    name TEXT NOT NULL
);

CREATE TABLE levels (
    -- The levels of a scale that a term defines.
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES records(id),
    position INTEGER NOT NULL,
    level TEXT NOT NULL,
    meaning TEXT NOT NULL
);

CREATE TABLE authors (
    id INTEGER PRIMARY KEY,
    citation INTEGER NOT NULL REFERENCES citations(number),
    position INTEGER NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE checked (
    -- Where each bibliographic field was seen, and on which page.
    id INTEGER PRIMARY KEY,
    citation INTEGER NOT NULL REFERENCES citations(number),
    position INTEGER NOT NULL,
    field TEXT NOT NULL,
    seen TEXT NOT NULL,
    url TEXT
);

CREATE VIRTUAL TABLE search USING fts5(
    id UNINDEXED, kind UNINDEXED, name, aliases, summary, text, tokenize = 'porter unicode61 remove_diacritics 2'
);
