package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"sukien/news"
)

const (
	// readIdle is how often a reader looks by itself for what a lost connection may
	// have kept it from hearing of.
	readIdle = 5 * time.Second
	// readSoon is when it looks again after it heard of a message, which may not be
	// in the stream yet.
	readSoon = 10 * time.Millisecond
)

// asAnalyst is Watch for who may make no consumers: their own durable one, or
// the stream read message by message, which keeps the place on this side.
func (s *Stream) asAnalyst(ctx context.Context, w Watch, ready func(), take func(Delivery) error) error {
	if w.Durable == "" {
		return s.readOn(ctx, w, ready, take)
	}
	if w.Durable != s.analyst || !w.Since.IsZero() {
		return fmt.Errorf("%w: analyst %s has the durable name %s, which keeps its own place: use it without a time, or read from a time without a name", news.ErrForbidden, s.analyst, s.analyst)
	}
	cons, err := s.js.Consumer(ctx, Events, consumerOf(s.analyst))
	if err != nil {
		return fmt.Errorf("%w: subscribe: %w", news.ErrTransient, err)
	}
	if ready != nil {
		ready()
	}
	return s.follow(ctx, cons, take)
}

// readOn reads the stream from a place on. A subscription tells when to look.
func (s *Stream) readOn(ctx context.Context, w Watch, ready func(), take func(Delivery) error) error {
	filter := widest(w.Subjects)
	wake := make(chan *nats.Msg, 1)
	sub, err := s.conn.Subscribe(filter, func(m *nats.Msg) {
		select {
		case wake <- m:
		default:
		}
	})
	if err != nil {
		return fmt.Errorf("%w: subscribe: %w", news.ErrTransient, err)
	}
	defer sub.Unsubscribe() // fails only with the connection
	next, err := s.begin(ctx, w.Since, filter)
	if err != nil {
		return err
	}
	if ready != nil {
		ready()
	}
	wait := readIdle
	for {
		m, err := s.at(ctx, directGet{Seq: next, Next: filter})
		if ctx.Err() != nil {
			return nil
		}
		if err == nil {
			if err := take(m.Delivery); err != nil {
				return err
			}
			next = m.seq + 1
			continue
		}
		if s.conn.IsClosed() {
			return s.shutOut()
		}
		if !errors.Is(err, news.ErrNotFound) {
			s.log.Warn("subscription: will go on", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-wake:
			wait = readSoon
		case <-time.After(wait):
			wait = min(4*wait, readIdle)
		}
	}
}

// begin is the place of the first message after since, or after all there are.
func (s *Stream) begin(ctx context.Context, since time.Time, filter string) (uint64, error) {
	st, err := s.js.Stream(ctx, Events)
	if err != nil {
		return 0, fmt.Errorf("%w: no event stream at this NATS: is it the one that sukien run uses?: %w", news.ErrNotFound, err)
	}
	last := st.CachedInfo().State.LastSeq
	if since.IsZero() {
		return last + 1, nil
	}
	m, err := s.at(ctx, directGet{Start: &since, Next: filter})
	if errors.Is(err, news.ErrNotFound) {
		return last + 1, nil
	}
	return m.seq, err
}

// directGet asks for a message of the stream (ADR-31 of NATS).
type directGet struct {
	Seq   uint64     `json:"seq,omitempty"`
	Start *time.Time `json:"start_time,omitempty"`
	Next  string     `json:"next_by_subj,omitempty"`
}

// placed is a message with its place in the stream.
type placed struct {
	Delivery
	seq uint64
}

// at gets a message; news.ErrNotFound when there is none yet.
func (s *Stream) at(ctx context.Context, get directGet) (placed, error) {
	body, err := json.Marshal(get)
	if err != nil {
		return placed{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, connectWait)
	defer cancel()
	m, err := s.conn.RequestWithContext(ctx, "$JS.API.DIRECT.GET."+Events, body)
	if err != nil {
		return placed{}, fmt.Errorf("%w: read the event stream: %w", news.ErrTransient, err)
	}
	if status := m.Header.Get("Status"); status != "" {
		if status == "404" {
			return placed{}, news.ErrNotFound
		}
		return placed{}, fmt.Errorf("%w: read the event stream: %s %s", news.ErrTransient, status, m.Header.Get("Description"))
	}
	seq, err := strconv.ParseUint(m.Header.Get(jetstream.SequenceHeader), 10, 64)
	if err != nil {
		return placed{}, fmt.Errorf("%w: a message without its place: %w", news.ErrInvalid, err)
	}
	return placed{Delivery{Subject: m.Header.Get(jetstream.SubjectHeader), ID: m.Header.Get(jetstream.MsgIDHeader), Body: m.Data, Tries: 1, Trace: m.Header.Get(traceHeader)}, seq}, nil
}

// widest is the one filter that lets through what any of the subjects does;
// who asks for several sorts out the rest.
func widest(subjects []string) string {
	if len(subjects) == 0 {
		return eventSubjects
	}
	all := strings.Split(subjects[0], ".")
	for _, other := range subjects[1:] {
		tokens := strings.Split(other, ".")
		if len(tokens) != len(all) {
			return eventSubjects
		}
		for i, t := range tokens {
			if all[i] != t {
				all[i] = "*"
			}
		}
	}
	return strings.Join(all, ".")
}
