package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// heads is what Lease has to know to choose a host, kept in memory: a few
// numbers for each host, however many links there are. To ask SQLite for the
// same takes a look at every host each time. It may be kept since one process
// alone writes the store, and is used within transactions alone; every write of
// the frontier marks its hosts as stale, and they are read again when they are looked at next.
type heads struct {
	hosts map[string]*head // nil: not read yet
}

// head is one host.
type head struct {
	until, free, rest int64
	levels            []level // highest priority first
	// old marks what is to be read again: the host's row, its levels.
	oldRow, oldLevels bool
}

// level is one priority of a host's links with the earliest due time.
type level struct{ priority, since int64 }

// touch marks a host as stale, touchRow its row alone.
func (h *heads) touch(name string) {
	if e := h.touchRow(name); e != nil {
		e.oldLevels = true
	}
}

func (h *heads) touchRow(name string) *head {
	if h.hosts == nil {
		return nil
	}
	e := h.hosts[name]
	if e == nil {
		e = &head{oldLevels: true}
		h.hosts[name] = e
	}
	e.oldRow = true
	return e
}

// ripest is the free host with the most urgent due link, "" when there is none.
func (s *Store) ripest(ctx context.Context, tx *txn, at int64) (string, error) {
	if err := s.readHosts(ctx, tx); err != nil {
		return "", err
	}
	best, top := "", level{}
	for name, h := range s.heads.hosts {
		l, ok, err := h.ripe(ctx, tx, name, at)
		if err != nil {
			return "", err
		}
		if ok && (best == "" || l.before(top) || l == top && name < best) {
			best, top = name, l
		}
	}
	return best, nil
}

// before tells whether l is more urgent.
func (l level) before(o level) bool {
	return l.priority > o.priority || l.priority == o.priority && l.since < o.since
}

// readHosts reads the hosts' rows once.
func (s *Store) readHosts(ctx context.Context, tx *txn) error {
	if s.heads.hosts != nil {
		return nil
	}
	rows, err := tx.QueryContext(ctx, `SELECT name, until, free, rest FROM host`)
	if err != nil {
		return err
	}
	defer rows.Close()
	hosts := map[string]*head{}
	for rows.Next() {
		var name string
		h := &head{oldLevels: true}
		if err := rows.Scan(&name, &h.until, &h.free, &h.rest); err != nil {
			return err
		}
		hosts[name] = h
	}
	if err := rows.Err(); err != nil {
		return err
	}
	s.heads.hosts = hosts
	return nil
}

// ripe is the most urgent level of a host that is free and has a due link.
func (h *head) ripe(ctx context.Context, tx *txn, name string, at int64) (level, bool, error) {
	if h.oldRow {
		err := tx.QueryRowContext(ctx, `SELECT until, free, rest FROM host WHERE name = ?`, name).Scan(&h.until, &h.free, &h.rest)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return level{}, false, err
		}
		h.oldRow = false
	}
	if h.until > at || h.free > at || h.rest > at {
		return level{}, false, nil
	}
	if h.oldLevels {
		levels, err := levelsOf(ctx, tx, name, h.levels[:0])
		if err != nil {
			return level{}, false, err
		}
		h.levels, h.oldLevels = levels, false
	}
	for _, l := range h.levels {
		if l.since <= at {
			return l, true, nil
		}
	}
	return level{}, false, nil
}

// levelsOf steps by the index from one priority of a host to the next lower one.
func levelsOf(ctx context.Context, tx *txn, host string, list []level) ([]level, error) {
	rows, err := tx.QueryContext(ctx, `WITH RECURSIVE level (p) AS (
			SELECT max(priority) FROM link WHERE host = ?1 AND due > 0
			UNION ALL SELECT (SELECT max(priority) FROM link WHERE host = ?1 AND due > 0 AND priority < p) FROM level WHERE p IS NOT NULL)
		SELECT p, (SELECT min(due) FROM link WHERE host = ?1 AND priority = p AND due > 0) FROM level WHERE p IS NOT NULL`, host)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l level
		if err := rows.Scan(&l.priority, &l.since); err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, rows.Err()
}
