package postgres

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"sukien/news"
)

// maxConns is the number of connections of a process, unless the URL has
// pool_max_conns.
const maxConns = 8

// connectFor is how long a server is waited for at the start, patience how long
// a call is tried again later: a restart of the server takes less.
const (
	connectFor = 5 * time.Second
	patience   = 30 * time.Second
)

// connect makes a pool whose server answers.
func connect(ctx context.Context, address string, readOnly bool) (*pgxpool.Pool, error) {
	cfg, err := configure(address, readOnly)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, classify(err)
	}
	if err := retry(ctx, connectFor, func() error { return pool.Ping(ctx) }); err != nil {
		pool.Close()
		return nil, atServer(err, cfg.ConnConfig)
	}
	return pool, nil
}

// configure reads a URL. Its errors never show the URL, which has the password.
func configure(address string, readOnly bool) (*pgxpool.Config, error) {
	const write = "write postgres://USER:PASSWORD@HOST:5432/DATABASE, special characters of the password as %XX"
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("%w: store.url is no URL: %s", news.ErrInvalid, write)
	}
	cfg, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, fmt.Errorf("%w: store.url %s cannot be used: %s", news.ErrInvalid, u.Host+u.Path, write)
	}
	if !u.Query().Has("pool_max_conns") {
		cfg.MaxConns = maxConns
	}
	cfg.MaxConns = max(cfg.MaxConns, 2) // one is kept: see presence
	params := cfg.ConnConfig.RuntimeParams
	if params["application_name"] == "" {
		params["application_name"] = "sukien"
	}
	// A process that is stopped in the middle of a transaction must not hold up the others.
	params["idle_in_transaction_session_timeout"] = "30s"
	if readOnly {
		params["default_transaction_read_only"] = "on"
	} else {
		// A writer's questions have their index. A plan that a session made while a
		// table was empty would else go on reading all of it once it has grown.
		params["enable_seqscan"] = "off"
	}
	return cfg, nil
}

// atServer says at which server err is.
func atServer(err error, cfg *pgx.ConnConfig) error {
	what := "correct store.url"
	if isAway(err) {
		what = "start it, or " + what
	}
	text := strings.Join(strings.Fields(err.Error()), " ")
	return fmt.Errorf("%w: PostgreSQL at %s:%d, database %s: %s: %s", cmp.Or(kindOf(err), errOther), cfg.Host, cfg.Port, cfg.Database, text, what)
}

// retry calls fn again while what fails is passing, at most for the time given. A
// call that may be repeated without harm is one whose commit was not confirmed too.
func retry(ctx context.Context, most time.Duration, fn func() error) error {
	end := time.Now().Add(most)
	for pause := 50 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		err := fn()
		if err == nil || ctx.Err() != nil || !isAway(err) || time.Now().Add(pause).After(end) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}
