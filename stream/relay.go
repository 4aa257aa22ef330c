package stream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
	"sukien/news"
)

// Message is one row of the outbox: subject and body were fixed when the
// change was committed.
type Message struct {
	// Row numbers the outbox; rows are sent in this order.
	Row     int64
	Subject string
	// ID is the Nats-Msg-Id, the same however often the row is sent.
	ID   string
	Body []byte
	// Trace is the trace that it is part of, as W3C traceparent; "" for none.
	Trace string
}

// Outbox is the part of the store that the relay empties.
type Outbox interface {
	// Pending gives at most limit unsent rows, lowest first.
	Pending(ctx context.Context, limit int) ([]Message, error)
	// MarkSent notes that rows are stored in JetStream.
	MarkSent(ctx context.Context, rows []int64) error
	// Bury moves a row that can never be sent to the dead letters.
	Bury(ctx context.Context, row int64, reason string) error
}

// relayBatch is the number of rows sent before they are noted as sent.
const relayBatch = 128

// Relay sends the outbox until ctx ends. wake tells that rows were added;
// every idle interval it looks anyway.
//
// A row that may have been sent before (unsent at the start, or whose
// acknowledgement was lost, or read so long ago that another process may have
// sent it since) is looked for in the stream first, so that a crash between
// sending and noting makes no second message, however long ago.
func (s *Stream) Relay(ctx context.Context, box Outbox, wake <-chan struct{}, idle time.Duration) error {
	doubtful := true
	for {
		n, err := s.relayOnce(ctx, box, doubtful)
		if ctx.Err() != nil {
			return nil
		}
		doubtful = err != nil || (doubtful && n == relayBatch)
		if err != nil {
			s.log.Warn("relay: will try again", "error", err, "in", idle)
		}
		if err == nil && n == relayBatch {
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-wake:
		case <-time.After(idle):
		}
	}
}

// Flush sends what the outbox holds now and returns when it is empty.
func (s *Stream) Flush(ctx context.Context, box Outbox) error {
	for {
		n, err := s.relayOnce(ctx, box, true)
		if err != nil || n == 0 {
			return err
		}
	}
}

// relayOnce sends one batch and returns its size.
func (s *Stream) relayOnce(ctx context.Context, box Outbox, doubtful bool) (int, error) {
	read := time.Now().Round(0) // by the clock on the wall: this process may be stopped, the machine asleep
	rows, err := box.Pending(ctx, relayBatch)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	sent := make([]int64, 0, len(rows))
	out := make([]underway, len(rows))
	for i, m := range rows {
		if doubtful || time.Since(read) > dedupWindow/2 {
			there, err := s.has(ctx, m)
			if err != nil {
				return 0, err
			}
			if there {
				sent = append(sent, m.Row)
				continue
			}
		}
		if out[i], err = s.send(ctx, m); err != nil {
			if err = s.unsendable(ctx, box, m, err); err != nil {
				return 0, errors.Join(err, box.MarkSent(ctx, sent))
			}
		}
	}
	failed := s.await(ctx, rows, out, &sent)
	if err := box.MarkSent(ctx, sent); err != nil {
		return 0, err
	}
	return len(rows), failed
}

// underway is a row on its way to the stream.
type underway struct {
	ack  jetstream.PubAckFuture // nil when it was not sent
	span trace.Span
}

// send sends a row without waiting for its acknowledgement. Its span begins
// here: how long the row waited in the outbox is the gap before.
func (s *Stream) send(ctx context.Context, row Message) (underway, error) {
	m := message(row.Subject, row.ID, row.Body)
	out := underway{span: noop.Span{}}
	if row.Trace != "" {
		_, out.span = s.sending(within(ctx, row.Trace), "outbox", m)
	}
	ack, err := s.js.PublishMsgAsync(m)
	if err != nil {
		over(out.span, err)
		return underway{}, err
	}
	out.ack = ack
	return out, nil
}

// await collects acknowledgements; the first failure is returned.
func (s *Stream) await(ctx context.Context, rows []Message, list []underway, sent *[]int64) (failed error) {
	for i, out := range list {
		if out.ack == nil {
			continue
		}
		select {
		case <-out.ack.Ok():
			over(out.span, nil)
			*sent = append(*sent, rows[i].Row)
		case err := <-out.ack.Err():
			over(out.span, err)
			failed = errors.Join(failed, fmt.Errorf("%w: %s: %w", news.ErrTransient, rows[i].Subject, err))
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return failed
}

// unsendable buries a row that can never be sent, and passes other errors on.
func (s *Stream) unsendable(ctx context.Context, box Outbox, m Message, err error) error {
	class := publishClass(err)
	if errors.Is(class, news.ErrTransient) {
		return fmt.Errorf("%w: %s: %w", class, m.Subject, err)
	}
	s.log.Error("outbox row buried", "row", m.Row, "subject", m.Subject, "error", err)
	return box.Bury(ctx, m.Row, err.Error())
}

// has looks for m in the stream of its subject. A subject names one article or
// one event and change, so few messages are read.
func (s *Stream) has(ctx context.Context, m Message) (bool, error) {
	name, err := s.js.StreamNameBySubject(ctx, m.Subject)
	if err != nil {
		return false, fmt.Errorf("%w: no stream takes %s: %w", news.ErrTransient, m.Subject, err)
	}
	st, err := s.js.Stream(ctx, name)
	if err != nil {
		return false, fmt.Errorf("%w: stream %s: %w", news.ErrTransient, name, err)
	}
	for seq := uint64(1); ; {
		got, err := st.GetMsg(ctx, seq, jetstream.WithGetMsgSubject(m.Subject))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("%w: look for %s: %w", news.ErrTransient, m.Subject, err)
		}
		if got.Header.Get(jetstream.MsgIDHeader) == m.ID {
			return true, nil
		}
		seq = got.Sequence + 1
	}
}
