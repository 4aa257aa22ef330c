package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/store/pin"
	"sukien/store/resolve"
)

// Rejected marks an event of which an analyst said that it is none.
const Rejected = "rejected"

// decided is what an analyst's decision adds to a run.
type decided struct {
	by, note string
	// events are those that get a revision in any case.
	events map[string]bool
	// into are the events that others are merged into.
	into map[string]string
	// base collects what the records say, by event.
	base map[string]news.Slots
}

// Correct is Correct of store.Corrections inside a transaction that no ingest
// runs beside: see Claim.
func Correct(ctx context.Context, tx Tx, c store.Correction, now time.Time, seen *Memory) (store.Corrected, error) {
	d := Decision{Decision: store.Decision{Correction: c, At: now.UTC().Truncate(time.Millisecond)}}
	if err := d.complete(); err != nil {
		return store.Corrected{}, err
	}
	in := newRun(tx, news.Extraction{Origin: news.Analyst}, now, seen)
	in.decided = &decided{by: d.By, note: d.Note, events: map[string]bool{}, into: map[string]string{}, base: map[string]news.Slots{}}
	if err := tx.Claim(ctx, nil); err != nil {
		return store.Corrected{}, err
	}
	done, err := in.correct(ctx, &d)
	if err != nil {
		return done, fmt.Errorf("%s of event %s: %w", d.Action, d.Event, err)
	}
	return done, nil
}

// The bounds of what an analyst writes.
const (
	maxBy    = 100
	maxNote  = 2000
	maxEdits = 200
)

// complete checks what can be checked without the store.
func (d *Decision) complete() error {
	d.By, d.Note = strings.TrimSpace(d.By), strings.TrimSpace(d.Note)
	switch {
	case d.Event == "":
		return fmt.Errorf("%w: a correction names its event", news.ErrInvalid)
	case d.By == "" || len(d.By) > maxBy:
		return fmt.Errorf("%w: a correction names who makes it, in at most %d bytes", news.ErrInvalid, maxBy)
	case len(d.Note) > maxNote:
		return fmt.Errorf("%w: a note has at most %d bytes", news.ErrInvalid, maxNote)
	case d.Action == store.Edit && (len(d.Edits) == 0 || len(d.Edits) > maxEdits):
		return fmt.Errorf("%w: an edit has 1 to %d slots", news.ErrInvalid, maxEdits)
	case d.Action == store.Merge && len(d.Others) == 0:
		return fmt.Errorf("%w: a merge names the events that %s takes over", news.ErrInvalid, d.Event)
	case d.Action == store.Split && len(d.Records)+len(d.Articles) == 0:
		return fmt.Errorf("%w: a split names the articles or records that tell of another event", news.ErrInvalid)
	case !slices.Contains([]store.Action{store.Confirm, store.Edit, store.Merge, store.Split, store.Reject, store.Undo}, d.Action):
		return fmt.Errorf("%w: action %q", news.ErrInvalid, d.Action)
	}
	for _, e := range d.Edits {
		edit, err := pin.Parse(e)
		if err != nil {
			return err
		}
		d.Pins = append(d.Pins, edit)
	}
	if d.ID == "" {
		data, err := json.Marshal(d.Decision)
		if err != nil {
			return err
		}
		d.ID = news.HashID("c", string(data))
	}
	return nil
}

func (in *run) correct(ctx context.Context, d *Decision) (store.Corrected, error) {
	if old, err := in.tx.Decision(ctx, d.ID); err != nil || old != nil {
		if err != nil {
			return store.Corrected{}, err
		}
		return store.Corrected{Event: old.Event, Revision: old.Made, Split: old.Decision.Split}, nil
	}
	list, err := in.history(ctx, append([]string{d.Event}, d.Others...))
	if err != nil {
		return store.Corrected{}, err
	}
	if err := in.decide(ctx, d, list); err != nil {
		return store.Corrected{}, err
	}
	rulings := rule(append(list, *d))
	if err := in.carryOut(ctx, d, rulings, list); err != nil {
		return store.Corrected{}, err
	}
	return store.Corrected{Event: d.Event, Revision: d.Made, Split: d.Decision.Split, Changes: in.done.Changes}, nil
}

// carryOut settles all events that the decisions are about, and writes the
// decision with what now holds.
func (in *run) carryOut(ctx context.Context, d *Decision, rulings map[string]*Ruling, list []Decision) error {
	touched := map[string]bool{}
	for _, o := range append(list, *d) {
		for _, id := range o.Events() {
			touched[id] = true
		}
	}
	in.rulings, in.unruled = rulings, map[string]bool{}
	for id := range touched {
		in.unruled[id] = rulings[id] == nil
	}
	in.decided.events[d.Event] = true
	for _, id := range d.Others {
		in.decided.into[id] = d.Event
	}
	if d.undoes != nil {
		in.back = d.undoes.Was
		for _, id := range d.undoes.Events() {
			in.decided.events[id] = true
		}
	}
	if err := in.resettle(ctx, sorted(touched)); err != nil {
		return err
	}
	e := in.after[d.Event]
	if e == nil {
		e = in.before[d.Event]
	}
	if e == nil {
		return fmt.Errorf("event %s: %w", d.Event, news.ErrNotFound)
	}
	d.Made = e.Revision
	if err := in.checkPins(d, e); err != nil {
		return err
	}
	return in.writeDecision(ctx, d, rulings, sorted(touched))
}

