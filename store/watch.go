package store

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Watch keeps how the outlets do: what the status command, the metrics and the
// sources page tell of.
type Watch interface {
	// Observe takes what was seen of an outlet: counts are added, findings and the
	// host's state replaced. news.ErrInvalid without a source.
	Observe(ctx context.Context, o Observation) error
	// SourceHealth says how each outlet that was ever observed does at now,
	// ordered by source.
	SourceHealth(ctx context.Context, now time.Time) ([]SourceHealth, error)
}

// Observation is what was seen of an outlet at one host.
type Observation struct {
	Source string
	// Host is where; empty for what is not about a host.
	Host string
	At   time.Time
	// Counts are added to those of the hour of At. Their names: CountArticles,
	// CountPages, a class of failure after CountFailed, a bound after CountDelay.
	Counts map[string]int
	// State is the host's, nil when it is not known.
	State *HostState
	// Findings are seen (again). About tells them apart: the same kind about the
	// same thing is one finding.
	Findings []Finding
	// Well are what findings were about and are no more: hosts, addresses.
	Well []string
}

// The names of counts.
const (
	CountArticles = "articles" // that were new
	CountPages    = "pages"    // answers with content, "not modified" among them
	CountFailed   = "failed:"  // and the class
	CountDelay    = "delay:"   // and the bound in seconds: one message at most so long after its article's publication
)

// HostState is how a host is visited.
type HostState struct {
	Host string `json:"host"`
	// Robots is what its robots.txt says in a word: "rules", "none",
	// "disallows all", "unreachable".
	Robots string        `json:"robots,omitempty"`
	Pace   time.Duration `json:"pace,omitempty"` // between two requests, in nanoseconds
	Rest   time.Time     `json:"rest,omitzero"`  // no request before
	Seen   time.Time     `json:"seen"`
}

// Finding is something about an outlet that its operator should look at.
type Finding struct {
	// Kind is silent, challenge, blocked, moved, address, down or trap.
	Kind string `json:"kind"`
	// About is the host, address or shape that it is about.
	About  string    `json:"about,omitempty"`
	Detail string    `json:"detail"`
	First  time.Time `json:"first"`
	Last   time.Time `json:"last"`
	Times  int       `json:"times"`
}

// SourceHealth is how an outlet does.
type SourceHealth struct {
	Source string `json:"source"`
	// LastYield is when it last gave a new article.
	LastYield time.Time `json:"last_yield,omitzero"`
	// Articles and Pages are those of the last 24 hours, Usual the articles a day
	// of the weeks before.
	Articles int     `json:"articles_24h"`
	Pages    int     `json:"pages_24h"`
	Usual    float64 `json:"usual_per_day"`
	// Errors are the failures of the last 24 hours by class.
	Errors map[string]int `json:"errors_24h,omitempty"`
	// Delay is from publication to message over the last 7 days.
	Delay    Delay       `json:"delay"`
	Hosts    []HostState `json:"hosts,omitempty"`
	Findings []Finding   `json:"findings,omitempty"`
}

// Delay is a distribution of delays.
type Delay struct {
	Messages int `json:"messages"`
	// Half and Most are bounds within which half and nine tenths of the messages came; 0 when there are none.
	Half time.Duration `json:"half,omitempty"`
	Most time.Duration `json:"most,omitempty"`
	// Buckets count the messages by bound in seconds, not cumulated.
	Buckets map[int64]int `json:"buckets,omitempty"`
}

// delayBounds are the bounds by which delays are counted; longer ones are
// counted with the last.
var delayBounds = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 6 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour,
}

// DelayCount is the name of the count for a delay.
func DelayCount(d time.Duration) string {
	bound := delayBounds[len(delayBounds)-1]
	for _, b := range slices.Backward(delayBounds) {
		if d <= b {
			bound = b
		}
	}
	return CountDelay + strconv.FormatInt(int64(bound/time.Second), 10)
}

// WatchHours is how long counts are kept: four weeks, so that an outlet is
// compared with its own working days and weekends.
const WatchHours = 28 * 24

// findingLife is how long a finding is told of that nothing has put an end to,
// since what it is about may not be visited any more.
const findingLife = 14 * 24 * time.Hour

// HourOf is the number of t's hour.
func HourOf(t time.Time) int64 { return t.Unix() / 3600 }

// Watched is what a back end has about one outlet.
type Watched struct {
	Source    string
	LastYield time.Time
	Hours     []HourCount // ordered by hour
	Hosts     []HostState
	Findings  []Finding
}

