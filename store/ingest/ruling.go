package ingest

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"sukien/news"
	"sukien/store"
	"sukien/store/pin"
)

// Ruling is what analysts' decisions that hold say of one event. It follows from
// the decisions alone, not from what came between them.
type Ruling struct {
	Event string `json:"event"`
	// Anchors are the records that are of the event, and of no other.
	Anchors []Anchor `json:"anchors"`
	Pins    pin.Pins `json:"pins"`
	// Rejected says that its records tell of no meeting.
	Rejected bool `json:"rejected,omitempty"`
	// Base is what the records said at the last decision: what is left of the
	// event once all of them are gone.
	Base news.Slots `json:"base"`
}

// Articles are the articles of the anchors, sorted, each once.
func (r *Ruling) Articles() []string {
	set := map[string]bool{}
	for _, a := range r.Anchors {
		set[a.Article] = true
	}
	return sorted(set)
}

// Decision is a decision with the records that it was about, as they were.
type Decision struct {
	store.Decision
	// Sets are the records of each event that it leaves in force.
	Sets map[string][]Anchor `json:"sets,omitempty"`
	// Was are the events that the records were of before.
	Was map[string]string `json:"was,omitempty"`
	// Pins are the edits made by Edit and Confirm.
	Pins []pin.Edit `json:"pins,omitempty"`

	undoes *Decision // what Undo takes back
}

// Events are all events that it is about, sorted.
func (d *Decision) Events() []string {
	set := map[string]bool{d.Event: true}
	for _, id := range d.Others {
		set[id] = true
	}
	if d.Decision.Split != "" {
		set[d.Decision.Split] = true
	}
	for _, id := range d.Was {
		if id != "" {
			set[id] = true
		}
	}
	return sorted(set)
}

// rule works out what decisions, oldest first, say of each event.
func rule(list []Decision) map[string]*Ruling {
	rulings := map[string]*Ruling{}
	for _, d := range list {
		if d.Undone || d.Action == store.Undo {
			continue
		}
		for _, event := range slices.Sorted(maps.Keys(d.Sets)) {
			for _, a := range d.Sets[event] {
				for _, r := range rulings {
					r.Anchors = slices.DeleteFunc(r.Anchors, a.supersedes)
				}
			}
		}
		for event, set := range d.Sets {
			r := rulings[event]
			if r == nil {
				r = &Ruling{Event: event}
				rulings[event] = r
			}
			r.Anchors = append(r.Anchors, set...)
		}
		r := rulings[d.Event]
		switch d.Action {
		case store.Confirm, store.Edit:
			r.Pins = r.Pins.With(d.Pins)
		case store.Reject:
			r.Rejected = true
		case store.Merge:
			for _, id := range d.Others {
				delete(rulings, id)
			}
		}
	}
	for _, r := range rulings {
		slices.SortFunc(r.Anchors, func(a, b Anchor) int {
			return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.Record, b.Record))
		})
	}
	return rulings
}

// loadRulings adds the rulings of events, and those with anchors in an article,
// to those at hand.
func (in *run) loadRulings(ctx context.Context, events, articles []string) error {
	if len(events)+len(articles) == 0 {
		return nil
	}
	list, err := in.tx.Rulings(ctx, events, articles)
	if err != nil {
		return err
	}
	for _, r := range list {
		if _, have := in.rulings[r.Event]; !have && !in.unruled[r.Event] {
			in.rulings[r.Event] = &r
		}
	}
	return nil
}

// ruledBy loads the rulings with anchors in an article and gives the places of
// their events' records.
func (in *run) ruledBy(ctx context.Context, article string) ([]Place, error) {
	if err := in.loadRulings(ctx, nil, []string{article}); err != nil || len(in.rulings) == 0 {
		return nil, err
	}
	return in.tx.Find(ctx, Pick{Events: slices.Sorted(maps.Keys(in.rulings))})
}
