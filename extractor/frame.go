package extractor

import (
	"slices"

	"sukien/extractor/place"
	"sukien/news"
	"sukien/news/viet"
)

// finer is the place of a meeting that says more than the best one: a venue
// whose address names the city that the title gives.
func (d *document) finer(best int, links []placeLink) int {
	city := &d.places[best]
	if city.Kind == news.VenuePlace {
		return best
	}
	for _, l := range links {
		p := &d.places[l.place]
		if p.Kind != news.VenuePlace || p.Role != place.At {
			continue
		}
		for n := l.place + 1; n < len(d.places) && d.places[n].Chain == p.Chain; n++ {
			if viet.Key(d.places[n].Name) == viet.Key(city.Name) {
				return l.place
			}
		}
	}
	return best
}

// worksWith tells whether a meeting is work with an institution, at whose seat
// it is where no other place is told: "làm việc với Bệnh viện X".
func (d *document) worksWith(m *mention, p *place.Mention) bool {
	if !p.Body || p.Role != place.Party || p.From < m.from || p.From > m.to+2 || p.From < 3 {
		return false
	}
	return d.toks[p.From-1].Key == "với" && d.toks[p.From-2].Key == "việc" && d.toks[p.From-3].Key == "làm"
}

// onlyMain is the number of the one main meeting of the article, -1 when it has none or several.
func (d *document) onlyMain() int {
	only := -1
	for c := range d.clusters {
		if d.clusters[c].main {
			if only >= 0 {
				return -1
			}
			only = c
		}
	}
	return only
}

// workPlace is the province or city with whose leaders a meeting is, by its
// name, where the text says elsewhere that people are or go there.
func (d *document) workPlace(cl *cluster) []int {
	if cl.kind != news.Meeting {
		return nil
	}
	for _, i := range cl.mentions {
		m := &d.mentions[i]
		for k := range d.places {
			p := &d.places[k]
			if p.From <= m.from || p.To > m.to || p.Entry == nil || d.toks[p.From-1].Key != "đạo" {
				continue
			}
			if slices.ContainsFunc(d.places, func(o place.Mention) bool {
				return o.Entry == p.Entry && (o.Role == place.At || o.Role == place.To)
			}) {
				return []int{k}
			}
		}
	}
	return nil
}

// addHeld adds the venue of which a sentence says that the gathering is there
// ("X - địa điểm chính của sự kiện") to the only main meeting of the article,
// where no venue is told of it.
func (d *document) addHeld() {
	only := d.onlyMain()
	if only < 0 {
		return
	}
	cl := &d.clusters[only]
	for k := range d.places {
		p := &d.places[k]
		if !p.Held || slices.Contains(cl.places, k) || slices.ContainsFunc(cl.places, func(o int) bool { return d.elsewhereThan(o, p) }) {
			continue
		}
		cl.places = append([]int{k}, cl.places...)
	}
}

// elsewhereThan tells whether place k and p cannot both be where one meeting
// is: two venues, two countries, or two of a kind.
func (d *document) elsewhereThan(k int, p *place.Mention) bool {
	o := &d.places[k]
	return o.Kind == p.Kind || o.Country != p.Country
}

// fillFrames gives the meetings of the article that no place is said of the
// place with which the text begins.
func (d *document) fillFrames() {
	for c := range d.clusters {
		if cl := &d.clusters[c]; cl.main && len(cl.places) == 0 {
			if cl.places = d.framePlace(cl); len(cl.places) == 0 {
				cl.places = d.workPlace(cl)
			}
			if len(cl.places) == 0 && d.onlyMain() == c {
				cl.places = d.sitePlace()
			}
		}
	}
	d.addHeld()
}

// framePlace is the place with which the text begins ("Sáng 5/3, tại Phủ Chủ
// tịch, …") for a meeting that is named in the title or in the sentences right
// behind, and that no place is said of.
func (d *document) framePlace(cl *cluster) []int {
	s := d.firstSentence()
	k := d.frame(s)
	if k < 0 || cl.kind == news.Visit {
		return nil
	}
	for _, i := range cl.mentions {
		m := &d.mentions[i]
		if m.sent == s && m.from >= d.rd.TitleEnd && !m.aside {
			return nil // the sentence itself says where
		}
	}
	if d.taken(k) && !hourly(cl.kind) {
		return nil
	}
	for _, i := range cl.mentions {
		m := &d.mentions[i]
		if !m.aside && (m.from < d.rd.TitleEnd || m.sent <= s+frameReach || d.onlyMain() >= 0) {
			return d.bestPlaces([]placeLink{{k, 1}})
		}
	}
	return nil
}

// taken tells whether place k is that of a meeting already.
func (d *document) taken(k int) bool {
	return slices.ContainsFunc(d.clusters, func(c cluster) bool { return c.main && slices.Contains(c.places, k) })
}

// hourly tells whether gatherings of a kind follow each other on one day at one place.
func hourly(k news.Kind) bool {
	return k == news.Talks || k == news.Ceremony || k == news.PressConference
}

// siteWords is how many tokens from the beginning of a sentence the place can be
// of which it says that the event is held there.
const siteWords = 14

// sitePlace is the place of which a sentence says without naming the gathering
// that it is there: "Sự kiện diễn ra tại khách sạn Hoa Sen".
func (d *document) sitePlace() []int {
	for k := range d.places {
		p := &d.places[k]
		from := d.sents[d.sentence(p.From)].From
		if p.Role != place.At || p.Inside || p.Chain != k || p.From > from+siteWords || p.From < from+2 {
			continue
		}
		if a, b := d.toks[from].Key, d.toks[from+1].Key; (a != "sự" || b != "kiện") && (a != "chương" || b != "trình") {
			continue
		}
		for t := from + 2; t < p.From; t++ {
			if _, ok := d.rd.At(t, d.x.sym.happens); ok {
				return d.bestPlaces([]placeLink{{k, 1}})
			}
		}
	}
	return nil
}

// frameReach is for how many sentences the place that opens the text still holds.
const frameReach = 2

// frame is the place that a sentence opens with: nothing but dates and marks
// go before "tại". -1 when there is none.
func (d *document) frame(s int) int {
	if s < 0 {
		return -1
	}
	for k := range d.places {
		p := &d.places[k]
		if p.From < d.sents[s].From || p.Inside {
			continue
		}
		if p.From >= d.sents[s].To || p.Role != place.At || !d.onlyTime(d.sents[s].From, p.From) {
			return -1
		}
		return k
	}
	return -1
}

// onlyTime tells whether tokens from to to are dates, marks, brackets and the word before a place alone.
func (d *document) onlyTime(from, to int) bool {
	for t := from; t < to; {
		if it, ok := d.rd.At(t, d.x.sym.date); ok {
			t = max(t+1, int(it.To))
			continue
		}
		switch k := d.toks[t].Key; {
		case d.toks[t].Kind == viet.Punct, k == "tại", k == "ở", k == "ngay":
		case k == "giờ" || k == "địa" || k == "phương" || k == "theo" || k == "cùng" || k == "ngày" || k == "ngay":
		default:
			return false
		}
		t++
	}
	return true
}
