package store

import (
	"reflect"
	"slices"
	"strings"

	"sukien/news"
)

// Changed lists the slots that differ between two states of an event, by their
// JSON names, without what is no slot of the meeting (confidence, evidence).
func Changed(before, after news.Slots) []string {
	var out []string
	x, y := reflect.ValueOf(before), reflect.ValueOf(after)
	for i := range x.NumField() {
		name, _, _ := strings.Cut(x.Type().Field(i).Tag.Get("json"), ",")
		if name == "confidence" || name == "evidence" {
			continue
		}
		if !reflect.DeepEqual(x.Field(i).Interface(), y.Field(i).Interface()) {
			out = append(out, name)
		}
	}
	return out
}

// ChangeOf names what a revision does to an event that was sent before.
func ChangeOf(before, after *news.Event, what []string, o news.Origin) news.Change {
	switch {
	case slices.Contains(what, "status") && after.Status == news.Cancelled && before.Status != news.Cancelled:
		return news.Cancel
	case o == news.Reextract || o == news.Analyst:
		return news.Corrected
	}
	return news.Updated
}

// Remember appends a revision to an event's history and keeps the last
// news.MaxHistory.
func Remember(e *news.Event, c news.Change, what []string, cause string) {
	e.History = append(slices.Clone(e.History), news.Revision{Revision: e.Revision, When: e.Updated, Change: c, What: what, Cause: cause})
	if n := len(e.History) - news.MaxHistory; n > 0 {
		e.History = e.History[n:]
	}
}
