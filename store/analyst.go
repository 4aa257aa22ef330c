package store

import (
	"context"
	"time"
)

// Analysts keeps who may read events, over NATS and over the web.
type Analysts interface {
	// AddAnalyst keeps a new analyst; news.ErrInvalid when the name is taken.
	AddAnalyst(ctx context.Context, a Analyst) error
	// Analysts lists them by name.
	Analysts(ctx context.Context) ([]Analyst, error)
	// AnalystByHash is the analyst whose token has this hash; news.ErrNotFound.
	AnalystByHash(ctx context.Context, hash string) (Analyst, error)
	// Seen is until when an analyst has seen what is new, the zero time for never;
	// news.ErrNotFound. MarkSeen sets it.
	Seen(ctx context.Context, name string) (time.Time, error)
	MarkSeen(ctx context.Context, name string, at time.Time) error
	// DropAnalyst forgets an analyst; news.ErrNotFound.
	DropAnalyst(ctx context.Context, name string) error
}

// Analyst is somebody who may read events.
type Analyst struct {
	Name string `json:"name"`
	// Hash is the SHA-256 of their token, in hexadecimal digits. The token itself is
	// kept nowhere: it is 256 random bits, so that a plain hash is enough.
	Hash    string    `json:"-"`
	Created time.Time `json:"created"`
}
