-- schema_11.sql - stage 7: what a story is about is read from one place of the file, migration 11.

DROP INDEX story_key_story;
CREATE INDEX story_key_of ON story_key(story, key, signal, weight, word);
