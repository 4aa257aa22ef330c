package main

import (
	"fmt"
	"io/fs"
	"os"

	"sukien/configs"
	"sukien/extractor"
	"sukien/news"
	"sukien/news/lexicon"
	"sukien/store/resolve"
)

// dataFS is a folder of the user's own, or the one inside the binary.
func dataFS(dir, inside string) (fs.FS, error) {
	if dir == "" {
		return fs.Sub(configs.FS, inside)
	}
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%w: %s folder %s: is the path right?", news.ErrNotFound, inside, dir)
	}
	return os.DirFS(dir), nil
}

// loadLexicon loads the dictionaries as the settings say.
func loadLexicon(s *Settings) (*lexicon.Lexicon, error) {
	words, err := dataFS(s.LexiconDir, "lexicon")
	if err != nil {
		return nil, err
	}
	lex, err := lexicon.Load(words)
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	return lex, nil
}

// loadAuthority loads the people whose offices are known, without the other dictionaries.
func loadAuthority(s *Settings) (*resolve.Authority, error) {
	words, err := dataFS(s.LexiconDir, "lexicon")
	if err != nil {
		return nil, err
	}
	lex, err := lexicon.LoadFile(words, "officials.yaml")
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	return resolve.NewAuthority(lex.All(lexicon.Officials)), nil
}

// newExtractor loads lexicons and rules as the settings say.
func newExtractor(s *Settings) (*extractor.Extractor, error) {
	lex, err := loadLexicon(s)
	if err != nil {
		return nil, err
	}
	rules, err := dataFS(s.RulesDir, "rules")
	if err != nil {
		return nil, err
	}
	ext, err := extractor.New(extractor.Config{Rules: rules, Lexicon: lex})
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	return ext, nil
}
