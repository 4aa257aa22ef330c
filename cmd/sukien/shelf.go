package main

import (
	"context"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/web"
)

// shelf lets the web pages read the store.
type shelf struct{ store.Store }

// Events is of web.Reader.
func (s shelf) Events(ctx context.Context, f web.Filter) ([]news.Event, string, error) {
	q := store.EventQuery{
		Series: some(f.Series), Source: some(f.Source), Places: some(f.Place), Officials: some(f.Official), Words: some(f.Words),
		From: f.From, To: f.To, Mentions: f.Mentions, Limit: f.Limit, Cursor: f.Cursor,
	}
	if f.Kind != "" {
		q.Kinds = []news.Kind{f.Kind}
	}
	return s.Store.Events(ctx, q)
}

func some(v string) []string {
	if v == "" {
		return nil
	}
	return []string{v}
}

// Tellings is of web.Reader.
func (s shelf) Tellings(ctx context.Context, id string) ([]web.Telling, error) {
	list, err := s.Store.Tellings(ctx, id)
	out := make([]web.Telling, len(list))
	for i, t := range list {
		out[i] = web.Telling(t)
	}
	return out, err
}

// Articles is of web.Reader.
func (s shelf) Articles(ctx context.Context, words string, limit int) ([]news.Article, error) {
	list, _, err := s.Store.Articles(ctx, store.ArticleQuery{Words: words, Limit: limit})
	return list, err
}

// Outlets is of web.Reader.
func (s shelf) Outlets(ctx context.Context) ([]web.Outlet, error) {
	list, err := s.LinkCounts(ctx, time.Now())
	out := make([]web.Outlet, len(list))
	for i, c := range list {
		out[i] = web.Outlet{Domain: c.Source, Known: c.Known, Due: c.Due, Fetched: c.Fetched, Gone: c.Gone, Failed: c.Failed, LastNew: c.LastNew}
	}
	return out, err
}

// DeadLetters is of web.Reader.
func (s shelf) DeadLetters(ctx context.Context, limit int) ([]web.DeadLetter, error) {
	list, err := s.Letters(ctx, limit)
	out := make([]web.DeadLetter, len(list))
	for i, l := range list {
		out[i] = web.DeadLetter{ID: l.ID, Subject: l.Subject, Reason: l.Reason, When: l.When}
	}
	return out, err
}
