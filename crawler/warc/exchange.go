package warc

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"sukien/news"
)

// Exchange is one request and its answer, on its way into a Writer: the body is
// taken as it comes, and nothing is written before Save.
type Exchange struct {
	w     *Writer
	began time.Time
	url   string
	// request and response are the headers as they are to be written.
	request, response []byte
	status            int
	proto, addr       string
	body              *spool
	cut               string
}

// Begin starts an exchange: req was sent at began to addr (IP address, "" when
// not known), and res has come in as far as its header.
func (w *Writer) Begin(began time.Time, req *http.Request, res *http.Response, addr string) *Exchange {
	x := &Exchange{w: w, began: began, url: req.URL.String(), status: res.StatusCode, addr: addr, body: &spool{dir: w.dir}}
	target := req.URL.RequestURI()
	x.request = head(fmt.Sprintf("%s %s HTTP/1.1", req.Method, target), req.Header, "Host: "+req.URL.Host+"\r\n")
	reason := strings.TrimSpace(strings.TrimPrefix(res.Status, fmt.Sprint(res.StatusCode)))
	x.response = head(fmt.Sprintf("HTTP/1.1 %03d %s", res.StatusCode, reason), res.Header, "")
	if res.ProtoMajor == 2 {
		x.proto = "h2"
	}
	return x
}

// head writes a start line and a header in order of name. The transfer coding is
// gone from a body that is kept, so its field is not written.
func head(first string, fields http.Header, more string) []byte {
	var b bytes.Buffer
	b.WriteString(first + "\r\n" + more)
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if name == "Transfer-Encoding" {
			continue
		}
		for _, v := range fields[name] {
			b.WriteString(name + ": " + strings.NewReplacer("\r", " ", "\n", " ").Replace(v) + "\r\n")
		}
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

// Tee gives body on while the exchange keeps what is read of it.
func (x *Exchange) Tee(body io.Reader) io.Reader { return io.TeeReader(body, x.body) }

// The methods below do nothing on nil: there is no archive.

// Cut notes that the body was not taken whole: length, time, disconnect or
// unspecified, as the standard names the reasons.
func (x *Exchange) Cut(reason string) {
	if x != nil {
		x.cut = reason
	}
}

// Drop forgets the exchange.
func (x *Exchange) Drop() error {
	if x == nil {
		return nil
	}
	return x.body.close()
}

// Save writes the answer and the request. An answer that says "not modified" is
// a revisit record, as the standard has it.
func (x *Exchange) Save() error {
	if x == nil {
		return nil
	}
	defer x.body.close()
	payload, err := digest(nil, x.body)
	if err != nil {
		return err
	}
	return x.w.append(func(info string) ([]byte, error) {
		res := record{kind: TypeResponse, id: newID(), date: x.began, contentType: "application/http;msgtype=response", head: x.response, body: x.body}
		x.common(&res, info)
		if x.status == http.StatusNotModified {
			res.kind = TypeRevisit
			res.add("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified")
		} else {
			res.add("WARC-Payload-Digest", payload)
		}
		res.add("WARC-Protocol", x.proto)
		res.add("WARC-Truncated", x.cut)
		req := record{kind: TypeRequest, date: x.began, contentType: "application/http;msgtype=request", head: x.request}
		x.common(&req, info)
		req.add("WARC-Concurrent-To", res.id)
		first, err := res.member()
		if err != nil {
			return nil, err
		}
		second, err := req.member()
		return append(first, second...), err
	})
}

func (x *Exchange) common(r *record, info string) {
	r.add("WARC-Target-URI", x.url)
	r.add("WARC-IP-Address", x.addr)
	r.add("WARC-Warcinfo-ID", info)
}

// spoolMemory is how much of a body is kept in memory, in bytes; what is more
// waits in a file.
const spoolMemory = 1 << 20

// spool holds a body. The nil spool is empty.
type spool struct {
	dir  string
	mem  bytes.Buffer
	file *os.File
	n    int64
}

// Write takes more.
func (s *spool) Write(p []byte) (int, error) {
	s.n += int64(len(p))
	if s.file == nil && s.mem.Len()+len(p) <= spoolMemory {
		return s.mem.Write(p)
	}
	if s.file == nil {
		var err error
		if s.file, err = os.CreateTemp(s.dir, "body-*"+spoolSuffix); err != nil {
			return 0, fmt.Errorf("%w: WARC folder: %w", news.ErrForbidden, err)
		}
	}
	n, err := s.file.Write(p)
	if err != nil {
		err = fmt.Errorf("%w: WARC folder: %w", news.ErrTransient, err)
	}
	return n, err
}

// spoolSuffix ends the names of the files that bodies wait in.
const spoolSuffix = ".part"

func (s *spool) size() int64 {
	if s == nil {
		return 0
	}
	return s.n
}

func (s *spool) copyTo(w io.Writer) error {
	if s == nil {
		return nil
	}
	if _, err := w.Write(s.mem.Bytes()); err != nil || s.file == nil {
		return err
	}
	_, err := io.Copy(w, io.NewSectionReader(s.file, 0, s.n))
	return err
}

func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	file := s.file
	s.file = nil
	if err := file.Close(); err != nil {
		return err
	}
	return os.Remove(file.Name())
}
