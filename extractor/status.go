package extractor

import (
	"cmp"
	"fmt"
	"time"

	"sukien/news"
	"sukien/news/timex"
)

// statusOf says where a meeting stands on the day of publication: what rules
// read (postponed, cancelled), then its date, then the tense of its sentences.
func (d *document) statusOf(cl *cluster) (news.Status, slotValue) {
	var tense slotValue
	for _, v := range cl.slots {
		if v.slot != "status" {
			continue
		}
		switch news.Status(v.value) {
		case news.Postponed, news.Cancelled:
			return news.Status(v.value), v
		}
		if tense.slot == "" && d.tenseCounts(cl, v) {
			tense = v
		}
	}
	switch d.whenOf(cl) {
	case -1:
		return news.Held, tense
	case 1:
		return news.Upcoming, tense
	}
	if tense.value != "" {
		return news.Status(tense.value), tense
	}
	return news.Held, tense
}

// tenseCounts tells whether words of the future are of the meeting as the
// article reports it: in the title or the lead, or where its date is given.
func (d *document) tenseCounts(cl *cluster, v slotValue) bool {
	if cl.date != nil {
		return d.sentence(v.from) == d.sentence(d.dates[cl.date.expr].First)
	}
	return v.from < d.rd.LeadEnd
}

// whenOf tells whether a meeting began before its article was published (-1)
// or begins after (1); 0 when its day is unknown, or it is the same day and the
// article gives no hour to tell by.
func (d *document) whenOf(cl *cluster) int {
	if cl.date == nil || d.published.IsZero() || !cl.date.start.IsDay() {
		return 0
	}
	pub := d.published.In(news.Hanoi)
	if c := cmp.Compare(string(cl.date.start), pub.Format(time.DateOnly)); c != 0 {
		return c
	}
	e := d.dates[cl.date.expr]
	hour := cmp.Or(e.Time, d.beginning(e.Part))
	if len(d.article.Published) <= len(time.DateOnly) || hour == "" {
		return -1
	}
	return cmp.Compare(hour, pub.Format("15:04"))
}

// beginning is when a part of the day begins, "" of none.
func (d *document) beginning(p timex.Part) string {
	h, ok := d.x.weights.hour[p]
	if !ok {
		return ""
	}
	return fmt.Sprintf("%02d:00", int(h))
}
