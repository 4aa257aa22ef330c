package extractor

import (
	"cmp"
	"slices"

	"sukien/extractor/people"
	"sukien/extractor/place"
	"sukien/news"
	"sukien/news/viet"
)

// placeLink is a place of a meeting: the mention and how surely it is one.
type placeLink struct {
	place int
	score float64
}

// addPlaces annotates the places of the article.
func (d *document) addPlaces() {
	s := d.x.sym
	day := news.Date("")
	if !d.published.IsZero() {
		day = news.Date(d.published.In(news.Hanoi).Format("2006-01-02"))
	}
	d.places = d.x.placer.Find(d.places, d.src, d.toks, d.numbers, d.lex, day)
	for i := range d.places {
		p := &d.places[i]
		if p.Inside || p.Role == place.Name || p.Role == place.Way || p.Role == place.Folk {
			continue
		}
		kind := s.here
		switch {
		case p.Role == place.Party || p.Role == place.Origin:
			kind = s.party
		case p.Role == place.Bare:
			kind = s.bare
		case p.Role == place.To:
			kind = s.there
		}
		d.rd.Add(s.place, kind, p.From, p.To, i)
	}
}

// fillPlaces gives every meeting the places that are said of it.
func (d *document) fillPlaces() {
	for c := range d.clusters {
		cl := &d.clusters[c]
		var links []placeLink
		for _, i := range cl.mentions {
			links = d.placesNear(i, links)
		}
		if cl.places = d.bestPlaces(links); len(cl.places) == 0 {
			cl.places = d.placeOfHolder(cl)
		}
	}
}

// placeOfHolder is the commune or ward whose own body holds the meeting, where no place is said.
func (d *document) placeOfHolder(cl *cluster) []int {
	for _, v := range cl.slots {
		if v.slot != "organizer" {
			continue
		}
		for k := range d.places {
			p := &d.places[k]
			if p.From >= v.from && p.To <= v.to && p.Kind == news.CommunePlace {
				return d.address(k)
			}
		}
	}
	return nil
}

// placesNear weighs the places of the sentence of a mention.
func (d *document) placesNear(i int, links []placeLink) []placeLink {
	m := &d.mentions[i]
	s := d.sents[m.sent]
	k, _ := slices.BinarySearchFunc(d.places, s.From, func(p place.Mention, from int) int { return p.From - from })
	for ; k < len(d.places) && d.places[k].From < s.To; k++ {
		if score := d.placeScore(i, k); score > 0 {
			links = append(links, placeLink{k, score})
		}
	}
	return links
}

// address is a place with what is written behind it in brackets or after commas.
func (d *document) address(k int) []int {
	out := []int{k}
	for n := k + 1; n < len(d.places) && d.places[n].From <= d.places[n-1].To+1; n++ {
		out = append(out, n)
	}
	return out
}

// visitReach is how many tokens from the name of a meeting a place that
// somebody goes to can be.
const visitReach = 40

// folkReach is how many tokens behind the name of a visit the place can be whose people are visited.
const folkReach = 12

// placeScore says how surely place k is where mention i takes place; both are in one sentence.
func (d *document) placeScore(i, k int) float64 {
	m, p := &d.mentions[i], &d.places[k]
	if p.Inside {
		return 0
	}
	w := &d.x.weights
	if m.kind == news.Visit && p.From >= m.from && p.From <= m.to+2 && p.Role != place.Name && p.Role != place.Way && p.Role != place.Folk {
		return w.placeVisited
	}
	if p.Role == place.Folk && m.kind == news.Visit && p.From >= m.from && p.From < m.to+folkReach {
		return w.placeReached
	}
	if p.Role == place.To && d.homecoming(m, p) {
		return 0
	}
	if p.Role == place.To && (m.kind == news.Visit || p.From < m.to) && p.From > m.from-visitReach && p.From < m.to+visitReach {
		return w.placeReached
	}
	if d.worksWith(m, p) {
		return w.placeReached
	}
	if p.Role != place.At || d.topical(m, p) {
		return 0
	}
	score := 0.0
	switch {
	case p.From >= m.from && p.From < m.to:
		score = w.placeInside
	case p.From >= m.to:
		score = w.placeAfter
		if p.From-m.to <= 2 {
			score = w.placeNext
		}
		if o := d.mentionBetween(m.to, p.From, i); o >= 0 && !d.mentions[o].aside && d.mentions[o].veto == 0 && m.kind != news.Visit && !d.chained(i, p.From) {
			return 0
		}
		if d.tooFar(i, p.From) || d.placeless(i, p.From) || p.Kind == news.CountryPlace && d.settledAt(p.From-1) {
			return 0
		}
	case p.Kind == news.CountryPlace && d.ofBody(p.From-1) && d.ofAnother(i, k) < 0:
		return 0
	default:
		score = w.placeBefore
		if o := d.mentionBetween(p.To, m.from, i); o >= 0 && !d.mentions[o].aside {
			score -= w.placeFar
		}
		if m.aside {
			score -= w.placeFar
		}
		switch o := d.ofAnother(i, k); {
		case o >= 0 && d.framing(o, p.From):
			score -= w.placeOther
		case o >= 0 && (!d.mentions[o].aside && d.mentions[o].veto == 0 || d.places[k].From > d.mentions[o].to+2):
			return 0
		case o >= 0:
			score -= w.placeOther
		}
	}
	if p.Kind == news.CountryPlace || p.Entry != nil && p.Entry.Attr["level"] == "region" {
		score -= w.placeCountry
	}
	return score - float64(min(m.sent, 20))*0.05
}

