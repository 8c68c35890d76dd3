-- schema_9.sql - stage 7: which keys of a story are of the same words, migration 9.

ALTER TABLE story_key ADD COLUMN word INTEGER NOT NULL DEFAULT 0; -- syn_story_key.word; 0: not known
