package extractor

import (
	"cmp"
	"slices"

	"sukien/news"
)

// home is the country of the papers that are read: that of a place of which
// nothing else is known.
const home = "VN"

// countryOf is the country of a meeting at a place that no gazetteer knows:
// that of another place of it, of a country visited in the article, of the only
// State whose leaders are there, else home. Where foreigners meet, it stays unknown.
func (d *document) countryOf(cl *cluster) string {
	for _, k := range cl.places {
		if c := d.places[k].Country; c != "" {
			return c
		}
	}
	if c, _ := d.hostOf(cl); c != "" {
		return c
	}
	for c := range d.clusters {
		for _, k := range d.clusters[c].places {
			if p := &d.places[k]; d.clusters[c].kind == news.Visit && p.Country != "" {
				return p.Country
			}
		}
	}
	if cl.kind == news.Talks && d.abroad(cl) {
		return ""
	}
	return cmp.Or(d.leadersOf(cl), home)
}

// leadersOf is the country of the statesmen at a meeting that nobody of ours is
// at, empty when they are of several.
func (d *document) leadersOf(cl *cluster) string {
	country := ""
	for _, o := range cl.people {
		w := &d.who[o.who]
		switch {
		case d.stateOf(o.who) == home:
			return ""
		case w.Weight < statesman || w.Country == "":
		case country != "" && country != w.Country:
			return ""
		default:
			country = w.Country
		}
	}
	return country
}

// foreignOf is the only foreign country for which people of a meeting act: that
// of a palace of which there is none at home. Empty when there are several.
func (d *document) foreignOf(cl *cluster) string {
	country := ""
	for _, o := range cl.people {
		switch c := d.stateOf(o.who); {
		case c == home || c == "":
		case country != "" && country != c:
			return ""
		default:
			country = c
		}
	}
	return country
}

// abroad tells whether the hosts of talks may be the others: the sentence does
// not say that somebody of ours receives.
func (d *document) abroad(cl *cluster) bool {
	for _, o := range cl.people {
		if o.role == news.Host || o.role == news.Guest {
			return false
		}
	}
	for _, i := range cl.mentions {
		if d.mentions[i].verb && d.toks[d.mentions[i].from].Key == "tiếp" {
			return false
		}
	}
	return true
}

// aroundCountry is the country that venue k of a meeting is said to lie in,
// where the gazetteer knows a venue of its name in another: "Trung tâm Hội nghị
// quốc gia ở Thủ đô Viêng Chăn". Empty where they agree.
func (d *document) aroundCountry(cl *cluster, k int) string {
	for _, o := range cl.places {
		if p := &d.places[o]; p.Country != "" && p.Country != d.places[k].Country && d.around(k, o) {
			return p.Country
		}
	}
	return ""
}

// hostCountry is the country of the foreign host of talks or of a ceremony, for
// a venue that is taken to be at home: "tại Tòa nhà Quốc hội, Chủ tịch Quốc hội
// Armenia chủ trì lễ đón". Empty where nobody from abroad is host there, or somebody from home.
func (d *document) hostCountry(k int) string {
	if p := &d.places[k]; p.Kind != news.VenuePlace || p.Country != home {
		return ""
	}
	country := ""
	for c := range d.clusters {
		cl := &d.clusters[c]
		if !cl.main || !slices.Contains(cl.places, k) {
			continue
		}
		host, one := d.hostOf(cl)
		if !one || len(cl.places) > 1 || host != "" && country != "" && host != country {
			return ""
		}
		country = cmp.Or(country, host)
	}
	return country
}

// hostOf is the country of those who hold talks or a ceremony when all hosts
// are of one foreign country; one is false when they are not.
func (d *document) hostOf(cl *cluster) (country string, one bool) {
	if cl.kind != news.Talks && cl.kind != news.Ceremony {
		return "", true
	}
	for _, o := range cl.people {
		if o.role != news.Host && o.role != news.Chair {
			continue
		}
		w := &d.who[o.who]
		if !w.Foreign || w.Country == "" || country != "" && country != w.Country {
			return "", false
		}
		country = w.Country
	}
	return country, true
}
