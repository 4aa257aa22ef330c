package warc

import (
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"

	"sukien/news"
)

// gzipMark starts a gzip member (RFC 1952 section 2.3): its magic number and
// the one method of compression there is.
var gzipMark = []byte{0x1f, 0x8b, 0x08}

// version starts a record.
var version = []byte("WARC/")

// members is what the gzip members of a file hold, as far as they belong
// together: a member that starts a record ends what was before. So each record
// stands alone where each has its member, and a file that was compressed as a
// whole, in one member or in many, is one.
type members struct {
	file *tape
	zip  *gzip.Reader
	// start is the offset of the first member of what is being read, at that of
	// the member at hand.
	start, at int64
	// head is the beginning of the member at hand, read ahead; ready says that it
	// starts a record.
	head  []byte
	ready bool
}

// next goes to the next members that belong together. io.EOF at the end.
func (m *members) next() error {
	if !m.ready {
		if err := m.open(); err != nil {
			m.start = m.at
			return err
		}
	}
	m.start, m.ready = m.at, false
	return nil
}

// open opens the member at hand. io.EOF at the end of the file.
func (m *members) open() error {
	m.head, m.at = nil, m.file.offset()
	if done, err := m.file.end(); done {
		if err == nil {
			err = io.EOF
		}
		return err
	}
	var err error
	if m.zip == nil {
		m.zip, err = gzip.NewReader(m.file)
	} else {
		err = m.zip.Reset(m.file)
	}
	if err != nil {
		return fmt.Errorf("no gzip member: %w", short(err))
	}
	m.zip.Multistream(false)
	return nil
}

// Read reads over the ends of members until one that starts a record.
func (m *members) Read(p []byte) (int, error) {
	if m.ready {
		return 0, io.EOF
	}
	if len(m.head) > 0 {
		n := copy(p, m.head)
		m.head = m.head[n:]
		return n, nil
	}
	n, err := m.zip.Read(p)
	if n > 0 {
		return n, nil
	}
	if !errors.Is(err, io.EOF) {
		return 0, err
	}
	if err := m.open(); err != nil {
		return 0, err
	}
	m.ready = m.startsRecord()
	return 0, nil
}

// startsRecord tells whether the member that was just opened starts a record.
func (m *members) startsRecord() bool {
	head := make([]byte, len(version))
	n, err := io.ReadFull(m.zip, head)
	m.head = head[:n]
	return err == nil && string(head) == string(version)
}

// resync goes to the next member that starts a record, from behind the first
// one at hand, as far as it can go back. It answers false when there is none.
func (m *members) resync() bool {
	m.file.rewind(m.start + 1)
	found := m.file.find(gzipMark, func() bool { return m.open() == nil && m.startsRecord() })
	m.ready, m.head = false, nil
	return found
}

// short makes one sentence of the ways in which a stream ends too early.
func short(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: the file ends in the midst of it", news.ErrInvalid)
	}
	return fmt.Errorf("%w: %w", news.ErrInvalid, err)
}
