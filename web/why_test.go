package web_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/web"
)

// TestKnownBeside: pages show why articles are one event, what the registry of
// series and the authority file of officials know beside them.
func TestKnownBeside(t *testing.T) {
	lib := shelf()
	e := &lib.events[0]
	e.Series = "song"
	slots := news.Slots{Salience: news.Main, Kind: e.Kind, Name: e.Name, Start: e.Start}
	lib.told = nil
	for _, source := range []string{"bao.example", "tin.example"} {
		lib.told = append(lib.told, web.Telling{Article: news.Article{ID: source, Source: source, Title: "Họp về nước sạch", Text: "Hội nghị họp ở Sông Xanh.", Published: "2031-05-21"},
			Records: []news.Record{{ID: "r-" + source, Slots: slots}}})
	}
	cfg := config(silent{})
	cfg.Read = lib
	cfg.Series = func() []*lexicon.Entry {
		return []*lexicon.Entry{{Class: "series", ID: "song", Name: "Hội nghị Sông", Attr: map[string]string{"cadence": "yearly", "editions": "4=2027-05 5=2028-05"}}}
	}
	cfg.Officials = func() []*lexicon.Entry {
		return []*lexicon.Entry{{Name: "Lê Thị Sông", Country: "VN", Offices: []lexicon.Office{{Title: "Vụ trưởng", Body: "Bộ NN", From: "2020-03", To: "2026"}, {Title: "Thứ trưởng", Body: "Bộ NN", From: "2026", Known: "2030-12", Basis: "acting"}}}}
	}
	h, err := web.Handler(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	for path, wants := range map[string][]string{
		"/events/e1?lang=en":   {"Why these articles are one event", "names 1.00 alike", "number and date disagree: edition 4 was in 2027-05"},
		"/series/song?lang=en": {"number and date disagree: edition 4 was in 2027-05"},
		"/officials/L%C3%AA%20Th%E1%BB%8B%20S%C3%B4ng?lang=en": {"Offices known", "Vụ trưởng", "03/2020", "at least to 12/2030", "acting"},
	} {
		_, _, body := get(t, srv.URL+path)
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %q in\n%s", path, want, body)
			}
		}
	}
}
