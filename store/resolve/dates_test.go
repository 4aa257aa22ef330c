package resolve_test

import (
	"fmt"
	"testing"

	"sukien/news"
	"sukien/store/resolve"
)

// said is one article's word on a meeting's day.
type said struct {
	published news.Stamp
	start     news.Date
	status    news.Status
	basis     news.DateBasis
	salience  news.Salience
	story     string
}

func TestDaysAndStatus(t *testing.T) {
	const plan, later = news.Date("2026-05-20"), news.Date("2026-06-03")
	for _, tt := range []struct {
		name   string
		told   []said
		start  news.Date
		status news.Status
	}{
		{"the day of most", []said{{"2026-05-10", plan, news.Upcoming, "", news.Main, ""}, {"2026-05-11", plan, news.Upcoming, "", news.Main, ""}, {"2026-05-12", later, news.Upcoming, "", news.Main, ""}}, plan, news.Upcoming},
		{"reprints are one voice", []said{{"2026-05-10", plan, news.Upcoming, "", news.Main, "w"}, {"2026-05-11", plan, news.Upcoming, "", news.Main, "w"}, {"2026-05-12", later, news.Upcoming, news.DateExplicit, news.Main, ""}}, later, news.Upcoming},
		{"who was there knows better", []said{{"2026-05-10", plan, news.Upcoming, "", news.Main, ""}, {"2026-06-03", later, news.Held, "", news.Main, ""}}, later, news.Held},
		{"in passing counts half", []said{{"2026-05-10", plan, news.Upcoming, "", news.Main, ""}, {"2026-05-12", later, news.Upcoming, "", news.Mention, ""}}, plan, news.Upcoming},
		{"the table's edition", []said{{"", plan, news.Held, news.DateSeries, news.Main, ""}, {"2026-06-03", later, news.Held, "", news.Main, ""}}, plan, news.Held},
		{"postponed without a day", []said{{"2026-05-10", plan, news.Upcoming, "", news.Main, ""}, {"2026-05-15", plan, news.Postponed, "", news.Main, ""}}, plan, news.Postponed},
		{"postponed to a day", []said{{"2026-05-10", plan, news.Upcoming, "", news.Main, ""}, {"2026-05-11", plan, news.Upcoming, "", news.Main, ""}, {"2026-05-15", later, news.Postponed, "", news.Main, ""}}, later, news.Postponed},
		{"a new day since", []said{{"2026-05-10", plan, news.Upcoming, "", news.Main, ""}, {"2026-05-11", plan, news.Upcoming, "", news.Main, ""}, {"2026-05-15", plan, news.Postponed, "", news.Main, ""}, {"2026-05-18", later, news.Upcoming, "", news.Main, ""}}, later, news.Upcoming},
		{"cancelled in passing", []said{{"2026-05-10", plan, news.Upcoming, "", news.Main, ""}, {"2026-05-15", "", news.Cancelled, "", news.Mention, ""}}, plan, news.Cancelled},
		{"held in passing is loose talk", []said{{"2026-05-10", plan, news.Upcoming, "", news.Main, ""}, {"2026-05-15", "", news.Held, "", news.Mention, ""}}, plan, news.Upcoming},
	} {
		var group []*resolve.Told
		for i, s := range tt.told {
			told := &resolve.Told{ArticleID: fmt.Sprint("a", i), Source: fmt.Sprintf("bao-%d.example", i), Published: s.published, Story: s.story,
				Record: news.Record{ID: fmt.Sprint("r", i), Slots: news.Slots{Salience: s.salience, Kind: news.Forum, Name: "Diễn đàn Kinh tế sông Hồng", Start: s.start, Status: s.status, DateBasis: s.basis}}}
			told.Prepare()
			group = append(group, told)
		}
		if f := resolve.Fuse(group); f.Slots.Start != tt.start || f.Slots.Status != tt.status {
			t.Errorf("%s: %s %s, want %s %s", tt.name, f.Slots.Start, f.Slots.Status, tt.start, tt.status)
		}
	}
}
