package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"sukien/crawler/frontier"
	"sukien/news"
	"sukien/store"
	"sukien/store/postgres"
	"sukien/store/sqlite"
	"sukien/stream"
)

// isPostgres tells whether the settings name a PostgreSQL.
func isPostgres(s *Settings) bool {
	return strings.HasPrefix(s.Store.URL, "postgres://") || strings.HasPrefix(s.Store.URL, "postgresql://")
}

// storeFile is the SQLite file that the settings name.
func storeFile(s *Settings) (string, error) {
	if s.Store.URL == "" {
		return filepath.Join(s.DataDir, "sukien.db"), nil
	}
	if path, ok := strings.CutPrefix(s.Store.URL, "sqlite:"); ok && path != "" {
		return path, nil
	}
	return "", misuse{fmt.Errorf("%w: store.url %q: write sqlite:PATH or postgres://USER:PASSWORD@HOST:5432/DATABASE", news.ErrInvalid, redact(s.Store.URL))}
}

// openStore opens the store for writing.
func openStore(ctx context.Context, s *Settings) (store.Store, error) {
	people, err := loadAuthority(s)
	if err != nil {
		return nil, err
	}
	if isPostgres(s) {
		st, err := postgres.Open(ctx, s.Store.URL)
		if err == nil {
			st.Know(people)
		}
		return opened(st, err)
	}
	file, err := storeFile(s)
	if err != nil {
		return nil, err
	}
	st, err := sqlite.Open(ctx, file)
	if err == nil {
		st.Know(people)
	}
	return opened(st, err)
}

// openReader opens the store for reading, also while another process writes.
func openReader(ctx context.Context, s *Settings) (store.Store, error) {
	if isPostgres(s) {
		return opened(postgres.OpenReader(ctx, s.Store.URL))
	}
	file, err := storeFile(s)
	if err != nil {
		return nil, err
	}
	return opened(sqlite.OpenReader(ctx, file))
}

// opened makes an interface of what a back end opened, nil when it failed.
func opened[S store.Store](st S, err error) (store.Store, error) {
	if err != nil {
		return nil, err
	}
	return st, nil
}

// migrateStore makes the store's tables, or brings them up to date.
func migrateStore(ctx context.Context, s *Settings) error {
	if isPostgres(s) {
		return postgres.Migrate(ctx, s.Store.URL)
	}
	st, err := openStore(ctx, s)
	if err != nil {
		return err
	}
	return st.Close()
}

// reading runs fn over the store opened for reading.
func (a *app) reading(ctx context.Context, fn func(store.Store) error) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	st, err := openReader(ctx, s)
	if err != nil {
		return err
	}
	return errors.Join(fn(st), st.Close())
}

// outbox lets the relay empty the store.
type outbox struct{ store.Store }

// Pending is of stream.Outbox.
func (o outbox) Pending(ctx context.Context, limit int) ([]stream.Message, error) {
	rows, err := o.Store.Pending(ctx, limit)
	list := make([]stream.Message, len(rows))
	for i, m := range rows {
		list[i] = stream.Message(m)
	}
	return list, err
}

// Bury is of stream.Outbox.
func (o outbox) Bury(ctx context.Context, row int64, reason string) error {
	return o.BuryRow(ctx, row, reason)
}

// links lets the crawler keep its frontier in the store.
type links struct{ store.Store }

// Add is of frontier.Frontier.
func (f links) Add(ctx context.Context, list []frontier.Link) (int, error) {
	out := make([]store.Link, len(list))
	for i, l := range list {
		out[i] = store.Link(l)
	}
	return f.Store.Add(ctx, out)
}

// Lease is of frontier.Frontier.
func (f links) Lease(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int) (*frontier.Lease, error) {
	l, err := f.Store.Lease(ctx, now, worker, ttl, n)
	if l == nil || err != nil {
		return nil, err
	}
	return crawlLease(l), nil
}

func crawlLease(l *store.Lease) *frontier.Lease {
	out := &frontier.Lease{Host: l.Host, Worker: l.Worker, Token: l.Token, TTL: l.TTL, Memo: l.Memo}
	for _, link := range l.Links {
		out.Links = append(out.Links, frontier.Link(link))
	}
	return out
}

func storeLease(l *frontier.Lease) *store.Lease {
	return &store.Lease{Host: l.Host, Worker: l.Worker, Token: l.Token, TTL: l.TTL}
}

// Reserve is of frontier.Frontier.
func (f links) Reserve(ctx context.Context, now time.Time, l *frontier.Lease, delay, ttl time.Duration) (time.Duration, error) {
	return f.Store.Reserve(ctx, now, storeLease(l), delay, ttl)
}

// Done is of frontier.Frontier.
func (f links) Done(ctx context.Context, now time.Time, l *frontier.Lease, o frontier.Outcome) error {
	return f.Store.Done(ctx, now, storeLease(l), store.Outcome(o))
}

// Release is of frontier.Frontier.
func (f links) Release(ctx context.Context, now time.Time, l *frontier.Lease, rest time.Time, memo []byte) error {
	return f.Store.Release(ctx, now, storeLease(l), rest, memo)
}

// Counts is of frontier.Frontier.
func (f links) Counts(ctx context.Context, now time.Time) ([]frontier.Count, error) {
	list, err := f.LinkCounts(ctx, now)
	out := make([]frontier.Count, len(list))
	for i, c := range list {
		out[i] = frontier.Count(c)
	}
	return out, err
}
