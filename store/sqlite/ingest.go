package sqlite

import (
	"cmp"
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
	seen *memory
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
	in := &ingest{ctx: ctx, seen: &s.seen, now: now.UTC().Truncate(time.Millisecond), x: x, before: map[string]*news.Event{}, sent: map[string]bool{}, over: map[string]string{}}
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
	var data, extracted, content string
	var seal int64
	err := in.tx.QueryRowContext(in.ctx, `SELECT json, extracted, content, print FROM article WHERE id = ?`, in.x.ArticleID).Scan(&data, &extracted, &content, &seal)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("records of article %s: %w", in.x.ArticleID, news.ErrNotFound)
	}
	if err != nil {
		return err
	}
	if in.x.Content != "" && in.x.Content != content {
		return nil // the article changed since; its message brings the records of today
	}
	in.art, in.seal = new(news.Article), uint64(seal)
	if err := json.Unmarshal([]byte(data), in.art); err != nil {
		return err
	}
	fresh, err := in.fresh()
	if err != nil {
		return err
	}
	if extracted != "" {
		if same, err := in.same(fresh); err != nil || same {
			return errors.Join(err, in.mark())
		}
	}
	old, err := in.told(`article = ?`, in.x.ArticleID)
	if err != nil {
		return err
	}
	if err := in.replace(old, fresh); err != nil {
		return err
	}
	return in.mark()
}

// mark notes that the article was read with this pack.
func (in *ingest) mark() error {
	_, err := in.tx.ExecContext(in.ctx, `UPDATE article SET extracted = ? WHERE id = ?`, cmp.Or(in.x.Pack, "none"), in.x.ArticleID)
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
		t := &resolve.Told{Record: rec, ArticleID: in.x.ArticleID, URL: cmp.Or(in.art.Canonical, in.art.URL), Source: in.art.Source,
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
	if from := cmp.Or(a.ReprintOf, a.Agency); from != "" {
		return news.HashID("s", viet.Fold(from))
	}
	return news.HashID("s", viet.Fold(a.Text))
}

// same tells whether the article's stored records are these.
func (in *ingest) same(fresh []row) (bool, error) {
	rows, err := in.tx.QueryContext(in.ctx, `SELECT json FROM record WHERE article = ? ORDER BY n`, in.x.ArticleID)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var data string
		if err := rows.Scan(&data); err != nil {
			return false, err
		}
		if n >= len(fresh) || string(fresh[n].data) != data {
			return false, rows.Err()
		}
	}
	return n == len(fresh), rows.Err()
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
		in.seen.drop(r.Record.ID)
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
	maxCandidates = 200
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

// told reads stored records that a condition names. What is compared of them is
// taken from memory where it has been read before.
func (in *ingest) told(cond string, args ...any) ([]row, error) {
	rows, err := in.tx.QueryContext(in.ctx, `SELECT id, n, event, part FROM record WHERE `+cond, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []row
	for rows.Next() {
		var r row
		var id string
		if err := rows.Scan(&id, &r.n, &r.event, &r.part); err != nil {
			return nil, err
		}
		if r.Told = in.seen.get(id); r.Told == nil {
			r.Told = &resolve.Told{Record: news.Record{ID: id}}
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for _, r := range list {
		if r.ArticleID == "" {
			if err := in.read(r.Told); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(list, func(a, b row) int { return cmp.Or(strings.Compare(a.ArticleID, b.ArticleID), a.n-b.n) })
	return list, nil
}

// read reads a stored record whose id is known, and keeps it in memory.
func (in *ingest) read(t *resolve.Told) error {
	id := t.Record.ID
	var seal int64
	var terms, data string
	err := in.tx.QueryRowContext(in.ctx, `SELECT article, url, source, published, story, reprint, print, title, terms, json FROM record WHERE id = ?`, id).
		Scan(&t.ArticleID, &t.URL, &t.Source, &t.Published, &t.Story, &t.ReprintOf, &seal, &t.Title, &terms, &data)
	if err != nil {
		return fmt.Errorf("record %s: %w", id, err)
	}
	if err := json.Unmarshal([]byte(data), &t.Record); err != nil {
		return fmt.Errorf("record %s: %w", id, err)
	}
	t.Record.Evidence = nil // the largest part; it is not compared
	t.Print, t.Terms = uint64(seal), resolve.ParseTerms(terms)
	t.Prepare()
	in.seen.put(id, t)
	return nil
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
