package stream_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"sukien/news"
	"sukien/stream"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, dir, listen string) *stream.Stream {
	t.Helper()
	s, err := stream.Open(t.Context(), stream.Config{Dir: dir, Listen: listen, Log: quiet()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// outbox is an outbox in memory. forget makes MarkSent fail, as a crash
// between sending and noting would.
type outbox struct {
	mu     sync.Mutex
	rows   []stream.Message
	buried []int64
	forget bool
}

func (b *outbox) add(subject, id, body string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rows = append(b.rows, stream.Message{Row: int64(len(b.rows) + 1), Subject: subject, ID: id, Body: []byte(body)})
}

func (b *outbox) Pending(_ context.Context, limit int) ([]stream.Message, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.rows[:min(limit, len(b.rows))]), nil
}

func (b *outbox) MarkSent(_ context.Context, rows []int64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.forget {
		return errors.New("power cut")
	}
	b.rows = slices.DeleteFunc(b.rows, func(m stream.Message) bool { return slices.Contains(rows, m.Row) })
	return nil
}

func (b *outbox) Bury(_ context.Context, row int64, _ string) error {
	b.mu.Lock()
	b.buried = append(b.buried, row)
	b.mu.Unlock()
	return b.MarkSent(context.Background(), []int64{row})
}

// received collects n messages from the event stream's beginning.
func received(t *testing.T, s *stream.Stream, n int) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var ids []string
	err := s.Watch(ctx, stream.Watch{Since: time.Unix(1, 0)}, nil, func(d stream.Delivery) error {
		if ids = append(ids, d.ID); d.ID == "end" || len(ids) == n {
			cancel()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestRelaySendsEachRowOnceOverACrash(t *testing.T) {
	dir := t.TempDir()
	box := &outbox{forget: true}
	box.add("sukien.event.v1.new.forum.LA._.e1", "e1-1", "one")
	box.add("sukien.event.v1.updated.forum.LA._.e1", "e1-2", "two")
	s := open(t, dir, "")
	if err := s.Flush(t.Context(), box); err == nil {
		t.Fatal("Flush hid that the rows could not be noted as sent")
	}
	s.Close()

	box.forget = false
	box.add("sukien.event.v1.updated.forum.LA._.e1", "e1-3", "three")
	box.add("sukien.event.v1.new.forum.LA._.e2", "end", "end")
	again := open(t, dir, "")
	if err := again.Flush(t.Context(), box); err != nil {
		t.Fatal(err)
	}
	if got, want := received(t, again, 4), []string{"e1-1", "e1-2", "e1-3", "end"}; !slices.Equal(got, want) {
		t.Errorf("stream holds %v, want %v", got, want)
	}
	if len(box.rows) != 0 {
		t.Errorf("%d rows left in the outbox", len(box.rows))
	}
}

func TestRelayBuriesWhatCanNeverBeSent(t *testing.T) {
	box := &outbox{}
	box.add("sukien.event.v1.new.forum.LA._.big", "big", string(make([]byte, 9<<20)))
	box.add("sukien.event.v1.new.forum.LA._.e2", "end", "end")
	s := open(t, t.TempDir(), "")
	if err := s.Flush(t.Context(), box); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(box.buried, []int64{1}) {
		t.Errorf("buried rows %v, want [1]", box.buried)
	}
	if got := received(t, s, 1); !slices.Equal(got, []string{"end"}) {
		t.Errorf("stream holds %v, want [end]", got)
	}
}

func TestConsumeSettles(t *testing.T) {
	tests := []struct {
		name   string
		errs   []error // what the handler says, delivery by delivery; nil after
		tries  int     // deliveries seen
		buried bool
	}{
		{"done", nil, 1, false},
		{"transient is tried again", []error{news.ErrTransient}, 2, false},
		{"invalid is buried at once", []error{fmt.Errorf("%w: no JSON", news.ErrInvalid)}, 1, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t, t.TempDir(), "")
			ctx, cancel := context.WithCancel(t.Context())
			var wg sync.WaitGroup
			seen, dead := make(chan int, 10), make(chan stream.Letter, 1)
			wg.Go(func() {
				n := 0
				if err := s.Consume(ctx, stream.Articles, "extract", 1, func(context.Context, stream.Delivery) error {
					n++
					seen <- n
					if n <= len(tt.errs) {
						return tt.errs[n-1]
					}
					return nil
				}); err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() {
				if err := s.ConsumeDead(ctx, func(_ context.Context, l stream.Letter) error { dead <- l; return nil }); err != nil {
					t.Error(err)
				}
			})
			if err := s.Publish(ctx, "sukien.article.v1.a.b", "m1", []byte("body")); err != nil {
				t.Fatal(err)
			}
			for n := 0; n < tt.tries; {
				n = <-seen
			}
			if tt.buried {
				if l := <-dead; l.Stage != "extract" || string(l.Body) != "body" || l.Reason == "" || l.Subject != "sukien.article.v1.a.b" {
					t.Errorf("dead letter %+v", l)
				}
			}
			cancel()
			wg.Wait()
			if len(seen) != 0 {
				t.Errorf("delivered %d times more than wanted", len(seen))
			}
		})
	}
}

func TestDurableWatcherContinues(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, "")
	watch := func(s *stream.Stream, n int, publish func()) (ids []string) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		err := s.Watch(ctx, stream.Watch{Durable: "lan"}, publish, func(d stream.Delivery) error {
			if ids = append(ids, d.ID); len(ids) == n {
				cancel()
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	send := func(s *stream.Stream, id string) {
		if err := s.Publish(t.Context(), "sukien.event.v1.new.forum.LA._."+id, id, []byte("{}")); err != nil {
			t.Fatal(err)
		}
	}
	if got := watch(s, 1, func() { send(s, "e1") }); !slices.Equal(got, []string{"e1"}) {
		t.Fatalf("first watch got %v", got)
	}
	send(s, "e2")
	s.Close()
	s = open(t, dir, "")
	send(s, "e3")
	if got := watch(s, 2, nil); !slices.Equal(got, []string{"e2", "e3"}) {
		t.Errorf("after an absence got %v, want [e2 e3]", got)
	}
}

// TestWatchKeepsComing reads what waits without a pause: a client that missed
// its turn to ask for more would get the rest half a minute later.
func TestWatchKeepsComing(t *testing.T) {
	s := open(t, t.TempDir(), "")
	const n = 300
	for i := range n {
		id := fmt.Sprint("e", i)
		if err := s.Publish(t.Context(), "sukien.event.v1.new.forum.LA._."+id, id, []byte("{}")); err != nil {
			t.Fatal(err)
		}
	}
	if got := received(t, s, n); len(got) != n {
		t.Errorf("%d of %d messages came", len(got), n)
	}
}

func TestOpenSaysWhatToDo(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	tests := []struct {
		name string
		cfg  stream.Config
		is   error
	}{
		{"address taken", stream.Config{Dir: t.TempDir(), Listen: taken.Addr().String()}, news.ErrBusy},
		{"no such server", stream.Config{URL: "nats://127.0.0.1:1"}, news.ErrTransient},
		{"no address", stream.Config{Dir: t.TempDir(), Listen: "4222"}, news.ErrInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := stream.Open(t.Context(), tt.cfg); !errors.Is(err, tt.is) {
				t.Errorf("Open gave %v, want %v", err, tt.is)
			}
		})
	}
}

func TestDialReachesTheEmbeddedServer(t *testing.T) {
	s := open(t, t.TempDir(), "127.0.0.1:0")
	c, err := stream.Dial(stream.Config{URL: s.Address(), Log: quiet()})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	depths, err := c.Depths(t.Context())
	if err != nil || len(depths) != 5 {
		t.Errorf("Depths gave %v, %v, want five streams", depths, err)
	}
}
