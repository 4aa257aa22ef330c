package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"

	"sukien/news"
	"sukien/news/viet"
)

// wanted is a meeting of an invented page: lists of equally good values. A
// value that may be left out is {"any": […], "optional": true} and not checked.
type wanted struct {
	Salience   string            `json:"salience"`
	Name       []string          `json:"name"`
	Kind       []string          `json:"kind"`
	Ordinal    []int             `json:"ordinal"`
	Start      []string          `json:"start"`
	End        []string          `json:"end"`
	Status     []string          `json:"status"`
	Mode       []string          `json:"mode"`
	Theme      []string          `json:"theme"`
	Places     []json.RawMessage `json:"places"`
	Organizers []json.RawMessage `json:"organizers"`
	Officials  []struct {
		Name  []string `json:"name"`
		Title []string `json:"title"`
	} `json:"officials"`
}

// TestInventedPages holds the noise of the pages that the project started from,
// in other meetings of other outlets: each gives its meeting, and nothing else
// of the page gives one.
func TestInventedPages(t *testing.T) {
	var out, errs bytes.Buffer
	status := run(t.Context(), []string{"extract", "--fetched", "2022-12-01T08:00:00+07:00", "testdata/invented"}, streams{nil, &out, &errs}, nil)
	if status != exitDone {
		t.Fatalf("status %d: %s", status, errs.String())
	}
	got := map[string][]news.Record{}
	for dec := json.NewDecoder(&out); dec.More(); {
		var d struct {
			Doc    string
			Events []news.Record
		}
		if err := dec.Decode(&d); err != nil {
			t.Fatal(err)
		}
		got[d.Doc] = d.Events
	}
	f, err := os.Open("testdata/invented/gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var d struct {
			Doc    string
			Events []wanted
		}
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		t.Run(d.Doc, func(t *testing.T) { compare(t, d.Events, got[d.Doc]) })
	}
}

// compare pairs the main meetings by name and checks their slots.
func compare(t *testing.T, want []wanted, got []news.Record) {
	extra := 0
	for _, r := range got {
		if r.Salience == news.Main {
			extra++
		}
	}
	for _, w := range want {
		i := slices.IndexFunc(got, func(r news.Record) bool { return r.Salience == news.Main && among(w.Name, r.Name) })
		switch {
		case i >= 0:
			extra--
			if w.Salience == "main" {
				w.check(t, &got[i])
			}
		case w.Salience == "main":
			t.Errorf("no main record named as one of %q; got %s", w.Name, names(got))
		}
	}
	if extra > 0 {
		t.Errorf("%d main records too many: %s", extra, names(got))
	}
}

func names(records []news.Record) string {
	var out []string
	for _, r := range records {
		out = append(out, fmt.Sprintf("%s %q", r.Salience, r.Name))
	}
	return fmt.Sprint(out)
}

func (w *wanted) check(t *testing.T, r *news.Record) {
	slot := func(name, got string, want []string) {
		if !among(want, got) && (len(want) > 0 || got != "") {
			t.Errorf("%s is %q, want one of %q", name, got, want)
		}
	}
	slot("kind", string(r.Kind), w.Kind)
	slot("start", string(r.Start), w.Start)
	slot("end", string(r.End), w.End)
	slot("status", string(r.Status), w.Status)
	slot("mode", string(r.Mode), w.Mode)
	slot("theme", r.Theme, w.Theme)
	if len(w.Ordinal) > 0 && !slices.Contains(w.Ordinal, r.Ordinal) || len(w.Ordinal) == 0 && r.Ordinal != 0 {
		t.Errorf("ordinal is %d, want %v", r.Ordinal, w.Ordinal)
	}
	each(t, "place", w.Places, len(r.Places), func(i int) string { return r.Places[i].Name })
	each(t, "organizer", w.Organizers, len(r.Organizers), func(i int) string { return r.Organizers[i].Name })
	for _, o := range w.Officials {
		i := slices.IndexFunc(r.Officials, func(x news.Official) bool { return among(o.Name, x.Name) })
		if i < 0 {
			t.Errorf("no official %q", o.Name)
		} else {
			slot("title of "+o.Name[0], r.Officials[i].Title, o.Title)
		}
	}
	if len(r.Officials) > len(w.Officials) {
		t.Errorf("officials %+v, want %d", r.Officials, len(w.Officials))
	}
}

// each checks that every wanted value that is not optional was given.
func each(t *testing.T, slot string, want []json.RawMessage, n int, got func(int) string) {
	for _, raw := range want {
		var good []string
		if json.Unmarshal(raw, &good) != nil {
			continue // optional
		}
		found := false
		for i := range n {
			found = found || among(good, got(i))
		}
		if !found {
			t.Errorf("no %s that is one of %q", slot, good)
		}
	}
}

// among compares without regard to case, tone-mark placement and dashes.
func among(good []string, got string) bool {
	return slices.ContainsFunc(good, func(g string) bool { return viet.Key(g) == viet.Key(got) })
}
