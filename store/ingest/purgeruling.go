package ingest

import (
	"context"
	"encoding/json"
	"slices"

	"sukien/store"
	"sukien/store/pin"
)

// rulings takes the purge's matter out of what analysts decided on the article's
// events: the article, so that a decision on it alone no longer holds, and the
// people's names.
func (u *purge) rulings(ctx context.Context, article string, s *store.Scrub) error {
	if err := u.tx.Claim(ctx, nil); err != nil {
		return err
	}
	list, err := u.tx.Rulings(ctx, u.events, []string{u.id})
	if err != nil {
		return err
	}
	var events []string
	for i := range list {
		r := &list[i]
		events = append(events, r.Event)
		scrubPins(&r.Pins, s)
		s.Slots(&r.Base)
		if r.Anchors = scrubAnchors(r.Anchors, article, s); article != "" && len(r.Anchors) == 0 {
			err = u.tx.Unrule(ctx, r.Event)
		} else {
			err = u.tx.Rule(ctx, *r)
		}
		if err != nil {
			return err
		}
	}
	events = append(events, u.events...)
	if len(events) == 0 {
		return nil
	}
	return u.decisions(ctx, events, article, s)
}

func (u *purge) decisions(ctx context.Context, events []string, article string, s *store.Scrub) error {
	list, err := u.tx.Decisions(ctx, events)
	if err != nil {
		return err
	}
	for _, d := range list {
		s.Text(&d.Note)
		d.Articles = slices.DeleteFunc(d.Articles, s.Address)
		for i := range d.Edits {
			s.Text(&d.Edits[i])
		}
		for event, set := range d.Sets {
			d.Sets[event] = scrubAnchors(set, article, s)
		}
		d.Pins = slices.DeleteFunc(d.Pins, func(e pin.Edit) bool {
			was := string(e.Value)
			return scrubJSON(e.Value, s) != was && e.Op != pin.Set
		})
		for i := range d.Pins {
			d.Pins[i].Value = scrubItems(d.Pins[i].Value, s)
		}
		if err := u.tx.Redecide(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func scrubAnchors(list []Anchor, article string, s *store.Scrub) []Anchor {
	out := []Anchor{}
	for _, a := range list {
		if s.Text(&a.Name); a.Article != article {
			out = append(out, a)
		}
	}
	return out
}

func scrubPins(p *pin.Pins, s *store.Scrub) {
	for slot, value := range p.Set {
		p.Set[slot] = scrubItems(value, s)
	}
	for slot, c := range p.Lists {
		c.Add = slices.DeleteFunc(c.Add, func(item json.RawMessage) bool { return scrubJSON(item, s) != string(item) })
		p.Lists[slot] = c
	}
}

// scrubItems masks the names in a value; the items of a list that have one are
// left out.
func scrubItems(value json.RawMessage, s *store.Scrub) json.RawMessage {
	var items []json.RawMessage
	if json.Unmarshal(value, &items) != nil || items == nil {
		return json.RawMessage(scrubJSON(value, s))
	}
	items = slices.DeleteFunc(items, func(item json.RawMessage) bool { return scrubJSON(item, s) != string(item) })
	data, err := json.Marshal(items)
	if err != nil {
		return json.RawMessage("[]")
	}
	return data
}

// scrubJSON masks the names in the text of a value, which stays JSON.
func scrubJSON(value json.RawMessage, s *store.Scrub) string {
	text := string(value)
	s.Text(&text)
	return text
}
