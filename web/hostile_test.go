package web_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"
	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"sukien/news"
	"sukien/store"
	"sukien/web"
)

// attacks are what a hostile page puts where a name should be.
var attacks = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `javascript:alert(1)`, `{{.}}`, `</title><script>x</script>`, `]]><x/>`,
	"=HYPERLINK(\"http://bad.example\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1",
	"\x1b]0;owned\x07\x1b[2Jgone", "x\r\nATTACH:http://bad.example\r\nX", "\u202egnp.exe\u202c", "a\u2028b", "\x00zero", "\xff\xfe",
	strings.Repeat("Hội nghị rất dài ", 1500),
}

// besieged is a store in which every text is the attack.
func besieged(attack string) library {
	l := shelf()
	e := &l.events[0]
	e.Name, e.Theme, e.Abbreviation, e.Series, e.Kind, e.Status, e.Level, e.Mode = attack, attack, attack, attack, news.Kind(attack), news.Status(attack), news.Level(attack), news.Mode(attack)
	e.Places = []news.Place{{Name: attack, AsWritten: attack, Country: attack, Lat: 21, Lon: 105.8}}
	e.Organizers = []news.Organizer{{Name: attack}}
	e.Officials = []news.Official{{Name: attack, Title: attack, Org: attack, Role: news.Role(attack)}}
	e.Parent = &news.Parent{Name: attack}
	e.Zone, e.StartTime, e.DateBasis = attack, attack, news.DateBasis(attack)
	e.Conflicts = []news.Conflict{{Slot: attack, Values: []news.ConflictValue{{Value: attack, Sources: []string{attack}}}}}
	e.History = []news.Revision{{Revision: 1, Change: news.Change(attack), What: []string{attack}, Cause: attack}}
	e.Records = []news.RecordRef{{URL: attack, Source: attack}}
	e.Pinned, e.MergedInto, e.Origin = []string{attack}, attack, news.Live
	t := &l.told[0]
	t.Article = news.Article{ID: attack, URL: attack, Canonical: attack, Source: attack, Title: attack, Lead: "hội nghị " + attack, Text: attack, ReprintOf: attack, Published: news.Stamp(attack)}
	t.Records = []news.Record{{Slots: news.Slots{Evidence: []news.Evidence{{Slot: attack, Text: attack, In: "text", From: -5, To: 1 << 40, Rule: attack}, {Slot: attack, In: "text", From: 0, To: 1, Rule: attack}, {Slot: attack, In: "title", From: 0, To: 1, Rule: attack}}}}}
	return l
}

// siteOf serves a store with everything switched on.
func siteOf(t *testing.T, l library, with func(*web.Config)) *httptest.Server {
	t.Helper()
	c := config(silent{})
	c.Read = l
	c.Explain = func(_ context.Context, s web.Sample) (web.Reading, error) {
		a := &news.Article{Title: s.Title, Text: s.Text}
		return web.Reading{Article: a, Pack: s.Text, Meetings: []web.Weighed{{Name: s.Text, Features: []web.Feature{{Name: s.Text}}, Record: news.Record{Slots: news.Slots{Name: s.Text, Kind: news.Kind(s.Text)}}}},
			Fired: []web.Fired{{Rule: s.Text, Text: s.Text}}, Nearest: []web.NearMiss{{Rule: s.Text, Matched: s.Text, At: s.Text, Guard: s.Title}}}, nil
	}
	if with != nil {
		with(&c)
	}
	h, err := web.Handler(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}

// harmless parses a page as a browser does and holds that it has no elements,
// attributes or addresses that only an attack would have put there.
func harmless(t *testing.T, path, body string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "img", "iframe", "object", "embed", "style", "base", "x":
			t.Errorf("%s: a <%s> got in", path, n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
				t.Errorf("%s: %s=%q on <%s>", path, a.Key, a.Val, n.Data)
			}
			if a.Key == "href" || a.Key == "src" || a.Key == "action" {
				if u, err := url.Parse(a.Val); err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
					t.Errorf("%s: <%s %s=%.60q>", path, n.Data, a.Key, a.Val)
				}
			}
		}
	}
}

