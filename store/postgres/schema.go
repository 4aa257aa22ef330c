package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"sukien/news"
)

//go:embed migrations
var migrations embed.FS

// Migrate makes the tables in the database at a URL, or brings them up to date.
// Processes of an older sukien should have stopped before. Errors as of Open.
func Migrate(ctx context.Context, url string) error {
	pool, err := connect(ctx, url, false)
	if err != nil {
		return err
	}
	defer pool.Close()
	have, want, err := versions(ctx, pool)
	if err == nil && have > want {
		err = tooNew(have, want)
	}
	if err == nil {
		err = migrate(ctx, pool)
	}
	return err
}

// migrate applies what is missing; one process at a time.
func migrate(ctx context.Context, pool *pgxpool.Pool) (err error) {
	p, db, err := provider(pool)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db()) }()
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("store schema: %w", classify(err))
	}
	return nil
}

func provider(pool *pgxpool.Pool) (*goose.Provider, func() error, error) {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, nil, err
	}
	one, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, nil, err
	}
	db := stdlib.OpenDBFromPool(pool)
	p, err := goose.NewProvider(goose.DialectPostgres, db, dir, goose.WithSessionLocker(one), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return p, db.Close, nil
}

// versions are the schema's version in the database, 0 without tables, and that
// of this program.
func versions(ctx context.Context, pool *pgxpool.Pool) (have, want int64, err error) {
	p, closeDB, err := provider(pool)
	if err != nil {
		return 0, 0, err
	}
	for _, src := range p.ListSources() {
		want = max(want, src.Version)
	}
	err = pool.QueryRow(ctx, `SELECT coalesce(max(version_id), 0) FROM `+goose.DefaultTablename+` WHERE is_applied`).Scan(&have)
	var e *pgconn.PgError
	if errors.As(err, &e) && e.Code == "42P01" {
		have, err = 0, nil
	}
	return have, want, errors.Join(classify(err), closeDB())
}

// settled are the versions when no other process is making the tables: of two
// that are started at once on an empty database, the second one waits.
func settled(ctx context.Context, pool *pgxpool.Pool) (have, want int64, err error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return 0, 0, classify(err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, lock.DefaultLockID); err != nil {
		return 0, 0, classify(err)
	}
	have, want, err = versions(ctx, pool)
	_, unlock := conn.Exec(ctx, `SELECT pg_advisory_unlock($1)`, lock.DefaultLockID)
	return have, want, errors.Join(err, classify(unlock))
}

// checkSchema lets no program work on tables that are not of its version. The
// tables of an empty database are made, unless it is opened for reading only.
func (s *Store) checkSchema(ctx context.Context, readOnly bool) error {
	have, want, err := versions(ctx, s.pool)
	if err == nil && 0 < have && have < want {
		have, want, err = settled(ctx, s.pool)
	}
	switch {
	case err != nil:
		return err
	case have == want:
		return nil
	case have > want:
		return tooNew(have, want)
	case have > 0:
		return fmt.Errorf("%w: the store's schema is of version %d, this sukien needs %d: stop the others, then run sukien migrate", news.ErrInvalid, have, want)
	case readOnly:
		return fmt.Errorf("%w: no store in this database: run sukien run or sukien migrate first, or correct store.url", news.ErrNotFound)
	}
	return migrate(ctx, s.pool)
}

func tooNew(have, want int64) error {
	return fmt.Errorf("%w: the store's schema is of version %d, this sukien knows up to %d: use a newer sukien", news.ErrInvalid, have, want)
}
