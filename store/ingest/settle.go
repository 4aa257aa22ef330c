package ingest

import (
	"context"
	"fmt"

	"sukien/store/resolve"
)

// settle parts the records into meetings, gives each the event it continues,
// and writes what changed.
func (in *run) settle(ctx context.Context, all []Row, affected map[string]bool) error {
	was, told := map[string]string{}, make([]*resolve.Told, len(all))
	rows := map[string]Row{}
	for i, r := range all {
		told[i], was[r.ID], rows[r.ID] = r.Told, r.Event, r
	}
	if err := in.load(ctx, sorted(affected)); err != nil {
		return err
	}
	groups := resolve.Group(told)
	ids, err := in.identify(ctx, groups, was)
	if err != nil {
		return err
	}
	for i, g := range groups {
		for _, t := range g.Records {
			if err := in.keep(ctx, rows[t.Record.ID], ids[i], g.Part); err != nil {
				return err
			}
		}
		if err := in.write(ctx, ids[i], resolve.Fuse(g.Records)); err != nil {
			return err
		}
	}
	return in.gone(ctx, groups, ids, was)
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

func (in *run) take(e Event) {
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
	in.seen.put(Place{ID: r.ID}, r.Told)
	return nil
}
