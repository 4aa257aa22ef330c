package resolve_test

import (
	"slices"
	"testing"

	"sukien/news"
	"sukien/store/resolve"
)

// spot is a place of the made-up countries.
func spot(name string, kind news.PlaceKind, country string) news.Place {
	return news.Place{Name: name, Kind: kind, Country: country}
}

func TestFusePlaces(t *testing.T) {
	hue, hanoi := spot("Huế", news.CityPlace, "VN"), spot("Hà Nội", news.CityPlace, "VN")
	vientiane, hall := spot("Viêng Chăn", news.CityPlace, "LA"), spot("Nhà hát Muối", news.VenuePlace, "VN")
	type told struct {
		mention bool
		places  []news.Place
	}
	for _, row := range []struct {
		name      string
		of        []told
		want      []string
		conflicts []string
	}{
		{"one article", []told{{places: []news.Place{hall, hue}}}, []string{"Nhà hát Muối", "Huế"}, nil},
		{"a venue beside its city", []told{{places: []news.Place{hue}}, {places: []news.Place{hall}}}, []string{"Huế", "Nhà hát Muối"}, nil},
		{"most stories", []told{{places: []news.Place{hanoi}}, {places: []news.Place{hue}}, {places: []news.Place{hue}}}, []string{"Huế"}, []string{"Huế", "Hà Nội"}},
		{"a trip", []told{{places: []news.Place{hue, vientiane}}, {places: []news.Place{hue}}}, []string{"Huế", "Viêng Chăn"}, nil},
		{"another country", []told{{places: []news.Place{hue}}, {places: []news.Place{hue}}, {places: []news.Place{vientiane}}}, []string{"Huế"}, []string{"Huế", "Viêng Chăn"}},
		{"a mention's", []told{{places: []news.Place{hue}}, {mention: true, places: []news.Place{vientiane}}}, []string{"Huế"}, nil},
		{"mentions alone", []told{{mention: true, places: []news.Place{vientiane}}}, []string{"Viêng Chăn"}, nil},
		{"one slip of five", []told{{places: []news.Place{hue, hanoi}}, {places: []news.Place{hue}}, {places: []news.Place{hue}}, {places: []news.Place{hue}}}, []string{"Huế"}, []string{"Huế", "Hà Nội"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			var group []*resolve.Told
			for i, a := range row.of {
				r := reported(string(rune('a'+i)), news.Slots{Kind: news.Forum, Name: "Diễn đàn Muối", Salience: news.Main, Places: a.places})
				if a.mention {
					r.Record.Salience = news.Mention
				}
				group = append(group, r)
			}
			f := resolve.Fuse(group)
			var got, against []string
			for _, p := range f.Slots.Places {
				got = append(got, p.Name)
			}
			for _, c := range f.Conflicts {
				for _, v := range c.Values {
					against = append(against, v.Value)
				}
			}
			if !slices.Equal(got, row.want) || !slices.Equal(against, row.conflicts) {
				t.Errorf("places %q, conflicts %q; want %q, %q", got, against, row.want, row.conflicts)
			}
		})
	}
}
