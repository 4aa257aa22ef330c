package stream

import (
	"context"
	"fmt"

	"sukien/news"
)

// Depth is what waits in one stream.
type Depth struct {
	Stream   string `json:"stream"`
	Messages uint64 `json:"messages"`
	Bytes    uint64 `json:"bytes"`
	// Pending are messages not yet given to the stage, Unacked given but not settled, by consumer.
	Consumers []ConsumerDepth `json:"consumers,omitempty"`
}

// ConsumerDepth is how far one consumer is behind.
type ConsumerDepth struct {
	Name    string `json:"name"`
	Pending uint64 `json:"pending"`
	Unacked int    `json:"unacked"`
}

// Depths tells what waits in every stream.
func (s *Stream) Depths(ctx context.Context) ([]Depth, error) {
	var depths []Depth
	for _, name := range []string{Articles, Records, Events, Pushes, Dead} {
		st, err := s.js.Stream(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("%w: stream %s: %w", news.ErrTransient, name, err)
		}
		info := st.CachedInfo()
		d := Depth{Stream: name, Messages: info.State.Msgs, Bytes: info.State.Bytes}
		list := st.ListConsumers(ctx)
		for c := range list.Info() {
			d.Consumers = append(d.Consumers, ConsumerDepth{Name: c.Name, Pending: c.NumPending, Unacked: c.NumAckPending})
		}
		if err := list.Err(); err != nil {
			return nil, fmt.Errorf("%w: consumers of %s: %w", news.ErrTransient, name, err)
		}
		depths = append(depths, d)
	}
	return depths, nil
}
