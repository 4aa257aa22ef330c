package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sukien/news"
	"sukien/store"
)

var correctTests = map[string]func(*testing.T, Open){
	"edit":           testEdit,
	"edit lists":     testEditLists,
	"confirm":        testConfirm,
	"merge":          testMergeByHand,
	"split":          testSplit,
	"reject":         testReject,
	"audit":          testAudit,
	"repeated":       testRepeated,
	"refused":        testRefused,
	"undo by number": testUndoByNumber,
	"read otherwise": testReadOtherwise,
	"nothing left":   testNothingLeft,
	"random order":   testRulingsOrder,
	"purged":         testPurgeRuled,
}

// analyst is who corrects in the tests.
const analyst = "an.nguyen"

// correct carries out a correction.
func (f *fixture) correct(c store.Correction) store.Corrected {
	f.t.Helper()
	c.By = analyst
	done, err := f.Correct(f.t.Context(), c, now)
	if err != nil {
		f.t.Fatalf("%s: %v", c.Action, err)
	}
	return done
}

func (f *fixture) event(id string) *news.Event {
	f.t.Helper()
	e, err := f.Event(f.t.Context(), id)
	if err != nil {
		f.t.Fatal(err)
	}
	return e
}

// last is the newest entry of an event's history.
func (f *fixture) last(id string) news.Revision {
	f.t.Helper()
	h := f.event(id).History
	return h[len(h)-1]
}

func testEdit(t *testing.T, open Open) {
	f := fresh(t, open)
	id := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	e := f.only()
	f.flush()
	done := f.correct(store.Correction{Action: store.Edit, Event: e.ID, Edits: []string{"start=2026-03-21", "end=2026-03-22", "theme=Sông trong"}, Note: "theo giấy mời"})
	got := f.only()
	if done.Revision != 2 || got.Revision != 2 || got.Start != "2026-03-21" || got.End != "2026-03-22" || got.Theme != "Sông trong" || strings.Join(got.Pinned, " ") != "end start theme" || got.Origin != news.Analyst {
		t.Errorf("edited: %+v; %+v", done, got)
	}
	if m := f.messages(); f.changes() != "corrected" || m[0].event.Start != "2026-03-21" || m[0].event.Origin != news.Analyst {
		t.Errorf("messages %q", f.changes())
	}
	if last := f.last(e.ID); last.Cause != analyst || last.Note != "theo giấy mời" || strings.Join(last.What, " ") != "theme start end pinned" {
		t.Errorf("last revision %+v", last)
	}
	for range 2 { // old and new articles, redelivered
		f.ingest(id, with(forum(4, "2026-03-20"), func(r *news.Record) { r.Theme = "Sông đục" }))
		f.tell("bao-hai.example", 1, forum(4, "2026-03-20"))
		f.reopen()
	}
	got = f.only()
	if got.Start != "2026-03-21" || got.Theme != "Sông trong" || len(got.Records) != 2 || f.changes() != "corrected" {
		t.Errorf("after more articles: %+v, messages %q", got, f.changes())
	}
	f.tell("bao-ba.example", 1, with(forum(4, "2026-03-20"), func(r *news.Record) { r.StartTime = "08:30" }))
	if got := f.only(); f.changes() != "corrected updated" || got.StartTime != "08:30" || got.Origin != news.Live {
		t.Errorf("a slot that is not fixed: messages %q, %+v", f.changes(), got)
	}
	f.correct(store.Correction{Action: store.Undo, Event: e.ID})
	if got := f.only(); got.Start != "2026-03-20" || got.End != "" || got.Theme != "Sông đục" || got.Pinned != nil || f.changes() != "corrected updated corrected" {
		t.Errorf("undone: %+v, messages %q", got, f.changes())
	}
}

func testEditLists(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	id := f.only().ID
	f.correct(store.Correction{Action: store.Edit, Event: id, Edits: []string{"officials-=đỗ thị mẫu", "officials+=Lý Văn Thử|Bộ trưởng||VN|chair", "places=Huế|city|VN; Hà Nội|city|VN", "status="}})
	f.tell("bao-hai.example", 1, with(forum(4, "2026-03-20"), func(r *news.Record) {
		r.Officials = append(r.Officials, news.Official{Name: "Trần Bá Nháp", Role: news.Guest})
	}))
	var names []string
	e := f.only()
	for _, o := range e.Officials {
		names = append(names, o.Name)
	}
	if strings.Join(names, ", ") != "Trần Bá Nháp, Lý Văn Thử" || len(e.Places) != 2 || e.Places[1].Name != "Hà Nội" || e.Status != "" {
		t.Errorf("officials %v, places %+v, status %q", names, e.Places, e.Status)
	}
	if list, _, err := f.Events(t.Context(), store.EventQuery{Officials: []string{"ly van thu"}, Places: []string{"ha noi"}}); err != nil || len(list) != 1 {
		t.Errorf("what was added finds %d events, %v", len(list), err)
	}
	if list, _, err := f.Events(t.Context(), store.EventQuery{Officials: []string{"Mẫu"}}); err != nil || len(list) != 0 {
		t.Errorf("what was taken away finds %d events, %v", len(list), err)
	}
}

