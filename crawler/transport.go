package crawler

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"os"
	"strings"
	"time"

	"sukien/crawler/warc"
	"sukien/news"
)

// Limits bound one fetch. A zero field has its default.
type Limits struct {
	Connect time.Duration // TCP and TLS together, 10 s each by default
	Header  time.Duration // from the request to the answer's header, 20 s
	Stall   time.Duration // without a byte of the body, 15 s
	Total   time.Duration // the whole fetch, 60 s
	Body    int64         // decompressed bytes of a page, 8 MiB
	Sitemap int64         // decompressed bytes of a sitemap, 64 MiB (the protocol says 50 MB)
}

// maxHeaderBytes bounds an answer's header.
const maxHeaderBytes = 64 << 10

func (l Limits) withDefaults() Limits {
	set := func(d *time.Duration, def time.Duration) {
		if *d <= 0 {
			*d = def
		}
	}
	set(&l.Connect, 10*time.Second)
	set(&l.Header, 20*time.Second)
	set(&l.Stall, 15*time.Second)
	set(&l.Total, 60*time.Second)
	if l.Body <= 0 {
		l.Body = 8 << 20
	}
	if l.Sitemap <= 0 {
		l.Sitemap = 64 << 20
	}
	return l
}

// exchange is what one fetch hands to the transport and gets back from it,
// carried in the request's context past Colly.
type exchange struct {
	limit  int64                   // decompressed bytes
	stream func(r io.Reader) error // reads the body of a 200 instead of Colly
	stall  time.Duration
	cancel context.CancelCauseFunc
	// kept is what an archive is to get, nil without one.
	kept *warc.Exchange

	status int
	header http.Header
	bytes  int64 // decompressed bytes that were read
}

type exchangeKey struct{}

// transport is the round tripper under Colly: it guards, bounds and
// decompresses, so that nothing of that is left to Colly.
type transport struct {
	base    *http.Transport
	guard   *guard
	proxied bool
	archive *warc.Writer // of what is fetched, nil for none
}

func newTransport(g *guard, proxy, caFile string, limits Limits) (*transport, error) {
	roots, err := authorities(caFile)
	if err != nil {
		return nil, err
	}
	base := &http.Transport{
		DialContext:            dialer(g, limits.Connect),
		TLSClientConfig:        &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    limits.Connect,
		ResponseHeaderTimeout:  limits.Header,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        30 * time.Second,
	}
	t := &transport{base: base, guard: g}
	if proxy == "" {
		return t, nil
	}
	u, err := url.Parse(proxy)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%w: crawler.proxy %q: write http://HOST:PORT", news.ErrInvalid, proxy)
	}
	t.proxied = true
	base.Proxy = http.ProxyURL(u)
	base.MaxIdleConnsPerHost = base.MaxIdleConns // all hosts behind the proxy count as one
	// Every dial now goes to the proxy, which is where the settings put it.
	base.DialContext = (&net.Dialer{Timeout: limits.Connect}).DialContext
	return t, nil
}

// authorities are the system's certificate authorities and those of a file.
func authorities(caFile string) (*x509.CertPool, error) {
	if caFile == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil, fmt.Errorf("%w: crawler.ca_file: %v", news.ErrInvalid, err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%w: crawler.ca_file %s has no PEM certificate", news.ErrInvalid, caFile)
	}
	return pool, nil
}

// dialer connects to public addresses, and to whatever the allowed names resolve to.
func dialer(g *guard, timeout time.Duration) func(context.Context, string, string) (net.Conn, error) {
	guarded := &net.Dialer{Timeout: timeout, Control: g.control}
	open := &net.Dialer{Timeout: timeout}
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		name, _, err := net.SplitHostPort(addr)
		if err == nil && g.hosts[strings.TrimSuffix(strings.ToLower(name), ".")] {
			return open.DialContext(ctx, network, addr)
		}
		return guarded.DialContext(ctx, network, addr)
	}
}

