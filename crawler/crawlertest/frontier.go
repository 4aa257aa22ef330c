package crawlertest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"sukien/crawler/frontier"
)

// Frontier is a frontier.Frontier in memory: the reference for the store's,
// and the one to test the crawler with. Its memory grows with the crawl.
type Frontier struct {
	mu    sync.Mutex
	hosts map[string]*host
	links map[string]*entry
}

// host is one host with its lease, its pace and its links.
type host struct {
	name        string
	token       int64
	leased      time.Time // until when
	at          time.Time // the fetch last reserved
	next        time.Time // by its pace
	rest        time.Time
	memo        []byte
	ready, late queue // due at the last look, due later
}

// entry is one link with what became of it.
type entry struct {
	frontier.Link
	result string
	index  int    // in queue
	queue  *queue // nil when never due
}

// NewFrontier is an empty frontier.
func NewFrontier() *Frontier {
	return &Frontier{hosts: map[string]*host{}, links: map[string]*entry{}}
}

var _ frontier.Frontier = (*Frontier)(nil)

// Add is as the interface has it.
func (f *Frontier) Add(_ context.Context, links []frontier.Link) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	added := 0
	for _, l := range links {
		e := f.links[l.URL]
		if e != nil {
			f.raise(e, l)
			continue
		}
		added++
		e = &entry{Link: l}
		f.links[l.URL] = e
		f.enqueue(e)
	}
	return added, nil
}

// raise applies what a link that is known already may still change.
func (f *Frontier) raise(e *entry, l frontier.Link) {
	if e.queue == nil {
		return
	}
	f.dequeue(e)
	if e.Fetches == 0 && l.Priority > e.Priority {
		e.Priority = l.Priority
	}
	if e.Fetches > 0 && l.Modified.After(e.Fetched) && !l.Due.IsZero() && l.Due.Before(e.Due) {
		e.Due = l.Due
	}
	f.enqueue(e)
}

func (f *Frontier) hostOf(name string) *host {
	h := f.hosts[name]
	if h == nil {
		h = &host{name: name, ready: queue{less: urgent}, late: queue{less: sooner}}
		f.hosts[name] = h
	}
	return h
}

func (f *Frontier) enqueue(e *entry) {
	if e.Due.IsZero() {
		return
	}
	f.hostOf(e.Host).late.push(e)
}

func (f *Frontier) dequeue(e *entry) {
	if e.queue != nil {
		e.queue.remove(e)
	}
}

// ripen moves what is due by now to the ready queue.
func (h *host) ripen(now time.Time) {
	for len(h.late.items) > 0 && !h.late.items[0].Due.After(now) {
		e := h.late.items[0]
		h.late.remove(e)
		h.ready.push(e)
	}
}

// Lease is as the interface has it.
func (f *Frontier) Lease(_ context.Context, now time.Time, worker string, ttl time.Duration, n int) (*frontier.Lease, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var best *host
	for _, h := range f.hosts {
		h.ripen(now)
		free := !h.leased.After(now) && !h.rest.After(now) && !h.next.After(now)
		if free && len(h.ready.items) > 0 && (best == nil || urgent(h.ready.items[0], best.ready.items[0])) {
			best = h
		}
	}
	if best == nil {
		return nil, nil
	}
	best.token++
	best.leased = now.Add(ttl)
	lease := &frontier.Lease{Host: best.name, Worker: worker, Token: best.token, TTL: ttl, Memo: slices.Clone(best.memo)}
	for _, e := range best.ready.first(n) {
		lease.Links = append(lease.Links, e.Link)
	}
	return lease, nil
}

// held is the lease's host, nil when the lease is lost.
func (f *Frontier) held(now time.Time, lease *frontier.Lease) *host {
	h := f.hosts[lease.Host]
	if h == nil || h.token != lease.Token || !h.leased.After(now) {
		return nil
	}
	return h
}

// Reserve is as the interface has it.
func (f *Frontier) Reserve(_ context.Context, now time.Time, lease *frontier.Lease, delay, ttl time.Duration) (time.Duration, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := f.held(now, lease)
	if h == nil {
		return 0, frontier.ErrLeaseLost
	}
	at := now
	if next := h.at.Add(delay); next.After(at) {
		at = next
	}
	h.at, h.next = at, at.Add(delay)
	if until := at.Add(ttl); until.After(h.leased) {
		h.leased = until
	}
	return at.Sub(now), nil
}

// Done is as the interface has it.
func (f *Frontier) Done(_ context.Context, now time.Time, lease *frontier.Lease, o frontier.Outcome) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	e := f.links[o.URL]
	if f.held(now, lease) == nil || e == nil {
		return frontier.ErrLeaseLost
	}
	f.dequeue(e)
	e.result = o.Result
	e.Due, e.Priority, e.Fetched, e.Changed = o.Due, o.Priority, o.Fetched, o.Changed
	e.Interval, e.Fetches, e.Failures = o.Interval, o.Fetches, o.Failures
	e.ETag, e.LastModified, e.Signature = o.ETag, o.LastModified, o.Signature
	f.enqueue(e)
	return nil
}

// Release is as the interface has it.
func (f *Frontier) Release(_ context.Context, now time.Time, lease *frontier.Lease, rest time.Time, memo []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := f.held(now, lease)
	if h == nil {
		return frontier.ErrLeaseLost
	}
	h.leased = time.Time{}
	if !rest.IsZero() {
		h.rest = rest
	}
	if memo != nil {
		h.memo = slices.Clone(memo)
	}
	return nil
}

// Next is as the interface has it.
func (f *Frontier) Next(_ context.Context, now time.Time) (at time.Time, due bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, h := range f.hosts {
		h.ripen(now)
		var first time.Time
		switch {
		case len(h.ready.items) > 0:
			first = now
			due = due || !h.rest.After(now)
		case len(h.late.items) > 0:
			first = h.late.items[0].Due
		default:
			continue
		}
		first = slices.MaxFunc([]time.Time{first, h.leased, h.rest, h.next}, time.Time.Compare)
		if at.IsZero() || first.Before(at) {
			at = first
		}
	}
	return at, due, nil
}

// Counts is as the interface has it.
func (f *Frontier) Counts(_ context.Context, now time.Time) ([]frontier.Count, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	by := map[string]*frontier.Count{}
	for _, e := range f.links {
		c := by[e.Source]
		if c == nil {
			c = &frontier.Count{Source: e.Source}
			by[e.Source] = c
		}
		e.count(c, now)
	}
	out := make([]frontier.Count, 0, len(by))
	for _, c := range by {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b frontier.Count) int { return cmp.Compare(a.Source, b.Source) })
	return out, nil
}

func (e *entry) count(c *frontier.Count, now time.Time) {
	c.Known++
	switch {
	case e.Due.IsZero():
	case e.Due.After(now):
		c.Waiting++
	default:
		c.Due++
	}
	switch {
	case e.result == frontier.ResultGone || e.result == frontier.ResultRedirected:
		c.Gone++
	case e.Fetches > 0:
		c.Fetched++
	}
	if e.result == frontier.ResultFailed {
		c.Failed++
	}
	if e.Changed.After(c.LastNew) {
		c.LastNew = e.Changed
	}
}

// Link is what is known of a URL and the result of its last fetch; ok is false
// when it is not known.
func (f *Frontier) Link(url string) (link frontier.Link, result string, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	e := f.links[url]
	if e == nil {
		return frontier.Link{}, "", false
	}
	return e.Link, e.result, true
}
