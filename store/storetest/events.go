package storetest

import (
	"strconv"
	"strings"
	"testing"

	"sukien/news"
)

var eventTests = map[string]func(*testing.T, Open){
	"new once":           testNewOnce,
	"late extraction":    testLateExtraction,
	"mentions first":     testMentionsFirst,
	"message":            testMessage,
	"changed":            testChanged,
	"cancelled":          testCancelled,
	"left":               testLeft,
	"retracted, revived": testRetracted,
	"merged":             testMerged,
	"other editions":     testOtherEditions,
	"reprints":           testReprints,
	"conflicts":          testConflicts,
	"corrected":          testCorrected,
	"tellings":           testTellings,
}

// testLateExtraction: records of a content that the article no longer has are
// not taken, and the article still waits for those of today.
func testLateExtraction(t *testing.T, open Open) {
	f := fresh(t, open)
	id, _ := f.save(article("bao-mot.example", 1))
	done, err := f.Ingest(t.Context(), news.Extraction{ArticleID: id, Content: "of-yesterday", Pack: "p", Records: []news.Record{forum(4, "2026-03-20")}}, now)
	if err != nil || done.Events != 0 || f.changes() != "" {
		t.Errorf("late records gave %+v, %v, messages %q", done, err, f.changes())
	}
	if c, err := f.Counts(t.Context()); err != nil || c.Unextracted != 1 {
		t.Errorf("counts %+v, %v; want the article still waiting", c, err)
	}
}

func testNewOnce(t *testing.T, open Open) {
	f := fresh(t, open)
	id := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	f.tell("bao-hai.example", 1, forum(4, "2026-03-20"))
	if got := f.changes(); got != "new" {
		t.Errorf("messages %q, want one new", got)
	}
	before := f.only()
	for range 2 {
		if done := f.ingest(id, forum(4, "2026-03-20")); len(done.Changes) != 0 || done.Events != 0 {
			t.Errorf("the same records again: %+v", done)
		}
		f.reopen()
	}
	after := f.only()
	if got := f.changes(); got != "new" || after.Revision != before.Revision || after.ID != before.ID {
		t.Errorf("after redelivery: messages %q, revision %d → %d", got, before.Revision, after.Revision)
	}
	if len(after.Records) != 2 || after.IndependentSources != 2 || !after.FirstSeen.Equal(now) || after.Origin != news.Live {
		t.Errorf("event %+v", after)
	}
}

func testMentionsFirst(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, mention(forum(4, "2026-03-20")))
	if e := f.only(); f.changes() != "" || e.Salience != news.Mention {
		t.Fatalf("known from a mention: messages %q, salience %s", f.changes(), e.Salience)
	}
	f.tell("bao-hai.example", 1, forum(4, "2026-03-20"))
	if e := f.only(); f.changes() != "new" || e.Salience != news.Main {
		t.Errorf("with a main record: messages %q, salience %s", f.changes(), e.Salience)
	}
}

func testMessage(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, with(forum(4, "2026-03-20"), func(r *news.Record) { r.Series = "dien-dan-song-hong" }))
	m, e := f.messages()[0], f.only()
	if want := "sukien.event.v1.new.forum.VN.dien-dan-song-hong." + e.ID; m.subject != want {
		t.Errorf("subject %s, want %s", m.subject, want)
	}
	if want := e.ID + "-" + strconv.Itoa(e.Revision); m.id != want || m.raw["id"] != want {
		t.Errorf("id %s, in the body %v, want %s", m.id, m.raw["id"], want)
	}
	for field, want := range map[string]any{"specversion": "1.0", "datacontenttype": "application/json", "subject": e.ID} {
		if m.raw[field] != want {
			t.Errorf("%s is %v, want %v", field, m.raw[field], want)
		}
	}
	for _, field := range []string{"source", "type", "time", "dataschema", "data"} {
		if m.raw[field] == nil {
			t.Errorf("the body has no %s", field)
		}
	}
	f.tell("bao-hai.example", 1, news.Record{Slots: news.Slots{Salience: news.Main, Kind: news.Talks, Name: "hội đàm với khách"}})
	if m := f.messages()[1]; !strings.HasPrefix(m.subject, "sukien.event.v1.new.talks._._.") {
		t.Errorf("subject %s, want _ for what is unknown", m.subject)
	}
}

