package stream

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"sukien/news"
)

// Delivery is one message handed to a stage.
type Delivery struct {
	Subject string
	ID      string
	Body    []byte
	// Tries counts deliveries, 1 for the first.
	Tries int
	// Trace is the trace that it is part of, as W3C traceparent; "" for none.
	Trace string
}

// Handler does a stage's work and commits it. nil acknowledges. An error that
// wraps news.ErrInvalid, news.ErrTooLarge or news.ErrNotFound buries the
// message at once; news.ErrTransient or news.ErrBusy tries it again for ever;
// any other up to maxTries times.
type Handler func(ctx context.Context, d Delivery) error

const (
	// maxTries bounds redelivery of a message that fails for an unknown reason.
	maxTries = 5
	// ackWait is how long a worker may be silent before its message goes to
	// another: what a killed process held waits so long. Handlers at work are
	// kept alive every third of it.
	ackWait = 6 * time.Second
	// maxBackoff bounds the pause before a redelivery.
	maxBackoff = time.Minute
	// pullAhead is how many messages are asked for at a time, at least; how many
	// come before they are settled, MaxAckPending says. The client's iterator may
	// miss its turn to ask when it asks for one or two: see follow.
	pullAhead = 64
)

// Consume feeds the messages of a stream to handle, at most workers at once,
// until ctx ends; then it waits for the handlers under way. durable names the
// stage: all processes that use the name share the work.
func (s *Stream) Consume(ctx context.Context, streamName, durable string, workers int, handle Handler) error {
	cons, err := s.js.CreateOrUpdateConsumer(ctx, streamName, jetstream.ConsumerConfig{
		Durable: durable, AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait,
		MaxAckPending: 4 * workers, MaxDeliver: -1,
	})
	if err != nil {
		return stopped(ctx, fmt.Errorf("%w: consumer %s: %w", news.ErrTransient, durable, err))
	}
	iter, err := cons.Messages(jetstream.PullMaxMessages(max(2*workers, pullAhead)))
	if err != nil {
		return stopped(ctx, fmt.Errorf("%w: consumer %s: %w", news.ErrTransient, durable, err))
	}
	stop := context.AfterFunc(ctx, iter.Stop)
	defer stop()
	var wg sync.WaitGroup
	defer wg.Wait()
	slots := make(chan struct{}, workers)
	for {
		msg, err := iter.Next()
		if errors.Is(err, jetstream.ErrMsgIteratorClosed) {
			return nil
		}
		if err != nil {
			s.log.Warn("consume: will go on", "consumer", durable, "error", err)
			if !pause(ctx, time.Second) {
				return nil
			}
			continue
		}
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			s.work(context.WithoutCancel(ctx), durable, msg, handle)
		})
	}
}

// stopped is nil when ctx has ended: then err is only how it ended.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// pause waits and tells whether ctx still stands.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// work handles one message and settles it.
func (s *Stream) work(ctx context.Context, durable string, msg jetstream.Msg, handle Handler) {
	d := delivery(msg)
	if meta, err := msg.Metadata(); err == nil {
		d.Tries = int(meta.NumDelivered)
	}
	ctx, span := s.receiving(ctx, durable, d)
	alive := keepAlive(msg)
	err := handle(ctx, d)
	alive()
	over(span, err)
	if err = s.settle(ctx, durable, msg, d, err); err != nil {
		s.log.Warn("settle: will be delivered again", "consumer", durable, "subject", d.Subject, "error", err)
	}
}

func delivery(msg jetstream.Msg) Delivery {
	h := msg.Headers()
	return Delivery{Subject: msg.Subject(), ID: h.Get(jetstream.MsgIDHeader), Body: msg.Data(), Tries: 1, Trace: h.Get(traceHeader)}
}

// settle acknowledges, delays or buries a message by what its handler said.
func (s *Stream) settle(ctx context.Context, durable string, msg jetstream.Msg, d Delivery, err error) error {
	switch {
	case err == nil:
		return acknowledge(ctx, msg)
	case permanent(err) || d.Tries >= maxTries && !transient(err):
		if berr := s.bury(ctx, durable, d, err); berr != nil {
			return errors.Join(berr, msg.NakWithDelay(backoff(d.Tries)))
		}
		s.log.Error("message buried", "consumer", durable, "subject", d.Subject, "tries", d.Tries, "error", err)
		return msg.TermWithReason("buried")
	default:
		s.log.Warn("message will be tried again", "consumer", durable, "subject", d.Subject, "tries", d.Tries, "error", err)
		return msg.NakWithDelay(backoff(d.Tries))
	}
}

func permanent(err error) bool {
	return errors.Is(err, news.ErrInvalid) || errors.Is(err, news.ErrTooLarge) || errors.Is(err, news.ErrNotFound)
}

func transient(err error) bool {
	return errors.Is(err, news.ErrTransient) || errors.Is(err, news.ErrBusy)
}

// backoff is 1 s, 2 s, 4 s … up to maxBackoff.
func backoff(tries int) time.Duration {
	return min(time.Second<<min(max(tries-1, 0), 6), maxBackoff)
}

// keepAlive tells the server that the work goes on, until the func it returns is called.
func keepAlive(msg jetstream.Msg) func() {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(ackWait / 3)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				if msg.InProgress() != nil {
					return
				}
			}
		}
	})
	return func() { close(done); wg.Wait() }
}
