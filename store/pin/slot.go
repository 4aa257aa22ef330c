package pin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"sukien/news"
)

// Names are the slots that can be edited.
var Names = []string{"salience", "kind", "level", "name", "abbreviation", "series", "ordinal", "theme", "start", "end", "start_time", "zone",
	"date_basis", "mode", "status", "places", "organizers", "officials", "parent"}

var listSlots = []string{"places", "organizers", "officials"}

// allowed are the values of slots, and of items' fields, that have a fixed set.
var allowed = map[string][]string{
	"salience": texts(news.Main, news.Mention), "kind": texts(news.Kinds...),
	"level":      texts(news.International, news.National, news.Ministry, news.Province, news.Commune, news.Organisation),
	"date_basis": texts(news.DateExplicit, news.DateRelative, news.DatePublished, news.DateSeries),
	"mode":       texts(news.InPerson, news.Online, news.Hybrid), "status": texts(news.Held, news.Upcoming, news.Postponed, news.Cancelled),
	"role":       texts(news.Chair, news.CoChair, news.Speaker, news.HeadOfDelegation, news.Host, news.Guest, news.Attendee),
	"place kind": texts(news.VenuePlace, news.CommunePlace, news.DistrictPlace, news.CityPlace, news.ProvincePlace, news.CountryPlace),
}

func texts[T ~string](list ...T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// The bounds of what an analyst writes.
const (
	maxItems   = 200
	maxOrdinal = 10_000
)

var (
	clock   = regexp.MustCompile(`^(?:[01]\d|2[0-3]):[0-5]\d$`)
	key     = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)
	country = regexp.MustCompile(`^[A-Z]{2}$`)
)

// check compares an edit's value with what its slot may have.
func (e Edit) check(text string) error {
	if bytes.Equal(e.Value, null) {
		if e.Slot == "name" || e.Slot == "salience" || e.Slot == "kind" {
			return &Error{Slot: e.Slot, Reason: "cannot be empty: sukien events reject is for what is no meeting"}
		}
		return nil
	}
	if e.Op == Remove {
		return nil
	}
	var s news.Slots
	value := e.Value
	if e.Op == Add {
		value = slices.Concat([]byte("["), e.Value, []byte("]"))
	}
	dec := json.NewDecoder(bytes.NewReader(slices.Concat([]byte(`{"`+e.Slot+`":`), value, []byte("}"))))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return &Error{e.Slot, text, "does not fit the slot: write " + strings.Join(append(fields[e.Slot], allowed[e.Slot]...), "|")}
	}
	if why := fault(&s, e.Slot); why != "" {
		return &Error{e.Slot, text, why}
	}
	return nil
}

// fault says what is wrong with the only slot that s has, "" for nothing.
func fault(s *news.Slots, slot string) string {
	if list := allowed[slot]; list != nil {
		if !slices.Contains(list, field(s, slot).String()) {
			return "write one of " + strings.Join(list, ", ")
		}
		return ""
	}
	switch slot {
	case "start", "end":
		return dayFault(field(s, slot).Interface().(news.Date))
	case "ordinal":
		return ordinalFault(s.Ordinal)
	case "series":
		return match(key, s.Series, "write the key of a series, e.g. apec")
	case "start_time":
		return match(clock, s.StartTime, "write hours and minutes, e.g. 08:30")
	case "zone":
		if _, err := time.LoadLocation(s.Zone); err != nil || !strings.Contains(s.Zone, "/") {
			return "write a zone of the IANA's list, e.g. Asia/Ho_Chi_Minh"
		}
	case "parent":
		if s.Parent.Name == "" {
			return "has no name"
		}
		return ordinalFault(s.Parent.Ordinal)
	case "places", "organizers", "officials":
		return listFault(s)
	}
	return ""
}

func match(re *regexp.Regexp, value, why string) string {
	if re.MatchString(value) {
		return ""
	}
	return why
}

func ordinalFault(n int) string {
	if n < 0 || n > maxOrdinal {
		return fmt.Sprintf("write a number from 1 to %d", maxOrdinal)
	}
	return ""
}

// dayFault also refuses days that no calendar has.
func dayFault(d news.Date) string {
	_, err := time.Parse(time.DateOnly, string(d))
	if d.Check() != nil || d.IsDay() && err != nil {
		return "write a day or span that exists: 2019-11-21, 2019-11, 2019-Q3, 2019 or --11-21"
	}
	return ""
}

func listFault(s *news.Slots) string {
	if len(s.Places)+len(s.Organizers)+len(s.Officials) > maxItems {
		return fmt.Sprintf("at most %d items", maxItems)
	}
	for _, p := range s.Places {
		if p.Name == "" || p.Kind != "" && !slices.Contains(allowed["place kind"], string(p.Kind)) || p.Country != "" && !country.MatchString(p.Country) ||
			p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180 {
			return "a place is name|kind|country: kind one of " + strings.Join(allowed["place kind"], ", ") + ", country two capitals as VN"
		}
	}
	for _, o := range s.Organizers {
		if o.Name == "" {
			return "an organizer has a name"
		}
	}
	for _, o := range s.Officials {
		if o.Name == "" || o.Role != "" && !slices.Contains(allowed["role"], string(o.Role)) || o.Country != "" && !country.MatchString(o.Country) {
			return "an official is name|title|org|country|role: country two capitals as VN, role one of " + strings.Join(allowed["role"], ", ")
		}
	}
	return ""
}

// Check tells whether an event's slots fit each other once pins are applied.
func Check(s news.Slots) error {
	if s.End != "" && s.Start != "" && s.End < s.Start {
		return &Error{"end", string(s.End), "is before the start, " + string(s.Start) + ": edit both"}
	}
	if s.End != "" && s.Start == "" {
		return &Error{"end", string(s.End), "has no start"}
	}
	return nil
}
