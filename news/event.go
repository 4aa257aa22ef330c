package news

import "time"

// Origin says what brought an event into the store.
type Origin string

// The origins.
const (
	Live      Origin = "live"
	Backfill  Origin = "backfill"
	Reextract Origin = "reextract"
	Analyst   Origin = "analyst"
)

// Change is what a revision did to an event.
type Change string

// The changes.
const (
	New       Change = "new"
	Updated   Change = "updated"
	Corrected Change = "corrected"
	Cancel    Change = "cancelled"
	Merged    Change = "merged"
	Retracted Change = "retracted"
)

// Changes are all changes in the order of the public surface.
var Changes = []Change{New, Updated, Corrected, Cancel, Merged, Retracted}

// Event is one meeting in the world.
type Event struct {
	// ID is stable through every later change.
	ID string `json:"id"`
	Slots
	Revision  int       `json:"revision"`
	FirstSeen time.Time `json:"first_seen"`
	Updated   time.Time `json:"updated"`
	Origin    Origin    `json:"origin,omitempty"`
	// Records are the articles' records that were fused.
	Records []RecordRef `json:"records,omitempty"`
	// IndependentSources counts reprints of one wire story once.
	IndependentSources int        `json:"independent_sources,omitempty"`
	Conflicts          []Conflict `json:"conflicts,omitempty"`
	// YearEstimate is a year that only the series' cadence suggests.
	YearEstimate int `json:"year_estimate,omitempty"`
	// Pinned are the slots set by an analyst.
	Pinned []string `json:"pinned,omitempty"`
	// History are the last 20 changes, newest last.
	History []Revision `json:"history,omitempty"`
	// MergedInto is the event that took this one over.
	MergedInto string `json:"merged_into,omitempty"`
	// Left says that the event was sent under subject tokens it no longer has.
	Left bool `json:"left,omitempty"`
}

// MaxHistory is the number of revisions that Event.History carries.
const MaxHistory = 20

// MaxEventBytes is the size of an event's JSON, as the public surface fixes it.
const MaxEventBytes = 256 << 10

// RecordRef points from an event to a record and its article.
type RecordRef struct {
	ID        string   `json:"id"`
	URL       string   `json:"url,omitempty"`
	Source    string   `json:"source,omitempty"`
	Published Stamp    `json:"published,omitempty"`
	Salience  Salience `json:"salience,omitempty"`
	ReprintOf string   `json:"reprint_of,omitempty"`
}

// Conflict is a slot on which sources disagree.
type Conflict struct {
	Slot   string          `json:"slot"`
	Values []ConflictValue `json:"values"`
}

// ConflictValue is one of the values of a slot with the articles that give it.
type ConflictValue struct {
	Value   string   `json:"value"`
	Sources []string `json:"sources"`
}

// Revision is one entry of an event's history.
type Revision struct {
	Revision int       `json:"revision"`
	When     time.Time `json:"when"`
	Change   Change    `json:"change"`
	// What are the slots that changed.
	What []string `json:"what,omitempty"`
	// Cause is the URL of the article or the name of the analyst.
	Cause string `json:"cause,omitempty"`
	// Note is why the analyst did so.
	Note string `json:"note,omitempty"`
}