// TestHostileArticles holds that what a page says does nothing, wherever it is shown.
func TestHostileArticles(t *testing.T) {
	pages := []string{"/", "/events/e1", "/calendar", "/timeline", "/map", "/officials", "/series", "/series/song", "/search?words=x", "/articles", "/missed", "/sources", "/dead"}
	for i, attack := range attacks {
		t.Run(fmt.Sprintf("%d %.12q", i, attack), func(t *testing.T) {
			srv := siteOf(t, besieged(attack), nil)
			q := url.QueryEscape(attack)
			for _, path := range append(pages, "/?words="+q+"&place="+q+"&kind="+q, "/officials/"+url.PathEscape(attack), "/series/"+url.PathEscape(attack), "/search?words="+q, "/playground?article="+q, "/nowhere/"+url.PathEscape(attack)) {
				status, header, body := get(t, srv.URL+path)
				if status >= 500 {
					t.Errorf("%.60s: status %d", path, status)
				}
				if strings.HasPrefix(header.Get("Content-Type"), "text/html") {
					harmless(t, path, body)
				}
				if header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(header.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(header.Get("Content-Security-Policy"), "unsafe") {
					t.Errorf("%.60s: headers %v", path, header)
				}
			}
			res, err := http.PostForm(srv.URL+"/playground", url.Values{"title": {attack}, "text": {attack}, "published": {attack}})
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			body, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != 200 {
				t.Fatalf("playground: %d, %v", res.StatusCode, err)
			}
			harmless(t, "playground", string(body))
			hostileOutputs(t, srv.URL)
		})
	}
}

// hostileOutputs reads feeds and exports back.
func hostileOutputs(t *testing.T, base string) {
	t.Helper()
	for _, path := range []string{"/feed.atom", "/feed.json"} {
		_, _, body := get(t, base+path)
		feed, err := gofeed.NewParser().ParseString(body)
		if err != nil || len(feed.Items) != 1 {
			t.Errorf("%s: %v", path, err)
			continue
		}
		for _, text := range []string{feed.Items[0].Title, feed.Items[0].Description} {
			if strings.ContainsFunc(text, unicode.IsControl) || strings.ContainsRune(text, 0x202e) {
				t.Errorf("%s: control characters in %q", path, text)
			}
		}
		if path == "/feed.atom" && strings.ContainsAny(feed.Items[0].Description, "<>") {
			t.Errorf("%s: markup in %q", path, feed.Items[0].Description)
		}
	}
	_, _, body := get(t, base+"/calendar.ics")
	cal, err := ics.ParseCalendar(strings.NewReader(body))
	if err != nil || len(cal.Events()) != 1 || strings.Contains(body, "\nATTACH") {
		t.Errorf("calendar: %v", err)
	}
	_, _, body = get(t, base+"/export.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("csv: %d rows, %v", len(rows), err)
	}
	for _, cell := range rows[1] {
		if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") || strings.HasPrefix(cell, "＝") || strings.ContainsAny(cell, "\x1b\x07\x00\u202e") {
			t.Errorf("csv: a spreadsheet or terminal would act on %.60q", cell)
		}
	}
	_, _, body = get(t, base+"/export.geojson")
	if !json.Valid([]byte(body)) {
		t.Error("geojson: invalid")
	}
	_, _, body = get(t, base+"/api/v1/events/e1")
	if !json.Valid([]byte(body)) || strings.Contains(body, "<") {
		t.Error("api: invalid, or it could be taken for a page")
	}
}

// post sends a form with headers.
func post(t *testing.T, address string, header http.Header, form url.Values) *http.Response {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = header.Clone()
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return res
}

// desk notes what was done about letters.
type desk struct{ done *[]string }

func (d desk) RetryLetter(_ context.Context, id int64) error {
	*d.done = append(*d.done, fmt.Sprint("retry ", id))
	return nil
}

func (d desk) DropLetter(_ context.Context, id int64) error {
	if id == 9 {
		return fmt.Errorf("letter 9: %w", news.ErrNotFound)
	}
	*d.done = append(*d.done, fmt.Sprint("drop ", id))
	return nil
}

// bench takes corrections and has one decision, in which every text is the attack.
type bench struct {
	attack string
	took   *[]store.Correction
}

func (b bench) Correct(_ context.Context, c store.Correction, _ time.Time) (store.Corrected, error) {
	*b.took = append(*b.took, c)
	return store.Corrected{Event: c.Event, Revision: 2}, nil
}

func (b bench) Decisions(context.Context, string) ([]store.Decision, error) {
	c := store.Correction{ID: b.attack, Action: store.Action(b.attack), Event: "e1", By: b.attack, Note: b.attack, Edits: []string{b.attack}}
	return []store.Decision{{Correction: c, Made: 2}, {Correction: c, Undone: true}}, nil
}

