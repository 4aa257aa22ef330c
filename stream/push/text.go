package push

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"sukien/news"
)

const (
	// maxTitle bounds a title in characters, maxLine a line of a message.
	maxTitle = 120
	maxLine  = 300
	// maxNames bounds how many of a list are named.
	maxNames = 6
)

// plain makes one line of foreign words: no control characters, no line ends,
// nothing that turns the direction of writing (Unicode TR 36), at most n
// characters.
func plain(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.In(r, unicode.Zl, unicode.Zp):
			return ' '
		case unicode.Is(unicode.C, r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > n {
		return strings.TrimSpace(string(runes[:n-1])) + "…"
	}
	return s
}

// changeWords are how a change is told to a Vietnamese reader.
var changeWords = map[news.Change]string{
	news.New: "Mới", news.Updated: "Cập nhật", news.Corrected: "Đính chính", news.Cancel: "Hủy", news.Merged: "Gộp", news.Retracted: "Rút lại",
}

// title names the change and the meeting.
func (n *Note) title() string {
	name := n.Data.Name
	if name == "" {
		name = string(n.Data.Kind)
	}
	return plain(changeWords[n.Change()]+": "+name, maxTitle)
}

// lines tell when, where, who and where it was read.
func (n *Note) lines(base string) []string {
	e := n.Data
	when := string(e.Start)
	if e.End != "" {
		when += " – " + string(e.End)
	}
	if e.StartTime != "" {
		when += " " + e.StartTime
	}
	var places, officials []string
	for _, p := range e.Places {
		places = append(places, p.Name)
	}
	for _, o := range e.Officials {
		officials = append(officials, strings.TrimSpace(o.Title+" "+o.Name))
	}
	var out []string
	add := func(label, value string) {
		if value = plain(value, maxLine); value != "" {
			out = append(out, label+": "+value)
		}
	}
	add("Thời gian", when)
	add("Địa điểm", few(places))
	add("Thành phần", few(officials))
	add("Trạng thái", string(e.Status))
	for _, r := range e.Records[:min(len(e.Records), 3)] {
		add("Nguồn", webURL(r.URL))
	}
	add("Xem", n.link(base))
	return out
}

func few(names []string) string {
	if len(names) > maxNames {
		return fmt.Sprintf("%s … (+%d)", strings.Join(names[:maxNames], ", "), len(names)-maxNames)
	}
	return strings.Join(names, ", ")
}

// link is the event's page, "" when it is not known where pages are.
func (n *Note) link(base string) string {
	if base == "" {
		return ""
	}
	return strings.TrimSuffix(base, "/") + "/events/" + url.PathEscape(n.Data.ID)
}

// webURL is u when it is one of the web, written so that nothing breaks out of it.
func webURL(u string) string {
	p, err := url.Parse(u)
	if err != nil || p.Scheme != "http" && p.Scheme != "https" {
		return ""
	}
	return p.String()
}
