package content

import (
	"regexp"
	"strings"

	"sukien/news"
)

// line is one line of page text.
type line struct {
	text string
	// gap counts the empty lines before it.
	gap   int
	words int
	cue   cue
	kind  blockKind
	why   string
}

// plain is page text without tags on its way to an article.
type plain struct {
	page  news.Page
	lines []line
	// title is the index of the headline, -1 when there is none; start the
	// first line of the body.
	title, start int
	// top is the first line that may be the headline.
	top int
	// gapped says that the page sets its paragraphs apart by empty lines.
	gapped bool
	bigram map[string]int
	byline credit
}

// stripPlain reads page text whose tags are gone: the headline, the time and
// the byline are told apart from the text by their looks and place, teasers of
// other articles by their shape and their words.
func stripPlain(p news.Page, text string, opts Options) *Result {
	t := &plain{page: p, title: -1}
	t.read(text)
	t.crop()
	t.dropRepeats()
	t.pickTitle()
	t.judge()
	t.dropTeasers()
	t.cutTail()
	t.pickCaptions()
	a := t.article()
	res := &Result{Article: a}
	if opts.Explain {
		res.Report = t.report(a)
	}
	return res
}

// maxLines bounds the lines that are read of one page text.
const maxLines = 20_000

// read cuts the text into lines, and joins those that a sentence runs across.
func (t *plain) read(text string) {
	gap := 0
	for raw := range strings.Lines(text) {
		s := repair(tidy(trimBOM(raw)))
		if s == "" {
			gap++
			continue
		}
		if len(t.lines) >= maxLines {
			return
		}
		if n := len(t.lines); n > 0 && gap == 0 && startsLower(s) && !endsSentence(t.lines[n-1].text) && t.lines[n-1].words > 6 {
			t.lines[n-1].text += " " + s
			t.lines[n-1].words += strings.Count(s, " ") + 1
			continue
		}
		t.lines = append(t.lines, line{text: s, gap: gap, words: strings.Count(s, " ") + 1, kind: blockKept})
		gap = 0
	}
	prose, gapped := 0, 0
	for i := range t.lines {
		l := &t.lines[i]
		l.cue = cueOf(l.text, int32(l.words))
		if l.isProse() && i > 0 {
			prose++
			if l.gap > 0 {
				gapped++
			}
		}
	}
	t.gapped = gapped*3 > prose*2 || gapped >= 4
}

func trimBOM(s string) string { return strings.TrimPrefix(s, "\uFEFF") }

// isProse tells whether a line is running text.
func (l *line) isProse() bool { return l.words >= 25 || l.words >= 10 && endsSentence(l.text) }

// isHeadline tells whether a line has the looks of a headline.
func (l *line) isHeadline() bool {
	return l.words >= 5 && l.words <= 40 && l.cue == cueNone && !isStampLine(l.text) &&
		(!endsSentence(l.text) || strings.HasSuffix(l.text, "?") || strings.HasSuffix(l.text, "!") || strings.HasSuffix(l.text, "...") && l.words < 20)
}

func (t *plain) drop(i int, why string) { t.lines[i].kind, t.lines[i].why = blockDropped, why }

func (t *plain) kept(i int) bool { return t.lines[i].kind == blockKept }

// dropRepeats drops what is printed a second time: long lines anywhere, other
// lines right after themselves.
func (t *plain) dropRepeats() {
	seen := map[string]bool{}
	for i := range t.lines {
		l := &t.lines[i]
		key := letters(l.text)
		switch {
		case !t.kept(i):
			continue
		case l.words >= 12 && seen[key] && !l.twin(t, i, key):
			t.drop(i, "printed before")
		case i > 0 && l.twin(t, i, key):
			t.drop(i, "title printed twice")
		}
		seen[key] = true
	}
}

// twin tells whether the line repeats the one before it.
func (l *line) twin(t *plain, i int, key string) bool {
	return i > 0 && letters(t.lines[i-1].text) == key
}

// pickTitle finds the headline among the lines above the first running text:
// the one that is printed twice or stands over the time, else the first.
func (t *plain) pickTitle() {
	best, at := 0, -1
	t.start = t.top
	for i := t.top; i < len(t.lines); i++ {
		l := &t.lines[i]
		if i > t.top+headLines || l.isProse() && !l.isHeadline() {
			break
		}
		if !t.kept(i) || !l.isHeadline() {
			continue
		}
		s := 10 - min(i-t.top, 9)
		if i+1 < len(t.lines) && t.lines[i+1].why == "title printed twice" && i < t.top+4 {
			s += 12
		}
		if t.stampWithin(i+1, 3) {
			s += 15
		}
		if s > best {
			best, at = s, i
		}
	}
	if at >= 0 && t.headsText(at) {
		t.title, t.start = at, at+1
		for i := range at {
			t.drop(i, "above the headline")
		}
		t.drop(at, "the headline")
		return
	}
	for t.start < len(t.lines) && t.start < t.top+6 && !t.lines[t.start].isProse() && t.lines[t.start].words < 5 {
		t.drop(t.start, "above the text")
		t.start++
	}
}

// headsText tells whether running text follows line i.
func (t *plain) headsText(i int) bool {
	for j := i + 1; j < len(t.lines); j++ {
		if t.lines[j].isProse() {
			return true
		}
	}
	return false
}

