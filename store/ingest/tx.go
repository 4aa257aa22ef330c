package ingest

import (
	"context"
	"maps"
	"slices"

	"sukien/news"
	"sukien/store"
	"sukien/store/resolve"
)

// Tx is a writing transaction of a back end. Writes may be put off until the
// next read or the end: nothing is asked of their order but that reads see them.
type Tx interface {
	// Article is an article with what is kept beside it; news.ErrNotFound. No
	// other transaction changes it before this one ends.
	Article(ctx context.Context, id string) (*Article, error)
	// Mark notes the pack of rules that an article was read with, and whether one
	// of its records has its meeting as the main one.
	Mark(ctx context.Context, article, pack string, main bool) error
	// Stored are an article's records as JSON, in their order.
	Stored(ctx context.Context, article string) ([]string, error)

	// Claim keeps other transactions from adding or looking for records under
	// these sorted keys before this one ends.
	Claim(ctx context.Context, keys []string) error
	// Hold keeps them from changing the parts that the places are in. It fails
	// when a record has moved since its place was read: then the transaction is to
	// be begun anew.
	Hold(ctx context.Context, places []Place) error

	// Find gives the places of records, in no order.
	Find(ctx context.Context, p Pick) ([]Place, error)
	// Sharing gives for each list of keys the places of at most limit records of
	// other articles that are stored under one of them, those with the most first,
	// then by id.
	Sharing(ctx context.Context, article string, keys [][]string, limit int) ([][]Place, error)
	// Told reads records by their ids, in any order. It fails when one is missing.
	Told(ctx context.Context, ids []string) ([]*resolve.Told, error)
	// Forget deletes an article's records.
	Forget(ctx context.Context, article string) error
	// Insert writes a record with its keys, Move puts a stored one elsewhere.
	Insert(ctx context.Context, r Row) error
	Move(ctx context.Context, p Place) error

	// Events reads events by their ids; those that are not there are left out.
	Events(ctx context.Context, ids []string) ([]Event, error)
	// Save writes an event with its last revision, facets and words.
	Save(ctx context.Context, e Event) error
	// Send puts a message into the outbox.
	Send(ctx context.Context, m store.Message) error

	Bench
}

// Bench keeps what analysts decided.
type Bench interface {
	// Rulings reads those of any of the events, and those with an anchor in any of
	// the articles.
	Rulings(ctx context.Context, events, articles []string) ([]Ruling, error)
	// Rule writes an event's ruling in the place of what is there, Unrule deletes it.
	Rule(ctx context.Context, r Ruling) error
	Unrule(ctx context.Context, event string) error
	// Decision reads a decision by its id, nil for none; Decisions those about any
	// of the events, oldest first.
	Decision(ctx context.Context, id string) (*Decision, error)
	Decisions(ctx context.Context, events []string) ([]Decision, error)
	// Decide writes a decision, by which its Events are found; TakeBack marks
	// one as undone.
	Decide(ctx context.Context, d Decision) error
	TakeBack(ctx context.Context, id string) error
	// Redecide puts another form of a decision in its place.
	Redecide(ctx context.Context, d Decision) error
}

// Article is an article as it is stored.
type Article struct {
	*news.Article
	// Content is the signature of what the extractor reads, Extracted the pack of
	// rules that read it, "" for none yet.
	Content, Extracted string
	// Print is the simhash of the text, 0 when not known.
	Print uint64
	// Told says that records of it may be stored.
	Told bool
}

// Place is where a record is: its article's n-th, in an event and a part.
type Place struct {
	ID          string
	N           int
	Event, Part string
	// Version is another one once the record was written anew. A back end that no
	// other process writes may leave it 0.
	Version int64
}

// Row is a record with its place, and its JSON when it is to be written.
type Row struct {
	Place
	*resolve.Told
	Data []byte
}

// Pick chooses records: of an article, or of any of the parts, or of any of the events.
type Pick struct {
	Article string
	Parts   []string
	Events  []string
	Limit   int // 0 for none
}

// Event is an event as it is stored.
type Event struct {
	*news.Event
	// Sent says that a message about it was written.
	Sent bool
	// Over is the event that it was merged into, or Retracted; empty in force.
	Over string
	// Before is what is stored of it when it is to be saved, nil for nothing.
	Before *news.Event
}

// Retracted marks an event that no article tells of any more.
const Retracted = "retracted"

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }
