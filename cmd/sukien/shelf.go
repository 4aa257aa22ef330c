package main

import (
	"context"
	"time"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/store"
	"sukien/web"
)

// shelf lets the web pages read the store.
type shelf struct {
	store.Store
	lex *lexicon.Lexicon
}

// Events is of web.Reader.
func (s shelf) Events(ctx context.Context, f web.Filter) ([]news.Event, string, error) {
	if f.Saved != "" {
		return s.saved(ctx, f)
	}
	q := store.EventQuery{
		Series: some(f.Series), Source: some(f.Source), Places: some(f.Place), Officials: some(f.Official), Words: some(f.Words),
		Kinds: some(f.Kind), Levels: some(f.Level), Statuses: some(f.Status),
		From: f.From, To: f.To, Since: f.Since, ByChange: f.ByChange, Mentions: f.Mentions, Limit: f.Limit, Cursor: f.Cursor,
	}
	return s.Store.Events(ctx, q)
}

func some[T ~string](v T) []T {
	if v == "" {
		return nil
	}
	return []T{v}
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
func (s shelf) Articles(ctx context.Context, f web.ArticleFilter) ([]news.Article, string, error) {
	return s.Store.Articles(ctx, store.ArticleQuery{Words: f.Words, Source: f.Source, NoMain: f.NoMain, Limit: f.Limit, Cursor: f.Cursor})
}

// Outlets is of web.Reader: those that have links, and those that were observed.
func (s shelf) Outlets(ctx context.Context) ([]web.Outlet, error) {
	now := time.Now()
	links, err := s.LinkCounts(ctx, now)
	if err != nil {
		return nil, err
	}
	health, err := s.SourceHealth(ctx, now)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	var out []web.Outlet
	for _, c := range links {
		at[c.Source] = len(out)
		out = append(out, web.Outlet{Domain: c.Source, Known: c.Known, Due: c.Due, Fetched: c.Fetched, Gone: c.Gone, Failed: c.Failed, LastNew: c.LastNew})
	}
	for _, h := range health {
		i, ok := at[h.Source]
		if !ok {
			i = len(out)
			out = append(out, web.Outlet{Domain: h.Source})
		}
		out[i].Health = h
	}
	return out, nil
}

// DeadLetters is of web.Reader.
func (s shelf) DeadLetters(ctx context.Context, limit int) ([]web.DeadLetter, error) {
	list, err := s.Letters(ctx, limit)
	out := make([]web.DeadLetter, len(list))
	for i, l := range list {
		out[i] = web.DeadLetter{ID: l.ID, Stage: l.Stage, Subject: l.Subject, Reason: l.Reason, Tries: l.Tries, When: l.When}
	}
	return out, err
}
