package crawler

import (
	"hash/fnv"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// shapes is what was learnt of one host, from the content of its pages: of the
// addresses of a shape, how many were articles and how many were not. It is
// kept in the host's memo.
type shapes map[string]tally

// tally counts pages: articles, others.
type tally [2]int

// The bounds of what is learnt.
const (
	maxShapes = 200
	// enough is how many pages of a shape have to agree.
	enough = 8
	// halve keeps a shape's past from outweighing a site's redesign.
	halve = 200
	// again is how many addresses there are to each one that is tried although
	// those of its shape were no articles, so that a change is noticed.
	again = 16
)

// learn counts a page. With a nil map nothing is learnt.
func (s shapes) learn(canonicalURL string, article bool) {
	for _, key := range shapeKeys(canonicalURL) {
		t, known := s[key]
		if !known && len(s) >= maxShapes {
			continue
		}
		if article {
			t[0]++
		} else {
			t[1]++
		}
		if t[0]+t[1] > halve {
			t[0], t[1] = t[0]/2, t[1]/2
		}
		s[key] = t
	}
}

// judge tells what addresses of this shape were; known is false when there were
// too few, or some of each.
func (s shapes) judge(canonicalURL string) (article, known bool) {
	for _, key := range shapeKeys(canonicalURL) {
		t := s[key]
		switch n := t[0] + t[1]; {
		case n < enough:
		case t[0]*10 >= n*9:
			return true, true
		case t[0] == 0:
			return once(canonicalURL, again), true
		}
	}
	return false, false
}

// once is true for one of n addresses, always the same.
func once(canonicalURL string, n uint32) bool {
	h := fnv.New32a()
	h.Write([]byte(canonicalURL))
	return h.Sum32()%n == 0
}

// shapeKeys are an address's shape with its first segment, then without.
func shapeKeys(canonicalURL string) []string {
	u, err := url.Parse(canonicalURL)
	if err != nil {
		return nil
	}
	segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	if len(segments) == 0 || len(segments) > maxDepth {
		return nil
	}
	first := strings.ToLower(segments[0])
	shape := make([]string, len(segments))
	for i, seg := range segments {
		shape[i] = segmentShape(seg)
	}
	var names []string
	for name := range u.Query() {
		names = append(names, name)
	}
	slices.Sort(names)
	tail := ""
	if len(names) > 0 {
		tail = "?" + strings.Join(names[:min(len(names), 4)], "&")
	}
	general := "/" + strings.Join(shape, "/") + tail
	if len(segments) == 1 || len(first) > 40 {
		return []string{general}
	}
	shape[0] = first
	return []string{"=" + strings.Join(shape, "/") + tail, general}
}

var digits = regexp.MustCompile(`[0-9]+`)

// segmentShape is what kind of segment it is: 9 a number, w a word or few, s a
// slug of many words; n after them a long number within; and the extension.
func segmentShape(seg string) string {
	ext := path.Ext(seg)
	stem := strings.TrimSuffix(seg, ext)
	if len(ext) > 6 {
		stem, ext = seg, ""
	}
	kind := "w"
	switch {
	case digits.FindString(stem) == stem && stem != "":
		kind = "9"
	case strings.Count(stem, "-") >= 4:
		kind = "s"
	}
	if kind != "9" && longNumber.MatchString(stem) {
		kind += "n"
	}
	return kind + strings.ToLower(ext)
}
