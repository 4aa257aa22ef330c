package news_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"sukien/news"
)

var update = flag.Bool("update", false, "write the golden files anew (v1 files stay for ever: only add)")

// record fills every slot, so that a renamed or lost field shows.
func record() news.Record {
	return news.Record{ID: "r0", Slots: slots()}
}

func slots() news.Slots {
	return news.Slots{
		Salience: news.Main, Kind: news.Conference, Level: news.International,
		Name:         "Hội nghị Bộ trưởng các nước ven sông về Nước sạch lần thứ 4 (RMCW)",
		Abbreviation: "RMCW", Series: "rmcw", Ordinal: 4, Theme: "Dòng sông chung",
		Start: "2031-05-21", End: "2031-05-22", StartTime: "08:30", Zone: "Asia/Vientiane", DateBasis: news.DatePublished,
		Mode: news.Hybrid, Status: news.Held,
		Places:     []news.Place{{Name: "Viêng Chăn", AsWritten: "Thủ đô Viên Chăn", Kind: news.CityPlace, Country: "LA", Lat: 17.97, Lon: 102.6}},
		Organizers: []news.Organizer{{Name: "Bộ Nguồn nước", AsWritten: "Bộ NN"}},
		Officials:  []news.Official{{Name: "Lê Thị Sông", Title: "Thứ trưởng", Org: "Bộ NN", Country: "VN", Role: news.Speaker}},
		Parent:     &news.Parent{Name: "Tuần lễ Nước", Ordinal: 2},
		Confidence: 0.93,
		Evidence: []news.Evidence{{Slot: "start", Text: "Trong hai ngày 21, 22/5", In: "text", From: 118, To: 141,
			Rule: "date/day-list", Pack: "sha256:00"}},
	}
}

func event() news.Event {
	at := time.Date(2031, 5, 21, 3, 0, 0, 0, time.UTC)
	s := slots()
	s.Officials[0].ID = "p0"
	return news.Event{
		ID: "e0", Slots: s, Revision: 2, FirstSeen: at, Updated: at.Add(time.Hour), Origin: news.Live,
		Records: []news.RecordRef{{ID: "r0", URL: "https://bao.example/1.html", Source: "bao.example",
			Published: "2031-05-21T09:56:42+07:00", Salience: news.Main, ReprintOf: "https://thongtan.example/7"}},
		IndependentSources: 1,
		Conflicts: []news.Conflict{{Slot: "start", Values: []news.ConflictValue{
			{Value: "2031-05-21", Sources: []string{"bao.example"}}, {Value: "2031-05-20", Sources: []string{"tin.example"}}}}},
		YearEstimate: 2031, Pinned: []string{"name"},
		History:    []news.Revision{{Revision: 1, When: at, Change: news.New, What: []string{"name", "start"}, Cause: "https://bao.example/1.html"}},
		MergedInto: "e1", Left: true,
	}
}

func article() news.Article {
	return news.Article{
		ID: "a0", URL: "https://m.bao.example/1.html", Canonical: "https://bao.example/1.html", Source: "bao.example",
		PageType: news.PageArticle, PageReason: "body", Title: "Các nước ven sông bàn về nước sạch", Lead: "Sáng 21/5 …",
		Text: "Sáng 21/5 …\nHội nghị …", Published: "2031-05-21T09:56:42+07:00", PublishedBasis: news.BasisMeta,
		Modified: "2031-05-21", Author: "Trần Văn Bút", Agency: "TTXVN", ReprintOf: "thongtan.example", Language: "vi",
		Captions: []string{"Quang cảnh hội nghị"}, Fetched: "2031-05-21T10:00:00+07:00",
	}
}

func TestShapesAreFixed(t *testing.T) {
	tests := []struct {
		name string
		v    any
	}{{"record.v1", record()}, {"event.v1", event()}, {"article.v1", article()},
		{"extraction.v1", news.Extraction{ArticleID: "a0", Pack: "sha256:00", Records: []news.Record{}, Origin: news.Live}},
		{"record-empty.v1", news.Record{}}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := json.MarshalIndent(tt.v, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", tt.name+".json")
			if *update {
				if err := os.WriteFile(file, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(append(got, '\n'), want) {
				t.Errorf("shape changed; got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestOldEventsAreStillRead(t *testing.T) {
	data, err := os.ReadFile("testdata/event.v1.json")
	if err != nil {
		t.Fatal(err)
	}
	var e news.Event
	if err := json.Unmarshal(data, &e); err != nil {
		t.Fatal(err)
	}
	again, err := json.MarshalIndent(e, "", "  ")
	if err != nil || !bytes.Equal(append(again, '\n'), data) {
		t.Errorf("read and written again (%v):\n%s", err, again)
	}
}

func TestStamp(t *testing.T) {
	tests := []struct {
		name    string
		s       news.Stamp
		want    string
		ok      bool
		precise bool
	}{
		{"year", "2019", "2019-01-01T00:00:00+07:00", true, false},
		{"month", "2019-11", "2019-11-01T00:00:00+07:00", true, false},
		{"day", "2019-11-19", "2019-11-19T00:00:00+07:00", true, false},
		{"second", "2019-11-19T09:56:42+07:00", "2019-11-19T09:56:42+07:00", true, true},
		{"other zone", "2019-11-19T02:56:42Z", "2019-11-19T02:56:42Z", true, true},
		{"no stamp", "19/11/2019", "", false, false},
		{"no day", "2019-02-30", "", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := tt.s.Time()
			if ok != tt.ok || ok && got.Format(time.RFC3339) != tt.want {
				t.Errorf("Time() = %v, %v, want %v, %v", got, ok, tt.want, tt.ok)
			}
			if (tt.s.Check() == nil) != tt.ok {
				t.Errorf("Check() = %v", tt.s.Check())
			}
			if ok && tt.s.Precise() != tt.precise {
				t.Errorf("Precise() = %v", tt.s.Precise())
			}
		})
	}
}

func TestDateForms(t *testing.T) {
	good := []news.Date{"", "2019", "2019-11", "2019-Q3", "2019-11-21", "--11-21"}
	bad := []news.Date{"21/11", "2019-13", "2019-11-32", "2019-Q5", "--11", "2019-11-2", "19-11-21"}
	for _, d := range good {
		if err := d.Check(); err != nil {
			t.Errorf("Check(%q) = %v", d, err)
		}
	}
	for _, d := range bad {
		if d.Check() == nil {
			t.Errorf("Check(%q) let it pass", d)
		}
	}
}

func TestIDsAreStableAndApart(t *testing.T) {
	a, b := news.ArticleID("https://bao.example/1.html"), news.ArticleID("https://bao.example/2.html")
	if a != "azm1aewbx1efznwed" || a == b {
		t.Errorf("article ids %q, %q", a, b)
	}
	seen := map[string]bool{}
	for n := range 40 {
		seen[news.RecordID(a, n)] = true
	}
	if len(seen) != 40 {
		t.Errorf("40 records have %d ids", len(seen))
	}
}
