package warc

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"sukien/news"
)

// Why records were passed over.
const (
	PassedRevisit   = "revisit"   // the same content as an earlier answer's, which the file or another has
	PassedRedirect  = "redirect"  // status 3xx
	PassedStatus    = "status"    // another than 200 and 203
	PassedNotHTML   = "not_html"  // by its type and its first bytes
	PassedTruncated = "truncated" // WARC-Truncated, or one part of several
	PassedFilter    = "filter"    // the address is not asked for
)

// Pages are the HTML pages of an archive.
type Pages struct {
	*Reader
	// Limit bounds a page's body when decompressed, in bytes.
	Limit int64
	// Wants says of an address whether its page is asked for; nil: all are.
	Wants func(url string) bool
	// Records counts all records, Passed those answers that are no page, by why.
	Records int64
	Passed  map[string]int64
}

// NewPages reads pages of at most limit bytes.
func NewPages(r *Reader, limit int64, wants func(url string) bool) *Pages {
	return &Pages{Reader: r, Limit: limit, Wants: wants, Passed: map[string]int64{}}
}

// NextPage is the next page. Errors: as Next's; *RecordError also for a record
// whose answer cannot be read.
func (p *Pages) NextPage() (*news.Page, error) {
	for {
		h, err := p.Next()
		if err != nil {
			return nil, err
		}
		p.Records++
		page, why, err := p.page(h)
		var bad *RecordError
		switch {
		case errors.As(err, &bad):
			return nil, err
		case errors.Is(err, news.ErrInvalid), errors.Is(err, news.ErrTooLarge):
			return nil, p.fail(fmt.Errorf("%s: %w", clip(h.Target), err))
		case err != nil:
			return nil, err
		case page != nil:
			return page, nil
		case why != "":
			p.Passed[why]++
		}
	}
}

// page reads the page of a record; nil, with the reason where it is an answer,
// when it is none.
func (p *Pages) page(h *Header) (*news.Page, string, error) {
	web := strings.HasPrefix(h.Target, "http://") || strings.HasPrefix(h.Target, "https://")
	switch {
	case h.Type != TypeResponse && h.Type != TypeRevisit && h.Type != TypeResource || !web:
		return nil, "", nil
	case p.Wants != nil && !p.Wants(h.Target):
		return nil, PassedFilter, nil
	case h.Type == TypeRevisit:
		return nil, PassedRevisit, nil
	case h.Fields["warc-truncated"] != "" || h.Fields["warc-segment-number"] != "":
		return nil, PassedTruncated, nil
	case h.Type == TypeResource && !htmlType(h.Fields["content-type"]):
		return nil, PassedNotHTML, nil
	}
	block, err := p.Block()
	if err != nil {
		return nil, "", err
	}
	page := &news.Page{URL: h.Target, Fetched: h.Date, Status: http.StatusOK, ContentType: h.Fields["content-type"], Body: block}
	if h.Type == TypeResource {
		return page, "", nil
	}
	return p.answer(page, block)
}

// answer reads the HTTP answer of a block into a page.
func (p *Pages) answer(page *news.Page, block []byte) (*news.Page, string, error) {
	line, _, _ := bytes.Cut(block[:min(len(block), maxHTTPHeader)], []byte("\n"))
	head, err := parseHead(line)
	switch {
	case err != nil:
		return nil, "", err
	case head.Status >= 300 && head.Status < 400:
		return nil, PassedRedirect, nil
	case head.Status != http.StatusOK && head.Status != http.StatusNonAuthoritativeInfo:
		return nil, PassedStatus, nil
	}
	res, err := ParseResponse(block, p.Limit)
	if err != nil {
		return nil, "", err
	}
	page.Status, page.ContentType, page.Body = res.Status, res.Header.Get("Content-Type"), res.Body
	page.ETag, page.LastModified = res.Header.Get("ETag"), res.Header.Get("Last-Modified")
	if len(res.Body) == 0 || !htmlType(page.ContentType) && !sniffed(page) {
		return nil, PassedNotHTML, nil
	}
	return page, "", nil
}

func htmlType(contentType string) bool {
	t, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		t, _, _ = strings.Cut(contentType, ";")
	}
	t = strings.ToLower(strings.TrimSpace(t))
	return t == "text/html" || t == "application/xhtml+xml"
}

// sniffed takes a page whose type is missing or no claim.
func sniffed(p *news.Page) bool {
	ct := strings.ToLower(p.ContentType)
	if ct != "" && !strings.HasPrefix(ct, "text/plain") && !strings.HasPrefix(ct, "application/octet-stream") {
		return false
	}
	head := strings.ToLower(string(p.Body[:min(len(p.Body), 1024)]))
	return strings.Contains(head, "<html") || strings.Contains(head, "<!doctype html")
}
