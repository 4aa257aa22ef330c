package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"sukien/news"
)

// Watch says which event messages a subscriber wants.
type Watch struct {
	// Subjects are NATS filters; empty is every event.
	Subjects []string
	// Since replays from a time; zero is from now on.
	Since time.Time
	// Durable continues where the same name stopped; empty keeps nothing.
	Durable string
}

// inactive is how long an unnamed subscriber's place is kept when it has gone.
const inactive = 5 * time.Minute

// Watch hands each event message to take, in order, and acknowledges it when
// take returns nil; it ends with take's error, or with nil when ctx ends.
// ready, when not nil, is called once the subscription stands: every message
// sent after that will come.
func (s *Stream) Watch(ctx context.Context, w Watch, ready func(), take func(Delivery) error) error {
	if s.analyst != "" {
		return s.asAnalyst(ctx, w, ready, take)
	}
	cfg := jetstream.ConsumerConfig{
		FilterSubjects: w.Subjects, AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait,
		DeliverPolicy: jetstream.DeliverNewPolicy, MaxAckPending: 1,
	}
	if len(w.Subjects) == 0 {
		cfg.FilterSubjects = []string{"sukien.event.>"}
	}
	if !w.Since.IsZero() {
		since := w.Since
		cfg.DeliverPolicy, cfg.OptStartTime = jetstream.DeliverByStartTimePolicy, &since
	}
	if cfg.Durable = w.Durable; w.Durable == "" {
		cfg.InactiveThreshold = inactive
	}
	cons, err := s.watcher(ctx, cfg)
	if err != nil {
		return err
	}
	if ready != nil {
		ready()
	}
	return s.follow(ctx, cons, take)
}

// Placed tells whether a durable name has its place in the event stream.
func (s *Stream) Placed(ctx context.Context, durable string) (bool, error) {
	_, err := s.js.Consumer(ctx, Events, durable)
	if errors.Is(err, jetstream.ErrConsumerNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("%w: consumer %s: %w", news.ErrTransient, durable, err)
	}
	return true, nil
}

// watcher finds the named consumer or makes one. A consumer that exists keeps
// its place and takes the new filters.
func (s *Stream) watcher(ctx context.Context, cfg jetstream.ConsumerConfig) (jetstream.Consumer, error) {
	if cfg.Durable != "" {
		old, err := s.js.Consumer(ctx, Events, cfg.Durable)
		if err == nil {
			keep := old.CachedInfo().Config
			cfg.DeliverPolicy, cfg.OptStartTime = keep.DeliverPolicy, keep.OptStartTime
		}
	}
	cons, err := s.js.CreateOrUpdateConsumer(ctx, Events, cfg)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return nil, fmt.Errorf("%w: no event stream at this NATS: is it the one that sukien run uses?", news.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: subscribe: %w", news.ErrTransient, err)
	}
	return cons, nil
}

// askWait is how long one request for a message stands: what was lost on the
// way, or asked of a server that has gone since, is asked again after it.
const askWait = 5 * time.Second

// follow hands on the messages of a consumer, each asked for by itself, so that
// none is fetched that will not be taken. The client's iterator would do, but
// misses its turn to ask when it is given one message at a time: nats.go 1.55
// looks whether to ask before it waits, and not while its request before is
// still on its way out; the next comes when heartbeats are missed, half a minute
// later.
func (s *Stream) follow(ctx context.Context, cons jetstream.Consumer, take func(Delivery) error) error {
	for ctx.Err() == nil {
		msg, err := ask(ctx, cons)
		switch {
		case ctx.Err() != nil:
			// What was fetched meanwhile comes again.
			return nil
		case s.conn.IsClosed():
			return s.shutOut()
		case errors.Is(err, nats.ErrTimeout) || errors.Is(err, context.DeadlineExceeded):
			continue
		case err != nil:
			s.log.Warn("subscription: will go on", "error", err)
			pause(ctx, time.Second)
			continue
		}
		d := delivery(msg)
		if err := take(d); err != nil {
			return err
		}
		if err := acknowledge(ctx, msg); err != nil {
			s.log.Warn("acknowledge: message may come again", "id", d.ID, "error", err)
		}
	}
	return nil
}

// ask waits for the next message, for askWait at most.
func ask(ctx context.Context, cons jetstream.Consumer) (jetstream.Msg, error) {
	ctx, cancel := context.WithTimeout(ctx, askWait)
	defer cancel()
	return cons.Next(jetstream.FetchContext(ctx))
}

// shutOut is why a connection is closed that tries again for ever: the server
// lets its user in no more.
func (s *Stream) shutOut() error {
	return fmt.Errorf("%w: NATS closed the connection: %w", news.ErrForbidden, s.conn.LastError())
}

// acknowledge waits until the server has noted msg as done, also when ctx has
// ended meanwhile: what was taken must not come again.
func acknowledge(ctx context.Context, msg jetstream.Msg) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), connectWait)
	defer cancel()
	return msg.DoubleAck(ctx)
}
