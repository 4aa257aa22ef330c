package timex

import (
	"strings"
	"time"

	"sukien/news"
	"sukien/news/viet"
)

// maxStamp bounds a publication line, in bytes.
const maxStamp = 160

// Stamp reads a line that is a publication time and nothing else: "Thứ Ba,
// 19/11/2019 | 09:56:42", "Cập nhật lúc 08:15, 21/03/2022 GMT+7", "2 giờ
// trước". What counts from now counts from fetched and has news.BasisRelative;
// a day without year is the last such day before fetched, and wants a time of
// day beside it, for pages are fetched years later too. Of a line with two
// dates the first counts, unless it is said to be the update. ok is false when
// the line says anything else, or is longer than 160 bytes.
func Stamp(text string, fetched time.Time) (at news.Stamp, basis news.Basis, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > maxStamp {
		return "", news.BasisNone, false
	}
	toks := viet.Tokenize(text)
	found := Find(text, toks, Reference{Published: fetched})
	e, ok := stampOf(toks, found)
	if !ok {
		return "", news.BasisNone, false
	}
	if e.Basis == news.DatePublished {
		if e.Time == "" || e.Precision != Minute && e.Precision != Hour {
			return "", news.BasisNone, false
		}
		e.Start = pastYear(e.Start, fetched)
	}
	basis = news.BasisText
	if e.Basis == news.DateRelative {
		basis = news.BasisRelative
	}
	at = e.stamp()
	return at, basis, at != ""
}

// stampOf is the one date of a line, joined with its time; ok is false when
// other words stand on the line.
func stampOf(toks []viet.Token, found []Expr) (Expr, bool) {
	var date, clock, update Expr
	next := 0
	for _, e := range found {
		updated, ok := stampWords(toks[next:e.First])
		if !ok || e.Guard != "" || e.Span || len(e.More) > 0 || e.EndTime != "" || e.Bound != "" && e.Bound != "after" {
			return Expr{}, false
		}
		next = e.Last
		switch {
		case e.Start == "" && e.Time != "" && clock.Time == "":
			clock = e
		case e.Start == "" || e.End != "" && e.Precision != Week:
			return Expr{}, false
		case updated:
			update = e
		case date.Start == "":
			date = e
		}
	}
	if _, ok := stampWords(toks[next:]); !ok {
		return Expr{}, false
	}
	if date.Start == "" {
		date = update
	}
	if date.Time == "" && clock.Time != "" {
		date.Time = clock.Time
		if clock.Zone != "" {
			date.Zone = clock.Zone
		}
	}
	return date, date.Start != ""
}

// stampWords tells that only words of a publication line stand in toks, and
// whether they call what follows an update.
func stampWords(toks []viet.Token) (updated, ok bool) {
	for _, t := range toks {
		switch t.Kind {
		case viet.Punct, viet.Break:
			continue
		case viet.Number:
			return false, false
		}
		switch t.Key {
		case "cập", "nhật", "updated", "update", "sửa":
			updated = true
		case "đăng", "ngày", "lúc", "vào", "đã", "lần", "cuối", "xuất", "bản", "thời", "gian", "giờ", "gmt", "utc", "ict",
			"posted", "published", "on", "at", "date", "tải", "lên", "phát", "hành", "gửi", "bài", "thứ", "khoảng", "mới",
			"mon", "tue", "wed", "thu", "fri", "sat", "sun", "sáng", "trưa", "chiều", "tối", "hôm", "tin", "ban", "viết", "tạo":
		default:
			return false, false
		}
	}
	return updated, true
}

// pastYear moves a day whose year was worked out back before fetched, a day of grace given.
func pastYear(d news.Date, fetched time.Time) news.Date {
	c := parseDay(d)
	if limit := civilOf(fetched.In(news.Hanoi)).add(1); c.y > 0 && limit.before(c) {
		c.y--
		return c.date(Day)
	}
	return d
}

// stamp writes the start at the precision that is known.
func (e *Expr) stamp() news.Stamp {
	switch {
	case !e.Start.HasYear():
		return ""
	case e.Precision == Week:
		return news.Stamp(e.Start[:len("2006-01")])
	case strings.Contains(string(e.Start), "-Q"): // whatever hour is told beside it
		return news.Stamp(e.Start[:len("2006")])
	case e.Time == "" || !e.Start.IsDay():
		return news.Stamp(e.Start)
	}
	zone := e.Zone
	if zone == "" || zone == "vn" || zone == "local" {
		zone = "+07:00"
	}
	t, err := time.Parse("2006-01-02T15:04-07:00", string(e.Start)+"T"+e.Time+zone)
	if err != nil {
		return ""
	}
	return news.StampOf(t)
}
