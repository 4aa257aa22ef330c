package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"sukien/news"
)

// The shape of the made-up press: what a day brings to a store that watches some
// seventy papers.
const (
	articlesDay  = 700
	meetingsOpen = 260 // meetings that papers still write about
	tellings     = 2.8 // articles of one meeting, on the whole
	papers       = 70
	reprints     = 0.22 // of the articles, printing another one's text
	undated      = 0.25 // of the records
	misdated     = 0.02
	passing      = 2 // most other meetings that an article names in passing
)

// world makes up news of meetings, the same for the same seed: series with
// editions, conferences of provinces, talks of ministers, ceremonies of communes,
// each told by several papers, fuller and scantier, in other words, and reprinted.
type world struct {
	rng      *rand.Rand
	n        int
	day      time.Time
	officers []news.Official
	open     []*meeting
	made     int
	letters  int // bytes of an article
	editions map[string]int
}

// meeting is one that is made up, with what has been printed of it.
type meeting struct {
	record  news.Record
	short   string   // another name for it
	also    []string // who and what its articles name beside
	wire    string   // a text that other papers print
	print   uint64
	stories int
}

// made is one article with its records.
type made struct {
	article *news.Article
	print   uint64
	records []news.Record
	of      []*meeting // what each record tells of
}

func newWorld(seed uint64) *world {
	w := &world{rng: rand.New(rand.NewPCG(seed, 7)), day: time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC), letters: 2600, editions: map[string]int{}}
	for i := range 3000 {
		w.officers = append(w.officers, news.Official{
			Name:  madeFamilies[i%len(madeFamilies)] + " " + madeMiddles[i/7%len(madeMiddles)] + " " + madeGiven[i/3%len(madeGiven)] + " " + madeGiven[i/11%len(madeGiven)],
			Title: madeTitles[i%len(madeTitles)], Org: madeBodies[i%len(madeBodies)], Country: "VN",
		})
	}
	return w
}

// next is the next article.
func (w *world) next() made {
	at := w.day.AddDate(0, 0, w.n/articlesDay).Add(time.Duration(w.n%articlesDay) * 24 * time.Hour / articlesDay)
	w.n++
	if len(w.open) < meetingsOpen {
		w.open = append(w.open, w.hold(at))
	} else if w.rng.Float64() < 1/tellings {
		w.open[w.rng.IntN(len(w.open))] = w.hold(at)
	}
	m := w.open[w.rng.IntN(len(w.open))]
	m.stories++
	a := &news.Article{Source: fmt.Sprintf("bao-%d.example", w.rng.IntN(papers)), PageType: news.PageArticle, Language: "vi", Published: news.Stamp(at.Format(time.RFC3339))}
	a.URL = fmt.Sprintf("https://%s/tin-%d.html", a.Source, w.n)
	a.Canonical, a.ID = a.URL, news.ArticleID(a.URL)
	r := w.tell(m)
	a.Title = strings.ToUpper(r.Name[:1]) + r.Name[1:]
	print := w.rng.Uint64()
	if a.Text = w.text(m, r); m.wire != "" && w.rng.Float64() < reprints {
		a.Text, a.Agency, print = m.wire, "TTXVN", m.print
	} else if m.wire == "" {
		m.wire, m.print = a.Text, print
	}
	out := made{a, print, []news.Record{r}, []*meeting{m}}
	for range w.rng.IntN(passing + 1) {
		beside := w.open[w.rng.IntN(len(w.open))]
		other := w.tell(beside)
		other.Salience, other.Officials = news.Mention, other.Officials[:min(1, len(other.Officials))]
		out.records, out.of = append(out.records, other), append(out.of, beside)
	}
	return out
}

// tell is a meeting as one paper tells it.
func (w *world) tell(m *meeting) news.Record {
	r := m.record
	r.Officials = append([]news.Official(nil), r.Officials[:1+w.rng.IntN(len(r.Officials))]...)
	r.Places = append([]news.Place(nil), r.Places...)
	if w.rng.IntN(3) == 0 {
		r.Name = m.short
	}
	switch p := w.rng.Float64(); {
	case p < undated:
		r.Start, r.DateBasis = "", ""
	case p < undated+misdated:
		if day, err := time.Parse(time.DateOnly, string(r.Start)); err == nil {
			r.Start = news.Date(day.AddDate(0, 0, 1).Format(time.DateOnly))
		}
	}
	if w.rng.IntN(4) == 0 {
		r.Places = r.Places[:1]
	}
	r.Evidence = []news.Evidence{
		{Slot: "name", Text: r.Name, In: "text", From: 20, To: 20 + len([]rune(r.Name)), Rule: "meeting/head"},
		{Slot: "start", Text: "ngày " + string(r.Start), In: "text", From: 0, To: 15, Rule: "date/day"},
		{Slot: "officials[0].name", Text: r.Officials[0].Name, In: "text", From: 120, To: 140, Rule: "person/title"},
	}
	return r
}

