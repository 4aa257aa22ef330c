package ingest

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"sukien/news"
	"sukien/store/resolve"
)

// identify gives each group an event id. An event goes on in the group that has
// most of its records (of equals the first by record id); of several events that
// go on in one group the elder stays, and what goes on nowhere is merged or
// retracted. A group that continues none gets a new id, made of its first
// record's. Where an analyst put a group's records into an event it goes on there.
func (in *run) identify(ctx context.Context, groups []resolve.Meeting, was, fixed map[string]string) ([]string, error) {
	ids, placed := fixedTo(groups, fixed)
	heirs := map[string]int{} // event → group
	for event, counts := range shares(groups, was) {
		if in.before[event] != nil && !placed[event] {
			heirs[event] = slices.Index(counts, slices.Max(counts))
		}
	}
	for event, i := range heirs {
		if placed[ids[i]] {
			continue
		}
		if ids[i] == "" || in.elder(event, ids[i]) < 0 {
			ids[i] = event
		}
	}
	for i, g := range groups {
		if ids[i] != "" {
			continue
		}
		id, err := in.unused(ctx, g.Records[0].Record.ID, ids)
		if err != nil {
			return nil, err
		}
		ids[i] = id
	}
	return ids, nil
}

// fixedTo are the events that an analyst put groups into, by group and as a set.
func fixedTo(groups []resolve.Meeting, fixed map[string]string) ([]string, map[string]bool) {
	ids, placed := make([]string, len(groups)), map[string]bool{}
	for i, g := range groups {
		for _, t := range g.Records {
			ids[i] = cmp.Or(ids[i], fixed[t.Record.ID])
		}
		placed[ids[i]] = ids[i] != ""
	}
	return ids, placed
}

// shares counts, for each event, how many of its records each group has.
func shares(groups []resolve.Meeting, was map[string]string) map[string][]int {
	out := map[string][]int{}
	for i, g := range groups {
		for _, t := range g.Records {
			event := was[t.Record.ID]
			if event == "" {
				continue
			}
			if out[event] == nil {
				out[event] = make([]int, len(groups))
			}
			out[event][i]++
		}
	}
	return out
}

// unused is an event id that no event in force has, the same for the same past.
// An event that had ended is taken up under it: it goes on where it stopped and
// is not new a second time.
func (in *run) unused(ctx context.Context, record string, taken []string) (string, error) {
	for n := 0; ; n++ {
		id := news.HashID("e", record, strconv.Itoa(n))
		if slices.Contains(taken, id) {
			continue
		}
		list, err := in.tx.Events(ctx, []string{id})
		switch {
		case err != nil:
			return "", err
		case len(list) == 0:
			return id, nil
		case list[0].Over != "" && list[0].Over != Rejected:
			in.take(list[0])
			return id, nil
		}
	}
}

// elder orders events by which keeps its id: sent before unsent, then first
// seen, then the lower id.
func (in *run) elder(a, b string) int {
	switch {
	case in.sent[a] && !in.sent[b]:
		return -1
	case in.sent[b] && !in.sent[a]:
		return 1
	}
	return cmp.Or(in.before[a].FirstSeen.Compare(in.before[b].FirstSeen), strings.Compare(a, b))
}
