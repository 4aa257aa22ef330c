package warc_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"sukien/crawler/warc"
	"sukien/news"
)

const limit = 1 << 20

// read gives the numbers of the pages of an archive, and its errors.
func read(t testing.TB, r io.Reader) (pages []string, errs []*warc.RecordError, p *warc.Pages) {
	t.Helper()
	p = warc.NewPages(warc.NewReader(r, "thu.warc", limit), limit, nil)
	pages, errs, _ = rest(t, p)
	return pages, errs, p
}

// rest reads on to the end.
func rest(t testing.TB, p *warc.Pages) (pages []string, errs []*warc.RecordError, at []warc.Position) {
	t.Helper()
	for range 10_000 {
		page, err := p.NextPage()
		var bad *warc.RecordError
		switch {
		case errors.Is(err, io.EOF):
			return pages, errs, at
		case errors.As(err, &bad):
			errs = append(errs, bad)
		case err != nil:
			t.Fatal(err)
		default:
			pages = append(pages, strings.TrimSuffix(strings.TrimPrefix(page.URL, "https://bao-mot.example/tin-"), ".html"))
			at = append(at, p.At())
		}
	}
	t.Fatal("the reader does not come to an end")
	return nil, nil, nil
}

func numbers(from, to int) []string {
	var out []string
	for n := from; n < to; n++ {
		out = append(out, fmt.Sprint(n))
	}
	return out
}

func TestPages(t *testing.T) {
	for _, pk := range packs {
		for _, stream := range []struct {
			name string
			wrap func(io.Reader) io.Reader
		}{
			{"at once", func(r io.Reader) io.Reader { return r }},
			{"byte by byte", iotest.OneByteReader},
			{"data with the end", iotest.DataErrReader},
		} {
			t.Run(pk.name+"/"+stream.name, func(t *testing.T) {
				pages, errs, p := read(t, stream.wrap(bytes.NewReader(pk.make(t, sample(20)))))
				if !slices.Equal(pages, numbers(0, 20)) || len(errs) > 0 || p.Records != 41 {
					t.Errorf("pages %v of %d records, errors %v", pages, p.Records, errs)
				}
			})
		}
	}
}

func TestPage(t *testing.T) {
	r := warc.NewReader(strings.NewReader(page(3)), "thu.warc", limit)
	got, err := warc.NewPages(r, limit, nil).NextPage()
	if err != nil {
		t.Fatal(err)
	}
	want := time.Date(2024, 3, 5, 1, 2, 3, 0, time.UTC)
	if got.URL != address(3) || !got.Fetched.Equal(want) || got.Status != 200 || got.ETag != `"e3"` || got.ContentType != "text/html; charset=utf-8" ||
		!strings.HasPrefix(string(got.Body), "<html><body><p>Trang số 3") || !strings.HasSuffix(string(got.Body), "</html>") {
		t.Errorf("page %+v\n%s", got, got.Body)
	}
}

// TestResume reads on behind every page of every kind of file, from a file and
// from a stream that cannot be sought.
func TestResume(t *testing.T) {
	for _, pk := range packs {
		t.Run(pk.name, func(t *testing.T) {
			data := pk.make(t, sample(12))
			_, _, at := rest(t, warc.NewPages(warc.NewReader(bytes.NewReader(data), "thu.warc", limit), limit, nil))
			for n, after := range at {
				for name, r := range map[string]io.Reader{"file": bytes.NewReader(data), "stream": io.MultiReader(bytes.NewReader(data))} {
					again, err := warc.Resume(r, "thu.warc", limit, after)
					if err != nil {
						t.Fatalf("%s, behind page %d at %s: %v", name, n, after, err)
					}
					pages, errs, places := rest(t, warc.NewPages(again, limit, nil))
					if !slices.Equal(pages, numbers(n+1, 12)) || len(errs) > 0 || !slices.Equal(places, at[n+1:]) {
						t.Errorf("%s, behind page %d at %s: pages %v at %v, errors %v", name, n, after, pages, places, errs)
					}
				}
			}
		})
	}
}

