package push_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"sukien/news"
	"sukien/stream/push"
)

// request is what a receiver got.
type request struct {
	header http.Header
	body   string
}

// receiver is a server that keeps what it gets and answers with a status.
func receiver(t *testing.T, status func(n int) int) (url string, got func() []request) {
	t.Helper()
	var mu sync.Mutex
	var list []request
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		list = append(list, request{r.Header, string(body)})
		if s := status(len(list)); s/100 == 3 {
			http.Redirect(w, r, "/elsewhere", s)
		} else {
			w.WriteHeader(s)
		}
	}))
	t.Cleanup(srv.Close)
	return srv.URL, func() []request { mu.Lock(); defer mu.Unlock(); return list }
}

func always(status int) func(int) int { return func(int) int { return status } }

func sender(t *testing.T, s push.Sender, allow string) *push.Sender {
	t.Helper()
	var err error
	if s.Allow, err = push.ParseAllowed(allow); err != nil {
		t.Fatal(err)
	}
	s.Now = func() time.Time { return noon }
	out := push.NewSender(s)
	t.Cleanup(out.Close)
	return out
}

func TestWebhook(t *testing.T) {
	url, got := receiver(t, func(n int) int { return []int{500, 200}[n-1] })
	s := sender(t, push.Sender{WebhookSecret: "geheim"}, "127.0.0.0/8")
	q := push.Search{Name: "a", Target: push.Target{Webhook: url}}
	if err := s.Send(t.Context(), q, []*push.Note{hostile()}); !errors.Is(err, news.ErrTransient) {
		t.Errorf("answered 500: %v", err)
	}
	if err := s.Send(t.Context(), q, []*push.Note{hostile()}); err != nil {
		t.Error(err)
	}
	for _, r := range got() {
		h := r.header
		at, err := strconv.ParseInt(h.Get("Webhook-Timestamp"), 10, 64)
		if err != nil || at != noon.Unix() || h.Get("Webhook-Id") != "e1-1" || h.Get("X-Evil") != "" {
			t.Errorf("headers %v", h)
		}
		mac := hmac.New(sha256.New, []byte("geheim"))
		fmt.Fprintf(mac, "%s.%s.%s", h.Get("Webhook-Id"), h.Get("Webhook-Timestamp"), r.body)
		if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); h.Get("Webhook-Signature") != want {
			t.Errorf("signature %s, want %s", h.Get("Webhook-Signature"), want)
		}
		if strings.Contains(r.body, "<script") || strings.Contains(r.body, "nguyên văn") || strings.ContainsAny(r.body, "\r\n\x1b") {
			t.Errorf("body %.300s", r.body)
		}
	}
}

func TestWebhookAnswers(t *testing.T) {
	for name, tt := range map[string]struct {
		status int
		allow  string
		says   string
	}{
		"gone":             {410, "127.0.0.0/8", "given up"},
		"not found":        {404, "127.0.0.0/8", "try again later"},
		"redirect":         {302, "127.0.0.0/8", "302"},
		"private":          {200, "", "push.allow_private"},
		"private, another": {200, "10.0.0.0/8,localhost", "given up"},
	} {
		t.Run(name, func(t *testing.T) {
			url, got := receiver(t, always(tt.status))
			s := sender(t, push.Sender{WebhookSecret: "x"}, tt.allow)
			err := s.Send(t.Context(), push.Search{Target: push.Target{Webhook: url}}, []*push.Note{hostile()})
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("said %v, want %s", err, tt.says)
			}
			if n := len(got()); n > 1 || n == 1 && !strings.Contains(tt.allow, "127") {
				t.Errorf("%d requests arrived", n)
			}
		})
	}
	for _, url := range []string{"http://localhost:1/", "http://[::1]:1/", "http://127.1:1/", "http://169.254.169.254/", "http://[::ffff:127.0.0.1]:1/", "http://[64:ff9b::7f00:1]:1/", "http://0.0.0.0:1/"} {
		err := sender(t, push.Sender{WebhookSecret: "x"}, "").Send(t.Context(), push.Search{Target: push.Target{Webhook: url}}, []*push.Note{hostile()})
		if !errors.Is(err, news.ErrForbidden) && !strings.Contains(fmt.Sprint(err), "no such host") {
			t.Errorf("%s: %v", url, err)
		}
	}
	url, _ := receiver(t, always(200))
	if err := sender(t, push.Sender{WebhookSecret: "x"}, "localhost").Send(t.Context(), push.Search{Target: push.Target{Webhook: strings.Replace(url, "127.0.0.1", "localhost", 1)}}, []*push.Note{hostile()}); err != nil {
		t.Errorf("a host that is allowed: %v", err)
	}
	if err := sender(t, push.Sender{}, "").Send(t.Context(), push.Search{Target: push.Target{Webhook: url}}, []*push.Note{hostile()}); err == nil || !strings.Contains(err.Error(), "push.webhook_secret") {
		t.Errorf("without a secret: %v", err)
	}
}

// harmless fails on characters that do something.
func harmless(t *testing.T, what, s string) {
	t.Helper()
	for _, r := range s {
		if r != '\n' && (unicode.Is(unicode.C, r) || unicode.In(r, unicode.Zl, unicode.Zp)) {
			t.Errorf("%s has %U: %.200q", what, r, s)
			return
		}
	}
}

func TestNTFY(t *testing.T) {
	url, got := receiver(t, always(200))
	s := sender(t, push.Sender{Base: "https://sukien.example/", NTFYToken: "tk"}, "127.0.0.0/8")
	q := push.Search{Name: "a", Target: push.Target{NTFY: url + "/topic"}}
	if err := errors.Join(s.Send(t.Context(), q, []*push.Note{hostile()}), s.Send(t.Context(), q, []*push.Note{hostile(), hostile()}), s.Test(t.Context(), q)); err != nil {
		t.Fatal(err)
	}
	list := got()
	h := list[0].header
	title, err := new(mime.WordDecoder).DecodeHeader(h.Get("Title"))
	if err != nil || !strings.HasPrefix(title, "Mới: Họp Bcc: eve@evil.example") || len([]rune(title)) > 120 || h.Get("Bcc") != "" || h.Get("X-Evil") != "" {
		t.Errorf("title %q, %v, headers %v", title, err, h)
	}
	harmless(t, "title", title)
	harmless(t, "body", list[0].body)
	if h.Get("Click") != "https://sukien.example/events/e1" || h.Get("Tags") != "calendar" || h.Get("Authorization") != "Bearer tk" {
		t.Errorf("headers %v", h)
	}
	if strings.Contains(list[0].body, "javascript") || strings.Contains(list[0].body, "nguyên văn") || !strings.Contains(list[0].body, "Địa điểm: Huế") {
		t.Errorf("body %q", list[0].body)
	}
	if title, err := new(mime.WordDecoder).DecodeHeader(list[1].header.Get("Title")); err != nil || title != "Sukien: 2 sự kiện" {
		t.Errorf("title of a digest %q, %v", title, err)
	}
}