// HourCount is one count of one hour.
type HourCount struct {
	Hour int64
	Name string
	N    int
}

// Health judges what a back end has about an outlet.
func (w Watched) Health(now time.Time) SourceHealth {
	h := SourceHealth{Source: w.Source, LastYield: w.LastYield, Hosts: w.Hosts, Errors: map[string]int{}, Delay: Delay{Buckets: map[int64]int{}}}
	yields := w.yields(now)
	hour := HourOf(now)
	for _, c := range w.Hours {
		h.count(c, hour-c.Hour)
	}
	h.Usual = yields.perDay
	h.Delay.settle()
	for _, f := range w.Findings {
		if now.Sub(f.Last) < findingLife {
			h.Findings = append(h.Findings, f)
		}
	}
	if f, silent := yields.silence(w.LastYield, now); silent {
		h.Findings = append(h.Findings, f)
	}
	slices.SortFunc(h.Findings, func(a, b Finding) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.About, b.About)) })
	return h
}

// count adds one count of an hour that is age hours ago.
func (h *SourceHealth) count(c HourCount, age int64) {
	class, failed := strings.CutPrefix(c.Name, CountFailed)
	bound, delay := strings.CutPrefix(c.Name, CountDelay)
	switch {
	case delay && age < 7*24:
		if seconds, err := strconv.ParseInt(bound, 10, 64); err == nil {
			h.Delay.Buckets[seconds] += c.N
			h.Delay.Messages += c.N
		}
	case age >= 24:
	case failed:
		h.Errors[class] += c.N
	case c.Name == CountArticles:
		h.Articles += c.N
	case c.Name == CountPages:
		h.Pages += c.N
	}
}

// settle computes the bounds from the buckets.
func (d *Delay) settle() {
	bounds := make([]int64, 0, len(d.Buckets))
	for b := range d.Buckets {
		bounds = append(bounds, b)
	}
	slices.Sort(bounds)
	n := 0
	for _, b := range bounds {
		n += d.Buckets[b]
		if d.Half == 0 && 2*n >= d.Messages {
			d.Half = time.Duration(b) * time.Second
		}
		if d.Most == 0 && 10*n >= 9*d.Messages {
			d.Most = time.Duration(b) * time.Second
		}
	}
}

// rate is how an outlet used to yield.
type rate struct {
	perDay float64
	days   float64       // that were watched
	gap    time.Duration // the longest between two yields
}

// yields is the rate of the weeks before the last yield: silence since then is
// no part of what is usual.
func (w Watched) yields(now time.Time) (r rate) {
	last, first, total := int64(0), int64(0), 0
	for _, c := range w.Hours {
		if c.Name != CountArticles || c.N == 0 {
			continue
		}
		if first == 0 {
			first = c.Hour
		} else {
			r.gap = max(r.gap, time.Duration(c.Hour-last)*time.Hour)
		}
		last = c.Hour
		total += c.N
	}
	if first == 0 {
		return r
	}
	end := min(HourOf(now), HourOf(w.LastYield)) + 1
	r.days = math.Max(float64(end-first)/24, 1)
	r.perDay = float64(total) / r.days
	return r
}

// The bounds of silence.
const (
	// watchedDays is how long an outlet must have been watched for its silence to mean something.
	watchedDays = 3
	// quietAtLeast covers any night; gaps up to twice the longest one seen are
	// usual, and before a whole week was seen, any weekend.
	quietAtLeast = 12 * time.Hour
	quietWeekend = 72 * time.Hour
	// missedAtLeast is how many articles the outlet's own rate would have brought
	// meanwhile: a Poisson process leaves out five with a chance under 1 %.
	missedAtLeast = 5
)

// silence finds out whether an outlet has stopped yielding, by its own rate.
func (r rate) silence(last, now time.Time) (Finding, bool) {
	quiet := now.Sub(last)
	limit := max(quietAtLeast, 2*r.gap)
	if r.days < 7 {
		limit = max(limit, quietWeekend)
	}
	missed := r.perDay * quiet.Hours() / 24
	if last.IsZero() || r.days < watchedDays || quiet < limit || missed < missedAtLeast {
		return Finding{}, false
	}
	return Finding{
		Kind: "silent", First: last.Add(limit), Last: now, Times: 1,
		Detail: fmt.Sprintf("no new article for %.0f hours; %.1f a day and never more than %.0f hours between two were usual: look at its addresses", quiet.Hours(), r.perDay, r.gap.Hours()),
	}, true
}
