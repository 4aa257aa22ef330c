package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sukien/web"
)

// marks keeps what analysts have seen.
type marks map[string]time.Time

func (m marks) Seen(_ context.Context, who string) (time.Time, error) { return m[who], nil }

func (m marks) MarkSeen(_ context.Context, who string, at time.Time) error {
	m[who] = at
	return nil
}

// named lets everyone in whose token is their name.
type named struct{}

func (named) Analyst(_ context.Context, token string) (string, error) { return token, nil }

// TestSeenIsTheAnalysts: what an analyst has seen with one browser she has seen
// with another, and nobody else has.
func TestSeenIsTheAnalysts(t *testing.T) {
	cfg, kept := config(silent{}), marks{}
	cfg.Tokens, cfg.Marks = named{}, kept
	h, err := web.Handler(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path, who, form string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, strings.NewReader(form))
		if form != "" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		if who != "" {
			r.Header.Set("Authorization", "Bearer "+who)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	fresh := func(who string) bool { return strings.Contains(ask("GET", "/", who, "").Body.String(), "fresh-new") }
	long := cfg.Now().AddDate(0, 0, -30)
	kept["lan"], kept["minh"] = long, long
	if !fresh("lan") || !fresh("minh") {
		t.Error("an event of yesterday is not new to who looked a month ago")
	}
	if w := ask("POST", "/seen", "lan", "at=9999999999999"); w.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	if !kept["lan"].Equal(cfg.Now()) || fresh("lan") || !fresh("minh") {
		t.Errorf("after lan looked: %v; new to lan %v, to minh %v", kept, fresh("lan"), fresh("minh"))
	}
	ask("POST", "/seen", "", "at=1")
	if len(kept) != 2 {
		t.Errorf("who gave no token is kept: %v", kept)
	}
}
