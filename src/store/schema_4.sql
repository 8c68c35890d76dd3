-- schema_4.sql - stage 7: the users' own packs of terms, migration 4.

CREATE TABLE packs (
    name  TEXT PRIMARY KEY,
    added INTEGER NOT NULL,  -- seconds since 1970-01-01T00:00:00Z
    terms INTEGER NOT NULL,
    body  BLOB NOT NULL      -- the file as it was given
);
