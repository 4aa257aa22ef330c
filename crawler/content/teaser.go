package content

import (
	"strings"

	"sukien/news"
)

// dropTeasers finds the teasers of other articles: a headline and a summary,
// told from a sub-heading and its paragraph by how they are set and by whether
// their words recur in the rest of the page.
func (t *plain) dropTeasers() {
	t.countBigrams()
	for i := t.start; i < len(t.lines); i++ {
		end := t.teaserEnd(i)
		if end == 0 {
			continue
		}
		if t.teaserScore(i, end) >= 3 {
			for j := i; j < end; j++ {
				if t.lines[j].kind != blockDropped {
					t.drop(j, "teaser of another article")
				}
			}
			i = end - 1
		}
	}
}

// teaserEnd is the line after the headline and summary that begin at i, 0 when
// none do.
func (t *plain) teaserEnd(i int) int {
	l := &t.lines[i]
	if !t.kept(i) || !l.isHeadline() || l.words < 6 {
		return 0
	}
	j := i + 1
	if j < len(t.lines) && t.lines[j].why == "title printed twice" {
		j++
	}
	if j >= len(t.lines) || !t.kept(j) || !t.lines[j].isProse() || t.lines[j].words > 110 {
		return 0
	}
	return j + 1
}

// teaserScore weighs the signs that lines i to end are a teaser.
func (t *plain) teaserScore(i, end int) int {
	head, sum := &t.lines[i], &t.lines[end-1]
	n := 0
	if end-i == 3 {
		n += 2
	}
	if strings.HasSuffix(sum.text, "...") || strings.HasSuffix(sum.text, "…") {
		n += 2
	}
	if t.gapped && sum.gap == 0 {
		n++
		if end < len(t.lines) && t.lines[end].gap == 0 && t.teaserEnd(end) > 0 || i > t.start && head.gap == 0 && t.lines[i-1].why == "teaser of another article" {
			n++
		}
	}
	if t.afterEnd(i) || !t.proseBetween(t.start, i) && t.gapped && sum.gap == 0 {
		n++
	}
	switch share := t.shared(head.text + " " + sum.text); {
	case share < 0.25:
		n += 2
	case share < 0.4:
		n++
	case share > 0.6:
		n--
	}
	return n
}

// afterEnd tells whether a byline, credit or heading of other articles stands
// above line i with running text before it.
func (t *plain) afterEnd(i int) bool {
	for j := i - 1; j >= t.start; j-- {
		l := &t.lines[j]
		if l.why == "teaser of another article" || l.why == "title printed twice" {
			continue
		}
		if l.isProse() {
			return false
		}
		if l.cue == cueRelated || l.cue == cueTags || l.cue == cueComment || isSignature(l.text, l.words) {
			return t.proseBetween(t.start, j)
		}
	}
	return false
}

func (t *plain) proseBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if t.kept(i) && t.lines[i].isProse() {
			return true
		}
	}
	return false
}

// isSignature tells whether a short line signs a text.
func isSignature(text string, words int) bool {
	if words > 8 || endsSentence(text) && !strings.HasSuffix(text, ".)") {
		return false
	}
	c, ok := readCredit(text)
	if words == 1 && !initials(text) && c.agency == "" {
		return false
	}
	return ok && (c.author != "" || c.agency != "" || c.source != "")
}

// countBigrams counts in how many lines each pair of syllables stands.
func (t *plain) countBigrams() {
	t.bigram = map[string]int{}
	for i := range t.lines {
		if t.lines[i].kind == blockDropped && i != t.title {
			continue
		}
		for g := range bigrams(t.lines[i].text) {
			t.bigram[g]++
		}
	}
}

// bigrams are the pairs of neighbouring words of s in lower case.
func bigrams(s string) map[string]bool {
	out := map[string]bool{}
	prev := ""
	for _, w := range strings.Fields(strings.ToLower(s)) {
		w = trimMarks(w)
		if prev != "" && w != "" {
			out[prev+" "+w] = true
		}
		prev = w
	}
	return out
}

// shared is the part of s's word pairs that other lines have too. s is two
// lines of the page, so a pair counted once is its own.
func (t *plain) shared(s string) float64 {
	n, hit := 0, 0
	for g := range bigrams(s) {
		n++
		if t.bigram[g] > 1 {
			hit++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(hit) / float64(n)
}

// cutTail ends the text at a heading of other articles, keywords or comments
// when less text follows it than stands before.
func (t *plain) cutTail() {
	before, total := 0, 0
	for i := range t.lines {
		if t.kept(i) {
			total += t.lines[i].words
		}
	}
	for i := t.start; i < len(t.lines); i++ {
		l := &t.lines[i]
		if t.kept(i) {
			before += l.words
		}
		if l.kind == blockDropped && l.words <= 7 && (l.cue == cueRelated || l.cue == cueTags || l.cue == cueComment) && before*3 > total*2 && before > 30 {
			for j := i + 1; j < len(t.lines); j++ {
				if t.lines[j].kind != blockDropped {
					t.drop(j, "after: "+l.text)
				}
			}
			return
		}
	}
}

// pickCaptions sets short lines between paragraphs apart where a picture stood:
// an empty space around them, the words of captions, or words that the
// text does not have.
func (t *plain) pickCaptions() {
	t.countBigrams()
	for i := t.start; i < len(t.lines); i++ {
		l := &t.lines[i]
		if !t.kept(i) || l.words > 20 || l.words < 4 || !t.proseBetween(t.start, i) && l.gap < 2 || !t.proseBetween(i+1, len(t.lines)) {
			continue
		}
		if t.isCaption(i) {
			l.kind, l.why = blockCaption, "caption"
		}
	}
}

func (t *plain) isCaption(i int) bool {
	l := &t.lines[i]
	if strings.ContainsAny(l.text, "\"“”:?") || strings.HasPrefix(l.text, "-") || strings.HasPrefix(l.text, "+") || l.text[0] >= '0' && l.text[0] <= '9' {
		return false
	}
	wide := t.gapped && (l.gap >= 2 || i+1 < len(t.lines) && t.lines[i+1].gap >= 2)
	if !endsSentence(l.text) {
		return wide || hasCaptionWords(l.text)
	}
	return t.gapped && l.words <= 16 && t.shared(l.text) < 0.25
}

// pickByline reads the signature: the last short line after running text.
func (t *plain) pickByline(a *news.Article) {
	for i := len(t.lines) - 1; i >= t.start; i-- {
		l := &t.lines[i]
		if l.kind == blockDropped && !strings.HasPrefix(l.why, "after:") {
			continue
		}
		if l.isProse() && t.kept(i) {
			break
		}
		if !isSignature(l.text, l.words) {
			continue
		}
		c, _ := readCredit(l.text)
		t.byline.add(c)
		t.drop(i, "byline")
	}
	a.Author, a.Agency = t.byline.author, t.byline.agency
	if t.byline.source != "" {
		a.ReprintOf = t.byline.source
	}
}
