package store

import (
	"context"
	"time"

	"sukien/news"
)

// Corrections are what analysts decide on events: kept over every later
// extraction and resolution until they are undone.
type Corrections interface {
	// Correct carries out a correction: the decision, the events it changes and
	// their messages are written in one transaction. The same correction (by its
	// ID) again changes nothing. Errors: news.ErrNotFound for an event, record,
	// article or revision, news.ErrInvalid for what cannot be done.
	Correct(ctx context.Context, c Correction, now time.Time) (Corrected, error)
	// Decisions are those that an event had a part in, oldest first.
	Decisions(ctx context.Context, event string) ([]Decision, error)
}

// Action is what an analyst does to an event.
type Action string

// The actions.
const (
	// Confirm keeps what the event says, and its records together.
	Confirm Action = "confirm"
	// Edit sets, clears, adds to or takes from slots.
	Edit Action = "edit"
	// Merge makes one event of several.
	Merge Action = "merge"
	// Split makes an event of its own of some records.
	Split Action = "split"
	// Reject says that these records, and those like them, tell of no meeting.
	Reject Action = "reject"
	// Undo takes a decision back.
	Undo Action = "undo"
)

// Correction is what an analyst asks for.
type Correction struct {
	// ID tells corrections apart; made of the rest and the time when empty.
	ID     string `json:"id"`
	Action Action `json:"action"`
	Event  string `json:"event"`
	// By is who decides: a name, at most 100 bytes. Note says why.
	By   string `json:"by"`
	Note string `json:"note,omitempty"`
	// Edits of Edit are written as pin.Parse reads them.
	Edits []string `json:"edits,omitempty"`
	// Others of Merge are the events that Event takes over.
	Others []string `json:"others,omitempty"`
	// Records and Articles of Split are the ids of records, and the ids or
	// addresses of articles, whose records become an event of their own.
	Records  []string `json:"records,omitempty"`
	Articles []string `json:"articles,omitempty"`
	// Revision of Undo is the revision of Event that the decision made; 0 for the
	// last one that can be undone.
	Revision int `json:"revision,omitempty"`
}

// Corrected says what Correct did.
type Corrected struct {
	Event    string `json:"event"`
	Revision int    `json:"revision"`
	// Split is the new event of a split.
	Split string `json:"split,omitempty"`
	// Changes counts the messages written, by change.
	Changes map[news.Change]int `json:"changes,omitempty"`
}

// Decision is a correction as it is kept.
type Decision struct {
	Correction
	At time.Time `json:"at"`
	// Made is the revision that it made of Event, Split the event it made.
	Made  int    `json:"made,omitempty"`
	Split string `json:"split,omitempty"`
	// Undone says that a later decision took it back.
	Undone bool `json:"undone,omitempty"`
}
