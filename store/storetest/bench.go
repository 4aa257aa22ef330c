package storetest

import (
	"fmt"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

// Bench runs the benchmarks.
func Bench(b *testing.B, open Open) {
	for name, bench := range map[string]func(*testing.B, *fixture){
		"SavePage": benchSavePage, "Ingest": benchIngest, "Press": benchPress, "FrontierAdd": benchFrontierAdd, "FrontierTake": benchFrontierTake,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			f := fresh(b, open)
			bench(b, f)
			f.close()
		})
	}
}

func benchSavePage(b *testing.B, f *fixture) {
	for n := 0; b.Loop(); n++ {
		f.save(article("bao-mot.example", n))
	}
}

// benchIngest tells of meetings, three articles each.
func benchIngest(b *testing.B, f *fixture) {
	ids := make([]string, 3000)
	for n := range ids {
		ids[n], _ = f.save(article(fmt.Sprintf("bao-%d.example", n%40), n))
	}
	names := []string{"Thủy lợi", "Kinh tế biển", "Đường sắt", "Báo chí", "Nhà ở xã hội", "Giáo dục nghề", "Dược liệu", "Du lịch làng"}
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := 0; b.Loop(); n++ {
		meeting := n / 3
		r := with(forum(meeting%90+1, news.Date(day.AddDate(0, 0, meeting%300).Format("2006-01-02"))), func(r *news.Record) {
			r.Name = fmt.Sprintf("Diễn đàn %s vùng %d lần thứ %d", names[meeting%len(names)], meeting/7, r.Ordinal)
			r.Officials[0].Name = fmt.Sprintf("Đỗ Thị Mẫu %d", meeting%500)
		})
		f.ingest(ids[n%len(ids)], r)
	}
}

func benchFrontierAdd(b *testing.B, f *fixture) {
	for n := 0; b.Loop(); n++ {
		batch := make([]store.Link, 100)
		for i := range batch {
			batch[i] = link(fmt.Sprintf("h%d.example", i%20), fmt.Sprintf("/%d/%d", n, i), i%5, now)
		}
		if _, err := f.Add(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*100/b.Elapsed().Seconds(), "links/s")
}

// benchFrontierTake fetches links of 20 hosts that have 5,000 links each, of
// which many of a high priority are due later.
func benchFrontierTake(b *testing.B, f *fixture) {
	for h := range 20 {
		batch := make([]store.Link, 5000)
		for i := range batch {
			batch[i] = link(fmt.Sprintf("h%d.example", h), fmt.Sprintf("/%d", i), i%5, now)
			if i%5 == 4 {
				batch[i].Due = now.Add(time.Hour)
			}
		}
		if _, err := f.Add(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	links := 0
	for b.Loop() {
		l, err := f.Lease(b.Context(), now, "w", time.Minute, 10)
		if err != nil || l == nil {
			b.Fatalf("lease %v, %v", l, err)
		}
		for _, link := range l.Links {
			if _, err := f.Reserve(b.Context(), now, l, 0, time.Minute); err != nil {
				b.Fatal(err)
			}
			o := store.Outcome{URL: link.URL, Result: "fetched", Fetched: now, Fetches: 1, Due: now.Add(time.Hour), Priority: 4}
			if err := f.Done(b.Context(), now, l, o); err != nil {
				b.Fatal(err)
			}
			links++
		}
		if err := f.Release(b.Context(), now, l, time.Time{}, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(links)/b.Elapsed().Seconds(), "links/s")
}
