package warc

import (
	"bytes"
	"crypto/sha1"
	"encoding/base32"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/uuid"
	"github.com/klauspost/compress/gzip"

	"sukien/news"
)

// Options say what files a Writer makes. Zero fields have the defaults written
// at them.
type Options struct {
	// Prefix starts the names of the files; "sukien".
	Prefix string
	// MaxSize is the size past which a file is closed and the next one begun, in
	// bytes; 1 GiB, as archives have it.
	MaxSize int64
	// Software and UserAgent are told in each file's warcinfo record.
	Software, UserAgent string
}

// openSuffix ends the name of a file that is still being written. What has the
// plain name is whole.
const openSuffix = ".open"

// Writer writes records as WARC 1.1, each in a gzip member of its own, into files
// of a folder. A file is synced and gets its name once it is full. A member is
// written with one call, so that a killed process leaves whole ones; what a power
// cut leaves is cut to whole ones when the folder is opened again. It is safe for
// concurrent use.
type Writer struct {
	dir  string
	opts Options
	lock *flock.Flock

	mu   sync.Mutex
	file *os.File // nil: the next record begins one
	name string   // it will have
	size int64
	info string // id of the file's warcinfo
	n    int    // files begun
}

// Open opens or makes a folder for writing, and ends the files that an earlier
// process left open. Errors: news.ErrForbidden for a folder that cannot be
// written, news.ErrBusy when another process writes it.
func Open(dir string, opts Options) (*Writer, error) {
	if opts.Prefix == "" {
		opts.Prefix = "sukien"
	}
	if opts.MaxSize <= 0 {
		opts.MaxSize = 1 << 30
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("%w: WARC folder: %w", news.ErrForbidden, err)
	}
	lock := flock.New(filepath.Join(dir, ".lock"))
	ok, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: WARC folder: %w", news.ErrForbidden, err)
	case !ok:
		return nil, fmt.Errorf("%w: WARC folder %s is another sukien's: name another", news.ErrBusy, dir)
	}
	if err := recoverDir(dir); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return &Writer{dir: dir, opts: opts, lock: lock}, nil
}

// Close ends the file at hand.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return errors.Join(w.finish(), w.lock.Close())
}

// append writes whole members, in one file. make is told the id of the file's
// warcinfo record.
func (w *Writer) append(make func(info string) ([]byte, error)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.file == nil {
		if err := w.begin(time.Now().UTC()); err != nil {
			return err
		}
	}
	data, err := make(w.info)
	if err != nil {
		return err
	}
	if err := w.write(data); err != nil {
		return err
	}
	if w.size >= w.opts.MaxSize {
		return w.finish()
	}
	return nil
}

// write writes members at the end of the file, or nothing.
func (w *Writer) write(data []byte) error {
	if _, err := w.file.WriteAt(data, w.size); err != nil {
		return errors.Join(fmt.Errorf("%w: WARC file: %w", news.ErrTransient, err), w.file.Truncate(w.size))
	}
	w.size += int64(len(data))
	return nil
}

// begin makes the next file, with its warcinfo record.
func (w *Writer) begin(now time.Time) error {
	w.n++
	w.name = fmt.Sprintf("%s-%s-%05d.warc.gz", w.opts.Prefix, strings.ReplaceAll(now.Format("20060102150405.000"), ".", ""), w.n)
	file, err := os.OpenFile(filepath.Join(w.dir, w.name+openSuffix), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o640)
	if err != nil {
		return fmt.Errorf("%w: WARC file: %w", news.ErrForbidden, err)
	}
	w.file, w.size = file, 0
	body := "software: " + w.opts.Software + "\r\nformat: WARC File Format 1.1\r\n" +
		"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n" +
		"robots: obey\r\nhttp-header-user-agent: " + w.opts.UserAgent + "\r\n"
	info := record{kind: TypeInfo, date: now, contentType: "application/warc-fields", head: []byte(body)}
	info.add("WARC-Filename", w.name)
	data, err := info.member()
	if err == nil {
		err = w.write(data)
	}
	if err != nil {
		w.file = nil
		return errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	w.info = info.id
	return nil
}

// finish gives the file its name.
func (w *Writer) finish() error {
	if w.file == nil {
		return nil
	}
	file := w.file
	w.file = nil
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("%w: WARC file: %w", news.ErrTransient, err)
	}
	return rename(w.dir, w.name)
}

// rename takes the suffix from a file's name, for good.
func rename(dir, name string) error {
	whole := filepath.Join(dir, name)
	if err := os.Rename(whole+openSuffix, whole); err != nil {
		return fmt.Errorf("%w: WARC file: %w", news.ErrForbidden, err)
	}
	return syncDir(dir)
}

// record is one record that is written.
type record struct {
	kind, id, contentType string
	date                  time.Time
	fields                []string // further ones: name, value, …
	// head and body are the block together.
	head []byte
	body *spool
}

func (r *record) add(name, value string) {
	if value != "" {
		r.fields = append(r.fields, name, strings.NewReplacer("\r", " ", "\n", " ").Replace(value))
	}
}

// member is the record as a gzip member.
func (r *record) member() ([]byte, error) {
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	if err := r.write(zip); err != nil {
		return nil, err
	}
	if err := zip.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (r *record) write(w io.Writer) error {
	if r.id == "" {
		r.id = newID()
	}
	block, err := digest(r.head, r.body)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: %s\r\nWARC-Date: %s\r\n", r.kind, r.id, r.date.UTC().Format("2006-01-02T15:04:05.000Z"))
	for i := 0; i+1 < len(r.fields); i += 2 {
		fmt.Fprintf(&b, "%s: %s\r\n", r.fields[i], r.fields[i+1])
	}
	fmt.Fprintf(&b, "WARC-Block-Digest: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", block, r.contentType, int64(len(r.head))+r.body.size())
	b.Write(r.head)
	if _, err := w.Write(b.Bytes()); err != nil {
		return err
	}
	if err := r.body.copyTo(w); err != nil {
		return err
	}
	_, err = io.WriteString(w, blankLines)
	return err
}

func newID() string { return "<urn:uuid:" + uuid.NewString() + ">" }

// digest is the labelled digest of a block or payload, SHA-1 in base 32, as the
// standard's examples and all readers have it: it tells copies, it is no seal.
func digest(head []byte, body *spool) (string, error) {
	sum := sha1.New()
	sum.Write(head)
	if err := body.copyTo(sum); err != nil {
		return "", err
	}
	return label(sum), nil
}

func label(sum hash.Hash) string { return "sha1:" + base32.StdEncoding.EncodeToString(sum.Sum(nil)) }
