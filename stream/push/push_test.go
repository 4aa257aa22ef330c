package push_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"sukien/news"
	"sukien/stream/push"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is a moment outside of all quiet hours.
var noon = time.Date(2026, 3, 18, 12, 0, 0, 0, news.Hanoi)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = t
}

// queue is a queue in memory.
type queue struct {
	mu     sync.Mutex
	list   []push.Item
	sent   []string
	delays []time.Time
	buried map[string]error
}

func (q *queue) Hold(_ context.Context, it push.Item) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	same := func(o push.Item) bool { return o.Search == it.Search && o.ID == it.ID }
	if slices.ContainsFunc(q.list, same) || slices.Contains(q.sent, it.Search+"/"+it.ID) {
		return nil
	}
	it.Row = int64(len(q.list)+len(q.sent)) + 1
	q.list = append(q.list, it)
	return nil
}

func (q *queue) Take(_ context.Context, now time.Time, lease time.Duration, limit int) (out []push.Item, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i, it := range q.list {
		if !it.Due.After(now) && len(out) < limit {
			out = append(out, it)
			q.list[i].Due = now.Add(lease)
		}
	}
	return out, nil
}

func (q *queue) each(rows []int64, do func(*push.Item)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for i := range q.list {
		if slices.Contains(rows, q.list[i].Row) {
			do(&q.list[i])
		}
	}
}

func (q *queue) Settle(_ context.Context, rows []int64, _ time.Time) error {
	q.each(rows, func(it *push.Item) { q.sent = append(q.sent, it.Search+"/"+it.ID) })
	q.drop(rows...)
	return nil
}

func (q *queue) drop(rows ...int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list = slices.DeleteFunc(q.list, func(it push.Item) bool { return slices.Contains(rows, it.Row) })
}

func (q *queue) Delay(_ context.Context, rows []int64, due time.Time, tried bool) error {
	q.each(rows, func(it *push.Item) {
		it.Due = due
		if tried {
			it.Tries++
		}
	})
	q.mu.Lock()
	defer q.mu.Unlock()
	q.delays = append(q.delays, due)
	return nil
}

func (q *queue) Bury(_ context.Context, it push.Item, reason error) error {
	q.drop(it.Row)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.buried[it.ID] = reason
	return nil
}

// state is what is sent and what waits, as the test waits for it.
func (q *queue) state() (sent []string, waiting, buried, delays int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.sent), len(q.list), len(q.buried), len(q.delays)
}

// message is an event's message.
func message(id string, change news.Change, e news.Event) []byte {
	e.ID, e.Revision = id, 1
	if e.Name == "" {
		e.Name = "Hội nghị " + id
	}
	if e.Origin == "" {
		e.Origin = news.Live
	}
	e.Evidence = []news.Evidence{{Slot: "name", Text: "nguyên văn bài báo", In: "text"}}
	body, err := json.Marshal(map[string]any{"specversion": "1.0", "id": id + "-1", "source": "/sukien/events", "type": "sukien.event.v1." + string(change),
		"subject": id, "time": noon, "datacontenttype": "application/json", "dataschema": "/schema/event.v1.json", "data": e})
	if err != nil {
		panic(err)
	}
	return body
}

// world is a runner over a stream of messages.
type world struct {
	t        *testing.T
	clock    *clock
	queue    *queue
	messages chan []byte
	send     func(ctx context.Context, q push.Search, notes []*push.Note) error
}

func newWorld(t *testing.T) *world {
	return &world{t: t, clock: &clock{t: noon}, queue: &queue{buried: map[string]error{}}, messages: make(chan []byte, 100)}
}

// run serves one search until the queue's state is as done says.
func (w *world) run(q push.Search, done func(sent []string, waiting, buried, delays int) bool) {
	w.t.Helper()
	if q.Want == nil {
		q.Want = func(*news.Event, news.Change) bool { return true }
	}
	ctx, stop := context.WithTimeout(w.t.Context(), 20*time.Second)
	defer stop()
	r := push.New(push.Config{
		Searches: func(context.Context) ([]push.Search, error) { return []push.Search{q}, nil },
		Follow: func(ctx context.Context, durable string, _ time.Time, take func([]byte) error) error {
			if durable != "search_"+q.Name {
				w.t.Errorf("durable name %s", durable)
			}
			for {
				select {
				case <-ctx.Done():
					return nil
				case m := <-w.messages:
					if err := take(m); err != nil {
						return err
					}
				}
			}
		},
		Forget: func(context.Context, string) error { return nil },
		Queue:  w.queue, Send: w.send, Now: w.clock.now, Look: 5 * time.Millisecond, Log: slog.New(slog.DiscardHandler),
	})
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !done(w.queue.state()) {
		select {
		case <-ctx.Done():
			sent, waiting, buried, delays := w.queue.state()
			w.t.Fatalf("sent %v, %d wait, %d buried, %d delays", sent, waiting, buried, delays)
		case <-tick.C:
		}
	}
	stop()
	if err := <-ended; err != nil {
		w.t.Error(err)
	}
}

