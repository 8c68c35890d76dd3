-- schema_2.sql - stage 7: what is known of pages and feeds that were fetched, migration 2.
-- Times are seconds since 1970-01-01T00:00:00Z; 0 says "never".

-- Every address that was ever asked for.
CREATE TABLE fetches (
    url      TEXT PRIMARY KEY,           -- as asked for
    fetched  INTEGER NOT NULL,           -- seconds: last tried
    etag     TEXT NOT NULL DEFAULT '',   -- of the last answer, for the next request; '' if it gave none
    modified TEXT NOT NULL DEFAULT '',   -- its Last-Modified, as sent
    settled  INTEGER NOT NULL DEFAULT 0, -- 1: a feed's link that need not be asked for again
    fails    INTEGER NOT NULL DEFAULT 0, -- in a row
    error    TEXT NOT NULL DEFAULT ''    -- of the last failure in a row, for a person
) WITHOUT ROWID;

-- Feeds that are followed.
CREATE TABLE feeds (
    url      TEXT PRIMARY KEY,           -- as asked for
    title    TEXT NOT NULL DEFAULT '',   -- its own name
    fetched  INTEGER NOT NULL DEFAULT 0, -- seconds: last tried
    answered INTEGER NOT NULL DEFAULT 0, -- seconds: last answer
    due      INTEGER NOT NULL DEFAULT 0, -- seconds: not before
    fails    INTEGER NOT NULL DEFAULT 0, -- in a row
    error    TEXT NOT NULL DEFAULT '',   -- of the last failure in a row, for a person
    items    INTEGER NOT NULL DEFAULT 0, -- in its last whole answer
    added    INTEGER NOT NULL DEFAULT 0  -- articles that ever came by it
) WITHOUT ROWID;