func TestCorrections(t *testing.T) {
	for _, attack := range attacks {
		var took []store.Correction
		_, _, body := get(t, siteOf(t, besieged(attack), func(c *web.Config) { c.Desk = bench{attack, &took} }).URL+"/events/e1")
		harmless(t, "corrections", body)
	}
	tests := []struct {
		name   string
		header http.Header
		form   url.Values
		tokens bool
		status int
		want   store.Correction
	}{
		{"edit", nil, url.Values{"action": {"edit"}, "slot": {"status"}, "how": {"="}, "value": {" held "}, "by": {"Lan"}, "id": {"w1"}}, false, 303, store.Correction{ID: "w1", Action: store.Edit, Event: "e1", By: "Lan", Edits: []string{"status=held"}}},
		{"merge, by an address", nil, url.Values{"action": {"merge"}, "others": {"e2, http://x.example/events/e3?lang=vi"}, "by": {"Lan"}}, false, 303, store.Correction{Action: store.Merge, Event: "e1", By: "Lan", Others: []string{"e2", "e3"}}},
		{"split", nil, url.Values{"action": {"split"}, "article": {"a1", "a2"}, "by": {"Lan"}}, false, 303, store.Correction{Action: store.Split, Event: "e1", By: "Lan", Articles: []string{"a1", "a2"}}},
		{"undo", nil, url.Values{"action": {"undo"}, "revision": {"4"}, "by": {"Lan"}}, false, 303, store.Correction{Action: store.Undo, Event: "e1", By: "Lan", Revision: 4}},
		{"undo what", nil, url.Values{"action": {"undo"}, "revision": {"x"}, "by": {"Lan"}}, false, 400, store.Correction{}},
		{"by nobody", nil, url.Values{"action": {"confirm"}}, false, 400, store.Correction{}},
		{"by another site's page", http.Header{"Sec-Fetch-Site": {"cross-site"}}, url.Values{"action": {"reject"}, "by": {"Lan"}}, false, 403, store.Correction{}},
		{"the token's name counts", http.Header{"Authorization": {"Bearer good"}}, url.Values{"action": {"confirm"}, "by": {"Lan"}}, true, 303, store.Correction{Action: store.Confirm, Event: "e1", By: "Mai"}},
		{"a token is asked for", nil, url.Values{"action": {"confirm"}, "by": {"Lan"}}, true, 401, store.Correction{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var took []store.Correction
			srv := siteOf(t, shelf(), func(c *web.Config) {
				c.Desk = bench{"x", &took}
				if tt.tokens {
					c.Tokens = ring{}
				}
			})
			header := tt.header
			if header == nil {
				header = http.Header{}
			}
			if res := post(t, srv.URL+"/events/e1/correct", header, tt.form); res.StatusCode != tt.status {
				t.Errorf("status %d, want %d", res.StatusCode, tt.status)
			}
			if tt.status == 303 && (len(took) != 1 || !reflect.DeepEqual(took[0], tt.want)) || tt.status != 303 && len(took) > 0 {
				t.Errorf("took %+v, want %+v", took, tt.want)
			}
		})
	}
}

func TestForgedRequests(t *testing.T) {
	var done []string
	srv := siteOf(t, shelf(), func(c *web.Config) { c.Letters = desk{&done} })
	tests := []struct {
		name, path string
		header     http.Header
		status     int
	}{
		{"another site's page", "/dead/1/drop", http.Header{"Sec-Fetch-Site": {"cross-site"}}, 403},
		{"a page of a sister domain", "/dead/1/drop", http.Header{"Sec-Fetch-Site": {"same-site"}}, 403},
		{"an old browser on another site", "/dead/1/drop", http.Header{"Origin": {"http://bad.example"}}, 403},
		{"sign-out by another site", "/logout", http.Header{"Sec-Fetch-Site": {"cross-site"}}, 403},
		{"the page itself", "/dead/1/retry", http.Header{"Sec-Fetch-Site": {"same-origin"}, "Origin": {srv.URL}}, 303},
		{"a letter that is no more", "/dead/9/drop", http.Header{"Sec-Fetch-Site": {"same-origin"}}, 404},
		{"a number that is none", "/dead/x/drop", http.Header{}, 404},
		{"something else", "/dead/1/burn", http.Header{}, 404},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if res := post(t, srv.URL+tt.path, tt.header, nil); res.StatusCode != tt.status {
				t.Errorf("status %d, want %d", res.StatusCode, tt.status)
			}
		})
	}
	if len(done) != 1 || done[0] != "retry 1" {
		t.Errorf("done: %v", done)
	}
	if res := post(t, siteOf(t, shelf(), nil).URL+"/dead/1/drop", http.Header{}, nil); res.StatusCode != 403 {
		t.Errorf("a process that only reads: %d", res.StatusCode)
	}
	if res := post(t, srv.URL+"/playground", http.Header{}, url.Values{"text": {strings.Repeat("x", 2<<20)}}); res.StatusCode != 413 {
		t.Errorf("2 MB of text: %d", res.StatusCode)
	}
	res := post(t, srv.URL+"/seen", http.Header{}, url.Values{"at": {"1"}, "back": {"//bad.example/?x"}})
	if to := res.Header.Get("Location"); !strings.HasPrefix(to, "/?") {
		t.Errorf("back leads to %s", to)
	}
}

// ring knows one analyst.
type ring struct{}

func (ring) Analyst(_ context.Context, token string) (string, error) {
	switch token {
	case "good":
		return "Mai", nil
	case "broken":
		return "", errors.New("disk")
	}
	return "", news.ErrForbidden
}

