package news

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
)

// idEncoding is Crockford's base 32 in lower case: safe in NATS subjects, URLs and file names.
var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// HashID is a short stable name for parts: a prefix letter and 80 bits of SHA-256.
func HashID(prefix string, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return prefix + idEncoding.EncodeToString(sum[:10])
}

// ArticleID is the id of the article at a canonical URL.
func ArticleID(canonicalURL string) string { return HashID("a", canonicalURL) }

// RecordID is the id of the n-th record, from 0, of an article.
func RecordID(articleID string, n int) string {
	return HashID("r", articleID, strconv.Itoa(n))
}
