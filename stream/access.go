package stream

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net"
	"regexp"
	"sync"

	"github.com/nats-io/nats-server/v2/server"
	"sukien/news"
)

// Analyst is somebody who may read event messages and nothing else.
type Analyst struct {
	// Name is the NATS user: see CheckName.
	Name string
	// Hash is HashSecret of the token.
	Hash string
}

// operatorUser is the NATS user of this system's own commands.
const operatorUser = "sukien-operator"

// maxName keeps the names of analysts and searches inside one subject token.
const maxName = 32

// named is what an analyst or a search may be called: it becomes a NATS user,
// a part of a consumer's name and of subjects.
var named = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// CheckName refuses what cannot be a NATS name; news.ErrInvalid.
func CheckName(name string) error {
	if len(name) > maxName || !named.MatchString(name) || name == operatorUser {
		return fmt.Errorf("%w: name %q: write up to %d of a-z, 0-9 and single dashes between them", news.ErrInvalid, name, maxName)
	}
	return nil
}

// NewSecret is a fresh token of 256 random bits.
func NewSecret() string {
	b := make([]byte, 32)
	rand.Read(b) // never fails: crypto/rand ends the process instead
	return "skn_" + base64.RawURLEncoding.EncodeToString(b)
}

// HashSecret is what is kept of a token. The token is random and long, so that
// a plain SHA-256 cannot be reversed by trying.
func HashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// access says who may use the embedded server, and as what. While there are no
// analysts everything on this machine's loopback may do everything, as before
// there were any; as soon as there is one, a connection must name itself: the
// operator (this process and the commands that read its secret from the data
// directory), or an analyst.
//
// Every analyst has a NATS account of their own, into which only event messages
// and their own consumer are imported. Permissions alone would not do: NATS does
// not check the reply subject of a request, so that whoever may ask JetStream
// for a message may have it delivered anywhere in the same account, where our
// stages listen.
type access struct {
	srv    *server.Server
	secret string // the operator's

	mu       sync.RWMutex
	analysts map[string]seat
}

// seat is an analyst who may connect.
type seat struct {
	hash    string
	account *server.Account
}

var _ server.Authentication = (*access)(nil)

// Check is of server.Authentication.
func (a *access) Check(c server.ClientAuthentication) bool {
	opts := c.GetOpts()
	if opts.Username == operatorUser {
		return subtle.ConstantTimeCompare([]byte(opts.Password), []byte(a.secret)) == 1
	}
	a.mu.RLock()
	defer a.mu.RUnlock()
	if opts.Username == "" && opts.Password == "" && opts.Token == "" {
		return len(a.analysts) == 0 && loopback(c.RemoteAddress())
	}
	s, ok := a.analysts[opts.Username]
	if !ok || subtle.ConstantTimeCompare([]byte(HashSecret(opts.Password)), []byte(s.hash)) != 1 {
		return false
	}
	c.RegisterUser(&server.User{Username: opts.Username, Account: s.account, Permissions: permissions(opts.Username)})
	return true
}

func loopback(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// permissions are those of an analyst inside their account. Inboxes need no
// prefix of their own: nobody else is in the account.
func permissions(name string) *server.Permissions {
	return &server.Permissions{
		Publish:   &server.SubjectPermission{Allow: services(name)},
		Subscribe: &server.SubjectPermission{Allow: []string{eventSubjects, "_INBOX.>"}},
	}
}

// eventSubjects are all event messages.
const eventSubjects = "sukien.event.>"

// consumerOf is the durable consumer that an analyst reads from.
func consumerOf(analyst string) string { return "analyst_" + analyst }

// services are the requests that an analyst may make: about the event stream,
// for one message of it (which can hold no other), and to their own consumer.
func services(name string) []string {
	c := Events + "." + consumerOf(name)
	return []string{
		"$JS.API.STREAM.INFO." + Events, "$JS.API.DIRECT.GET." + Events,
		"$JS.API.CONSUMER.INFO." + c, "$JS.API.CONSUMER.MSG.NEXT." + c, "$JS.ACK." + c + ".>",
	}
}

// admit makes exactly these analysts able to connect; those that are no more,
// or whose token is another one, are cut off.
func (a *access) admit(list []Analyst) error {
	next := map[string]seat{}
	for _, who := range list {
		acc, err := a.account(who.Name)
		if err != nil {
			return fmt.Errorf("analyst %s: %w", who.Name, err)
		}
		next[who.Name] = seat{who.Hash, acc}
	}
	a.mu.Lock()
	before := a.analysts
	a.analysts = next
	a.mu.Unlock()
	for name, s := range before {
		if next[name].hash != s.hash {
			a.cutOff(name)
		}
	}
	if len(before) == 0 && len(next) > 0 {
		a.cutOff("")
	}
	return nil
}

// account makes an analyst's account with its imports. It is kept when the
// analyst is revoked, without a way in.
func (a *access) account(name string) (*server.Account, error) {
	global := a.srv.GlobalAccount()
	acc, isNew := a.srv.LookupOrRegisterAccount("analyst-" + name)
	if !isNew {
		return acc, nil
	}
	if err := global.AddStreamExport(eventSubjects, nil); err != nil {
		return nil, err
	}
	if err := acc.AddStreamImport(global, eventSubjects, ""); err != nil {
		return nil, err
	}
	for _, subject := range services(name) {
		if err := global.AddServiceExportWithResponse(subject, server.Streamed, nil); err != nil {
			return nil, err
		}
		if err := acc.AddServiceImport(global, subject, subject); err != nil {
			return nil, err
		}
	}
	return acc, nil
}

// cutOff ends the connections of a user; those without a name came in when
// there were no analysts.
func (a *access) cutOff(user string) {
	list, err := a.srv.Connz(&server.ConnzOptions{Username: true, Limit: 1 << 16})
	if err != nil {
		return
	}
	for _, c := range list.Conns {
		if c.AuthorizedUser == user {
			_ = a.srv.DisconnectClientByID(c.Cid) // gone meanwhile is as good
		}
	}
}
