package warc

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"sukien/news"
)

// Response is the HTTP answer of a record.
type Response struct {
	Status int
	Header http.Header
	// Body is the entity without transfer and content codings.
	Body []byte
}

// ParseResponse reads the block of a response record: status line, header, and
// the body without its codings, at most limit bytes of it. Archives differ in
// whether a body still has the codings that its header names, so each is undone
// where it is there. Errors wrap news.ErrInvalid or news.ErrTooLarge.
func ParseResponse(block []byte, limit int64) (*Response, error) {
	at, size := emptyLine(block[:min(len(block), maxHTTPHeader)])
	if at < 0 {
		if len(block) > maxHTTPHeader {
			return nil, fmt.Errorf("%w: an HTTP header of more than %d bytes", news.ErrTooLarge, maxHTTPHeader)
		}
		at, size = len(block), 0
	}
	res, err := parseHead(block[:at])
	if err != nil {
		return nil, err
	}
	body := block[at+size:]
	if strings.EqualFold(res.Header.Get("Transfer-Encoding"), "chunked") {
		body = unchunk(body, limit)
	}
	res.Body, err = decode(body, res.Header.Get("Content-Encoding"), limit)
	return res, err
}

// parseHead reads status line and fields; lines that are no fields are passed over.
func parseHead(text []byte) (*Response, error) {
	first, rest, _ := bytes.Cut(text, []byte("\n"))
	proto, after, _ := strings.Cut(strings.TrimSpace(string(first)), " ")
	code, _, _ := strings.Cut(strings.TrimSpace(after), " ")
	status, err := strconv.Atoi(code)
	if !strings.HasPrefix(proto, "HTTP/") || err != nil || status < 100 || status > 999 {
		return nil, fmt.Errorf("%w: no HTTP status line: %q", news.ErrInvalid, clip(string(first)))
	}
	res := &Response{Status: status, Header: http.Header{}}
	for line := range bytes.Lines(rest) {
		if name, value, ok := strings.Cut(string(line), ":"); ok && name != "" && !strings.ContainsAny(name, " \t") {
			res.Header.Add(name, strings.TrimSpace(value))
		}
	}
	return res, nil
}

// unchunk undoes the chunked transfer coding; what has none stays as it is.
func unchunk(body []byte, limit int64) []byte {
	out, err := io.ReadAll(io.LimitReader(httputil.NewChunkedReader(bytes.NewReader(body)), limit+1))
	if err != nil && len(out) == 0 {
		return body
	}
	return out
}

// decode undoes the content codings, the last first.
func decode(body []byte, codings string, limit int64) ([]byte, error) {
	list := strings.Split(codings, ",")
	for i := len(list) - 1; i >= 0 && len(body) > 0; i-- {
		var err error
		if body, err = undo(body, strings.ToLower(strings.TrimSpace(list[i])), limit); err != nil {
			return nil, err
		}
	}
	if int64(len(body)) > limit {
		return nil, fmt.Errorf("%w: a body of more than %d bytes", news.ErrTooLarge, limit)
	}
	return body, nil
}

// undo undoes one coding. A body that does not have it stays as it is.
func undo(body []byte, coding string, limit int64) ([]byte, error) {
	var out []byte
	r, err := decoder(body, coding)
	switch {
	case err == nil && r == nil:
		return body, nil
	case err == nil:
		out, err = io.ReadAll(io.LimitReader(r, limit+1))
	}
	switch {
	case int64(len(out)) > limit:
		return nil, fmt.Errorf("%w: a body of more than %d bytes when decompressed", news.ErrTooLarge, limit)
	case err == nil:
		return out, nil
	case len(out) == 0 && bytes.ContainsRune(body[:min(len(body), 1024)], '<'):
		return body, nil // markup already, whatever the header says
	}
	return nil, fmt.Errorf("%w: content coding %q: %w", news.ErrInvalid, clip(coding), err)
}

// decoder reads a body of a coding; nil when the body does not have it.
func decoder(body []byte, coding string) (io.Reader, error) {
	switch coding {
	case "", "identity":
		return nil, nil
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(body, gzipMark) {
			return nil, nil
		}
		return gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		if z, err := zlib.NewReader(bytes.NewReader(body)); err == nil {
			return z, nil
		}
		return flate.NewReader(bytes.NewReader(body)), nil // as some servers understand it
	case "br":
		return brotli.NewReader(bytes.NewReader(body)), nil
	case "zstd":
		z, err := zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
		if err != nil {
			return nil, err
		}
		return z, nil
	}
	return nil, errors.New("not known")
}
