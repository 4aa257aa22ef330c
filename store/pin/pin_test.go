package pin_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"sukien/news"
	"sukien/store/pin"
)

// told is what articles say before pins are applied.
func told() news.Slots {
	return news.Slots{Salience: news.Main, Kind: news.Forum, Name: "Diễn đàn Sông Hồng", Ordinal: 4, Start: "2026-03-20", End: "2026-03-21", DateBasis: news.DatePublished, Status: news.Upcoming,
		Places:    []news.Place{{Name: "Đà Nẵng", Kind: news.CityPlace, Country: "VN"}},
		Officials: []news.Official{{Name: "Đỗ Thị Mẫu", Title: "Thứ trưởng"}, {Name: "Lý Văn Thử"}}}
}

func TestApply(t *testing.T) {
	for _, row := range []struct {
		name  string
		edits []string
		want  string // the slots that change, as JSON
	}{
		{"set", []string{"theme=Sông trong"}, `{"theme":"Sông trong"}`},
		{"clear", []string{"status="}, `{"status":""}`},
		{"the later one holds", []string{"ordinal=7", "ordinal=8"}, `{"ordinal":8}`},
		{"a start drops an earlier end", []string{"start=2026-04-01"}, `{"start":"2026-04-01","end":"","date_basis":"explicit"}`},
		{"a start keeps a later end", []string{"start=2026-03-19"}, `{"start":"2026-03-19","date_basis":"explicit"}`},
		{"no start, no end", []string{"start="}, `{"start":"","end":"","date_basis":""}`},
		{"its basis is kept", []string{"start=2026-03-19", "date_basis=relative"}, `{"start":"2026-03-19","date_basis":"relative"}`},
		{"a list", []string{"places=Huế|city|VN; Hội An"}, `{"places":[{"name":"Huế","kind":"city","country":"VN"},{"name":"Hội An"}]}`},
		{"taken away without diacritics", []string{"officials-=do thi mau"}, `{"officials":[{"name":"Lý Văn Thử"}]}`},
		{"taken away in other forms", []string{norm.NFD.String("officials-=ĐỖ THỊ MẪU")}, `{"officials":[{"name":"Lý Văn Thử"}]}`},
		{"added", []string{"officials+=Vũ Bịa||Bộ Nước|VN|chair"}, `{"officials":[{"name":"Đỗ Thị Mẫu","title":"Thứ trưởng"},{"name":"Lý Văn Thử"},{"name":"Vũ Bịa","org":"Bộ Nước","country":"VN","role":"chair"}]}`},
		{"completed", []string{"officials+=Lý Văn Thử|Bộ trưởng"}, `{"officials":[{"name":"Đỗ Thị Mẫu","title":"Thứ trưởng"},{"name":"Lý Văn Thử","title":"Bộ trưởng"}]}`},
		{"added, then taken away", []string{"officials+=Vũ Bịa", "officials-=Vũ Bịa"}, `{}`},
		{"taken away, then added", []string{"places-=Đà Nẵng", "places+=Đà Nẵng|province"}, `{"places":[{"name":"Đà Nẵng","kind":"province","country":"VN"}]}`},
		{"JSON", []string{`places=[{"name":"Huế","lat":16.46,"lon":107.59}]`}, `{"places":[{"name":"Huế","lat":16.46,"lon":107.59}]}`},
		{"a parent", []string{"parent=Tuần lễ Nước|2"}, `{"parent":{"name":"Tuần lễ Nước","ordinal":2}}`},
		{"nbsp and spaces", []string{"theme= Sông\u00a0xanh "}, `{"theme":"Sông xanh"}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			var p pin.Pins
			for _, text := range row.edits {
				e, err := pin.Parse(text)
				if err != nil {
					t.Fatal(err)
				}
				p = p.With([]pin.Edit{e})
			}
			got, want := told(), told()
			if err := json.Unmarshal([]byte(row.want), &want); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(row.want, `"places"`) || strings.Contains(row.want, `"officials"`) {
				want = relist(t, want, row.want)
			}
			if err := p.Apply(&got); err != nil {
				t.Fatal(err)
			}
			if a, b := text(t, got), text(t, want); a != b {
				t.Errorf("got  %s\nwant %s", a, b)
			}
		})
	}
}

// relist reads lists into empty ones: JSON would keep fields of what was there.
func relist(t *testing.T, s news.Slots, data string) news.Slots {
	t.Helper()
	var fresh news.Slots
	if err := json.Unmarshal([]byte(data), &fresh); err != nil {
		t.Fatal(err)
	}
	if fresh.Places != nil {
		s.Places = fresh.Places
	}
	if fresh.Officials != nil {
		s.Officials = fresh.Officials
	}
	return s
}

func text(t *testing.T, s news.Slots) string {
	t.Helper()
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestConfirm(t *testing.T) {
	edits, err := pin.Confirm(told())
	if err != nil {
		t.Fatal(err)
	}
	later := news.Slots{Salience: news.Mention, Kind: news.Talks, Status: news.Held, Theme: "Mới", Officials: []news.Official{{Name: "Trần Bá Nháp"}}}
	if err := (pin.Pins{}).With(edits).Apply(&later); err != nil {
		t.Fatal(err)
	}
	if later.Kind != news.Forum || later.Start != "2026-03-20" || later.End != "2026-03-21" || later.Status != news.Held || later.Theme != "Mới" || len(later.Officials) != 3 {
		t.Errorf("%+v", later)
	}
}

func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"weather=fine": "no slot", "": "write slot=value", "confidence=1": "no slot", "evidence=[]": "no slot",
		"start=2026-02-30": "that exists", "start=mai": "that exists", "ordinal=bốn": "is no number", "ordinal=-1": "number from 1", "ordinal=99999999": "number from 1",
		"kind=party": "one of conference", "kind=": "cannot be empty", "zone=Huế": "IANA", "start_time=25:00": "08:30", "series=APEC 2025": "key of a series",
		"places+=": "name what to add", "places+=Huế|city|VNM": "two capitals", "places=;": "has no name", "officials=[1]": "does not fit", `officials=[{"nom":"x"}]`: "does not fit",
		"officials={": "is no JSON", "theme=" + strings.Repeat("x", 5000): "at most", `places=[{"name":"x","lat":91}]`: "a place is",
	} {
		_, err := pin.Parse(text)
		var e *pin.Error
		if !errors.As(err, &e) || !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"theme=x", "officials+=A|B|C|VN|chair", "places=[{\"name\":\"x\"}]", "parent=x|2", "start=--11-21", "officials-=x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := pin.Parse(text)
		if err != nil {
			return
		}
		s := told()
		if err := (pin.Pins{}).With([]pin.Edit{e}).Apply(&s); err != nil {
			t.Errorf("%q was taken, but cannot be applied: %v", text, err)
		}
	})
}
