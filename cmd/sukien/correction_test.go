package main

import (
	"strings"
	"testing"
	"time"

	"sukien/crawler/crawlertest"
	"sukien/news"
	"sukien/store"
)

// TestCorrectedArticleCorrectsItsEvent follows a correction from the outlet's
// page to the message: the article is fetched again, read again, and its event
// changed.
func TestCorrectedArticleCorrectsItsEvent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	w.sukien("run", "--once")
	before := w.sent()
	url, event := w.lonely()
	w.site.Edit(url, "Ban tổ chức cho biết "+event.Name+" sẽ do Thứ trưởng Phạm Đức Kiên chủ trì.")
	w.due(url)
	w.sukien("run", "--once")
	st := w.reader()
	defer st.Close()
	e, err := st.Event(t.Context(), event.ID)
	if err != nil {
		t.Fatal(err)
	}
	if e.Revision <= event.Revision {
		t.Errorf("event %q is at revision %d as before", e.Name, e.Revision)
	}
	after := w.sent()
	if len(after["new"]) != len(before["new"]) {
		t.Errorf("%d messages new, %d before", len(after["new"]), len(before["new"]))
	}
	if n := len(after["updated"]) + len(after["corrected"]) - len(before["updated"]) - len(before["corrected"]); n < 1 {
		t.Errorf("no message tells of the correction: %v, before %v", after, before)
	}
	found := false
	for _, o := range e.Officials {
		found = found || strings.Contains(o.Name, "Phạm Đức Kiên")
	}
	if !found {
		t.Errorf("officials %+v lack the one that the correction names", e.Officials)
	}
}

// lonely is an article with the only record of an event.
func (w *world) lonely() (string, news.Event) {
	w.t.Helper()
	st := w.reader()
	defer st.Close()
	list, _, err := st.Events(w.t.Context(), store.EventQuery{Limit: 1000})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, e := range list {
		if len(e.Records) == 1 && e.Name != "" && e.Ordinal > 0 {
			return e.Records[0].URL, e
		}
	}
	w.t.Fatal("no event that one article alone tells of")
	return "", news.Event{}
}

// due makes an article due, as a sitemap does that says it was modified.
func (w *world) due(url string) {
	w.t.Helper()
	st, err := openStore(w.t.Context(), &Settings{DataDir: w.data()})
	if err != nil {
		w.t.Fatal(err)
	}
	_, err = st.Add(w.t.Context(), []store.Link{{URL: url, Modified: time.Now().Add(time.Minute), Due: time.Now()}})
	if err := st.Close(); err != nil {
		w.t.Error(err)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}
