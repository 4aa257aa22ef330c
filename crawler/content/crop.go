package content

const (
	// menuLines is the number of short lines from which a text is taken for a
	// whole page's, with menus and lists around the article.
	menuLines = 30
	// headLines are looked at above the article of such a page for headline and
	// time, footLines below it for the byline.
	headLines, footLines = 15, 4
)

// crop finds the article in a whole page's text: the run of lines that sums
// highest when running text counts for its words and every other line against
// it (the maximum subsequence of Pasternack and Roth 2009). Texts without
// menus are left alone.
func (t *plain) crop() {
	short := 0
	for i := range t.lines {
		if !t.lines[i].isProse() {
			short++
		}
	}
	if short < menuLines || short*5 < len(t.lines)*3 {
		return
	}
	from, to := t.mainRun()
	if from == to {
		return
	}
	t.top = t.headAbove(from)
	for i := range t.lines {
		l := &t.lines[i]
		switch {
		case i < t.top || i >= to+footLines:
			t.drop(i, "outside the article")
		case i >= to && !isSignature(l.text, l.words):
			t.drop(i, "below the article")
		case i < from && l.cue == cueNone && !l.isHeadline() && !t.isStamp(i):
			t.drop(i, "above the article")
		}
	}
}

// shortLine is what a line that is no running text counts against a run.
const shortLine = 6

// mainRun is the run of lines that sums highest.
func (t *plain) mainRun() (from, to int) {
	best, sum, start := 0, 0, 0
	for i := range t.lines {
		if l := &t.lines[i]; l.isProse() {
			sum += l.words
		} else {
			sum -= shortLine
		}
		if sum <= 0 {
			sum, start = 0, i+1
		} else if sum > best {
			best, from, to = sum, start, i+1
		}
	}
	return from, to
}

// headAbove is where the article's head begins above line from: at the last
// line that the page's first line, its title, begins with, else a little above.
func (t *plain) headAbove(from int) int {
	low := max(from-headLines, 0)
	for i := from - 1; i > 0; i-- {
		if l := &t.lines[i]; l.words >= 4 && beginsWith(t.lines[0].text, l.text) {
			return i
		}
	}
	for i := from - 1; i >= low; i-- {
		if t.isStamp(i) && i > 0 && t.lines[i-1].isHeadline() {
			return i - 1
		}
	}
	return low
}
