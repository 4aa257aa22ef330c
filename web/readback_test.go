package web_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/apognu/gocal"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/geojson"

	"sukien/news"
)

// TestCalendarByAnotherReader reads a calendar with a library that did not write
// it. This one leaves out events that have an hour and no DTEND, which RFC 5545,
// section 3.6.1, has end at once: TestCalendarTimes has them.
func TestCalendarByAnotherReader(t *testing.T) {
	long := "Hội nghị Bộ trưởng các nước ven sông về Nước sạch, vệ sinh; lần thứ 4 " + strings.Repeat("dòng sông ", 20)
	list := []news.Event{
		event("e1", news.Slots{Name: long, Kind: news.Conference, Status: news.Postponed, Start: "2031-05-30", End: "2031-05-31", Theme: `một \ hai, ba; bốn`,
			Places: []news.Place{{Name: "Viêng Chăn", Lat: 17.97, Lon: 102.6}, {Name: "Lào"}}}),
		event("e2", news.Slots{Name: "Họp", Status: news.Cancelled, Start: "2031-05-21"}),
		event("e3", news.Slots{Name: "Họp\r\nBEGIN:VALARM\r\nX-EVIL:1", Start: "2031-05-21"}),
	}
	from, to := seen.AddDate(0, 0, -1), seen.AddDate(0, 1, 0)
	cal := gocal.NewParser(bytes.NewReader(export(t, "ics", list)))
	cal.Start, cal.End = &from, &to
	cal.Strict.Mode = gocal.StrictModeFailFeed
	if err := cal.Parse(); err != nil || len(cal.Events) != 3 {
		t.Fatalf("%d events, %v", len(cal.Events), err)
	}
	slices.SortFunc(cal.Events, func(a, b gocal.Event) int { return strings.Compare(a.Uid, b.Uid) })
	days, day, odd := cal.Events[0], cal.Events[1], cal.Events[2]
	if days.Uid != "e1@sukien" || days.Sequence != 3 || days.Summary != strings.TrimSpace(long) || days.Status != "TENTATIVE" || !slices.Equal(days.Categories, []string{"conference"}) {
		t.Errorf("an event of days is %+v", days)
	}
	if days.RawStart.Value != "20310530" || days.RawEnd.Value != "20310601" || days.Location != "Viêng Chăn, Lào" || days.Geo == nil || days.Geo.Lat != 17.97 || days.Geo.Long != 102.6 {
		t.Errorf("days %s to %s at %s, %+v", days.RawStart.Value, days.RawEnd.Value, days.Location, days.Geo)
	}
	if want := "một \\ hai, ba; bốn\nhttps://bao.example/e1.html"; strings.ReplaceAll(days.Description, `\n`, "\n") != want || days.URL != "https://bao.example/e1.html" {
		t.Errorf("description %q, want %q; %s", days.Description, want, days.URL)
	}
	if day.RawEnd.Value != "20310522" || day.Status != "CANCELLED" || !day.Stamp.Equal(list[1].Updated) || !day.Created.Equal(list[1].FirstSeen) {
		t.Errorf("an event of a day is %+v", day)
	}
	if strings.ContainsAny(odd.Summary, "\r\n") || len(odd.CustomAttributes) > 0 {
		t.Errorf("a page wrote a line: %+v", odd)
	}
}

// TestGeoJSONByAnotherReader reads features with a library that did not write them.
func TestGeoJSONByAnotherReader(t *testing.T) {
	slots := news.Slots{Name: "Hội nghị \u2028 </script>", Start: "2031-05-21", Places: []news.Place{{Name: "Viêng Chăn", Country: "LA", Lat: 17.97, Lon: 102.6}}}
	var got geojson.FeatureCollection
	if err := json.Unmarshal(export(t, "geojson", []news.Event{event("e1", slots), event("e2", slots)}), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Features) != 2 {
		t.Fatalf("%d features", len(got.Features))
	}
	f := got.Features[1]
	p, ok := f.Geometry.(*geom.Point)
	if !ok || f.ID != "e2" || !slices.Equal(p.FlatCoords(), []float64{102.6, 17.97}) || f.Properties["name"] != slots.Name {
		t.Errorf("%s at %v: %v", f.ID, f.Geometry, f.Properties)
	}
}
