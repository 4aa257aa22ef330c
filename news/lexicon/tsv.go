package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// parseTSV reads a dictionary of many short entries: lines "# comment", then
// the file's own fields as "class: place", then a row of column names, then a
// row an entry, tab between cells. A column is a field of an entry or
// "attr.KEY"; in variants and successors "|" stands between values. A cell with
// only a quotation mark repeats the cell above it; an empty cell is no value.
func parseTSV(f *faults, data []byte) []raw {
	t := tsvFile{faults: f}
	for n, line := range strings.Split(nfc(string(data)), "\n") {
		t.line(n+1, strings.TrimSuffix(line, "\r"))
	}
	switch {
	case t.proto.Class == "":
		f.add(pos{1, 1}, "no class: write class: place (title, body, …) first")
	case t.columns == nil:
		f.add(pos{1, 1}, "no row of column names: write one, such as name, kind, parent with tabs between")
	}
	return t.out
}

// tsvFile is a table being read.
type tsvFile struct {
	*faults
	proto   raw
	columns []string
	above   []string
	attrs   sharedAttrs
	out     []raw
}

func (t *tsvFile) line(n int, line string) {
	switch {
	case line == "" || line[0] == '#':
	case t.columns == nil && !strings.Contains(line, "\t") && strings.Contains(line, ": "):
		t.directive(n, line)
	case t.columns == nil:
		t.header(n, line)
	default:
		t.row(n, strings.Split(line, "\t"))
	}
}

// directive reads a field of the file itself.
func (t *tsvFile) directive(n int, line string) {
	key, text, _ := strings.Cut(line, ": ")
	v := value{text: strings.TrimSpace(text), pos: pos{n, utf8.RuneCountInString(key) + 3}}
	switch {
	case key == "class":
		t.proto.Class = Class(v.text)
	case slices.Contains(defaultFields, key):
		t.proto.set(t.faults, key, v)
	default:
		t.add(pos{n, 1}, "unknown field %q: a dictionary may have class, %s", key, strings.Join(defaultFields, ", "))
	}
}

func (t *tsvFile) header(n int, line string) {
	t.columns = strings.Split(line, "\t")
	column := 1
	for i, c := range t.columns {
		known := slices.Contains(scalarFields, c) || slices.Contains(listFields, c) || strings.HasPrefix(c, "attr.") && len(c) > len("attr.")
		switch {
		case !known:
			t.add(pos{n, column}, "unknown column %q: a column is one of %s, %s or attr.KEY", c,
				strings.Join(scalarFields, ", "), strings.Join(listFields, ", "))
		case slices.Contains(t.columns[:i], c):
			t.add(pos{n, column}, "column %q is written twice: keep one", c)
		}
		column += utf8.RuneCountInString(c) + 1
	}
	t.above = make([]string, len(t.columns))
}

func (t *tsvFile) row(n int, cells []string) {
	r := t.proto
	r.refs = slices.Clone(t.proto.refs)
	r.pos, r.before = pos{n, 1}, len(t.faults.list)
	if len(cells) > len(t.columns) {
		t.add(r.pos, "%d cells under %d columns: take the tabs too many away", len(cells), len(t.columns))
		return
	}
	var attr []string
	column := 1
	for i, cell := range cells {
		width := utf8.RuneCountInString(cell) + 1
		if cell == `"` {
			cell = t.above[i]
		}
		t.above[i] = cell
		if cell != "" {
			attr = t.cell(&r, attr, t.columns[i], value{cell, pos{n, column}})
		}
		column += width
	}
	r.Attr = t.attrs.of(attr)
	r.finish(t.faults)
	t.out = append(t.out, r)
}

// cell fills a field; attributes are collected as key, value, key, value.
func (t *tsvFile) cell(r *raw, attr []string, column string, v value) []string {
	key, isAttr := strings.CutPrefix(column, "attr.")
	switch {
	case isAttr:
		return append(attr, key, v.text)
	case column == "variants":
		r.variants = t.list(v)
	case column == "successors":
		r.successors(t.list(v))
	case slices.Contains(scalarFields, column):
		r.set(t.faults, column, v)
	}
	return attr
}

// list cuts a cell at "|".
func (t *tsvFile) list(v value) []value {
	var out []value
	column := v.column
	for part := range strings.SplitSeq(v.text, "|") {
		if strings.TrimSpace(part) == "" {
			t.add(pos{v.line, column}, "empty value between two |: take one away")
		} else {
			out = append(out, value{strings.TrimSpace(part), pos{v.line, column}})
		}
		column += utf8.RuneCountInString(part) + 1
	}
	return out
}

// sharedAttrs gives entries with equal attributes one map, which saves most of a table's memory.
type sharedAttrs map[string]map[string]string

func (s *sharedAttrs) of(pairs []string) map[string]string {
	if len(pairs) == 0 {
		return nil
	}
	if *s == nil {
		*s = sharedAttrs{}
	}
	key := strings.Join(pairs, "\t")
	m, ok := (*s)[key]
	if !ok {
		m = make(map[string]string, len(pairs)/2)
		for i := 0; i+1 < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		(*s)[key] = m
	}
	return m
}
