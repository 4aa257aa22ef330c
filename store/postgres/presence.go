package postgres

import (
	"context"
	"math/rand/v2"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"
)

// presence shows the other processes that this one lives: a session with an
// advisory lock on a number of its own, which the server gives free when the
// process dies. Leases are taken in that session and note the number, so that
// those of a dead process can be taken over at once instead of when they expire.
// A process whose connection alone was lost is fenced off as any other.
type presence struct {
	mu     sync.Mutex
	conn   *pgxpool.Conn
	number int32
}

// presenceClass is the first half of the locks' numbers.
const presenceClass = 0x73756b

// with runs fn in the session.
func (p *presence) with(ctx context.Context, pool *pgxpool.Pool, fn func(conn *pgxpool.Conn, number int32) error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.conn == nil {
		if err := p.begin(ctx, pool); err != nil {
			return err
		}
	}
	err := fn(p.conn, p.number)
	if p.conn.Conn().IsClosed() {
		p.conn.Release()
		p.conn = nil
	}
	return err
}

// begin takes a connection and a free number.
func (p *presence) begin(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	number, ok := 1+rand.Int32N(1<<31-1), false
	if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1, $2)`, presenceClass, number).Scan(&ok); err != nil || !ok {
		conn.Release()
		return err
	}
	p.conn, p.number = conn, number
	return nil
}

// end closes the session.
func (p *presence) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.conn != nil {
		_ = p.conn.Conn().Close(context.Background()) // the server sees it go either way
		p.conn.Release()
		p.conn = nil
	}
}
