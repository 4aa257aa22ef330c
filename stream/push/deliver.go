package push

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
	"sukien/news"
)

// Sender sends messages to receivers.
type Sender struct {
	SMTP SMTP
	// WebhookSecret signs webhooks; NTFYToken is for ntfy servers that ask for one.
	WebhookSecret, NTFYToken string
	// Base is where the web pages are, for links; empty for none.
	Base string
	// Allow are private addresses that may be pushed to.
	Allow Allowed
	Now   func() time.Time
	http  *http.Client
}

// NewSender completes a sender.
func NewSender(s Sender) *Sender {
	s.http = s.Allow.client()
	return &s
}

// Close gives up idle connections.
func (s *Sender) Close() { s.http.CloseIdleConnections() }

// Send sends messages of a search: one, or a digest's.
func (s *Sender) Send(ctx context.Context, q Search, notes []*Note) error {
	switch {
	case q.Mail != "":
		return s.mail(ctx, q.Name, q.Mail, notes)
	case q.NTFY != "":
		return s.ntfy(ctx, q.NTFY, notes)
	}
	for _, n := range notes {
		if err := s.webhook(ctx, q.Webhook, n); err != nil {
			return err
		}
	}
	return nil
}

// Test sends a made-up message to see whether it arrives.
func (s *Sender) Test(ctx context.Context, q Search) error {
	now := s.Now()
	return s.Send(ctx, q, []*Note{{
		SpecVersion: "1.0", ID: fmt.Sprintf("test-%d", now.UnixNano()), Source: "/sukien/searches/" + q.Name, Type: typePrefix + string(news.New),
		Subject: "test", Time: now, DataContentType: "application/json", DataSchema: "/schema/event.v1.json",
		Data: &news.Event{ID: "test", Revision: 1, FirstSeen: now, Updated: now, Origin: news.Live,
			Slots: news.Slots{Salience: news.Main, Kind: news.Conference, Name: "Hội nghị thử của Sukien", Start: news.Date(now.In(news.Hanoi).Format(time.DateOnly))}},
	}})
}

const (
	// lease is how long a delivery may take before another process may try it.
	lease = 5 * time.Minute
	// takeAtOnce bounds the items taken together, and so a digest.
	takeAtOnce = 200
	// atOnce is how many searches are served at the same time.
	atOnce = 8
	// maxTries is how often an item is tried: with the pauses of backoff for
	// about 17 hours, so that a receiver may be away for a night.
	maxTries = 24
	// firstPause and lastPause bound the pause after a failure.
	firstPause = 10 * time.Second
	lastPause  = time.Hour
)

// backoff is the pause after so many tries: doubled each time, with a quarter
// of chance in it so that receivers that come back are not met by all at once.
func backoff(tries int) time.Duration {
	d := min(firstPause<<min(tries, 20), lastPause)
	return d - d/8 + rand.N(d/4)
}

// deliverer empties the queue.
type deliverer struct {
	queue  Queue
	send   func(ctx context.Context, q Search, notes []*Note) error
	now    func() time.Time
	log    *slog.Logger
	tell   func(search, outcome string, n int)
	search func(name string) (Search, bool)
}

// round delivers what is due and returns how much it took.
func (d *deliverer) round(ctx context.Context) (int, error) {
	items, err := d.queue.Take(ctx, d.now(), lease, takeAtOnce)
	if err != nil {
		return 0, err
	}
	bySearch := map[string][]Item{}
	for _, it := range items {
		bySearch[it.Search] = append(bySearch[it.Search], it)
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	for name, list := range bySearch {
		g.Go(func() error { return d.serve(gctx, name, list) })
	}
	return len(items), g.Wait()
}

// serve delivers a search's items, in order; after a failure the rest waits.
// The error is the queue's.
func (d *deliverer) serve(ctx context.Context, name string, items []Item) error {
	q, ok := d.search(name)
	if !ok { // added or removed by another process a moment ago
		return d.queue.Delay(ctx, rows(items), d.now().Add(firstPause), false)
	}
	times, err := q.schedule()
	if err != nil {
		return err
	}
	if open := times.open(d.now()); open.After(d.now()) {
		return d.queue.Delay(ctx, rows(items), open, false)
	}
	size := 1
	if q.Digest != "" {
		size = len(items)
	}
	begun := context.WithoutCancel(ctx) // what is begun is carried to its end, and noted
	for len(items) > 0 {
		if ctx.Err() != nil {
			return d.queue.Delay(begun, rows(items), d.now(), false)
		}
		part := items[:size]
		items = items[size:]
		goOn, err := d.part(begun, q, part)
		if err != nil {
			return err
		}
		if !goOn && len(items) > 0 {
			return d.queue.Delay(ctx, rows(items), d.now().Add(backoff(part[0].Tries)), false)
		}
	}
	return nil
}

// part delivers items that go out together, and tells whether the next may be
// tried. The error is the queue's.
func (d *deliverer) part(ctx context.Context, q Search, items []Item) (goOn bool, err error) {
	notes, items, err := d.read(ctx, items)
	if err != nil || len(notes) == 0 {
		return true, err
	}
	failure := d.send(ctx, q, notes)
	if failure == nil {
		d.tell(q.Name, "sent", len(items))
		return true, d.queue.Settle(ctx, rows(items), d.now())
	}
	d.log.Warn("push failed", "search", q.Name, "id", items[0].ID, "tries", items[0].Tries+1, "error", failure)
	return errors.Is(failure, errGone), d.failed(ctx, q, items, failure)
}

// failed delays or buries.
func (d *deliverer) failed(ctx context.Context, q Search, items []Item, failure error) error {
	var again []int64
	for _, it := range items {
		if it.Tries++; it.Tries < maxTries && !errors.Is(failure, errGone) {
			again = append(again, it.Row)
			continue
		}
		d.tell(q.Name, "buried", 1)
		if err := d.queue.Bury(ctx, it, failure); err != nil {
			return err
		}
	}
	if len(again) == 0 {
		return nil
	}
	d.tell(q.Name, "failed", len(again))
	return d.queue.Delay(ctx, again, d.now().Add(backoff(items[0].Tries)), true)
}

// read makes notes of items; what is none is buried.
func (d *deliverer) read(ctx context.Context, items []Item) (notes []*Note, good []Item, err error) {
	for _, it := range items {
		var n Note
		if jerr := json.Unmarshal(it.Body, &n); jerr != nil || n.Data == nil {
			if err := d.queue.Bury(ctx, it, fmt.Errorf("%w: no message: %w", news.ErrInvalid, jerr)); err != nil {
				return nil, nil, err
			}
			continue
		}
		notes, good = append(notes, &n), append(good, it)
	}
	return notes, good, nil
}

func rows(items []Item) []int64 {
	list := make([]int64, len(items))
	for i, it := range items {
		list[i] = it.Row
	}
	return list
}
