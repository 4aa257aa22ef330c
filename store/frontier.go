package store

import (
	"context"
	"fmt"
	"time"

	"sukien/news"
)

// Frontier keeps what is known of the crawl. Its methods and values are those
// of the crawler's own frontier interface, field by field; that interface's
// comments are the contract. The stages may not import each other, so cmd
// converts one to the other.
type Frontier interface {
	Add(ctx context.Context, links []Link) (int, error)
	Lease(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int) (*Lease, error)
	Reserve(ctx context.Context, now time.Time, lease *Lease, delay, ttl time.Duration) (time.Duration, error)
	Done(ctx context.Context, now time.Time, lease *Lease, outcome Outcome) error
	Release(ctx context.Context, now time.Time, lease *Lease, rest time.Time, memo []byte) error
	Next(ctx context.Context, now time.Time) (at time.Time, due bool, err error)
	// LinkCounts takes the same time however many links there are: what of many
	// thousands falls due within the hour at hand is estimated.
	LinkCounts(ctx context.Context, now time.Time) ([]LinkCount, error)
}

// Backfills is the part of the frontier that a backfill takes its links from: those
// of one source whose origin is backfill. The first two methods are those of the
// crawler's own interface.
type Backfills interface {
	LeaseBackfill(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int, source string) (*Lease, error)
	NextBackfill(ctx context.Context, now time.Time, source string) (at time.Time, due bool, err error)
	// BackfillWaiting is how many of them are due, now or later.
	BackfillWaiting(ctx context.Context, source string) (int, error)
}

// ErrLeaseLost is the error of a call under a lease that has expired or that
// another worker has taken over.
var ErrLeaseLost = fmt.Errorf("host lease lost: %w", news.ErrBusy)

// Link is what is known of one URL.
type Link struct {
	URL, Host, Source, Kind string
	Priority                int
	Due                     time.Time
	Via                     string
	Hops                    int
	Published, Modified     time.Time
	Origin                  news.Origin
	Fetched, Changed        time.Time
	Interval                time.Duration
	Fetches, Failures       int
	ETag, LastModified      string
	Signature               string
}

// Lease is the right to fetch from one host for a while.
type Lease struct {
	Host, Worker string
	Token        int64
	TTL          time.Duration
	Memo         []byte
	Links        []Link
}

// Outcome is what came of one link.
type Outcome struct {
	URL, Result, Class string
	Status             int
	Target             string
	Due                time.Time
	Priority           int
	Fetched, Changed   time.Time
	Interval           time.Duration
	Fetches, Failures  int
	ETag, LastModified string
	Signature          string
}

// LinkCount is how many links of a source stand where.
type LinkCount struct {
	Source                                     string
	Known, Due, Waiting, Fetched, Gone, Failed int
	LastNew                                    time.Time
}
