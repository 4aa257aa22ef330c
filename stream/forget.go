package stream

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"

	"sukien/news"
)

// Forget removes from the streams the messages about some events and articles,
// sent or still to be worked on. Subscribers that have them keep them.
func (s *Stream) Forget(ctx context.Context, events, articles []string) error {
	for _, id := range events {
		if err := s.purge(ctx, Events, "sukien.event.v1.*.*.*.*."+id); err != nil {
			return err
		}
	}
	for _, id := range articles {
		for stream, subject := range map[string]string{Articles: "sukien.article.v1.*." + id, Records: "sukien.record.v1." + id} {
			if err := s.purge(ctx, stream, subject); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Stream) purge(ctx context.Context, name, subject string) error {
	st, err := s.js.Stream(ctx, name)
	if err == nil {
		err = st.Purge(ctx, jetstream.WithPurgeSubject(subject))
	}
	if err != nil {
		return fmt.Errorf("%w: purge %s of %s: %w", news.ErrTransient, subject, name, err)
	}
	return nil
}