func testChanged(t *testing.T, open Open) {
	f := fresh(t, open)
	id := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	f.flush()
	f.tell("bao-hai.example", 1, forum(4, "2026-03-20"))
	if got := f.changes(); got != "" {
		t.Errorf("a mere further source is told: %q", got)
	}
	f.tell("bao-ba.example", 1, with(forum(4, "2026-03-20"), func(r *news.Record) { r.Theme = "Dòng sông xanh" }))
	if got := f.changes(); got != "updated" {
		t.Fatalf("a theme was learnt: %q", got)
	}
	e := f.only()
	detail, err := f.Event(t.Context(), e.ID)
	if err != nil || len(detail.History) != 2 {
		t.Fatalf("history %+v, %v", detail, err)
	}
	if last := detail.History[1]; last.Change != news.Updated || last.Revision != e.Revision || strings.Join(last.What, " ") != "theme" || !strings.Contains(last.Cause, "bao-ba.example") {
		t.Errorf("last revision %+v", last)
	}
	f.ingest(id, forum(4, "2026-03-20"), forum(5, "2026-09-20"))
	if got := f.changes(); got != "updated new" {
		t.Errorf("a second meeting in a known article: %q", got)
	}
}

func testCancelled(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	late := article("bao-hai.example", 1)
	late.Published = "2026-03-19T08:00:00+07:00"
	id, _ := f.save(late)
	f.ingest(id, with(forum(4, "2026-03-20"), func(r *news.Record) { r.Status = news.Cancelled }))
	if e := f.only(); f.changes() != "new cancelled" || e.Status != news.Cancelled {
		t.Errorf("messages %q, status %s", f.changes(), e.Status)
	}
}

func testLeft(t *testing.T, open Open) {
	f := fresh(t, open)
	bare := with(forum(4, "2026-03-20"), func(r *news.Record) { r.Places = nil })
	f.tell("bao-mot.example", 1, bare)
	f.tell("bao-hai.example", 1, forum(4, "2026-03-20"))
	list := f.messages()
	if got := f.changes(); got != "new updated updated(left)" {
		t.Fatalf("messages %q", got)
	}
	if !strings.Contains(list[1].subject, ".updated.forum.VN.") || !strings.Contains(list[2].subject, ".updated.forum._.") || list[2].id != list[1].id+"-left" {
		t.Errorf("subjects %s and %s, id %s", list[1].subject, list[2].subject, list[2].id)
	}
}

func testRetracted(t *testing.T, open Open) {
	f := fresh(t, open)
	id := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	was := f.only()
	f.ingest(id)
	if got := f.changes(); got != "new retracted" || len(f.all()) != 0 {
		t.Fatalf("messages %q, %d events left", got, len(f.all()))
	}
	if m := f.messages()[1]; m.event.MergedInto != "" {
		t.Errorf("retracted, but merged into %q", m.event.MergedInto)
	}
	f.ingest(id)
	f.ingest(id, forum(4, "2026-03-20"))
	if e := f.only(); f.changes() != "new retracted updated" || e.ID != was.ID || e.Revision != 3 {
		t.Errorf("told of again: messages %q, event %s revision %d, was %s", f.changes(), e.ID, e.Revision, was.ID)
	}
}

