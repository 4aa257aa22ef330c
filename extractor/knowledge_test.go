package extractor_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"sukien/configs"
	"sukien/extractor"
	"sukien/news"
	"sukien/news/lexicon"
)

// shippedWith gives an extractor of the shipped rules and lexicons with one more file of each.
func shippedWith(t *testing.T, rules, entries string) *extractor.Extractor {
	t.Helper()
	files := shippedFiles(t)
	if rules != "" {
		files["99-more.yaml"] = &fstest.MapFile{Data: []byte(rules)}
	}
	words := fstest.MapFS{}
	names, err := fs.ReadDir(configs.FS, "lexicon")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		data, err := fs.ReadFile(configs.FS, "lexicon/"+n.Name())
		if err != nil {
			t.Fatal(err)
		}
		words[n.Name()] = &fstest.MapFile{Data: data}
	}
	if entries != "" {
		words["zz-more.yaml"] = &fstest.MapFile{Data: []byte(entries)}
	}
	lex, err := lexicon.Load(words)
	if err != nil {
		t.Fatal(err)
	}
	x, err := extractor.New(extractor.Config{Rules: files, Lexicon: lex})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestKnowledgeAddedInYAML: what one more file says is known at once, without a
// line of Go, and not before.
func TestKnowledgeAddedInYAML(t *testing.T) {
	title := func(r news.Record) string {
		if len(r.Officials) == 0 {
			return ""
		}
		return r.Officials[0].Title
	}
	organizer := func(r news.Record) string {
		if len(r.Organizers) == 0 {
			return ""
		}
		return r.Organizers[0].Name
	}
	tests := []struct {
		name, text     string
		rules, entries string
		slot           func(news.Record) string
		want           string
	}{
		{"an office", "Sáng 5/3, tại Huế, Kháo sự quan Lê Bá Tường chủ trì hội nghị về nước sạch.", "",
			"class: title\nentries:\n  - {id: khao-su-quan, name: Kháo sự quan, attr: {weight: 5}}\n", title, "Kháo sự quan"},
		{"a body", "Sáng 5/3, Kháo vụ đường tổ chức hội nghị về nước sạch tại Huế.", "",
			"class: body\nentries:\n  - {id: khao-vu-duong, name: Kháo vụ đường}\n", organizer, "Kháo vụ đường"},
		{"a pattern", "Sáng 5/3, tại Huế, bà con quây quần nghe bàn về nước sạch.",
			"rules:\n  - id: more/circle\n    phase: meeting\n    emit: meeting.verb\n    span: name\n    set: {kind: meeting}\n    pattern: 'name:(head:(quây quần) nghe bàn về ..20^stop)'\n", "",
			func(r news.Record) string { return r.Name }, "quây quần nghe bàn về nước sạch"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &news.Article{ID: "k", Text: tt.text, Published: "2025-03-05"}
			for _, r := range shipped(t).Extract(a) {
				if tt.slot(r) == tt.want {
					t.Fatalf("known before: %q", tt.want)
				}
			}
			got := shippedWith(t, tt.rules, tt.entries).Extract(a)
			if len(got) == 0 || tt.slot(got[0]) != tt.want {
				t.Errorf("got %+v, want %q", got, tt.want)
			}
		})
	}
}
