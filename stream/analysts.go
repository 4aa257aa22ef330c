package stream

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"sukien/news"
)

const (
	// analystWait is how long an analyst's program may take over a message before
	// it is given out again; analystPending how many it may hold.
	analystWait    = 30 * time.Second
	analystPending = 256
)

// Admit lets exactly these analysts read event messages, from now on and
// without a restart, and makes the durable consumer of each: it begins with what
// is sent from then on. A NATS outside this process has its own users: nothing
// is done there, and news.ErrForbidden says so.
func (s *Stream) Admit(ctx context.Context, list []Analyst) error {
	if s.access == nil {
		return fmt.Errorf("%w: an outside NATS keeps its own users", news.ErrForbidden)
	}
	var seats []string
	for _, who := range list {
		seats = append(seats, consumerOf(who.Name))
		if err := CheckName(who.Name); err != nil {
			return err
		}
		if err := s.seatConsumer(ctx, who.Name); err != nil {
			return err
		}
	}
	if err := s.access.admit(list); err != nil {
		return err
	}
	return s.Retain(ctx, consumerOf(""), seats)
}

func (s *Stream) seatConsumer(ctx context.Context, name string) error {
	if _, err := s.js.Consumer(ctx, Events, consumerOf(name)); err == nil {
		return nil
	}
	_, err := s.js.CreateConsumer(ctx, Events, jetstream.ConsumerConfig{
		Durable: consumerOf(name), FilterSubject: eventSubjects, AckPolicy: jetstream.AckExplicitPolicy, AckWait: analystWait,
		DeliverPolicy: jetstream.DeliverNewPolicy, MaxAckPending: analystPending,
	})
	if err != nil {
		return fmt.Errorf("%w: consumer of analyst %s: %w", news.ErrTransient, name, err)
	}
	return nil
}

// Retain removes the durable places in the event stream whose names begin with
// prefix and are not among those given.
func (s *Stream) Retain(ctx context.Context, prefix string, keep []string) error {
	st, err := s.js.Stream(ctx, Events)
	if err != nil {
		return fmt.Errorf("%w: stream %s: %w", news.ErrTransient, Events, err)
	}
	names := st.ConsumerNames(ctx)
	var gone []string
	for name := range names.Name() {
		if strings.HasPrefix(name, prefix) && !slices.Contains(keep, name) {
			gone = append(gone, name)
		}
	}
	err = names.Err()
	for _, name := range gone {
		err = errors.Join(err, s.Abandon(ctx, name))
	}
	return err
}

// Abandon removes a durable place in the event stream; that there is none is fine.
func (s *Stream) Abandon(ctx context.Context, durable string) error {
	err := s.js.DeleteConsumer(ctx, Events, durable)
	if err != nil && !errors.Is(err, jetstream.ErrConsumerNotFound) {
		return fmt.Errorf("%w: consumer %s: %w", news.ErrTransient, durable, err)
	}
	return nil
}

// Operator is the user of this process's own commands at the embedded server;
// empty at an outside NATS.
func (s *Stream) Operator() (user, secret string) {
	if s.access == nil {
		return "", ""
	}
	return operatorUser, s.access.secret
}
