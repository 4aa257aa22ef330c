package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"sukien/store"
)

// tallyEvery is how old the counts of links may be that pages and metrics show.
const tallyEvery = time.Minute

// tally keeps the counts of the frontier's links. To count them takes a look at
// each link, of which there may be millions: too long for a page to wait.
type tally struct {
	store store.Store
	log   *slog.Logger

	mu   sync.Mutex
	list []store.LinkCount
	done bool
}

// follow counts again and again until ctx ends.
func (t *tally) follow(ctx context.Context) error {
	tick := time.NewTicker(tallyEvery)
	defer tick.Stop()
	for {
		if _, err := t.count(ctx); err != nil && ctx.Err() == nil {
			t.log.Warn("links not counted: pages show the counts before", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (t *tally) count(ctx context.Context) ([]store.LinkCount, error) {
	list, err := t.store.LinkCounts(ctx, time.Now())
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.list, t.done = list, true
	return list, nil
}

// LinkCounts are those of the last count; the first who asks before it counts.
func (t *tally) LinkCounts(ctx context.Context) ([]store.LinkCount, error) {
	t.mu.Lock()
	list, done := t.list, t.done
	t.mu.Unlock()
	if done {
		return list, nil
	}
	return t.count(ctx)
}
