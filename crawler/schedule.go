package crawler

import (
	"math/rand/v2"
	"time"

	"sukien/crawler/canonical"
	"sukien/crawler/dated"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

// The priorities: fresh news before the lists that bring it, both before
// second looks, all before what a backfill asks for.
const (
	priorityFresh    = 100
	priorityFeed     = 90
	prioritySection  = 80
	prioritySitemap  = 70
	priorityRecheck  = 40
	priorityBackfill = 10
)

// rechecks are the ages since the first fetch, in fetches, after which an
// article is looked at again for corrections; after the last it is left alone.
// Corrections to news come within hours, or not at all.
var rechecks = []time.Duration{2 * time.Hour, 10 * time.Hour, 36 * time.Hour, 5 * 24 * time.Hour, 25 * 24 * time.Hour}

// maxFailures is how often in a row an article may fail before it is given up.
// Feeds, sections and sitemaps that have not ended are never given up.
const maxFailures = 6

// maxRetry is the longest wait between tries.
const maxRetry = 24 * time.Hour

// seeds are the addresses of a source as links.
func seeds(s *source.Source, now time.Time) []frontier.Link {
	var out []frontier.Link
	add := func(list []source.Address, kind string, priority int) {
		for _, a := range list {
			out = append(out, frontier.Link{
				URL: a.URL, Host: canonical.Host(a.URL), Source: s.Domain, Kind: kind,
				Priority: priority, Due: now, Via: s.File, Origin: news.Live,
			})
		}
	}
	add(s.Feeds, frontier.KindFeed, priorityFeed)
	add(s.Sections, frontier.KindSection, prioritySection)
	add(s.Sitemaps, frontier.KindSitemap, prioritySitemap)
	return out
}

// standing tells whether a link is a list: all kinds but articles. Lists are
// fetched for ever, but for a backfill's visits of them and those that have ended.
func standing(l frontier.Link) bool { return l.Kind != frontier.KindArticle }

// outcome is the record of an answer for l, with its next due time. changed
// says that the content is not that of the last fetch.
func outcome(l frontier.Link, s *source.Source, now time.Time, changed bool) frontier.Outcome {
	o := frontier.Outcome{
		URL: l.URL, Result: frontier.ResultUnchanged, Fetched: now, Changed: l.Changed, Fetches: l.Fetches + 1,
		Priority: l.Priority, ETag: l.ETag, LastModified: l.LastModified, Signature: l.Signature,
	}
	if changed {
		o.Result, o.Changed = frontier.ResultFetched, now
	}
	if walks(l) {
		return o
	}
	if standing(l) {
		if o.Due, o.Interval = s.Timing(l.Kind, l.URL).Next(now, l.Interval, changed); ended(l, now) {
			o.Due = time.Time{}
		}
		return o
	}
	o.Priority = min(l.Priority, priorityRecheck)
	if n := l.Fetches; n < len(rechecks) && l.Origin != news.Backfill {
		o.Interval = jitter(rechecks[n])
		o.Due = now.Add(o.Interval)
	}
	return o
}

// ended tells whether a list is a sitemap that an index named for days or a month
// that are over: nothing new comes there. Years may be numbers.
func ended(l frontier.Link, now time.Time) bool {
	if l.Kind != frontier.KindSitemap || l.Hops == 0 || walks(l) {
		return false
	}
	days, ok := dated.List(l.URL)
	return ok && days.To.Before(days.From.AddDate(0, 1, 1)) && days.To.Add(defaultMaxAge).Before(now)
}

// failed is the record of a failure for l.
func failed(l frontier.Link, s *source.Source, now time.Time, err *FetchError) frontier.Outcome {
	o := frontier.Outcome{
		URL: l.URL, Result: frontier.ResultFailed, Class: err.Class, Status: err.Status, Fetched: l.Fetched, Changed: l.Changed,
		Fetches: l.Fetches, Failures: l.Failures + 1, Priority: l.Priority, Interval: l.Interval,
		ETag: l.ETag, LastModified: l.LastModified, Signature: l.Signature,
	}
	switch retry := classOf(err.Class).retry; {
	case ended(l, now):
	case standing(l) && !walks(l):
		due, _ := s.Timing(l.Kind, l.URL).Next(now, l.Interval, false)
		o.Due = later(due, now.Add(backoff(retry, l.Failures)))
	case walks(l) && err.Class == classRobots: // the archive ends where the site says
	case err.Class == classGone, err.Class == classSoft404 && o.Failures > 2:
		o.Result = frontier.ResultGone
	case retry > 0 && o.Failures < maxFailures:
		o.Due = now.Add(max(backoff(retry, l.Failures), err.RetryAfter))
	}
	return o
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// backoff doubles first with each failure before, up to maxRetry or first itself.
func backoff(first time.Duration, failures int) time.Duration {
	d := first << min(max(failures, 0), 10)
	return jitter(max(min(d, maxRetry), first))
}

// jitter spreads d by a tenth to either side, so that what failed together is
// not tried again together.
func jitter(d time.Duration) time.Duration {
	if d < 10 {
		return d
	}
	return d - d/10 + rand.N(d/5)
}
