package extractor

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sukien/extractor/people"
	"sukien/extractor/place"
	"sukien/extractor/rule"
	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/timex"
	"sukien/news/viet"
)

// document is an article being read: the title and the text as one run of
// tokens, and what was found in it. Its memory is used again.
type document struct {
	x         *Extractor
	article   *news.Article
	src       string
	titleLen  int // bytes of src that are the title and the line end after it
	published time.Time
	toks      []viet.Token
	numbers   []uint32 // of the tokens' keys in x.words
	sents     []viet.Span
	sentOf    []int32
	rd        rule.Doc
	dates     []timex.Expr
	finds     lexicon.Finds
	lex       []lexicon.Match // those of finds
	named     people.Found
	people    []people.Person   // those of named
	who       []people.Official // the people, each once
	bodies    []people.Body
	personAt  []int32 // at each token the person it belongs to, from 1
	places    []place.Mention
	mentions  []mention
	clusters  []cluster
	links     []rule.Match
	judged    []rule.Match
	roles     []roleLink      // of the people
	dated     []dateLink      // what dateLinks gave last
	shown     []news.Evidence // of the record made last
	whole     float64         // what rules say of all meetings of the article
	matches   []rule.Match
	runes     []int // code points before every runeStep-th byte
	trace     rule.Tracer
	fired     func(*rule.Match)
}

func newDocument(x *Extractor) *document { return &document{x: x} }

// extract runs every phase over an article.
func (d *document) extract(a *news.Article) []news.Record {
	d.read(a)
	d.mentions, d.clusters = d.mentions[:0], d.clusters[:0]
	if d.x.set.ResetNumbered(&d.rd, d.toks, d.numbers, d.sents); d.x.set.Idle(&d.rd, rule.Meeting) && d.fired == nil {
		return nil
	}
	d.annotate()
	d.findMentions()
	if len(d.mentions) == 0 {
		return nil
	}
	d.runLinks()
	d.cluster()
	d.linkEditions()
	d.fillDates()
	d.fillParents()
	d.fillSlots()
	d.frameDates()
	d.fillPlaces()
	d.judge()
	d.fillFrames()
	d.fillPeople()
	return d.records()
}

// read cuts the article into tokens.
func (d *document) read(a *news.Article) {
	d.article = a
	title := strings.TrimSpace(a.Title)
	d.titleLen = 0
	d.src = a.Text
	if title != "" {
		d.src = title + "\n" + a.Text
		d.titleLen = len(title) + 1
	}
	d.published = publishedDay(a.Published)
	d.runes = d.runes[:0]
	d.toks, d.numbers = d.x.words.Append(d.toks[:0], d.numbers[:0], d.src)
	d.sents = viet.AppendSentences(d.sents[:0], d.src, d.toks)
	d.sentOf = append(d.sentOf[:0], make([]int32, len(d.toks))...)
	for i, s := range d.sents {
		for t := s.From; t < s.To; t++ {
			d.sentOf[t] = int32(i)
		}
	}
}

// publishedDay is the time of publication, zero unless its day is known: a
// year or month alone would put a date into the wrong year.
func publishedDay(s news.Stamp) time.Time {
	t, ok := s.Time()
	if !ok || len(s) < len("2006-01-02") {
		return time.Time{}
	}
	return t
}

// annotate adds what dates, lexicons, people and places know, and the first three phases of rules.
func (d *document) annotate() {
	d.dates = d.x.dater.Find(d.dates, d.src, d.toks, d.numbers, timex.Reference{Published: d.published})
	d.rd.TitleEnd, d.rd.LeadEnd = d.zones()
	for i, e := range d.dates {
		d.addDate(i, e)
	}
	d.addLexicon()
	d.addPeople()
	d.addPlaces()
	for p := rule.Mark; p <= rule.Stop; p++ {
		if d.fired == nil {
			d.x.set.Annotate(&d.rd, p)
		} else {
			d.matches = d.run(p, d.matches[:0])
		}
	}
}

