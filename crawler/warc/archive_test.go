package warc_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"
)

// field sets or, with the value "-", leaves out a field of a record.
type field struct{ name, value string }

// rec is a record written by hand, so that the reader is tested against the
// standard's text and not against our writer.
func rec(kind, target, block string, more ...field) string {
	fields := []field{
		{"WARC-Type", kind}, {"WARC-Record-ID", fmt.Sprintf("<urn:uuid:%08x-0000-4000-8000-000000000000>", len(block))},
		{"WARC-Date", "2024-03-05T01:02:03Z"}, {"WARC-Target-URI", target},
		{"Content-Type", "application/http; msgtype=" + kind}, {"Content-Length", fmt.Sprint(len(block))},
	}
	version := "1.0"
next:
	for _, m := range more {
		if m.name == "version" {
			version = m.value
			continue
		}
		for i := range fields {
			if fields[i].name == m.name {
				fields[i].value = m.value
				continue next
			}
		}
		fields = append(fields, m)
	}
	out := "WARC/" + version + "\r\n"
	for _, f := range fields {
		if f.value != "-" && f.value != "" {
			out += f.name + ": " + f.value + "\r\n"
		}
	}
	return out + "\r\n" + block + "\r\n\r\n"
}

// page is the response record of an HTML page that says n.
func page(n int, more ...field) string {
	body := fmt.Sprintf("<html><body><p>Trang số %d</p>%s</body></html>", n, strings.Repeat("<p>chữ</p>", n%7*200))
	return rec("response", address(n), fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\nETag: \"e%d\"\r\n\r\n%s", len(body), n, body), more...)
}

func address(n int) string { return fmt.Sprintf("https://bao-mot.example/tin-%d.html", n) }

// sample are records as a crawl writes them: pages with what stands between them.
func sample(pages int) []string {
	list := []string{rec("warcinfo", "-", "software: thu/1.0\r\n", field{"Content-Type", "application/warc-fields"})}
	for n := range pages {
		list = append(list, rec("request", address(n), "GET /tin HTTP/1.1\r\nHost: bao-mot.example\r\n\r\n"), page(n))
	}
	return list
}

// pack makes a file of records.
type pack struct {
	name string
	make func(t testing.TB, records []string) []byte
}

var packs = []pack{
	{"plain", func(_ testing.TB, records []string) []byte { return []byte(strings.Join(records, "")) }},
	{"a member a record", func(t testing.TB, records []string) []byte {
		var b bytes.Buffer
		for _, r := range records {
			b.Write(zip(t, r))
		}
		return b.Bytes()
	}},
	{"one gzip stream", func(t testing.TB, records []string) []byte { return zip(t, strings.Join(records, "")) }},
	{"members of equal size", func(t testing.TB, records []string) []byte {
		var b bytes.Buffer
		for all := strings.Join(records, ""); all != ""; {
			n := min(len(all), 1000)
			b.Write(zip(t, all[:n]))
			all = all[n:]
		}
		return b.Bytes()
	}},
}

func zip(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
