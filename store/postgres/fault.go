package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"sukien/news"
)

// errMoved ends a transaction under which rows were changed by another one: it
// is begun anew.
var errMoved = fmt.Errorf("%w: another process changed what was read", news.ErrTransient)

// faults are the classes and codes of PostgreSQL's errors (its manual, appendix
// A), what they are to us, and what to do. The longer code goes first.
var faults = []struct {
	code string
	is   error
	hint string
}{
	{"25006", news.ErrForbidden, "the store is open for reading only"},
	{"28", news.ErrForbidden, "check user and password"},
	{"3D000", news.ErrNotFound, "create the database first"},
	{"3F", news.ErrInvalid, "run sukien migrate"},
	{"40", news.ErrTransient, ""},
	{"42501", news.ErrForbidden, "grant it, or use another user"},
	{"42P01", news.ErrInvalid, "the schema is not sukien's: run sukien migrate"},
	{"42703", news.ErrInvalid, "the schema is not sukien's: run sukien migrate"},
	{"53100", news.ErrTransient, "the server's disk is full: make room, nothing is lost"},
	{"53", news.ErrTransient, ""},
	{"54", news.ErrTooLarge, ""},
	{"55P03", news.ErrTransient, ""},
	{"57014", news.ErrTransient, ""},
	{"57P", news.ErrTransient, ""},
	{"58", news.ErrTransient, ""},
	{"08", news.ErrTransient, ""},
	{"22", news.ErrInvalid, ""},
}

// classify wraps what PostgreSQL and the connection say in the sentinels.
func classify(err error) error {
	kind := kindOf(err)
	if kind == nil || errors.Is(err, kind) {
		return err
	}
	if h := hint(err); h != "" {
		return fmt.Errorf("%w: store: %w: %s", kind, err, h)
	}
	return fmt.Errorf("%w: store: %w", kind, err)
}

// errOther is the kind of what no sentinel is for.
var errOther = errors.New("failed")

// kindOf is the sentinel of an error, nil for none and for a context that ended.
func kindOf(err error) error {
	var e *pgconn.PgError
	var dns *net.DNSError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &dns) && dns.IsNotFound:
		return news.ErrNotFound
	case errors.As(err, &e):
		for _, f := range faults {
			if strings.HasPrefix(e.Code, f.code) {
				return f.is
			}
		}
		return errOther
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return nil
	case isAway(err):
		return news.ErrTransient
	}
	return nil
}

func hint(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		for _, f := range faults {
			if strings.HasPrefix(e.Code, f.code) {
				return f.hint
			}
		}
	}
	return ""
}

// isAway holds while the server cannot be reached, is starting or stopping, or
// has no connection left: the same call may succeed in a moment.
func isAway(err error) bool {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return strings.HasPrefix(e.Code, "57P0") || strings.HasPrefix(e.Code, "08") || e.Code == "53300"
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return dns.IsTemporary
	}
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err)
}

// collided holds when two transactions stood in each other's way.
func collided(err error) bool {
	var e *pgconn.PgError
	return errors.Is(err, errMoved) || errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

func noRows(err error) bool { return errors.Is(err, pgx.ErrNoRows) }