func testConfirm(t *testing.T, open Open) {
	f := fresh(t, open)
	id := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	e := f.only()
	f.flush()
	f.correct(store.Correction{Action: store.Confirm, Event: e.ID})
	if got := f.only(); f.changes() != "updated" || !slices.Contains(got.Pinned, "start") || slices.Contains(got.Pinned, "status") || got.Name != e.Name {
		t.Errorf("confirmed: messages %q, pinned %v", f.changes(), got.Pinned)
	}
	for n := range 3 { // most say otherwise
		f.tell("bao-hai.example", n, with(forum(4, "2026-03-20"), func(r *news.Record) { r.Kind, r.Status = news.Conference, news.Held }))
	}
	if got := f.only(); got.Kind != news.Forum || got.Status != news.Held || len(got.Conflicts) == 0 {
		t.Errorf("after others: kind %s, status %s, conflicts %v", got.Kind, got.Status, got.Conflicts)
	}
	f.ingest(id)
	if got := f.only(); got.ID != e.ID || got.Start != "2026-03-20" {
		t.Errorf("without its first record: %+v", got)
	}
	f.correct(store.Correction{Action: store.Undo, Event: e.ID})
	if got := f.only(); got.Kind != news.Conference || got.Pinned != nil {
		t.Errorf("undone: kind %s, pinned %v", got.Kind, got.Pinned)
	}
}

// fair is a record that has nothing in common with forum.
func fair(n int) news.Record {
	return news.Record{Slots: news.Slots{Salience: news.Main, Kind: news.Conference, Name: fmt.Sprintf("Hội nghị Thủy lợi vùng cao lần thứ %d", n), Ordinal: n, Start: "2026-05-02",
		Places: []news.Place{{Name: "Huế", Kind: news.CityPlace, Country: "VN"}}}}
}

func testMergeByHand(t *testing.T, open Open) {
	f := fresh(t, open)
	one := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	a := f.only()
	two := f.tell("bao-hai.example", 1, fair(9))
	b := f.all()[0]
	f.flush()
	f.correct(store.Correction{Action: store.Merge, Event: a.ID, Others: []string{b.ID}})
	if got := f.only(); got.ID != a.ID || len(got.Records) != 2 || f.event(b.ID).MergedInto != a.ID {
		t.Errorf("merged: %+v", got)
	}
	if got := f.changes(); got != "updated merged" && got != "corrected merged" {
		t.Errorf("messages %q", got)
	}
	f.flush()
	for range 2 {
		f.ingest(one, forum(4, "2026-03-20"), forum(5, "2027-03-20"))
		f.ingest(two, with(fair(9), func(r *news.Record) { r.Theme = "Nước ngọt" }))
		f.tell("bao-ba.example", 1, fair(9))
		f.tell("bao-ba.example", 2, forum(4, "2026-03-20"))
		f.reopen()
	}
	if list := f.all(); len(list) != 2 || len(f.event(a.ID).Records) != 4 {
		t.Errorf("after more articles %d events, %d records in the merged one", len(list), len(f.event(a.ID).Records))
	}
	f.correct(store.Correction{Action: store.Undo, Event: b.ID})
	if x, y := f.event(a.ID), f.event(b.ID); len(x.Records) != 2 || len(y.Records) != 2 || y.MergedInto != "" || y.Ordinal != 9 || x.Ordinal != 4 {
		t.Errorf("undone: %+v\nand %+v", x, y)
	}
	if slices.ContainsFunc(f.messages(), func(m message) bool { return m.change == "new" && m.event.ID == b.ID }) {
		t.Error("the event that came back is sent as new a second time")
	}
}

