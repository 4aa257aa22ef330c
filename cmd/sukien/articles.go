package main

import (
	"context"
	"io"
	"strings"

	"sukien/news"
	"sukien/store"
)

// articlesCmd queries articles.
type articlesCmd struct {
	Words  []string `sep:"none" help:"Words in title or text, with or without diacritics." placeholder:"WORDS"`
	Source string   `help:"An outlet's domain." placeholder:"DOMAIN"`
	Type   string   `enum:"article,listing,media,other" default:"article" help:"Page type: article, listing, media, other."`
	From   string   `help:"First publication day." placeholder:"D"`
	To     string   `help:"Last publication day." placeholder:"D"`
	Limit  int      `help:"At most so many rows. Default: 50 on a terminal, else all." placeholder:"N"`
	Format string   `enum:"table,json" default:"table" help:"table or json (a line each)."`
}

// Example is shown first in --help.
func (articlesCmd) Example() string {
	return "sukien articles --source baochinhphu.vn --from 2026-11-01"
}

// Run prints articles, newest first.
func (c *articlesCmd) Run(ctx context.Context, a *app) error {
	q := store.ArticleQuery{Words: strings.Join(c.Words, " "), Source: c.Source, Type: news.PageType(c.Type), From: news.Date(c.From), To: news.Date(c.To)}
	for _, d := range []news.Date{q.From, q.To} {
		if err := d.Check(); err != nil {
			return misuse{err}
		}
	}
	return a.reading(ctx, func(st store.Store) error {
		w := c.writer(a.out)
		err := eachRows(rowLimit(c.Limit, a.out), func(limit int, cursor string) ([]news.Article, string, error) {
			q.Limit, q.Cursor = limit, cursor
			return st.Articles(ctx, q)
		}, w.write)
		if err != nil {
			return err
		}
		return w.end()
	})
}

// writer prints articles in the format asked for.
func (c *articlesCmd) writer(out io.Writer) *rowWriter[news.Article] {
	if c.Format == "json" {
		return jsonLines[news.Article](out)
	}
	var rows [][]string
	return &rowWriter[news.Article]{func(list []news.Article) error {
		for i := range list {
			rows = append(rows, []string{minute(list[i].Published), list[i].Source, list[i].Title, list[i].ID})
		}
		return nil
	}, func() error { return table(out, []string{"PUBLISHED", "SOURCE", "TITLE*", "ID"}, rows) }}
}

// searchCmd looks words up in articles and events.
type searchCmd struct {
	Words []string `arg:"" help:"Words, with or without diacritics."`
	Limit int      `default:"20" help:"At most so many articles and events each."`
}

// Example is shown first in --help.
func (searchCmd) Example() string { return "sukien search phuc loi xa hoi" }

// Run prints events, then articles.
func (c *searchCmd) Run(ctx context.Context, a *app) error {
	words := strings.Join(c.Words, " ")
	return a.reading(ctx, func(st store.Store) error {
		events, _, err := st.Events(ctx, store.EventQuery{Words: []string{words}, Mentions: true, Limit: c.Limit})
		if err != nil {
			return err
		}
		var rows [][]string
		for i := range events {
			rows = append(rows, []string{"event", string(events[i].Start), events[i].Name, events[i].ID})
		}
		articles, _, err := st.Articles(ctx, store.ArticleQuery{Words: words, Limit: c.Limit})
		if err != nil {
			return err
		}
		for i := range articles {
			rows = append(rows, []string{"article", minute(articles[i].Published), articles[i].Title, articles[i].ID})
		}
		return table(a.out, []string{"", "DATE", "NAME*", "ID"}, rows)
	})
}

// minute shows a stamp to the minute, as far as it goes: 2026-03-12 17:45.
func minute(s news.Stamp) string {
	text := string(s)
	return strings.Replace(text[:min(len(text), len("2006-01-02T15:04"))], "T", " ", 1)
}