// ofBody tells whether a body ends before token i: "Đại sứ quán Lào tại Việt Nam".
func (d *document) ofBody(i int) bool {
	k, _ := slices.BinarySearchFunc(d.bodies, i, func(b people.Body, at int) int { return b.Span.From - at })
	return k > 0 && d.bodies[k-1].Span.To == i
}

// ofAnother is the mention of another meeting right behind whose name a place
// stands, or that is said to be held there; -1 when there is none.
func (d *document) ofAnother(i, k int) int {
	for o := range d.mentions {
		m := &d.mentions[o]
		gap := d.places[k].From - m.to
		if m.sent != d.sentence(d.places[k].From) {
			continue
		}
		if gap >= 0 && m.cluster != d.mentions[i].cluster && (gap <= 2 || m.sent == d.mentions[i].sent && m.kind != news.Visit && (k == 0 || d.places[k-1].From < m.to) && d.heldAt(o, d.places[k].From)) {
			return o
		}
	}
	return -1
}

// bestPlaces keeps the best place with the rest of its address and its enumeration.
func (d *document) bestPlaces(links []placeLink) []int {
	if len(links) == 0 {
		return nil
	}
	best := slices.MaxFunc(links, func(a, b placeLink) int {
		switch {
		case a.score < b.score:
			return -1
		case a.score > b.score:
			return 1
		}
		return b.place - a.place
	}).place
	best = d.finer(best, links)
	var out []int
	for k := range d.places {
		p := &d.places[k]
		same := k == best || p.Chain == d.places[best].Chain || p.List == d.places[best].List || d.around(best, k)
		if same && (k == best || !p.Inside) {
			out = append(out, k)
		}
	}
	return out
}

// aroundReach is how many tokens behind a venue the place can be that it lies in.
const aroundReach = 8

// around tells whether place k is said to be where venue v lies: "tại Lữ đoàn
// 25 thuộc Quân khu 9 ở tỉnh Vĩnh Long".
func (d *document) around(v, k int) bool {
	p, at := &d.places[k], &d.places[v]
	gap := p.From - at.To
	return at.Kind == news.VenuePlace && p.Kind != news.VenuePlace && !p.Inside &&
		gap > 0 && gap < aroundReach && d.sentence(p.From) == d.sentence(at.From) && d.toks[p.From-1].Key == "ở"
}

// placesOf writes the places of a meeting into its record: a country only
// where nothing finer is said.
func (d *document) placesOf(cl *cluster, r *news.Record) {
	d.bodyAsPlace(cl, r)
	fine := len(r.Places) > 0 || slices.ContainsFunc(cl.places, func(k int) bool { return d.places[k].Kind != news.CountryPlace })
	for _, k := range cl.places {
		p := &d.places[k]
		if fine && p.Kind == news.CountryPlace {
			continue
		}
		if slices.ContainsFunc(r.Places, func(o news.Place) bool { return viet.Key(o.Name) == viet.Key(p.Name) }) {
			continue
		}
		out := news.Place{Name: p.Name, Kind: p.Kind, Country: p.Country, Lat: p.Lat, Lon: p.Lon}
		if p.Written != p.Name {
			out.AsWritten = p.Written
		}
		if c := cmp.Or(d.aroundCountry(cl, k), d.hostCountry(k)); c != "" {
			out.Country, out.Lat, out.Lon = c, 0, 0
		} else if out.Country == "" && p.Entry != nil && p.Entry.Attr["abroad"] != "" {
			out.Country = d.foreignOf(cl)
		} else if out.Country == "" {
			out.Country = d.countryOf(cl)
		}
		r.Places = append(r.Places, out)
		r.Evidence = append(r.Evidence, d.evidence("places["+itoa(len(r.Places)-1)+"]", p.From, p.To, "place/"+string(p.Role)))
		if r.Zone == "" && r.StartTime != "" {
			r.Zone = p.Zone
		}
	}
}

// bodyAsPlace writes the body at whose seat a meeting is held ("tại Tỉnh ủy Hòa
// Bình,"), where the gazetteer saw no venue.
func (d *document) bodyAsPlace(cl *cluster, r *news.Record) {
	v, ok := cl.slot("venue")
	if !ok || slices.ContainsFunc(cl.places, func(k int) bool { return d.places[k].Kind == news.VenuePlace }) {
		return
	}
	out := news.Place{Name: clean(d.text(v.from, v.to)), Kind: news.VenuePlace, Country: d.countryOf(cl)}
	r.Places = append(r.Places, out)
	r.Evidence = append(r.Evidence, d.evidence("places[0]", v.from, v.to, v.rule))
}
