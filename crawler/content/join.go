package content

import (
	"strings"

	"sukien/news"
)

// Join makes one article of the parts of a paginated one, in order. Title,
// address and time are the first part's; the byline is the last one that a
// part has. Paragraphs that a part repeats of an earlier one are left out. It
// returns nil for no parts.
func Join(parts []*news.Article) *news.Article {
	if len(parts) == 0 {
		return nil
	}
	a := *parts[0]
	a.Captions = nil
	seen := map[string]bool{}
	var lines []string
	for _, p := range parts {
		for line := range strings.SplitSeq(p.Text, "\n") {
			if line == "" || seen[line] && len(line) > 60 {
				continue
			}
			seen[line] = true
			lines = append(lines, line)
		}
		a.Captions = append(a.Captions, p.Captions...)
		if p.Author != "" {
			a.Author = p.Author
		}
		if p.Agency != "" {
			a.Agency = p.Agency
		}
		if p.ReprintOf != "" {
			a.ReprintOf = p.ReprintOf
		}
	}
	a.Text = strings.Join(lines, "\n")
	return &a
}