func testSplit(t *testing.T, open Open) {
	f := fresh(t, open)
	one := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	two := f.tell("bao-hai.example", 1, forum(4, "2026-03-20"))
	f.tell("bao-ba.example", 1, forum(4, "2026-03-20"))
	e := f.only()
	f.flush()
	done := f.correct(store.Correction{Action: store.Split, Event: e.ID, Articles: []string{"https://bao-hai.example/bai-1.html"}})
	part := f.event(done.Split)
	if done.Split == e.ID || len(f.all()) != 2 || len(part.Records) != 1 || len(f.event(e.ID).Records) != 2 {
		t.Fatalf("split: %+v, %+v", done, part)
	}
	if got := strings.Fields(f.changes()); !slices.Contains(got, "new") || len(got) != 2 {
		t.Errorf("messages %q", f.changes())
	}
	f.flush()
	for range 2 {
		f.ingest(two, with(forum(4, "2026-03-20"), func(r *news.Record) { r.Theme = "Sông xanh" }))
		f.ingest(one, forum(4, "2026-03-20"))
		f.tell("bao-bon.example", 1, forum(4, "2026-03-20"))
		f.reopen()
	}
	if x, y := f.event(e.ID), f.event(done.Split); len(f.all()) != 2 || len(x.Records)+len(y.Records) != 4 || !slices.ContainsFunc(y.Records, func(r news.RecordRef) bool { return r.ID == news.RecordID(two, 0) }) {
		t.Errorf("after more articles: %+v\nand %+v", x, y)
	}
	f.correct(store.Correction{Action: store.Undo, Event: e.ID})
	if got := f.only(); got.ID != e.ID || len(got.Records) != 4 || f.event(done.Split).MergedInto != e.ID {
		t.Errorf("undone: %+v", got)
	}
	again := f.correct(store.Correction{Action: store.Split, Event: e.ID, Records: []string{news.RecordID(two, 0)}})
	if len(f.all()) != 2 || again.Split != done.Split {
		t.Errorf("split again: %+v", again)
	}
}

func testReject(t *testing.T, open Open) {
	f := fresh(t, open)
	id := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	e := f.only()
	f.flush()
	f.correct(store.Correction{Action: store.Reject, Event: e.ID, Note: "quảng cáo"})
	if f.changes() != "retracted" || len(f.all()) != 0 {
		t.Fatalf("rejected: messages %q, %d events", f.changes(), len(f.all()))
	}
	f.flush()
	for n := range 3 {
		f.ingest(id, with(forum(4, "2026-03-20"), func(r *news.Record) { r.Theme = fmt.Sprint("Sông ", n) }))
		f.tell("bao-hai.example", n, forum(4, "2026-03-20"))
		f.reopen()
	}
	if f.changes() != "" || len(f.all()) != 0 {
		t.Errorf("after more articles: messages %q, %+v", f.changes(), f.all())
	}
	f.tell("bao-hai.example", 9, forum(5, "2027-03-20"))
	if list := f.all(); len(list) != 1 || list[0].Ordinal != 5 {
		t.Errorf("another edition: %+v", list)
	}
	f.correct(store.Correction{Action: store.Undo, Event: e.ID})
	if got := f.event(e.ID); len(f.all()) != 2 || len(got.Records) != 4 || f.changes() != "new corrected" {
		t.Errorf("undone: messages %q, %+v", f.changes(), got)
	}
}

func testAudit(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	id := f.only().ID
	f.correct(store.Correction{Action: store.Edit, Event: id, Edits: []string{"ordinal=5"}, Note: "in nhầm"})
	f.correct(store.Correction{Action: store.Undo, Event: id})
	f.reopen()
	list, err := f.Decisions(t.Context(), id)
	if err != nil || len(list) != 2 {
		t.Fatalf("decisions %+v, %v", list, err)
	}
	if d := list[0]; d.Action != store.Edit || d.By != analyst || d.Note != "in nhầm" || d.Made != 2 || !d.Undone || !d.At.Equal(now) || !slices.Equal(d.Edits, []string{"ordinal=5"}) {
		t.Errorf("first %+v", d)
	}
	if d := list[1]; d.Action != store.Undo || d.Made != 3 || d.Undone {
		t.Errorf("second %+v", d)
	}
	if e := f.event(id); e.Ordinal != 4 || len(e.History) != 3 {
		t.Errorf("event %+v", e)
	}
}

// testRepeated: the same correction, delivered again, changes nothing.
func testRepeated(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	c := store.Correction{ID: "c-one", Action: store.Edit, Event: f.only().ID, Edits: []string{"ordinal=5"}}
	first := f.correct(c)
	again := f.correct(c)
	if e := f.only(); again.Revision != first.Revision || e.Revision != 2 || f.changes() != "new corrected" {
		t.Errorf("again: %+v, revision %d, messages %q", again, e.Revision, f.changes())
	}
}

