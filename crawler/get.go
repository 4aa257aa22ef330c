package crawler

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"

	"sukien/crawler/canonical"
	"sukien/crawler/frontier"
	"sukien/crawler/warc"
	"sukien/news"
)

// request is one GET.
type request struct {
	url                string
	etag, lastModified string
	limit              int64
	stream             func(io.Reader) error
}

// answer is what came of one GET: a page, or "not modified", or a redirect.
type answer struct {
	page        news.Page
	notModified bool
	doubted     bool   // it was "not modified" first, which was not believed
	redirect    string // canonical, empty when there is none
	permanent   bool   // the redirect is for good
	bytes       int64
	took        time.Duration
	robotsTag   []string
	found       []frontier.Link // of a sitemap, which is read as it comes in
	kept        *warc.Exchange  // for the archive, until keep
}

func (a *answer) size() int64 {
	if a == nil {
		return 0
	}
	return a.bytes
}

// getter sends single requests through Colly, which is used for no more than
// that: a fresh clone of one collector a request, its callbacks called before
// Visit returns. Cookies, revisit memory, robots, limits, cache, redirects,
// decompression and charsets of Colly are all switched off; NewCollector is
// not used, because it reads COLLY_ variables of the environment.
type getter struct {
	collector *colly.Collector
	transport *transport
	agent     string
	limits    Limits
}

func newGetter(t *transport, agent string, limits Limits) *getter {
	c := &colly.Collector{}
	c.Init()
	c.SetClient(&http.Client{
		Transport: t,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	})
	c.UserAgent = agent
	c.AllowURLRevisit = true
	c.IgnoreRobotsTxt = true
	c.ParseHTTPErrorResponse = true
	c.MaxBodySize = 0
	return &getter{collector: c, transport: t, agent: agent, limits: limits}
}

// get fetches r.url as it stands, without robots, pace or redirects. Errors
// are *FetchError, or ctx's own when it was cancelled.
func (g *getter) get(ctx context.Context, r request) (*answer, error) {
	began := time.Now()
	run, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(g.limits.Total, func() {
		cancel(&FetchError{Class: classTimeout, Err: errors.New("no whole answer in " + g.limits.Total.String())})
	})
	defer timer.Stop()
	x := &exchange{limit: r.limit, stream: r.stream, stall: g.limits.Stall, cancel: cancel}
	if x.limit <= 0 {
		x.limit = g.limits.Body
	}
	body, err := g.visit(context.WithValue(run, exchangeKey{}, x), r)
	if ctx.Err() != nil {
		return nil, errors.Join(ctx.Err(), x.kept.Drop())
	}
	if err != nil {
		if cause := context.Cause(run); cause != nil {
			err = cause
		}
		err = classify(r.url, err)
		return nil, x.keepPart(err)
	}
	a, err := x.answer(r, body, began)
	if err != nil {
		return nil, cmp.Or(x.kept.Save(), err)
	}
	a.kept = x.kept
	return a, nil
}

// keepPart archives what came of an answer that broke off with err, and gives err.
func (x *exchange) keepPart(err error) error {
	reason := "unspecified"
	var fe *FetchError
	if errors.As(err, &fe) {
		switch fe.Class {
		case classTooLarge:
			reason = "length"
		case classTimeout:
			reason = "time"
		case classNetwork:
			reason = "disconnect"
		}
	}
	x.kept.Cut(reason)
	return cmp.Or(x.kept.Save(), err)
}

// keep archives the answer, unless its page asks not to be.
func (a *answer) keep(noArchive bool) error {
	kept := a.kept
	a.kept = nil
	if noArchive {
		return kept.Drop()
	}
	return kept.Save()
}

// check refuses a URL that the guard refuses, before anything is asked of its host.
func (g *getter) check(ctx context.Context, target string) error {
	u, err := url.Parse(target)
	if err != nil {
		return &FetchError{Class: classInvalid, URL: target, Err: err}
	}
	if err := g.transport.guard.target(ctx, u, g.transport.proxied); err != nil {
		return classify(target, err)
	}
	return nil
}

// visit runs one request through Colly and gives the body.
func (g *getter) visit(ctx context.Context, r request) (body []byte, err error) {
	c := g.collector.Clone()
	c.Context = ctx
	c.OnResponse(func(res *colly.Response) { body = res.Body })
	return body, c.Request(http.MethodGet, r.url, nil, nil, g.header(r))
}

