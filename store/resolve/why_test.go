package resolve_test

import (
	"testing"

	"sukien/news"
	"sukien/store/resolve"
)

func TestWhy(t *testing.T) {
	article := func(id, name, day string) *resolve.Told {
		a := &news.Article{ID: id, URL: "https://" + id, Source: id, Published: news.Stamp(day), Title: name, Text: "Hội Muối Biển Bạc họp ở Tân Hải."}
		return resolve.Tell(a, news.Record{ID: "r-" + id, Slots: news.Slots{Salience: news.Main, Kind: news.Conference, Name: name, Start: news.Date(day)}})
	}
	first, second, third := article("a", "Hội nghị Muối Biển Bạc", "2026-03-20"), article("b", "Hội nghị Muối Biển Bạc", "2026-03-20"), article("c", "Hội nghị Muối Biển Bạc mở rộng", "2026-03-20")
	other := article("d", "Diễn đàn đường sắt Atlantis", "2026-05-20")
	c := resolve.Why([]*resolve.Told{other, third, second, first})
	if len(c.Joined) != 2 || len(c.Alone) != 1 || c.Alone[0] != other {
		t.Fatalf("%d pairs join four records, %d are alone", len(c.Joined), len(c.Alone))
	}
	for i, l := range c.Joined {
		if !l.Same || l.Why() == "" || i > 0 && l.Score > c.Joined[i-1].Score {
			t.Errorf("pair %d: %+v", i, l.Verdict)
		}
	}
	if one := resolve.Why([]*resolve.Told{first}); len(one.Joined)+len(one.Apart)+len(one.Alone) != 0 {
		t.Errorf("one record needs no reason: %+v", one)
	}
}
