package sqlite

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"sukien/news"
	"sukien/news/viet"
	"sukien/store"
	"sukien/store/resolve"
)

// write brings an event to what its records say now. A revision and a message
// come only of changed slots; a further source alone is noted quietly.
func (in *ingest) write(id string, f resolve.Fusion) error {
	before, known := in.before[id], in.before[id] != nil
	e := &news.Event{ID: id, FirstSeen: in.now, Origin: in.x.Origin}
	if known {
		*e = *before
	}
	e.Slots, e.Records, e.Conflicts, e.IndependentSources = f.Slots, f.Records, f.Conflicts, f.Independent
	e.MergedInto = ""
	over := in.over[id]
	delete(in.over, id)
	what := []string{}
	if known {
		if what = store.Changed(before.Slots, e.Slots); len(what) == 0 && over == "" {
			return in.save(e)
		}
	}
	e.Revision, e.Updated = e.Revision+1, in.now
	in.done.Events++
	change := news.New
	if in.sent[id] {
		change = store.ChangeOf(before, e, what, in.x.Origin)
	}
	store.Remember(e, change, what, in.cause())
	if err := in.announce(before, e, change); err != nil {
		return err
	}
	return in.save(e)
}

func (in *ingest) cause() string { return cmp.Or(in.art.Canonical, in.art.URL, in.art.ID) }

// announce writes the messages of a revision. An event that was never sent is
// sent once it is some article's main event, and then as new.
func (in *ingest) announce(before, e *news.Event, c news.Change) error {
	if !in.sent[e.ID] && e.Salience != news.Main {
		return nil
	}
	m, err := store.EventMessage(e, c)
	if err != nil {
		return err
	}
	if err := put(in.ctx, in.tx, m); err != nil {
		return err
	}
	if in.sent[e.ID] {
		left, ok, err := store.LeftMessage(before, e, c)
		if err != nil {
			return err
		}
		if ok {
			if err := put(in.ctx, in.tx, left); err != nil {
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
func (in *ingest) gone(groups []resolve.Meeting, ids []string, was map[string]string) error {
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
		in.over[id] = retracted
		if into[id] != "" {
			change, e.MergedInto, in.over[id] = news.Merged, into[id], into[id]
		}
		e.Revision, e.Updated, e.Records = e.Revision+1, in.now, nil
		store.Remember(&e, change, nil, in.cause())
		if in.sent[id] {
			if err := in.announce(before, &e, change); err != nil {
				return err
			}
		}
		if err := in.save(&e); err != nil {
			return err
		}
	}
	return nil
}

// retracted marks an event that no article tells of any more.
const retracted = "retracted"

// save writes an event's row, revision, facets and words.
func (in *ingest) save(e *news.Event) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	until := e.End
	if until == "" {
		until = e.Start
	}
	var seq int64
	if err := in.tx.QueryRowContext(in.ctx, `INSERT INTO event (id, revision, sent, salience, merged, kind, level, series, status, start, until, json) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, sent = excluded.sent, salience = excluded.salience, merged = excluded.merged, kind = excluded.kind,
		level = excluded.level, series = excluded.series, status = excluded.status, start = excluded.start, until = excluded.until, json = excluded.json RETURNING seq`,
		e.ID, e.Revision, in.sent[e.ID], e.Salience, in.over[e.ID], e.Kind, e.Level, e.Series, e.Status, e.Start, until, string(data)).Scan(&seq); err != nil {
		return err
	}
	if _, err := in.tx.ExecContext(in.ctx, `INSERT INTO revision (event, revision, json) VALUES (?,?,?) ON CONFLICT DO NOTHING`, e.ID, e.Revision, lastRevision(e)); err != nil {
		return err
	}
	if err := in.facets(e); err != nil {
		return err
	}
	return index(in.ctx, in.tx, "event_text", seq, eventWords(e))
}

// lastRevision is the history entry of the event's revision as JSON.
func lastRevision(e *news.Event) string {
	if len(e.History) == 0 {
		return "{}"
	}
	data, err := json.Marshal(e.History[len(e.History)-1])
	if err != nil {
		return "{}"
	}
	return string(data)
}

// facets are what an event is found by.
func (in *ingest) facets(e *news.Event) error {
	if _, err := in.tx.ExecContext(in.ctx, `DELETE FROM event_facet WHERE event = ?`, e.ID); err != nil {
		return err
	}
	add := func(facet, value string) error {
		if value == "" {
			return nil
		}
		_, err := in.tx.ExecContext(in.ctx, `INSERT INTO event_facet (event, facet, value) VALUES (?,?,?) ON CONFLICT DO NOTHING`, e.ID, facet, value)
		return err
	}
	var errs []error
	for _, p := range e.Places {
		errs = append(errs, add("place", viet.Fold(p.Name)), add("place", viet.Fold(p.AsWritten)), add("country", p.Country))
	}
	for _, o := range e.Officials {
		errs = append(errs, add("official", viet.Fold(o.Name)))
	}
	for _, r := range e.Records {
		errs = append(errs, add("source", r.Source))
	}
	return cmp.Or(errs...)
}

func eventWords(e *news.Event) string {
	parts := []string{e.Name, e.Abbreviation, e.Theme}
	for _, p := range e.Places {
		parts = append(parts, p.Name, p.AsWritten)
	}
	for _, o := range e.Organizers {
		parts = append(parts, o.Name)
	}
	for _, o := range e.Officials {
		parts = append(parts, o.Name, o.Title, o.Org)
	}
	return strings.Join(parts, "\n")
}
