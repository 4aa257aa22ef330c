package web_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestContrast computes WCAG 2.2's contrast of every pair of colours that the
// style puts on each other, light and dark: 4.5 for text (1.4.3), 3 for edges of
// controls, bars and marks on the map (1.4.11).
func TestContrast(t *testing.T) {
	css, err := os.ReadFile("static/sukien.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, _ := strings.Cut(string(css), "prefers-color-scheme: dark")
	dark, _, _ = strings.Cut(dark, "} }")
	pairs := []struct {
		over, under string
		least       float64
	}{
		{"ink", "paper", 4.5}, {"soft", "paper", 4.5}, {"accent", "paper", 4.5}, {"been", "paper", 4.5}, {"warn", "paper", 4.5}, {"paper", "accent", 4.5},
		{"ink", "raised", 4.5}, {"soft", "raised", 4.5}, {"accent", "raised", 4.5}, {"soft", "sea", 4.5},
		{"mark-ink", "mark", 4.5}, {"mark-ink", "mark-time", 4.5}, {"mark-ink", "mark-place", 4.5}, {"mark-ink", "mark-who", 4.5}, {"mark-ink", "mark-body", 4.5},
		{"edge", "paper", 3}, {"accent", "land", 3}, {"accent", "home", 3}, {"accent", "sea", 3}, {"edge", "sea", 3},
	}
	for name, part := range map[string]string{"light": light, "dark": dark} {
		colours := coloursOf(t, part)
		for _, p := range pairs {
			over, ok1 := colours[p.over]
			under, ok2 := colours[p.under]
			if !ok1 || !ok2 {
				t.Errorf("%s: no colour %s or %s", name, p.over, p.under)
				continue
			}
			if got := contrast(over, under); got < p.least {
				t.Errorf("%s: %s on %s has a contrast of %.2f, want %.1f", name, p.over, p.under, got, p.least)
			}
		}
	}
	body := string(css)[strings.Index(string(css), "* { box-sizing"):strings.Index(string(css), "@media print")]
	if stray := regexp.MustCompile(`#[0-9a-fA-F]{3,6}\b`).FindAllString(body, -1); len(stray) > 0 {
		t.Errorf("colours beside the named ones, which this test does not see: %v", stray)
	}
}

var colour = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6})`)

// coloursOf are the relative luminances of the named colours.
func coloursOf(t *testing.T, css string) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	for _, m := range colour.FindAllStringSubmatch(css, -1) {
		n, err := strconv.ParseUint(m[2], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		out[m[1]] = 0.2126*linear(n>>16) + 0.7152*linear(n>>8&0xff) + 0.0722*linear(n&0xff)
	}
	return out
}

func linear(n uint64) float64 {
	c := float64(n) / 255
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}

func contrast(a, b float64) float64 { return (math.Max(a, b) + 0.05) / (math.Min(a, b) + 0.05) }
