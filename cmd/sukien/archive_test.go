package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/store/sqlite"
)

// longArchive is set to run the backfill of 50,000 records instead of that of 2,000.
const longArchive = "TEST_SUKIEN_LONG"

// The invented meetings: each has topics, a place, a host and a day of its own.
var (
	cities = strings.Split("Hà Nội,Hải Phòng,Huế,Đà Nẵng,Cần Thơ,Đà Lạt,Nha Trang,Vinh,Hạ Long,Lào Cai,Buôn Ma Thuột,Quy Nhơn,Cà Mau,Rạch Giá,Pleiku,Thanh Hóa", ",")
	bodies = strings.Split("Bộ Xây dựng,Bộ Công Thương,Bộ Y tế,Bộ Tài chính,Bộ Nội vụ,Bộ Tư pháp,Bộ Ngoại giao,Bộ Khoa học và Công nghệ,Bộ Giáo dục và Đào tạo", ",")
)

// invented is a topic that no other meeting is likely to have: two syllables.
func invented(r *rand.Rand) string {
	const heads, tails = "b,c,d,đ,g,h,kh,l,m,n,ng,nh,ph,s,t,th,tr,v,x,ch", "an,ân,ăm,âu,ên,im,inh,oa,on,ông,ơi,uân,un,uông,ươn,y,ai,ao,ay,ong"
	h, t := strings.Split(heads, ","), strings.Split(tails, ",")
	syllable := func() string { return h[r.IntN(len(h))] + t[r.IntN(len(t))] }
	return syllable() + " " + syllable()
}

// inventedArticle is the page of the n-th article of an archive: three outlets
// tell of each meeting.
func inventedArticle(n int) (url, html string) {
	meeting, outlet := n/3, n%3
	r := rand.New(rand.NewPCG(uint64(meeting), 7))
	topics := []string{invented(r), invented(r), invented(r), invented(r)}
	city, body := cities[r.IntN(len(cities))], bodies[r.IntN(len(bodies))]
	day := time.Date(1995+r.IntN(25), 1, 1+r.IntN(365), 0, 0, 0, 0, time.UTC)
	name := fmt.Sprintf("Hội nghị toàn quốc về %s, %s và %s", topics[0], topics[1], topics[2])
	url = fmt.Sprintf("https://bao-%d.example/tin/hoi-nghi-toan-quoc-ban-viec-nuoc-%06d.html", outlet, 100_000+n)
	html = fmt.Sprintf(`<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Khai mạc %[1]s</title>
<link rel="canonical" href="%[2]s"><meta property="og:type" content="article"><meta property="article:published_time" content="%[3]sT09:30:00+07:00"></head>
<body><article><h1>Khai mạc %[1]s</h1>
<p>Ngày %[4]s, tại thành phố %[5]s, %[6]s tổ chức %[1]s với sự tham dự của nhiều địa phương.</p>
<p>Các đại biểu nghe báo cáo về %[7]s, rồi thảo luận ở tổ; tòa soạn số %[8]d ghi lại ý kiến của những người trong cuộc.</p></article></body></html>`,
		name, url, day.Format("2006-01-02"), day.Format("2/1/2006"), city, body, topics[3], outlet)
	return url, html
}

