package news

import "time"

// Page is the answer to one fetch of a URL, before anything is read in it.
type Page struct {
	// URL is the address that was asked for, in canonical form.
	URL string `json:"url"`
	// FinalURL is the address that answered, after redirects. Empty when the same.
	FinalURL string `json:"final_url,omitempty"`
	// Source is the outlet's domain, the key of its file in configs/sources.
	Source string `json:"source,omitempty"`
	// Fetched is when the answer had come in whole.
	Fetched time.Time `json:"fetched"`
	// Status is the HTTP status, 0 for a page read from a file.
	Status int `json:"status,omitempty"`
	// ContentType is the Content-Type header as sent.
	ContentType string `json:"content_type,omitempty"`
	// ETag and LastModified are the validators for a conditional request.
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	// Body is the decompressed body in the outlet's own encoding.
	Body []byte `json:"-"`
	// Text says that Body is page text whose tags are already gone.
	Text bool `json:"-"`
}
