package crawler

import (
	"maps"
	"sync"
	"time"

	"sukien/crawler/frontier"
)

// Visit is what came of one link, for progress.
type Visit struct {
	URL, Host, Source string
	// Kind is the link's kind, or "robots".
	Kind string
	// Result is a result of the frontier's.
	Result string
	// Article says that the page was given to the sink and is an article.
	Article bool
	Links   int   // of a list that may be articles
	Bytes   int64 // decompressed
	Took    time.Duration
	// Err is the failure, nil when there was none.
	Err *FetchError
}

// Stats is what a crawl has done since New.
type Stats struct {
	Pages     int64 // answers with content
	Articles  int64 // articles given to the sink
	Unchanged int64
	Links     int64 // that became known
	Bytes     int64 // decompressed
	Lost      int64 // leases
	Archived  int64 // article links of the days that a backfill's lists gave, known before or not
	PassedBy  int64 // sitemaps of other days that a backfill's indexes named
	// Failures are by class.
	Failures map[string]int64
	// Hosts are by host; as many as the sources have.
	Hosts map[string]HostStats
}

// HostStats is the part of one host.
type HostStats struct {
	Pages, Articles, Failures, Bytes int64
	// LastClass is the class of the last failure, empty after a success.
	LastClass string
}

// stats counts under a lock: a visit takes milliseconds at least.
type stats struct {
	mu sync.Mutex
	s  Stats
}

func (t *stats) found(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.s.Links += int64(n)
}

func (t *stats) archived(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.s.Archived += int64(n)
}

func (t *stats) passedBy(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.s.PassedBy += int64(n)
}

func (t *stats) lost() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.s.Lost++
}

func (t *stats) visit(v Visit) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.s.Hosts == nil {
		t.s.Hosts, t.s.Failures = map[string]HostStats{}, map[string]int64{}
	}
	h := t.s.Hosts[v.Host]
	h.Bytes += v.Bytes
	t.s.Bytes += v.Bytes
	h.LastClass = ""
	switch {
	case v.Err != nil:
		h.Failures++
		h.LastClass = v.Err.Class
		t.s.Failures[v.Err.Class]++
	case v.Result == frontier.ResultUnchanged:
		t.s.Unchanged++
	case v.Result == frontier.ResultFetched:
		t.s.Pages++
		h.Pages++
	}
	if v.Article {
		t.s.Articles++
		h.Articles++
	}
	t.s.Hosts[v.Host] = h
}

// Stats is a copy of the counts so far.
func (c *Crawler) Stats() Stats {
	c.stats.mu.Lock()
	defer c.stats.mu.Unlock()
	s := c.stats.s
	s.Failures, s.Hosts = maps.Clone(s.Failures), maps.Clone(s.Hosts)
	return s
}

// note counts and reports a visit.
func (c *Crawler) note(v Visit) {
	c.stats.visit(v)
	if v.Err != nil {
		c.cfg.Log.Warn(v.Err.Error(), "source", v.Source, "kind", v.Kind)
	} else {
		c.cfg.Log.Debug("visited", "url", v.URL, "kind", v.Kind, "result", v.Result, "links", v.Links, "bytes", v.Bytes, "took", v.Took)
	}
	if c.cfg.Progress != nil {
		c.cfg.Progress(v)
	}
}
