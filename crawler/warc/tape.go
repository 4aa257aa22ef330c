package warc

import (
	"bytes"
	"errors"
	"io"
)

// tape reads a stream through a buffer, knows its offset and can go back by as
// much as it keeps: where a record turns out to be broken, the next one is
// looked for in what was taken for its body. It is an io.ByteReader, so that a
// decompressor reads no byte too many.
type tape struct {
	r    io.Reader
	buf  []byte
	pos  int   // of the next byte in buf
	base int64 // offset of buf[0]
	keep int   // bytes before pos that stay
	err  error // what r ended with
}

const tapeChunk = 64 << 10

func newTape(r io.Reader, keep int, at int64) *tape {
	return &tape{r: r, keep: keep, base: at}
}

// reset begins another stream in the same memory.
func (t *tape) reset(r io.Reader) {
	t.r, t.buf, t.pos, t.base, t.err = r, t.buf[:0], 0, 0, nil
}

// offset is that of the next byte.
func (t *tape) offset() int64 { return t.base + int64(t.pos) }

// fill reads on. It answers false at the end.
func (t *tape) fill() bool {
	if t.err != nil {
		return false
	}
	if old := t.pos - t.keep; old >= t.keep+tapeChunk {
		t.buf = t.buf[:copy(t.buf, t.buf[old:])]
		t.pos, t.base = t.pos-old, t.base+int64(old)
	}
	n := len(t.buf)
	if cap(t.buf)-n < tapeChunk {
		t.buf = append(t.buf, make([]byte, tapeChunk)...)[:n]
	}
	for range 100 { // as bufio does: a reader that gives nothing and no error is broken
		m, err := t.r.Read(t.buf[n : n+tapeChunk])
		t.buf, t.err = t.buf[:n+m], err
		if m > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	t.err = io.ErrNoProgress
	return false
}

// peek gives up to n of the next bytes without reading them; fewer at the end.
func (t *tape) peek(n int) []byte {
	for len(t.buf)-t.pos < n && t.fill() {
	}
	return t.buf[t.pos:min(t.pos+n, len(t.buf))]
}

// Read reads.
func (t *tape) Read(p []byte) (int, error) {
	if t.pos == len(t.buf) && !t.fill() {
		return 0, t.err
	}
	n := copy(p, t.buf[t.pos:])
	t.pos += n
	return n, nil
}

// ReadByte reads one.
func (t *tape) ReadByte() (byte, error) {
	if t.pos == len(t.buf) && !t.fill() {
		return 0, t.err
	}
	t.pos++
	return t.buf[t.pos-1], nil
}

// skip passes over n bytes; io.ErrUnexpectedEOF when there are fewer.
func (t *tape) skip(n int64) error {
	for n > 0 {
		if t.pos == len(t.buf) && !t.fill() {
			return t.ended()
		}
		step := min(n, int64(len(t.buf)-t.pos))
		t.pos += int(step)
		n -= step
	}
	return nil
}

// ended is what the stream ended with in the midst of something.
func (t *tape) ended() error {
	if t.err == nil || errors.Is(t.err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return t.err
}

// end tells whether there is nothing more, and why when that is no plain end.
func (t *tape) end() (bool, error) {
	if t.pos < len(t.buf) || t.fill() {
		return false, nil
	}
	if errors.Is(t.err, io.EOF) {
		return true, nil
	}
	return true, t.err
}

// rewind goes back to an offset, or as far as there is.
func (t *tape) rewind(to int64) {
	t.pos = int(min(max(to-t.base, 0), int64(t.pos)))
}

// find goes to the next place of mark where accept, called there, holds. It
// answers false at the end.
func (t *tape) find(mark []byte, accept func() bool) bool {
	for {
		if i := bytes.Index(t.buf[t.pos:], mark); i >= 0 {
			t.pos += i
			at := t.offset()
			if accept() {
				t.rewind(at)
				return true
			}
			t.rewind(at)
			t.pos++
			continue
		}
		// The mark may begin in the last bytes that are here.
		if rest := len(t.buf) - t.pos; rest >= len(mark) {
			t.pos += rest - len(mark) + 1
		}
		if !t.fill() {
			t.pos = len(t.buf)
			return false
		}
	}
}
