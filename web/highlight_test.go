package web_test

import (
	"strings"
	"testing"

	"sukien/news"
	"sukien/web"
)

func TestHighlight(t *testing.T) {
	text := "Sáng 21/5, tại Huế diễn ra hội nghị.\nHội nghị bế mạc ngày 22/5."
	tests := []struct {
		name     string
		evidence []news.Evidence
		want     string // [slot|words], paragraphs parted by ¶
	}{
		{"nothing", nil, "Sáng 21/5, tại Huế diễn ra hội nghị.¶Hội nghị bế mạc ngày 22/5."},
		{"code points, not bytes", []news.Evidence{{Slot: "start", In: "text", From: 0, To: 9}},
			"[start|Sáng 21/5], tại Huế diễn ra hội nghị.¶Hội nghị bế mạc ngày 22/5."},
		{"out of order", []news.Evidence{{Slot: "places[0].name", In: "text", From: 15, To: 18}, {Slot: "start", In: "text", From: 0, To: 9}},
			"[start|Sáng 21/5], tại [places[0].name|Huế] diễn ra hội nghị.¶Hội nghị bế mạc ngày 22/5."},
		{"overlap: cut, the shortest first", []news.Evidence{{Slot: "a", In: "text", From: 0, To: 4}, {Slot: "b", In: "text", From: 0, To: 9}, {Slot: "c", In: "text", From: 5, To: 9}},
			"[a, b|Sáng][b| ][c, b|21/5], tại Huế diễn ra hội nghị.¶Hội nghị bế mạc ngày 22/5."},
		{"over a line end", []news.Evidence{{Slot: "x", In: "text", From: 27, To: 45}},
			"Sáng 21/5, tại Huế diễn ra [x|hội nghị.]¶[x|Hội nghị] bế mạc ngày 22/5."},
		{"beyond the text", []news.Evidence{{Slot: "x", In: "text", From: 60, To: 99}}, "Sáng 21/5, tại Huế diễn ra hội nghị.¶Hội nghị bế mạc ngày 22/5."},
		{"of the title", []news.Evidence{{Slot: "x", In: "title", From: 0, To: 4}}, "Sáng 21/5, tại Huế diễn ra hội nghị.¶Hội nghị bế mạc ngày 22/5."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := show(web.Highlight(text, "text", tt.evidence)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func show(paragraphs [][]web.Piece) string {
	var lines []string
	for _, p := range paragraphs {
		var b strings.Builder
		for _, piece := range p {
			if piece.Slot != "" {
				b.WriteString("[" + piece.Slot + "|" + piece.Text + "]")
			} else {
				b.WriteString(piece.Text)
			}
		}
		lines = append(lines, b.String())
	}
	return strings.Join(lines, "¶")
}
