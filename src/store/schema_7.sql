-- schema_7.sql - stage 7: indices for stores of a million articles, migration 7.

-- Who was led to a story that is emptied in its turn.
CREATE INDEX story_forward ON story(forward) WHERE forward IS NOT NULL;
-- The first telling of each language.
CREATE INDEX article_telling ON article(story, lang, sorted);