// checkPins refuses an edit after which the event's slots do not fit each other.
func (in *run) checkPins(d *Decision, e *news.Event) error {
	if d.Action != store.Edit || !slices.ContainsFunc(d.Pins, func(p pin.Edit) bool { return p.Slot == "start" || p.Slot == "end" }) {
		return nil
	}
	return pin.Check(e.Slots)
}

// resettle resolves anew the parts of events, whose rulings are at hand.
func (in *run) resettle(ctx context.Context, events []string) error {
	places, err := in.tx.Find(ctx, Pick{Events: events})
	if err != nil {
		return err
	}
	rows, affected, err := in.members(ctx, places)
	if err != nil {
		return err
	}
	stored, err := in.tx.Events(ctx, events)
	if err != nil {
		return err
	}
	hit := map[string]bool{}
	for _, e := range stored {
		affected[e.ID], hit[e.ID] = true, true
	}
	if err := in.loadRulings(ctx, sorted(affected), nil); err != nil {
		return err
	}
	return in.settle(ctx, rows, affected, hit)
}

func (in *run) writeDecision(ctx context.Context, d *Decision, rulings map[string]*Ruling, events []string) error {
	if d.undoes != nil {
		if err := in.tx.TakeBack(ctx, d.undoes.ID); err != nil {
			return err
		}
	}
	if err := in.tx.Decide(ctx, *d); err != nil {
		return err
	}
	for _, id := range events {
		r := rulings[id]
		if r == nil || len(r.Anchors) == 0 && r.Pins.Empty() && !r.Rejected {
			if err := in.tx.Unrule(ctx, id); err != nil {
				return err
			}
			continue
		}
		if base, ok := in.decided.base[id]; ok {
			r.Base = base
		}
		if err := in.tx.Rule(ctx, *r); err != nil {
			return err
		}
	}
	return nil
}

// ghosts are the events that an analyst ruled on whose records are all gone:
// they stay as they were last known.
func (in *run) ghosts(ctx context.Context, ids []string, affected map[string]bool) error {
	for _, id := range sorted(affected) {
		r := in.rulings[id]
		if r == nil || r.Rejected || slices.Contains(ids, id) || in.before[id] == nil {
			continue
		}
		f := resolve.Fusion{Slots: r.Base}
		if f.Slots.Name == "" {
			f.Slots = in.before[id].Slots
		}
		if err := in.write(ctx, id, f); err != nil {
			return err
		}
	}
	return nil
}

// pin puts what an analyst fixed over what the records say.
func (in *run) pin(e *news.Event) error {
	if in.decided != nil {
		in.decided.base[e.ID] = e.Slots
	}
	r := in.rulings[e.ID]
	if r == nil {
		e.Pinned = nil
		return nil
	}
	if err := r.Pins.Apply(&e.Slots); err != nil {
		return fmt.Errorf("pinned slots of event %s: %w", e.ID, err)
	}
	if e.Pinned = r.Pins.Slots(); len(e.Pinned) == 0 {
		e.Pinned = nil
	}
	if _, ok := r.Pins.Set["start"]; ok {
		e.YearEstimate = 0
	}
	return nil
}

// forced tells whether an event gets a revision though no slot of it changes.
func (in *run) forced(id string) bool { return in.decided != nil && in.decided.events[id] }

// changeOf names a change; a decision that changes no slot corrects nothing.
func (in *run) changeOf(before, e *news.Event, what []string, back bool) news.Change {
	if in.decided != nil && !back && len(store.Changed(before.Slots, e.Slots)) == 0 {
		return news.Updated
	}
	return store.ChangeOf(before, e, what, in.x.Origin)
}

// reject keeps an event that is none, with its records, out of sight: what is
// like them goes there too, unheard.
func (in *run) reject(ctx context.Context, e *news.Event, over string) error {
	in.over[e.ID] = Rejected
	if over == Rejected {
		return in.save(ctx, e)
	}
	in.revise(e)
	in.done.Events++
	in.remember(e, news.Retracted, nil)
	if in.sent[e.ID] {
		if err := in.announce(ctx, in.before[e.ID], e, news.Retracted); err != nil {
			return err
		}
	}
	return in.save(ctx, e)
}
