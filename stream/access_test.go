package stream_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"sukien/news"
	"sukien/stream"
)

// guarded is a server with two analysts, lan and bob, their secrets the names doubled.
func guarded(t *testing.T) *stream.Stream {
	t.Helper()
	s := open(t, t.TempDir(), "127.0.0.1:0")
	if err := s.Admit(t.Context(), []stream.Analyst{{Name: "lan", Hash: stream.HashSecret("lanlan")}, {Name: "bob", Hash: stream.HashSecret("bobbob")}}); err != nil {
		t.Fatal(err)
	}
	return s
}

func login(t *testing.T, s *stream.Stream, user, secret string) *nats.Conn {
	t.Helper()
	c, err := nats.Connect(s.Address(), nats.UserInfo(user, secret), nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}), nats.NoReconnect())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func send(t *testing.T, s *stream.Stream, id string) {
	t.Helper()
	if err := s.Publish(t.Context(), "sukien.event.v1.new.forum.LA._."+id, id, []byte(`{"id":"`+id+`"}`)); err != nil {
		t.Fatal(err)
	}
}

func TestWhoGetsIn(t *testing.T) {
	s := open(t, t.TempDir(), "127.0.0.1:0")
	try := func(opts ...nats.Option) error {
		c, err := nats.Connect(s.Address(), append(opts, nats.NoReconnect())...)
		if err == nil {
			c.Close()
		}
		return err
	}
	if err := try(); err != nil {
		t.Fatalf("loopback without any analyst: %v", err)
	}
	if err := s.Admit(t.Context(), []stream.Analyst{{Name: "lan", Hash: stream.HashSecret("lanlan")}}); err != nil {
		t.Fatal(err)
	}
	operator, secret := s.Operator()
	tests := []struct {
		name string
		opts []nats.Option
		ok   bool
	}{
		{"nobody", nil, false},
		{"right", []nats.Option{nats.UserInfo("lan", "lanlan")}, true},
		{"wrong", []nats.Option{nats.UserInfo("lan", "bobbob")}, false},
		{"no secret", []nats.Option{nats.UserInfo("lan", "")}, false},
		{"the hash", []nats.Option{nats.UserInfo("lan", stream.HashSecret("lanlan"))}, false},
		{"unknown", []nats.Option{nats.UserInfo("eve", "lanlan")}, false},
		{"a token alone", []nats.Option{nats.Token("lanlan")}, false},
		{"operator", []nats.Option{nats.UserInfo(operator, secret)}, true},
		{"operator, wrong", []nats.Option{nats.UserInfo(operator, "lanlan")}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := try(tt.opts...); (err == nil) != tt.ok {
				t.Errorf("connecting gave %v", err)
			}
		})
	}
	if _, err := stream.Dial(stream.Config{URL: s.Address(), Log: quiet()}); !errors.Is(err, news.ErrForbidden) {
		t.Errorf("Dial without a name gave %v", err)
	}
}

func TestAdmitRefusesNames(t *testing.T) {
	for _, name := range []string{"", "*", ">", "a.b", "a b", "A", "a_b", "-a", "a--b", "sukien-operator", "lân", strings.Repeat("a", 33), "a\n"} {
		if err := stream.CheckName(name); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("CheckName(%q) = %v", name, err)
		}
	}
}

// TestAnalystReads is what an analyst may do: live messages, their own
// consumer, single messages from any time.
func TestAnalystReads(t *testing.T) {
	s := guarded(t)
	lan := login(t, s, "lan", "lanlan")
	live, err := lan.SubscribeSync("sukien.event.v1.new.>")
	if err != nil || lan.Flush() != nil {
		t.Fatal(err)
	}
	send(t, s, "e1")
	if m, err := live.NextMsg(10 * time.Second); err != nil || m.Header.Get("Nats-Msg-Id") != "e1" {
		t.Fatalf("live: %v %v", m, err)
	}
	inbox, err := lan.SubscribeSync(nats.NewInbox())
	if err != nil {
		t.Fatal(err)
	}
	if err := lan.PublishRequest("$JS.API.CONSUMER.MSG.NEXT.SUKIEN_EVENTS.analyst_lan", inbox.Subject, []byte(`{"batch":2,"expires":5000000000}`)); err != nil {
		t.Fatal(err)
	}
	send(t, s, "e2")
	for _, want := range []string{"e1", "e2"} {
		m, err := inbox.NextMsg(10 * time.Second)
		if err != nil || m.Header.Get("Nats-Msg-Id") != want {
			t.Fatalf("consumer: %v %v, want %s", m, err, want)
		}
		if _, err := lan.Request(m.Reply, []byte("+ACK"), 5*time.Second); err != nil {
			t.Fatalf("acknowledging %s at %s: %v", want, m.Reply, err)
		}
	}
	got, err := lan.Request("$JS.API.DIRECT.GET.SUKIEN_EVENTS", []byte(`{"seq":1,"next_by_subj":"sukien.event.>"}`), 5*time.Second)
	if err != nil || got.Header.Get("Nats-Subject") != "sukien.event.v1.new.forum.LA._.e1" {
		t.Errorf("direct get: %v %v", got, err)
	}
}

