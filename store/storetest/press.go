package storetest

import (
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

// The benchmark of the press: articles of one operation, and how many are
// ingested at a time, as the workers of the pipeline do.
const (
	pressBatch   = 200
	pressWorkers = 32
)

// benchPress ingests made-up news, in the order in which papers print it: one
// operation is pressBatch articles. It logs the rate over each span between
// powers of ten and halves of them, and how long the CLI's questions take at the
// end. A million records are about 3,600 operations: -benchtime 3600x.
func benchPress(b *testing.B, f *fixture) {
	w := newWorld(1)
	var total, last pace
	mark := 1000
	for b.Loop() {
		b.StopTimer()
		batch := make([]news.Extraction, pressBatch)
		var saves []made
		n := 0
		for i := range batch {
			m := w.next()
			saves = append(saves, m)
			batch[i] = news.Extraction{ArticleID: m.article.ID, Pack: "sha256:one", Records: m.records, Origin: news.Backfill}
			n += len(m.records)
		}
		together(saves, func(m made) { f.savePrint(m.article, m.print) })
		b.StartTimer()
		began, cpu := time.Now(), spent()
		f.ingestAll(batch)
		took, used := time.Since(began), spent()-cpu
		total.add(n, took, used)
		last.add(n, took, used)
		if total.records >= mark {
			b.Logf("%8d records: %5.0f records/s, %5.0f a second of processor", total.records, last.rate(), last.cpuRate())
			last, mark = pace{}, nextMark(mark)
		}
	}
	b.StopTimer()
	b.ReportMetric(total.rate(), "records/s")
	b.ReportMetric(total.cpuRate(), "records/cpu-s")
	b.ReportMetric(float64(total.records), "records")
	f.benchQueries(b)
}

// pace is work over time, on the clock and of the processor.
type pace struct {
	records    int
	took, used time.Duration
}

func (p *pace) add(n int, took, used time.Duration) {
	p.records, p.took, p.used = p.records+n, p.took+took, p.used+used
}

func (p *pace) rate() float64 { return float64(p.records) / p.took.Seconds() }

func (p *pace) cpuRate() float64 { return float64(p.records) / p.used.Seconds() }

// nextMark goes 1000, 3000, 10000, 30000, …, from 100,000 on by 100,000.
func nextMark(mark int) int {
	if mark >= 100_000 {
		return mark + 100_000
	}
	if p := int(math.Pow10(int(math.Log10(float64(mark) + 0.5)))); mark == p {
		return 3 * p
	}
	return mark / 3 * 10
}

func (f *fixture) savePrint(a *news.Article, print uint64) {
	f.t.Helper()
	p := savedPage(a, print)
	p.NoArchive = true
	if _, _, err := f.SavePage(f.t.Context(), p); err != nil {
		f.t.Errorf("save %s: %v", a.URL, err)
	}
}

// ingestAll ingests extractions by several workers.
func (f *fixture) ingestAll(batch []news.Extraction) {
	f.t.Helper()
	together(batch, func(x news.Extraction) {
		if _, err := f.Ingest(f.t.Context(), x, now); err != nil {
			f.t.Errorf("ingest: %v", err)
		}
	})
}

// together does the work by several workers.
func together[T any](list []T, do func(T)) {
	work := make(chan T)
	var wg sync.WaitGroup
	for range pressWorkers {
		wg.Go(func() {
			for v := range work {
				do(v)
			}
		})
	}
	for _, v := range list {
		work <- v
	}
	close(work)
	wg.Wait()
}

// pressQueries are what the CLI's filters ask.
var pressQueries = map[string]store.EventQuery{
	"newest":   {},
	"series":   {Series: []string{"chuoi-7"}},
	"place":    {Places: []string{"Gia Lai"}},
	"official": {Officials: []string{"Nguyễn Văn An"}},
	"source":   {Source: []string{"bao-3.example"}},
	"kind":     {Kinds: []news.Kind{news.Talks}},
	"level":    {Levels: []news.Level{news.National}},
	"status":   {Statuses: []news.Status{news.Upcoming}},
	"words":    {Words: []string{"thủy lợi"}},
	"week":     {From: "2025-01-13", To: "2025-01-19"},
	"mentions": {Mentions: true, Kinds: []news.Kind{news.Forum}},
	"rare":     {Kinds: []news.Kind{news.Talks}, Places: []string{"Gia Lai"}, Series: []string{"chuoi-8"}},
}

// queryRuns is how often each question is asked.
const queryRuns = 40

// benchQueries reports the 99th percentile of the questions' times, the slowest
// question's by name in the log.
func (f *fixture) benchQueries(b *testing.B) {
	var all []float64
	for name, q := range pressQueries {
		var times []float64
		for range queryRuns {
			began := time.Now()
			if _, _, err := f.Events(b.Context(), q); err != nil {
				b.Fatalf("%s: %v", name, err)
			}
			times = append(times, float64(time.Since(began).Microseconds())/1000)
		}
		b.Logf("query %-9s p50 %7.2f ms, p99 %7.2f ms", name, percentile(times, 0.5), percentile(times, 0.99))
		all = append(all, times...)
	}
	b.ReportMetric(percentile(all, 0.99), "query-p99-ms")
}

func percentile(list []float64, p float64) float64 {
	slices.Sort(list)
	return list[min(int(p*float64(len(list))), len(list)-1)]
}
