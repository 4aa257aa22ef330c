package web_test

import (
	"bufio"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/mmcdole/gofeed"

	"sukien/news"
	"sukien/web"
)

func TestFeedsReadBack(t *testing.T) {
	srv := serve(t)
	tests := []struct {
		path, kind string
		items      int
	}{
		{"/feed.atom?origin=all&kind=conference", "application/atom+xml", 1},
		{"/feed.json?origin=all", "application/feed+json", 1},
		{"/feed.atom", "application/atom+xml", 0}, // the event was not found live
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			status, header, body := get(t, srv.URL+tt.path)
			if status != 200 || !strings.HasPrefix(header.Get("Content-Type"), tt.kind) || header.Get("ETag") == "" {
				t.Fatalf("status %d, %v", status, header)
			}
			feed, err := gofeed.NewParser().ParseString(body)
			if err != nil {
				t.Fatal(err)
			}
			if feed.FeedLink != srv.URL+tt.path || len(feed.Items) != tt.items {
				t.Fatalf("self %s, %d items in\n%s", feed.FeedLink, len(feed.Items), body)
			}
			if strings.Contains(body, "<script") {
				t.Errorf("foreign markup got through:\n%s", body)
			}
			for _, item := range feed.Items {
				if item.GUID != "urn:sukien:event:e1" || item.Link != srv.URL+"/events/e1" || !strings.HasPrefix(item.Title, "Hội nghị Bộ trưởng") || item.PublishedParsed == nil {
					t.Errorf("item %+v", item)
				}
			}
		})
	}
}

// TestAtomSummaryIsEscapedTwice holds that a reader which shows summaries as
// HTML, as their type says, gets no tags of a page.
func TestAtomSummaryIsEscapedTwice(t *testing.T) {
	_, _, body := get(t, serve(t).URL+"/feed.atom?origin=all")
	var feed struct {
		Entry struct {
			Summary struct {
				Type string `xml:"type,attr"`
				Text string `xml:",chardata"`
			} `xml:"summary"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(body), &feed); err != nil {
		t.Fatal(err)
	}
	if s := feed.Entry.Summary; s.Type != "html" || strings.ContainsAny(s.Text, "<>") || !strings.Contains(s.Text, "&lt;script&gt;") {
		t.Errorf("summary %+v", s)
	}
}

func TestCalendarFile(t *testing.T) {
	status, header, body := get(t, serve(t).URL+"/calendar.ics?kind=conference")
	if status != 200 || !strings.HasPrefix(header.Get("Content-Type"), "text/calendar") {
		t.Fatalf("status %d, %v", status, header)
	}
	cal, err := ics.ParseCalendar(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if len(cal.Events()) == 0 || cal.Events()[0].Id() != "e1@sukien" || !strings.HasSuffix(body, "END:VCALENDAR\r\n") {
		t.Errorf("got\n%s", body)
	}
}

func TestEventETag(t *testing.T) {
	url := serve(t).URL + "/api/v1/events/e1"
	_, header, _ := get(t, url)
	tag := header.Get("ETag")
	for _, tt := range []struct {
		name, match string
		status      int
	}{{"the same", tag, 304}, {"another", `"x"`, 200}, {"one of several", `"x", ` + tag, 304}} {
		t.Run(tt.name, func(t *testing.T) {
			req, err := http.NewRequest(http.MethodGet, url, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("If-None-Match", tt.match)
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			if res.StatusCode != tt.status || tag == "" {
				t.Errorf("status %d with ETag %q", res.StatusCode, tag)
			}
		})
	}
}

// told is a live stream that a test feeds.
type told struct {
	asked    chan time.Time
	messages chan web.Message
}

func (l told) Watch(ctx context.Context, f web.Filter, since time.Time, ready func(), take func(web.Message) error) error {
	ready()
	l.asked <- since
	for {
		select {
		case <-ctx.Done():
			return nil
		case m, ok := <-l.messages:
			if !ok {
				return errors.New("the stream broke")
			}
			if err := take(m); err != nil {
				return err
			}
		}
	}
}

// follow opens the stream and gives its lines.
func follow(t *testing.T, url, last string) *bufio.Scanner {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/v1/stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Last-Event-ID", last)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	if kind := res.Header.Get("Content-Type"); res.StatusCode != 200 || !strings.HasPrefix(kind, "text/event-stream") {
		t.Fatalf("status %d, %s", res.StatusCode, kind)
	}
	return bufio.NewScanner(res.Body)
}

func TestLiveStream(t *testing.T) {
	live := told{make(chan time.Time, 1), make(chan web.Message)}
	life, end := context.WithCancel(t.Context())
	lines := follow(t, serveLive(t, life, live).URL, "2031-05-21T03:00:00.5Z~e1-1")
	if since := <-live.asked; !since.Equal(time.Date(2031, 5, 21, 3, 0, 0, 5e8, time.UTC)) {
		t.Errorf("asked for what came since %v", since)
	}
	live.messages <- web.Message{ID: "e1-2", Change: news.Updated, Sent: time.Date(2031, 5, 21, 4, 0, 0, 0, time.UTC), Body: []byte("{\"id\":\n\"e1-2\"}")}
	want := []string{"retry: 5000", "", "id: 2031-05-21T04:00:00Z~e1-2", "event: updated", `data: {"id": "e1-2"}`, ""}
	for _, w := range want {
		if !lines.Scan() || lines.Text() != w {
			t.Fatalf("got %q, want %q", lines.Text(), w)
		}
	}
	end()
	if lines.Scan() {
		t.Errorf("after the end: %q", lines.Text())
	}
}

func TestLiveStreamIsBounded(t *testing.T) {
	live := told{make(chan time.Time, 100), make(chan web.Message)}
	srv := serveLive(t, t.Context(), live)
	for range 64 {
		follow(t, srv.URL, "")
	}
	status, _, body := get(t, srv.URL+"/api/v1/stream")
	var problem struct{ Status int }
	if err := json.Unmarshal([]byte(body), &problem); err != nil || status != 503 || problem.Status != 503 {
		t.Errorf("reader 65 got %d: %s", status, body)
	}
}

func TestBrokenLiveStreamEnds(t *testing.T) {
	live := told{make(chan time.Time, 1), make(chan web.Message)}
	lines := follow(t, serveLive(t, t.Context(), live).URL, "")
	close(live.messages)
	for lines.Scan() {
		if text := lines.Text(); text != "" && text != "retry: 5000" {
			t.Errorf("got %q", text)
		}
	}
}
