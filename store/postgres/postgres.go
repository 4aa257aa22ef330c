// Package postgres is the back end for several machines: any number of
// processes write one PostgreSQL (15 or later) at the same time.
//
//	postgres.go  opening
//	connect.go   the connections, trying again while the server is away
//	schema.go    migrations, the schema's version
//	fault.go     what PostgreSQL says, in our sentinels
//	tx.go        transactions, reads
//	text.go      text that PostgreSQL takes, words for its full text search
//	pages.go     pages and articles
//	ingest.go    the records of an ingest
//	claim.go     ingests in other processes are kept apart
//	write.go     the events of an ingest
//	correct.go   what analysts decide
//	events.go    questions about events
//	query.go     conditions, pages of rows
//	outbox.go    messages to send, dead letters
//	frontier.go  host leases
//	presence.go  the leases of dead processes
//	link.go      links
//	count.go     how many links stand where
//	bulk.go      many pages at once, bookmarks
//	purge.go     what is removed and not stored again
//	keep.go      what is forgotten in time
//	dump.go      all rows out and in again
//	backfill.go  the part of the frontier that a backfill takes its links from
//	analyst.go   who may read
//	push.go      saved searches, and what waits to be pushed for them
//
// Commits are durable (synchronous_commit as the server has it), save those of
// links added and done, of which a crash of the server may lose the last
// moments: pages are then fetched once more.
package postgres

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"

	"sukien/store"
	"sukien/store/ingest"
)

// Store is a PostgreSQL store.
type Store struct {
	pool    *pgxpool.Pool
	archive *store.Archive
	seen    *ingest.Memory
	alive   presence
	wake    chan struct{}
	closed  sync.Once
}

var _ store.Store = (*Store)(nil)

// Open opens the store at a URL postgres://USER:PASSWORD@HOST:PORT/DATABASE for
// writing. An empty database gets its tables; one of an older sukien is
// news.ErrInvalid: see Migrate. It waits a while for a server that is not there
// yet. Errors: news.ErrInvalid for the URL and the schema, news.ErrForbidden for
// what the user may not, news.ErrNotFound for the database, news.ErrTransient.
func Open(ctx context.Context, url string) (*Store, error) {
	return open(ctx, url, false)
}

// OpenReader opens an existing store for reading only; news.ErrNotFound when the
// database has none.
func OpenReader(ctx context.Context, url string) (*Store, error) {
	return open(ctx, url, true)
}

func open(ctx context.Context, url string, readOnly bool) (*Store, error) {
	pool, err := connect(ctx, url, readOnly)
	if err != nil {
		return nil, err
	}
	s := &Store{pool: pool, wake: make(chan struct{}, 1), seen: ingest.NewMemory()}
	if err = s.checkSchema(ctx, readOnly); err == nil {
		s.archive, err = store.NewArchive()
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close ends the store, once what is under way has ended.
func (s *Store) Close() error {
	s.closed.Do(func() {
		s.alive.end()
		s.pool.Close()
		if s.archive != nil {
			s.archive.Close()
		}
	})
	return nil
}

// notify tells this process's relay that there are messages.
func (s *Store) notify() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Wake is signalled when this process added messages; those of a process that
// died are found when the relay looks by itself.
func (s *Store) Wake() <-chan struct{} { return s.wake }
