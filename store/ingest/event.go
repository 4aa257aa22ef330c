package ingest

import (
	"cmp"
	"context"
	"maps"
	"reflect"
	"slices"

	"sukien/news"
	"sukien/store"
	"sukien/store/resolve"
)

// write brings an event to what its records say now. A revision and a message
// come only of changed slots; a further source alone is noted quietly.
func (in *run) write(ctx context.Context, id string, f resolve.Fusion) error {
	before, known := in.before[id], in.before[id] != nil
	e := &news.Event{ID: id, FirstSeen: in.now, Origin: in.x.Origin}
	if known {
		*e = *before
	}
	e.Slots, e.Records, e.Conflicts, e.IndependentSources = f.Slots, f.Records, f.Conflicts, f.Independent
	e.MergedInto, e.YearEstimate = "", f.YearEstimate
	over := in.over[id]
	delete(in.over, id)
	what := []string{}
	if known {
		if what = store.Changed(before.Slots, e.Slots); len(what) == 0 && over == "" {
			return in.save(ctx, e)
		}
	}
	e.Revision, e.Updated = e.Revision+1, in.now
	in.done.Events++
	change := news.New
	if in.sent[id] {
		change = store.ChangeOf(before, e, what, in.x.Origin)
	}
	store.Remember(e, change, what, in.cause())
	if err := in.announce(ctx, before, e, change); err != nil {
		return err
	}
	return in.save(ctx, e)
}

func (in *run) cause() string { return cmp.Or(in.art.Canonical, in.art.URL, in.art.ID) }

// announce writes the messages of a revision. An event that was never sent is
// sent once it is some article's main event, and then as new.
func (in *run) announce(ctx context.Context, before, e *news.Event, c news.Change) error {
	if !in.sent[e.ID] && e.Salience != news.Main {
		return nil
	}
	m, err := store.EventMessage(e, c)
	if err != nil {
		return err
	}
	if err := in.tx.Send(ctx, m); err != nil {
		return err
	}
	if in.sent[e.ID] {
		left, ok, err := store.LeftMessage(before, e, c)
		if err != nil {
			return err
		}
		if ok {
			if err := in.tx.Send(ctx, left); err != nil {
				return err
			}
		}
	}
	in.sent[e.ID] = true
	in.done.Changes[c]++
	return nil
}

// gone settles the affected events that no group continues: what their records
// went into is what they are merged into; without records they are retracted.
func (in *run) gone(ctx context.Context, groups []resolve.Meeting, ids []string, was map[string]string) error {
	kept, into := map[string]bool{}, map[string]string{}
	for i, g := range groups {
		kept[ids[i]] = true
		for _, t := range g.Records {
			if old := was[t.Record.ID]; old != "" && into[old] == "" {
				into[old] = ids[i]
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(in.before)) {
		before := in.before[id]
		if kept[id] || in.over[id] != "" {
			continue
		}
		e := *before
		change := news.Retracted
		in.over[id] = Retracted
		if into[id] != "" {
			change, e.MergedInto, in.over[id] = news.Merged, into[id], into[id]
		}
		e.Revision, e.Updated, e.Records = e.Revision+1, in.now, nil
		store.Remember(&e, change, nil, in.cause())
		if in.sent[id] {
			if err := in.announce(ctx, before, &e, change); err != nil {
				return err
			}
		}
		if err := in.save(ctx, &e); err != nil {
			return err
		}
	}
	return nil
}

// save writes an event, unless it is as it was stored.
func (in *run) save(ctx context.Context, e *news.Event) error {
	before := in.before[e.ID]
	if before != nil && reflect.DeepEqual(before, e) {
		return nil
	}
	return in.tx.Save(ctx, Event{Event: e, Sent: in.sent[e.ID], Over: in.over[e.ID], Before: before})
}