func sentAll(n int) func([]string, int, int, int) bool {
	return func(sent []string, _, _, _ int) bool { return len(sent) >= n }
}

func TestSearchFindsLiveEventsOnly(t *testing.T) {
	w := newWorld(t)
	w.send = func(context.Context, push.Search, []*push.Note) error { return nil }
	w.messages <- []byte("{")
	w.messages <- message("old", news.New, news.Event{Origin: news.Backfill})
	w.messages <- message("no", news.New, news.Event{Slots: news.Slots{Kind: news.Visit}})
	w.messages <- message("e1", news.New, news.Event{})
	w.messages <- message("e1", news.New, news.Event{})
	w.messages <- message("e2", news.Updated, news.Event{})
	want := func(e *news.Event, _ news.Change) bool { return e.Kind != news.Visit }
	w.run(push.Search{Name: "a", Want: want, Target: push.Target{Webhook: "https://a.example/"}}, sentAll(2))
	if sent, waiting, _, _ := w.queue.state(); !slices.Equal(sent, []string{"a/e1-1", "a/e2-1"}) || waiting != 0 {
		t.Errorf("sent %v, %d wait", sent, waiting)
	}
	w.messages <- message("old", news.New, news.Event{Origin: news.Backfill})
	w.run(push.Search{Name: "a", Target: push.Target{Webhook: "https://a.example/", All: true}}, sentAll(3))
}

func TestFailuresAreTriedAgainThenBuried(t *testing.T) {
	w := newWorld(t)
	tries := 0
	w.send = func(context.Context, push.Search, []*push.Note) error {
		tries++
		return fmt.Errorf("%w: no answer", news.ErrTransient)
	}
	w.messages <- message("e1", news.New, news.Event{})
	seen := 0
	w.run(push.Search{Name: "a", Target: push.Target{Webhook: "https://a.example/"}}, func(_ []string, _, buried, delays int) bool {
		if delays > seen {
			seen = delays
			w.clock.set(w.clock.now().Add(2 * time.Hour))
		}
		return buried == 1
	})
	if tries != 24 || !errors.Is(w.queue.buried["e1-1"], news.ErrTransient) {
		t.Errorf("tried %d times, buried %v", tries, w.queue.buried)
	}
}

func TestPausesGrow(t *testing.T) {
	w := newWorld(t)
	fails := 6
	var last time.Duration
	w.send = func(context.Context, push.Search, []*push.Note) error {
		if fails--; fails < 0 {
			return nil
		}
		return news.ErrTransient
	}
	w.messages <- message("e1", news.New, news.Event{})
	seen := 0
	w.run(push.Search{Name: "a", Target: push.Target{Webhook: "https://a.example/"}}, func(sent []string, _, _, delays int) bool {
		if delays > seen {
			w.queue.mu.Lock()
			pause := w.queue.delays[seen].Sub(w.clock.now())
			w.queue.mu.Unlock()
			seen++
			if pause <= last || pause > 2*time.Hour {
				t.Errorf("pause %d is %s, the one before %s", seen, pause, last)
			}
			last = pause
			w.clock.set(w.clock.now().Add(pause))
		}
		return len(sent) == 1
	})
	if seen != 6 {
		t.Errorf("%d pauses", seen)
	}
}

func TestDigestLosesNothing(t *testing.T) {
	w := newWorld(t)
	var mails [][]string
	fail := true
	w.send = func(_ context.Context, _ push.Search, notes []*push.Note) error {
		if fail {
			fail = false
			return news.ErrTransient
		}
		var ids []string
		for _, n := range notes {
			ids = append(ids, n.ID)
		}
		mails = append(mails, ids)
		return nil
	}
	q := push.Search{Name: "a", Target: push.Target{Mail: "lan@a.example", Digest: "daily@07:30"}}
	for _, id := range []string{"e1", "e2", "e3"} {
		w.messages <- message(id, news.New, news.Event{})
	}
	w.run(q, func(_ []string, waiting, _, _ int) bool { return waiting == 3 })
	w.clock.set(noon.Add(18 * time.Hour)) // 6 o'clock
	w.messages <- message("e4", news.New, news.Event{})
	w.run(q, func(_ []string, waiting, _, _ int) bool { return waiting == 4 })
	if len(mails) != 0 {
		t.Fatalf("sent before its time: %v", mails)
	}
	w.clock.set(noon.Add(20 * time.Hour))
	w.run(q, func(_ []string, _, _, delays int) bool { return delays == 1 }) // and fails
	w.clock.set(noon.Add(21 * time.Hour))
	w.run(q, sentAll(4))
	if len(mails) != 1 || !slices.Equal(mails[0], []string{"e1-1", "e2-1", "e3-1", "e4-1"}) {
		t.Errorf("digests %v", mails)
	}
}

