-- schema_3.sql - stage 7: pages that are looked at again, and robots.txt of hosts, migration 3.
-- Times are seconds since 1970-01-01T00:00:00Z; 0 says "never".

ALTER TABLE fetches ADD COLUMN seen INTEGER NOT NULL DEFAULT 0; -- seconds: when a feed's page first came
ALTER TABLE fetches ADD COLUMN due  INTEGER NOT NULL DEFAULT 0; -- seconds: when it is looked at again
CREATE INDEX fetches_due ON fetches(due) WHERE due > 0;

-- What hosts allow.
CREATE TABLE robots (
    origin  TEXT PRIMARY KEY,  -- "https://host:port"
    fetched INTEGER NOT NULL,  -- seconds: good for a day from then
    body    BLOB NOT NULL      -- the file; empty where the host has none
);
