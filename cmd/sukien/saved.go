package main

import (
	"context"
	"fmt"

	"sukien/news"
	"sukien/store"
	"sukien/web"
)

// savedPages bounds the store's pages that one page of a saved search looks
// through for what its regular expressions and widened places want.
const savedPages = 20

// saved are the events of a saved search as its feeds show them: what it would
// push, but for the kinds of change, which an event has many of.
func (s shelf) saved(ctx context.Context, f web.Filter) (list []news.Event, next string, err error) {
	spec, err := s.specOf(ctx, f.Saved)
	if err != nil {
		return nil, "", err
	}
	spec.Change = nil
	m, err := spec.ready(s.lex)
	if err != nil {
		return nil, "", fmt.Errorf("search %s: %w", f.Saved, err)
	}
	q := store.EventQuery{Series: spec.Series, Source: spec.Source, Officials: spec.Official, Kinds: cast[news.Kind](spec.Kind), Levels: cast[news.Level](spec.Level),
		Statuses: some(f.Status), Since: f.Since, ByChange: f.ByChange, Mentions: f.Mentions, Limit: f.Limit, Cursor: f.Cursor}
	for range savedPages {
		page, after, err := s.Store.Events(ctx, q)
		if err != nil {
			return nil, "", err
		}
		for i := range page {
			if m.match(&page[i], "") {
				list = append(list, page[i])
			}
		}
		if next = after; next == "" || len(list) >= f.Limit {
			break
		}
		q.Cursor = next
	}
	return list, next, nil
}

// specOf is the saved search of a name; news.ErrNotFound.
func (s shelf) specOf(ctx context.Context, name string) (spec, error) {
	list, err := s.Searches(ctx)
	if err != nil {
		return spec{}, err
	}
	for _, q := range list {
		if q.Name == name {
			return readSpec(q)
		}
	}
	return spec{}, fmt.Errorf("saved search %s: %w: sukien searches list shows them", name, news.ErrNotFound)
}

func cast[T ~string](values []string) []T {
	out := make([]T, len(values))
	for i, v := range values {
		out[i] = T(v)
	}
	return out
}
