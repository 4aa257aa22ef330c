// Package extractor reads meetings out of articles: which, when, where, who.
//
// The knowledge is in the data: configs/rules says what words begin a name,
// where it ends, what belongs to it and what speaks for a main event;
// configs/lexicon knows the offices, bodies, places and series. What is here
// is the machinery.
//
//	document.go   article to tokens and annotations
//	mention.go    matches of meeting rules to mentions
//	cluster.go    mentions of one meeting brought together; alike.go, known.go   which agree
//	series.go     series, level, parent; confidence.go   how sure
//	salience.go   main or mention
//	date.go datescore.go dateframe.go place.go people.go slot.go   what belongs to which meeting
//	record.go     clusters to records, with evidence
//	explain.go    why, and why not
//	inline.go     the tests written in the rule files
//
// Nothing here does I/O, reads a clock or keeps state between articles.
//
// For speed a text is cut once and each word numbered once (viet.Vocabulary):
// lexicon, rules and dates index by number what would be look-ups by letters.
// Most tokens and most rules have nothing to do with each other, so each stage
// says by a bit or a mask where it has anything to look at (rule.needs,
// rule.firsts, place.search.opens, people.opensMention) and passes over the
// rest; and what a document needs is memory of the one before it (sync.Pool, the
// buffers of document). All of it only leaves out what could not match: results
// are the same to the byte. BenchmarkExtract measures 1 KB to 1 MB.
package extractor

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sync"

	"sukien/extractor/people"
	"sukien/extractor/place"
	"sukien/extractor/rule"
	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/timex"
	"sukien/news/viet"
)

// Config is what an Extractor knows.
type Config struct {
	// Rules is configs/rules or a folder like it.
	Rules fs.FS
	// Lexicon is the loaded configs/lexicon.
	Lexicon *lexicon.Lexicon
}

// Extractor finds the meetings of articles. It is safe for concurrent use.
type Extractor struct {
	set *rule.Set
	lex *lexicon.Lexicon
	// words are those of the lexicon, by its numbers, and those of the rules.
	words   *viet.Vocabulary
	sym     symbols
	weights weights
	dater   *timex.Finder
	finder  *people.Finder
	placer  *place.Finder
	pack    string
	pool    sync.Pool
}

// annotations are the types that the extractor itself makes.
var annotations = []string{"date", "guard", "person", "name", "body", "title", "place", "venue", "series", "meeting", "stopmark"}

// New loads the rules. The error joins every fault of the files, with
// file:line:column, and wraps news.ErrInvalid.
func New(c Config) (*Extractor, error) {
	set, err := rule.Load(c.Rules, annotations)
	if err != nil {
		return nil, err
	}
	if c.Lexicon == nil {
		return nil, fmt.Errorf("%w: no lexicon: load configs/lexicon first", news.ErrInvalid)
	}
	x := &Extractor{set: set, lex: c.Lexicon, finder: people.New(c.Lexicon), placer: place.New(c.Lexicon)}
	x.words = set.Extend(c.Lexicon.Vocabulary())
	x.dater = timex.NewFinder(x.words)
	x.sym = newSymbols(set)
	if x.weights, err = newWeights(set); err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(set.Hash() + "\x00" + c.Lexicon.Hash()))
	x.pack = "sha256:" + hex.EncodeToString(sum[:])
	x.pool.New = func() any { return newDocument(x) }
	return x, nil
}

// Pack identifies the rules and lexicons in force: "sha256:…".
func (x *Extractor) Pack() string { return x.pack }

// Extract gives the meetings of an article, main ones first, each in the order
// of the text. An article without meetings has none.
func (x *Extractor) Extract(a *news.Article) []news.Record {
	d := x.pool.Get().(*document)
	defer x.pool.Put(d)
	return d.extract(a)
}
