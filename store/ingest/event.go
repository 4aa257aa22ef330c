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

// write brings an event to what its records, and analysts, say now. A revision
// and a message come only of changed slots and of decisions; a further source
// alone is noted quietly.
func (in *run) write(ctx context.Context, id string, f resolve.Fusion) error {
	before, known := in.before[id], in.before[id] != nil
	e := &news.Event{ID: id, FirstSeen: in.now, Origin: in.x.Origin}
	if known {
		*e = *before
	}
	e.Slots, e.Records, e.Conflicts, e.IndependentSources = f.Slots, f.Records, f.Conflicts, f.Independent
	e.MergedInto, e.YearEstimate = "", f.YearEstimate
	if err := in.pin(e); err != nil {
		return err
	}
	if !slices.Contains(e.Pinned, "officials") {
		e.Officials = in.seen.People.Holders(&e.Slots)
	}
	e.Officials = in.seen.People.Identify(e.Officials, e.Start)
	over := in.over[id]
	delete(in.over, id)
	if r := in.rulings[id]; r != nil && r.Rejected {
		return in.reject(ctx, e, over)
	}
	what := []string{}
	if known {
		what = store.Changed(before.Slots, e.Slots)
		if !slices.Equal(before.Pinned, e.Pinned) {
			what = append(what, "pinned")
		}
		if len(what) == 0 && over == "" && !in.forced(id) {
			return in.save(ctx, e)
		}
	}
	in.revise(e)
	in.done.Events++
	change := news.New
	if in.sent[id] {
		change = in.changeOf(before, e, what, over != "")
	}
	in.remember(e, change, what)
	if err := in.announce(ctx, before, e, change); err != nil {
		return err
	}
	return in.save(ctx, e)
}

// revise begins a revision. One that an analyst made has that origin until an
// article makes the next.
func (in *run) revise(e *news.Event) {
	e.Revision, e.Updated = e.Revision+1, in.now
	if in.decided != nil || e.Origin == news.Analyst {
		e.Origin = cmp.Or(in.x.Origin, e.Origin)
	}
}

func (in *run) remember(e *news.Event, c news.Change, what []string) {
	cause, note := "", ""
	if in.decided != nil {
		cause, note = in.decided.by, in.decided.note
	} else {
		cause = cmp.Or(in.art.Canonical, in.art.URL, in.art.ID)
	}
	store.Remember(e, c, what, cause)
	e.History[len(e.History)-1].Note = note
}

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
	if in.decided != nil {
		maps.Copy(into, in.decided.into)
	}
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
		if kept[id] || in.over[id] != "" || in.rulings[id] != nil {
			continue
		}
		e := *before
		change := news.Retracted
		in.over[id] = Retracted
		if into[id] != "" {
			change, e.MergedInto, in.over[id] = news.Merged, into[id], into[id]
		}
		in.revise(&e)
		e.Records = nil
		in.remember(&e, change, nil)
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
	in.after[e.ID] = e
	if before != nil && reflect.DeepEqual(before, e) {
		return nil
	}
	return in.tx.Save(ctx, Event{Event: e, Sent: in.sent[e.ID], Over: in.over[e.ID], Before: before})
}
