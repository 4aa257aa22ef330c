package web

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/invopop/jsonschema"
	"sukien/news"
)

// schemaBase starts the $id of every schema; the rest is the path under which
// the API serves it.
const schemaBase = "https://sukien.invalid"

// enums are the string types whose values the public surface lists.
var enums = map[reflect.Type][]any{
	reflect.TypeFor[news.Salience]():  {news.Main, news.Mention},
	reflect.TypeFor[news.Kind]():      anys(news.Kinds),
	reflect.TypeFor[news.Level]():     {news.International, news.National, news.Ministry, news.Province, news.Commune, news.Organisation},
	reflect.TypeFor[news.DateBasis](): {news.DateExplicit, news.DateRelative, news.DatePublished, news.DateSeries},
	reflect.TypeFor[news.Mode]():      {news.InPerson, news.Online, news.Hybrid},
	reflect.TypeFor[news.Status]():    {news.Held, news.Upcoming, news.Postponed, news.Cancelled},
	reflect.TypeFor[news.Role]():      {news.Chair, news.CoChair, news.Speaker, news.HeadOfDelegation, news.Host, news.Guest, news.Attendee},
	reflect.TypeFor[news.PlaceKind](): {news.VenuePlace, news.CommunePlace, news.DistrictPlace, news.CityPlace, news.ProvincePlace, news.CountryPlace},
	reflect.TypeFor[news.Change]():    anys(news.Changes),
	reflect.TypeFor[news.Origin]():    {news.Live, news.Backfill, news.Reextract, news.Analyst},
}

func anys[T any](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

// Schema is the JSON Schema of "record" or "event", version 1, made from the
// Go types. Fields are only ever added, so unknown ones are allowed. The error
// wraps news.ErrNotFound for other names.
func Schema(name string) ([]byte, error) {
	types := map[string]any{"record": &news.Record{}, "event": &news.Event{}}
	v, ok := types[name]
	if !ok {
		return nil, fmt.Errorf("schema %q: %w: there are record and event", name, news.ErrNotFound)
	}
	r := jsonschema.Reflector{AllowAdditionalProperties: true, ExpandedStruct: true, Mapper: enumOf}
	s := r.Reflect(v)
	s.ID = jsonschema.ID(schemaBase + "/schema/" + name + ".v1.json")
	return json.MarshalIndent(s, "", "  ")
}

func enumOf(t reflect.Type) *jsonschema.Schema {
	if values, ok := enums[t]; ok {
		return &jsonschema.Schema{Type: "string", Enum: values}
	}
	return nil
}