func testRefused(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	id := f.only().ID
	for _, row := range []struct {
		name string
		c    store.Correction
		want error
	}{
		{"no event", store.Correction{Action: store.Confirm, Event: "e-none", By: "x"}, news.ErrNotFound},
		{"nobody", store.Correction{Action: store.Confirm, Event: id}, news.ErrInvalid},
		{"an unknown action", store.Correction{Action: "praise", Event: id, By: "x"}, news.ErrInvalid},
		{"an unknown slot", store.Correction{Action: store.Edit, Event: id, By: "x", Edits: []string{"weather=fine"}}, news.ErrInvalid},
		{"a day that is none", store.Correction{Action: store.Edit, Event: id, By: "x", Edits: []string{"start=2026-02-30"}}, news.ErrInvalid},
		{"an end before the start", store.Correction{Action: store.Edit, Event: id, By: "x", Edits: []string{"end=2026-03-01"}}, news.ErrInvalid},
		{"no edits", store.Correction{Action: store.Edit, Event: id, By: "x"}, news.ErrInvalid},
		{"with itself", store.Correction{Action: store.Merge, Event: id, By: "x", Others: []string{id}}, news.ErrInvalid},
		{"with nothing", store.Correction{Action: store.Merge, Event: id, By: "x", Others: []string{"e-none"}}, news.ErrNotFound},
		{"all of it", store.Correction{Action: store.Split, Event: id, By: "x", Articles: []string{"https://bao-mot.example/bai-1.html"}}, news.ErrInvalid},
		{"another's article", store.Correction{Action: store.Split, Event: id, By: "x", Articles: []string{"https://bao-hai.example/1.html"}}, news.ErrNotFound},
		{"nothing to undo", store.Correction{Action: store.Undo, Event: id, By: "x"}, news.ErrNotFound},
	} {
		if _, err := f.Correct(t.Context(), row.c, now); !errors.Is(err, row.want) {
			t.Errorf("%s: %v", row.name, err)
		}
	}
	if e := f.only(); e.Revision != 1 || f.changes() != "new" {
		t.Errorf("what was refused left revision %d, messages %q", e.Revision, f.changes())
	}
	if list, err := f.Decisions(t.Context(), id); err != nil || len(list) != 0 {
		t.Errorf("what was refused is in the audit: %+v, %v", list, err)
	}
}

func testUndoByNumber(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	id := f.only().ID
	first := f.correct(store.Correction{Action: store.Edit, Event: id, Edits: []string{"theme=Một", "ordinal=7"}})
	f.correct(store.Correction{Action: store.Edit, Event: id, Edits: []string{"theme=Hai"}})
	f.correct(store.Correction{Action: store.Undo, Event: id, Revision: first.Revision})
	if e := f.only(); e.Theme != "Hai" || e.Ordinal != 4 || strings.Join(e.Pinned, " ") != "theme" {
		t.Errorf("the first undone: %+v", e)
	}
	if _, err := f.Correct(t.Context(), store.Correction{Action: store.Undo, Event: id, Revision: first.Revision, By: "x"}, now); !errors.Is(err, news.ErrNotFound) || !strings.Contains(err.Error(), "3 (edit)") {
		t.Errorf("undone twice: %v", err)
	}
	f.correct(store.Correction{Action: store.Undo, Event: id})
	if e := f.only(); e.Theme != "" || e.Pinned != nil {
		t.Errorf("both undone: %+v", e)
	}
}

// testReadOtherwise: a later reading that numbers an article's records anew and
// words them otherwise leaves decisions with the records that they were about.
func testReadOtherwise(t *testing.T, open Open) {
	f := fresh(t, open)
	id := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"), fair(9))
	f.tell("bao-hai.example", 1, forum(4, "2026-03-20"))
	e := f.all()[1]
	if e.Ordinal != 4 {
		t.Fatalf("events %+v", f.all())
	}
	done := f.correct(store.Correction{Action: store.Split, Event: e.ID, Articles: []string{id}})
	f.correct(store.Correction{Action: store.Edit, Event: done.Split, Edits: []string{"theme=Của báo một"}})
	f.ingest(id, news.Record{Slots: news.Slots{Salience: news.Mention, Kind: news.Session, Name: "kỳ họp thứ 3 của Hội đồng Bát Quan"}}, fair(9),
		with(forum(4, "2026-03-20"), func(r *news.Record) { r.Name = "Diễn đàn Kinh tế sông Hồng mở rộng lần thứ 4" }))
	got := f.event(done.Split)
	if got.MergedInto != "" || got.Theme != "Của báo một" || len(got.Records) != 1 || got.Records[0].ID != news.RecordID(id, 2) || len(f.event(e.ID).Records) != 1 {
		t.Errorf("the split event: %+v\nthe rest: %+v", got, f.event(e.ID))
	}
}

