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
    -- Ids no longer used, and the records that answer for each.
    id TEXT NOT NULL,
    heir TEXT NOT NULL REFERENCES records(id),
    PRIMARY KEY (id, heir)
);

CREATE TABLE harms (
    -- `band` (CIOMS), `evidence` (the strongest design) and `published_cases` are computed.
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    population TEXT NOT NULL,
    severity TEXT NOT NULL,
    band TEXT NOT NULL,
    evidence TEXT NOT NULL,
    published_cases INTEGER NOT NULL,
    reviewed DATE NOT NULL
);

CREATE TABLE mechanisms (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    summary TEXT NOT NULL,
    status TEXT NOT NULL
);

CREATE TABLE citations (
    -- `text` is the reference in Vancouver style; `status_state` a retraction or correction, with the day and the place of
    -- the look-up; where only these stand, none was found.
    number INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE REFERENCES records(id),
    name TEXT NOT NULL,
    kind_of_study TEXT NOT NULL,
    et_al BOOLEAN NOT NULL,
    title TEXT,
    container TEXT,
    container_full TEXT,
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
    copy BOOLEAN NOT NULL,
    seen_on DATE,
    language TEXT,
    finding TEXT NOT NULL,
    caution TEXT,
    status_state TEXT,
    status_looked_at DATE,
    status_place TEXT,
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
    anecdote BOOLEAN NOT NULL
);

CREATE TABLE precautions (
    -- `past_heir` takes its place once the condition is over; after `past_days` days it ends.
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    population TEXT NOT NULL,
    tier TEXT NOT NULL,
    past_heir TEXT REFERENCES precautions(id),
    past_days INTEGER
);

CREATE TABLE medicines (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    note TEXT NOT NULL
);

CREATE TABLE medicine_names (
    -- `kind` is inn, brand, class or abbreviation; `generic` the substance of a brand.
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES medicines(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    generic TEXT
);

CREATE TABLE signs (
    id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    population TEXT NOT NULL,
    urgency TEXT NOT NULL,
    basis TEXT NOT NULL,
    instead TEXT
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

CREATE TABLE harm_sign (
    -- `link` is characteristic or compatible.
    harm_id TEXT NOT NULL REFERENCES harms(id),
    sign_id TEXT NOT NULL REFERENCES signs(id),
    link TEXT NOT NULL,
    PRIMARY KEY (harm_id, sign_id)
);

CREATE TABLE harm_precaution (
    -- `support` is case, authority or inference.
    harm_id TEXT NOT NULL REFERENCES harms(id),
    precaution_id TEXT NOT NULL REFERENCES precautions(id),
    support TEXT NOT NULL,
    PRIMARY KEY (harm_id, precaution_id)
);

CREATE TABLE precaution_sign (
    -- The signs at which a massage is stopped.
    precaution_id TEXT NOT NULL REFERENCES precautions(id),
    sign_id TEXT NOT NULL REFERENCES signs(id),
    PRIMARY KEY (precaution_id, sign_id)
);

CREATE TABLE medicine_precaution (
    medicine_id TEXT NOT NULL REFERENCES medicines(id),
    precaution_id TEXT NOT NULL REFERENCES precautions(id),
    PRIMARY KEY (medicine_id, precaution_id)
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
    -- statement  basis
    -- response   basis; urgency, where the step calls for help; the signs that it covers, separated by semicolons
    -- action     basis, level, scope
    -- advice     basis, level, key; circumstances as JSON; techniques and regions, separated by semicolons
    -- question   basis, key; level and instruction, which hold after a yes; the number that it asks for
    -- raisedby   urgency; circumstances as JSON, which stand in `text` too
    -- missing    section: the field that has no content, and in `text` why
    -- figure     scope, numerator or else percent, denominator, setting, method, comparator, limits; `text` is the measure
    -- finding    bearing; design, where the citation offers less than its own kind of study
    -- local      none, and no citation: a note of an overlay, after the name of its clinic
    -- text       none, and no citation: the words of a case report, cautions about a citation
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES records(id),
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    basis TEXT,
    urgency TEXT,
    signs TEXT,
    level TEXT,
    scope TEXT,
    key TEXT,
    circumstances TEXT,
    techniques TEXT,
    regions TEXT,
    instruction TEXT,
    asks TEXT,
    section TEXT,
    bearing TEXT,
    design TEXT,
    percent REAL,
    numerator INTEGER,
    denominator INTEGER,
    setting TEXT,
    method TEXT,
    comparator TEXT,
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
    -- Other names of a record; `kind` is exact, lay, abbreviation, spelling, narrower or related. What answers a
    -- narrower one is the action of its record, or the part with the key `answered_by`.
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES records(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    answered_by TEXT
);

CREATE TABLE plain_texts (
    -- What a patient reads of a record: a lay name and a short text.
    record_id TEXT NOT NULL PRIMARY KEY REFERENCES records(id),
    name TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE recognised (
    -- Conditions, medicines and words about which nothing is advised; `aliases` are separated by semicolons.
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    aliases TEXT,
    code_system TEXT,
    code TEXT,
    code_name TEXT
);

CREATE TABLE ambiguous (
    -- Abbreviations that stand for more than one thing: what else each may mean, separated by semicolons.
    text TEXT NOT NULL PRIMARY KEY,
    meanings TEXT NOT NULL
);

CREATE TABLE combinations (
    -- Words that say a sign together: a row for each part of a combination, with its alternatives between bars.
    combination INTEGER NOT NULL,
    sign_id TEXT NOT NULL REFERENCES records(id),
    position INTEGER NOT NULL,
    alternatives TEXT NOT NULL
);

CREATE TABLE facets (
    -- Words of vocabularies: outcomes, systems, regions, techniques, providers. Those of a harm include its cases'.
    -- Of an outcome, `attributed` says whether a report attributes it to massage.
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES records(id),
    field TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    attributed BOOLEAN
);

CREATE TABLE codes (
    -- MeSH headings and ICD-10-CM codes of a harm, a precaution or a sign; ATC codes of a medicine.
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
