-- +goose Up
-- Whether a record of the article has its meeting as the main one.
ALTER TABLE article ADD COLUMN main boolean NOT NULL DEFAULT false;
UPDATE article SET main = true WHERE id IN (SELECT article FROM record WHERE json::text LIKE '%"salience":"main"%');
CREATE INDEX article_missed ON article (page_type, saved DESC, id) WHERE NOT main AND extracted NOT IN ('', '-');

-- +goose Down
DROP INDEX article_missed;
ALTER TABLE article DROP COLUMN main;
