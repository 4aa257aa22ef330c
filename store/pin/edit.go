package pin

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sukien/news"
	"sukien/news/viet"
)

// Error is an edit that cannot be made; it wraps news.ErrInvalid.
type Error struct{ Slot, Value, Reason string }

// Error says what is wrong and what to write.
func (e *Error) Error() string {
	if e.Value == "" {
		return fmt.Sprintf("%v: slot %s: %s", news.ErrInvalid, e.Slot, e.Reason)
	}
	return fmt.Sprintf("%v: slot %s: %q: %s", news.ErrInvalid, e.Slot, e.Value, e.Reason)
}

// Unwrap gives news.ErrInvalid.
func (e *Error) Unwrap() error { return news.ErrInvalid }

// Parse reads "slot=value" (an empty value clears the slot), and for lists
// "slot=item; item", "slot+=item" and "slot-=name". An item is its fields
// parted by "|", from the end as many left out as one likes: a place is
// name|kind|country, an organizer its name, an official name|title|org|country|role.
// The parent is name|ordinal. What begins with "{" or "[" is read as JSON.
func Parse(text string) (Edit, error) {
	slot, value, ok := strings.Cut(text, "=")
	if !ok || slot == "" {
		return Edit{}, &Error{Slot: text, Reason: `write slot=value, e.g. start=2026-03-20, "officials+=Lê Văn A|Thứ trưởng", status=`}
	}
	op := Set
	if s, ok := strings.CutSuffix(slot, "+"); ok {
		slot, op = s, Add
	} else if s, ok := strings.CutSuffix(slot, "-"); ok {
		slot, op = s, Remove
	}
	slot, value = strings.TrimSpace(slot), strings.TrimSpace(viet.NFC(strings.ReplaceAll(value, "\u00a0", " ")))
	switch {
	case !slices.Contains(Names, slot):
		return Edit{}, &Error{Slot: slot, Reason: "no slot that can be edited: " + strings.Join(Names, ", ")}
	case op != Set && !slices.Contains(listSlots, slot):
		return Edit{}, &Error{slot, value, "only " + strings.Join(listSlots, ", ") + " are added to: write " + slot + "=…"}
	case len(value) > maxValue:
		return Edit{}, &Error{Slot: slot, Reason: fmt.Sprintf("a value has at most %d bytes", maxValue)}
	case op != Set && value == "":
		return Edit{}, &Error{Slot: slot, Reason: "name what to add or to take away"}
	}
	e := Edit{Slot: slot, Op: op}
	data, err := encode(slot, op, value)
	if err != nil {
		return Edit{}, err
	}
	e.Value = data
	return e, e.check(value)
}

// maxValue bounds what is written of one slot, in bytes.
const maxValue = 4000

// encode writes a value as JSON.
func encode(slot, op, value string) (json.RawMessage, error) {
	switch {
	case value == "":
		return null, nil
	case op == Remove:
		return json.Marshal(value)
	case value[0] == '{' || value[0] == '[':
		if !json.Valid([]byte(value)) {
			return nil, &Error{slot, value, "is no JSON"}
		}
		return json.RawMessage(value), nil
	case op == Add:
		return item(slot, value)
	case slices.Contains(listSlots, slot):
		var items []json.RawMessage
		for part := range strings.SplitSeq(value, ";") {
			data, err := item(slot, part)
			if err != nil {
				return nil, err
			}
			items = append(items, data)
		}
		return json.Marshal(items)
	case slot == "parent":
		return item(slot, value)
	case slot == "ordinal":
		return number(slot, value)
	}
	return json.Marshal(value)
}

// fields are the fields of an item in the order in which they are written.
var fields = map[string][]string{
	"places": {"name", "kind", "country"}, "organizers": {"name"},
	"officials": {"name", "title", "org", "country", "role"}, "parent": {"name", "ordinal"},
}

func item(slot, value string) (json.RawMessage, error) {
	names, parts := fields[slot], strings.Split(value, "|")
	if len(parts) > len(names) {
		return nil, &Error{slot, value, "write " + strings.Join(names, "|")}
	}
	out := map[string]any{}
	for i, p := range parts {
		p = strings.TrimSpace(p)
		switch {
		case p == "" && i == 0:
			return nil, &Error{slot, value, "has no name"}
		case p == "":
		case names[i] == "ordinal":
			n, err := number(slot, p)
			if err != nil {
				return nil, err
			}
			out[names[i]] = n
		default:
			out[names[i]] = p
		}
	}
	return json.Marshal(out)
}

func number(slot, value string) (json.RawMessage, error) {
	var n int
	if _, err := fmt.Sscanf(value, "%d", &n); err != nil || fmt.Sprint(n) != value {
		return nil, &Error{slot, value, "is no number"}
	}
	return json.Marshal(n)
}
