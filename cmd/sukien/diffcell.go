package main

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// sideCell shows one side of a slot that differs. Of a list it shows only what
// the other side has not, and of what the other has otherwise under the same
// name only the fields that differ, so that a narrow column shows the difference.
func sideCell(v, other any) string {
	list, ok := v.([]any)
	theirs, ok2 := other.([]any)
	if !ok || !ok2 {
		return slotCell(v)
	}
	var parts []string
	for _, item := range list {
		if !slices.ContainsFunc(theirs, func(t any) bool { return reflect.DeepEqual(t, item) }) {
			parts = append(parts, itemCell(item, theirs))
		}
	}
	return strings.Join(parts, "; ")
}

// itemCell shows an item of a list beside the other side's list.
func itemCell(item any, theirs []any) string {
	mine, ok := item.(map[string]any)
	if !ok {
		return slotCell(item)
	}
	for _, t := range theirs {
		their, ok := t.(map[string]any)
		if !ok || their["name"] != mine["name"] {
			continue
		}
		cell := slotCell(mine["name"])
		for _, key := range sortedKeys(mine) {
			if !reflect.DeepEqual(mine[key], their[key]) {
				cell += ", " + key + " " + slotCell(mine[key])
			}
		}
		return cell
	}
	return slotCell(item)
}

// slotCell shows a slot's value, of places, bodies and officials what tells them apart.
func slotCell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case map[string]any:
		var parts []string
		for _, key := range []string{"name", "ordinal", "title", "org", "role", "kind", "country"} {
			if cell := slotCell(v[key]); cell != "" {
				parts = append(parts, cell)
			}
		}
		return strings.Join(parts, ", ")
	case []any:
		var parts []string
		for _, item := range v {
			parts = append(parts, slotCell(item))
		}
		return strings.Join(parts, "; ")
	}
	return fmt.Sprint(v)
}
