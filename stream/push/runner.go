package push

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"sync"
	"time"

	"sukien/news"
)

// Config is what a Runner works with.
type Config struct {
	// Searches are those that are to be served now.
	Searches func(ctx context.Context) ([]Search, error)
	// Follow hands on the event messages from a time on, under a durable name, each
	// acknowledged when take returns nil; it ends with take's error.
	Follow func(ctx context.Context, durable string, since time.Time, take func(body []byte) error) error
	// Forget gives a durable name up.
	Forget func(ctx context.Context, durable string) error
	Queue  Queue
	Send   func(ctx context.Context, q Search, notes []*Note) error
	Now    func() time.Time
	Log    *slog.Logger
	// Look is how often it is looked what is to be done; 0 is every second.
	Look time.Duration
	// Tell counts what became of messages: held, sent, failed, buried; nil for none.
	Tell func(search, outcome string, n int)
}

// Runner serves the saved searches.
type Runner struct {
	cfg  Config
	wake chan struct{}

	mu      sync.Mutex
	current map[string]*followed
	wg      sync.WaitGroup
}

// followed is a search that is served.
type followed struct {
	Search
	stop context.CancelFunc
}

const (
	// look is how often it is looked what searches there are and what is due,
	// unless Config says otherwise.
	look = time.Second
	// followPause is between two tries to follow the stream.
	followPause = time.Second
)

// Durable is the name of a search's place in the event stream.
func Durable(search string) string { return "search_" + search }

// New makes a runner.
func New(cfg Config) *Runner {
	if cfg.Tell == nil {
		cfg.Tell = func(string, string, int) {}
	}
	return &Runner{cfg: cfg, wake: make(chan struct{}, 1), current: map[string]*followed{}}
}

// Run serves until ctx ends; then deliveries under way are finished.
func (r *Runner) Run(ctx context.Context) error {
	defer r.wg.Wait()
	d := &deliverer{queue: r.cfg.Queue, send: r.cfg.Send, now: r.cfg.Now, log: r.cfg.Log, tell: r.cfg.Tell, search: r.search}
	tick := time.NewTicker(cmp.Or(r.cfg.Look, look))
	defer tick.Stop()
	for {
		if err := r.reconcile(ctx); err != nil && ctx.Err() == nil {
			r.cfg.Log.Warn("saved searches: will look again", "error", err)
		}
		n, err := d.round(ctx)
		if err != nil && ctx.Err() == nil {
			r.cfg.Log.Warn("push: will go on", "error", err)
		}
		if err == nil && n == takeAtOnce {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-r.wake:
		case <-tick.C:
		}
	}
}

func (r *Runner) search(name string) (Search, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f, ok := r.current[name]
	if !ok {
		return Search{}, false
	}
	return f.Search, true
}

// reconcile starts and stops followers by what searches there are.
func (r *Runner) reconcile(ctx context.Context) error {
	list, err := r.cfg.Searches(ctx)
	if err != nil {
		return err
	}
	next := map[string]Search{}
	for _, q := range list {
		next[q.Name] = q
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, f := range r.current {
		q, ok := next[name]
		if ok && q.Created.Equal(f.Created) && reflect.DeepEqual(q.Target, f.Target) {
			continue
		}
		f.stop()
		delete(r.current, name)
		if err := r.cfg.Forget(ctx, Durable(name)); err != nil {
			return err
		}
	}
	for name, q := range next {
		if r.current[name] == nil {
			r.follow(ctx, q)
		}
	}
	return nil
}

// follow starts a follower; mu is held.
func (r *Runner) follow(ctx context.Context, q Search) {
	ctx, stop := context.WithCancel(ctx)
	r.current[q.Name] = &followed{Search: q, stop: stop}
	r.wg.Go(func() {
		defer stop()
		for ctx.Err() == nil {
			err := r.cfg.Follow(ctx, Durable(q.Name), q.since(), func(body []byte) error { return r.hold(ctx, q, body) })
			if err != nil && ctx.Err() == nil {
				r.cfg.Log.Warn("saved search: will go on", "search", q.Name, "error", err)
			}
			select {
			case <-ctx.Done():
			case <-time.After(followPause):
			}
		}
	})
}

// since is from when on messages count: all that the stream has with All.
func (q *Search) since() time.Time {
	if q.All {
		return time.Unix(1, 0)
	}
	return q.Created
}

// hold puts a message into the queue when it is wanted; then it is acknowledged.
func (r *Runner) hold(ctx context.Context, q Search, body []byte) error {
	n, err := readNote(body)
	if err != nil {
		r.cfg.Log.Warn("message skipped", "search", q.Name, "error", err)
		return nil
	}
	// A correction of a live event is wanted though its revision is not of the crawl.
	if !q.All && n.Data.Origin != news.Live && n.Data.Origin != news.Analyst || !q.Want(n.Data, n.Change()) {
		return nil
	}
	times, err := q.schedule()
	if err != nil {
		return err
	}
	kept, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("message %s: %w", n.ID, err)
	}
	if err := r.cfg.Queue.Hold(ctx, Item{Search: q.Name, ID: n.ID, Body: kept, Due: times.due(r.cfg.Now())}); err != nil {
		return errors.Join(err, ctx.Err())
	}
	r.cfg.Tell(q.Name, "held", 1)
	select {
	case r.wake <- struct{}{}:
	default:
	}
	return nil
}
