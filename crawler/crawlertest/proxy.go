package crawlertest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"sync"
	"time"
)

// Proxy is an HTTP proxy on loopback that answers for every host itself: plain
// requests, and CONNECT with certificates of its own authority. So virtual
// hosts have their own names, over http and https, without a resolver.
type Proxy struct {
	handler http.Handler
	ln      net.Listener
	plain   *http.Server
	secure  *http.Server
	tunnels *tunnels
	caPEM   []byte
	ca      *x509.Certificate
	key     *ecdsa.PrivateKey
	served  sync.WaitGroup

	mu    sync.Mutex
	certs map[string]*tls.Certificate
}

// NewProxy starts a proxy whose requests handler answers by r.Host, with
// r.URL.Scheme set. Close it.
func NewProxy(handler http.Handler) (*Proxy, error) {
	p := &Proxy{handler: handler, certs: map[string]*tls.Certificate{}}
	if err := p.authority(); err != nil {
		return nil, fmt.Errorf("make a certificate authority: %w", err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	p.ln, p.tunnels = ln, newTunnels()
	quiet := log.New(io.Discard, "", 0)
	p.plain = &http.Server{Handler: http.HandlerFunc(p.serve), ErrorLog: quiet}
	p.secure = &http.Server{Handler: withScheme("https", handler), ErrorLog: quiet}
	p.served.Add(2)
	go func() { defer p.served.Done(); _ = p.plain.Serve(ln) }()
	go func() { defer p.served.Done(); _ = p.secure.Serve(p.tunnels) }()
	return p, nil
}

// URL is the proxy's address, for crawler.proxy.
func (p *Proxy) URL() string { return "http://" + p.ln.Addr().String() }

// CA is the authority's certificate as PEM, for crawler.ca_file.
func (p *Proxy) CA() []byte { return p.caPEM }

// Close stops the proxy and its connections.
func (p *Proxy) Close() error {
	err := errors.Join(p.plain.Close(), p.secure.Close())
	p.tunnels.Close()
	p.served.Wait()
	return err
}

func withScheme(scheme string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Scheme, r.URL.Host = scheme, r.Host
		h.ServeHTTP(w, r)
	})
}

func (p *Proxy) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodConnect {
		p.connect(w, r)
		return
	}
	if r.URL.Host != "" {
		r.Host = r.URL.Host
	}
	withScheme("http", p.handler).ServeHTTP(w, r)
}

// connect turns a tunnel into a connection of the secure server.
func (p *Proxy) connect(w http.ResponseWriter, r *http.Request) {
	name, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	if _, err := io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		conn.Close()
		return
	}
	p.tunnels.give(tls.Server(conn, &tls.Config{
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return p.certificate(name) },
	}))
}

// authority makes the proxy's own certificate authority.
func (p *Proxy) authority() error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "crawlertest"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(7 * 24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		return err
	}
	p.key, p.caPEM = key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	p.ca, err = x509.ParseCertificate(der)
	return err
}

// certificate is that of a host, made at the first need.
func (p *Proxy) certificate(name string) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.certs[name]; c != nil {
		return c, nil
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(int64(len(p.certs) + 2)), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: p.ca.NotBefore, NotAfter: p.ca.NotAfter, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, p.ca, &p.key.PublicKey, p.key)
	if err != nil {
		return nil, err
	}
	c := &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: p.key}
	p.certs[name] = c
	return c, nil
}

// tunnels is a listener that is handed its connections.
type tunnels struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newTunnels() *tunnels {
	return &tunnels{conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (t *tunnels) give(c net.Conn) {
	select {
	case t.conns <- c:
	case <-t.closed:
		c.Close()
	}
}

// Accept is of net.Listener.
func (t *tunnels) Accept() (net.Conn, error) {
	select {
	case c := <-t.conns:
		return c, nil
	case <-t.closed:
		return nil, net.ErrClosed
	}
}

// Close is of net.Listener.
func (t *tunnels) Close() error {
	t.once.Do(func() { close(t.closed) })
	return nil
}

// Addr is of net.Listener.
func (t *tunnels) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }
