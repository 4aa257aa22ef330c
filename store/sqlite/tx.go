package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"sukien/news"
	"sukien/store/ingest"
	"sukien/store/recent"
)

// maxPrepared bounds the statements that a writer keeps prepared. Those with
// lists of many lengths that come past it are prepared anew each time.
const maxPrepared = 256

// The bounds of the events that a writer keeps in memory, of some 5 KB each, and
// of the values of facets, each once more while they are the older half.
const (
	maxEvents = 2048
	maxFacets = 16384
)

// writer is the connection that writes, with its prepared statements: to prepare
// takes longer than most of them run. There is one, since what one connection
// writes empties the page cache of every other; it keeps what it knows of records
// and events.
type writer struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
	keys     keyring
	durable  bool // the synchronous mode that is in force
	events   recent.Map[string, ingest.Event]
	facets   recent.Map[ingest.Facet, int64] // the numbers of their values
	ruled    ruled
}

func newWriter(ctx context.Context, db *sql.DB) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &writer{conn: conn, prepared: map[string]*sql.Stmt{}, durable: true, events: recent.Map[string, ingest.Event]{Most: maxEvents},
		facets: recent.Map[ingest.Facet, int64]{Most: maxFacets}}, nil
}

func (w *writer) close() error {
	if w == nil {
		return nil
	}
	var errs []error
	for _, st := range w.prepared {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, w.conn.Close())...)
}

// sync says of the commits to come whether they are to survive a power cut.
func (w *writer) sync(ctx context.Context, durable bool) error {
	if w.durable == durable {
		return nil
	}
	mode := "NORMAL"
	if durable {
		mode = "FULL"
	}
	_, err := w.conn.ExecContext(ctx, "PRAGMA synchronous = "+mode)
	w.durable = durable && err == nil
	return err
}

// txn is a writing transaction. Once begun it is not broken off by its context:
// it is short, and the connection must not be left in the middle of it.
type txn struct {
	w     *writer
	words []wording
}

// prepare gives a prepared statement, nil when there are too many.
func (t *txn) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	st := t.w.prepared[query]
	if st != nil || len(t.w.prepared) >= maxPrepared {
		return st, nil
	}
	st, err := t.w.conn.PrepareContext(ctx, query)
	if err == nil {
		t.w.prepared[query] = st
	}
	return st, err
}

// ExecContext runs a statement.
func (t *txn) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	ctx = context.WithoutCancel(ctx)
	st, err := t.prepare(ctx, query)
	switch {
	case err != nil:
		return nil, err
	case st == nil:
		return t.w.conn.ExecContext(ctx, query, args...)
	}
	return st.ExecContext(ctx, args...)
}

// QueryContext asks for rows.
func (t *txn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	ctx = context.WithoutCancel(ctx)
	st, err := t.prepare(ctx, query)
	switch {
	case err != nil:
		return nil, err
	case st == nil:
		return t.w.conn.QueryContext(ctx, query, args...)
	}
	return st.QueryContext(ctx, args...)
}

// each calls do for each row.
func (t *txn) each(ctx context.Context, do func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := t.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// scanner is one row that is still to be read.
type scanner interface{ Scan(dest ...any) error }

// failed is a row that could not be asked for.
type failed struct{ err error }

// Scan gives the reason.
func (f failed) Scan(...any) error { return f.err }

// QueryRowContext asks for one row; its Scan says sql.ErrNoRows when there is none.
func (t *txn) QueryRowContext(ctx context.Context, query string, args ...any) scanner {
	ctx = context.WithoutCancel(ctx)
	st, err := t.prepare(ctx, query)
	switch {
	case err != nil:
		return failed{err}
	case st == nil:
		return t.w.conn.QueryRowContext(ctx, query, args...)
	}
	return st.QueryRowContext(ctx, args...)
}

// forget drops what is remembered of the rows, after a transaction that was undone.
func (s *Store) forget() {
	s.seen.Clear()
	s.w.keys.reset()
	s.w.events.Clear()
	s.w.facets.Clear()
	s.w.ruled = unknown
	s.heads.hosts = nil
	s.tombs.Store(nil)
}

// writable refuses to write a store that is open for reading.
func (s *Store) writable() error {
	if s.lock == nil {
		return fmt.Errorf("%w: the store is open for reading only", news.ErrForbidden)
	}
	return nil
}

// transaction runs fn between BEGIN and COMMIT; mu is held.
func (s *Store) transaction(ctx context.Context, durable bool, fn func(*txn) error) error {
	if err := s.writable(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.w.sync(context.WithoutCancel(ctx), durable); err != nil {
		return classify(err)
	}
	t := &txn{w: s.w}
	if _, err := t.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return classify(err)
	}
	err := fn(t)
	if err == nil {
		err = t.index(ctx)
	}
	if err == nil {
		_, err = t.ExecContext(ctx, "COMMIT")
	}
	if err != nil {
		// SQLite has rolled back by itself after a full disk; then this says so.
		_, _ = t.ExecContext(ctx, "ROLLBACK")
		s.forget()
	}
	return classify(err)
}
