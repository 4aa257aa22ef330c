package viet_test

import (
	"strings"
	"testing"

	"sukien/news/viet"
)

// asLatin is body as a program writes it that takes it for Latin-1.
func asLatin(body []byte) string {
	var sb strings.Builder
	for _, c := range body {
		sb.WriteRune(rune(c))
	}
	return sb.String()
}

func TestUnfont(t *testing.T) {
	small := strings.ToLower(prose)
	tests := []struct{ name, in, want string }{
		{"TCVN 3", asLatin(inverse(t, small, tcvn3Table())), small},
		{"VNI", asLatin(inverse(t, small, vniTable(t))), small},
		{"one sentence", asLatin(inverse(t, "hội nghị bàn về rừng ngập mặn", tcvn3Table())), "hội nghị bàn về rừng ngập mặn"},
		{"Unicode", prose, prose},
		{"Unicode without letters of its own", "Bà Lò cùng bố, tôi và cô Hà ra chòi canh cá từ tháng tám", "Bà Lò cùng bố, tôi và cô Hà ra chòi canh cá từ tháng tám"},
		{"French", "Le café était fermé, où êtes-vous passés à côté de l'église où naît la fête", "Le café était fermé, où êtes-vous passés à côté de l'église où naît la fête"},
		{"Spanish", "¿Dónde está el pingüino? El niño soñó con mañanas frías en París", "¿Dónde está el pingüino? El niño soñó con mañanas frías en París"},
		{"no letters above ASCII", "Hoi nghi ban ve rung", "Hoi nghi ban ve rung"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := viet.Unfont(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
