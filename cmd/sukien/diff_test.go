package main

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sukien/news"
)

// named is a record whose name was read at a place of the text.
func named(name string, from int, more news.Slots) news.Record {
	more.Name = name
	more.Evidence = []news.Evidence{{Slot: "name", In: "text", From: from, To: from + len(name)}}
	return news.Record{Slots: more}
}

func TestDiffRecords(t *testing.T) {
	forum := news.Slots{Kind: news.Forum, Start: "2031-05-21"}
	tests := []struct {
		name          string
		before, after []news.Record
		want          string
	}{
		{"the same", []news.Record{named("Diễn đàn Sông", 3, forum)}, []news.Record{named("Diễn đàn Sông", 3, forum)}, `{"article":""}`},
		{"confidence is no slot", []news.Record{{Slots: news.Slots{Name: "Họp", Confidence: 0.5}}}, []news.Record{{Slots: news.Slots{Name: "Họp", Confidence: 0.9}}}, `{"article":""}`},
		{"a slot", []news.Record{named("Diễn đàn Sông", 3, forum)}, []news.Record{named("Diễn đàn Sông", 3, news.Slots{Kind: news.Forum, Status: news.Held})},
			`{"article":"","changed":[{"name":"Diễn đàn Sông","slots":[{"slot":"start","before":"2031-05-21"},{"slot":"status","after":"held"}]}]}`},
		{"a longer name", []news.Record{named("Diễn đàn Sông", 3, forum)}, []news.Record{named("Diễn đàn Sông lần thứ 4", 3, forum)},
			`{"article":"","changed":[{"name":"Diễn đàn Sông lần thứ 4","slots":[{"slot":"name","before":"Diễn đàn Sông","after":"Diễn đàn Sông lần thứ 4"}]}]}`},
		{"one for another", []news.Record{{Slots: news.Slots{Name: "Họp"}}}, []news.Record{{Slots: news.Slots{Name: "Lễ"}}},
			`{"article":"","added":[{"name":"Lễ"}],"removed":[{"name":"Họp"}]}`},
		{"of two of a name one goes", []news.Record{{Slots: news.Slots{Name: "Họp"}}, {Slots: news.Slots{Name: "Họp"}}}, []news.Record{{Slots: news.Slots{Name: "Họp"}}},
			`{"article":"","removed":[{"name":"Họp"}]}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			diff, err := diffRecords(tt.before, tt.after)
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(diff)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, string(got)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSideCell(t *testing.T) {
	person := func(name, role string) map[string]any {
		return map[string]any{"name": name, "role": role, "title": "Thứ trưởng"}
	}
	tests := []struct {
		name     string
		v, other any
		want     string
	}{
		{"nothing", nil, "x", ""},
		{"words", "2031-05-21", "2031-05-22", "2031-05-21"},
		{"a number", 4.0, nil, "4"},
		{"one thing", map[string]any{"name": "Đại hội", "ordinal": 4.0}, nil, "Đại hội, 4"},
		{"a list of which the other has nothing", []any{person("Lê Thị Sông", "chair")}, nil, "Lê Thị Sông, Thứ trưởng, chair"},
		{"another role", []any{person("Lê Thị Sông", "chair"), person("Trần Văn Suối", "guest")}, []any{person("Lê Thị Sông", "host"), person("Trần Văn Suối", "guest")}, "Lê Thị Sông, role chair"},
		{"one more", []any{person("Lê Thị Sông", "chair"), person("Trần Văn Suối", "guest")}, []any{person("Lê Thị Sông", "chair")}, "Trần Văn Suối, Thứ trưởng, guest"},
		{"words in lists", []any{"a", "b"}, []any{"b"}, "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := sideCell(tt.v, tt.other); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
