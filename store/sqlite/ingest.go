package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
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
	tx   *txn
	now  time.Time
	x    news.Extraction
	art  *news.Article
	seal uint64 // simhash of the article's text
	done store.Ingested
	// before are the affected events as they were, by id.
	before map[string]*news.Event
	// sent says of them that a new message was written, over where they ended:
	// the event they were merged into, or retracted.
	sent map[string]bool
	over map[string]string
}

// Ingest is of store.Events.
func (s *Store) Ingest(ctx context.Context, x news.Extraction, now time.Time) (store.Ingested, error) {
	in := &ingest{ctx: ctx, now: now.UTC().Truncate(time.Millisecond), x: x, before: map[string]*news.Event{}, sent: map[string]bool{}, over: map[string]string{}}
	in.done = store.Ingested{Records: len(x.Records), Changes: map[news.Change]int{}}
	err := s.tx(ctx, func(tx *txn) error {
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
	var seal int64
	err := in.tx.QueryRowContext(in.ctx, `SELECT json, extracted, print FROM article WHERE id = ?`, in.x.ArticleID).Scan(&data, &extracted, &seal)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("records of article %s: %w", in.x.ArticleID, news.ErrNotFound)
	}
	if err != nil {
		return err
	}
	in.art, in.seal = new(news.Article), uint64(seal)
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

// row is a record with its place in the article, the event and the part it was
// in, and its stored form.
type row struct {
	*resolve.Told
	n           int
	event, part string
	data        []byte
}

// fresh prepares the extraction's records; their ids are their places in the article.
func (in *ingest) fresh() ([]row, error) {
	var rows []row
	terms := resolve.Terms(in.art.Title, in.art.Text)
	for i, rec := range in.x.Records {
		rec.ID = news.RecordID(in.x.ArticleID, i)
		data, err := json.Marshal(rec)
		if err != nil {
			return nil, fmt.Errorf("record %d of article %s: %w", i, in.x.ArticleID, err)
		}
		t := &resolve.Told{Record: rec, ArticleID: in.x.ArticleID, URL: firstOf(in.art.Canonical, in.art.URL), Source: in.art.Source,
			Published: in.art.Published, Story: story(in.art), ReprintOf: in.art.ReprintOf, Print: in.seal,
			Title: in.art.Title, Terms: terms}
		t.Prepare()
		rows = append(rows, row{Told: t, n: i, data: data})
	}
	return rows, nil
}

// story names what an article prints: the wire or the paper that it was taken
// from, else its text. It is compared within an event only.
func story(a *news.Article) string {
	if from := firstOf(a.ReprintOf, a.Agency); from != "" {
		return news.HashID("s", viet.Fold(from))
	}
	return news.HashID("s", viet.Fold(a.Text))
}

func sameRecords(old, fresh []row) bool {
	return slices.EqualFunc(old, fresh, func(a, b row) bool { return bytes.Equal(a.data, b.data) })
}

// replace puts the fresh records in the place of the old ones and settles every
// event that either touches.
func (in *ingest) replace(old, fresh []row) error {
	if _, err := in.tx.ExecContext(in.ctx, `DELETE FROM record WHERE article = ?`, in.x.ArticleID); err != nil {
		return err
	}
	was := map[string]string{} // record → event
	parts, events := map[string]bool{}, map[string]bool{}
	for _, r := range old {
		was[r.Record.ID], parts[r.part], events[r.event] = r.event, true, true
	}
	for i, f := range fresh {
		fresh[i].event = was[f.Record.ID]
		like, err := in.alike(f.Told)
		if err != nil {
			return err
		}
		for _, r := range like {
			parts[r.part], events[r.event] = true, true
		}
	}
	members, err := in.members(parts, events)
	if err != nil {
		return err
	}
	return in.settle(append(fresh, members...), events)
}

// The bounds of one ingest: the records that a record is compared with, and
// those that are resolved anew together. Past the latter only the events that
// the article touches are, and the result may depend on the order.
const (
	maxCandidates = 400
	maxPart       = 1000
)

// alike are the stored records of one meeting with t.
func (in *ingest) alike(t *resolve.Told) ([]row, error) {
	keys := t.Probes()
	if len(keys) == 0 {
		return nil, nil
	}
	args := make([]any, len(keys)+1)
	for i, k := range keys {
		args[i] = k
	}
	args[len(keys)] = maxCandidates
	found, err := in.told(`id IN (SELECT record FROM record_key WHERE key IN (`+marks(len(keys))+`) GROUP BY record ORDER BY count(*) DESC, record LIMIT ?)`, args...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(r row) bool { return r.ArticleID == t.ArticleID || !resolve.Same(t, r.Told).Same }), nil
}

// members are the stored records of the parts, or, where these have grown too
// large, of the events alone. events gets those of all of them.
func (in *ingest) members(parts, events map[string]bool) ([]row, error) {
	all, err := in.told(`part IN (`+marks(len(parts))+`) LIMIT ?`, append(anys(parts), maxPart+1)...)
	if err == nil && len(all) > maxPart {
		all, err = in.told(`event IN (`+marks(len(events))+`)`, anys(events)...)
	}
	for _, r := range all {
		events[r.event] = true
	}
	return all, err
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anys(set map[string]bool) []any {
	out := make([]any, 0, len(set)+1)
	for _, v := range slices.Sorted(maps.Keys(set)) {
		out = append(out, v)
	}
	return out
}

// told reads stored records.
func (in *ingest) told(cond string, args ...any) ([]row, error) {
	rows, err := in.tx.QueryContext(in.ctx, `SELECT article, n, event, part, url, source, published, story, reprint, print, title, terms, json FROM record WHERE `+cond, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []row
	for rows.Next() {
		r := row{Told: &resolve.Told{}}
		var seal int64
		var terms string
		if err := rows.Scan(&r.ArticleID, &r.n, &r.event, &r.part, &r.URL, &r.Source, &r.Published, &r.Story, &r.ReprintOf, &seal, &r.Title, &terms, &r.data); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(r.data, &r.Record); err != nil {
			return nil, err
		}
		r.Print, r.Terms = uint64(seal), resolve.ParseTerms(terms)
		r.Prepare()
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b row) int { return firstNot0(strings.Compare(a.ArticleID, b.ArticleID), a.n-b.n) })
	return list, rows.Err()
}

func firstNot0(a, b int) int {
	if a != 0 {
		return a
	}
	return b
}

// settle parts the records into meetings, gives each the event it continues,
// and writes what changed.
func (in *ingest) settle(all []row, affected map[string]bool) error {
	was, told := map[string]string{}, make([]*resolve.Told, len(all))
	rows := map[string]row{}
	for i, r := range all {
		told[i], was[r.Record.ID], rows[r.Record.ID] = r.Told, r.event, r
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
		for _, t := range g.Records {
			if err := in.keep(rows[t.Record.ID], ids[i], g.Part); err != nil {
				return err
			}
		}
		if err := in.write(ids[i], resolve.Fuse(g.Records)); err != nil {
			return err
		}
	}
	return in.gone(groups, ids, was)
}

// load reads an affected event as it was.
func (in *ingest) load(id string) error {
	var data, over string
	var sent bool
	if err := in.tx.QueryRowContext(in.ctx, `SELECT json, sent, merged FROM event WHERE id = ?`, id).Scan(&data, &sent, &over); err != nil {
		return fmt.Errorf("event %s: %w", id, err)
	}
	e := new(news.Event)
	in.before[id], in.sent[id], in.over[id] = e, sent, over
	return json.Unmarshal([]byte(data), e)
}

// keep writes a record under its event.
func (in *ingest) keep(r row, event, part string) error {
	t := r.Told
	if t.ArticleID != in.x.ArticleID {
		if r.event == event && r.part == part {
			return nil
		}
		_, err := in.tx.ExecContext(in.ctx, `UPDATE record SET event = ?, part = ? WHERE id = ?`, event, part, t.Record.ID)
		return err
	}
	if _, err := in.tx.ExecContext(in.ctx, `INSERT INTO record (id, article, n, event, part, url, source, published, story, reprint, print, title, terms, json) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		t.Record.ID, t.ArticleID, r.n, event, part, t.URL, t.Source, t.Published, t.Story, t.ReprintOf, int64(t.Print), t.Title, resolve.FormatTerms(t.Terms), string(r.data)); err != nil {
		return err
	}
	for _, k := range t.Keys() {
		if _, err := in.tx.ExecContext(in.ctx, `INSERT INTO record_key (key, record) VALUES (?,?)`, k, t.Record.ID); err != nil {
			return err
		}
	}
	return nil
}
