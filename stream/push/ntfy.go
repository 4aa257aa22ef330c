package push

import (
	"context"
	"fmt"
	"mime"
	"strings"

	"sukien/news"
)

// tags are ntfy's, which shows some as pictures.
var tags = map[news.Change]string{
	news.New: "calendar", news.Updated: "memo", news.Corrected: "pencil2", news.Cancel: "x", news.Merged: "link", news.Retracted: "wastebasket",
}

// maxDigestLines bounds the meetings named in one push of several.
const maxDigestLines = 20

// ntfy sends messages to a topic (https://docs.ntfy.sh/publish): one as itself,
// several as a list.
func (s *Sender) ntfy(ctx context.Context, to string, notes []*Note) error {
	n := notes[0]
	title, tag, click := n.title(), tags[n.Change()], n.link(s.Base)
	body := n.lines("")
	if len(notes) > 1 {
		title, tag, click = fmt.Sprintf("Sukien: %d sự kiện", len(notes)), "calendar", s.Base
		body = nil
		for _, n := range notes[:min(len(notes), maxDigestLines)] {
			body = append(body, n.title())
		}
		if more := len(notes) - len(body); more > 0 {
			body = append(body, fmt.Sprintf("… (+%d)", more))
		}
	}
	headers := map[string]string{"Content-Type": "text/plain; charset=utf-8", "Title": mime.BEncoding.Encode("utf-8", title), "Tags": tag}
	if click != "" {
		headers["Click"] = click
	}
	if s.NTFYToken != "" {
		headers["Authorization"] = "Bearer " + s.NTFYToken
	}
	return s.post(ctx, to, []byte(strings.Join(body, "\n")), headers)
}
