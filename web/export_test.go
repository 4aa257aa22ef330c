package web_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"sukien/news"
	"sukien/web"
)

var seen = time.Date(2031, 5, 20, 8, 0, 0, 0, time.UTC)

// event makes an event with an id and the slots that a test needs.
func event(id string, s news.Slots) news.Event {
	return news.Event{ID: id, Slots: s, Revision: 3, FirstSeen: seen, Updated: seen.Add(time.Hour), IndependentSources: 1,
		Records: []news.RecordRef{{ID: "r", URL: "https://bao.example/" + id + ".html"}, {ID: "q", URL: "javascript:alert(1)"}}}
}

func export(t *testing.T, format string, batches ...[]news.Event) []byte {
	t.Helper()
	var out bytes.Buffer
	x, err := web.NewExport(&out, format)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range batches {
		if err := x.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestExportFormats(t *testing.T) {
	if _, err := web.NewExport(&bytes.Buffer{}, "xml"); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("an unknown format gives %v", err)
	}
}

func TestCalendarTimes(t *testing.T) {
	tests := []struct {
		name  string
		slots news.Slots
		want  []string // lines of the VEVENT
		not   []string
	}{
		{"one day", news.Slots{Start: "2031-05-21"}, []string{"DTSTART;VALUE=DATE:20310521", "DTEND;VALUE=DATE:20310522"}, nil},
		{"two days, the end exclusive", news.Slots{Start: "2031-05-30", End: "2031-05-31"}, []string{"DTSTART;VALUE=DATE:20310530", "DTEND;VALUE=DATE:20310601"}, nil},
		{"an hour in Vietnam", news.Slots{Start: "2031-05-21", StartTime: "08:30"}, []string{"DTSTART:20310521T013000Z"}, []string{"DTEND"}},
		{"an hour in a zone", news.Slots{Start: "2031-05-21", StartTime: "08:30", Zone: "Asia/Tokyo"}, []string{"DTSTART:20310520T233000Z"}, []string{"DTEND"}},
		{"an hour in a zone that does not exist", news.Slots{Start: "2031-05-21", StartTime: "08:30", Zone: "Asia/Atlantis"}, []string{"DTSTART;VALUE=DATE:20310521"}, nil},
		{"an hour, but days", news.Slots{Start: "2031-05-21", End: "2031-05-22", StartTime: "08:30"}, []string{"DTSTART;VALUE=DATE:20310521", "DTEND;VALUE=DATE:20310523", `DESCRIPTION:08:30\nhttps://bao.example/e1.html`}, nil},
		{"an end before the start", news.Slots{Start: "2031-05-21", End: "2031-05-20"}, []string{"DTEND;VALUE=DATE:20310522"}, nil},
		{"an end of a month", news.Slots{Start: "2031-05-21", End: "2031-06"}, []string{"DTEND;VALUE=DATE:20310522"}, nil},
		{"held", news.Slots{Start: "2031-05-21", Status: news.Held}, []string{"STATUS:CONFIRMED"}, nil},
		{"cancelled", news.Slots{Start: "2031-05-21", Status: news.Cancelled}, []string{"STATUS:CANCELLED"}, nil},
		{"postponed", news.Slots{Start: "2031-05-21", Status: news.Postponed}, []string{"STATUS:TENTATIVE"}, nil},
		{"status unknown", news.Slots{Start: "2031-05-21"}, nil, []string{"STATUS"}},
		{"a month", news.Slots{Start: "2031-05"}, nil, []string{"BEGIN:VEVENT"}},
		{"no year", news.Slots{Start: "--05-21"}, nil, []string{"BEGIN:VEVENT"}},
		{"no such day", news.Slots{Start: "2031-02-30"}, nil, []string{"BEGIN:VEVENT"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := string(export(t, "ics", []news.Event{event("e1", tt.slots)}))
			lines := strings.Split(text, "\r\n")
			for _, want := range tt.want {
				if !slices.Contains(lines, want) {
					t.Errorf("no line %q in\n%s", want, text)
				}
			}
			for _, not := range tt.not {
				if strings.Contains(text, "\r\n"+not) {
					t.Errorf("%q is in\n%s", not, text)
				}
			}
		})
	}
}

func TestCalendarReadBack(t *testing.T) {
	long := "Hội nghị Bộ trưởng các nước ven sông về Nước sạch, vệ sinh; lần thứ 4 " + strings.Repeat("dòng sông ", 20)
	evil := "Họp\r\nBEGIN:VALARM\r\nX-EVIL:1"
	list := []news.Event{
		event("e1", news.Slots{Name: long, Kind: news.Conference, Start: "2031-05-21", Theme: `một \ hai`,
			Places:    []news.Place{{Name: "Viêng Chăn", Lat: 17.97, Lon: 102.6}, {Name: "Lào"}},
			Officials: []news.Official{{Name: "Lê Thị Sông", Title: "Thứ trưởng", Org: "Bộ Nước"}}}),
		event("e2", news.Slots{Name: evil, Start: "2031-05-21"}),
	}
	text := export(t, "ics", list[:1], list[1:])
	for _, line := range strings.Split(string(text), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d octets: %s", len(line), line)
		}
		if strings.HasPrefix(line, "X-EVIL") || line == "BEGIN:VALARM" || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a page wrote a line: %q", line)
		}
	}
	cal, err := ics.ParseCalendar(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	events := cal.Events()
	if len(events) != 2 {
		t.Fatalf("%d events in\n%s", len(events), text)
	}
	want := map[ics.ComponentProperty]string{
		ics.ComponentPropertyUniqueId: "e1@sukien", ics.ComponentPropertySequence: "3", ics.ComponentPropertySummary: strings.TrimSpace(long),
		ics.ComponentPropertyLocation: "Viêng Chăn, Lào", ics.ComponentPropertyGeo: "17.97;102.6", ics.ComponentPropertyUrl: "https://bao.example/e1.html",
		ics.ComponentPropertyDescription: "một \\ hai\nThứ trưởng Lê Thị Sông, Bộ Nước\nhttps://bao.example/e1.html",
		ics.ComponentPropertyDtstamp:     "20310520T090000Z", ics.ComponentPropertyCategories: "conference",
	}
	for prop, value := range want {
		if p := events[0].GetProperty(prop); p == nil || p.Value != value {
			t.Errorf("%s is %v, want %q", prop, p, value)
		}
	}
	if len(events[1].Components) > 0 {
		t.Error("a page put a component into the calendar")
	}
}

