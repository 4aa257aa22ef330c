package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sukien/news"
	"sukien/news/viet"
	"sukien/store"
	"sukien/store/resolve"
)

// ingest is one article's records on their way into events.
type ingest struct {
	ctx  context.Context
	tx   *sql.Tx
	now  time.Time
	x    news.Extraction
	art  *news.Article
	done store.Ingested
	// before are the affected events as they were, by id.
	before map[string]*news.Event
	sent   map[string]bool
}

// Ingest is of store.Events.
func (s *Store) Ingest(ctx context.Context, x news.Extraction, now time.Time) (store.Ingested, error) {
	in := &ingest{ctx: ctx, now: now.UTC().Truncate(time.Millisecond), x: x, before: map[string]*news.Event{}, sent: map[string]bool{}}
	in.done = store.Ingested{Records: len(x.Records), Changes: map[news.Change]int{}}
	err := s.tx(ctx, func(tx *sql.Tx) error {
		in.tx = tx
		return in.run()
	})
	if err == nil && len(in.done.Changes) > 0 {
		s.notify()
	}
	return in.done, err
}

func (in *ingest) run() error {
	var data, extracted string
	err := in.tx.QueryRowContext(in.ctx, `SELECT json, extracted FROM article WHERE id = ?`, in.x.ArticleID).Scan(&data, &extracted)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("records of article %s: %w", in.x.ArticleID, news.ErrNotFound)
	}
	if err != nil {
		return err
	}
	in.art = new(news.Article)
	if err := json.Unmarshal([]byte(data), in.art); err != nil {
		return err
	}
	old, err := in.told(`article = ?`, in.x.ArticleID)
	if err != nil {
		return err
	}
	fresh, err := in.fresh()
	if err != nil {
		return err
	}
	if extracted != "" && sameRecords(old, fresh) {
		return in.mark()
	}
	if err := in.replace(old, fresh); err != nil {
		return err
	}
	return in.mark()
}

// mark notes that the article was read with this pack.
func (in *ingest) mark() error {
	_, err := in.tx.ExecContext(in.ctx, `UPDATE article SET extracted = ? WHERE id = ?`, firstOf(in.x.Pack, "none"), in.x.ArticleID)
	return err
}

// row is a record with its event and stored form.
type row struct {
	*resolve.Told
	event string
	data  []byte
}

// fresh prepares the extraction's records; their ids are their places in the article.
func (in *ingest) fresh() ([]row, error) {
	var rows []row
	for i, rec := range in.x.Records {
		rec.ID = news.RecordID(in.x.ArticleID, i)
		data, err := json.Marshal(rec)
		if err != nil {
			return nil, fmt.Errorf("record %d of article %s: %w", i, in.x.ArticleID, err)
		}
		t := &resolve.Told{Record: rec, ArticleID: in.x.ArticleID, URL: firstOf(in.art.Canonical, in.art.URL), Source: in.art.Source,
			Published: in.art.Published, Story: story(in.art), ReprintOf: in.art.ReprintOf}
		t.Prepare()
		rows = append(rows, row{t, "", data})
	}
	return rows, nil
}

// story names the text that an article prints, so that a reprint is known by it.
func story(a *news.Article) string {
	if a.ReprintOf != "" {
		return news.HashID("s", a.ReprintOf)
	}
	return news.HashID("s", viet.Fold(a.Text))
}

func sameRecords(old, fresh []row) bool {
	return slices.EqualFunc(old, fresh, func(a, b row) bool { return bytes.Equal(a.data, b.data) })
}

// replace puts the fresh records in the place of the old ones and settles every
// event that either touches.
func (in *ingest) replace(old, fresh []row) error {
	affected := map[string]bool{}
	for _, r := range old {
		affected[r.event] = true
	}
	if _, err := in.tx.ExecContext(in.ctx, `DELETE FROM record WHERE article = ?`, in.x.ArticleID); err != nil {
		return err
	}
	home := map[string]string{} // record → event it was in
	for _, r := range old {
		home[r.Record.ID] = r.event
	}
	for i, f := range fresh {
		fresh[i].event = home[f.Record.ID]
		events, err := in.candidates(f.Told)
		if err != nil {
			return err
		}
		for _, e := range events {
			affected[e] = true
		}
	}
	all := fresh
	for e := range affected {
		members, err := in.told(`event = ?`, e)
		if err != nil {
			return err
		}
		all = append(all, members...)
	}
	return in.settle(all, affected)
}

// maxCandidates bounds the records that one record is compared with.
const maxCandidates = 400