// TestAnalystIsRefused tries everything else.
func TestAnalystIsRefused(t *testing.T) {
	s := guarded(t)
	for _, id := range []string{"e1", "e2"} {
		send(t, s, id)
	}
	if err := s.Publish(t.Context(), "sukien.article.v1.a.b", "a1", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	before := holdings(t, s)
	lan := login(t, s, "lan", "lanlan")
	requests := []struct{ name, subject, body string }{
		{"publish an event", "sukien.event.v1.new.forum.LA._.x", "{}"},
		{"publish an article", "sukien.article.v1.a.x", "{}"},
		{"publish a record", "sukien.record.v1.x", "{}"},
		{"publish a dead letter", "sukien.dead.v1.x", "{}"},
		{"ask the control", "sukien.control.v1.analysts.add", "{}"},
		{"delete the stream", "$JS.API.STREAM.DELETE.SUKIEN_EVENTS", ""},
		{"purge the stream", "$JS.API.STREAM.PURGE.SUKIEN_EVENTS", ""},
		{"update the stream", "$JS.API.STREAM.UPDATE.SUKIEN_EVENTS", `{"name":"SUKIEN_EVENTS","subjects":["sukien.>"]}`},
		{"create a stream", "$JS.API.STREAM.CREATE.MINE", `{"name":"MINE","subjects":["x"]}`},
		{"mirror a stream", "$JS.API.STREAM.CREATE.MINE", `{"name":"MINE","mirror":{"name":"SUKIEN_ARTICLES"}}`},
		{"delete a message", "$JS.API.STREAM.MSG.DELETE.SUKIEN_EVENTS", `{"seq":1}`},
		{"snapshot", "$JS.API.STREAM.SNAPSHOT.SUKIEN_EVENTS", `{"deliver_subject":"_INBOX.x"}`},
		{"get an article", "$JS.API.STREAM.MSG.GET.SUKIEN_ARTICLES", `{"seq":1}`},
		{"get an article directly", "$JS.API.DIRECT.GET.SUKIEN_ARTICLES", `{"seq":1}`},
		{"list streams", "$JS.API.STREAM.NAMES", ""},
		{"see the articles' stream", "$JS.API.STREAM.INFO.SUKIEN_ARTICLES", ""},
		{"see the account", "$JS.API.INFO", ""},
		{"consumer without a filter", "$JS.API.CONSUMER.CREATE.SUKIEN_EVENTS.mine", `{"stream_name":"SUKIEN_EVENTS","config":{"name":"mine","durable_name":"mine","ack_policy":"explicit"}}`},
		{"consumer with a filter", "$JS.API.CONSUMER.CREATE.SUKIEN_EVENTS.mine.sukien.event.>", `{"stream_name":"SUKIEN_EVENTS","config":{"name":"mine","filter_subject":"sukien.event.>"}}`},
		{"consumer in the old way", "$JS.API.CONSUMER.DURABLE.CREATE.SUKIEN_EVENTS.mine", `{"stream_name":"SUKIEN_EVENTS","config":{"durable_name":"mine"}}`},
		{"consumer that pushes elsewhere", "$JS.API.CONSUMER.CREATE.SUKIEN_EVENTS", `{"stream_name":"SUKIEN_EVENTS","config":{"deliver_subject":"sukien.record.v1.x"}}`},
		{"consumer of articles", "$JS.API.CONSUMER.CREATE.SUKIEN_ARTICLES.mine", `{"stream_name":"SUKIEN_ARTICLES","config":{"name":"mine","durable_name":"mine"}}`},
		{"change the own consumer", "$JS.API.CONSUMER.CREATE.SUKIEN_EVENTS.analyst_lan", `{"stream_name":"SUKIEN_EVENTS","config":{"durable_name":"analyst_lan","deliver_subject":"x"}}`},
		{"delete the own consumer", "$JS.API.CONSUMER.DELETE.SUKIEN_EVENTS.analyst_lan", ""},
		{"another's messages", "$JS.API.CONSUMER.MSG.NEXT.SUKIEN_EVENTS.analyst_bob", `{"batch":1,"no_wait":true}`},
		{"another's place", "$JS.API.CONSUMER.INFO.SUKIEN_EVENTS.analyst_bob", ""},
		{"another's acknowledgement", "$JS.ACK.SUKIEN_EVENTS.analyst_bob.1.1.1.1.0", "+ACK"},
		{"list consumers", "$JS.API.CONSUMER.NAMES.SUKIEN_EVENTS", ""},
		{"the server", "$SYS.REQ.SERVER.PING", ""},
		{"the accounts", "$SYS.REQ.ACCOUNT.PING.CONNZ", ""},
		{"reload", "$SYS.REQ.SERVER.x.RELOAD", ""},
	}
	for _, tt := range requests {
		t.Run(tt.name, func(t *testing.T) {
			if m, err := lan.Request(tt.subject, []byte(tt.body), 30*time.Millisecond); err == nil {
				t.Errorf("was answered: %s", m.Data)
			}
			if err := lan.LastError(); err == nil || !strings.Contains(strings.ToLower(err.Error()), "permissions violation") {
				t.Errorf("refused with %v", err)
			}
		})
	}
	if after := holdings(t, s); !slices.Equal(before, after) {
		t.Errorf("the streams hold %v, before %v", after, before)
	}
}

// holdings are what the streams hold, and their consumers.
func holdings(t *testing.T, s *stream.Stream) (list []string) {
	t.Helper()
	depths, err := s.Depths(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range depths {
		names := []string{d.Stream, fmt.Sprint(d.Messages, d.Bytes)}
		for _, c := range d.Consumers {
			names = append(names, c.Name)
		}
		list = append(list, strings.Join(names, " "))
	}
	return list
}

func TestAnalystHearsNothingElse(t *testing.T) {
	s := guarded(t)
	lan, bob := login(t, s, "lan", "lanlan"), login(t, s, "bob", "bobbob")
	operator, secret := s.Operator()
	root := login(t, s, operator, secret)
	var subs []*nats.Subscription
	for _, subject := range []string{"sukien.article.>", "sukien.record.>", "sukien.dead.>", "sukien.control.>", "sukien.>", ">", "*.>", "$JS.>", "$SYS.>", "_R_.>", "_INBOX.>"} {
		sub, err := lan.SubscribeSync(subject)
		if err != nil {
			t.Fatal(err)
		}
		subs = append(subs, sub)
	}
	if err := lan.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(t.Context(), "sukien.article.v1.a.b", "a1", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	send(t, s, "e1")
	inbox, err := bob.SubscribeSync(nats.NewInbox())
	if err != nil {
		t.Fatal(err)
	}
	if err := bob.PublishRequest("$JS.API.CONSUMER.MSG.NEXT.SUKIEN_EVENTS.analyst_bob", inbox.Subject, []byte(`{"batch":1,"expires":5000000000}`)); err != nil {
		t.Fatal(err)
	}
	if m, err := inbox.NextMsg(10 * time.Second); err != nil || m.Header.Get("Nats-Msg-Id") != "e1" {
		t.Fatalf("bob's message: %v %v", m, err)
	}
	if err := root.Publish("sukien.control.v1.x", nil); err != nil || root.Flush() != nil {
		t.Fatal(err)
	}
	if err := lan.Flush(); err != nil {
		t.Fatal(err)
	}
	for _, sub := range subs {
		if m, err := sub.NextMsg(10 * time.Millisecond); err == nil {
			t.Errorf("%s brought %s", sub.Subject, m.Subject)
		}
	}
}

// TestReplyStaysInTheAccount: a message asked for with one of our own subjects
// as its reply must not get there.
func TestReplyStaysInTheAccount(t *testing.T) {
	s := guarded(t)
	send(t, s, "e1")
	before := holdings(t, s)
	lan, bob := login(t, s, "lan", "lanlan"), login(t, s, "bob", "bobbob")
	heard, err := bob.SubscribeSync("sukien.event.>")
	if err != nil || bob.Flush() != nil {
		t.Fatal(err)
	}
	for _, reply := range []string{"sukien.record.v1.x", "sukien.event.v1.new.x.x.x.x", "sukien.dead.v1.x", "sukien.article.v1.x.y"} {
		for _, ask := range []struct{ subject, body string }{
			{"$JS.API.DIRECT.GET.SUKIEN_EVENTS", `{"seq":1}`}, {"$JS.API.STREAM.INFO.SUKIEN_EVENTS", ""},
			{"$JS.API.CONSUMER.MSG.NEXT.SUKIEN_EVENTS.analyst_lan", `{"batch":1,"no_wait":true}`},
		} {
			if err := lan.PublishRequest(ask.subject, reply, []byte(ask.body)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := lan.Request("$JS.API.DIRECT.GET.SUKIEN_EVENTS", []byte(`{"seq":1}`), 5*time.Second); err != nil {
		t.Fatal(err) // what was asked before is answered
	}
	if after := holdings(t, s); !slices.Equal(before, after) {
		t.Errorf("the streams hold %v, before %v", after, before)
	}
	if m, err := heard.NextMsg(50 * time.Millisecond); err == nil {
		t.Errorf("another analyst heard %s", m.Subject)
	}
}

func TestRevokedAtOnce(t *testing.T) {
	s := guarded(t)
	lan, bob := login(t, s, "lan", "lanlan"), login(t, s, "bob", "bobbob")
	closed := make(chan struct{})
	lan.SetClosedHandler(func(*nats.Conn) { close(closed) })
	if err := s.Admit(t.Context(), []stream.Analyst{{Name: "bob", Hash: stream.HashSecret("bobbob")}}); err != nil {
		t.Fatal(err)
	}
	select {
	case <-closed:
	case <-time.After(10 * time.Second):
		t.Fatal("the revoked analyst is still connected")
	}
	if _, err := nats.Connect(s.Address(), nats.UserInfo("lan", "lanlan")); err == nil {
		t.Error("the revoked analyst gets in again")
	}
	if bob.IsClosed() {
		t.Error("the other analyst was cut off, too")
	}
	if got := fmt.Sprint(holdings(t, s)); strings.Contains(got, "analyst_lan") || !strings.Contains(got, "analyst_bob") {
		t.Errorf("consumers left: %s", got)
	}
}

// reads is what an analyst's subscription brings until n messages are there.
func reads(t *testing.T, c *stream.Stream, w stream.Watch, n int, ready func()) (ids []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	err := c.Watch(ctx, w, ready, func(d stream.Delivery) error {
		if ids = append(ids, d.ID); len(ids) == n {
			cancel()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestAnalystSubscribes(t *testing.T) {
	s := guarded(t)
	dial := func() *stream.Stream {
		c, err := stream.Dial(stream.Config{URL: s.Address(), User: "lan", Secret: "lanlan", Log: quiet()})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	send(t, s, "e1")
	before := time.Now()
	if err := s.Publish(t.Context(), "sukien.event.v1.new.visit.LA._.e2", "e2", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	send(t, s, "e3")
	forum := []string{"sukien.event.v1.new.forum.*.*.*"}
	if got := reads(t, dial(), stream.Watch{Since: time.Unix(1, 0)}, 3, nil); !slices.Equal(got, []string{"e1", "e2", "e3"}) {
		t.Errorf("from the beginning: %v", got)
	}
	if got := reads(t, dial(), stream.Watch{Since: before, Subjects: forum}, 1, nil); !slices.Equal(got, []string{"e3"}) {
		t.Errorf("from a time, filtered: %v", got)
	}
	if got := reads(t, dial(), stream.Watch{Subjects: forum}, 1, func() { send(t, s, "e4") }); !slices.Equal(got, []string{"e4"}) {
		t.Errorf("from now on: %v", got)
	}
	if got := reads(t, dial(), stream.Watch{Since: time.Now().Add(time.Hour)}, 1, func() { send(t, s, "e5") }); !slices.Equal(got, []string{"e5"}) {
		t.Errorf("after all there are: %v", got)
	}
	if got := reads(t, dial(), stream.Watch{Durable: "lan"}, 2, nil); !slices.Equal(got, []string{"e1", "e2"}) {
		t.Errorf("by name: %v", got)
	}
	if got := reads(t, dial(), stream.Watch{Durable: "lan"}, 3, nil); !slices.Equal(got, []string{"e3", "e4", "e5"}) {
		t.Errorf("by name, continued: %v", got)
	}
	for _, w := range []stream.Watch{{Durable: "bob"}, {Durable: "lan", Since: before}} {
		if err := dial().Watch(t.Context(), w, nil, nil); !errors.Is(err, news.ErrForbidden) {
			t.Errorf("Watch(%+v) = %v", w, err)
		}
	}
}
