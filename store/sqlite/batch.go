package sqlite

import (
	"context"
	"sync"
	"time"
)

// maxBatch bounds the writes of one transaction.
const maxBatch = 64

// A commit costs more than most of what is written. So it waits until as many
// are there as before, while they come without a long pause, but not for ever.
const (
	pause  = 10 * time.Millisecond
	gather = 40 * time.Millisecond
)

// pending is a write whose caller waits for its commit.
type pending struct {
	ctx     context.Context
	fn      func(*txn) error
	durable bool
	err     error
	over    chan struct{} // closed after the commit
}

// backlog is what waits to be written. One of those that wait commits for all.
type backlog struct {
	mu   sync.Mutex
	list []*pending
	came chan struct{} // signalled by each that comes
	lead chan struct{} // has room for the one that commits
	// company is how many the last batches had; the committing one's.
	company int
}

func newBacklog() backlog {
	return backlog{came: make(chan struct{}, 1), lead: make(chan struct{}, 1)}
}

// add lines a write up.
func (b *backlog) add(p *pending) {
	b.mu.Lock()
	b.list = append(b.list, p)
	b.mu.Unlock()
	select {
	case b.came <- struct{}{}:
	default:
	}
}

// take gives the first that wait, after a while for more to come.
func (b *backlog) take() []*pending {
	if b.company > 1 {
		b.await()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	n := min(len(b.list), maxBatch)
	batch := b.list[:n:n]
	b.list, b.company = b.list[n:], max(n, b.company/2)
	return batch
}

func (b *backlog) await() {
	end := time.NewTimer(gather)
	defer end.Stop()
	quiet := time.NewTimer(pause)
	defer quiet.Stop()
	for !b.complete() {
		select {
		case <-b.came:
			quiet.Reset(pause)
		case <-quiet.C:
			return
		case <-end.C:
			return
		}
	}
}

// complete tells whether as many wait as did before.
func (b *backlog) complete() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.list) >= min(b.company, maxBatch)
}

// tx runs fn in a writing transaction that survives a power cut. Callers that
// wait for the writer are committed together; every one returns after the commit.
// An error of fn undoes what fn did, and no more. fn may be run a second time: see commit.
func (s *Store) tx(ctx context.Context, fn func(*txn) error) error {
	return s.write(ctx, fn, true)
}

// quick is tx for the frontier's bookkeeping, of which a power cut may lose the
// last moments: pages are then fetched once more. A killed process loses nothing.
func (s *Store) quick(ctx context.Context, fn func(*txn) error) error {
	return s.write(ctx, fn, false)
}

func (s *Store) write(ctx context.Context, fn func(*txn) error, durable bool) error {
	if err := s.writable(); err != nil {
		return err
	}
	p := &pending{ctx: ctx, fn: fn, durable: durable, over: make(chan struct{})}
	b := &s.backlog
	b.add(p)
	select {
	case <-p.over:
		return p.err
	case b.lead <- struct{}{}:
	}
	defer func() { <-b.lead }()
	for {
		select {
		case <-p.over:
			return p.err
		default:
			s.commit(b.take())
		}
	}
}

// commit writes a batch in one transaction. When one of it fails all is undone and
// each is written by itself: failures are rare, and savepoints take longer than many
// of the writes.
func (s *Store) commit(batch []*pending) {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.together(batch)
	for _, p := range batch {
		if p.err = err; err != nil && len(batch) > 1 {
			p.err = s.together([]*pending{p})
		}
		close(p.over)
	}
}

func (s *Store) together(batch []*pending) error {
	ctx, durable := context.Background(), false
	if len(batch) == 1 {
		ctx = batch[0].ctx
	}
	for _, p := range batch {
		durable = durable || p.durable
	}
	return s.transaction(ctx, durable, func(tx *txn) error {
		for _, p := range batch {
			if err := p.ctx.Err(); err != nil {
				return err
			}
			if err := p.fn(tx); err != nil {
				return err
			}
		}
		return nil
	})
}