func TestResumeOfAShorterFile(t *testing.T) {
	for name, r := range map[string]io.Reader{"file": strings.NewReader("WARC"), "stream": io.MultiReader(strings.NewReader("WARC"))} {
		if _, err := warc.Resume(r, "thu.warc", limit, warc.Position{Offset: 900}); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// damage is done to the record with number 3 of six pages without anything
// between them: the others are read, and one error tells of it, at its place.
func TestDamagedRecord(t *testing.T) {
	for _, tt := range []struct {
		name, record string
		is           error
		says         string
	}{
		{"Content-Length too long by some bytes", page(3, field{"Content-Length", "4000"}), news.ErrInvalid, "Content-Length"},
		{"Content-Length too short", page(3, field{"Content-Length", "100"}), news.ErrInvalid, "Content-Length"},
		{"Content-Length beyond the end", page(3, field{"Content-Length", "900000"}), news.ErrInvalid, ""},
		{"no Content-Length", page(3, field{"Content-Length", "-"}), news.ErrInvalid, "Content-Length"},
		{"a negative Content-Length", page(3, field{"Content-Length", "-5"}), news.ErrInvalid, "Content-Length"},
		{"a Content-Length that is no number", page(3, field{"Content-Length", "nhiều"}), news.ErrInvalid, "Content-Length"},
		{"no WARC-Type", page(3, field{"WARC-Type", "-"}), news.ErrInvalid, "WARC-Type"},
		{"no WARC-Date", page(3, field{"WARC-Date", "hôm qua"}), news.ErrInvalid, "WARC-Date"},
		{"another version", page(3, field{"version", "2.7"}), news.ErrInvalid, "2.7"},
		{"no record at all", "chẳng phải bản ghi\r\n\r\n", news.ErrInvalid, "WARC/"},
		{"no HTTP in it", rec("response", address(3), "chẳng phải HTTP\r\n\r\n"), news.ErrInvalid, "HTTP"},
		{"a record beyond the bound", page(3, field{"X", strings.Repeat("x", 10)}) + rec("response", address(9), strings.Repeat("x", limit+1)), news.ErrTooLarge, "at most"},
		{"a header beyond the bound", page(3, field{"X", strings.Repeat("x", 100_000)}), news.ErrTooLarge, "header"},
		{"a broken content coding", rec("response", address(3), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"+string(zip(t, "<html>"))[:12]), news.ErrInvalid, "gzip"},
	} {
		for _, pk := range packs[:3] {
			t.Run(tt.name+"/"+pk.name, func(t *testing.T) {
				list := []string{page(0), page(1), page(2), tt.record, page(4), page(5)}
				pages, errs, _ := read(t, bytes.NewReader(pk.make(t, list)))
				want := []string{"0", "1", "2", "4", "5"}
				if tt.name == "a record beyond the bound" {
					want = slices.Insert(want, 3, "3")
				}
				if !slices.Equal(pages, want) || len(errs) != 1 {
					t.Fatalf("pages %v, errors %v", pages, errs)
				}
				place := int64(len(pk.make(t, list[:3])))
				if pk.name == "one gzip stream" {
					place = int64(len(strings.Join(list[:3], "")))
					if errs[0].At.Offset != 0 {
						t.Errorf("at %s", errs[0].At)
					}
					errs[0].At.Offset = errs[0].At.Inner
				}
				if tt.name == "a record beyond the bound" || errs[0].At.Inner > 0 && pk.name == "a member a record" {
					place = errs[0].At.Offset // behind the page of the row; told from the member before
				}
				if errs[0].At.Offset != place || !errors.Is(errs[0], tt.is) || !strings.Contains(errs[0].Error(), tt.says) || strings.Contains(errs[0].Error(), "\n") {
					t.Errorf("error %v, want %v at %d with %q", errs[0], tt.is, place, tt.says)
				}
			})
		}
	}
}

// TestDamagedFile: a file that was cut, or whose bytes changed on the disk.
func TestDamagedFile(t *testing.T) {
	for _, pk := range packs[:2] {
		t.Run(pk.name, func(t *testing.T) {
			whole := pk.make(t, sample(30))
			for cut := len(whole) - 1; cut > 0; cut -= 997 {
				pages, errs, _ := read(t, bytes.NewReader(whole[:cut]))
				if len(errs) > 1 || !slices.Equal(pages, numbers(0, len(pages))) {
					t.Errorf("cut at %d: %d pages %v, errors %v", cut, len(pages), pages, errs)
				}
			}
			for at := 500; at < len(whole); at += 499 {
				broken := slices.Clone(whole)
				for i := at; i < min(at+8, len(broken)); i++ {
					broken[i] ^= 0x5a
				}
				if pages, _, _ := read(t, bytes.NewReader(broken)); len(pages) < 28 {
					t.Errorf("eight bytes broken at %d: %d pages of 30 left", at, len(pages))
				}
			}
		})
	}
}

func TestGarbageBetweenMembers(t *testing.T) {
	list := sample(4)
	data := slices.Concat(packs[1].make(t, list[:5]), []byte("rác \x1f\x8b\x08 rác"), packs[1].make(t, list[5:]), make([]byte, 512))
	pages, errs, _ := read(t, bytes.NewReader(data))
	if !slices.Equal(pages, numbers(0, 4)) || len(errs) != 2 {
		t.Errorf("pages %v, errors %v", pages, errs)
	}
}

func TestCarelessWriters(t *testing.T) {
	for _, tt := range []struct{ name, data string }{
		{"bare line ends in headers", strings.ReplaceAll(strings.ReplaceAll(page(0), "\r\n\r\nHTTP", "\n\nHTTP"), "\r\nWARC-", "\nWARC-") + page(1)},
		{"one line end behind a record", strings.TrimSuffix(page(0), "\r\n") + page(1)},
		{"none at the end", page(0) + strings.TrimSuffix(page(1), "\r\n\r\n")},
		{"more of them", page(0) + "\r\n\r\n" + page(1) + "\r\n"},
		{"address between < and >", page(0, field{"WARC-Target-URI", "<" + address(0) + ">"}) + page(1)},
		{"fields in other case, folded", strings.Replace(page(0), "WARC-Type: response", "warc-type:\r\n  response", 1) + page(1)},
		{"WARC 1.1 with parts of a second", page(0, field{"version", "1.1"}, field{"WARC-Date", "2024-03-05T01:02:03.123456Z"}) + page(1)},
	} {
		pages, errs, _ := read(t, strings.NewReader(tt.data))
		if !slices.Equal(pages, numbers(0, 2)) || len(errs) > 0 {
			t.Errorf("%s: pages %v, errors %v", tt.name, pages, errs)
		}
	}
}

func TestPassedOver(t *testing.T) {
	answer := func(status, more string) string {
		return rec("response", address(1), "HTTP/1.1 "+status+"\r\n"+more+"\r\nnội dung")
	}
	for _, tt := range []struct{ name, record, why string }{
		{"redirect", answer("301 Moved Permanently", "Location: /khac\r\n"), warc.PassedRedirect},
		{"gone", answer("404 Not Found", "Content-Type: text/html\r\n"), warc.PassedStatus},
		{"server error", answer("503 Service Unavailable", ""), warc.PassedStatus},
		{"picture", answer("200 OK", "Content-Type: image/jpeg\r\n"), warc.PassedNotHTML},
		{"text that is no page", answer("200 OK", "Content-Type: text/plain\r\n"), warc.PassedNotHTML},
		{"revisit", rec("revisit", address(1), "HTTP/1.1 200 OK\r\n\r\n"), warc.PassedRevisit},
		{"cut by the crawler", page(1, field{"WARC-Truncated", "length"}), warc.PassedTruncated},
		{"a part of a record", page(1, field{"WARC-Segment-Number", "1"}), warc.PassedTruncated},
		{"another address", page(7), warc.PassedFilter},
	} {
		p := warc.NewPages(warc.NewReader(strings.NewReader(tt.record+page(2)), "thu.warc", limit), limit, func(url string) bool { return url != address(7) })
		pages, errs, _ := rest(t, p)
		if !slices.Equal(pages, []string{"2"}) || len(errs) > 0 || p.Passed[tt.why] != 1 || len(p.Passed) != 1 {
			t.Errorf("%s: pages %v, errors %v, passed %v", tt.name, pages, errs, p.Passed)
		}
	}
	for _, tt := range []struct{ name, record string }{
		{"a page without a type", rec("response", address(1), "HTTP/1.1 200 OK\r\n\r\n<!DOCTYPE html><p>chữ")},
		{"a resource record", rec("resource", address(1), "<html><p>chữ", field{"Content-Type", "text/html"})},
	} {
		if pages, errs, _ := read(t, strings.NewReader(tt.record)); !slices.Equal(pages, []string{"1"}) || len(errs) > 0 {
			t.Errorf("%s: pages %v, errors %v", tt.name, pages, errs)
		}
	}
}

func TestBrokenDisk(t *testing.T) {
	fault := errors.New("input/output error")
	for _, pk := range packs {
		data := pk.make(t, sample(4))
		p := warc.NewPages(warc.NewReader(io.MultiReader(bytes.NewReader(data[:len(data)/2]), iotest.ErrReader(fault)), "thu.warc", limit), limit, nil)
		var err error
		for range 100 {
			if _, err = p.NextPage(); err != nil {
				break
			}
		}
		if !errors.Is(err, fault) || !errors.Is(err, news.ErrTransient) {
			t.Errorf("%s: %v", pk.name, err)
		}
	}
}

// TestMemory: a file is not held.
func TestMemory(t *testing.T) {
	big := rec("resource", "https://bao-mot.example/phim.mp4", strings.Repeat("x", 64<<20), field{"Content-Type", "video/mp4"})
	p := warc.NewPages(warc.NewReader(io.MultiReader(strings.NewReader(big), strings.NewReader(page(1))), "thu.warc", limit), limit, nil)
	alloc := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			q := warc.NewPages(warc.NewReader(strings.NewReader(big), "thu.warc", limit), limit, nil)
			rest(b, q)
		}
	}).AllocedBytesPerOp()
	if pages, errs, _ := rest(t, p); !slices.Equal(pages, []string{"1"}) || len(errs) > 0 || alloc > 16<<20 {
		t.Errorf("pages %v, errors %v, %d bytes allocated for a record of 64 MiB", pages, errs, alloc)
	}
}
