// Package sqlite is the embedded back end: one file in the data directory, one
// writing process, many readers.
//
//	sqlite.go    opening, the lock on the data directory
//	tx.go        the connection that writes, transactions
//	pages.go     pages and articles
//	words.go     full text
//	bulk.go      many pages at once, bookmarks
//	batch.go     writes that are committed together
//	ingest.go    the records of an ingest
//	keys.go      what records are found by
//	keyring.go   the same in memory
//	shelf.go     where records are, in memory
//	rekey.go     the same after a change of the schema
//	write.go     the events of an ingest
//	correct.go   what analysts decide
//	events.go    questions about events
//	query.go     conditions, pages of rows
//	outbox.go    messages to send, dead letters
//	frontier.go  links and host leases
//	purge.go     what is removed and not stored again
//	keep.go      what is forgotten in time
//	backfill.go  the part of them that a backfill takes its links from
//	heads.go     which host is next
//	count.go     how many links stand where
//	dump.go      all rows out and in again
//	watch.go     how the outlets do
//	analyst.go   who may read
//	push.go      saved searches, and what waits to be pushed for them
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	sqlite "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"sukien/news"
	"sukien/store"
	"sukien/store/ingest"
)

//go:embed migrations
var migrations embed.FS

// Store is a SQLite store.
type Store struct {
	// w writes, one transaction at a time, under mu. read is for any number of readers.
	w       *writer
	mu      sync.Mutex
	dbs     []*sql.DB
	read    *sql.DB
	backlog backlog
	// What is remembered of the rows, under mu but for seen.
	seen    *ingest.Memory
	heads   heads
	tombs   atomic.Pointer[tombs]
	lock    *flock.Flock
	wake    chan struct{}
	archive *store.Archive
}

var _ store.Store = (*Store)(nil)

// Open opens or makes the store in a file. The folder of the file is locked: a
// second process gets news.ErrBusy. Other errors: news.ErrForbidden for a folder
// that cannot be written.
func Open(ctx context.Context, file string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return nil, fmt.Errorf("%w: data directory: %w: set data_dir to a folder that can be written", news.ErrForbidden, err)
	}
	lock, err := lockDir(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	s := &Store{lock: lock, wake: make(chan struct{}, 1), seen: ingest.NewMemory(), backlog: newBacklog()}
	if err := s.open(ctx, file); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// OpenReader opens an existing store for reading only, also while another
// process writes it. news.ErrNotFound when there is none.
func OpenReader(ctx context.Context, file string) (*Store, error) {
	if _, err := os.Stat(file); err != nil {
		return nil, fmt.Errorf("%w: no store at %s: run sukien run first, or set data_dir", news.ErrNotFound, file)
	}
	s := &Store{wake: make(chan struct{}, 1)}
	var err error
	if s.read, err = connect(file, "&mode=ro"+cacheMB(16), 4); err == nil {
		s.dbs = []*sql.DB{s.read}
		s.archive, err = store.NewArchive()
	}
	if err == nil {
		err = s.read.PingContext(ctx)
	}
	if err != nil {
		return nil, errors.Join(classify(err), s.Close())
	}
	return s, nil
}

func lockDir(dir string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(dir, "sukien.lock"))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("%w: data directory %s: %w: set data_dir to a folder that can be written", news.ErrForbidden, dir, err)
	}
	if !ok {
		return nil, fmt.Errorf("%w: data directory %s is another sukien's: stop that one, or set another data_dir", news.ErrBusy, dir)
	}
	return lock, nil
}

func (s *Store) open(ctx context.Context, file string) (err error) {
	if s.w, err = s.writer(ctx, file); err != nil {
		return classify(err)
	}
	if s.read, err = connect(file, "&_pragma=query_only(1)"+cacheMB(16), 4); err != nil {
		return classify(err)
	}
	s.dbs = append(s.dbs, s.read)
	if s.archive, err = store.NewArchive(); err != nil {
		return err
	}
	if err := s.rekey(ctx); err != nil {
		return err
	}
	return s.freeLeases(ctx)
}

// cacheMB bounds the pages that a connection keeps in memory, which take twice as
// much of it as they have.
func cacheMB(n int) string { return fmt.Sprintf("&_pragma=cache_size(-%d)", n*1000) }

func connect(file, more string, conns int) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)"+more)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	return db, nil
}

// writer opens the connection that writes and brings the schema up to date.
func (s *Store) writer(ctx context.Context, file string) (*writer, error) {
	db, err := connect(file, "&_pragma=synchronous(FULL)&_pragma=wal_autocheckpoint(8000)"+cacheMB(32), 1)
	if err != nil {
		return nil, err
	}
	s.dbs = append(s.dbs, db)
	if err := migrate(ctx, db); err != nil {
		return nil, err
	}
	return newWriter(ctx, db)
}

func migrate(ctx context.Context, db *sql.DB) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir)
	if err != nil {
		return classify(err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("store schema: %w", classify(err))
	}
	return nil
}

// Close ends the store and gives the data directory free.
func (s *Store) Close() error {
	var errs []error
	errs = append(errs, s.w.close())
	for _, db := range slices.Backward(s.dbs) {
		errs = append(errs, db.Close())
	}
	if s.archive != nil {
		s.archive.Close()
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return errors.Join(errs...)
}

// classify wraps what SQLite says in the sentinels.
func classify(err error) error {
	var e *sqlite.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: the disk is full: make room, nothing is lost: %w", news.ErrTransient, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT:
		return fmt.Errorf("%w: store: %w", news.ErrTransient, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fmt.Errorf("%w: store: %w: is the folder writable?", news.ErrForbidden, err)
	}
	return fmt.Errorf("store: %w", err)
}

// notify tells the relay that there are messages.
func (s *Store) notify() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Wake is signalled when messages were added.
func (s *Store) Wake() <-chan struct{} { return s.wake }
