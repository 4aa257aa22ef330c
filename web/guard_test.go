package web_test

import (
	"net/http/httptest"
	"testing"

	"sukien/web"
)

func TestNamesOfOthersAreRefused(t *testing.T) {
	cfg := config(silent{})
	cfg.Hosts = []string{"su-kien.example"}
	h, err := web.Handler(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name, host string
		status     int
	}{
		{"this machine", "localhost:8080", 200},
		{"an address", "127.0.0.1:8080", 200},
		{"an address of version 6", "[::1]:8080", 200},
		{"a name that is set", "Su-Kien.example", 200},
		{"a name rebound to this machine", "evil.example:8080", 403},
		{"a name below localhost", "localhost.evil.example", 403},
		{"no name", "", 403},
	} {
		t.Run(row.name, func(t *testing.T) {
			for _, path := range []string{"/", "/api/v1/events", "/metrics-that-are-not-there"} {
				r := httptest.NewRequest("GET", path, nil)
				r.Host = row.host
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if refused := w.Code == 403; refused != (row.status == 403) {
					t.Errorf("%s: status %d, want %d", path, w.Code, row.status)
				}
			}
		})
	}
}
