package web

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"sukien/news"
)

// policy lets a page load its own style and pictures, send its own forms, and
// nothing else: no script, nothing from elsewhere, no framing.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxForm bounds the body of a request in bytes.
const maxForm = 1 << 20

// loopbackNames are names of this machine for itself (RFC 6761, section 6.3).
var loopbackNames = []string{"localhost", "localhost.localdomain"}

// rebound tells whether a request came under a name that is not the site's: a page
// elsewhere may have its own name answered with this machine's address (DNS
// rebinding), and would then read what is served here without a token. An address
// is no name that somebody else could give.
func (s *site) rebound(r *http.Request) bool {
	if len(s.Hosts) == 0 {
		return false
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	_, err := netip.ParseAddr(host)
	return err != nil && !slices.Contains(loopbackNames, host) && !slices.Contains(s.Hosts, host)
}

// guard sets the headers that keep a page from doing what it should not, refuses
// what another site's page sends (CSRF: Sec-Fetch-Site and Origin, as
// http.CrossOriginProtection judges them) or asks under its own name, and bounds what is sent.
func (s *site) guard(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, errors.Join(news.ErrForbidden, errors.New("this was sent by another site's page: open the page here and send it again")))
	}))
	inner := cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "same-origin")
		if s.rebound(r) {
			s.refuse(w, r, fmt.Errorf("%w: this is not %s: if it is to be, name it in web.hosts", news.ErrForbidden, r.Host))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		inner.ServeHTTP(w, r)
	})
}

// refuse tells a program or a person, by where they are, that something is not done.
func (s *site) refuse(w http.ResponseWriter, r *http.Request, err error) {
	if isOutput(r.URL.Path) {
		s.problem(w, r, err)
		return
	}
	s.fail(w, r, err)
}

// isOutput tells the paths that programs read from those of the pages.
func isOutput(path string) bool {
	return strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/feed.") || strings.HasPrefix(path, "/export.") || strings.HasPrefix(path, "/schema/") || path == "/calendar.ics"
}

// formOf reads a form; news.ErrTooLarge, news.ErrInvalid.
func formOf(r *http.Request) error {
	err := r.ParseForm()
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return errors.Join(news.ErrTooLarge, errors.New("at most 1 MB may be sent"))
	case err != nil:
		return errors.Join(news.ErrInvalid, err)
	}
	return nil
}
