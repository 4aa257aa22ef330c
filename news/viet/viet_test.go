package viet_test

import (
	"strings"
	"testing"

	"sukien/news/viet"
)

// keys shows tokens as their keys, "_" before those without a blank before.
func keys(text string) string {
	var b strings.Builder
	for i, t := range viet.Tokenize(text) {
		if i > 0 && t.Space {
			b.WriteByte(' ')
		} else if i > 0 {
			b.WriteByte('_')
		}
		b.WriteString(t.Key)
	}
	return b.String()
}

func TestTokenizeKeys(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"plain":             {"Sáng nay, Hội nghị khai mạc.", "sáng nay_, hội nghị khai mạc_."},
		"hour":              {"7h30", "7_h_30"},
		"hour in capitals":  {"14G30", "14_g_30"},
		"unit":              {"25km 5G", "25_km 5_g"},
		"letters first":     {"G20 COP30 QH15 CO2 H1N1 h30", "g20 cop30 qh15 co2 h1n1 h30"},
		"forgotten blank":   {"ngày21 tháng11", "ngày_21 tháng_11"},
		"date":              {"21/11-3.5", "21_/_11_-_3_._5"},
		"ministry":          {"Bộ LĐ-TB&XH", "bộ lđ_-_tb_&_xh"},
		"decree":            {"63/2014/QH13", "63_/_2014_/_qh13"},
		"transliteration":   {"Xin-ga-po", "xin_-_ga_-_po"},
		"abbreviation":      {"TP.HCM", "tp_._hcm"},
		"dashes":            {"a‐b‑c–d—e−f", "a_-_b_-_c_-_d_-_e_-_f"},
		"quotes":            {"“a” „b\" «c» ‘d’", `"_a_" "_b_" "_c_" '_d_'`},
		"ellipsis":          {"rồi… thôi... nhé..", "rồi_… thôi_… nhé_…"},
		"breaks":            {"a \r\n \n b\u2028c", "a \n b_\n c"},
		"nbsp":              {"Hà\u00A0Nội", "hà nội"},
		"zero-width space":  {"họp\u200Btại", "họp tại"},
		"soft hyphen":       {"kết\u00AD quả k\u00ADết", "kết quả kết"},
		"byte order mark":   {"\uFEFFHội\uFEFF nghị", "hội nghị"},
		"new style":         {"hoà thuỷ khoẻ Hoà THUỶ", "hòa thủy khỏe hòa thủy"},
		"old style":         {"hòa thủy khỏe", "hòa thủy khỏe"},
		"before consonant":  {"hoàn hòan khỏang hùynh tòan", "hoàn hoàn khoảng huỳnh toàn"},
		"between vowels":    {"ngoài ngòai khuỷu khủyu", "ngoài ngoài khuỷu khuỷu"},
		"modified vowel":    {"thúê Nguỹên ngươì trứơc", "thuế nguyễn người trước"},
		"last vowel":        {"cuả điạ muà aó", "của địa mùa áo"},
		"after q":           {"quý qúy quả qủa QÚA quyền qúan", "quý quý quả quả quá quyền quán"},
		"after g":           {"gì giá già giữ gìn giếng", "gì giá già giữ gìn giếng"},
		"y and i":           {"Kỹ kĩ mỹ mĩ", "kỹ kĩ mỹ mĩ"},
		"foreign":           {"café Suárez Chloé Peláez Zoé José", "café suárez chloé peláez zoé josé"},
		"decomposed":        {"Ho\u0323\u0302i nghi\u0323 hoa\u0300", "hội nghị hòa"},
		"stray bytes":       {"a\xffb", "a_\uFFFD_b"},
		"private use point": {"• a \uF0B7 b", "• a • b"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := keys(c.text); got != c.want {
				t.Errorf("%q:\n got %q\nwant %q", c.text, got, c.want)
			}
		})
	}
}

func sentences(text string) []string {
	toks := viet.Tokenize(text)
	var out []string
	for _, s := range viet.Sentences(text, toks) {
		out = append(out, text[toks[s.From].Start:toks[s.To-1].End])
	}
	return out
}

func TestSentences(t *testing.T) {
	for name, want := range map[string][]string{
		"city":                 {"Hội nghị họp tại TP.HCM sáng nay.", "Ông Nam dự."},
		"city, spaced":         {"Đoàn đến Tp. Đà Nẵng.", "Sau đó về TP. Hồ Chí Minh."},
		"degrees":              {"TS. Bùi Quang Hưng, PGS.TS Lê Thị Mơ, GS. TS. Trần Văn Tí và ThS. Hà đã dự.", "Hết."},
		"dotted degree":        {"Ông mời Th.S. Nguyễn Văn Tí và P.G.S. Lê Mơ."},
		"hour":                 {"Lễ bắt đầu lúc 7h30.", "Khách đến sớm."},
		"district":             {"Ở Q.1 và Q. 3, P. Bến Nghé có họp.", "Xong."},
		"and so on":            {"Có bàn, ghế, v.v. và nhiều thứ.", "Có cả cờ, v.v.", "Ông Tí nói."},
		"forms of address":     {"Mr. Park và Dr. Lee đến.", "Họ về."},
		"initial":              {"Tổng thống George W. Bush thăm.", "Nhà văn J.K. Rowling cũng vậy."},
		"group, not a name":    {"Đội ở Bảng A.", "Các đội khác nghỉ."},
		"initial after office": {"Tổng thống V. Putin gặp HLV R. Garcia (Anh).", "Xong."},
		"name withheld":        {"Bị cáo Vũ Thế L. (sinh năm 1980) và anh D. - chủ nhà nói.", "Hết."},
		"ministry at the end":  {"Theo Bộ GD&ĐT.", "Do vậy, Sở KH-CN.", "Đồng thời trễ 30ms.", "Tuy nhiên biến đổi gen.", "Học sinh ăn no.", "Hết."},
		"short word":           {"Ông về Mỹ.", "Ngoài ra có Find My.", "Họ xem."},
		"decimals":             {"Có 1.200 người, tăng 3.5 lần.", "Năm 2019.", "15 nước dự."},
		"quote closed":         {"Ông nói: “Chúng ta sẽ làm.”", "Mọi người vỗ tay."},
		"quote goes on":        {"“Chúng tôi sẽ làm.” ông Tí nói."},
		"question in quote":    {"“Họp ở đâu?”, bà hỏi.", "Ai đáp?!", "Không ai."},
		"ellipsis":             {"Có cam, quýt… và bưởi... nữa.", "Hết…", "Xong."},
		"bullets":              {"Gồm:\n", "- Họp báo\n", "+ Khai mạc.\n", "• Bế mạc"},
		"list":                 {"1. Hội nghị bàn việc.", "Xong.\n", "II. Kết quả"},
		"forgotten blank":      {"Hội nghị bế mạc hôm nay.", "Ông Tí phát biểu."},
		"address of a site":    {"Xem tại sukien.vn hoặc a.b.c nhé."},
		"in brackets":          {"Lễ kết thúc (theo ban tổ chức.)", "Khách ra về."},
		"lower case":           {"Xem tr. 15 và tp. Vinh nhé."},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Join(want, " ")
			for i := range want {
				want[i] = strings.TrimSpace(want[i])
			}
			if name == "forgotten blank" {
				text = strings.Join(want, "")
			}
			got := sentences(text)
			if strings.Join(got, "|") != strings.Join(want, "|") {
				t.Errorf("\n got %q\nwant %q", got, want)
			}
		})
	}
}
