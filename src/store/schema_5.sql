-- schema_5.sql - stage 7: what stories are about, for those that sleep, and users' words, migration 5.
-- Times are seconds since 1970-01-01T00:00:00Z.

-- The keys that a story's articles hold most of, which mean the same in every language.
CREATE TABLE story_key (
    key    INTEGER NOT NULL,    -- syn_story_key's, as a signed number
    story  INTEGER NOT NULL REFERENCES story(id),
    signal INTEGER NOT NULL,    -- syn_signal
    weight REAL NOT NULL,       -- 0 to 1: how prominent it is, on the mean of its articles
    PRIMARY KEY (key, story)
) WITHOUT ROWID;
CREATE INDEX story_key_story ON story_key(story);

-- What users said of articles, in the order they said it; never changed but to be withdrawn.
CREATE TABLE verdict (
    n         INTEGER PRIMARY KEY AUTOINCREMENT,
    a         TEXT NOT NULL,    -- ids of two articles
    b         TEXT NOT NULL,
    together  INTEGER NOT NULL, -- 1: they belong together; 0: they do not
    who       TEXT NOT NULL,    -- as the user is known, '' if not
    why       TEXT NOT NULL,    -- in the user's words, '' if none
    said      INTEGER NOT NULL, -- seconds
    withdrawn INTEGER           -- seconds; NULL while it holds
);