// collection is the shape of RFC 7946, read strictly.
type collection struct {
	Type     string `json:"type"`
	Features []struct {
		Type     string `json:"type"`
		ID       string `json:"id"`
		Geometry struct {
			Type        string    `json:"type"`
			Coordinates []float64 `json:"coordinates"`
		} `json:"geometry"`
		Properties map[string]any `json:"properties"`
	} `json:"features"`
}

func TestGeoJSON(t *testing.T) {
	on := news.Slots{Name: "Họp </script>", Kind: news.Meeting, Start: "2031-05-21",
		Places: []news.Place{{Name: "Hội trường"}, {Name: "Viêng Chăn", Country: "LA", Lat: 17.97, Lon: 102.6}}}
	off := news.Slots{Name: "không nơi", Places: []news.Place{{Name: "Huế"}}}
	wrong := news.Slots{Name: "sai", Places: []news.Place{{Name: "x", Lat: 102.6, Lon: 17.97}}}
	tests := []struct {
		name    string
		batches [][]news.Event
		want    []string
	}{
		{"none", nil, nil},
		{"none on the map", [][]news.Event{{event("e0", off), event("e9", wrong)}}, nil},
		{"over two batches", [][]news.Event{{event("e1", on), event("e0", off)}, {event("e2", on)}}, []string{"e1", "e2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dec := json.NewDecoder(bytes.NewReader(export(t, "geojson", tt.batches...)))
			dec.DisallowUnknownFields()
			var got collection
			if err := dec.Decode(&got); err != nil {
				t.Fatal(err)
			}
			if got.Type != "FeatureCollection" || got.Features == nil {
				t.Errorf("got %+v", got)
			}
			var ids []string
			for _, f := range got.Features {
				ids = append(ids, f.ID)
				if f.Type != "Feature" || f.Geometry.Type != "Point" || !slices.Equal(f.Geometry.Coordinates, []float64{102.6, 17.97}) {
					t.Errorf("feature %+v", f)
				}
				if f.Properties["name"] != "Họp </script>" || f.Properties["place"] != "Viêng Chăn" || f.Properties["kind"] != "meeting" || f.Properties["start"] != "2031-05-21" {
					t.Errorf("properties %v", f.Properties)
				}
			}
			if !slices.Equal(ids, tt.want) {
				t.Errorf("features %v, want %v", ids, tt.want)
			}
		})
	}
}

