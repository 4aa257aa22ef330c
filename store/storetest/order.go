package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"sukien/news"
	"sukien/store"
)

var orderTests = map[string]func(*testing.T, Open){"random": testOrder, "together": testTogether}

// The size of the test of orders: stores, and articles in each.
const (
	orders        = 3
	orderArticles = 60
)

// step is one delivery: records of article n, whose earlier ones they replace.
type step struct {
	n       int
	records []news.Record
}

// forgetEach is how many articles a store is told between two openings, in the
// first order; in the others it is not opened anew.
const forgetEach = 7

// testOrder tells one store after another the same articles in another order,
// some of them twice, some first with records that are then taken back. All must
// end with the same events, whatever a back end keeps in memory.
func testOrder(t *testing.T, open Open) {
	rng := rand.New(rand.NewPCG(1, 2))
	steps := script(rng, orderArticles)
	var want string
	for i := range orders {
		f := fresh(t, func(t testing.TB, _ string) store.Store { return open(t, fmt.Sprint("order-", i)) })
		for n, k := range rng.Perm(len(steps)) {
			if i == 0 && n%forgetEach == forgetEach-1 {
				f.reopen()
			}
			f.deliver(rng, steps[k])
		}
		got := f.outcome()
		if want == "" {
			want = got
		}
		if got != want {
			t.Fatalf("order %d ends otherwise:\n%s", i, firstDifference(want, got))
		}
		f.close()
	}
}

// deliver saves and ingests an article, now and then through a detour.
func (f *fixture) deliver(rng *rand.Rand, s step) {
	id, _ := f.save(article(s.source(), s.n))
	switch rng.IntN(7) {
	case 0: // first wrongly: an older pack found another meeting
		f.ingest(id, forum(1+rng.IntN(9), "2026-03-20"))
	case 1: // first nothing
		f.ingest(id)
	case 2: // twice
		f.ingest(id, s.records...)
	case 3: // a failure between
		x := news.Extraction{ArticleID: "no such article", Pack: "sha256:one", Records: s.records, Origin: news.Live}
		if _, err := f.Ingest(f.t.Context(), x, now); !errors.Is(err, news.ErrNotFound) {
			f.t.Errorf("an article that is not there: %v", err)
		}
	}
	f.ingest(id, s.records...)
}

// tellers is how many tell at the same time.
const tellers = 4

func testTogether(t *testing.T, open Open) {
	alone, f := fresh(t, func(t testing.TB, _ string) store.Store { return open(t, "alone") }), fresh(t, open)
	Together(t, alone.Store, f.Store)
}

// Together tells articles in their order to one store, and to further ones, all
// of the same tables as of several processes, by several tellers at a time: both
// must end with the same events, each sent as new at most once.
func Together(t *testing.T, alone store.Store, shared ...store.Store) {
	rng := rand.New(rand.NewPCG(3, 4))
	steps := script(rng, orderArticles)
	one := &fixture{Store: alone, t: t}
	work := make(chan step, 3*len(steps))
	for _, s := range steps {
		one.tell(s.source(), s.n, s.records...)
		work <- step{s.n, s.records[:1]}
		work <- s
		work <- s
	}
	close(work)
	var wg sync.WaitGroup
	for i := range max(tellers, 2*len(shared)) {
		f := &fixture{Store: shared[i%len(shared)], t: t}
		wg.Go(func() {
			for s := range work {
				if err := f.try(s); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	many := &fixture{Store: shared[0], t: t}
	for _, s := range steps { // what came last of an article was left to chance
		many.tell(s.source(), s.n, s.records...)
	}
	if want, got := one.outcome(), many.outcome(); want != got {
		t.Errorf("told by many it ends otherwise:\n%s", firstDifference(want, got))
	}
	told := map[string]bool{}
	for _, m := range many.messages() {
		if m.change == "new" && told[m.event.ID] {
			t.Errorf("event %s was sent as new twice", m.event.ID)
		}
		told[m.event.ID] = told[m.event.ID] || m.change == "new"
	}
}

func (s step) source() string { return fmt.Sprintf("bao-%d.example", s.n%9) }

// try saves and ingests an article, away from the test's own goroutine.
func (f *fixture) try(s step) error {
	a := article(s.source(), s.n)
	if _, _, err := f.SavePage(f.t.Context(), savedPage(a, 0)); err != nil {
		return err
	}
	_, err := f.Ingest(f.t.Context(), news.Extraction{ArticleID: a.ID, Pack: "sha256:one", Records: s.records, Origin: news.Live}, now)
	return err
}

// script makes up articles about a few dozen meetings: full and scanty,
// contradicting ones and ones that join two others.
func script(rng *rand.Rand, n int) []step {
	days := []news.Date{"2026-03-20", "2026-03-21", "2026-03-27", ""}
	topics := []string{"Kinh tế sông Hồng", "Thủy lợi phía Nam", "Chuyển đổi số báo chí", "Kinh tế sông Hồng mở rộng"}
	var steps []step
	for i := range n {
		var records []news.Record
		for range 1 + rng.IntN(2) {
			records = append(records, with(forum(rng.IntN(3), days[rng.IntN(len(days))]), func(r *news.Record) {
				r.Name = "Diễn đàn " + topics[rng.IntN(len(topics))]
				if rng.IntN(3) == 0 {
					r.Series = "dien-dan-" + fmt.Sprint(rng.IntN(2))
				}
				if rng.IntN(4) == 0 {
					r.Places = []news.Place{{Name: "Huế", Kind: news.CityPlace, Country: "VN"}}
				}
				if rng.IntN(4) == 0 {
					r.Status, r.Salience = news.Cancelled, news.Mention
				}
				if rng.IntN(3) == 0 {
					r.Officials = nil
				}
			}))
		}
		steps = append(steps, step{i, records})
	}
	return steps
}

// outcome is every event in force by its records and slots, its id and history
// left out: these tell of the way, not of the end.
func (f *fixture) outcome() string {
	f.t.Helper()
	var list []string
	for _, e := range f.all() {
		var ids []string
		for _, r := range e.Records {
			ids = append(ids, r.ID)
		}
		slices.Sort(ids)
		slots, err := json.Marshal(e.Slots)
		if err != nil {
			f.t.Fatal(err)
		}
		list = append(list, fmt.Sprintf("%s %s %d", strings.Join(ids, "+"), slots, e.IndependentSources))
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "want " + a[i] + "\ngot  " + b[i]
		}
	}
	return fmt.Sprintf("want %d events, got %d", len(a), len(b))
}
