package ingest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sukien/news"
	"sukien/store"
	"sukien/store/ingest"
)

// newsroom is a store in memory that articles are told to and analysts correct.
type newsroom struct {
	*shelf
	t    ender
	seen *ingest.Memory
}

func (n *newsroom) tell(p press, records []news.Record) {
	n.t.Helper()
	n.articles[p.article.ID] = &ingest.Article{Article: p.article}
	if _, err := ingest.Run(context.Background(), n, news.Extraction{ArticleID: p.article.ID, Pack: "p", Records: records, Origin: news.Live}, now, n.seen); err != nil {
		n.t.Fatalf("%s: %v", p.article.ID, err)
	}
}

// inForce are the ids of the events in force, sorted.
func (n *newsroom) inForce() (ids []string) {
	for id, e := range n.events {
		if e.Over == "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// decideAll makes up decisions on the events there are.
func (n *newsroom) decideAll(rng *rand.Rand, count int) {
	n.t.Helper()
	for i := range count {
		ids := n.inForce()
		if len(ids) < 2 {
			return
		}
		k := rng.IntN(len(ids) - 1)
		c := store.Correction{ID: fmt.Sprint("c", i), Event: ids[k], By: "an"}
		switch e := n.events[ids[k]]; rng.IntN(6) {
		case 0:
			c.Action = store.Confirm
		case 1:
			c.Action, c.Edits = store.Edit, []string{fmt.Sprint("theme=Chủ đề ", i), "officials-=Đỗ Thị Mẫu"}
		case 2:
			c.Action, c.Others = store.Merge, []string{ids[k+1]}
		case 3:
			if c.Action = store.Reject; len(e.Records) > 1 {
				c.Action, c.Records = store.Split, []string{e.Records[0].ID}
			}
		case 4:
			c.Action = store.Reject
		case 5:
			c.Action = store.Undo
		}
		if _, err := ingest.Correct(context.Background(), n, c, now, n.seen); err != nil && c.Action != store.Undo {
			n.t.Fatalf("%+v: %v", c, err)
		}
	}
}

// after tells some articles, decides, and tells all in an order, some twice.
func after(t ender, seed uint64, list []press, first int, order []int, detours *rand.Rand) string {
	t.Helper()
	n := &newsroom{newShelf(), t, ingest.NewMemory()}
	for _, p := range list[:first] {
		n.tell(p, p.records)
	}
	n.decideAll(rand.New(rand.NewPCG(seed, 9)), 8)
	for _, i := range order {
		n.tell(list[i], list[i].records)
		if detours.IntN(3) == 0 {
			n.tell(list[i], list[i].records)
		}
	}
	checkMessages(t, n.shelf)
	return n.outcome(t)
}

// TestRuledAnyOrder: after decisions, articles of any order, doubled ones among
// them, end in the same events.
func TestRuledAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		list := prints(rand.New(rand.NewPCG(seed, 3)), rapid.IntRange(4, 30).Draw(t, "articles"))
		order := make([]int, len(list))
		for i := range order {
			order[i] = i
		}
		first := rapid.IntRange(2, len(list)).Draw(t, "before the decisions")
		want := after(t, seed, list, first, order, rand.New(rand.NewPCG(1, 1)))
		other := rapid.Permutation(order).Draw(t, "order")
		if got := after(t, seed, list, first, other, rand.New(rand.NewPCG(seed, 1))); got != want {
			t.Fatalf("another order ends otherwise: %s", difference(want, got))
		}
	})
}