// text is an article about a meeting.
func (w *world) text(m *meeting, r news.Record) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Ngày %s, tại %s, %s do %s tổ chức đã diễn ra.", r.Start, r.Places[0].Name, r.Name, r.Organizers[0].Name)
	for b.Len() < w.letters {
		o := r.Officials[w.rng.IntN(len(r.Officials))]
		fmt.Fprintf(&b, "\n%s %s %s cho biết %s tại %s đã %s, đồng thời %s với %s.", o.Title, o.Org, o.Name, w.topic(),
			r.Places[len(r.Places)-1].Name, madeDeeds[w.rng.IntN(len(madeDeeds))], madeDeeds[w.rng.IntN(len(madeDeeds))], m.also[w.rng.IntN(len(m.also))])
	}
	return b.String()
}

// namesBeside are people, works and villages that the articles on one meeting name.
func (w *world) namesBeside() []string {
	var out []string
	two := func() string {
		return madeSyllables[w.rng.IntN(len(madeSyllables))] + " " + madeSyllables[w.rng.IntN(len(madeSyllables))]
	}
	for i := range 12 {
		switch i % 3 {
		case 0:
			out = append(out, "ông "+w.officers[w.rng.IntN(len(w.officers))].Name)
		case 1:
			out = append(out, "Công ty "+two()+" "+two())
		default:
			out = append(out, "làng "+two())
		}
	}
	return out
}

func (w *world) topic() string {
	field := madeFields[w.rng.IntN(len(madeFields))]
	if w.rng.IntN(3) > 0 {
		return field
	}
	return field + " " + madeAims[w.rng.IntN(len(madeAims))]
}

// hold makes up a meeting within a week of an instant.
func (w *world) hold(at time.Time) *meeting {
	w.made++
	day := at.AddDate(0, 0, w.rng.IntN(8)-2)
	first := w.rng.IntN(len(w.officers))
	r := news.Record{Slots: news.Slots{Salience: news.Main, Start: news.Date(day.Format(time.DateOnly)), DateBasis: news.DatePublished, Status: news.Held, Confidence: 0.9}}
	if day.After(at) {
		r.Status = news.Upcoming
	}
	for i := range 2 + w.rng.IntN(4) {
		o := w.officers[(first+i*37)%len(w.officers)]
		o.Role = []news.Role{news.Chair, news.Speaker, news.Attendee}[min(i, 2)]
		r.Officials = append(r.Officials, o)
	}
	province := madeProvinces[w.rng.IntN(len(madeProvinces))]
	commune := madeSyllables[w.rng.IntN(len(madeSyllables))] + " " + madeSyllables[w.rng.IntN(len(madeSyllables))]
	r.Places = []news.Place{{Name: province, AsWritten: "tỉnh " + province, Kind: news.ProvincePlace, Country: "VN"}, {Name: commune, AsWritten: "xã " + commune, Kind: news.CommunePlace, Country: "VN"}}
	topic, other := w.topic(), w.topic()
	if w.rng.IntN(3) > 0 { // most have a name of their own
		topic += " " + madeSyllables[w.rng.IntN(len(madeSyllables))] + " " + madeSyllables[w.rng.IntN(len(madeSyllables))]
	}
	m := &meeting{also: w.namesBeside()}
	switch w.rng.IntN(10) {
	case 0, 1: // an edition of a series
		k := w.rng.IntN(1200)
		field, seat := madeFields[k%len(madeFields)]+" "+madeAims[k/7%len(madeAims)], madeSyllables[k%len(madeSyllables)]+" "+madeSyllables[k/5%len(madeSyllables)]
		series := fmt.Sprintf("chuoi-%d", k)
		w.editions[series]++
		r.Kind, r.Level, r.Series, r.Ordinal = news.Forum, news.National, series, w.editions[series]
		r.Name = fmt.Sprintf("Diễn đàn %s %s lần thứ %d", field, seat, r.Ordinal)
		m.short = fmt.Sprintf("Diễn đàn %s lần thứ %d", field, r.Ordinal)
	case 2, 3: // talks
		a, b := r.Officials[0], r.Officials[1]
		r.Kind, r.Level = news.Talks, news.Ministry
		r.Name = fmt.Sprintf("cuộc gặp giữa %s %s và %s %s", a.Title, a.Name, b.Title, b.Name)
		m.short = "hội đàm giữa " + a.Name + " và " + b.Name
	case 4, 5, 6: // a commune's ceremony
		r.Kind, r.Level = news.Ceremony, news.Commune
		r.Name, m.short = fmt.Sprintf("Lễ khởi công công trình %s xã %s", topic, commune), "lễ khởi công "+topic+" tại xã "+commune
	default: // a province's conference
		r.Kind, r.Level = news.Conference, news.Province
		r.Name, m.short = fmt.Sprintf("Hội nghị %s và %s tỉnh %s", topic, other, province), fmt.Sprintf("Hội nghị về %s, %s", topic, other)
	}
	r.Organizers = []news.Organizer{{Name: "UBND tỉnh " + province}}
	m.record = r
	return m
}
