package warc_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/base32"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// kept is a record as the standard's own grammar reads it.
type kept struct {
	fields map[string][]string // by name in lower case
	block  []byte
}

func (k kept) get(name string) string {
	if v := k.fields[strings.ToLower(name)]; len(v) > 0 {
		return v[0]
	}
	return ""
}

var (
	token    = regexp.MustCompile("^[!#$%&'*+\\-.^_`|~0-9A-Za-z]+$")
	recordID = regexp.MustCompile(`^<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}>$`)
	date11   = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$`)
)

// strict reads a file as ISO 28500:2017 describes it, with none of the product's
// code: every member one record, every record to the letter. What is not so fails t.
func strict(t testing.TB, data []byte) []kept {
	t.Helper()
	var list []kept
	in := bufio.NewReader(bytes.NewReader(data))
	for n := 0; ; n++ {
		if _, err := in.Peek(1); err == io.EOF {
			return list
		}
		z, err := gzip.NewReader(in)
		if err != nil {
			t.Fatalf("member %d: %v", n, err)
		}
		z.Multistream(false)
		member, err := io.ReadAll(z)
		if err != nil {
			t.Fatalf("member %d: %v", n, err)
		}
		list = append(list, strictRecord(t, n, member))
	}
}

// strictRecord reads: version CRLF *named-field CRLF block CRLF CRLF.
func strictRecord(t testing.TB, n int, member []byte) kept {
	t.Helper()
	head, rest, ok := strings.Cut(string(member), "\r\n\r\n")
	lines := strings.Split(head, "\r\n")
	if !ok || lines[0] != "WARC/1.1" {
		t.Fatalf("record %d: first line %q", n, lines[0])
	}
	k := kept{fields: map[string][]string{}}
	for _, l := range lines[1:] {
		name, value, ok := strings.Cut(l, ": ")
		if !ok || !token.MatchString(name) || strings.ContainsAny(value, "\r\n\x00") {
			t.Errorf("record %d: field %q", n, l)
		}
		k.fields[strings.ToLower(name)] = append(k.fields[strings.ToLower(name)], value)
	}
	length, err := strconv.Atoi(k.get("Content-Length"))
	if err != nil || len(rest) != length+4 || rest[length:] != "\r\n\r\n" {
		t.Fatalf("record %d: Content-Length %q, %d bytes follow", n, k.get("Content-Length"), len(rest))
	}
	k.block = []byte(rest[:length])
	k.mandatory(t, n)
	return k
}

// mandatory checks what section 5 asks of each type.
func (k kept) mandatory(t testing.TB, n int) {
	t.Helper()
	for name, values := range k.fields {
		if len(values) > 1 && name != "warc-concurrent-to" {
			t.Errorf("record %d: %s stands %d times", n, name, len(values))
		}
	}
	if !recordID.MatchString(k.get("WARC-Record-ID")) || !date11.MatchString(k.get("WARC-Date")) {
		t.Errorf("record %d: id %q, date %q", n, k.get("WARC-Record-ID"), k.get("WARC-Date"))
	}
	if got := k.get("WARC-Block-Digest"); got != sha(k.block) {
		t.Errorf("record %d: block digest %s, want %s", n, got, sha(k.block))
	}
	kind := k.get("WARC-Type")
	if u, err := url.Parse(k.get("WARC-Target-URI")); kind != "warcinfo" && (err != nil || !u.IsAbs()) {
		t.Errorf("record %d: %s of %q", n, kind, k.get("WARC-Target-URI"))
	}
	switch kind {
	case "warcinfo":
		if k.get("Content-Type") != "application/warc-fields" || k.get("WARC-Filename") == "" || k.get("WARC-Target-URI") != "" || n != 0 {
			t.Errorf("record %d: warcinfo %v", n, k.fields)
		}
	case "request", "response", "revisit":
		k.message(t, n, kind)
	default:
		t.Errorf("record %d: type %q", n, kind)
	}
}

// message reads the HTTP message of a block with net/http, and checks the digest
// of its payload.
func (k kept) message(t testing.TB, n int, kind string) {
	t.Helper()
	want := map[string]string{"request": "request", "response": "response", "revisit": "response"}[kind]
	if k.get("Content-Type") != "application/http;msgtype="+want {
		t.Errorf("record %d: content type %q of a %s", n, k.get("Content-Type"), kind)
	}
	in := bufio.NewReader(bytes.NewReader(k.block))
	if kind == "request" {
		if _, err := http.ReadRequest(in); err != nil || k.get("WARC-Concurrent-To") == "" {
			t.Errorf("record %d: request %v, concurrent to %q", n, err, k.get("WARC-Concurrent-To"))
		}
		return
	}
	_, payload, ok := bytes.Cut(k.block, []byte("\r\n\r\n"))
	if _, err := http.ReadResponse(in, nil); err != nil || !ok {
		t.Errorf("record %d: response %v", n, err)
	}
	if kind == "revisit" {
		if k.get("WARC-Profile") != "http://netpreserve.org/warc/1.1/revisit/server-not-modified" || len(payload) > 0 {
			t.Errorf("record %d: revisit %v with %d bytes", n, k.fields, len(payload))
		}
		return
	}
	if got := k.get("WARC-Payload-Digest"); got != sha(payload) {
		t.Errorf("record %d: payload digest %s, want %s", n, got, sha(payload))
	}
}

func sha(b []byte) string {
	sum := sha1.Sum(b)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// strictFile checks what belongs together in a file, and gives its responses.
func strictFile(t testing.TB, data []byte) []kept {
	t.Helper()
	list := strict(t, data)
	ids, answers := map[string]string{}, []kept(nil)
	for n, k := range list {
		id := k.get("WARC-Record-ID")
		if ids[id] != "" {
			t.Errorf("record %d: id %s stands twice", n, id)
		}
		ids[id] = k.get("WARC-Type")
		if n == 0 && ids[id] != "warcinfo" {
			t.Errorf("the file starts with a %s", ids[id])
		}
		if to := k.get("WARC-Warcinfo-ID"); n > 0 && ids[to] != "warcinfo" {
			t.Errorf("record %d: warcinfo %q", n, to)
		}
		if ids[id] == "response" || ids[id] == "revisit" {
			answers = append(answers, k)
		}
		if to := k.get("WARC-Concurrent-To"); to != "" && ids[to] != "response" && ids[to] != "revisit" {
			t.Errorf("record %d: concurrent to %q, a %q", n, to, ids[to])
		}
	}
	return answers
}

// TestStrict: the reader of the tests sees what is wrong; otherwise it would prove nothing.
func TestStrict(t *testing.T) {
	block := "HTTP/1.1 200 OK\r\n\r\nchữ"
	good := fmt.Sprintf("WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nWARC-Date: %s\r\nWARC-Target-URI: https://a.example/\r\nWARC-Block-Digest: %s\r\nWARC-Payload-Digest: %s\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		time.Now().UTC().Format(time.RFC3339), sha([]byte(block)), sha([]byte("chữ")), len(block), block)
	strictRecord(t, 1, []byte(good))
	for _, tt := range []struct{ name, old, new string }{
		{"digest", "chữ\r\n", "chưx\r\n"}, {"date", "Z\r\n", "\r\n"}, {"id", "urn:uuid:", "uuid:"}, {"type", "Type: response", "Type: answer"},
		{"address", "https://a.example/", "/a"}, {"field", "WARC-Date: ", "WARC-Date "},
	} {
		quiet := &counting{TB: t}
		strictRecord(quiet, 1, []byte(strings.Replace(good, tt.old, tt.new, 1)))
		if quiet.errors == 0 {
			t.Errorf("%s: not noticed", tt.name)
		}
	}
}

// counting counts errors instead of failing.
type counting struct {
	testing.TB
	errors int
}

func (c *counting) Errorf(string, ...any) { c.errors++ }
func (c *counting) Helper()               {}
