package postgres_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"sukien/store"
	"sukien/store/postgres"
	"sukien/store/storetest"
)

// clocked is a store whose database's clock is set to each call's now: what the
// suite says about leases must hold by that clock.
type clocked struct {
	store.Store
	db *pgxpool.Pool
}

// withClock opens stores of databases whose clock is a sequence's value.
func withClock() storetest.Open {
	const clock = `CREATE SEQUENCE test_clock;
		CREATE OR REPLACE FUNCTION now_ms () RETURNS bigint LANGUAGE sql STABLE AS 'SELECT last_value FROM test_clock'`
	urls := map[string]string{}
	return func(t testing.TB, name string) store.Store {
		key := t.Name() + "/" + name
		if urls[key] == "" {
			urls[key] = server.Database(t)
			if err := postgres.Migrate(t.Context(), urls[key]); err != nil {
				t.Fatal(err)
			}
			if _, err := server.SQL(t.Context(), urls[key], clock); err != nil {
				t.Fatal(err)
			}
		}
		s, err := postgres.Open(t.Context(), urls[key])
		db, err2 := pgxpool.New(t.Context(), urls[key])
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		return clocked{s, db}
	}
}

func (c clocked) at(ctx context.Context, now time.Time) error {
	_, err := c.db.Exec(ctx, `SELECT setval('test_clock', $1)`, now.UnixMilli())
	return err
}

func (c clocked) Close() error {
	c.db.Close()
	return c.Store.Close()
}

func (c clocked) Lease(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int) (*store.Lease, error) {
	if err := c.at(ctx, now); err != nil {
		return nil, err
	}
	return c.Store.Lease(ctx, now, worker, ttl, n)
}

func (c clocked) Reserve(ctx context.Context, now time.Time, l *store.Lease, delay, ttl time.Duration) (time.Duration, error) {
	if err := c.at(ctx, now); err != nil {
		return 0, err
	}
	return c.Store.Reserve(ctx, now, l, delay, ttl)
}

func (c clocked) Done(ctx context.Context, now time.Time, l *store.Lease, o store.Outcome) error {
	return errors.Join(c.at(ctx, now), c.Store.Done(ctx, now, l, o))
}

func (c clocked) Release(ctx context.Context, now time.Time, l *store.Lease, rest time.Time, memo []byte) error {
	return errors.Join(c.at(ctx, now), c.Store.Release(ctx, now, l, rest, memo))
}

func (c clocked) LeaseBackfill(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int, source string) (*store.Lease, error) {
	if err := c.at(ctx, now); err != nil {
		return nil, err
	}
	return c.Store.LeaseBackfill(ctx, now, worker, ttl, n, source)
}

func (c clocked) NextBackfill(ctx context.Context, now time.Time, source string) (time.Time, bool, error) {
	if err := c.at(ctx, now); err != nil {
		return time.Time{}, false, err
	}
	return c.Store.NextBackfill(ctx, now, source)
}

func (c clocked) Next(ctx context.Context, now time.Time) (time.Time, bool, error) {
	if err := c.at(ctx, now); err != nil {
		return time.Time{}, false, err
	}
	return c.Store.Next(ctx, now)
}
