package resolve

import (
	"slices"
	"strings"

	"sukien/news"
	"sukien/news/viet"
)

// partiesApart is the score of two meetings with other counterparts. It is not
// Never: papers spell foreign names in many ways.
const partiesApart = -3

// maxParties is how many people a name that tells who meets whom names at most.
const maxParties = 2

// otherParties gives a person of each record's name whom the other record does
// not know: the minister who met one colleague and, the same day, another. Of
// who is only in the text it says nothing, unless these are the two who talked:
// a guest is received by one host after the other.
func otherParties(a, b *Told) (one, other string) {
	if !met(a.Record.Kind) || !met(b.Record.Kind) || len(a.met) > maxParties || len(b.met) > maxParties {
		return "", ""
	}
	one, other = stranger(a.met, b), stranger(b.met, a)
	if (one == "" || other == "") && pair(a) && pair(b) && together(a.people, b.people) == 1 {
		one, other = stranger(a.people, b), stranger(b.people, a)
	}
	switch {
	case one != "" && other != "":
		return one, other
	case one != "" && unnamed(b, a):
		return one, "others"
	case other != "" && unnamed(a, b):
		return "others", other
	}
	return "", ""
}

// unnamed tells whether a record is of talks with somebody whom its name tells by
// other words than that of the other record, and by no person: "tiếp lãnh đạo các tập đoàn".
func unnamed(t, o *Told) bool {
	return t.Record.Kind == news.Talks && o.Record.Kind == news.Talks && len(t.met) == 0 && min(len(t.words), len(o.words)) > 1 && !meets(t.words, o.words)
}

// pair tells whether a record is of talks, and names the two who held them.
func pair(t *Told) bool { return t.Record.Kind == news.Talks && len(t.people) == maxParties }

// met kinds are known by who meets whom.
func met(k news.Kind) bool { return k == news.Talks || k == news.Visit || k == news.Meeting }

// stranger is the first of the people whom t does not name, "" for none.
func stranger(people []string, t *Told) string {
	for _, p := range people {
		if !hasWords(t.folded, p) && alsoIn([]string{p}, t.people) == 0 {
			return p
		}
	}
	return ""
}

// metIn are the people whom a folded name names: in full, or a foreigner by the
// last part of the name.
func metIn(folded string, people []string) []string {
	var out []string
	for _, p := range people {
		last := p[strings.LastIndex(p, " ")+1:]
		if hasWords(folded, p) || !viet.IsSyllable(last) && hasWords(folded, last) {
			out = append(out, p)
		}
	}
	return slices.Compact(out)
}

// hosts are how the bodies begin that a delegation works with, by their sort.
var hosts = map[string]string{
	"ubnd": "authority", "uy ban nhan dan": "authority", "lanh dao tinh": "authority", "lanh dao thanh pho": "authority", "lanh dao tp": "authority", "tinh uy": "authority", "thanh uy": "authority",
	"benh vien": "hospital", "truong dai hoc": "university", "dai hoc": "university", "cong ty": "company", "tap doan": "company", "ngan hang": "bank",
}

// host is the sort of the body that a meeting is held with, by its folded name:
// "buổi làm việc với UBND xã"; "" when it says none.
func host(folded string) string {
	_, with, ok := strings.Cut(folded, " voi ")
	if !ok {
		return ""
	}
	for head, sort := range hosts {
		if strings.HasPrefix(with+" ", head+" ") {
			return sort
		}
	}
	return ""
}
