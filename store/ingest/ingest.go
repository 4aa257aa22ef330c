// Package ingest brings an article's records into events: the decisions, for a
// back end that keeps the rows.
//
//	ingest.go    an article's records: which others they are resolved with
//	tx.go        what a back end does for it
//	settle.go    records into meetings, meetings into events
//	identity.go  which event goes on in which
//	event.go     an event's revision, with its messages
//	facet.go     what an event is found by
//	correct.go   an analyst's decision carried out
//	decide.go    what the decision is about
//	ruling.go    what decisions say of an event
//	anchor.go    the records that they were about, found again
//	purge.go     an article, or a person in it, on its way out; purgeruling.go: of decisions
//	memory.go    records compared lately
package ingest

import (
	"cmp"
	"context"
	"encoding/json"
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

// run is one article's records on their way into events.
type run struct {
	tx   Tx
	now  time.Time
	x    news.Extraction
	art  *Article
	seen *Memory
	done store.Ingested
	// before are the affected events as they were, by id.
	before map[string]*news.Event
	// sent says of them that a new message was written, over where they ended:
	// the event they were merged into, or retracted.
	sent map[string]bool
	over map[string]string
	// after are those that were saved.
	after map[string]*news.Event
	// rulings are what analysts decided on affected events; unruled are events of
	// which they no longer do; back says of records of which event they were before
	// a decision that is undone. decided is the decision being carried out, nil for
	// none.
	rulings map[string]*Ruling
	unruled map[string]bool
	back    map[string]string
	decided *decided
}

func newRun(tx Tx, x news.Extraction, now time.Time, seen *Memory) *run {
	return &run{tx: tx, seen: seen, now: now.UTC().Truncate(time.Millisecond), x: x, before: map[string]*news.Event{}, after: map[string]*news.Event{},
		sent: map[string]bool{}, over: map[string]string{}, rulings: map[string]*Ruling{}, done: store.Ingested{Records: len(x.Records), Changes: map[news.Change]int{}}}
}

// Run is Ingest of store.Events inside a transaction. seen may be shared by all
// runs over one store.
func Run(ctx context.Context, tx Tx, x news.Extraction, now time.Time, seen *Memory) (store.Ingested, error) {
	in := newRun(tx, x, now, seen)
	err := in.run(ctx)
	return in.done, err
}

func (in *run) run(ctx context.Context) (err error) {
	if in.art, err = in.tx.Article(ctx, in.x.ArticleID); err != nil {
		return err
	}
	if in.x.Content != "" && in.x.Content != in.art.Content {
		return nil // the article changed since; its message brings the records of today
	}
	fresh, err := in.fresh()
	if err != nil {
		return err
	}
	same, err := in.same(ctx, fresh)
	if err == nil && !same {
		err = in.replace(ctx, fresh)
	}
	if err != nil {
		return err
	}
	main := slices.ContainsFunc(in.x.Records, func(r news.Record) bool { return r.Salience == news.Main })
	return in.tx.Mark(ctx, in.x.ArticleID, cmp.Or(in.x.Pack, "none"), main)
}

// fresh prepares the extraction's records; their ids are their places in the article.
func (in *run) fresh() ([]Row, error) {
	var rows []Row
	a := in.art
	terms := resolve.Terms(a.Title, a.Text)
	for i, rec := range in.x.Records {
		rec.ID = news.RecordID(in.x.ArticleID, i)
		data, err := json.Marshal(rec)
		if err != nil {
			return nil, fmt.Errorf("record %d of article %s: %w", i, in.x.ArticleID, err)
		}
		rec.Evidence = nil // as told reads them
		t := &resolve.Told{Record: rec, ArticleID: in.x.ArticleID, URL: cmp.Or(a.Canonical, a.URL), Source: a.Source,
			Published: a.Published, Story: story(a.Article), ReprintOf: a.ReprintOf, Print: a.Print,
			Title: a.Title, Terms: terms}
		t.Prepare()
		rows = append(rows, Row{Place: Place{ID: rec.ID, N: i}, Told: t, Data: data})
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

// same tells whether the article was read before and its stored records are these.
func (in *run) same(ctx context.Context, fresh []Row) (bool, error) {
	if in.art.Extracted == "" {
		return false, nil
	}
	stored, err := in.tx.Stored(ctx, in.x.ArticleID)
	return err == nil && slices.EqualFunc(stored, fresh, func(data string, r Row) bool { return data == string(r.Data) }), err
}

// replace puts the fresh records in the place of the old ones and settles every
// event that either touches.
func (in *run) replace(ctx context.Context, fresh []Row) error {
	if err := in.tx.Claim(ctx, keysOf(fresh)); err != nil {
		return err
	}
	old, err := in.old(ctx)
	if err != nil {
		return err
	}
	was, hit := map[string]string{}, map[string]bool{} // record → event; the events of the old records
	for _, p := range old {
		was[p.ID], hit[p.Event] = p.Event, true
		in.seen.drop(p.ID)
	}
	for i, f := range fresh {
		fresh[i].Event = was[f.ID]
	}
	like, err := in.alike(ctx, fresh)
	if err != nil {
		return err
	}
	touched := append(old, like...)
	ruled, err := in.ruledBy(ctx, in.x.ArticleID)
	if err != nil {
		return err
	}
	touched = append(touched, ruled...)
	if err := in.tx.Hold(ctx, touched); err != nil {
		return err
	}
	if len(old) > 0 {
		err = in.tx.Forget(ctx, in.x.ArticleID)
	}
	if err != nil {
		return err
	}
	members, events, err := in.members(ctx, touched)
	if err != nil {
		return err
	}
	for id := range in.rulings {
		events[id], hit[id] = true, true
	}
	if err := in.loadRulings(ctx, sorted(events), nil); err != nil {
		return err
	}
	return in.settle(ctx, append(fresh, members...), events, hit)
}

// old are the places of the article's stored records.
func (in *run) old(ctx context.Context) ([]Place, error) {
	if !in.art.Told {
		return nil, nil
	}
	return in.tx.Find(ctx, Pick{Article: in.x.ArticleID})
}

// keysOf are all keys under which the records are found or find others.
func keysOf(rows []Row) []string {
	var keys []string
	for _, r := range rows {
		keys = append(append(keys, r.Keys()...), r.Probes()...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// The bounds of one ingest: the records that a record is compared with, and
// those that are resolved anew together. Past the latter only the events that
// the article touches are, and the result may depend on the order.
const (
	maxCandidates = 200
	maxPart       = 1000
)

// alike are the places of other articles' records of one meeting with any of the fresh.
func (in *run) alike(ctx context.Context, fresh []Row) ([]Place, error) {
	probes := make([][]string, len(fresh))
	for i, f := range fresh {
		probes[i] = f.Probes()
	}
	found, err := in.tx.Sharing(ctx, in.x.ArticleID, probes, maxCandidates)
	if err != nil {
		return nil, err
	}
	told, err := in.told(ctx, slices.Concat(found...))
	if err != nil {
		return nil, err
	}
	var like []Place
	for i, places := range found {
		for j, p := range places {
			if resolve.Same(fresh[i].Told, told[j]).Same {
				like = append(like, p)
			}
		}
		told = told[len(places):]
	}
	return like, nil
}

// members are the stored records of the parts that the places are in, or, where
// these have grown too large, of the events alone; with all of their events.
func (in *run) members(ctx context.Context, places []Place) ([]Row, map[string]bool, error) {
	parts, events := map[string]bool{}, map[string]bool{}
	for _, p := range places {
		parts[p.Part], events[p.Event] = true, true
	}
	if len(places) == 0 {
		return nil, events, nil
	}
	all, err := in.tx.Find(ctx, Pick{Parts: sorted(parts), Limit: maxPart + 1})
	if err == nil && len(all) > maxPart {
		all, err = in.tx.Find(ctx, Pick{Events: sorted(events)})
	}
	if err != nil {
		return nil, nil, err
	}
	for _, p := range all {
		events[p.Event] = true
	}
	told, err := in.told(ctx, all)
	if err != nil {
		return nil, nil, err
	}
	rows := make([]Row, len(all))
	for i, p := range all {
		rows[i] = Row{Place: p, Told: told[i]}
	}
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Or(strings.Compare(a.ArticleID, b.ArticleID), a.N-b.N) })
	return rows, events, nil
}

// told gives the records at places. They are taken from memory where they have
// been read before.
func (in *run) told(ctx context.Context, places []Place) ([]*resolve.Told, error) {
	told := in.seen.get(places)
	unread := map[string]*resolve.Told{}
	for i, t := range told {
		if t == nil {
			unread[places[i].ID] = nil
		}
	}
	if len(unread) == 0 {
		return told, nil
	}
	list, err := in.tx.Told(ctx, slices.Sorted(maps.Keys(unread)))
	if err != nil {
		return nil, err
	}
	for _, t := range list {
		t.Prepare()
		t.Settle()
		unread[t.Record.ID] = t
	}
	for i, p := range places {
		if told[i] == nil {
			told[i] = unread[p.ID]
			in.seen.put(p, told[i])
		}
	}
	return told, nil
}