// parquetRow is what a reader that knows only the column names asks for.
type parquetRow struct {
	ID       string    `parquet:"id"`
	Updated  time.Time `parquet:"updated,timestamp(millisecond)"`
	Name     *string   `parquet:"name,optional"`
	Ordinal  *int32    `parquet:"ordinal,optional"`
	Start    *string   `parquet:"start,optional"`
	Places   []string  `parquet:"organizers,list"`
	URLs     []string  `parquet:"urls,list"`
	Official []struct {
		Name string  `parquet:"name"`
		Org  *string `parquet:"org,optional"`
	} `parquet:"officials,list"`
}

func TestParquetReadBack(t *testing.T) {
	full := event("e1", news.Slots{Name: "Hội nghị Nước sạch", Ordinal: 4, Start: "2031-05-21", Organizers: []news.Organizer{{Name: "Bộ Nước"}, {Name: "UBND tỉnh Sông"}},
		Officials: []news.Official{{Name: "Lê Thị Sông", Org: "Bộ Nước"}, {Name: "Trần Văn Suối"}}})
	data := export(t, "parquet", []news.Event{full}, []news.Event{event("e2", news.Slots{})})
	rows, err := parquet.Read[parquetRow](bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	got, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"ID":"e1","Updated":"2031-05-20T09:00:00Z","Name":"Hội nghị Nước sạch","Ordinal":4,"Start":"2031-05-21","Places":["Bộ Nước","UBND tỉnh Sông"],"URLs":["https://bao.example/e1.html"],` +
		`"Official":[{"Name":"Lê Thị Sông","Org":"Bộ Nước"},{"Name":"Trần Văn Suối","Org":null}]},` +
		`{"ID":"e2","Updated":"2031-05-20T09:00:00Z","Name":null,"Ordinal":null,"Start":null,"Places":[],"URLs":["https://bao.example/e2.html"],"Official":[]}]`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestParquetBoundsItsGroups(t *testing.T) {
	batch := make([]news.Event, 5000)
	for i := range batch {
		batch[i] = event(fmt.Sprint("e", i), news.Slots{Name: "Họp"})
	}
	data := export(t, "parquet", batch, batch, batch, batch, batch)
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if f.NumRows() != 25000 || len(f.RowGroups()) != 3 {
		t.Errorf("%d rows in %d groups", f.NumRows(), len(f.RowGroups()))
	}
}

// FuzzCalendar holds that no text of a page breaks the calendar: one event, in
// lines of at most 75 octets.
func FuzzCalendar(f *testing.F) {
	for _, seed := range []string{"Hội nghị, lần thứ 4; \\n", "a\r\nEND:VEVENT\r\nb", strings.Repeat("ệ", 100), "\x00\u2028\ufeff", "\xff\xfe", "Họp: \"kín\"=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		data := export(t, "ics", []news.Event{event("e1", news.Slots{Name: text, Theme: text, Start: "2031-05-21", Places: []news.Place{{Name: text}}})})
		for _, line := range strings.Split(string(data), "\r\n") {
			if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
				t.Errorf("line %q", line)
			}
		}
		cal, err := ics.ParseCalendar(bytes.NewReader(data))
		if err != nil || len(cal.Events()) != 1 || len(cal.Components) != 1 {
			t.Fatalf("%v in\n%s", err, data)
		}
	})
}

func BenchmarkExport(b *testing.B) {
	batch := make([]news.Event, 100)
	for i := range batch {
		batch[i] = event(fmt.Sprint("e", i), news.Slots{Name: "Hội nghị Bộ trưởng các nước ven sông về Nước sạch lần thứ 4", Kind: news.Conference, Start: "2031-05-21",
			Places: []news.Place{{Name: "Viêng Chăn", Country: "LA", Lat: 17.97, Lon: 102.6}}, Officials: []news.Official{{Name: "Lê Thị Sông", Title: "Thứ trưởng", Org: "Bộ Nước"}}})
	}
	for _, format := range []string{"ics", "geojson", "parquet"} {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			x, err := web.NewExport(io.Discard, format)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := x.Write(batch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(batch))*float64(b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}
