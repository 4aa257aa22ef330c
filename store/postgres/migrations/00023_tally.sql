-- +goose Up
-- How many links of a source stand where, by the hour in which they are due (Unix
-- time / 3600, 0 for never), so that to count them takes no look at each.
CREATE TABLE link_tally (
  source  text COLLATE "C" NOT NULL,
  hour    bigint NOT NULL,
  links   bigint NOT NULL,
  fetched bigint NOT NULL,                         -- at least once, and not gone
  gone    bigint NOT NULL,
  failed  bigint NOT NULL,
  changed bigint NOT NULL,                         -- the latest of the links that are or were here
  PRIMARY KEY (source, hour)
) WITH (fillfactor = 50);

INSERT INTO link_tally (source, hour, links, fetched, gone, failed, changed)
  SELECT source, due / 3600000, count(*), count(*) FILTER (WHERE fetches > 0 AND result NOT IN ('gone', 'redirected')), count(*) FILTER (WHERE result IN ('gone', 'redirected')),
    count(*) FILTER (WHERE result = 'failed'), max(changed) FROM link GROUP BY 1, 2;

-- Rows are locked in the order of their keys, within one statement.
-- +goose StatementBegin
CREATE FUNCTION tally_added () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO link_tally AS t (source, hour, links, fetched, gone, failed, changed)
    SELECT source, due / 3600000, count(*), count(*) FILTER (WHERE fetches > 0 AND result NOT IN ('gone', 'redirected')), count(*) FILTER (WHERE result IN ('gone', 'redirected')),
      count(*) FILTER (WHERE result = 'failed'), max(changed) FROM fresh GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (source, hour) DO UPDATE SET links = t.links + excluded.links, fetched = t.fetched + excluded.fetched, gone = t.gone + excluded.gone, failed = t.failed + excluded.failed,
      changed = greatest(t.changed, excluded.changed);
  RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION tally_moved () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO link_tally AS t (source, hour, links, fetched, gone, failed, changed)
    SELECT * FROM (
      SELECT source, hour, sum(n) AS links, sum(n * (fetches > 0 AND result NOT IN ('gone', 'redirected'))::int) AS fetched, sum(n * (result IN ('gone', 'redirected'))::int) AS gone,
        sum(n * (result = 'failed')::int) AS failed, max(changed) AS changed
      FROM (SELECT source, due / 3600000 AS hour, fetches, result, changed, 1 AS n FROM fresh UNION ALL SELECT source, due / 3600000, fetches, result, 0, -1 FROM stale) u GROUP BY 1, 2) d
    WHERE links <> 0 OR fetched <> 0 OR gone <> 0 OR failed <> 0 OR changed > 0 ORDER BY source, hour
    ON CONFLICT (source, hour) DO UPDATE SET links = t.links + excluded.links, fetched = t.fetched + excluded.fetched, gone = t.gone + excluded.gone, failed = t.failed + excluded.failed,
      changed = greatest(t.changed, excluded.changed);
  DELETE FROM link_tally t USING (SELECT DISTINCT source, due / 3600000 AS hour FROM stale) s WHERE t.source = s.source AND t.hour = s.hour AND t.links = 0;
  RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER link_added AFTER INSERT ON link REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tally_added ();
CREATE TRIGGER link_moved AFTER UPDATE ON link REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tally_moved ();

-- +goose Down
DROP TRIGGER link_added ON link;
DROP TRIGGER link_moved ON link;
DROP FUNCTION tally_added, tally_moved;
DROP TABLE link_tally;
