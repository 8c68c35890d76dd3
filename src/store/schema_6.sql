-- schema_6.sql - stage 7: topics, stories of the same parties and matter over time, migration 6.
-- Times are seconds since 1970-01-01T00:00:00Z.

CREATE TABLE topic (
    id        INTEGER PRIMARY KEY AUTOINCREMENT, -- number in addresses of the portal; never given twice
    forward   INTEGER REFERENCES topic(id),      -- the topic that it became part of; NULL while it stands
    stories   INTEGER NOT NULL DEFAULT 0,        -- how many belong to it; with fewer than two it is not shown
    articles  INTEGER NOT NULL DEFAULT 0,        -- how many tell these
    langs     INTEGER NOT NULL DEFAULT 0,        -- how many different languages
    lang_list TEXT NOT NULL DEFAULT '',          -- their tags, by comma
    first     INTEGER NOT NULL DEFAULT 0,        -- seconds: the first article of its first story
    last      INTEGER NOT NULL DEFAULT 0         -- seconds: its latest article
);
CREATE INDEX topic_last ON topic(last DESC, id DESC) WHERE stories > 1;

-- Which stories belong to which topics; a story may belong to several.
CREATE TABLE story_topic (
    topic INTEGER NOT NULL REFERENCES topic(id),
    story INTEGER NOT NULL REFERENCES story(id),
    score REAL NOT NULL,            -- syn_kinship's, on the mean of the topic's core
    n     INTEGER NOT NULL,         -- order in which it joined, from 1
    core  INTEGER NOT NULL,         -- 1: one of the stories that stand for the topic
    PRIMARY KEY (topic, story)
) WITHOUT ROWID;
CREATE INDEX story_topic_story ON story_topic(story);

-- What a topic's core has in common.
CREATE TABLE topic_key (
    key    INTEGER NOT NULL,        -- as in story_key
    topic  INTEGER NOT NULL REFERENCES topic(id),
    signal INTEGER NOT NULL,        -- syn_signal
    weight REAL NOT NULL,           -- 0 to 1: how prominent it is, on the mean of the core
    PRIMARY KEY (key, topic)
) WITHOUT ROWID;
CREATE INDEX topic_key_topic ON topic_key(topic);

-- Who and what a topic is about, as its articles print it.
CREATE TABLE topic_name (
    topic INTEGER NOT NULL REFERENCES topic(id),
    party INTEGER NOT NULL,         -- 0 the commonest
    n     INTEGER NOT NULL,         -- order of its spellings, 0 the most used
    kind  INTEGER NOT NULL,         -- syn_actor_kind
    id    INTEGER NOT NULL,         -- of a place or concept in the lexicon; 0 of a name
    lang  TEXT NOT NULL,            -- BCP 47 tag of the texts that print it so, '' where none does
    text  TEXT NOT NULL,            -- as printed, '' where it is not
    times INTEGER NOT NULL,         -- how often, in the stories that were looked at
    PRIMARY KEY (topic, party, n)
) WITHOUT ROWID;