// zones gives the ends, in tokens, of the title and of the first paragraph.
func (d *document) zones() (title, lead int) {
	for title < len(d.toks) && d.toks[title].Start < d.titleLen-1 {
		title++
	}
	lead = title
	if lead < len(d.toks) && d.toks[lead].Kind == viet.Break {
		lead++
	}
	for n, from := leadLines(title), lead; n > 0 && lead < len(d.toks) && (lead-from < longLead || lead-from < 2*longLead && d.dayAt(lead+1)); n-- {
		for lead++; lead < len(d.toks) && d.toks[lead].Kind != viet.Break; lead++ {
		}
	}
	return title, lead
}

// dayAt tells whether a day begins at token t: a report's first line does so.
func (d *document) dayAt(t int) bool {
	k, ok := slices.BinarySearchFunc(d.dates, t, func(e timex.Expr, t int) int { return e.First - t })
	return ok && isDay(d.dates[k])
}

func (d *document) addDate(i int, e timex.Expr) {
	s := d.x.sym
	switch {
	case e.Guard != "":
		d.rd.Add(s.guard, 0, e.First, e.Last, i)
	case e.Start == "":
		d.rd.Add(s.date, s.dayPart, e.First, e.Last, i)
	case isDay(e):
		d.rd.Add(s.date, s.day, e.First, e.Last, i)
	default:
		d.rd.Add(s.date, s.coarse, e.First, e.Last, i)
	}
}

// isDay tells whether an expression fixes a day.
func isDay(e timex.Expr) bool {
	switch e.Precision {
	case timex.Day, timex.Hour, timex.Minute:
		return e.Start != ""
	}
	return false
}

// addLexicon annotates the phrases that the lexicons know.
func (d *document) addLexicon() {
	s := d.x.sym
	d.x.lex.ScanInto(&d.finds, d.toks, d.numbers)
	d.lex = d.finds.Matches
	for i, m := range d.lex {
		switch m.Entries[0].Class {
		case "title":
			d.rd.Add(s.title, 0, m.From, m.To, i)
		case "series":
			d.rd.Add(s.series, 0, m.From, m.To, i)
		}
	}
}

// text gives the words of tokens from to to (exclusive).
func (d *document) text(from, to int) string {
	if from >= to {
		return ""
	}
	return d.src[d.toks[from].Start:d.toks[to-1].End]
}

// sentence gives the number of the sentence that token i is in.
func (d *document) sentence(i int) int { return int(d.sentOf[i]) }

// evidence points at tokens from to to (exclusive).
func (d *document) evidence(slot string, from, to int, by string) news.Evidence {
	e := news.Evidence{Slot: slot, Rule: by, Pack: d.x.pack, In: "text"}
	start, end := d.toks[from].Start, d.toks[to-1].End
	base := d.titleLen
	if start < d.titleLen {
		e.In, base = "title", 0
	}
	e.From = d.runesBefore(start) - d.runesBefore(base)
	e.To = e.From + utf8.RuneCountInString(d.src[start:end])
	e.Text = cut(d.src[start:end], news.MaxEvidenceText)
	return e
}

// runeStep is the distance, in bytes, of the points at which code points were counted.
const runeStep = 1 << 7

// runesBefore counts the code points of the first n bytes of the article.
func (d *document) runesBefore(n int) int {
	if len(d.runes) == 0 {
		d.runes = append(d.runes, 0)
	}
	for len(d.runes) <= n/runeStep {
		from := (len(d.runes) - 1) * runeStep
		d.runes = append(d.runes, d.runes[len(d.runes)-1]+starts(d.src[from:from+runeStep]))
	}
	k := n / runeStep
	return d.runes[k] + starts(d.src[k*runeStep:n])
}

// starts counts the bytes that begin a code point.
func starts(s string) int {
	n := 0
	for i := range len(s) {
		if s[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// cut is s, of n code points at most.
func cut(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// run runs the rules of a phase.
func (d *document) run(p rule.Phase, dst []rule.Match) []rule.Match {
	dst = d.x.set.Trace(&d.rd, p, dst, d.trace)
	if d.fired != nil {
		for i := range dst {
			d.fired(&dst[i])
		}
	}
	return dst
}

// longLead is how many tokens a lead of several lines has at least: what comes
// behind is no lead any more, but for a line that begins with the day.
const longLead = 40

// leadLines is how many lines count as the lead: the first two, as a summary
// often stands above the report, or, where there is no title and the first
// lines must do for it, the first three.
func leadLines(titleEnd int) int {
	if titleEnd == 0 {
		return 3
	}
	return 2
}
