package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"sukien/news"
)

// Live hands on event messages as they are sent.
type Live interface {
	// Watch gives take each message that passes f, sent after since (from now on
	// when zero), until ctx ends or take fails. ready is called once it is sure
	// that nothing sent later will be missed. An error wraps news.ErrTransient
	// when no stream answers.
	Watch(ctx context.Context, f Filter, since time.Time, ready func(), take func(Message) error) error
}

// Message is an event's message: a CloudEvents JSON body of one line.
type Message struct {
	// ID is event id and revision.
	ID     string
	Change news.Change
	// Sent is the time of the change; watching from it again misses nothing.
	Sent time.Time
	Body []byte
}

const (
	// maxStreams bounds the readers of /api/v1/stream at a time.
	maxStreams = 64
	// streamBeat is how often a silent stream says that it lives, so that
	// proxies keep it open and gone readers are found.
	streamBeat = 15 * time.Second
	// streamPatience is how long one write to a slow reader may take.
	streamPatience = 30 * time.Second
	// streamRetry tells the reader when to come back, in milliseconds.
	streamRetry = 5000
)

// stream sends event messages as server-sent events (WHATWG HTML, 9.2): event
// is the change, data the message. A reader that was away comes back with
// Last-Event-ID and gets what was sent meanwhile, the last message perhaps twice.
func (s *site) stream(w http.ResponseWriter, r *http.Request) {
	f, err := filterOf(r.URL.Query())
	since, err2 := sinceOf(r)
	if err := errors.Join(err, err2); err != nil {
		s.problem(w, r, err)
		return
	}
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		s.problem(w, r, fmt.Errorf("%w: %d readers follow the stream already", news.ErrTransient, maxStreams))
		return
	}
	ctx, stop := context.WithCancel(r.Context())
	defer stop()
	defer context.AfterFunc(s.life, stop)()
	messages, stands, ended := make(chan Message), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- s.Live.Watch(ctx, f, since, func() { close(stands) }, func(m Message) error {
			select {
			case messages <- m:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	err = s.pump(ctx, w, messages, stands, ended)
	stop()
	if err != nil {
		s.problem(w, r, err)
	}
}

// pump writes messages and beats until the reader, the process or the stream
// ends. The error is of a stream that never began: nothing is written then.
func (s *site) pump(ctx context.Context, w http.ResponseWriter, messages <-chan Message, stands <-chan struct{}, ended <-chan error) error {
	out := sseWriter{w: w, control: http.NewResponseController(w)}
	beat := time.NewTicker(streamBeat)
	defer beat.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return nil
		case err := <-ended:
			if !out.begun {
				return err
			}
			return nil
		case <-stands:
			stands, err = nil, out.start()
		case <-beat.C:
			err = out.write(": still here\n\n")
		case m := <-messages:
			err = out.message(m)
		}
		if err != nil {
			s.Log.Debug("live stream", "error", err)
			return nil
		}
	}
}

// sinceOf is the time in Last-Event-ID or in the parameter since.
func sinceOf(r *http.Request) (since time.Time, err error) {
	at := r.URL.Query().Get("since")
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		at, _, _ = strings.Cut(last, "~")
	}
	if at == "" {
		return since, nil
	}
	since, ok := news.Stamp(at).Time()
	if !ok {
		return since, fmt.Errorf("since: %w", news.Stamp(at).Check())
	}
	return since, nil
}

// sseWriter writes one reader's stream; no write takes longer than streamPatience.
type sseWriter struct {
	w       http.ResponseWriter
	control *http.ResponseController
	begun   bool
}

func (o *sseWriter) start() error {
	if o.begun {
		return nil
	}
	o.begun = true
	h := o.w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	return o.write(fmt.Sprintf("retry: %d\n\n", streamRetry))
}

func (o *sseWriter) message(m Message) error {
	if err := o.start(); err != nil {
		return err
	}
	return o.write(fmt.Sprintf("id: %s~%s\nevent: %s\ndata: %s\n\n", m.Sent.UTC().Format(time.RFC3339Nano), oneLine(m.ID), oneLine(string(m.Change)), oneBody(m.Body)))
}

// oneBody keeps a body on one data line; JSON has line ends only as white space.
func oneBody(body []byte) string {
	return strings.NewReplacer("\n", " ", "\r", " ").Replace(string(body))
}

func (o *sseWriter) write(text string) error {
	if err := o.start(); err != nil {
		return err
	}
	if err := o.control.SetWriteDeadline(time.Now().Add(streamPatience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if _, err := o.w.Write([]byte(text)); err != nil {
		return err
	}
	return o.control.Flush()
}
