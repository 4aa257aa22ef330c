package storetest

import (
	"testing"

	"sukien/news"
	"sukien/store"
)

// Fill puts made-up news into a store until it holds so many events, mentions
// among them: what the benchmarks of others look at.
func Fill(t testing.TB, st store.Store, events int) {
	t.Helper()
	f := &fixture{Store: st, t: t}
	w := newWorld(1)
	for {
		c, err := st.Counts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if c.Events+c.Mentions >= events {
			return
		}
		var saves []made
		var batch []news.Extraction
		for range pressBatch * 5 {
			m := w.next()
			saves = append(saves, m)
			batch = append(batch, news.Extraction{ArticleID: m.article.ID, Pack: "sha256:one", Records: m.records, Origin: news.Backfill})
		}
		together(saves, func(m made) { f.savePrint(m.article, m.print) })
		f.ingestAll(batch)
	}
}
