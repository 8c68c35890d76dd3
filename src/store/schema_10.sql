-- schema_10.sql - stage 7: reprints apart from voices, and users' words that were said together, migration 10.

ALTER TABLE story ADD COLUMN reprints INTEGER NOT NULL DEFAULT 0; -- of its articles: those that repeat another's text

CREATE INDEX article_reprint ON article(reprint_of) WHERE reprint_of IS NOT NULL;

ALTER TABLE verdict ADD COLUMN word INTEGER; -- n of the first of those that were said at once; NULL: it stands alone
CREATE INDEX verdict_word ON verdict(word);

-- Reprints are no voices: what decide.c counts.
UPDATE story SET (reprints, outlets, last) = (SELECT count(*) FILTER (WHERE copy),
    count(DISTINCT nullif(outlet, '')) FILTER (WHERE NOT copy), coalesce(max(sorted) FILTER (WHERE NOT copy), max(sorted))
    FROM (SELECT outlet, sorted, EXISTS (SELECT 1 FROM article o WHERE o.row = a.reprint_of AND o.story = a.story) AS copy
          FROM article a WHERE a.story = story.id))
WHERE id IN (SELECT story FROM article WHERE reprint_of IS NOT NULL);