func (g *getter) header(r request) http.Header {
	h := http.Header{
		"User-Agent":      {g.agent},
		"Accept":          {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"},
		"Accept-Language": {"vi,en;q=0.3"},
		"Accept-Encoding": {"gzip"},
	}
	if r.etag != "" {
		h.Set("If-None-Match", r.etag)
	}
	if r.lastModified != "" {
		h.Set("If-Modified-Since", r.lastModified)
	}
	return h
}

// answer sorts what came by its status.
func (x *exchange) answer(r request, body []byte, began time.Time) (*answer, error) {
	now := time.Now()
	a := &answer{bytes: x.bytes, took: now.Sub(began), robotsTag: x.header.Values("X-Robots-Tag")}
	switch {
	case x.status == http.StatusNotModified:
		a.notModified = true
		return a, nil
	case x.status >= 300 && x.status < 400:
		return a, x.redirect(r, a)
	case x.header.Get("Cf-Mitigated") == "challenge", challenged(body):
		return nil, x.failure(r, classChallenge, now)
	case x.status == http.StatusNotFound, x.status == http.StatusGone:
		return nil, x.failure(r, classGone, now)
	case x.status == http.StatusTooManyRequests, x.status == http.StatusServiceUnavailable:
		return nil, x.failure(r, classBusy, now)
	case x.status >= 500:
		return nil, x.failure(r, classHTTP5xx, now)
	case x.status == http.StatusNoContent, x.status == http.StatusResetContent, x.status == http.StatusPartialContent:
		return nil, x.failure(r, classNotHTML, now)
	case x.status != http.StatusOK && x.status != http.StatusNonAuthoritativeInfo:
		return nil, x.failure(r, classHTTP4xx, now)
	}
	a.page = news.Page{
		URL: r.url, Fetched: now, Status: x.status, ContentType: x.header.Get("Content-Type"),
		ETag: x.header.Get("ETag"), LastModified: x.header.Get("Last-Modified"), Body: body,
	}
	return a, nil
}

func (x *exchange) redirect(r request, a *answer) error {
	target, err := canonical.URL(r.url, x.header.Get("Location"))
	if err != nil || x.header.Get("Location") == "" {
		return &FetchError{Class: classHTTP4xx, URL: r.url, Status: x.status, Err: errors.New("redirect to nowhere")}
	}
	a.redirect = target
	a.permanent = x.status == http.StatusMovedPermanently || x.status == http.StatusPermanentRedirect
	return nil
}

func (x *exchange) failure(r request, class string, now time.Time) error {
	return &FetchError{Class: class, URL: r.url, Status: x.status, RetryAfter: retryAfter(x.header.Get("Retry-After"), now)}
}

// maxRetryAfter bounds what a server may ask for.
const maxRetryAfter = 24 * time.Hour

// retryAfter reads the header of RFC 9110 section 10.2.3: seconds or a date.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	var d time.Duration
	if seconds, err := strconv.Atoi(value); err == nil {
		d = time.Duration(min(max(seconds, 0), int(maxRetryAfter/time.Second))) * time.Second
	} else if t, err := http.ParseTime(value); err == nil {
		d = t.Sub(now)
	}
	return min(max(d, 0), maxRetryAfter)
}

// maxChallenge is the size up to which a page may be a challenge, in bytes:
// those that are known have 1 to 40 KB of script and hardly any text.
const maxChallenge = 48 << 10

// challengeMarks stand in the challenges of known services, and not in the
// scripts that the same services put into ordinary pages.
var challengeMarks = [][]byte{[]byte("cf-browser-verification"), []byte("_cf_chl_opt"), []byte("<title>Just a moment"), []byte("DDoS protection by")}

// comeBack are the ways in which a page makes the browser load it again.
var comeBack = [][]byte{
	[]byte("location.reload"), []byte("location.href"), []byte("location.replace"), []byte("window.location"), []byte(`http-equiv="refresh"`),
}

// challenged tells whether body is a page that only makes a browser set a
// cookie and come back, as web firewalls answer with status 200: a script for
// both and hardly a paragraph or a link.
func challenged(body []byte) bool {
	if len(body) > maxChallenge {
		return false
	}
	has := func(mark []byte) bool { return bytes.Contains(body, mark) }
	if slices.ContainsFunc(challengeMarks, has) {
		return true
	}
	return has([]byte("document.cookie")) && slices.ContainsFunc(comeBack, has) &&
		bytes.Count(body, []byte("<p")) < 3 && bytes.Count(body, []byte("<a ")) < 3
}
