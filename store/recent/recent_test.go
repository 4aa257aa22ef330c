package recent_test

import (
	"testing"

	"sukien/store/recent"
)

func TestMap(t *testing.T) {
	m := recent.Map[string, string]{Most: 4, Size: func(v string) int { return len(v) }}
	m.Put("a", "aa")
	m.Put("b", "bb")
	m.Put("c", "cc") // a and b are the old generation now
	if v, ok := m.Get("a"); !ok || v != "aa" {
		t.Errorf("a is %q, %v", v, ok)
	}
	m.Put("d", "dd") // a and c are the old generation, b is forgotten
	for k, want := range map[string]bool{"a": true, "b": false, "c": true, "d": true} {
		if _, ok := m.Get(k); ok != want {
			t.Errorf("%s is there: %v", k, ok)
		}
	}
	m.Drop("a")
	if _, ok := m.Get("a"); ok {
		t.Error("a was dropped")
	}
	m.Clear()
	if _, ok := m.Get("d"); ok {
		t.Error("d is left")
	}
}
