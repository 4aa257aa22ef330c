package crawler

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"sukien/news"
)

// FetchError is why a fetch brought no page.
type FetchError struct {
	// Class is one of the classes of failure, the keys of classes below.
	Class string
	URL   string
	// Status is the HTTP status, 0 when there was no answer.
	Status int
	// RetryAfter is what the server asked for, 0 when it did not.
	RetryAfter time.Duration
	// Err is the cause, nil when Class says it all.
	Err error
}

// The classes of failure.
const (
	classInvalid   = "invalid"
	classDNS       = "dns"
	classRefused   = "refused"
	classProxy     = "proxy"
	classNetwork   = "network"
	classTimeout   = "timeout"
	classTLS       = "tls"
	classRobots    = "robots"
	classGuard     = "guard"
	classTooLarge  = "too_large"
	classEncoding  = "encoding"
	classNotHTML   = "not_html"
	classRedirect  = "redirect_loop"
	classOffsite   = "offsite"
	classGone      = "gone"
	classHTTP4xx   = "http_4xx"
	classHTTP5xx   = "http_5xx"
	classBusy      = "rate_limited"
	classChallenge = "challenge"
	classSoft404   = "soft_404"
	classPanic     = "panic"
	classStore     = "store"

	classNotFeed    = "not_feed"
	classNotSitemap = "not_sitemap"
)

// class is how a failure is treated.
type class struct {
	sentinel error
	advice   string
	// retry is the wait before the second try; 0: the link is not tried again.
	retry time.Duration
	// host is after how many such failures in a row all links of the host rest;
	// 0: never, the failure is the page's own.
	host int
}

// classes has the treatment of each class. Waits double with each failure in
// a row, see backoff.
var classes = map[string]class{
	classInvalid:    {news.ErrInvalid, "it is no address that can be fetched", 0, 0},
	classDNS:        {news.ErrTransient, "the host name does not resolve: check its spelling in the source file, or the resolver", 10 * time.Minute, 1},
	classRefused:    {news.ErrTransient, "the host refuses connections: it may be down, or the port in the address wrong", 5 * time.Minute, 1},
	classProxy:      {news.ErrTransient, "the proxy does not answer: check crawler.proxy", time.Minute, 1},
	classNetwork:    {news.ErrTransient, "the connection broke: it is tried again", 2 * time.Minute, 3},
	classTimeout:    {news.ErrTransient, "no whole answer in time: it is tried again; raise crawler.timeout when the site is that slow", 5 * time.Minute, 3},
	classTLS:        {news.ErrTransient, "the certificate is not accepted: when it is signed by an authority of your own, set crawler.ca_file", time.Hour, 1},
	classRobots:     {news.ErrForbidden, "robots.txt of the site disallows it: remove the address from the source file", 24 * time.Hour, 0},
	classGuard:      {news.ErrForbidden, "the address is not on the public network: when it is meant, add the host or network to crawler.allow_private", 24 * time.Hour, 0},
	classTooLarge:   {news.ErrTooLarge, "the page is over the bound: raise crawler.max_body when it is meant", 7 * 24 * time.Hour, 0},
	classEncoding:   {news.ErrInvalid, "the compression is broken or not one that was asked for", 24 * time.Hour, 0},
	classNotHTML:    {news.ErrInvalid, "it is no HTML page", 0, 0},
	classNotFeed:    {news.ErrInvalid, "it is no RSS, Atom or JSON feed: correct the address in the source file", 6 * time.Hour, 0},
	classNotSitemap: {news.ErrInvalid, "it is no sitemap: correct the address in the source file", 6 * time.Hour, 0},
	classRedirect:   {news.ErrInvalid, "it redirects in a circle or more than 5 times", 24 * time.Hour, 0},
	classOffsite:    {news.ErrInvalid, "it redirects to a host that is no part of the source: when the outlet has moved, set successor, or add the host to hosts", 7 * 24 * time.Hour, 0},
	classGone:       {news.ErrNotFound, "the page is gone", 0, 0},
	classSoft404:    {news.ErrNotFound, "the site answers an error page as if it were the page: it is looked for twice more, then taken as gone", 24 * time.Hour, 0},
	classHTTP4xx:    {news.ErrForbidden, "the site refuses it", 24 * time.Hour, 0},
	classHTTP5xx:    {news.ErrTransient, "the site has an error: it is tried again", 5 * time.Minute, 0},
	classBusy:       {news.ErrTransient, "the site asks for a slower pace: all of its pages rest", 5 * time.Minute, 1},
	classChallenge:  {news.ErrForbidden, "the site answers with a challenge for browsers instead of the page: ask the outlet for access", 6 * time.Hour, 1},
	classStore:      {news.ErrInvalid, "the store does not take it", 24 * time.Hour, 0},
	classPanic:      {news.ErrInvalid, "the page brought the crawler to a fault: report it with its address", 24 * time.Hour, 0},
}

// classOf is the treatment of a class.
func classOf(name string) class { return classes[name] }

// Error is one line: what was fetched, what went wrong, what to do.
func (e *FetchError) Error() string {
	s := "fetch " + e.URL + ": " + e.Class
	if e.Status != 0 {
		s += fmt.Sprintf(" (status %d)", e.Status)
	}
	if e.Err != nil {
		s += ": " + strings.ReplaceAll(e.Err.Error(), "\n", " ")
	}
	return s + ": " + classOf(e.Class).advice
}

// Unwrap gives the sentinel of the class and the cause.
func (e *FetchError) Unwrap() []error {
	if e.Err == nil {
		return []error{classOf(e.Class).sentinel}
	}
	return []error{classOf(e.Class).sentinel, e.Err}
}

// classify is err of a fetch of url as a FetchError. An error that is one
// already keeps its class.
func classify(url string, err error) *FetchError {
	var fe *FetchError
	if errors.As(err, &fe) {
		return &FetchError{Class: fe.Class, URL: url, Status: fe.Status, RetryAfter: fe.RetryAfter, Err: fe.Err}
	}
	return &FetchError{Class: networkClass(err), URL: url, Err: err}
}

func networkClass(err error) string {
	var (
		dns  *net.DNSError
		op   *net.OpError
		slow net.Error
		cert *tls.CertificateVerificationError
		rec  tls.RecordHeaderError
		auth x509.UnknownAuthorityError
		host x509.HostnameError
	)
	switch {
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return classProxy
	case errors.As(err, &cert), errors.As(err, &rec), errors.As(err, &auth), errors.As(err, &host):
		return classTLS
	case errors.As(err, &dns):
		return classDNS
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		return classTimeout
	case errors.As(err, &op) && op.Op == "dial":
		return classRefused
	case strings.Contains(err.Error(), "response headers exceeded"):
		return classTooLarge
	case strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"), strings.Contains(err.Error(), "tls:"):
		return classTLS
	}
	return classNetwork
}
