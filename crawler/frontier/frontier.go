// Package frontier says what the crawler asks of the store of its URLs.
package frontier

import (
	"context"
	"fmt"
	"time"

	"sukien/news"
)

// Frontier is what the crawl knows: every URL with the time it is due, and
// every host with the lease and the pace under which it is visited. It is
// implemented by the store; crawlertest has one in memory for tests.
//
// The unit of work is the host: at any instant at most one worker, over all
// processes that share the frontier, holds a host's lease. A worker that dies
// leaves a lease that expires; its links were never marked, so they are still
// due and are leased again. The fencing token grows with each lease of a host,
// and every call made under an older one fails with ErrLeaseLost, so that a
// worker that slept past its lease can neither fetch nor write.
//
// now is the caller's clock. A back end shared by several machines should use
// its own clock for leases and paces and take now only for due times; that is
// why these methods answer with durations. Errors other than ErrLeaseLost are
// the back end's and stop the crawl. All methods are safe for concurrent use.
type Frontier interface {
	// Add makes links known and returns how many were new. Of a URL that is
	// known already only this changes: its Priority, when it was never fetched
	// and the new one is higher; its Due, when link.Modified is later than its
	// last fetch, it is not gone, and link.Due is earlier. URL is the key.
	Add(ctx context.Context, links []Link) (int, error)

	// Lease takes the host that has the due link of the highest priority (then
	// the longest due) among the hosts that are not leased, not resting and
	// whose pace allows a fetch by now, and returns up to n of its links that
	// are due by now, highest priority first, then longest due. It is nil when
	// there is no such host.
	Lease(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int) (*Lease, error)

	// Reserve commits the instant of the host's next fetch and returns how long
	// from now the worker has to wait for it (0 or more): the later of now and
	// delay after the instant committed before. It also makes the lease last
	// for at least ttl from that instant. The host cannot be leased again
	// before delay has passed from it. Errors: ErrLeaseLost.
	Reserve(ctx context.Context, now time.Time, lease *Lease, delay, ttl time.Duration) (time.Duration, error)

	// Done records what came of one leased link. Errors: ErrLeaseLost.
	Done(ctx context.Context, now time.Time, lease *Lease, outcome Outcome) error

	// Release gives the host back. It is not leased again before rest, when
	// that is set; memo replaces the host's Memo unless it is nil.
	// Errors: ErrLeaseLost, which may be ignored.
	Release(ctx context.Context, now time.Time, lease *Lease, rest time.Time, memo []byte) error

	// Next tells when a call of Lease may next succeed: the earliest over all
	// links of the latest of its due time and its host's lease, rest and pace.
	// It is zero when no link will ever be due. due tells whether a link is due
	// by now at a host that is not resting, though it may be leased or waiting
	// for its pace.
	Next(ctx context.Context, now time.Time) (at time.Time, due bool, err error)

	// Counts are the numbers of links by source, ordered by source.
	Counts(ctx context.Context, now time.Time) ([]Count, error)
}

// Archives is what a backfill asks beside: the part of the frontier whose links
// are of one source and of origin backfill.
type Archives interface {
	// LeaseBackfill is Lease among them.
	LeaseBackfill(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int, source string) (*Lease, error)

	// NextBackfill is Next among them, but that due is true for a link that is due
	// by now also when its host rests: an archive is waited for.
	NextBackfill(ctx context.Context, now time.Time, source string) (at time.Time, due bool, err error)
}

// ErrLeaseLost is the error of a call under a lease that has expired or that
// another worker has taken over. It wraps news.ErrBusy.
var ErrLeaseLost = fmt.Errorf("host lease lost: %w", news.ErrBusy)

// The kinds of link: what a fetch of it is for.
const (
	KindArticle = "article" // a page that may be an article
	KindSection = "section" // a page that lists articles
	KindFeed    = "feed"    // RSS, Atom or JSON feed
	KindSitemap = "sitemap" // sitemap, news sitemap or sitemap index
)

// Link is what is known of one URL. The zero values of the fields after Origin
// are those of a link that was never fetched. Structs of the frontier are flat
// and of plain types, so that a back end's own struct converts to them.
type Link struct {
	URL    string // canonical; the key
	Host   string // host name with a port that is not the default: the key of lease and pace
	Source string // the outlet's domain
	Kind   string // one of the kinds above
	// Priority orders due links, higher first; see the crawler's priorities.
	Priority int
	Due      time.Time // when to fetch; zero: never again
	Via      string    // the URL it was found at, or redirected from
	Hops     int       // redirects that led here from another host
	// Published and Modified are what a feed or sitemap says; zero when unknown.
	Published time.Time
	Modified  time.Time
	Origin    news.Origin

	Fetched      time.Time     // the last fetch that brought an answer
	Changed      time.Time     // the last fetch that brought new content
	Interval     time.Duration // between the last fetch and Due
	Fetches      int           // fetches that brought an answer
	Failures     int           // failures in a row
	ETag         string        // validators of the last answer, as sent
	LastModified string
	Signature    string // of the content at the last fetch
}

// Lease is the right to fetch from one host for a while.
type Lease struct {
	Host   string
	Worker string
	// Token is the fencing token: higher for each lease of the host.
	Token int64
	// TTL is how long from the call the lease holds, without Reserve.
	TTL time.Duration
	// Memo is what the crawler keeps about the host between leases: robots
	// rules, pace, failures. The back end does not look inside; at most 2 MiB.
	Memo []byte
	// Links are due, most urgent first. All are on Host.
	Links []Link
}

// The results of a fetch.
const (
	ResultFetched    = "fetched"    // new or first content
	ResultUnchanged  = "unchanged"  // 304, or the same signature
	ResultGone       = "gone"       // 404, 410: remembered, not due again
	ResultRedirected = "redirected" // Target is known under its own URL
	ResultFailed     = "failed"     // Class says why; Due when to try again
)

// Outcome is what came of one link: the fields of the link to store anew.
type Outcome struct {
	URL          string
	Result       string // one of the results above
	Class        string // class of the failure, see crawler.FetchError; empty otherwise
	Status       int    // HTTP status, 0 without an answer
	Target       string // where ResultRedirected leads
	Due          time.Time
	Priority     int
	Fetched      time.Time
	Changed      time.Time
	Interval     time.Duration
	Fetches      int
	Failures     int
	ETag         string
	LastModified string
	Signature    string
}

// Count is how many links of a source stand where.
type Count struct {
	Source  string
	Known   int // all links
	Due     int // due by now
	Waiting int // due later
	Fetched int // fetched at least once, and not gone
	Gone    int // gone or redirected
	Failed  int // last result was a failure
	// LastNew is when a link of the source last brought new content.
	LastNew time.Time
}
