package ingest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sukien/news"
	"sukien/store"
	"sukien/store/pin"
)

// history are the decisions on events and on all that these decisions were
// about, oldest first.
func (in *run) history(ctx context.Context, events []string) ([]Decision, error) {
	known := map[string]bool{}
	for {
		for _, id := range events {
			known[id] = true
		}
		list, err := in.tx.Decisions(ctx, sorted(known))
		if err != nil {
			return nil, err
		}
		events = nil
		for i := range list {
			for _, id := range list[i].Events() {
				if !known[id] {
					events = append(events, id)
				}
			}
		}
		if len(events) == 0 {
			return list, nil
		}
	}
}

// decide completes a decision by the records that it is about; an Undo marks the
// one that it takes back in list.
func (in *run) decide(ctx context.Context, d *Decision, list []Decision) error {
	if d.Action == store.Undo {
		return in.undo(d, list)
	}
	if slices.Contains(d.Others, d.Event) {
		return fmt.Errorf("%w: an event cannot be merged with itself", news.ErrInvalid)
	}
	if err := in.inForce(ctx, append([]string{d.Event}, d.Others...)); err != nil {
		return err
	}
	places, err := in.tx.Find(ctx, Pick{Events: append([]string{d.Event}, d.Others...)})
	if err != nil {
		return err
	}
	told, err := in.told(ctx, places)
	if err != nil {
		return err
	}
	rows := make([]Row, len(places))
	for i, p := range places {
		rows[i] = Row{Place: p, Told: told[i]}
	}
	slices.SortFunc(rows, func(a, b Row) int { return strings.Compare(a.ID, b.ID) })
	d.Sets, d.Was = map[string][]Anchor{d.Event: {}}, map[string]string{}
	for _, r := range rows {
		d.Sets[d.Event] = append(d.Sets[d.Event], anchorOf(r))
		d.Was[r.ID] = r.Event
	}
	switch d.Action {
	case store.Confirm:
		d.Pins, err = pin.Confirm(in.before[d.Event].Slots)
	case store.Split:
		err = in.split(ctx, d, rows)
	}
	return err
}

// inForce reads events, which must be there and neither merged away nor retracted.
func (in *run) inForce(ctx context.Context, ids []string) error {
	slices.Sort(ids)
	list, err := in.tx.Events(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	for _, e := range list {
		in.take(e)
		switch e.Over {
		case "":
		case Rejected, Retracted:
			return fmt.Errorf("%w: event %s is %s: nothing but undo can be done to it", news.ErrInvalid, e.ID, e.Over)
		default:
			return fmt.Errorf("%w: event %s was merged into %s: correct that one", news.ErrInvalid, e.ID, e.Over)
		}
	}
	for _, id := range ids {
		if in.before[id] == nil {
			return fmt.Errorf("event %s: %w: sukien events lists them", id, news.ErrNotFound)
		}
	}
	return nil
}

// split puts the chosen records into a set of their own, under an id that is free.
func (in *run) split(ctx context.Context, d *Decision, rows []Row) error {
	chosen, found := map[string]bool{}, map[string]bool{}
	for _, r := range rows {
		for _, name := range []string{r.ID, r.ArticleID, r.URL} {
			if slices.Contains(d.Records, name) && name == r.ID || slices.Contains(d.Articles, name) && name != r.ID {
				chosen[r.ID], found[name] = true, true
			}
		}
	}
	for _, name := range append(slices.Clone(d.Records), d.Articles...) {
		if !found[name] {
			return fmt.Errorf("%s: %w among the records and articles of event %s: sukien events show lists them", name, news.ErrNotFound, d.Event)
		}
	}
	if len(chosen) == len(rows) {
		return fmt.Errorf("%w: these are all records of the event: leave it at least one", news.ErrInvalid)
	}
	first := slices.Min(slices.Collect(maps.Keys(chosen)))
	id, err := in.unused(ctx, first, nil)
	if err != nil {
		return err
	}
	d.Decision.Split = id
	var rest []Anchor
	for _, a := range d.Sets[d.Event] {
		if chosen[a.Record] {
			d.Sets[id] = append(d.Sets[id], a)
		} else {
			rest = append(rest, a)
		}
	}
	d.Sets[d.Event] = rest
	return nil
}

// undo finds the decision to take back and marks it.
func (in *run) undo(d *Decision, list []Decision) error {
	var made []string
	for i := len(list) - 1; i >= 0; i-- {
		o := &list[i]
		if o.Undone || o.Action == store.Undo || !slices.Contains(o.Events(), d.Event) {
			continue
		}
		if d.Revision != 0 && (o.Event != d.Event || o.Made != d.Revision) {
			if o.Event == d.Event {
				made = append(made, fmt.Sprintf("%d (%s)", o.Made, o.Action))
			}
			continue
		}
		o.Undone, d.undoes, d.Was, d.Records = true, o, o.Was, []string{o.ID}
		return nil
	}
	if len(made) == 0 {
		return fmt.Errorf("%w: no correction of event %s that could be undone", news.ErrNotFound, d.Event)
	}
	slices.Reverse(made)
	return fmt.Errorf("%w: no correction made revision %d: those that did are %s", news.ErrNotFound, d.Revision, strings.Join(made, ", "))
}
