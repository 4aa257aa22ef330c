package dump

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/klauspost/compress/zstd"

	"sukien/news"
)

// format is what a backup begins with; another number is another format.
const format = 1

// maxLine bounds a line: a row has at most a page and its JSON.
const maxLine = 256 << 20

// line is a line that is no row.
type line struct {
	Backup int            `json:"sukien_backup,omitempty"`
	Made   *time.Time     `json:"made,omitempty"`
	Table  string         `json:"table,omitempty"`
	Cols   []string       `json:"columns,omitempty"`
	End    bool           `json:"end,omitempty"`
	Sums   map[string]Sum `json:"sums,omitempty"`
}

// writer is a Sink that writes lines.
type writer struct {
	Sums
	w *bufio.Writer
}

func (w *writer) line(v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.put(data)
}

func (w *writer) put(data []byte) error {
	if _, err := w.w.Write(data); err != nil {
		return err
	}
	return w.w.WriteByte('\n')
}

// Table is of Sink.
func (w *writer) Table(t Table) error {
	if err := w.Sums.Table(t); err != nil {
		return err
	}
	return w.line(line{Table: t.Name, Cols: t.Columns})
}

// Row is of Sink.
func (w *writer) Row(values []any) error {
	data, err := encode(values)
	if err != nil {
		return err
	}
	w.add(data)
	return w.put(data)
}

// Write writes what dump hands on as a backup made at an instant.
func Write(out io.Writer, made time.Time, dump func(Sink) error) (*Sums, error) {
	z, err := zstd.NewWriter(out)
	if err != nil {
		return nil, err
	}
	w := &writer{w: bufio.NewWriterSize(z, 1<<20)}
	made = made.UTC()
	err = w.line(line{Backup: format, Made: &made})
	if err == nil {
		err = dump(w)
	}
	if err == nil {
		err = w.line(line{End: true, Sums: w.Tables})
	}
	if err == nil {
		err = w.w.Flush()
	}
	return &w.Sums, errors.Join(err, z.Close())
}

// Read hands a backup's rows to a sink. news.ErrInvalid for what is no backup,
// is cut off, or does not add up: what the sink got is then not to be kept.
func Read(in io.Reader, to Sink) (*Sums, error) {
	z, err := zstd.NewReader(in, zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	r := &reader{r: bufio.NewReaderSize(z, 1<<20), to: to}
	for n := 1; ; n++ {
		data, err := r.next()
		if err == nil {
			var done bool
			if done, err = r.take(data, n); done {
				return &r.sums, err
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%w: backup, line %d: %w", news.ErrInvalid, n, err)
		}
	}
}

type reader struct {
	r    *bufio.Reader
	to   Sink
	sums Sums
	at   Table
}

// next reads a line.
func (r *reader) next() ([]byte, error) {
	var data []byte
	for {
		part, err := r.r.ReadSlice('\n')
		data = append(data, part...)
		switch {
		case len(data) > maxLine:
			return nil, fmt.Errorf("%w: more than %d bytes", news.ErrTooLarge, maxLine)
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return nil, errors.New("it ends before its last line")
		default:
			return bytes.TrimSuffix(data, []byte("\n")), err
		}
	}
}

// take hands on a line; done is true after the last.
func (r *reader) take(data []byte, n int) (done bool, err error) {
	if len(data) > 0 && data[0] == '[' {
		return false, r.row(data)
	}
	var l line
	if err := json.Unmarshal(data, &l); err != nil {
		return false, err
	}
	switch {
	case n == 1 && l.Backup != format:
		return false, fmt.Errorf("no backup of format %d", format)
	case l.End:
		if list := r.sums.Differences(&Sums{Tables: l.Sums}); len(list) > 0 {
			return false, fmt.Errorf("the rows do not add up: %s", list)
		}
		_, err := r.r.ReadByte()
		if !errors.Is(err, io.EOF) {
			return false, errors.New("it goes on behind its last line")
		}
		return true, nil
	case l.Table != "":
		r.at = Table{l.Table, l.Cols}
		if err := r.sums.Table(r.at); err != nil {
			return false, err
		}
		return false, r.to.Table(r.at)
	}
	return false, nil
}

func (r *reader) row(data []byte) error {
	if r.at.Name == "" {
		return errors.New("a row before its table")
	}
	var cells []json.RawMessage
	if err := json.Unmarshal(data, &cells); err != nil {
		return err
	}
	if len(cells) != len(r.at.Columns) {
		return fmt.Errorf("%d values of %d columns", len(cells), len(r.at.Columns))
	}
	values := make([]any, len(cells))
	for i, c := range cells {
		v, err := decode(c)
		if err != nil {
			return fmt.Errorf("%s: %w", r.at.Columns[i], err)
		}
		values[i] = v
	}
	r.sums.add(data)
	return r.to.Row(values)
}

func decode(cell json.RawMessage) (any, error) {
	switch cell[0] {
	case 'n':
		return nil, nil
	case '"':
		var s string
		err := json.Unmarshal(cell, &s)
		return s, err
	case '{':
		b := blob{Bytes: []byte{}}
		err := json.Unmarshal(cell, &b)
		if b.Bytes == nil {
			b.Bytes = []byte{}
		}
		return b.Bytes, err
	}
	return strconv.ParseInt(string(cell), 10, 64)
}
