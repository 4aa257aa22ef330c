package storetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/store/dump"
)

var dumpTests = map[string]func(*testing.T, Open){
	"carried":   testCarried,
	"not empty": testNotEmpty,
	"broken":    testBroken,
}

// backup is a store's rows.
func (f *fixture) backup() []byte {
	f.t.Helper()
	var out bytes.Buffer
	if _, err := dump.Write(&out, now, func(to dump.Sink) error { return f.Dump(f.t.Context(), to) }); err != nil {
		f.t.Fatal(err)
	}
	return out.Bytes()
}

// load brings a backup into a store.
func (f *fixture) load(data []byte) error {
	return f.Load(f.t.Context(), func(to dump.Sink) error {
		_, err := dump.Read(bytes.NewReader(data), to)
		return err
	})
}

// fill puts something of everything into a store: events of many articles, some
// corrected, messages sent and unsent, letters, links, bookmarks.
func (f *fixture) fill() {
	f.t.Helper()
	steps := script(rand.New(rand.NewPCG(5, 6)), orderArticles)
	for i, s := range steps {
		f.tell(s.source(), s.n, s.records...)
		if i == orderArticles/2 {
			f.ruleSome()
			f.flush()
		}
	}
	f.save(article("bao-cho.example", 1)) // waits for its extraction
	ctx := f.t.Context()
	_, err := f.Add(ctx, []store.Link{{URL: "https://bao-1.example/", Host: "bao-1.example", Source: "bao-1.example", Due: now, Origin: news.Live}})
	err = errors.Join(err, f.Bury(ctx, store.Letter{Stage: "extract", Subject: "sukien.article.v1.a.b", MsgID: "b\x00", Body: []byte{0, 255}, Reason: "kaputt", When: now}))
	if _, saveErr := f.SavePages(ctx, nil, store.Bookmark{Name: "archive", Place: json.RawMessage(`{"input":3}`)}); errors.Join(err, saveErr) != nil {
		f.t.Fatal(err, saveErr)
	}
}

func testCarried(t *testing.T, open Open) {
	f := fresh(t, func(t testing.TB, _ string) store.Store { return open(t, "from") })
	f.fill()
	data := f.backup()
	g := fresh(t, func(t testing.TB, _ string) store.Store { return open(t, "to") })
	if err := g.load(data); err != nil {
		t.Fatal(err)
	}
	g.reopen()
	var a, b dump.Sums
	if err := errors.Join(f.Dump(t.Context(), &a), g.Dump(t.Context(), &b)); err != nil {
		t.Fatal(err)
	}
	if list := a.Differences(&b); len(list) > 0 || a.Tables["event"].Rows == 0 || a.Tables["outbox"].Rows == 0 || a.Tables["ruling"].Rows == 0 {
		t.Fatalf("differences: %v; %+v", list, a.Tables)
	}
	SameStores(t, f.Store, g.Store)
	for i, s := range script(rand.New(rand.NewPCG(5, 6)), orderArticles) { // told again it sends nothing; more is as in the first
		unsent := len(g.messages())
		if g.tell(s.source(), s.n, s.records...); len(g.messages()) != unsent {
			t.Fatalf("article %d told again sends %+v", i, g.messages()[unsent:])
		}
	}
	for _, h := range []*fixture{f, g} {
		h.tell("bao-moi.example", 1, forum(1, "2026-03-21"), fair(9))
	}
	if x, y := f.outcome(), g.outcome(); x != y {
		t.Errorf("one more article ends otherwise:\n%s", firstDifference(x, y))
	}
}

// SameStores fails when two stores answer the same questions differently.
func SameStores(t testing.TB, one, other store.Store) {
	t.Helper()
	answers := func(st store.Store) string {
		ctx := t.Context()
		all, _, err := st.Events(ctx, store.EventQuery{Mentions: true, Limit: 100_000})
		var details []*news.Event
		for _, e := range all {
			d, eventErr := st.Event(ctx, e.ID)
			details, err = append(details, d), errors.Join(err, eventErr)
		}
		placed, _, placeErr := st.Events(ctx, store.EventQuery{Places: []string{"da nang"}, Officials: []string{"mau"}, Words: []string{"dien dan"}, Limit: 100_000})
		found, _, searchErr := st.Articles(ctx, store.ArticleQuery{Words: "noi dung bai so", Limit: 100_000})
		unsent, pendingErr := st.Pending(ctx, 100_000)
		for i := range unsent {
			unsent[i].Row = 0
		}
		letters, letterErr := st.Letters(ctx, 1000)
		for i := range letters {
			letters[i].ID, letters[i].MsgID = 0, dump.Plain(letters[i].MsgID)
		}
		counts, countErr := st.Counts(ctx)
		mark, markErr := st.Bookmark(ctx, "archive")
		if errors.Is(markErr, news.ErrNotFound) {
			markErr = nil
		}
		data, jsonErr := json.MarshalIndent([]any{all, details, placed, found, unsent, letters, counts, mark}, "", " ")
		if err := errors.Join(err, placeErr, searchErr, pendingErr, letterErr, countErr, markErr, jsonErr); err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if x, y := answers(one), answers(other); x != y {
		t.Errorf("they answer differently: %s", firstDifference(x, y))
	}
}

func testNotEmpty(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	if err := f.load(f.backup()); !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("restored over a store: %v", err)
	}
}

// testBroken: of a backup that is cut off or changed nothing is kept.
func testBroken(t *testing.T, open Open) {
	f := fresh(t, func(t testing.TB, _ string) store.Store { return open(t, "from") })
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	data := f.backup()
	g := fresh(t, func(t testing.TB, _ string) store.Store { return open(t, "to") })
	for name, bad := range map[string][]byte{"cut off": data[:len(data)*3/4], "empty": {}, "no backup": []byte("{}"), "changed": append(append([]byte{}, data[:len(data)/2]...), data[len(data)/2+1:]...)} {
		if err := g.load(bad); err == nil {
			t.Errorf("%s: taken", name)
		}
		if c, err := g.Counts(t.Context()); err != nil || c.Articles != 0 {
			t.Errorf("%s: left %+v, %v", name, c, err)
		}
	}
	if _, err := dump.Write(io.Discard, time.Now(), func(dump.Sink) error { return news.ErrTransient }); !errors.Is(err, news.ErrTransient) {
		t.Errorf("a failure while it is written: %v", err)
	}
	if err := g.load(data); err != nil {
		t.Errorf("after all: %v", err)
	}
}