func TestTokens(t *testing.T) {
	private := siteOf(t, shelf(), func(c *web.Config) { c.Tokens, c.Private = ring{}, true })
	open := siteOf(t, shelf(), func(c *web.Config) { c.Tokens = ring{} })
	basic := "Basic bWFpOmdvb2Q=" // mai:good
	tests := []struct {
		name, address, authorization, cookie string
		status                               int
	}{
		{"none", private.URL + "/api/v1/events", "", "", 401},
		{"none on a feed", private.URL + "/feed.atom", "", "", 401},
		{"none on a page", private.URL + "/", "", "", 303},
		{"none on the style", private.URL + "/static/sukien.css", "", "", 200},
		{"bearer", private.URL + "/api/v1/events", "Bearer good", "", 200},
		{"a wrong one", private.URL + "/api/v1/events", "Bearer bad", "", 401},
		{"as a feed reader's password", private.URL + "/feed.atom", basic, "", 200},
		{"signed in", private.URL + "/", "", "good", 200},
		{"a token that was revoked", private.URL + "/", "", "gone", 303},
		{"the store is away", private.URL + "/api/v1/events", "Bearer broken", "", 500},
		{"open, none", open.URL + "/api/v1/events", "", "", 200},
		{"open, a wrong one", open.URL + "/api/v1/events", "Bearer bad", "", 401},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			req, err := http.NewRequest(http.MethodGet, tt.address, nil)
			if err != nil {
				t.Fatal(err)
			}
			if tt.authorization != "" {
				req.Header.Set("Authorization", tt.authorization)
			}
			if tt.cookie != "" {
				req.AddCookie(&http.Cookie{Name: "token", Value: tt.cookie})
			}
			res, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			if res.StatusCode != tt.status || tt.status == 401 && res.Header.Get("WWW-Authenticate") == "" {
				t.Errorf("status %d, want %d; %v", res.StatusCode, tt.status, res.Header)
			}
		})
	}
	if res := post(t, private.URL+"/login", http.Header{}, url.Values{"token": {"bad"}}); res.StatusCode != 401 || len(res.Cookies()) > 0 {
		t.Errorf("a wrong sign-in: %d", res.StatusCode)
	}
	res := post(t, private.URL+"/login", http.Header{}, url.Values{"token": {" good "}})
	if c := res.Cookies(); len(c) != 1 || c[0].Value != "good" || !c[0].HttpOnly || c[0].SameSite != http.SameSiteStrictMode {
		t.Errorf("signed in: %+v", c)
	}
	if _, err := web.Handler(t.Context(), web.Config{Read: shelf(), Live: silent{}, Ready: func(context.Context) error { return nil }, Log: slog.New(slog.DiscardHandler), Private: true}); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("private without tokens: %v", err)
	}
}

func TestRates(t *testing.T) {
	now := time.Date(2031, 5, 22, 5, 0, 0, 0, time.UTC)
	srv := siteOf(t, shelf(), func(c *web.Config) { c.Rate, c.Now = 2, func() time.Time { return now } })
	for i := range 10 {
		if status, _, _ := get(t, srv.URL+"/api/v1/events"); status != 200 {
			t.Fatalf("request %d: %d", i+1, status)
		}
	}
	status, header, body := get(t, srv.URL+"/api/v1/events")
	if status != 429 || header.Get("Retry-After") != "1" || header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("request 11: %d %v %s", status, header, body)
	}
	if status, _, _ := get(t, srv.URL+"/"); status != 200 {
		t.Errorf("the pages are not limited: %d", status)
	}
	now = now.Add(time.Second)
	if status, _, _ := get(t, srv.URL+"/api/v1/events"); status != 200 {
		t.Errorf("a second later: %d", status)
	}
}

func TestOpenAPI(t *testing.T) {
	_, _, body := get(t, serve(t).URL+"/api/v1/openapi.json")
	var doc struct {
		OpenAPI    string
		Paths      map[string]map[string]struct{ OperationID string }
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct{ Enum []string }
			}
		}
	}
	if err := json.NewDecoder(bytes.NewReader([]byte(body))).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("version %s", doc.OpenAPI)
	}
	for _, path := range []string{"/api/v1/events", "/api/v1/events/{id}", "/api/v1/events/{id}/articles", "/api/v1/articles", "/api/v1/series", "/api/v1/sources", "/api/v1/stream", "/feed.atom", "/export.csv"} {
		if doc.Paths[path]["get"].OperationID == "" {
			t.Errorf("%s is not described", path)
		}
	}
	if kinds := doc.Components.Schemas["Event"].Properties["kind"].Enum; len(kinds) != len(news.Kinds) {
		t.Errorf("kinds %v", kinds)
	}
}
