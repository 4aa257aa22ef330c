package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/stream"
	"sukien/web"
)

// message is what the store sends of an event.
func message(t *testing.T, e news.Event, c news.Change) stream.Message {
	t.Helper()
	m, err := store.EventMessage(&e, c)
	if err != nil {
		t.Fatal(err)
	}
	return stream.Message(m)
}

func TestLiveStreamFilters(t *testing.T) {
	sông := news.Event{ID: "e1", Revision: 2, Updated: at, Slots: news.Slots{Kind: news.Forum, Name: "Diễn đàn Sông", Series: "song", Start: "2031-05-21",
		Places: []news.Place{{Name: "Viêng Chăn", Country: "LA"}}}}
	hồ := news.Event{ID: "e2", Revision: 1, Updated: at, Slots: news.Slots{Kind: news.Meeting, Name: "Họp về Hồ", Start: "2031-06"}}
	lặng := news.Event{ID: "e3", Revision: 1, Updated: at, Slots: news.Slots{Kind: news.Meeting, Name: "Họp kín"}}
	log := &journal{}
	live := liveStream{log: slog.New(slog.NewTextHandler(log, nil)), watch: func(ctx context.Context, w stream.Watch, ready func(), take func(stream.Delivery) error) error {
		ready()
		for _, m := range []stream.Message{message(t, sông, news.Updated), message(t, hồ, news.New), {ID: "e9-1", Body: []byte("{}")}, {ID: "e8-1", Body: []byte("<")}, message(t, lặng, news.New)} {
			if err := take(stream.Delivery{Subject: m.Subject, ID: m.ID, Body: m.Body}); err != nil {
				return err
			}
		}
		return nil
	}}
	tests := []struct {
		name   string
		filter web.Filter
		want   []string
	}{
		{"all", web.Filter{}, []string{"e1-2", "e2-1", "e3-1"}},
		{"kind", web.Filter{Kind: news.Forum}, []string{"e1-2"}},
		{"place", web.Filter{Place: "vieng chan"}, []string{"e1-2"}},
		{"words", web.Filter{Words: "ho"}, []string{"e2-1"}},
		{"from", web.Filter{From: "2031-06"}, []string{"e2-1"}},
		{"to a month, inclusive", web.Filter{To: "2031-05"}, []string{"e1-2"}},
		{"from and to", web.Filter{From: "2031", To: "2031"}, []string{"e1-2", "e2-1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			if err := live.Watch(t.Context(), tt.filter, time.Time{}, func() {}, func(m web.Message) error {
				got = append(got, m.ID)
				return nil
			}); err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v: %v", got, tt.want, err)
			}
		})
	}
	if n := strings.Count(log.text(), "message skipped"); n != 2*len(tests) {
		t.Errorf("%d messages were skipped and told, want %d", n, 2*len(tests))
	}
}

// TestLiveStreamOfAnotherProcess dials a NATS as serve does beside run.
func TestLiveStreamOfAnotherProcess(t *testing.T) {
	t.Parallel()
	quiet := slog.New(slog.DiscardHandler)
	dials := func(url string) func() (stream.Config, error) {
		return func() (stream.Config, error) { return stream.Config{URL: url, Log: quiet}, nil }
	}
	s, err := stream.Open(t.Context(), stream.Config{Dir: t.TempDir(), Listen: "127.0.0.1:0", Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	sent := message(t, news.Event{ID: "e1", Revision: 7, Updated: at, Slots: news.Slots{Name: "Họp"}}, news.Corrected)
	ready, enough := make(chan struct{}), errors.New("enough")
	published := make(chan error, 1)
	go func() {
		<-ready
		published <- s.Publish(t.Context(), sent.Subject, sent.ID, sent.Body)
	}()
	var got web.Message
	err = liveStream{watch: dialled(dials(s.Address())), log: quiet}.Watch(t.Context(), web.Filter{}, time.Time{}, func() { close(ready) }, func(m web.Message) error {
		got = m
		return enough
	})
	if !errors.Is(err, enough) || <-published != nil {
		t.Fatal(err)
	}
	if got.ID != "e1-7" || got.Change != news.Corrected || !got.Sent.Equal(at) || !bytes.Equal(got.Body, sent.Body) || !json.Valid(got.Body) {
		t.Errorf("got %+v", got)
	}
	err = liveStream{watch: dialled(dials("nats://127.0.0.1:1")), log: quiet}.Watch(t.Context(), web.Filter{}, time.Time{}, func() {}, nil)
	if !errors.Is(err, news.ErrTransient) {
		t.Errorf("without a NATS: %v", err)
	}
}