// testNothingLeft: an event that an analyst touched stays when no article tells
// of it any more, and takes its records up again.
func testNothingLeft(t *testing.T, open Open) {
	f := fresh(t, open)
	id := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	e := f.only()
	f.correct(store.Correction{Action: store.Edit, Event: e.ID, Edits: []string{"theme=Sông trong"}})
	f.ingest(id)
	if got := f.only(); got.ID != e.ID || got.Theme != "Sông trong" || got.Start != "2026-03-20" || len(got.Records) != 0 {
		t.Errorf("without records: %+v", got)
	}
	f.ingest(id, forum(4, "2026-03-20"))
	if got := f.only(); got.ID != e.ID || len(got.Records) != 1 || f.changes() != "new corrected" {
		t.Errorf("told again: messages %q, %+v", f.changes(), got)
	}
}

// testRulingsOrder: decisions on some events, then more articles in any order:
// all orders end in the same events.
func testRulingsOrder(t *testing.T, open Open) {
	rng := rand.New(rand.NewPCG(5, 6))
	steps := script(rng, orderArticles)
	var want string
	for i := range orders {
		f := fresh(t, func(t testing.TB, _ string) store.Store { return open(t, fmt.Sprint("ruled-", i)) })
		for _, s := range steps[:orderArticles/3] {
			f.tell(s.source(), s.n, s.records...)
		}
		f.ruleSome()
		for _, k := range rng.Perm(len(steps)) {
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

// ruleSome makes one decision of each kind on events that every order has.
func (f *fixture) ruleSome() {
	f.t.Helper()
	ruled := map[string]bool{}
	pick := func(records int) *news.Event {
		f.t.Helper()
		list := f.all()
		slices.SortFunc(list, func(a, b news.Event) int { return strings.Compare(a.ID, b.ID) })
		for i := range list {
			if e := &list[i]; !ruled[e.ID] && len(e.Records) >= records {
				ruled[e.ID] = true
				return e
			}
		}
		f.t.Fatalf("too few events: %d", len(list))
		return nil
	}
	many := pick(3)
	ruled[f.correct(store.Correction{Action: store.Split, Event: many.ID, Records: []string{many.Records[0].ID}}).Split] = true
	f.correct(store.Correction{Action: store.Edit, Event: pick(1).ID, Edits: []string{"theme=Đã sửa", "officials+=Vũ Quang Bịa"}})
	one, other := pick(1), pick(1)
	f.correct(store.Correction{Action: store.Merge, Event: one.ID, Others: []string{other.ID}})
	f.correct(store.Correction{Action: store.Reject, Event: pick(1).ID})
	f.correct(store.Correction{Action: store.Confirm, Event: pick(1).ID})
}

// testPurgeRuled: what is purged is gone from decisions too.
func testPurgeRuled(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	alone := f.tell("bao-mot.example", 2, fair(9))
	list := f.all()
	f.correct(store.Correction{Action: store.Edit, Event: list[1].ID, Edits: []string{"officials+=Lý Văn Thử|Bộ trưởng"}, Note: "theo ông Lý Văn Thử"})
	f.correct(store.Correction{Action: store.Confirm, Event: list[0].ID})
	_, events := f.purge(store.Purge{Person: "Đỗ Thị Mẫu"})
	f.leaves("Mẫu", events)
	if e := f.event(list[1].ID); len(e.Officials) != 1 || e.Officials[0].Name != "Lý Văn Thử" {
		t.Errorf("officials %+v", e.Officials)
	}
	f.purge(store.Purge{URL: "https://bao-mot.example/bai-2.html"})
	if got := f.all(); len(got) != 1 || got[0].ID != list[1].ID {
		t.Errorf("events %+v", got)
	}
	ds, err := f.Decisions(t.Context(), list[0].ID)
	if err != nil || len(ds) != 1 {
		t.Fatalf("decisions %+v, %v", ds, err)
	}
	if _, err := f.Article(t.Context(), alone); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the article is there: %v", err)
	}
}
