package main

import (
	"context"
	"strings"

	"sukien/news"
	"sukien/store"
)

// again chooses stored articles to be read again.
type again struct {
	Words  []string `help:"Words in title or text, with or without diacritics." placeholder:"WORDS"`
	Source string   `help:"An outlet's domain." placeholder:"DOMAIN"`
	From   string   `help:"First publication day." placeholder:"D"`
	To     string   `help:"Last publication day." placeholder:"D"`
	Limit  int      `help:"At most so many articles. Default: all." placeholder:"N"`
}

// againPage is the number of articles read at a time.
const againPage = 100

// query is the filters as a query for articles of a type.
func (f *again) query(t news.PageType) (store.ArticleQuery, error) {
	q := store.ArticleQuery{Words: strings.Join(f.Words, " "), Source: f.Source, Type: t, From: news.Date(f.From), To: news.Date(f.To), Limit: againPage}
	for _, d := range []news.Date{q.From, q.To} {
		if err := d.Check(); err != nil {
			return q, misuse{err}
		}
	}
	return q, nil
}

// eachPage hands on the articles of a query, newest saved first, at most limit
// (0: all), with the cursor behind each page.
func eachPage(ctx context.Context, st store.Pages, q store.ArticleQuery, limit int, take func(list []news.Article, next string) error) (n int, err error) {
	for limit == 0 || n < limit {
		if limit > 0 {
			q.Limit = min(q.Limit, limit-n)
		}
		list, next, err := st.Articles(ctx, q)
		if err != nil {
			return n, err
		}
		n += len(list)
		if err := take(list, next); err != nil || next == "" {
			return n, err
		}
		q.Cursor = next
	}
	return n, nil
}
