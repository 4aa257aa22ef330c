package pin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"sukien/news"
	"sukien/news/viet"
)

// Apply puts the pins over what the articles say. The days go together: a start
// that is fixed drops an end that the articles give before it, and is explicit
// unless its basis is fixed too.
func (p Pins) Apply(s *news.Slots) error {
	for slot, value := range p.Set {
		if err := set(s, slot, value); err != nil {
			return err
		}
	}
	places, err := changed(s.Places, p.Lists["places"], func(v *news.Place) string { return v.Name })
	if err != nil {
		return err
	}
	organizers, err := changed(s.Organizers, p.Lists["organizers"], func(v *news.Organizer) string { return v.Name })
	if err != nil {
		return err
	}
	officials, err := changed(s.Officials, p.Lists["officials"], func(v *news.Official) string { return v.Name })
	if err != nil {
		return err
	}
	s.Places, s.Organizers, s.Officials = places, organizers, officials
	p.days(s)
	return nil
}

func (p Pins) days(s *news.Slots) {
	if _, start := p.Set["start"]; !start {
		return
	}
	if _, basis := p.Set["date_basis"]; !basis {
		s.DateBasis = ""
		if s.Start != "" {
			s.DateBasis = news.DateExplicit
		}
	}
	if _, end := p.Set["end"]; !end && (s.Start == "" || s.End != "" && s.End < s.Start) {
		s.End = ""
	}
}

// set puts a JSON value into a slot.
func set(s *news.Slots, slot string, value json.RawMessage) error {
	v := field(s, slot)
	if !v.IsValid() {
		return &Error{Slot: slot, Reason: "no such slot"}
	}
	fresh := reflect.New(v.Type())
	if !bytes.Equal(value, null) {
		if err := json.Unmarshal(value, fresh.Interface()); err != nil {
			return fmt.Errorf("slot %s: %w", slot, err)
		}
	}
	v.Set(fresh.Elem())
	return nil
}

var null = json.RawMessage("null")

// field is the field of a slot by its JSON name.
func field(s *news.Slots, slot string) reflect.Value {
	v := reflect.ValueOf(s).Elem()
	for i := range v.NumField() {
		if name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); name == slot {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

// changed gives a list with a change made: an item of a name that is there
// already has its fields written over.
func changed[T any](list []T, c Change, name func(*T) string) ([]T, error) {
	if len(c.Add) == 0 && len(c.Remove) == 0 {
		return list, nil
	}
	out := slices.DeleteFunc(slices.Clone(list), func(v T) bool { return slices.Contains(c.Remove, viet.Fold(name(&v))) })
	for _, item := range c.Add {
		var v T
		if err := json.Unmarshal(item, &v); err != nil {
			return nil, fmt.Errorf("item %s: %w", item, err)
		}
		i := slices.IndexFunc(out, func(o T) bool { return viet.Fold(name(&o)) == viet.Fold(name(&v)) })
		if i < 0 {
			out = append(out, v)
			continue
		}
		if err := json.Unmarshal(item, &out[i]); err != nil {
			return nil, fmt.Errorf("item %s: %w", item, err)
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}