// candidates are the events of stored records that are of one meeting with t.
func (in *ingest) candidates(t *resolve.Told) ([]string, error) {
	keys := t.Keys()
	if len(keys) == 0 {
		return nil, nil
	}
	args := make([]any, len(keys)+1)
	for i, k := range keys {
		args[i] = k
	}
	args[len(keys)] = maxCandidates
	found, err := in.told(`id IN (SELECT record FROM record_key WHERE key IN (?`+strings.Repeat(",?", len(keys)-1)+`) GROUP BY record ORDER BY count(*) DESC, record LIMIT ?)`, args...)
	if err != nil {
		return nil, err
	}
	var events []string
	for _, r := range found {
		if r.ArticleID != t.ArticleID && !slices.Contains(events, r.event) && resolve.Same(t, r.Told).Same {
			events = append(events, r.event)
		}
	}
	return events, nil
}

// told reads stored records.
func (in *ingest) told(cond string, args ...any) ([]row, error) {
	rows, err := in.tx.QueryContext(in.ctx, `SELECT article, event, url, source, published, story, reprint, json FROM record WHERE `+cond+` ORDER BY rowid`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []row
	for rows.Next() {
		r := row{Told: &resolve.Told{}}
		if err := rows.Scan(&r.ArticleID, &r.event, &r.URL, &r.Source, &r.Published, &r.Story, &r.ReprintOf, &r.data); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(r.data, &r.Record); err != nil {
			return nil, err
		}
		r.Prepare()
		list = append(list, r)
	}
	return list, rows.Err()
}

// settle parts the records into meetings, gives each the event it continues,
// and writes what changed.
func (in *ingest) settle(all []row, affected map[string]bool) error {
	was, told := map[string]string{}, make([]*resolve.Told, len(all))
	data := map[string][]byte{}
	for i, r := range all {
		told[i], was[r.Record.ID], data[r.Record.ID] = r.Told, r.event, r.data
	}
	for e := range affected {
		if err := in.load(e); err != nil {
			return err
		}
	}
	groups := resolve.Group(told)
	ids, err := in.identify(groups, was)
	if err != nil {
		return err
	}
	for i, g := range groups {
		for _, t := range g {
			if err := in.keep(t, ids[i], data[t.Record.ID]); err != nil {
				return err
			}
		}
		if err := in.write(ids[i], resolve.Fuse(g)); err != nil {
			return err
		}
	}
	return in.gone(groups, ids, was)
}

// load reads an affected event as it was.
func (in *ingest) load(id string) error {
	var data string
	var sent bool
	if err := in.tx.QueryRowContext(in.ctx, `SELECT json, sent FROM event WHERE id = ?`, id).Scan(&data, &sent); err != nil {
		return fmt.Errorf("event %s: %w", id, err)
	}
	e := new(news.Event)
	in.before[id], in.sent[id] = e, sent
	return json.Unmarshal([]byte(data), e)
}

// identify gives each group an event id: that of the event most of whose past it
// is (sent before unsent, then first seen, then lowest id), else a new one.
func (in *ingest) identify(groups [][]*resolve.Told, was map[string]string) ([]string, error) {
	taken, ids := map[string]bool{}, make([]string, len(groups))
	for i, g := range groups {
		var past []string
		for _, t := range g {
			if e := was[t.Record.ID]; e != "" && !taken[e] && in.before[e] != nil {
				past = append(past, e)
			}
		}
		if len(past) > 0 {
			ids[i] = slices.MinFunc(past, in.elder)
			taken[ids[i]] = true
		}
	}
	for i, g := range groups {
		for n := 0; ids[i] == ""; n++ {
			id := news.HashID("e", g[0].Record.ID, fmt.Sprint(n))
			var used bool
			if err := in.tx.QueryRowContext(in.ctx, `SELECT EXISTS (SELECT 1 FROM event WHERE id = ?)`, id).Scan(&used); err != nil {
				return nil, err
			}
			if !used && !taken[id] {
				ids[i], taken[id] = id, true
			}
		}
	}
	return ids, nil
}

// elder orders events by which keeps its id.
func (in *ingest) elder(a, b string) int {
	if in.sent[a] != in.sent[b] {
		if in.sent[a] {
			return -1
		}
		return 1
	}
	if c := in.before[a].FirstSeen.Compare(in.before[b].FirstSeen); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

// keep writes a record under its event.
func (in *ingest) keep(t *resolve.Told, event string, data []byte) error {
	if t.ArticleID != in.x.ArticleID {
		_, err := in.tx.ExecContext(in.ctx, `UPDATE record SET event = ? WHERE id = ? AND event <> ?`, event, t.Record.ID, event)
		return err
	}
	if _, err := in.tx.ExecContext(in.ctx, `INSERT INTO record (id, article, event, url, source, published, story, reprint, json) VALUES (?,?,?,?,?,?,?,?,?)`,
		t.Record.ID, t.ArticleID, event, t.URL, t.Source, t.Published, t.Story, t.ReprintOf, string(data)); err != nil {
		return err
	}
	for _, k := range t.Keys() {
		if _, err := in.tx.ExecContext(in.ctx, `INSERT INTO record_key (key, record) VALUES (?,?)`, k, t.Record.ID); err != nil {
			return err
		}
	}
	return nil
}