func (t *plain) stampWithin(from, n int) bool {
	for i := from; i < len(t.lines) && i < from+n; i++ {
		if t.isStamp(i) {
			return true
		}
		if t.lines[i].isProse() {
			return false
		}
	}
	return false
}

// isStamp tells whether line i is a time, with or without the source beside it.
func (t *plain) isStamp(i int) bool {
	l := &t.lines[i]
	return l.words <= 16 && (isStampLine(l.text) || relativeSource.MatchString(l.text))
}

// relativeSource is an aggregator's line: "2 năm trước tenbao.vn".
var relativeSource = regexp.MustCompile(`(?i)^(?:khoảng\s+)?(?:\d{1,3}|một|vài)\s*(?:giây|phút|giờ|tiếng|ngày|tuần|tháng|năm)\s*trước\s*[-|·,]?\s*((?:[a-z0-9-]+\.)+[a-z]{2,})?$`)

var fileName = regexp.MustCompile(`(?i)^[\w\-. ()%]{1,80}?\.(?:png|jpe?g|gif|webp|bmp)\s*`)

// judge drops the lines that are no text by themselves.
func (t *plain) judge() {
	begun := false
	for i := t.start; i < len(t.lines); i++ {
		l := &t.lines[i]
		switch {
		case !t.kept(i):
		case t.isStamp(i) && (!begun || i > len(t.lines)-4):
			t.drop(i, "time line")
		case l.cue != cueNone && !l.isProse():
			t.drop(i, cueName(l.cue))
		case isArrow(l.text) && l.words < 30:
			t.drop(i, "arrow before a link")
		case fileName.MatchString(l.text):
			l.text = fileName.ReplaceAllString(l.text, "")
			l.kind, l.why = blockCaption, "caption after a file name"
		case l.words <= 40 && hasPhotoCredit(l.text) && !isCredit(l.text, int32(l.words)):
			l.kind, l.why = blockCaption, "caption with its credit"
		case l.words < 3 && !endsSentence(l.text) && !nameLike(l.text):
			t.drop(i, "a word alone")
		default:
			begun = begun || l.isProse()
		}
	}
}

// article puts together what is left.
func (t *plain) article() *news.Article {
	a := &news.Article{URL: pageURL(t.page), Source: t.page.Source, Fetched: news.StampOf(t.page.Fetched), PageType: news.PageArticle}
	if t.title >= 0 {
		a.Title = t.lines[t.title].text
	}
	t.pickTime(a)
	t.pickByline(a)
	var kept []string
	for i := range t.lines {
		switch l := &t.lines[i]; l.kind {
		case blockKept:
			kept = append(kept, l.text)
		case blockCaption:
			if l.text != "" {
				a.Captions = append(a.Captions, l.text)
			}
		}
	}
	a.Text = strings.Join(kept, "\n")
	if len(kept) > 1 && a.Title != "" && strings.Count(kept[0], " ") >= 8 && strings.Count(kept[0], " ") < 100 {
		a.Lead = kept[0]
	}
	a.Language = language(a.Text, "")
	if a.Text == "" {
		a.PageType, a.PageReason = news.PageOther, "no running text"
	}
	if a.Source == "" {
		a.Source = sourceOf(a)
	}
	if a.URL != "" {
		a.ID = news.ArticleID(a.URL)
	}
	return a
}

// pickTime reads the time line by the headline, else one right under the text.
func (t *plain) pickTime(a *news.Article) {
	a.PublishedBasis = news.BasisNone
	from, to := max(t.title-3, 0), min(max(t.title, 0)+6, len(t.lines))
	for i := from; i < to; i++ {
		if t.isStamp(i) && t.takeTime(i, a) {
			return
		}
	}
	last := len(t.lines) - 1
	for last > 0 && !t.kept(last) {
		last--
	}
	for i := max(last, 0); i < len(t.lines) && i <= last+footLines; i++ {
		if t.isStamp(i) && t.lines[i].why != "outside the article" && t.takeTime(i, a) {
			return
		}
	}
}

func (t *plain) takeTime(i int, a *news.Article) bool {
	if m := relativeSource.FindStringSubmatch(t.lines[i].text); m != nil && m[1] != "" {
		if a.Source == "" {
			a.Source = strings.ToLower(m[1])
		} else if !strings.EqualFold(a.Source, m[1]) {
			a.ReprintOf = strings.ToLower(m[1])
		}
	}
	text := t.lines[i].text
	if m := relativeSource.FindStringSubmatchIndex(text); m != nil && m[2] >= 0 {
		text = strings.TrimRight(text[:m[2]], " -|·,")
	}
	s, ok := readStamp(text, t.page.Fetched)
	if !ok {
		return false
	}
	a.Published, a.PublishedBasis = s.news(), news.BasisText
	if s.relative {
		a.PublishedBasis = news.BasisRelative
	}
	return true
}

func (t *plain) report(a *news.Article) *Report {
	r := &Report{URL: a.URL, Article: a}
	for i := range t.lines {
		l := &t.lines[i]
		e := Entry{Fate: "dropped", Why: l.why, Text: l.text}
		switch {
		case i == t.title:
			e.Fate = "title"
		case l.kind == blockKept:
			e.Fate, e.Why = "kept", "running text"
		case l.kind == blockCaption:
			e.Fate = "caption"
		}
		r.Entries = append(r.Entries, e)
	}
	return r
}
