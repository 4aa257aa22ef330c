package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"sukien/news"
)

// Reader reads the records of one file. It is not safe for concurrent use.
type Reader struct {
	name string
	max  int64
	// file is the file, zip its members, nil when it is plain; in is what records
	// are read from: the file itself, or what a member holds.
	file, in *tape
	zip      *members

	at   Position // of the record at hand
	left int64    // bytes of its block that were not read; -1: there is none
	body int64    // offset of its block in in
}

const (
	// keepFile is how far a compressed file can be gone back: a broken member is
	// noticed within a block of deflate's, 64 KiB at most.
	keepFile = 256 << 10
	// blankLines end a record.
	blankLines = "\r\n\r\n"
)

// NewReader reads r, whose name is for messages, from its beginning. max bounds
// the block of a record that is read into memory, in bytes.
func NewReader(r io.Reader, name string, max int64) *Reader {
	return newReader(r, name, max, 0)
}

func newReader(r io.Reader, name string, max, at int64) *Reader {
	// What was taken for a block may hold the next records.
	keep := int(max) + maxHeader
	d := &Reader{name: name, max: max, left: -1}
	d.file = newTape(r, keep, at)
	d.in = d.file
	if head := d.file.peek(2); len(head) == 2 && bytes.Equal(head, gzipMark[:2]) {
		d.file.keep = keepFile
		d.zip = &members{file: d.file}
		d.in = newTape(nil, keep, 0)
		d.in.err = io.EOF
	}
	return d
}

// Resume reads on behind the record at a position that an earlier Reader of the
// same file gave. A file is sought there, another stream read up to there.
func Resume(r io.Reader, name string, max int64, after Position) (*Reader, error) {
	if s, ok := r.(io.Seeker); ok {
		if _, err := s.Seek(after.Offset, io.SeekStart); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", news.ErrInvalid, name, err)
		}
	} else if _, err := io.CopyN(io.Discard, r, after.Offset); err != nil {
		return nil, fmt.Errorf("%w: %s is shorter than it was: %w", news.ErrInvalid, name, err)
	}
	d := newReader(r, name, max, after.Offset)
	if after.Inner > 0 && d.zip != nil {
		if err := d.nextMember(); err != nil {
			return nil, d.fail(err)
		}
		if err := d.in.skip(after.Inner); err != nil {
			return nil, d.fail(short(err))
		}
	}
	_, err := d.Next()
	var bad *RecordError
	switch {
	case errors.Is(err, io.EOF):
		return nil, d.fail(fmt.Errorf("%w: the file is shorter than it was", news.ErrInvalid))
	case err != nil && !errors.As(err, &bad):
		return nil, err
	}
	return d, nil
}

// Next goes to the next record and reads its header. Errors: io.EOF at the end;
// *RecordError for a record that cannot be read, after which Next goes on
// behind it; the stream's own.
func (d *Reader) Next() (*Header, error) {
	if err := d.leave(); err != nil {
		return nil, err
	}
	if err := d.start(); err != nil {
		return nil, err
	}
	text, err := d.headerText()
	if err != nil {
		return nil, d.broken(err)
	}
	h, err := parseHeader(text)
	if h.Length < 0 {
		return nil, d.broken(err)
	}
	d.left, d.body = h.Length, d.in.offset()
	if err != nil {
		return nil, d.fail(err)
	}
	return &h, nil
}

// At is the position of the record at hand.
func (d *Reader) At() Position { return d.at }

// Read is how far the file has been read, in its own bytes.
func (d *Reader) Read() int64 { return d.file.offset() }

// Block reads the block of the record at hand. Errors: *RecordError, with
// news.ErrTooLarge past the bound; the stream's own.
func (d *Reader) Block() ([]byte, error) {
	if d.left > d.max {
		return nil, d.fail(fmt.Errorf("%w: a record of %d bytes, at most %d are read", news.ErrTooLarge, d.left, d.max))
	}
	block := make([]byte, 0, min(d.left, tapeChunk))
	for d.left > 0 {
		part := d.in.peek(int(min(d.left, tapeChunk)))
		if len(part) == 0 {
			return nil, d.broken(d.in.ended())
		}
		block = append(block, part...)
		d.in.pos += len(part)
		d.left -= int64(len(part))
	}
	return block, d.leave()
}

