package ingest

import (
	"cmp"
	"context"
	"fmt"

	"sukien/store/resolve"
)

// settle parts the records into meetings, gives each the event it continues,
// and writes what changed. Meetings that are as they were are left alone: hit are
// the events that lose a record, or get one.
func (in *run) settle(ctx context.Context, all []Row, affected, hit map[string]bool) error {
	was, told := map[string]string{}, make([]*resolve.Told, len(all))
	rows, parts := map[string]Row{}, map[string]bool{}
	for i, r := range all {
		told[i], was[r.ID], rows[r.ID] = r.Told, cmp.Or(in.back[r.ID], r.Event), r
		parts[r.Part] = true
	}
	fixed := assign(in.rulings, all)
	groups, table := resolve.GroupFixed(told, fixed, in.seen.tablesOf(sorted(parts)))
	clear(parts)
	for _, g := range groups {
		parts[g.Part] = true
	}
	in.seen.putTable(sorted(parts), table)
	moved, err := in.rest(ctx, groups, rows, hit, affected)
	if err != nil {
		return err
	}
	if err := in.load(ctx, sorted(affected)); err != nil {
		return err
	}
	ids, err := in.identify(ctx, moved, was, fixed)
	if err != nil {
		return err
	}
	for i, g := range moved {
		if err := in.place(ctx, g, rows, ids[i]); err != nil {
			return err
		}
		if err := in.write(ctx, ids[i], resolve.Fuse(g.Records)); err != nil {
			return err
		}
	}
	if err := in.ghosts(ctx, ids, affected); err != nil {
		return err
	}
	return in.gone(ctx, moved, ids, was)
}

// rest gives the meetings that are not what they were, and takes the events of
// the others out of those affected.
func (in *run) rest(ctx context.Context, groups []resolve.Meeting, rows map[string]Row, hit, affected map[string]bool) ([]resolve.Meeting, error) {
	size := map[string]int{} // event → its records
	for _, r := range rows {
		size[r.Event]++
	}
	var moved []resolve.Meeting
	for _, g := range groups {
		event := rows[g.Records[0].Record.ID].Event
		still := event != "" && !hit[event] && size[event] == len(g.Records)
		for _, t := range g.Records {
			still = still && rows[t.Record.ID].Event == event
		}
		if !still {
			moved = append(moved, g)
			continue
		}
		delete(affected, event)
		if err := in.place(ctx, g, rows, event); err != nil {
			return nil, err
		}
	}
	return moved, nil
}

// place writes the records of a meeting under its event.
func (in *run) place(ctx context.Context, g resolve.Meeting, rows map[string]Row, event string) error {
	for _, t := range g.Records {
		if err := in.keep(ctx, rows[t.Record.ID], event, g.Part); err != nil {
			return err
		}
	}
	return nil
}

// load reads affected events as they were.
func (in *run) load(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	list, err := in.tx.Events(ctx, ids)
	if err != nil {
		return err
	}
	for _, e := range list {
		in.take(e)
	}
	if len(list) < len(ids) {
		return fmt.Errorf("%d of the events %v are missing", len(ids)-len(list), ids)
	}
	return nil
}

// take notes an event as it was. Officials stored before they had ids are given
// theirs, which is no change of the event.
func (in *run) take(e Event) {
	e.Officials = in.seen.People.Identify(e.Officials, e.Start)
	in.before[e.ID], in.sent[e.ID], in.over[e.ID] = e.Event, e.Sent, e.Over
}

// keep writes a record under its event.
func (in *run) keep(ctx context.Context, r Row, event, part string) error {
	stored := r.Data == nil
	if stored && r.Event == event && r.Part == part {
		return nil
	}
	r.Event, r.Part = event, part
	if stored {
		return in.tx.Move(ctx, r.Place)
	}
	if err := in.tx.Insert(ctx, r); err != nil {
		return err
	}
	r.Settle()
	in.seen.put(Place{ID: r.ID}, r.Told)
	return nil
}
