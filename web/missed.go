package web

import (
	"net/http"
	"slices"
	"strings"

	"sukien/news"
	"sukien/news/viet"
)

// headWords are the words that a meeting's name begins with. They are few on
// purpose: the page is to show what the rules missed, not all that sounds like
// a meeting.
var headWords = []string{
	"hội nghị", "diễn đàn", "cuộc họp", "phiên họp", "kỳ họp", "đại hội", "hội thảo", "tọa đàm", "hội đàm", "hội kiến", "họp báo",
	"buổi làm việc", "buổi tiếp", "phiên giải trình", "hội nghị thượng đỉnh", "họp giao ban", "lễ ký kết",
}

const (
	// missedPage is the number of articles looked through for a page.
	missedPage = 200
	// missedPages bounds the store's pages looked through until one has something.
	missedPages = 5
	// snippetRunes is how much of a lead is shown.
	snippetRunes = 240
)

// articleRow is an article in a list, the words that matter marked.
type articleRow struct {
	news.Article
	Link        string
	Title, Lead []Piece
}

// articles lists articles, newest first, or finds them by words.
func (s *site) articles(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "articles")
	list, next, err := s.Read.Articles(r.Context(), ArticleFilter{Words: f.Query.Get("words"), Source: f.Query.Get("source"), Limit: pageSize, Cursor: f.Query.Get("after")})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.show(w, http.StatusOK, "articles", struct {
		frame
		Articles []articleRow
		More     string
	}{f, rowsOf(list), f.Next(next)})
}

func rowsOf(list []news.Article) []articleRow {
	rows := make([]articleRow, len(list))
	for i, a := range list {
		rows[i] = articleRow{Article: a, Link: safeLink(a), Title: []Piece{{Text: a.Title}}}
	}
	return rows
}

// missed lists articles that name a meeting in their title or lead and gave no
// main record: what the rules may have missed.
func (s *site) missed(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "missed")
	filter := ArticleFilter{Words: f.Query.Get("words"), Source: f.Query.Get("source"), NoMain: true, Limit: missedPage, Cursor: f.Query.Get("after")}
	var rows []articleRow
	read := 0
	for range missedPages {
		list, next, err := s.Read.Articles(r.Context(), filter)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		read += len(list)
		rows = append(rows, naming(list)...)
		if filter.Cursor = next; next == "" || len(rows) > 0 {
			break
		}
	}
	s.show(w, http.StatusOK, "missed", struct {
		frame
		Articles []articleRow
		Looked   int
		More     string
	}{f, rows, read, f.Next(filter.Cursor)})
}

// naming keeps the articles that name a meeting, with the words marked.
func naming(list []news.Article) []articleRow {
	var rows []articleRow
	for _, a := range list {
		title, inTitle := markHeads(a.Title)
		lead, inLead := markHeads(snippet(a))
		if inTitle || inLead {
			rows = append(rows, articleRow{Article: a, Link: safeLink(a), Title: title, Lead: lead})
		}
	}
	return rows
}

// snippet is the lead, or else the first paragraph, cut.
func snippet(a news.Article) string {
	text := a.Lead
	if text == "" {
		text, _, _ = strings.Cut(a.Text, "\n")
	}
	if runes := []rune(text); len(runes) > snippetRunes {
		return string(runes[:snippetRunes]) + "…"
	}
	return text
}

// markHeads marks the head words of meetings in a text.
func markHeads(text string) (pieces []Piece, found bool) {
	toks := viet.Tokenize(text)
	at := 0
	for i := 0; i < len(toks); i++ {
		n := headAt(toks[i:])
		if n == 0 {
			continue
		}
		from, to := toks[i].Start, toks[i+n-1].End
		if from > at {
			pieces = append(pieces, Piece{Text: text[at:from]})
		}
		pieces = append(pieces, Piece{Text: text[from:to], Slot: "name", Rule: "head"})
		at, found = to, true
		i += n - 1
	}
	if at < len(text) {
		pieces = append(pieces, Piece{Text: text[at:]})
	}
	return pieces, found
}

// headAt is the number of tokens of the longest head word that begins there.
func headAt(toks []viet.Token) int {
	longest := 0
	for _, h := range headKeys {
		if len(h) > longest && len(h) <= len(toks) && slices.EqualFunc(h, toks[:len(h)], func(k string, t viet.Token) bool { return k == t.Key }) {
			longest = len(h)
		}
	}
	return longest
}

// headKeys are the head words as tokens.
var headKeys = keysOf(headWords)

func keysOf(phrases []string) [][]string {
	list := make([][]string, len(phrases))
	for i, p := range phrases {
		for _, t := range viet.Tokenize(p) {
			list[i] = append(list[i], t.Key)
		}
	}
	return list
}

// search finds events and articles by words, with or without diacritics.
func (s *site) search(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "search")
	words := strings.TrimSpace(f.Query.Get("words"))
	var events []news.Event
	var articles []news.Article
	var err error
	if words != "" {
		events, _, err = s.Read.Events(r.Context(), Filter{Words: words, Mentions: true, Limit: pageSize / 2})
	}
	if words != "" && err == nil {
		articles, _, err = s.Read.Articles(r.Context(), ArticleFilter{Words: words, Limit: pageSize / 2})
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.show(w, http.StatusOK, "search", struct {
		frame
		Words    string
		Events   []news.Event
		Articles []articleRow
	}{f, words, events, rowsOf(articles)})
}