// leave passes over what is left of the record at hand, with the blank lines
// behind it. A record that is not followed by them, or by the end, has another
// length than it says.
func (d *Reader) leave() error {
	if d.left < 0 {
		return nil
	}
	if err := d.in.skip(d.left); err != nil {
		return d.broken(err)
	}
	d.left = -1
	switch tail := d.in.peek(len(blankLines)); {
	case string(tail) == blankLines:
		d.in.pos += len(blankLines)
	case len(tail) > 0 && !d.nearly(tail):
		return d.broken(fmt.Errorf("%w: the record does not end where its Content-Length says", news.ErrInvalid))
	}
	return nil
}

// nearly takes the endings that careless writers give a record: fewer line ends,
// or none at the end of a member or file.
func (d *Reader) nearly(tail []byte) bool {
	trimmed := bytes.TrimLeft(tail, "\r\n")
	d.in.pos += len(tail) - len(trimmed)
	return len(trimmed) == 0 || len(trimmed) < len(tail) && bytes.HasPrefix(version, trimmed[:min(len(trimmed), len(version))])
}

// start goes to where the next record begins.
func (d *Reader) start() error {
	for {
		for b := d.in.peek(1); len(b) == 1 && (b[0] == '\r' || b[0] == '\n'); b = d.in.peek(1) {
			d.in.pos++
		}
		done, err := d.in.end()
		switch {
		case !done:
			d.at = d.place()
			return nil
		case err != nil:
			d.at = d.place()
			return d.broken(err)
		case d.zip == nil:
			return io.EOF
		}
		if err := d.nextMember(); err != nil {
			return err
		}
	}
}

// place is the position of the next byte of in.
func (d *Reader) place() Position {
	if d.zip == nil {
		return Position{Offset: d.in.offset()}
	}
	return Position{Offset: d.zip.start, Inner: d.in.offset()}
}

func (d *Reader) nextMember() error {
	err := d.zip.next()
	if err == nil {
		d.in.reset(d.zip)
		return nil
	}
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	d.at = Position{Offset: d.zip.start}
	return d.broken(err)
}

// headerText reads a header up to the empty line, which it passes over.
func (d *Reader) headerText() ([]byte, error) {
	if !bytes.Equal(d.in.peek(len(version)), version) {
		return nil, fmt.Errorf("%w: no WARC record: it does not start with %s", news.ErrInvalid, version)
	}
	for n := 512; ; n *= 2 {
		head := d.in.peek(min(n, maxHeader))
		if i, size := emptyLine(head); i >= 0 {
			d.in.pos += i + size
			return bytes.Clone(head[:i]), nil
		}
		if len(head) < n {
			if n > maxHeader {
				return nil, fmt.Errorf("%w: a record's header of more than %d bytes", news.ErrTooLarge, maxHeader)
			}
			return nil, d.in.ended()
		}
	}
}

// emptyLine finds the end of a header: its place and length.
func emptyLine(b []byte) (at, size int) {
	crlf, lf := bytes.Index(b, []byte(blankLines)), bytes.Index(b, []byte("\n\n"))
	if lf >= 0 && (crlf < 0 || lf < crlf) {
		return lf, 2
	}
	return crlf, len(blankLines)
}

// broken gives the record at hand up and goes to the next one that there is.
func (d *Reader) broken(err error) error {
	d.left = -1
	if !errors.Is(err, news.ErrInvalid) && !errors.Is(err, news.ErrTooLarge) {
		if own := d.streamError(); own != nil {
			return own
		}
		err = short(err)
	}
	bad := d.fail(err)
	if (d.corrupt() || !d.within()) && d.corrupt() {
		d.zip.resync()
		d.in.reset(bytes.NewReader(nil))
	}
	return bad
}

// corrupt tells whether the members at hand ended otherwise than they should.
func (d *Reader) corrupt() bool {
	return d.zip != nil && d.in.err != nil && !errors.Is(d.in.err, io.EOF)
}

// within looks for the next record in what in still has, behind the start of
// the one at hand.
func (d *Reader) within() bool {
	from := d.at.Inner
	if d.zip == nil {
		from = d.at.Offset
	}
	d.in.rewind(from + 1)
	found := d.in.find([]byte("\nWARC/1."), func() bool { return true })
	if found {
		d.in.pos++
	}
	return found
}

// streamError is what the file itself failed with, nil when it only ended.
func (d *Reader) streamError() error {
	if err := d.file.err; err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %s: %w", news.ErrTransient, d.name, err)
	}
	return nil
}

func (d *Reader) fail(err error) error {
	return &RecordError{File: d.name, At: d.at, Err: err}
}
