package ingest_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sukien/news"
	"sukien/store"
	"sukien/store/ingest"
	"sukien/store/resolve"
)

// shelf is a store in memory, as ingest.Tx: what the tests of order run against,
// many times faster than a back end.
type shelf struct {
	articles map[string]*ingest.Article
	rows     map[string]ingest.Row // by record
	events   map[string]ingest.Event
	outbox   []store.Message
	// what analysts decided: decisions in their order
	decisions []ingest.Decision
	rulings   map[string]ingest.Ruling
}

func newShelf() *shelf {
	return &shelf{articles: map[string]*ingest.Article{}, rows: map[string]ingest.Row{}, events: map[string]ingest.Event{}, rulings: map[string]ingest.Ruling{}}
}

func (s *shelf) Article(_ context.Context, id string) (*ingest.Article, error) {
	if a := s.articles[id]; a != nil {
		kept := *a
		kept.Told = len(s.of(func(r ingest.Row) bool { return r.ArticleID == id })) > 0
		return &kept, nil
	}
	return nil, fmt.Errorf("article %s: %w", id, news.ErrNotFound)
}

func (s *shelf) Mark(_ context.Context, article, pack string, _ bool) error {
	s.articles[article].Extracted = pack
	return nil
}

func (s *shelf) Stored(_ context.Context, article string) (list []string, err error) {
	for _, r := range s.of(func(r ingest.Row) bool { return r.ArticleID == article }) {
		list = append(list, string(r.Data))
	}
	return list, nil
}

// of are the rows that a test holds for, by article and place in it.
func (s *shelf) of(test func(ingest.Row) bool) []ingest.Row {
	rows := slices.DeleteFunc(slices.Collect(maps.Values(s.rows)), func(r ingest.Row) bool { return !test(r) })
	slices.SortFunc(rows, func(a, b ingest.Row) int { return cmp.Or(strings.Compare(a.ArticleID, b.ArticleID), a.N-b.N) })
	return rows
}

func (s *shelf) Claim(context.Context, []string) error { return nil }

func (s *shelf) Hold(context.Context, []ingest.Place) error { return nil }

func (s *shelf) Find(_ context.Context, p ingest.Pick) (list []ingest.Place, err error) {
	for _, r := range s.of(func(r ingest.Row) bool {
		return r.ArticleID == p.Article || slices.Contains(p.Parts, r.Part) || slices.Contains(p.Events, r.Event)
	}) {
		list = append(list, r.Place)
	}
	if p.Limit > 0 && len(list) > p.Limit {
		list = list[:p.Limit]
	}
	return list, nil
}

func (s *shelf) Sharing(_ context.Context, article string, keys [][]string, limit int) ([][]ingest.Place, error) {
	found := make([][]ingest.Place, len(keys))
	for i, list := range keys {
		for _, r := range s.of(func(r ingest.Row) bool {
			return r.ArticleID != article && slices.ContainsFunc(r.Keys(), func(k string) bool { _, ok := slices.BinarySearch(list, k); return ok })
		}) {
			found[i] = append(found[i], r.Place)
		}
		if len(found[i]) > limit {
			return nil, fmt.Errorf("%d candidates", len(found[i]))
		}
	}
	return found, nil
}

func (s *shelf) Told(_ context.Context, ids []string) (list []*resolve.Told, err error) {
	for _, id := range ids {
		r, ok := s.rows[id]
		if !ok {
			return nil, fmt.Errorf("no record %s", id)
		}
		t := *r.Told
		list = append(list, &t)
	}
	return list, nil
}

func (s *shelf) Forget(_ context.Context, article string) error {
	maps.DeleteFunc(s.rows, func(_ string, r ingest.Row) bool { return r.ArticleID == article })
	return nil
}

func (s *shelf) Insert(_ context.Context, r ingest.Row) error {
	kept := *r.Told // the one given is the caller's
	r.Told = &kept
	s.rows[r.ID] = r
	return nil
}

func (s *shelf) Move(_ context.Context, p ingest.Place) error {
	r := s.rows[p.ID]
	r.Event, r.Part = p.Event, p.Part
	s.rows[p.ID] = r
	return nil
}

func (s *shelf) Events(_ context.Context, ids []string) (list []ingest.Event, err error) {
	for _, id := range ids {
		e, ok := s.events[id]
		if !ok {
			continue
		}
		data, err := json.Marshal(e.Event) // as a back end keeps it
		if err != nil {
			return nil, err
		}
		e.Event = new(news.Event)
		if err := json.Unmarshal(data, e.Event); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

func (s *shelf) Save(_ context.Context, e ingest.Event) error {
	s.events[e.ID] = e
	return nil
}

func (s *shelf) Send(_ context.Context, m store.Message) error {
	s.outbox = append(s.outbox, m)
	return nil
}

func (s *shelf) Rulings(_ context.Context, events, articles []string) (list []ingest.Ruling, err error) {
	for _, id := range slices.Sorted(maps.Keys(s.rulings)) {
		r := s.rulings[id]
		if slices.Contains(events, id) || slices.ContainsFunc(r.Articles(), func(a string) bool { return slices.Contains(articles, a) }) {
			list = append(list, r)
		}
	}
	return list, nil
}

func (s *shelf) Rule(_ context.Context, r ingest.Ruling) error {
	s.rulings[r.Event] = r
	return nil
}

func (s *shelf) Unrule(_ context.Context, event string) error {
	delete(s.rulings, event)
	return nil
}

func (s *shelf) Decision(_ context.Context, id string) (*ingest.Decision, error) {
	for _, d := range s.decisions {
		if d.ID == id {
			return &d, nil
		}
	}
	return nil, nil
}

func (s *shelf) Decisions(_ context.Context, events []string) (list []ingest.Decision, err error) {
	for _, d := range s.decisions {
		if slices.ContainsFunc(d.Events(), func(id string) bool { return slices.Contains(events, id) }) {
			list = append(list, d)
		}
	}
	return list, nil
}

func (s *shelf) Decide(_ context.Context, d ingest.Decision) error {
	s.decisions = append(s.decisions, d)
	return nil
}

func (s *shelf) TakeBack(_ context.Context, id string) error {
	for i := range s.decisions {
		s.decisions[i].Undone = s.decisions[i].Undone || s.decisions[i].ID == id
	}
	return nil
}

func (s *shelf) Redecide(_ context.Context, d ingest.Decision) error {
	for i := range s.decisions {
		if s.decisions[i].ID == d.ID {
			s.decisions[i] = d
		}
	}
	return nil
}
