-- schema_12.sql - stage 7: what is read whole is kept whole, and what grows with the store is counted as it is written,
-- migration 12.  pack_keys and pack_reasons are the program's own (about.c, why.c).

-- What a story is about, all in one place; story_key says who holds a key.
CREATE TABLE about (
    story INTEGER PRIMARY KEY REFERENCES story(id),
    keys  BLOB NOT NULL           -- of each: key 8 bytes, weight a float of 4, word 2, signal 1; least byte first
);
INSERT INTO about SELECT story, pack_keys(key, signal, weight, word) FROM story_key GROUP BY story ORDER BY story;
CREATE TABLE story_held (
    key   INTEGER NOT NULL,       -- syn_story_key's, as a signed number
    story INTEGER NOT NULL REFERENCES story(id),
    PRIMARY KEY (key, story)
) WITHOUT ROWID;
INSERT INTO story_held SELECT key, story FROM story_key ORDER BY key, story;
DROP TABLE story_key;
ALTER TABLE story_held RENAME TO story_key;

-- Why an article is in its story.
CREATE TABLE why (
    article INTEGER PRIMARY KEY REFERENCES article(row),
    reasons BLOB NOT NULL         -- why.c says how they are laid out
);
INSERT INTO why SELECT article, pack_reasons(signal, weight, here, there, there_id, stories)
    FROM (SELECT * FROM reason ORDER BY article, n) GROUP BY article ORDER BY article;
DROP TABLE reason;

-- A story's tellings with all that it adds up to; an outlet's by time.
DROP INDEX article_story;
DROP INDEX article_telling;
DROP INDEX article_outlet;
CREATE INDEX article_story ON article(story, outlet, lang, sorted, reprint_of);
CREATE INDEX article_outlet ON article(outlet, sorted);

-- How many there are.
CREATE TABLE tally (
    what TEXT PRIMARY KEY,        -- 'stories' with articles, 'topics' of two stories or more
    n    INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO tally SELECT 'stories', count(*) FROM story WHERE articles > 0;
INSERT INTO tally SELECT 'topics', count(*) FROM topic WHERE stories > 1;
CREATE TRIGGER story_tally AFTER UPDATE OF articles ON story WHEN (OLD.articles > 0) <> (NEW.articles > 0) BEGIN
    UPDATE tally SET n = n + iif(NEW.articles > 0, 1, -1) WHERE what = 'stories';
END;
CREATE TRIGGER topic_tally AFTER UPDATE OF stories ON topic WHEN (OLD.stories > 1) <> (NEW.stories > 1) BEGIN
    UPDATE tally SET n = n + iif(NEW.stories > 1, 1, -1) WHERE what = 'topics';
END;

-- What outlets published, by language.
CREATE TABLE source (
    outlet   TEXT NOT NULL,
    lang     TEXT NOT NULL,       -- as the article's
    articles INTEGER NOT NULL,
    PRIMARY KEY (outlet, lang)
) WITHOUT ROWID;
CREATE TABLE source_stories (
    outlet  TEXT PRIMARY KEY,
    stories INTEGER NOT NULL      -- that it tells
) WITHOUT ROWID;
INSERT INTO source SELECT outlet, lang, count(*) FROM article GROUP BY outlet, lang;
INSERT INTO source_stories SELECT outlet, count(DISTINCT story) FROM article WHERE story IS NOT NULL GROUP BY outlet;
CREATE TRIGGER source_added AFTER INSERT ON article BEGIN
    INSERT INTO source VALUES(NEW.outlet, NEW.lang, 1) ON CONFLICT DO UPDATE SET articles = articles + 1;
END;
CREATE TRIGGER source_changed AFTER UPDATE OF outlet, lang ON article
    WHEN OLD.outlet <> NEW.outlet OR OLD.lang <> NEW.lang BEGIN
    UPDATE source SET articles = articles - 1 WHERE outlet = OLD.outlet AND lang = OLD.lang;
    DELETE FROM source WHERE outlet = OLD.outlet AND lang = OLD.lang AND articles = 0;
    INSERT INTO source VALUES(NEW.outlet, NEW.lang, 1) ON CONFLICT DO UPDATE SET articles = articles + 1;
END;
CREATE TRIGGER source_moved AFTER UPDATE OF story, outlet ON article
    WHEN OLD.story IS NOT NEW.story OR OLD.outlet <> NEW.outlet BEGIN
    UPDATE source_stories SET stories = stories - 1 WHERE outlet = OLD.outlet AND OLD.story IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM article WHERE story = OLD.story AND outlet = OLD.outlet);
    INSERT INTO source_stories SELECT NEW.outlet, 1 WHERE NEW.story IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM article WHERE story = NEW.story AND outlet = NEW.outlet AND row <> NEW.row)
        ON CONFLICT DO UPDATE SET stories = stories + 1;
END;
