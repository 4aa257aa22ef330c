// Command floors holds scores against the floors kept in the project.
//
// usage: floors FLOORS.json DIR, where DIR has NAME.score files as the scorers
// print them with --json, and FLOORS is {"NAME": {"relaxed/overall/2": 0.9}}:
// a path into the score, numbers indexing lists.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: floors FLOORS.json DIR")
		os.Exit(2)
	}
	var floors map[string]map[string]float64
	must(load(os.Args[1], &floors))
	under := 0
	for _, name := range sorted(floors) {
		var score any
		must(load(filepath.Join(os.Args[2], name+".score"), &score))
		for _, path := range sorted(floors[name]) {
			got, ok := at(score, strings.Split(path, "/"))
			floor := floors[name][path]
			if !ok || got < floor {
				under++
				fmt.Printf("UNDER %s %s: %.4f, floor %.4f\n", name, path, got, floor)
			}
		}
	}
	if under > 0 {
		os.Exit(1)
	}
	fmt.Println("all scores are at or over their floors")
}

func at(v any, path []string) (float64, bool) {
	for _, p := range path {
		switch x := v.(type) {
		case map[string]any:
			v = x[p]
		case []any:
			i, err := strconv.Atoi(p)
			if err != nil || i >= len(x) {
				return 0, false
			}
			v = x[i]
		}
	}
	f, ok := v.(float64)
	return f, ok
}

func load(file string, into any) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "floors:", err)
		os.Exit(1)
	}
}
