package stream_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sukien/stream"
)

// TestManySubscribers has subscribers with different filters follow messages as
// they come; each must get all of its own, in order.
func TestManySubscribers(t *testing.T) {
	subscribers, messages, rate := 200, 200, 100
	if testing.Short() {
		subscribers, messages = 20, 50
	}
	kinds := []string{"forum", "session", "visit", "talks", "meeting"}
	s := open(t, t.TempDir(), "")
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	var wg, ready sync.WaitGroup
	var worst atomic.Int64
	ready.Add(subscribers)
	got := make([]int, subscribers)
	for i := range subscribers {
		wg.Go(func() {
			ctx, enough := context.WithCancel(ctx)
			defer enough()
			kind, last := kinds[i%len(kinds)], -1
			err := s.Watch(ctx, stream.Watch{Subjects: []string{"sukien.event.v1.*." + kind + ".*.*.*"}}, ready.Done, func(d stream.Delivery) error {
				var n int
				var sent int64
				if _, err := fmt.Sscanf(string(d.Body), "%d %d", &n, &sent); err != nil || n <= last {
					t.Errorf("subscriber %d: %s after %d, %v", i, d.Body, last, err)
				}
				last = n
				worst.Store(max(worst.Load(), time.Now().UnixNano()-sent))
				if got[i]++; got[i] == messages/len(kinds) {
					enough()
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	ready.Wait()
	tick := time.NewTicker(time.Second / time.Duration(rate))
	defer tick.Stop()
	for n := range messages {
		<-tick.C
		if err := s.Publish(ctx, fmt.Sprintf("sukien.event.v1.new.%s.LA._.e%d", kinds[n%len(kinds)], n), fmt.Sprint("e", n), fmt.Appendf(nil, "%d %d", n, time.Now().UnixNano())); err != nil {
			t.Fatal(err)
		}
	}
	wg.Wait()
	for i, n := range got {
		if n != messages/len(kinds) {
			t.Errorf("subscriber %d got %d messages", i, n)
		}
	}
	t.Logf("%d subscribers, %d messages at %d a second, the slowest took %s", subscribers, messages, rate, time.Duration(worst.Load()))
}
