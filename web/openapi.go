package web

import (
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"sukien/news"
)

// describe adds to the description what the types do not tell: the values that
// the public surface lists, and what is served beside the operations.
func describe(api *huma.OpenAPI) {
	schemas := api.Components.Schemas.Map()
	for _, t := range []reflect.Type{
		reflect.TypeFor[news.Event](), reflect.TypeFor[news.Record](), reflect.TypeFor[news.RecordRef](), reflect.TypeFor[news.Place](),
		reflect.TypeFor[news.Official](), reflect.TypeFor[news.Revision](),
	} {
		if s := schemas[t.Name()]; s != nil {
			listValues(t, s)
		}
	}
	for _, s := range schemas {
		if s.Type == huma.TypeObject && s.AdditionalProperties == false {
			s.AdditionalProperties = true
		}
	}
	for _, path := range api.Paths {
		for _, p := range path.Get.Parameters {
			p.Schema = parameterSchema(p)
		}
	}
	raw := func(path, id, summary, kind string) {
		filters := api.Paths["/api/v1/events"].Get.Parameters
		api.AddOperation(&huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Parameters: filters,
			Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{kind: {Schema: &huma.Schema{Type: huma.TypeString}}}}}})
	}
	raw("/api/v1/stream", "follow-events", "Event messages as they are sent, as server-sent events; Last-Event-ID continues", "text/event-stream")
	raw("/feed.atom", "feed-atom", "A search as Atom", "application/atom+xml")
	raw("/feed.json", "feed-json", "A search as JSON Feed", "application/feed+json")
	raw("/calendar.ics", "calendar", "A search as iCalendar", "text/calendar")
	raw("/export.csv", "export-csv", "A search as CSV, all of it", "text/csv")
	raw("/export.jsonl", "export-jsonl", "A search as JSON lines, all of it", "application/jsonl")
	raw("/export.geojson", "export-geojson", "A search as GeoJSON, what has a place", "application/geo+json")
	raw("/export.parquet", "export-parquet", "A search as Parquet, all of it", "application/vnd.apache.parquet")
}

// listValues puts the values of a type's named strings into its schema.
func listValues(t reflect.Type, s *huma.Schema) {
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if p := s.Properties[name]; p != nil && enums[f.Type] != nil {
			p.Enum = enums[f.Type]
		}
	}
}

// parameterSchema is a parameter's schema; they are read as text and checked by us.
func parameterSchema(p *huma.Param) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString, Description: p.Description}
	one, most := 1.0, float64(maxLimit)
	switch p.Name {
	case "limit":
		s.Type, s.Minimum, s.Maximum = huma.TypeInteger, &one, &most
	case "kind":
		s.Enum = anys(news.Kinds)
	case "level":
		s.Enum = anys(levels)
	case "status":
		s.Enum = anys(statuses)
	case "order":
		s.Enum = []any{"start", "changed"}
	case "mentions", "missed":
		s.Enum = []any{"1"}
	case "since":
		s.Format = "date-time"
	}
	return s
}
