package lexicon

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sukien/news/viet"
)

// Load reads every *.yaml and *.tsv of fsys (configs/lexicon), at any depth.
// The error joins a *news.Fault for each thing that is wrong in any file; each wraps
// news.ErrInvalid. An fsys without dictionaries gives an empty lexicon.
func Load(fsys fs.FS) (*Lexicon, error) {
	ld := loader{sum: sha256.New(), seen: map[classID]place{}}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return ld.file(fsys, name)
	})
	return ld.checked(err)
}

// LoadFile reads one dictionary, which may name no entries of others. A file that
// is not there gives an empty lexicon.
func LoadFile(fsys fs.FS, name string) (*Lexicon, error) {
	ld := loader{sum: sha256.New(), seen: map[classID]place{}}
	err := ld.file(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return ld.checked(err)
}

// loader gathers the entries of all files.
type loader struct {
	faults faults
	files  []source
	seen   map[classID]place
	sum    hash.Hash
}

// checked is the lexicon of the files read, unless reading ended with an error or
// something in them is wrong.
func (ld *loader) checked(err error) (*Lexicon, error) {
	if err != nil {
		return nil, fmt.Errorf("reading dictionaries: %w", err)
	}
	ld.references()
	if err := ld.faults.join(); err != nil {
		return nil, err
	}
	return ld.lexicon(), nil
}

// source is one file's entries.
type source struct {
	file    string
	entries []raw
}

// place is where an ID was first written.
type place struct {
	file string
	pos
	entry *Entry
}

// file reads one dictionary; files of other kinds are passed over.
func (ld *loader) file(fsys fs.FS, name string) error {
	parse := parserOf(name)
	if parse == nil {
		return nil
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	fmt.Fprintf(ld.sum, "%s\x00%d\x00", name, len(data))
	ld.sum.Write(data)
	ld.faults.file = name
	list := parse(&ld.faults, data)
	for i := range list {
		ld.claim(&list[i])
	}
	ld.files = append(ld.files, source{name, list})
	return nil
}

func parserOf(name string) func(*faults, []byte) []raw {
	switch path.Ext(name) {
	case ".yaml":
		return parseYAML
	case ".tsv":
		return parseTSV
	}
	return nil
}

// claim takes the entry's ID, which must be free. An ID made from a name that
// only folds to another's gets a number.
func (ld *loader) claim(r *raw) {
	if r.ID == "" {
		return
	}
	id := classID{r.Class, r.ID}
	first, taken := ld.seen[id]
	for n := 2; taken && r.derived && !sameUnit(first.entry, &r.Entry); n++ {
		id.id = fmt.Sprintf("%s-%d", r.ID, n)
		first, taken = ld.seen[id]
	}
	if taken {
		ld.faults.add(r.pos, "id %q of class %s is taken at %s:%d: give one of the two another id", id.id, id.class, first.file, first.line)
		return
	}
	r.ID = id.id
	ld.seen[id] = place{ld.faults.file, r.pos, &r.Entry}
}

// sameUnit tells whether two entries with one derived ID are the same thing written twice.
func sameUnit(a, b *Entry) bool {
	return viet.Key(a.Name) == viet.Key(b.Name) && a.Kind == b.Kind && a.From == b.From && a.To == b.To && a.Attr["type"] == b.Attr["type"]
}

// references checks that parents and successors are IDs of some entry.
func (ld *loader) references() {
	ids := make(map[string]bool, len(ld.seen))
	for id := range ld.seen {
		ids[id.id] = true
	}
	for _, src := range ld.files {
		ld.faults.file = src.file
		for i := range src.entries {
			for _, ref := range src.entries[i].refs {
				if !ids[ref.text] {
					ld.faults.add(ref.pos, "no entry has the id %q: write the id of an entry, or add it", ref.text)
				}
			}
		}
	}
}

// lexicon builds the index over what was read.
func (ld *loader) lexicon() *Lexicon {
	l := &Lexicon{
		byID: make(map[classID]*Entry, len(ld.seen)),
		hash: "sha256:" + hex.EncodeToString(ld.sum.Sum(nil)),
	}
	b := newBuilder()
	for _, src := range ld.files {
		for i := range src.entries {
			r := &src.entries[i]
			e := &r.Entry
			e.class = l.classNo(e.Class)
			n := uint32(len(l.entries))
			l.entries = append(l.entries, e)
			l.byID[classID{e.Class, e.ID}] = e
			for _, phrase := range r.phrases() {
				b.add(phrase, n, r.mode, r.weak)
			}
		}
	}
	l.index = b.build(l.entries)
	return l
}

// classNo numbers a class.
func (l *Lexicon) classNo(c Class) uint16 {
	n := slices.Index(l.classes, c)
	if n < 0 {
		n = len(l.classes)
		l.classes = append(l.classes, c)
	}
	return uint16(n)
}

// phrases are all spellings of an entry that are found in texts: people are not
// looked for, so that who is known is read like who is not.
func (r *raw) phrases() []string {
	if r.Class == Officials {
		return nil
	}
	out := make([]string, 0, len(r.variants)+2)
	out = append(out, r.Name)
	if r.Abbr != "" {
		out = append(out, r.Abbr)
	}
	for _, v := range r.variants {
		out = append(out, v.text)
	}
	return out
}

func wordID(word string) string { return strings.ReplaceAll(viet.Key(word), " ", "-") }

func nfc(s string) string { return viet.NFC(s) }
