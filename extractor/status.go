package extractor

import (
	"time"

	"sukien/news"
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
		if tense.slot == "" {
			tense = v
		}
	}
	if cl.date != nil && !d.published.IsZero() {
		if day, err := time.ParseInLocation("2006-01-02", string(cl.date.start), news.Hanoi); err == nil {
			pub := d.published.In(news.Hanoi).Format("2006-01-02")
			switch start := day.Format("2006-01-02"); {
			case start > pub:
				return news.Upcoming, tense
			case start < pub:
				return news.Held, tense
			}
		}
	}
	if tense.value != "" {
		return news.Status(tense.value), tense
	}
	return news.Held, tense
}
