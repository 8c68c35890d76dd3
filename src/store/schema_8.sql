-- schema_8.sql - stage 7: what was learned from reading: words of two languages that kept meeting, migration 8.
-- Times are seconds since 1970-01-01T00:00:00Z.

CREATE TABLE lesson (
    n            INTEGER PRIMARY KEY AUTOINCREMENT, -- as a user names it
    lang         TEXT NOT NULL,    -- of the word
    word         INTEGER NOT NULL, -- syn_lesson's key, as a signed number
    meaning      INTEGER NOT NULL, -- the same; 0: the whole word, where it is forgotten
    word_text    TEXT NOT NULL,    -- as first printed
    folded       TEXT NOT NULL,    -- the word as it is looked for
    meaning_text TEXT NOT NULL,
    meaning_lang TEXT NOT NULL,    -- '': a concept
    weight       REAL NOT NULL,    -- 0 to 1, beside a dictionary's 1
    stories      INTEGER NOT NULL, -- in which they met
    witnesses    TEXT NOT NULL,    -- ids of founders of some of them, a line each
    first        INTEGER NOT NULL, -- seconds: learned
    last         INTEGER NOT NULL, -- seconds: last better known
    forgotten    INTEGER           -- seconds; NULL while it counts
);
CREATE UNIQUE INDEX lesson_of ON lesson(word, meaning, lang);
CREATE INDEX lesson_folded ON lesson(folded);
CREATE INDEX lesson_forgotten ON lesson(forgotten) WHERE forgotten IS NOT NULL;

ALTER TABLE reason ADD COLUMN stories INTEGER NOT NULL DEFAULT 0; -- that a learned link comes from
