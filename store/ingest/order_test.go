package ingest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sukien/news"
	"sukien/store/ingest"
)

// The test of orders by itself: 3 orders of so many articles, or as many as
// SUKIEN_REACH_ORDERS says.
const (
	reachOrders   = "SUKIEN_REACH_ORDERS"
	orderArticles = 200
)

func orders(t *testing.T) int {
	text := os.Getenv(reachOrders)
	if text == "" {
		return 3
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 2 {
		t.Fatalf("%s=%s: write a number from 2", reachOrders, text)
	}
	return n
}

var now = time.Date(2026, 3, 18, 9, 0, 0, 0, time.UTC)

// press is articles with their records, some of which another pack of rules read
// otherwise before.
type press struct {
	article *news.Article
	wrong   []news.Record
	records []news.Record
}

// What the articles tell of: neighbours in name, day and place, so that some
// records join two meetings and the loss of one parts them again.
var (
	topics   = []string{"Kinh tế sông Hồng", "Thủy lợi phía Nam", "Chuyển đổi số báo chí", "Kinh tế sông Hồng mở rộng", "Thủy lợi miền núi", "Du lịch làng nghề", "Bảo tồn di sản Tây Nguyên", "Nuôi tôm Cà Mau", "Đường sắt đô thị", "Y tế cơ sở vùng cao", "Nước sạch nông thôn", "An toàn giao thông"}
	cities   = []string{"Huế", "Đà Nẵng", "Cần Thơ"}
	people   = []string{"Đỗ Thị Mẫu", "Lý Văn Thử", "Trần Bá Nháp", "Ngô Minh Giả", "Hồ Kim Dựng", "Vũ Quang Bịa"}
	statuses = []news.Status{news.Held, news.Upcoming, news.Postponed, news.Cancelled}
	kinds    = []news.Kind{news.Forum, news.Conference, news.Talks, news.Ceremony}
)

// record makes up one that an article of a day tells.
func record(rng *rand.Rand, at time.Time) news.Record {
	days := []news.Date{news.Date(at.Format(time.DateOnly)), news.Date(at.AddDate(0, 0, 1).Format(time.DateOnly)), news.Date(at.AddDate(0, 0, 7).Format(time.DateOnly)), "", news.Date(at.Format("2006-01"))}
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	r := news.Record{Slots: news.Slots{Salience: news.Main, Kind: kinds[rng.IntN(len(kinds))], Ordinal: max(rng.IntN(5)-2, 0), Start: days[rng.IntN(len(days))], Status: statuses[rng.IntN(len(statuses))]}}
	r.Name = map[news.Kind]string{news.Forum: "Diễn đàn ", news.Conference: "Hội nghị ", news.Talks: "hội đàm với ", news.Ceremony: "lễ khai mạc "}[r.Kind] + pick(topics)
	if rng.IntN(3) == 0 {
		r.Salience = news.Mention
	}
	if rng.IntN(4) == 0 {
		r.Series = fmt.Sprint("chuoi-", rng.IntN(2))
	}
	if rng.IntN(2) == 0 {
		r.Places = []news.Place{{Name: pick(cities), Kind: news.CityPlace, Country: "VN"}}
	}
	for range rng.IntN(3) {
		r.Officials = append(r.Officials, news.Official{Name: pick(people), Title: pick([]string{"Thứ trưởng", "Bộ trưởng"})})
	}
	return r
}

// prints makes up n articles, some four a day.
func prints(rng *rand.Rand, n int) []press {
	list := make([]press, n)
	for i := range list {
		p, at := &list[i], now.AddDate(0, 0, rng.IntN(n/4+1))
		for range 1 + rng.IntN(2) {
			p.records = append(p.records, record(rng, at))
		}
		if rng.IntN(4) == 0 {
			p.wrong = []news.Record{record(rng, at)}
		}
		topic := topics[rng.IntN(len(topics))]
		p.article = &news.Article{ID: fmt.Sprintf("a%03d", i), URL: fmt.Sprintf("https://bao-%d.example/%d", i%9, i), Source: fmt.Sprintf("bao-%d.example", i%9), Title: "Tin về " + topic,
			Text: fmt.Sprintf("Bài %d về %s tại %s, có %s.", i, topic, cities[rng.IntN(len(cities))], people[rng.IntN(len(people))]), Published: news.StampOf(at)}
	}
	return list
}

// ender tells of both kinds of test what they need of testing.
type ender interface {
	Helper()
	Fatalf(format string, args ...any)
}

// end ingests the articles in an order, some first as another pack read them,
// some twice, and gives what events there are: their records and slots, not
// their ids and histories, which tell of the way.
func end(t ender, list []press, order []int, detours *rand.Rand) string {
	t.Helper()
	s, seen := newShelf(), ingest.NewMemory()
	tell := func(p press, records []news.Record) {
		x := news.Extraction{ArticleID: p.article.ID, Pack: "p", Records: records, Origin: news.Live}
		if _, err := ingest.Run(context.Background(), s, x, now, seen); err != nil {
			t.Fatalf("%s: %v", p.article.ID, err)
		}
	}
	for _, i := range order {
		p := list[i]
		s.articles[p.article.ID] = &ingest.Article{Article: p.article}
		if p.wrong != nil && detours.IntN(2) == 0 {
			tell(p, p.wrong)
		}
		tell(p, p.records)
		if detours.IntN(5) == 0 { // redelivered, now or later
			again := list[order[detours.IntN(i+1)%len(order)]]
			if s.articles[again.article.ID] != nil && s.articles[again.article.ID].Extracted != "" {
				before := len(s.outbox)
				tell(again, again.records)
				if len(s.outbox) != before {
					t.Fatalf("%s told again: %d messages more", again.article.ID, len(s.outbox)-before)
				}
			}
		}
	}
	checkMessages(t, s)
	return s.outcome(t)
}

// checkMessages holds that no event was sent as new twice.
func checkMessages(t ender, s *shelf) {
	t.Helper()
	sent := map[string]bool{}
	for _, m := range s.outbox {
		parts := strings.Split(m.Subject, ".")
		id := parts[len(parts)-1]
		if parts[3] == string(news.New) {
			if sent[id] {
				t.Fatalf("%s was sent as new twice", id)
			}
			sent[id] = true
		} else if !sent[id] {
			t.Fatalf("%s was sent as %s before it was new", id, parts[3])
		}
	}
}

func (s *shelf) outcome(t ender) string {
	t.Helper()
	var list []string
	for _, e := range s.events {
		if e.Over != "" {
			continue
		}
		var ids []string
		for _, r := range e.Records {
			ids = append(ids, r.ID)
		}
		slices.Sort(ids)
		slots, err := json.Marshal([]any{e.Slots, e.Conflicts, e.IndependentSources, e.YearEstimate})
		if err != nil {
			t.Fatalf("%v", err)
		}
		list = append(list, strings.Join(ids, "+")+" "+string(slots))
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

// TestOrder tells 200 articles in several orders: all end in the same events.
func TestOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	list := prints(rng, orderArticles)
	want := end(t, list, rng.Perm(len(list)), rng)
	for i, n := 1, orders(t); i < n; i++ {
		if got := end(t, list, rng.Perm(len(list)), rng); got != want {
			t.Fatalf("order %d ends otherwise: %s", i, difference(want, got))
		}
	}
	t.Logf("%d events of %d articles", strings.Count(want, "\n")+1, len(list))
}

// TestAnyOrder is the same over made-up presses of any size, shrunk when it fails.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
		list := prints(rng, rapid.IntRange(2, 40).Draw(t, "articles"))
		order := make([]int, len(list))
		for i := range order {
			order[i] = i
		}
		want := end(t, list, order, rand.New(rand.NewPCG(1, 1)))
		other := rapid.Permutation(order).Draw(t, "order")
		if got := end(t, list, other, rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "detours"), 1))); got != want {
			t.Fatalf("another order ends otherwise: %s", difference(want, got))
		}
	})
}

func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "\nwant " + a[i] + "\ngot  " + b[i]
		}
	}
	return fmt.Sprintf("want %d events, got %d", len(a), len(b))
}
