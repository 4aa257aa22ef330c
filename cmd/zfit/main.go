package main

import (
	"encoding/json"
	"os"
	"bufio"
	"io/fs"

	"sukien/configs"
	"sukien/extractor"
	"sukien/news"
	"sukien/news/lexicon"
)

func main() {
	_ = configs.FS
	lx, err := lexicon.Load(sub("lexicon"))
	if err != nil { panic(err) }
	x, err := extractor.New(extractor.Config{Rules: sub("rules"), Lexicon: lx})
	if err != nil { panic(err) }
	s := bufio.NewScanner(os.Stdin)
	s.Buffer(nil, 1<<24)
	e := json.NewEncoder(os.Stdout)
	for s.Scan() {
		var r struct{ Doc, Title, Text, Published string }
		json.Unmarshal(s.Bytes(), &r)
		ex := x.Explain(&news.Article{ID: r.Doc, Title: r.Title, Text: r.Text, Published: news.Stamp(r.Published)})
		e.Encode(map[string]any{"doc": r.Doc, "m": ex.Meetings})
	}
}

func sub(d string) fs.FS {
	f, err := fs.Sub(configs.FS, d)
	if err != nil { panic(err) }
	return f
}
