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
// writer are committed together: to bring a commit to the disk takes longer than
// most of what is written. Every one returns after the commit. An error of fn
// undoes what fn did, and no more; fn of another caller may then run a second
// time, after all that it did was undone.
func (s *Store) tx(ctx context.Context, fn func(*txn) error) error {
	if err := s.writable(); err != nil {
		return err
	}
	p := &pending{ctx: ctx, fn: fn}
	s.backlog.add(p)
	s.mu.Lock()
	defer s.mu.Unlock()
	for !p.over {
		s.commit(s.backlog.take())
	}
	return p.err
}

// errAgain says that a write failed that was made together with others.
var errAgain = errors.New("a write failed")

// commit writes a batch in one transaction; mu is held. A savepoint takes longer
// than many of the writes do: they are made once a write has failed.
func (s *Store) commit(batch []*pending) {
	err := s.together(batch, (*txn).plainly)
	switch {
	case errors.Is(err, errAgain) && len(batch) > 1:
		err = s.together(batch, (*txn).within)
	case errors.Is(err, errAgain):
		err = batch[0].err
	}
	for _, p := range batch {
		if p.over = true; err != nil {
			p.err = err
		}
	}
}

// together runs the writes of a batch in one transaction.
func (s *Store) together(batch []*pending, run func(*txn, *pending) error) error {
	err := s.locked(context.Background(), s.durable, func(tx *txn) error {
		for _, p := range batch {
			if p.err = p.ctx.Err(); p.err != nil {
				continue
			}
			if err := run(tx, p); err != nil {
				return err
			}
			if p.err != nil {
				s.forget() // memory may hold what was undone
			}
		}
		return nil
	})
	if err != nil {
		s.forget()
	}
	return err
}

// plainly runs one write whose failure is the whole transaction's.
func (t *txn) plainly(p *pending) error {
	if p.err = classify(p.fn(t)); p.err != nil {
		return errAgain
	}
	return nil
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
