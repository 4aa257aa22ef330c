package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// collisions is how often a transaction that met another one is begun anew.
const collisions = 20

// tx runs fn in a writing transaction, again when it meets another one or loses
// its connection: fn has to be repeatable. try counts from 0.
func (s *Store) tx(ctx context.Context, fn func(tx pgx.Tx, try int) error) error {
	try := -1
	return s.again(ctx, func() error {
		try++
		return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error { return fn(tx, try) })
	})
}

// exec runs one statement that may be repeated, in a transaction of its own, and
// gives the number of rows.
func (s *Store) exec(ctx context.Context, sql string, args ...any) (n int64, err error) {
	err = s.again(ctx, func() error {
		tag, err := s.pool.Exec(ctx, sql, plainArgs(args)...)
		n = tag.RowsAffected()
		return err
	})
	return n, err
}

// row reads one row; pgx.ErrNoRows when there is none.
func (s *Store) row(ctx context.Context, dest []any, sql string, args ...any) error {
	return s.again(ctx, func() error { return s.pool.QueryRow(ctx, sql, plainArgs(args)...).Scan(dest...) })
}

// rows reads all rows.
func (s *Store) rows(ctx context.Context, read func(pgx.Rows) error, sql string, args ...any) error {
	return s.again(ctx, func() error {
		rows, err := s.pool.Query(ctx, sql, plainArgs(args)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		if err := read(rows); err != nil {
			return err
		}
		return rows.Err()
	})
}

// again repeats a call that is one transaction of its own.
func (s *Store) again(ctx context.Context, fn func() error) error {
	err := retry(ctx, patience, fn)
	for n := 0; n < collisions && collided(err) && ctx.Err() == nil; n++ {
		err = retry(ctx, patience, fn)
	}
	return classify(err)
}

// into collects the values of rows into a list, which is begun anew with each try.
func into[T any](list *[]T, scan func(pgx.Rows, *T) error) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		*list = nil
		for rows.Next() {
			var v T
			if err := scan(rows, &v); err != nil {
				return err
			}
			*list = append(*list, v)
		}
		return rows.Err()
	}
}

// batch is statements for one round trip.
type batch struct{ list pgx.Batch }

// add queues a statement.
func (b *batch) add(sql string, args ...any) *pgx.QueuedQuery {
	return b.list.Queue(sql, plainArgs(args)...)
}

// sender is the pool or a transaction.
type sender interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// send runs the statements, in one transaction of their own when db is the pool.
func (b *batch) send(ctx context.Context, db sender) error {
	return db.SendBatch(ctx, &b.list).Close()
}
