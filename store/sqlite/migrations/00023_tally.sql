-- +goose Up
-- How many links of a source stand where, by the hour in which they are due (Unix
-- time / 3600, 0 for never), so that to count them takes no look at each.
CREATE TABLE link_tally (
  source  TEXT NOT NULL,
  hour    INTEGER NOT NULL,
  links   INTEGER NOT NULL,
  fetched INTEGER NOT NULL,           -- at least once, and not gone
  gone    INTEGER NOT NULL,
  failed  INTEGER NOT NULL,
  changed INTEGER NOT NULL,           -- the latest of the links that are or were here
  PRIMARY KEY (source, hour)
) STRICT, WITHOUT ROWID;

INSERT INTO link_tally (source, hour, links, fetched, gone, failed, changed)
  SELECT source, due / 3600000, count(*), sum(fetches > 0 AND result NOT IN ('gone', 'redirected')), sum(result IN ('gone', 'redirected')), sum(result = 'failed'), max(changed)
  FROM link GROUP BY 1, 2;

-- +goose StatementBegin
CREATE TRIGGER link_added AFTER INSERT ON link BEGIN
  INSERT INTO link_tally (source, hour, links, fetched, gone, failed, changed)
    VALUES (NEW.source, NEW.due / 3600000, 1, NEW.fetches > 0 AND NEW.result NOT IN ('gone', 'redirected'), NEW.result IN ('gone', 'redirected'), NEW.result = 'failed', NEW.changed)
    ON CONFLICT DO UPDATE SET links = links + 1, fetched = fetched + excluded.fetched, gone = gone + excluded.gone, failed = failed + excluded.failed, changed = max(changed, excluded.changed);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER link_moved AFTER UPDATE OF due, fetches, result, changed ON link
WHEN OLD.due / 3600000 <> NEW.due / 3600000 OR OLD.fetches <> NEW.fetches OR OLD.result <> NEW.result OR OLD.changed <> NEW.changed BEGIN
  INSERT INTO link_tally (source, hour, links, fetched, gone, failed, changed)
    VALUES (NEW.source, NEW.due / 3600000, 1, NEW.fetches > 0 AND NEW.result NOT IN ('gone', 'redirected'), NEW.result IN ('gone', 'redirected'), NEW.result = 'failed', NEW.changed)
    ON CONFLICT DO UPDATE SET links = links + 1, fetched = fetched + excluded.fetched, gone = gone + excluded.gone, failed = failed + excluded.failed, changed = max(changed, excluded.changed);
  UPDATE link_tally SET links = links - 1, fetched = fetched - (OLD.fetches > 0 AND OLD.result NOT IN ('gone', 'redirected')), gone = gone - (OLD.result IN ('gone', 'redirected')), failed = failed - (OLD.result = 'failed')
    WHERE source = OLD.source AND hour = OLD.due / 3600000;
  DELETE FROM link_tally WHERE source = OLD.source AND hour = OLD.due / 3600000 AND links = 0;
END;
-- +goose StatementEnd

-- +goose Down
SELECT 1;
