package sqlite

import (
	"context"
	"errors"
	"sync"

	"sukien/news"
)

// maxBatch bounds the writes of one transaction.
const maxBatch = 64

// pending is a write whose caller waits for its commit.
type pending struct {
	ctx  context.Context
	fn   func(*txn) error
	err  error
	over bool // under the store's mu
}

// backlog is what waits to be written durably.
type backlog struct {
	mu   sync.Mutex
	list []*pending
}

func (b *backlog) add(p *pending) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list = append(b.list, p)
}

// take gives the first that wait.
func (b *backlog) take() []*pending {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := min(len(b.list), maxBatch)
	batch := b.list[:n:n]
	b.list = b.list[n:]
	return batch
}

// tx runs fn in one durable writing transaction. Callers that wait for the
// writer are committed together, each within a savepoint of its own: to bring a
// commit to the disk takes longer than most of what is written. Every one returns
// after the commit. An error of fn undoes what fn did, and no more.
func (s *Store) tx(ctx context.Context, fn func(*txn) error) error {
	p := &pending{ctx: ctx, fn: fn}
	s.backlog.add(p)
	s.mu.Lock()
	defer s.mu.Unlock()
	for !p.over {
		s.commit(s.backlog.take())
	}
	return p.err
}

// commit writes a batch in one transaction; mu is held.
func (s *Store) commit(batch []*pending) {
	err := s.locked(context.Background(), s.durable, func(tx *txn) error {
		for _, p := range batch {
			if p.err = p.ctx.Err(); p.err != nil {
				continue
			}
			if err := tx.within(p); err != nil {
				return err
			}
			if p.err != nil {
				s.seen.Clear() // it may hold what was undone
			}
		}
		return nil
	})
	if err != nil {
		s.seen.Clear()
	}
	for _, p := range batch {
		if p.over = true; err != nil {
			p.err = err
		}
	}
}

// within runs one write in a savepoint, so that its failure is its own. An error
// returned is the whole transaction's.
func (t *txn) within(p *pending) error {
	if _, err := t.ExecContext(p.ctx, "SAVEPOINT one"); err != nil {
		return err
	}
	p.err = classify(p.fn(t))
	if errors.Is(p.err, news.ErrTransient) {
		return p.err // the disk is full: SQLite may have rolled back all of it
	}
	if p.err != nil {
		if _, err := t.ExecContext(p.ctx, "ROLLBACK TO one"); err != nil {
			return err
		}
	}
	_, err := t.ExecContext(p.ctx, "RELEASE one")
	return err
}
