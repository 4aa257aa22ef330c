package viet_test

import (
	"fmt"
	"testing"

	"sukien/news/viet"
)

func TestShape(t *testing.T) {
	for text, want := range map[string]viet.Shape{
		"hội": viet.Lower, "Hội": viet.Title, "Q": viet.Title, "Đ": viet.Title, "HỘI": viet.Upper, "TTXVN": viet.Upper,
		"G20": viet.Upper, "Covid19": viet.Title, "iPhone": viet.Mixed, "ThS": viet.Mixed, "co2": viet.Lower, "日本": viet.Lower,
		"Ho\u0323\u0302i": viet.Title, "HO\u0323\u0302I": viet.Upper,
	} {
		if got := viet.Tokenize(text); len(got) != 1 || got[0].Shape != want {
			t.Errorf("%s: %+v, want one token of shape %d", text, got, want)
		}
	}
}

func TestSpaceAndKind(t *testing.T) {
	got := ""
	for _, k := range viet.Tokenize(" A 1,\n b") {
		got += fmt.Sprintf("%d%v ", k.Kind, k.Space)
	}
	if want := "0true 1true 2false 3false 0true "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNumeral(t *testing.T) {
	for text, want := range map[string][2]int{
		"hai": {2, 1}, "mười": {10, 1}, "mười lăm": {15, 2}, "mười một nước": {11, 2}, "mười năm qua": {10, 1},
		"hai mươi": {20, 2}, "hai mươi mốt": {21, 3}, "hai mươi tư": {24, 3}, "ba mươi nhăm": {35, 3}, "hai mươi năm": {20, 2},
		"hai mốt": {21, 2}, "ba lăm": {35, 2}, "hăm ba": {23, 2}, "mồng hai": {2, 2}, "mùng 3": {3, 2}, "mùng": {0, 0}, "mùng 30": {0, 0},
		"một trăm": {100, 2}, "một trăm linh năm": {105, 4}, "hai trăm lẻ tư": {204, 4}, "một trăm năm mươi": {150, 4}, "một trăm năm qua": {100, 2},
		"hai nghìn không trăm mười chín": {2019, 6}, "hai ngàn": {2000, 2}, "ba nghìn năm trăm": {3500, 4}, "một nghìn linh một": {1001, 4},
		"chín nghìn chín trăm chín mươi chín": {9999, 7}, "21": {21, 1}, "1.200 người": {1200, 3}, "1.200.000": {0, 0}, "12.500": {0, 0}, "10.10.2021": {10, 1},
		"12345": {0, 0}, "mười nghìn": {0, 0}, "hai trăm triệu": {0, 0}, "hai triệu": {0, 0}, "hội": {0, 0}, "linh": {0, 0}, "": {0, 0},
	} {
		if n, used := viet.Numeral(viet.Tokenize(text)); n != want[0] || used != want[1] {
			t.Errorf("Numeral(%q) = %d, %d, want %v", text, n, used, want)
		}
	}
}

func TestRoman(t *testing.T) {
	for s, want := range map[string]int{
		"I": 1, "III": 3, "IV": 4, "IX": 9, "XIII": 13, "XIV": 14, "XL": 40, "XC": 90, "CDXLIV": 444, "MIX": 1009, "MMXXI": 2021, "MMMCMXCIX": 3999,
		"": 0, "IIII": 0, "VV": 0, "IL": 0, "XIIX": 0, "MMMM": 0, "IXI": 0, "CMD": 0, "xiv": 0, "VIP": 0, "CIVIL": 0,
	} {
		if n, ok := viet.Roman(s); n != want && ok || ok != (want > 0) {
			t.Errorf("Roman(%q) = %d, %v, want %d", s, n, ok, want)
		}
	}
}

func TestIsSyllable(t *testing.T) {
	for _, s := range []string{"nguyễn", "trần", "phúc", "quý", "quốc", "gì", "gìn", "giếng", "giá", "nghiêng", "khuỷu", "thủy", "hòa", "khuya",
		"y", "ở", "ý", "yên", "quỳnh", "quyết", "xoong", "đặng", "ngoằn", "ghế", "kiên", "cường", "ư", "pin", "quýt", "uyên", "oanh", "giặt", "huýt", "loắt"} {
		if !viet.IsSyllable(s) {
			t.Errorf("IsSyllable(%q) = false", s)
		}
	}
	for _, s := range []string{"", "g", "bush", "george", "gra", "kuala", "zoé", "tập1", "cat", "nghà", "ngế", "kà", "cế", "việtt", "hoc", "w", "fa", "jan", "q", "quk", "strong", "hộ1i"} {
		if viet.IsSyllable(s) {
			t.Errorf("IsSyllable(%q) = true", s)
		}
	}
}

func TestFold(t *testing.T) {
	for s, want := range map[string]string{
		"Đà Nẵng": "da nang", "ĐÔNG ĐÔ": "dong do", "Hội nghị": "hoi nghi", "ho\u0323\u0302i": "hoi", "Tuy\u00A0Hòa": "tuy hoa",
		"Viêng Chăn–Huế": "vieng chan-hue", "Ærø Łódź ß": "aero lodz ss", "k\u00ADết": "ket", "日本": "日本",
	} {
		if got := viet.Fold(s); got != want {
			t.Errorf("Fold(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestKey(t *testing.T) {
	for s, want := range map[string]string{
		"  Bộ  Y\u00A0tế ": "bộ y tế", "LĐ-TB&XH": "lđ - tb & xh", "HOÀ\nBÌNH": "hòa bình", "hòa": "hòa", "": "", "\n": "",
	} {
		if got := viet.Key(s); got != want {
			t.Errorf("Key(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestClauses(t *testing.T) {
	const text = "Hội nghị bàn ba việc; họp báo vào thứ Hai — ông Tí, trưởng ban nói – rồi bế mạc; hết"
	toks := viet.Tokenize(text)
	var got []string
	for _, c := range viet.Clauses(text, toks, viet.Span{From: 0, To: len(toks)}) {
		got = append(got, text[toks[c.From].Start:toks[c.To-1].End])
	}
	if want := 4; len(got) != want || got[2] != "ông Tí, trưởng ban nói – rồi bế mạc" {
		t.Errorf("got %q", got)
	}
}