// writeArchive writes pages as a WARC file, each record in a member, with what a
// crawl has between them, every hundredth broken.
func writeArchive(t testing.TB, file string, pages int) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	zip := gzip.NewWriter(nil)
	member := func(text string) {
		var b bytes.Buffer
		zip.Reset(&b)
		_, err := io.WriteString(zip, text)
		if err == nil {
			err = zip.Close()
		}
		if err == nil {
			_, err = f.Write(b.Bytes())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	record := func(kind, url, block string) {
		member(fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: 2020-01-02T03:04:05Z\r\nWARC-Target-URI: %s\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
			kind, news.HashID("w", kind, url), url, len(block), block))
	}
	for n := range pages {
		url, html := inventedArticle(n)
		record("request", url, "GET / HTTP/1.1\r\n\r\n")
		record("response", url, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"+html)
		if n%100 == 50 {
			record("response", url+"?hong", "chẳng phải HTTP")
			record("response", url+"/anh.jpg", "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\nảnh")
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// contents names all that a store holds which does not depend on when it was
// stored: articles, records, events.
func contents(t testing.TB, file string) (sum string, c store.Counts) {
	t.Helper()
	st, err := sqlite.OpenReader(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if c, err = st.Counts(t.Context()); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, kind := range []news.PageType{news.PageArticle, news.PageListing, news.PageMedia, news.PageOther} {
		for cursor := ""; ; {
			list, next, err := st.Articles(t.Context(), store.ArticleQuery{Type: kind, Limit: 1000, Cursor: cursor})
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range list {
				data, err := json.Marshal(a)
				if err != nil {
					t.Fatal(err)
				}
				lines = append(lines, "article "+string(data))
			}
			if cursor = next; next == "" {
				break
			}
		}
	}
	for cursor := ""; ; {
		list, next, err := st.Events(t.Context(), store.EventQuery{Mentions: true, Limit: 1000, Cursor: cursor})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			lines = append(lines, eventLine(t, e))
		}
		if cursor = next; next == "" {
			break
		}
	}
	slices.Sort(lines)
	h := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(h[:]), c
}

// eventLine is an event without its id and what tells of the time of its making.
func eventLine(t testing.TB, e news.Event) string {
	t.Helper()
	var urls []string
	for _, r := range e.Records {
		urls = append(urls, r.URL)
	}
	slices.Sort(urls)
	e.Evidence = nil
	data, err := json.Marshal(e.Slots)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("event %s %s %s", e.Origin, data, urls)
}

// bare is a directory to run sukien in, without a site.
func bare(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir()}
	w.setup("", "", "")
	w.env = append(os.Environ(), "SUKIEN_DATA_DIR="+w.data(), "SUKIEN_NATS_LISTEN=", "SUKIEN_WEB_LISTEN=")
	return w
}

// killed runs sukien until its store has n articles, and kills it.
func (w *world) killed(n int, args ...string) {
	w.t.Helper()
	cmd, out := w.command(args...)
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for tick := time.NewTicker(20 * time.Millisecond); ; <-tick.C {
		select {
		case err := <-ended:
			w.t.Fatalf("sukien %v ended before %d articles were stored: %v\n%s", args, n, err, out)
		default:
		}
		if w.articles() >= n {
			break
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		w.t.Fatal(err)
	}
	<-ended
}

// articles is how many the store has, 0 when there is none yet.
func (w *world) articles() int {
	st, err := sqlite.OpenReader(w.t.Context(), w.db())
	if err != nil {
		return 0
	}
	defer st.Close()
	c, err := st.Counts(w.t.Context())
	if err != nil {
		return 0
	}
	return c.Articles
}

func (w *world) db() string { return filepath.Join(w.data(), "sukien.db") }

// TestBackfillKilled: a backfill that was killed five times, and went on each
// time, leaves the store of one that was not.
func TestBackfillKilled(t *testing.T) {
	t.Parallel()
	pages := 300
	if os.Getenv(longArchive) != "" {
		pages = 50_000
	}
	whole, broken := bare(t), bare(t)
	file := filepath.Join(whole.dir, "luu.warc.gz")
	writeArchive(t, file, pages)
	began := time.Now()
	text := whole.failing("backfill", "--warc", file)
	took := time.Since(began)
	for n := range 5 {
		broken.killed(pages*(n+1)/6, "backfill", "--warc", file)
	}
	last := broken.failing("backfill", "--warc", file)
	want, c := contents(t, whole.db())
	got, k := contents(t, broken.db())
	t.Logf("%d records in %s, %.0f a second: %+v\n%s", pages, took.Round(time.Second), float64(pages)/took.Seconds(), c, last)
	if got != want || c != k {
		t.Errorf("the store of the killed run differs: %+v, undisturbed %+v", k, c)
	}
	if c.Articles != pages || c.Events < pages/5 || c.Unextracted != 0 || c.Unsent != 0 {
		t.Errorf("counts %+v of %d pages", c, pages)
	}
	said := fmt.Sprintf("%d pages read, 0 of them known before, %d articles", pages, pages)
	if !strings.Contains(text, said) || !strings.Contains(last, fmt.Sprintf("%d pages read, ", pages)) || !strings.Contains(last, fmt.Sprintf("%d failures", (pages+49)/100)) {
		t.Errorf("summaries %q and %q", text, last)
	}
	broken.mustBeOnce()
}

// failing runs sukien, which is to end with status 1, and gives what it said.
func (w *world) failing(args ...string) string {
	w.t.Helper()
	cmd, out := w.command(args...)
	err := cmd.Run()
	if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != exitFailed {
		w.t.Fatalf("sukien %v: %v, want status 1\n%s", args, err, out)
	}
	return out.String()
}
