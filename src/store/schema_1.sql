-- schema_1.sql - stage 7: the tables of the store, migration 1.
-- Times are seconds since 1970-01-01T00:00:00Z; offsets are bytes of UTF-8; NULL says "not known".

CREATE TABLE article (
    row        INTEGER PRIMARY KEY, -- number in addresses of the portal; never given twice
    id         TEXT NOT NULL UNIQUE,-- as given when it was first added: a path or an address
    page       TEXT NOT NULL UNIQUE,-- what makes two pages the same: address without scheme and fragment, else 'id:' and id
    url        TEXT NOT NULL,       -- address, '' if it has none
    lang       TEXT NOT NULL,       -- BCP 47 tag, 'und' if not known
    title      TEXT NOT NULL,
    lead       TEXT NOT NULL,
    text       TEXT NOT NULL,       -- paragraphs, by line feed
    rest       TEXT NOT NULL,       -- JSON: the article as the command writes it, without title, lead and text
    outlet     TEXT NOT NULL,       -- name of the outlet, else the host of its address, else ''
    published  INTEGER,             -- seconds
    sorted     INTEGER NOT NULL,    -- seconds: published, or added where that is not known
    added      INTEGER NOT NULL,    -- seconds: when this version came in
    content    INTEGER NOT NULL,    -- XXH3 of title, lead and text: whether a page changed
    doc        INTEGER,             -- rowid in find
    story      INTEGER REFERENCES story(id), -- NULL until decided
    score      REAL NOT NULL DEFAULT 0,      -- 0 to 1: how well it fits its story; 0 for a founder
    reprint_of INTEGER REFERENCES article(row) -- the article whose text it repeats
);
CREATE INDEX article_story ON article(story, sorted);
CREATE INDEX article_sorted ON article(sorted);
CREATE INDEX article_lang ON article(lang);
CREATE INDEX article_outlet ON article(outlet);
CREATE INDEX article_doc ON article(doc);

-- Every id under which an article ever came in.
CREATE TABLE alias (
    id      TEXT PRIMARY KEY,       -- a path or an address
    article INTEGER NOT NULL REFERENCES article(row)
) WITHOUT ROWID;

-- Older texts of a page that changed.
CREATE TABLE version (
    article INTEGER NOT NULL REFERENCES article(row),
    n       INTEGER NOT NULL,       -- 1 the oldest
    added   INTEGER NOT NULL,       -- seconds: when this version came in
    content INTEGER NOT NULL,       -- hash of title, lead and text, as the article's
    title   TEXT NOT NULL,
    lead    TEXT NOT NULL,
    text    TEXT NOT NULL,
    PRIMARY KEY (article, n)
) WITHOUT ROWID;

CREATE TABLE story (
    id        INTEGER PRIMARY KEY AUTOINCREMENT, -- number in addresses of the portal; never given twice
    founder   INTEGER NOT NULL UNIQUE REFERENCES article(row),
    forward   INTEGER REFERENCES story(id),      -- the story that took its last article; NULL while it has any
    articles  INTEGER NOT NULL DEFAULT 0,        -- how many tell it
    outlets   INTEGER NOT NULL DEFAULT 0,        -- how many different outlets
    langs     INTEGER NOT NULL DEFAULT 0,        -- how many different languages
    lang_list TEXT NOT NULL DEFAULT '',          -- their tags, by comma
    first     INTEGER NOT NULL DEFAULT 0,        -- seconds: its first article
    last      INTEGER NOT NULL DEFAULT 0         -- seconds: its latest article
);
CREATE INDEX story_last ON story(last DESC, id DESC) WHERE articles > 0;

-- Why an article is in its story.
CREATE TABLE reason (
    article       INTEGER NOT NULL REFERENCES article(row),
    n             INTEGER NOT NULL, -- 0 the strongest
    signal        INTEGER NOT NULL, -- syn_signal
    weight        REAL NOT NULL,    -- 0 to 1: share of the score
    here          TEXT NOT NULL,    -- as printed in this article
    there         TEXT NOT NULL,    -- as printed in the other
    there_id      TEXT NOT NULL,    -- the other's id
    PRIMARY KEY (article, n)
) WITHOUT ROWID;

-- What an article's text says that can be compared.
CREATE TABLE fact (
    article  INTEGER NOT NULL REFERENCES article(row),
    n        INTEGER NOT NULL,      -- order in the text, from 0
    kind     INTEGER NOT NULL,      -- syn_fact_kind
    flags    INTEGER NOT NULL,      -- SYN_FACT_APPROX and others
    start    INTEGER NOT NULL,      -- bytes of article.text
    end      INTEGER NOT NULL,      -- bytes of article.text, exclusive
    sentence INTEGER NOT NULL,      -- number of the sentence, from 0
    value    REAL NOT NULL,         -- number, percent (16.7 for 16.7 %), ordinal, money in whole units
    value2   REAL NOT NULL,         -- upper end of a range
    currency TEXT NOT NULL,         -- ISO 4217, '' for other kinds
    day_from INTEGER,               -- days since 1970-01-01
    day_to   INTEGER,               -- days since 1970-01-01, exclusive
    name     TEXT NOT NULL,         -- name, place or inner text of a quotation, '' for other kinds
    place    INTEGER NOT NULL,      -- ISO 3166 alpha-2 packed a*256+b, 0 not known
    keys     BLOB NOT NULL,         -- name keys, 8 bytes each, least byte first
    PRIMARY KEY (article, n)
) WITHOUT ROWID;

-- What grouping needs of an article.
CREATE TABLE signature (
    article INTEGER PRIMARY KEY REFERENCES article(row),
    bytes   BLOB NOT NULL           -- syn_signature_pack
);

-- Words of names in any script, by the skeleton of their sound.
CREATE TABLE name_key (
    key     INTEGER NOT NULL,       -- syn_name_keys, as a signed number
    doc     INTEGER NOT NULL,       -- rowid in find, as article.doc
    pos     INTEGER NOT NULL,       -- word's place; words of one name follow each other, other names are 16 away or more
    field   INTEGER NOT NULL,       -- 0 text, 1 title, 2 lead
    start   INTEGER NOT NULL,       -- bytes of that field
    end     INTEGER NOT NULL,       -- bytes of that field, exclusive
    PRIMARY KEY (key, doc, pos)
) WITHOUT ROWID;

-- Full text of every script.  Its tokens are made by the program (folded words, by one space), so the tokenizer only
-- parts at spaces.  A changed page gets a new document; its old one, here and in name_key, is found no more because no
-- article names it.
CREATE VIRTUAL TABLE find USING fts5(
    title,                          -- folded words of the title
    body,                           -- folded words of lead and text
    grams,                          -- pairs of characters of scripts that write no spaces
    content = '', tokenize = 'ascii'
);
