package web

import (
	"errors"
	"net/http"
	"strings"

	"sukien/news"
)

// policy lets a page load its own style and pictures, send its own forms, and
// nothing else: no script, nothing from elsewhere, no framing.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxForm bounds the body of a request in bytes.
const maxForm = 1 << 20

// guard sets the headers that keep a page from doing what it should not, refuses
// what another site's page sends (CSRF: Sec-Fetch-Site and Origin, as
// http.CrossOriginProtection judges them), and bounds what is sent.
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
