package web

import (
	"context"
	"time"

	"sukien/news"
	"sukien/store"
)

// Filter chooses events. Zero fields do not filter.
type Filter struct {
	Words, Place, Official, Series, Source string
	Kind                                   news.Kind
	Level                                  news.Level
	Status                                 news.Status
	From, To                               news.Date
	// Saved is the name of a saved search, whose events are asked for: of the other
	// fields only Status, Since, ByChange, Mentions and the page count then.
	Saved string
	// Since takes only events that changed after it.
	Since time.Time
	// ByChange lists the last changed first, not the latest start.
	ByChange bool
	// Mentions takes in events that are only mentioned.
	Mentions bool
	// Limit bounds the page, Cursor continues after the one before.
	Limit  int
	Cursor string
}

// ArticleFilter chooses articles. Zero fields do not filter.
type ArticleFilter struct {
	Words, Source string
	// NoMain takes only articles that were read and gave no main record.
	NoMain bool
	Limit  int
	Cursor string
}

// Telling is one article's part in an event.
type Telling struct {
	Article news.Article
	Records []news.Record
}

// Outlet is how one source does: its links, and what was seen of it.
type Outlet struct {
	Domain  string             `json:"domain"`
	Known   int                `json:"known"`
	Due     int                `json:"due"`
	Fetched int                `json:"fetched"`
	Gone    int                `json:"gone"`
	Failed  int                `json:"failed"`
	LastNew time.Time          `json:"last_new,omitzero"`
	Health  store.SourceHealth `json:"health,omitzero"`
}

// DeadLetter is a message that could not be processed.
type DeadLetter struct {
	ID                     int64
	Stage, Subject, Reason string
	Tries                  int
	When                   time.Time
}

// Reader is what the pages need of the store. Errors wrap news.ErrNotFound for
// ids that do not exist and news.ErrInvalid for bad cursors.
type Reader interface {
	Events(ctx context.Context, f Filter) (events []news.Event, next string, err error)
	// Event gives an event with all of its history.
	Event(ctx context.Context, id string) (*news.Event, error)
	Tellings(ctx context.Context, id string) ([]Telling, error)
	Article(ctx context.Context, id string) (*news.Article, error)
	Articles(ctx context.Context, f ArticleFilter) (list []news.Article, next string, err error)
	Editions(ctx context.Context) ([]store.SeriesCount, error)
	Outlets(ctx context.Context) ([]Outlet, error)
	DeadLetters(ctx context.Context, limit int) ([]DeadLetter, error)
}

// Letters does something about dead letters; news.ErrNotFound for one that is
// no more.
type Letters interface {
	RetryLetter(ctx context.Context, id int64) error
	DropLetter(ctx context.Context, id int64) error
}

// Tokens knows the analysts that may read.
type Tokens interface {
	// Analyst is the name of the analyst who has the token; news.ErrForbidden when none has.
	Analyst(ctx context.Context, token string) (name string, err error)
}

// Marks keeps until when analysts have seen what is new; it is the store's.
type Marks interface {
	Seen(ctx context.Context, analyst string) (time.Time, error)
	MarkSeen(ctx context.Context, analyst string, at time.Time) error
}

// Sample is a text to be read by the rules.
type Sample struct {
	Title, Text string
	Published   news.Stamp
}

// Reading is what the rules make of a text, and why.
type Reading struct {
	// Article is the text as it was read: offsets count its code points.
	Article *news.Article
	// Pack names the rules and lexicons.
	Pack string
	// Meetings are all gatherings seen, also those too weak to be a record.
	Meetings []Weighed
	// Fired are the rules that matched.
	Fired []Fired
	// Nearest are the rules that came closest without matching.
	Nearest []NearMiss
}

// Weighed is a gathering with what spoke for and against it as the main event.
type Weighed struct {
	Name     string
	Main     bool
	Score    float64
	Features []Feature
	// Record is empty where the gathering was too weak to be one.
	Record news.Record
}

// Feature is one weight of a score.
type Feature struct {
	Name   string
	Weight float64
}

// Fired is a rule with the words it matched, code points From to To of the title or text.
type Fired struct {
	Rule, Phase, Text, In string
	From, To              int
}

// NearMiss is a rule that failed: what it had matched, the words it failed at,
// and the column of its pattern (from 1) or the guard that did not fit.
type NearMiss struct {
	Rule, Matched, At, Guard string
	Column                   int
}
