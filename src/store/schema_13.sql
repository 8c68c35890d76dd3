-- schema_13.sql - stage 7: stories that several outlets tell are found without the others, migration 13.

CREATE INDEX story_shared ON story(last DESC, id DESC) WHERE outlets > 1;
INSERT INTO tally SELECT 'shared', count(*) FROM story WHERE outlets > 1;
CREATE TRIGGER shared_tally AFTER UPDATE OF outlets ON story WHEN (OLD.outlets > 1) <> (NEW.outlets > 1) BEGIN
    UPDATE tally SET n = n + iif(NEW.outlets > 1, 1, -1) WHERE what = 'shared';
END;
