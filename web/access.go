package web

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

var (
	errToken = errors.New("a token is needed: send Authorization: Bearer TOKEN, or sign in")
	errRate  = errors.New("too many requests: wait as Retry-After says")
)

// tokenCookie keeps the token of someone who signed in.
const tokenCookie = "token"

// tokenOf is the token that a request brings: as bearer, as password (feed
// readers know no other way), or in the cookie of a sign-in.
func tokenOf(r *http.Request) string {
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return strings.TrimSpace(bearer)
	}
	if _, password, ok := r.BasicAuth(); ok {
		return password
	}
	if c, err := r.Cookie(tokenCookie); err == nil {
		return c.Value
	}
	return ""
}

type analystKey struct{}

// analystOf is who asks, "" when no token was given.
func analystOf(ctx context.Context) string {
	name, _ := ctx.Value(analystKey{}).(string)
	return name
}

// known lets those in who may read, and notes who they are.
func (s *site) known(next http.Handler) http.Handler {
	if s.Tokens == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := tokenOf(r)
		if token == "" && !s.Private {
			next.ServeHTTP(w, r)
			return
		}
		name, err := "", errToken
		if token != "" {
			if name, err = s.Tokens.Analyst(r.Context(), token); statusOf(err) == http.StatusForbidden {
				err = fmt.Errorf("%w (this one is not, or no longer, known)", errToken)
			}
		}
		switch {
		case err == nil:
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), analystKey{}, name)))
		case statusOf(err) == http.StatusUnauthorized && !isOutput(r.URL.Path):
			http.Redirect(w, r, "/login", http.StatusSeeOther)
		default:
			w.Header().Set("WWW-Authenticate", `Bearer realm="sukien", Basic realm="sukien"`)
			s.refuse(w, r, err)
		}
	})
}

func (s *site) loginPage(w http.ResponseWriter, r *http.Request) {
	s.show(w, http.StatusOK, "login", struct {
		frame
		Wrong bool
	}{s.frame(r, "login"), false})
}

// login keeps the token in a cookie that scripts and other sites don't get.
func (s *site) login(w http.ResponseWriter, r *http.Request) {
	if err := formOf(r); err != nil {
		s.fail(w, r, err)
		return
	}
	token := strings.TrimSpace(r.PostForm.Get("token"))
	if s.Tokens != nil {
		_, err := s.Tokens.Analyst(r.Context(), token)
		if status := statusOf(err); err != nil && status != http.StatusForbidden {
			s.fail(w, r, err)
			return
		}
		if err != nil {
			s.show(w, http.StatusUnauthorized, "login", struct {
				frame
				Wrong bool
			}{s.frame(r, "login"), true})
			return
		}
		http.SetCookie(w, &http.Cookie{Name: tokenCookie, Value: token, Path: "/", HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteStrictMode, MaxAge: 90 * 24 * 3600})
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func (s *site) logout(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: tokenCookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: -1})
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// DefaultRate is how many requests a second a client may make for long.
const DefaultRate = 20

const (
	// rateBurst is for how many seconds' worth of requests a client may save up.
	rateBurst = 5
	// rateClients bounds the clients that are remembered.
	rateClients = 4096
)

// limits counts each client's requests.
type limits struct {
	mu       sync.Mutex
	rate     rate.Limit
	now      func() time.Time
	new, old map[string]*rate.Limiter
}

func newLimits(perSecond float64, now func() time.Time) *limits {
	if perSecond <= 0 {
		perSecond = DefaultRate
	}
	return &limits{rate: rate.Limit(perSecond), now: now, new: map[string]*rate.Limiter{}}
}

// of is a client's limiter. Two generations are kept: those who do not come back
// for rateClients others are forgotten.
func (l *limits) of(client string) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.new[client]
	if r == nil {
		if r = l.old[client]; r == nil {
			r = rate.NewLimiter(l.rate, int(math.Ceil(float64(l.rate)*rateBurst)))
		}
		if len(l.new) >= rateClients {
			l.new, l.old = map[string]*rate.Limiter{}, l.new
		}
		l.new[client] = r
	}
	return r
}

// limited refuses what a client asks too fast: the analyst, or else the address.
func (s *site) limited(l *limits, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		client := analystOf(r.Context())
		if client == "" {
			client = r.RemoteAddr
			if host, _, err := net.SplitHostPort(client); err == nil {
				client = host
			}
		}
		if now := l.now(); !l.of(client).AllowN(now, 1) {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(1/float64(l.rate)))))
			s.refuse(w, r, errRate)
			return
		}
		next.ServeHTTP(w, r)
	})
}
