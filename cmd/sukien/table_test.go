package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
)

func TestTableFits(t *testing.T) {
	long := strings.Repeat("phúc lợi xã hội ", 20)
	var out bytes.Buffer
	if err := table(&out, []string{"KIND", "NAME*", "PLACE", "ID"}, [][]string{
		{"conference", long, long, "ebdwxvy1912xq7d8q"}, {"talks", "ngắn", "Huế\x1b[31m\n\u202e", "e7j3gda732c4vcn9m"},
	}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines:\n%s", len(lines), out.String())
	}
	for _, l := range lines {
		if w := runewidth.StringWidth(l); w > defaultWidth {
			t.Errorf("a line of %d cells: %s", w, l)
		}
	}
	if !strings.HasSuffix(lines[1], "ebdwxvy1912xq7d8q") {
		t.Errorf("the id was cut: %s", lines[1])
	}
	if strings.ContainsAny(out.String(), "\x1b\u202e") {
		t.Error("a control character got through")
	}
	if name := strings.Index(lines[0], "PLACE") - strings.Index(lines[0], "NAME"); name < 40 {
		t.Errorf("the name has only %d cells", name)
	}
}
