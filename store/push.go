package store

import (
	"context"
	"encoding/json"
	"time"
)

// Searches keeps the saved searches, and for each what is to be pushed: the
// place in the event stream is given up only after a message is kept here, and
// it stays here until it has been delivered.
type Searches interface {
	// AddSearch keeps a new search; news.ErrInvalid when the name is taken.
	AddSearch(ctx context.Context, s Search) error
	// Searches lists them by name.
	Searches(ctx context.Context) ([]Search, error)
	// DropSearch forgets a search and what waits for it; news.ErrNotFound.
	DropSearch(ctx context.Context, name string) error

	// HoldPush keeps a message for a search until it is delivered. The same message
	// for the same search again changes nothing, also after it was delivered (for
	// PushMemory), so that it is delivered once however often the stream brings it.
	HoldPush(ctx context.Context, p Push) error
	// TakePushes takes what is due at now, lowest row first, at most limit. Until
	// now plus lease nobody else is given it; then it is due again.
	TakePushes(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]Push, error)
	// SettlePushes notes rows as delivered and forgets what was delivered before
	// PushMemory.
	SettlePushes(ctx context.Context, rows []int64, now time.Time) error
	// DelayPushes makes rows due later; tried tells whether that counts as a try.
	DelayPushes(ctx context.Context, rows []int64, due time.Time, tried bool) error
	// BuryPush moves a row to the dead letters.
	BuryPush(ctx context.Context, row int64, l Letter) error
	// PushDepths says what waits for each search that something waits for.
	PushDepths(ctx context.Context) ([]PushDepth, error)
}

// PushMemory is how long it is remembered that a message was delivered: longer
// than messages stay in the stream.
const PushMemory = 120 * 24 * time.Hour

// Search is a saved search.
type Search struct {
	Name    string    `json:"name"`
	Created time.Time `json:"created"`
	// Spec is what is looked for and where it goes: its owner's own JSON, without secrets.
	Spec json.RawMessage `json:"spec"`
}

// Push is a message that waits for delivery.
type Push struct {
	Row    int64
	Search string
	// ID is the message's: event id and revision. The same over all tries.
	ID string
	// Body is the sender's own JSON; no article's text is in it.
	Body []byte
	// Due is when it may go out, Tries how often it was tried in vain.
	Due   time.Time
	Tries int
}

// PushDepth is what waits for one search.
type PushDepth struct {
	Search  string `json:"search"`
	Waiting int    `json:"waiting"`
	// Failing were tried in vain at least once.
	Failing int `json:"failing"`
	// Oldest is when the first of them is due, or was.
	Oldest time.Time `json:"oldest,omitzero"`
}