// testMerged: two events turn out to be one when an article joins them.
func testMerged(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, with(forum(4, "2026-03-20"), func(r *news.Record) { r.Name, r.Ordinal = "Diễn đàn Kinh tế sông Hồng", 0 }))
	f.tell("bao-hai.example", 1, with(forum(4, "2026-03-20"), func(r *news.Record) {
		r.Name, r.Series, r.Places, r.Officials = "Ngày hội làng nghề Bát Quan", "dien-dan-song-hong", nil, nil
	}))
	if n := len(f.all()); n != 2 {
		t.Fatalf("%d events before, want 2", n)
	}
	f.tell("bao-ba.example", 1, with(forum(4, "2026-03-20"), func(r *news.Record) { r.Series = "dien-dan-song-hong" }))
	e := f.only()
	if len(e.Records) != 3 || strings.Count(f.changes(), "new") != 2 || !strings.Contains(f.changes(), "merged") {
		t.Fatalf("%d records, messages %q", len(e.Records), f.changes())
	}
	for _, m := range f.messages() {
		if m.change == "merged" && (m.event.MergedInto != e.ID || m.event.ID == e.ID) {
			t.Errorf("%s merged into %s, want %s", m.event.ID, m.event.MergedInto, e.ID)
		}
	}
}

func testOtherEditions(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	f.tell("bao-hai.example", 1, forum(5, "2026-03-20"))
	f.tell("bao-ba.example", 1, with(forum(4, "2026-03-27"), func(r *news.Record) { r.Ordinal, r.Name = 0, "Diễn đàn Kinh tế sông Hồng" }))
	if n := len(f.all()); n != 3 {
		t.Errorf("%d events, want 3: two editions and another day", n)
	}
}

func testReprints(t *testing.T, open Open) {
	f := fresh(t, open)
	for i, source := range []string{"bao-mot.example", "bao-hai.example", "bao-ba.example", "bao-bon.example"} {
		a := article(source, 1)
		var seal uint64
		if i < 2 {
			a.Agency = "Thông tấn Sông Hồng"
		} else {
			seal = 0xf00d_f00d_f00d_f000 | uint64(i)
		}
		p := savedPage(a, seal)
		id, _, err := f.SavePage(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		f.ingest(id, forum(4, "2026-03-20"))
	}
	if e := f.only(); len(e.Records) != 4 || e.IndependentSources != 2 {
		t.Errorf("%d records of %d independent sources, want 4 of 2", len(e.Records), e.IndependentSources)
	}
}

func testConflicts(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	f.tell("bao-hai.example", 1, forum(4, "2026-03-20"))
	f.tell("bao-ba.example", 1, with(forum(4, "2026-03-20"), func(r *news.Record) { r.Kind, r.StartTime = news.Conference, "08:30" }))
	e := f.only()
	if e.Kind != news.Forum || e.StartTime != "08:30" {
		t.Errorf("kind %s at %s, want what most say and what one alone says", e.Kind, e.StartTime)
	}
	if len(e.Conflicts) != 1 || e.Conflicts[0].Slot != "kind" || len(e.Conflicts[0].Values) != 2 || e.Conflicts[0].Values[0].Value != "forum" {
		t.Errorf("conflicts %+v", e.Conflicts)
	}
}

func testCorrected(t *testing.T, open Open) {
	f := fresh(t, open)
	id := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	x := news.Extraction{ArticleID: id, Pack: "sha256:two", Origin: news.Reextract,
		Records: []news.Record{with(forum(4, "2026-03-20"), func(r *news.Record) { r.End = "2026-03-21" })}}
	if _, err := f.Ingest(t.Context(), x, now); err != nil {
		t.Fatal(err)
	}
	if e := f.only(); f.changes() != "new corrected" || e.End != "2026-03-21" || e.Origin != news.Live {
		t.Errorf("messages %q, end %s, origin %s", f.changes(), e.End, e.Origin)
	}
}

func testTellings(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	f.tell("bao-hai.example", 1, forum(9, "2026-08-20"), mention(forum(4, "2026-03-20")))
	e := f.all()[1]
	list, err := f.Tellings(t.Context(), e.ID)
	if err != nil || e.Ordinal != 4 || len(list) != 2 {
		t.Fatalf("tellings of edition %d: %+v, %v", e.Ordinal, list, err)
	}
	for _, told := range list {
		if len(told.Records) != 1 || len(told.Records[0].Evidence) != 1 || told.Article.Text == "" {
			t.Errorf("telling %+v, want its record with the evidence and the article's text", told)
		}
	}
}
