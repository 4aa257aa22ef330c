package storetest

import (
	"slices"
	"testing"
	"time"

	"go.opentelemetry.io/otel/propagation"

	"sukien/news"
	"sukien/store"
)

var outboxTests = map[string]func(*testing.T, Open){
	"order":   testOutboxOrder,
	"crash":   testCrashBetweenCommitAndPublish,
	"wake":    testWake,
	"trace":   testTrace,
	"letters": testLetters,
	"bury":    testBuryRow,
}

func testOutboxOrder(t *testing.T, open Open) {
	f := fresh(t, open)
	for n := range 5 {
		f.tell("bao-mot.example", n, forum(n+1, "2026-03-20"))
	}
	rows, err := f.Pending(t.Context(), 100)
	if err != nil || len(rows) != 10 || !slices.IsSortedFunc(rows, func(a, b store.Message) int { return int(a.Row - b.Row) }) {
		t.Fatalf("%d rows, %v, want 10 in order", len(rows), err)
	}
	if err := f.MarkSent(t.Context(), []int64{rows[0].Row, rows[2].Row}); err != nil {
		t.Fatal(err)
	}
	left, err := f.Pending(t.Context(), 3)
	if err != nil || len(left) != 3 || left[0].ID != rows[1].ID || left[1].ID != rows[3].ID {
		t.Errorf("left %+v, %v", left, err)
	}
	f.flush()
	sent, err := f.Sent(t.Context(), time.Time{}, 0, 2)
	if err != nil || len(sent) != 2 || sent[0].ID != rows[1].ID || len(sent[0].Body) == 0 {
		t.Fatalf("sent %+v, %v, want the first two events' messages", sent, err)
	}
	if more, err := f.Sent(t.Context(), time.Time{}, sent[1].Row, 10); err != nil || len(more) != 3 {
		t.Errorf("sent behind them %+v, %v, want 3", more, err)
	}
	if none, err := f.Sent(t.Context(), time.Now().Add(time.Hour), 0, 10); err != nil || len(none) != 0 {
		t.Errorf("sent in future %+v, %v", none, err)
	}
}

// testTrace: a message is of the trace in which it was written.
func testTrace(t *testing.T, open Open) {
	f := fresh(t, open)
	want := "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	ctx := propagation.TraceContext{}.Extract(t.Context(), propagation.MapCarrier{"traceparent": want})
	a := article("bao-mot.example", 1)
	id, _, err := f.SavePage(ctx, savedPage(a, 0))
	if err == nil {
		_, err = f.Ingest(ctx, news.Extraction{ArticleID: id, Pack: "sha256:one", Records: []news.Record{forum(4, "2026-03-20")}}, now)
	}
	if err != nil {
		t.Fatal(err)
	}
	f.save(article("bao-mot.example", 2))
	rows, err := f.Pending(t.Context(), 10)
	if err != nil || len(rows) != 3 || rows[0].Trace != want || rows[1].Trace != want || rows[2].Trace != "" {
		t.Errorf("%+v, %v; want two messages of trace %s and one of none", rows, err, want)
	}
}

// testCrashBetweenCommitAndPublish: what was committed and not noted as sent is
// there for the next process, under the same ids, with the same bytes.
func testCrashBetweenCommitAndPublish(t *testing.T, open Open) {
	f := fresh(t, open)
	id := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	before, err := f.Pending(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	f.reopen()
	after, err := f.Pending(t.Context(), 100)
	if err != nil || !slices.EqualFunc(before, after, func(a, b store.Message) bool {
		return a.Row == b.Row && a.ID == b.ID && a.Subject == b.Subject && string(a.Body) == string(b.Body)
	}) {
		t.Errorf("pending was %+v, is %+v, %v", before, after, err)
	}
	f.ingest(id, forum(4, "2026-03-20"))
	f.flush()
	f.reopen()
	f.ingest(id, forum(4, "2026-03-20"))
	if rows, err := f.Pending(t.Context(), 100); err != nil || len(rows) != 0 {
		t.Errorf("sent and ingested again: %+v, %v", rows, err)
	}
}

func testWake(t *testing.T, open Open) {
	f := fresh(t, open)
	awake := func() bool {
		select {
		case <-f.Wake():
			return true
		default:
			return false
		}
	}
	id, _ := f.save(article("bao-mot.example", 1))
	if !awake() {
		t.Error("no signal after an article message")
	}
	f.ingest(id, forum(4, "2026-03-20"))
	if !awake() || awake() {
		t.Error("want one signal after an event message")
	}
}

func testLetters(t *testing.T, open Open) {
	f := fresh(t, open)
	l := store.Letter{Stage: "extract", Subject: "sukien.article.v1.a.b", MsgID: "b-1", Body: []byte("{}"), Reason: "kaputt", Tries: 5, When: now}
	for range 2 {
		if err := f.Bury(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	f.reopen()
	list, err := f.Letters(t.Context(), 10)
	if err != nil || len(list) != 1 || list[0].Reason != l.Reason || list[0].Tries != 5 || !list[0].When.Equal(now) {
		t.Fatalf("letters %+v, %v", list, err)
	}
	if err := f.RetryLetter(t.Context(), list[0].ID); err != nil {
		t.Fatal(err)
	}
	rows, err := f.Pending(t.Context(), 10)
	if err != nil || len(rows) != 1 || rows[0].Subject != l.Subject || rows[0].ID == l.MsgID || string(rows[0].Body) != "{}" {
		t.Errorf("retried: %+v, %v; want the message under another id", rows, err)
	}
	if list, err := f.Letters(t.Context(), 10); err != nil || len(list) != 0 {
		t.Errorf("letters after the retry: %+v, %v", list, err)
	}
}

func testBuryRow(t *testing.T, open Open) {
	f := fresh(t, open)
	f.save(article("bao-mot.example", 1))
	rows, err := f.Pending(t.Context(), 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("pending %v, %v", rows, err)
	}
	if err := f.BuryRow(t.Context(), rows[0].Row, "too large"); err != nil {
		t.Fatal(err)
	}
	left, err := f.Pending(t.Context(), 10)
	if err != nil || len(left) != 0 {
		t.Errorf("pending %v, %v", left, err)
	}
	list, err := f.Letters(t.Context(), 10)
	if err != nil || len(list) != 1 || list[0].MsgID != rows[0].ID || string(list[0].Body) != string(rows[0].Body) {
		t.Errorf("letters %+v, %v", list, err)
	}
}