// RoundTrip sends one request. Errors that are the crawler's own are *FetchError.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	x, ok := req.Context().Value(exchangeKey{}).(*exchange)
	if !ok {
		return nil, errors.New("crawler: request without an exchange")
	}
	if err := t.guard.target(req.Context(), req.URL, t.proxied); err != nil {
		return nil, err
	}
	res, err := t.send(req, x)
	if err != nil {
		return nil, err
	}
	x.status, x.header = res.StatusCode, res.Header.Clone()
	body, err := x.bound(res)
	if err == nil && x.stream != nil && res.StatusCode == http.StatusOK {
		err = x.stream(body)
		body = http.NoBody
	}
	if err != nil {
		res.Body.Close()
		return nil, err
	}
	res.Body = &boundBody{Reader: body, under: res.Body}
	// Colly would decompress once more, and decode by the header's charset.
	res.Uncompressed = true
	res.Header.Del("Content-Encoding")
	res.Header.Del("Content-Type")
	return res, nil
}

// send makes the exchange, and begins its record in the archive.
func (t *transport) send(req *http.Request, x *exchange) (*http.Response, error) {
	if t.archive == nil {
		return t.base.RoundTrip(req)
	}
	began, addr := time.Now(), ""
	if !t.proxied {
		req = req.WithContext(httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{GotConn: func(c httptrace.GotConnInfo) {
			addr, _, _ = net.SplitHostPort(c.Conn.RemoteAddr().String())
		}}))
	}
	res, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	x.kept = t.archive.Begin(began, req, res, addr)
	res.Body = &boundBody{Reader: x.kept.Tee(res.Body), under: res.Body}
	return res, nil
}

// boundBody reads through the bounds and closes what is under them.
type boundBody struct {
	io.Reader
	under io.Closer
}

// Close closes the connection's body.
func (b *boundBody) Close() error { return b.under.Close() }

// bound is res's body, decompressed, within the exchange's bounds of size and time.
func (x *exchange) bound(res *http.Response) (io.Reader, error) {
	if res.ContentLength > x.limit {
		return nil, x.tooLarge()
	}
	var r io.Reader = &stallReader{r: res.Body, stall: x.stall, cancel: x.cancel}
	switch enc := strings.ToLower(strings.TrimSpace(res.Header.Get("Content-Encoding"))); enc {
	case "", "identity":
	case "gzip", "x-gzip":
		r = &gunzip{under: r}
	default:
		return nil, &FetchError{Class: classEncoding, Err: fmt.Errorf("content encoding %q", enc)}
	}
	return &limitReader{r: r, x: x}, nil
}

func (x *exchange) tooLarge() error {
	return &FetchError{Class: classTooLarge, Status: x.status, Err: fmt.Errorf("over %d bytes", x.limit)}
}

// gunzip starts reading at the first Read, so that an answer without a body is none.
type gunzip struct {
	under io.Reader
	zip   *gzip.Reader
}

// Read gives decompressed bytes; broken compression is a FetchError.
func (g *gunzip) Read(p []byte) (int, error) {
	if g.zip == nil {
		zip, err := gzip.NewReader(g.under)
		if err != nil {
			return 0, broken(err)
		}
		g.zip = zip
	}
	n, err := g.zip.Read(p)
	return n, broken(err)
}

// broken marks err as broken compression, when it is that.
func broken(err error) error {
	var corrupt flate.CorruptInputError
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt) {
		return &FetchError{Class: classEncoding, Err: err}
	}
	return err
}

// limitReader fails, rather than cut, when more than the exchange's limit comes.
type limitReader struct {
	r io.Reader
	x *exchange
}

// Read counts what it gives.
func (l *limitReader) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.x.bytes += int64(n)
	if l.x.bytes > l.x.limit {
		return 0, l.x.tooLarge()
	}
	return n, err
}

// stallReader cancels the fetch when no byte comes for a while.
type stallReader struct {
	r      io.Reader
	stall  time.Duration
	cancel context.CancelCauseFunc
}

var errStalled = &FetchError{Class: classTimeout, Err: errors.New("the body stalled")}

// Read waits at most the time of the stall.
func (s *stallReader) Read(p []byte) (int, error) {
	timer := time.AfterFunc(s.stall, func() { s.cancel(errStalled) })
	defer timer.Stop()
	return s.r.Read(p)
}
