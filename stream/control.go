package stream

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"sukien/news"
)

// control is before the verb of what a command asks a running process to do.
const control = "sukien.control.v1."

const (
	// controlWait bounds one order: a write of the store, perhaps behind others.
	controlWait = 30 * time.Second
	// controlErr and controlKind are the headers of an answer that is an error.
	controlErr, controlKind = "Sukien-Error", "Sukien-Error-Kind"
)

// kinds are the sentinels that keep their meaning over the wire.
var kinds = []error{news.ErrInvalid, news.ErrNotFound, news.ErrTransient, news.ErrTooLarge, news.ErrForbidden, news.ErrBusy}

// Answer carries out the orders of commands, one after another, until ctx ends.
// Whoever may publish on control subjects may order: the operator.
func (s *Stream) Answer(ctx context.Context, do func(ctx context.Context, verb string, body []byte) ([]byte, error)) error {
	orders := make(chan *nats.Msg, 16)
	sub, err := s.conn.ChanQueueSubscribe(control+"*", "sukien", orders)
	if err != nil {
		return fmt.Errorf("%w: orders: %w", news.ErrTransient, err)
	}
	defer sub.Unsubscribe() // fails only with the connection
	for {
		select {
		case <-ctx.Done():
			return nil
		case m := <-orders:
			body, err := do(ctx, strings.TrimPrefix(m.Subject, control), m.Data)
			if err := m.RespondMsg(answer(body, err)); err != nil {
				s.log.Warn("order not answered", "subject", m.Subject, "error", err)
			}
		}
	}
}

func answer(body []byte, err error) *nats.Msg {
	m := &nats.Msg{Data: body, Header: nats.Header{}}
	if err == nil {
		return m
	}
	m.Header.Set(controlErr, strings.Join(strings.Fields(err.Error()), " "))
	for _, k := range kinds {
		if errors.Is(err, k) {
			m.Header.Set(controlKind, k.Error())
		}
	}
	return m
}

// Ask has the running process do something. Errors are those of its doing, by
// their sentinels; news.ErrTransient when nobody answers.
func (s *Stream) Ask(ctx context.Context, verb string, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, controlWait)
	defer cancel()
	m, err := s.conn.RequestWithContext(ctx, control+verb, body)
	if err != nil {
		return nil, fmt.Errorf("%w: the running sukien does not answer: %w", news.ErrTransient, err)
	}
	said := m.Header.Get(controlErr)
	if said == "" {
		return m.Data, nil
	}
	for _, k := range kinds {
		if m.Header.Get(controlKind) == k.Error() {
			return nil, told{said, k}
		}
	}
	return nil, errors.New(said)
}

// told is an error of the running process.
type told struct {
	said string
	kind error
}

func (e told) Error() string { return e.said }
func (e told) Unwrap() error { return e.kind }
