package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"sukien/crawler/frontier"
	"sukien/crawler/robots"
	"sukien/crawler/source"
	"sukien/news"
)

// memo is what is kept about a host from lease to lease, as JSON in the frontier.
type memo struct {
	// Robots by scheme: rules belong to scheme, host and port.
	Robots map[string]robotsState `json:"robots,omitempty"`
	// Slow is the pace that the host's answers ask for, beyond what is set.
	Slow time.Duration `json:"slow,omitempty"`
	// Lag is the time from the last turn to the end of its request: an upper
	// bound of how late the request reached the host.
	Lag time.Duration `json:"lag,omitempty"`
	// Token is that of the lease that kept this. The lease after it knows by it
	// whether the one before was given back.
	Token int64 `json:"token,omitempty"`
	// Failures counts failures of the host itself in a row.
	Failures int `json:"failures,omitempty"`
	// Shapes and Twins are what was learnt of its addresses.
	Shapes shapes `json:"shapes,omitempty"`
	Twins  twins  `json:"twins,omitzero"`
	// Trust says how far its "not modified" is believed.
	Trust trust `json:"trust,omitempty"`
}

// robotsState is what a fetch of robots.txt gave.
type robotsState struct {
	Rules   robots.Rules `json:"rules"`
	Expires time.Time    `json:"expires"`
	// Down says that it could not be reached, since when it has not been.
	Down time.Time `json:"down,omitzero"`
}

// visitor is a worker at one host that it holds the lease of.
type visitor struct {
	c     *Crawler
	head  context.Context // done: start nothing new
	work  context.Context // done: give up
	lease *frontier.Lease
	memo  memo

	delay   time.Duration // in force at the last fetch
	until   time.Time     // the lease's end, by this process's clock
	rest    time.Time     // set: the host rests
	fetched int
	// recorded is the last URL whose outcome was committed with its page.
	recorded string
	sights   map[string]*sight // by source
}

// errStopped ends a visit before its fetch, since the crawl is to end.
var errStopped = errors.New("the crawl is to end")

// serve works off a lease that was asked for at asked: its links one after the
// other, at the host's pace. Its errors are the frontier's and the sink's; a lost lease is none.
func (c *Crawler) serve(head, work context.Context, lease *frontier.Lease, asked time.Time) error {
	v := &visitor{c: c, head: head, work: work, lease: lease, until: asked.Add(lease.TTL)}
	if len(lease.Memo) > 0 {
		if err := json.Unmarshal(lease.Memo, &v.memo); err != nil {
			c.cfg.Log.Warn("what was kept about the host cannot be read: it starts anew", "host", lease.Host, "error", err)
			v.memo = memo{}
		}
	}
	if v.memo.Shapes == nil {
		v.memo.Shapes = shapes{}
	}
	err := v.links()
	v.report()
	if err == nil || errors.Is(err, errStopped) {
		err = v.release()
	}
	if errors.Is(err, news.ErrBusy) {
		c.stats.lost()
		c.cfg.Log.Warn("the lease of the host was lost: another worker goes on", "host", lease.Host)
		return nil
	}
	return err
}

func (v *visitor) links() error {
	for i, l := range v.lease.Links {
		if v.head.Err() != nil {
			return errStopped
		}
		if i > 0 && v.fetched > 0 && v.delay > holdFor || v.c.held() {
			return nil
		}
		if err := v.visit(l); err != nil {
			return err
		}
		if !v.rest.IsZero() {
			return nil
		}
	}
	return nil
}

// release gives the host back, also when the crawl is being stopped.
func (v *visitor) release() error {
	v.memo.Token = v.lease.Token
	data, err := json.Marshal(v.memo)
	if err != nil {
		return fmt.Errorf("keep what is known about %s: %w", v.lease.Host, err)
	}
	if err := v.c.front.Release(v.work, time.Now(), v.lease, v.rest, data); err != nil {
		return fmt.Errorf("release %s: %w", v.lease.Host, err)
	}
	return nil
}

// minPublicDelay is the shortest pace at hosts on the public network.
const minPublicDelay = time.Second

// pace is the time from one request to the next: what the source asks for, what
// robots.txt asks for, what the host's answers ask for, under the source's ceiling.
func (v *visitor) pace(s *source.Source, rules robots.Rules) time.Duration {
	d := s.Delay()
	if len(v.c.cfg.AllowPrivate) == 0 {
		d = max(d, minPublicDelay)
	}
	return max(d, min(max(rules.Delay, v.memo.Slow), max(s.MaxDelay(), d)))
}

const (
	// grain is what the frontier may cut off an instant and a delay: it keeps
	// milliseconds.
	grain = 2 * time.Millisecond
	// maxLag bounds what a slow answer adds to the delay after it.
	maxLag = time.Minute
)

// turn waits for the host's next turn. After it the fetch has to start, within
// the context it returns, which ends with the lease; its cancel function is to
// be called when the fetch has ended. What the request before took is added to
// the delay, so that the host, too, sees no two requests closer than it, even
// when the one before was late for its connection's sake.
func (v *visitor) turn(delay time.Duration) (context.Context, context.CancelFunc, error) {
	v.delay = delay
	ttl := v.c.cfg.Limits.Total + leaseFor
	now := time.Now()
	if delay > 0 {
		delay += min(v.lag(delay), maxLag) + grain
	}
	wait, err := v.c.front.Reserve(v.work, now, v.lease, delay, ttl)
	if err != nil {
		return nil, nil, fmt.Errorf("reserve a turn at %s: %w", v.lease.Host, err)
	}
	// The frontier's clock stood between these two when it chose the turn.
	earliest, start := now.Add(wait), time.Now().Add(wait)
	v.until = later(v.until, earliest.Add(ttl))
	if wait > 0 {
		timer := time.NewTimer(time.Until(start))
		defer timer.Stop()
		select {
		case <-v.head.Done():
			return nil, nil, errStopped
		case <-timer.C:
		}
	}
	if !time.Now().Before(v.until) {
		return nil, nil, frontier.ErrLeaseLost
	}
	v.fetched++
	ctx, cancel := context.WithDeadline(v.work, v.until)
	return ctx, func() {
		v.memo.Lag = time.Since(earliest)
		cancel()
	}, nil
}

// lag is how late the request before may have reached the host. That of a worker
// that died with it, which nobody has measured, may have been late by the delay.
func (v *visitor) lag(delay time.Duration) time.Duration {
	if v.fetched == 0 && v.lease.Token > 1 && v.memo.Token != v.lease.Token-1 {
		return max(v.memo.Lag, delay)
	}
	return v.memo.Lag
}

// feel adapts the pace to how fast the host answers: a host that takes long
// gets twice that long before the next request, and the pace eases off slowly.
func (v *visitor) feel(took time.Duration) {
	v.memo.Failures = 0
	eased := v.memo.Slow * 4 / 5
	if took > 500*time.Millisecond {
		eased = max(eased, 2*took)
	}
	v.memo.Slow = eased
}

// strain makes the host rest after failures of its own, longer each time, and
// slows the pace after it.
func (v *visitor) strain(err *FetchError) {
	cl := classOf(err.Class)
	if cl.host == 0 {
		return
	}
	v.memo.Failures++
	if v.memo.Failures < cl.host {
		return
	}
	v.memo.Slow = min(max(2*v.delay, time.Second), time.Minute)
	v.rest = later(v.rest, time.Now().Add(max(backoff(cl.retry, v.memo.Failures-cl.host), err.RetryAfter)))
}