func TestQuietHours(t *testing.T) {
	day := func(h, m int) time.Time { return time.Date(2026, 3, 18, h, m, 0, 0, news.Hanoi) }
	tests := []struct {
		name   string
		target push.Target
		at     time.Time
		sent   time.Time // the first minute in which it may go
	}{
		{"at once", push.Target{}, day(12, 0), day(12, 0)},
		{"before midnight", push.Target{Quiet: "22:00-06:00"}, day(23, 0), day(30, 0)},
		{"after midnight", push.Target{Quiet: "22:00-06:00"}, day(3, 0), day(6, 0)},
		{"not quiet", push.Target{Quiet: "22:00-06:00"}, day(6, 0), day(6, 0)},
		{"at noon", push.Target{Quiet: "12:00-13:30"}, day(12, 30), day(13, 30)},
		{"hourly", push.Target{Digest: "hourly"}, day(12, 10), day(13, 0)},
		{"hourly into quiet", push.Target{Digest: "hourly", Quiet: "22:00-06:00"}, day(21, 30), day(30, 0)},
		{"daily, later today", push.Target{Digest: "daily@07:30"}, day(6, 0), day(7, 30)},
		{"daily, tomorrow", push.Target{Digest: "daily@07:30"}, day(7, 30), day(31, 30)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.send = func(context.Context, push.Search, []*push.Note) error { return nil }
			w.clock.set(tt.at)
			tt.target.NTFY = "https://ntfy.example/a"
			q := push.Search{Name: "a", Target: tt.target}
			w.messages <- message("e1", news.New, news.Event{})
			if tt.sent.After(tt.at) {
				w.run(q, func(_ []string, waiting, _, _ int) bool { return waiting == 1 })
				w.clock.set(tt.sent.Add(-time.Minute))
				w.run(q, func([]string, int, int, int) bool { return true })
				if sent, _, _, _ := w.queue.state(); len(sent) > 0 {
					t.Error("sent before its time")
				}
			}
			w.clock.set(tt.sent)
			w.run(q, sentAll(1))
		})
	}
}

func TestTargetsAreChecked(t *testing.T) {
	for name, target := range map[string]push.Target{
		"nowhere": {}, "two places": {Webhook: "https://a.example/", Mail: "a@a.example"}, "a file": {Webhook: "file:///etc/passwd"}, "no host": {NTFY: "https:///x"},
		"a password": {Webhook: "https://u:p@a.example/"}, "two addresses": {Mail: "a@a.example, b@b.example"}, "a header": {Mail: "a@a.example\r\nBcc: b@b.example"},
		"a name": {Mail: "Lan <a@a.example>"}, "digest": {Mail: "a@a.example", Digest: "weekly"}, "time": {Mail: "a@a.example", Digest: "daily@25:00"},
		"quiet": {Mail: "a@a.example", Quiet: "22-6"}, "never": {Mail: "a@a.example", Quiet: "22:00-22:00"},
	} {
		if err := target.Check(); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (push.Target{Mail: "lan@a.example", Digest: "daily@07:30", Quiet: "22:00-06:00"}).Check(); err != nil {
		t.Error(err)
	}
}

// hostile is an event whose names try to be more than names.
func hostile() *push.Note {
	var n push.Note
	e := news.Event{Slots: news.Slots{Name: "Họp\r\nBcc: eve@evil.example\r\n\r\n<script>alert(1)</script>\u202egnp.exe\x1b[31m\x00" + strings.Repeat("Đ", 5000),
		Places: []news.Place{{Name: "Huế\u2028X-Evil: 1\u2066"}}, Officials: []news.Official{{Name: "A\rB\nC", Title: "Bộ trưởng\t"}}},
		Records: []news.RecordRef{{URL: "javascript:alert(1)"}, {URL: "https://a.example/\r\nX: y"}, {URL: "https://a.example/bài"}}}
	if err := json.Unmarshal(message("e1", news.New, e), &n); err != nil {
		panic(err)
	}
	n.Data.Evidence = nil
	return &n
}
