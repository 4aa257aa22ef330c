package people_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"sukien/configs"
	"sukien/extractor/people"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// places stand in for the gazetteer, so that the tests do not hang on it.
const places = `class: place
case: title
entries:
  - {id: x-lao, name: Lào, kind: country, country: LA}
  - {id: x-my, name: Mỹ, kind: country, country: US, variants: [Hoa Kỳ]}
  - {id: x-thai, name: Thái Lan, kind: country, country: TH}
  - {id: x-phap, name: Pháp, kind: country, country: FR}
  - {id: x-tbn, name: Tây Ban Nha, kind: country, country: ES}
  - {id: x-malaysia, name: Malaysia, kind: country, country: MY}
  - {id: x-vn, name: Việt Nam, kind: country, country: VN}
  - {id: x-tq, name: Trung Quốc, kind: country, country: CN}
  - {id: x-vinh-long, name: Vĩnh Long, kind: province, country: VN}
  - {id: x-ha-giang, name: Hà Giang, kind: province, country: VN}
  - {id: x-nghe-an, name: Nghệ An, kind: province, country: VN}
`

// dictionaries are those that ship, with the places.
func dictionaries(tb testing.TB) *lexicon.Lexicon {
	tb.Helper()
	merged := fstest.MapFS{"places-test.yaml": {Data: []byte(places)}}
	shipped, err := fs.Sub(configs.FS, "lexicon")
	if err != nil {
		tb.Fatal(err)
	}
	err = fs.WalkDir(shipped, ".", func(name string, d fs.DirEntry, err error) error {
		base := d.Name()
		if err != nil || d.IsDir() || !hasAnyPrefix(base, "titles", "bodies", "people") {
			return err
		}
		data, err := fs.ReadFile(shipped, name)
		merged[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	lex, err := lexicon.Load(merged)
	if err != nil {
		tb.Fatal(err)
	}
	return lex
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

type finder struct {
	lex *lexicon.Lexicon
	f   *people.Finder
}

func newFinder(tb testing.TB) finder {
	lex := dictionaries(tb)
	return finder{lex, people.New(lex)}
}

func (x finder) find(text string) []people.Person {
	toks := viet.Tokenize(text)
	return x.f.Find(text, toks, viet.Sentences(text, toks), x.lex.Scan(toks))
}

func (x finder) bodies(text string) []people.Body {
	toks := viet.Tokenize(text)
	return x.f.Bodies(text, toks, x.lex.Scan(toks))
}

// brief writes persons as "Name|title{org}+title{org}", those without name as "-".
func brief(ps []people.Person) string {
	var out []string
	for _, p := range ps {
		var offices []string
		for _, o := range p.Offices {
			offices = append(offices, o.Title+"{"+o.Org+"}")
		}
		name := p.Name
		if name == "" {
			name = "-"
		}
		if p.Absent() {
			name += "!"
		}
		out = append(out, name+"|"+strings.Join(offices, "+"))
	}
	return strings.Join(out, " ; ")
}

func TestFind(t *testing.T) {
	x := newFinder(t)
	for _, row := range []struct{ name, text, want string }{
		{"title before the name", "Thứ trưởng Bộ Y tế Lê Hoài Phúc dự hội nghị.", "Lê Hoài Phúc|Thứ trưởng{Bộ Y tế}"},
		{"abbreviated ministry and State", "Thứ trưởng Bộ LĐ-TB&XH Việt Nam Lê Hoài Phúc phát biểu.", "Lê Hoài Phúc|Thứ trưởng{Bộ LĐ-TB&XH Việt Nam}"},
		{"field without ministry", "Bộ trưởng Ngoại giao Phan Tuấn Hải chủ trì.", "Phan Tuấn Hải|Bộ trưởng Ngoại giao{Bộ Ngoại giao}"},
		{"field and State", "Bộ trưởng Ngoại giao Lào Khamsone Vilaysack phát biểu.", "Khamsone Vilaysack|Bộ trưởng Ngoại giao{Lào}"},
		{"State in formal style", "Thủ tướng Vương quốc Tây Ban Nha Pablo Cortés tiếp đoàn.", "Pablo Cortés|Thủ tướng{Vương quốc Tây Ban Nha}"},
		{"State is no part of the name", "Thủ tướng Malaysia Azlan Rahim đến dự.", "Azlan Rahim|Thủ tướng{Malaysia}"},
		{"provincial body", "Bí thư Tỉnh ủy Vĩnh Long Trần Hữu Nghiệp dự.", "Trần Hữu Nghiệp|Bí thư{Tỉnh ủy Vĩnh Long}"},
		{"unknown commune", "Chủ tịch UBND xã Mường Vắt Lò Văn Pím cho biết.", "Lò Văn Pím|Chủ tịch{UBND xã Mường Vắt}"},
		{"commune not named", "Phó Chủ tịch UBND xã Phạm Thúy Ngân nhấn mạnh.", "Phạm Thúy Ngân|Phó Chủ tịch{UBND xã}"},
		{"party titles in a row", "Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy Hà Giang Trần Hữu Nghiệp dự.", "Trần Hữu Nghiệp|Ủy viên Trung ương Đảng{Trung ương Đảng}+Bí thư{Tỉnh ủy Hà Giang}"},
		{"title after the name", "Bà Somsri Chaiyaporn, Phó Thư ký Thường trực Bộ Phát triển Xã hội và An ninh Con người, Thái Lan, đồng chủ trì.", "Somsri Chaiyaporn|Phó Thư ký Thường trực{Bộ Phát triển Xã hội và An ninh Con người}"},
		{"bracketed abbreviation", "tiếp bà Anne-Claire Morel, Phó Tổng Giám đốc Cơ quan phát triển Pháp (AFD).", "Anne-Claire Morel|Phó Tổng Giám đốc{Cơ quan phát triển Pháp}"},
		{"hyphen", "Ông Vũ Đình Khang - Giám đốc Sở Y tế tỉnh Nghệ An - cho biết.", "Vũ Đình Khang|Giám đốc{Sở Y tế tỉnh Nghệ An}"},
		{"many titles after", "đồng chí Lê Hoài Phúc, Ủy viên Bộ Chính trị, Thủ tướng Chính phủ dự.", "Lê Hoài Phúc|Ủy viên Bộ Chính trị{Bộ Chính trị}+Thủ tướng Chính phủ{Chính phủ}"},
		{"people share a plural title", "các Phó Thủ tướng: Lê Hoài Phúc, Trần Hữu Nghiệp và Vũ Đình Khang.", "Lê Hoài Phúc|Phó Thủ tướng{} ; Trần Hữu Nghiệp|Phó Thủ tướng{} ; Vũ Đình Khang|Phó Thủ tướng{}"},
		{"comrades with posts of their own", "Các đồng chí Ủy viên Bộ Chính trị: Lê Hoài Phúc, Bí thư Trung ương Đảng; Trần Hữu Nghiệp, Bộ trưởng Bộ Công an.", "Lê Hoài Phúc|Ủy viên Bộ Chính trị{Bộ Chính trị}+Bí thư Trung ương Đảng{Trung ương Đảng} ; Trần Hữu Nghiệp|Ủy viên Bộ Chính trị{Bộ Chính trị}+Bộ trưởng{Bộ Công an}"},
		{"names behind a colon", "Lãnh đạo tỉnh dự họp: Lê Phúc, Trần Nghiệp và ông Vũ Đình Khang.", "Lê Phúc| ; Trần Nghiệp| ; Vũ Đình Khang|"},
		{"places in brackets", "trao quyết định cho các Đại sứ: Lê Hoài Phúc (tại Lào), Trần Hữu Nghiệp (tại Pháp).", "Lê Hoài Phúc|Đại sứ{} ; Trần Hữu Nghiệp|Đại sứ{}"},
		{"firm and its foreign head", "Chủ tịch Tập đoàn Zentrix Jonas Halvorsen đến.", "Jonas Halvorsen|Chủ tịch{Tập đoàn Zentrix}"},
		{"counterpart", "Bộ trưởng Ngoại giao Phan Tuấn Hải và người đồng cấp Lào Khamsone Vilaysack.", "Phan Tuấn Hải|Bộ trưởng Ngoại giao{Bộ Ngoại giao} ; Khamsone Vilaysack|Bộ trưởng Ngoại giao{Lào}"},
		{"next person's title", "Thủ tướng Lê Hoài Phúc, Bộ trưởng Bộ Y tế Trần Hữu Nghiệp dự.", "Lê Hoài Phúc|Thủ tướng{} ; Trần Hữu Nghiệp|Bộ trưởng{Bộ Y tế}"},
		{"rank", "Đại tướng Vũ Đình Khang, Bộ trưởng Bộ Quốc phòng chủ trì.", "Vũ Đình Khang|Bộ trưởng{Bộ Quốc phòng}"},
		{"degree between title and name", "Giám đốc Bệnh viện K, PGS.TS. Trần Hữu Nghiệp cho biết.", "Trần Hữu Nghiệp|Giám đốc{Bệnh viện K}"},
		{"body then honorific", "Bí thư Tỉnh ủy Hà Giang, bà Phạm Thúy Ngân yêu cầu.", "Phạm Thúy Ngân|Bí thư{Tỉnh ủy Hà Giang}"},
		{"name ends before a word of time", "Thủ tướng Lê Hoài Phúc Sáng 5/3 đã dự.", "Lê Hoài Phúc|Thủ tướng{}"},
		{"two surnames", "Bộ trưởng Nguyễn Phạm Hoài An dự.", "Nguyễn Phạm Hoài An|Bộ trưởng{}"},
		{"initial and suffix", "Tổng thống James K. Harlow Jr. phát biểu.", "James K. Harlow Jr|Tổng thống{}"},
		{"particles", "Chủ tịch Ủy ban châu Âu Helga von der Heide đến.", "Helga von der Heide|Chủ tịch{Ủy ban châu Âu}"},
		{"transliterated", "Chủ tịch nước Xổm-phong Kẹo-mạ-ny tiếp.", "Xổm-phong Kẹo-mạ-ny|Chủ tịch nước{}"},
		{"one name after the honorific", "Ông Vũ Đình Khang phát biểu. Theo ông Khang, việc này cần.", "Vũ Đình Khang| ; Khang|"},
		{"office alone", "Thủ tướng Lê Hoài Phúc đến. Thủ tướng nhấn mạnh việc này.", "Lê Hoài Phúc|Thủ tướng{} ; -|Thủ tướng{}"},
		{"school named after a person", "Hiệu trưởng Trường THPT Lê Văn Tám cho biết.", "-|Hiệu trưởng{Trường THPT Lê Văn Tám}"},
		{"head of that school", "Hiệu trưởng Trường THPT Trần Quang Tâm Nguyễn Thị Yên cho biết.", "Nguyễn Thị Yên|Hiệu trưởng{Trường THPT Trần Quang Tâm}"},
		{"street", "tại số 5 đường Trần Quang Tâm có họp.", ""},
		{"lower-case second halves", "Chủ tịch Hội Vô tuyến Điện tử Việt Nam Vũ Đình Khang nói.", "Vũ Đình Khang|Chủ tịch{Hội Vô tuyến Điện tử Việt Nam}"},
		{"enumerating ministry", "Giám đốc Sở Văn hóa, Thể thao và Du lịch Vũ Đình Khang nói.", "Vũ Đình Khang|Giám đốc{Sở Văn hóa, Thể thao và Du lịch}"},
		{"chief of staff of a region", "Đại tá Vũ Đình Khang, Phó Tư lệnh kiêm Tham mưu trưởng Quân khu 5 chủ trì.", "Vũ Đình Khang|Phó Tư lệnh{}+Tham mưu trưởng{Quân khu 5}"},
		{"appointed", "Đồng chí Vũ Đình Khang giữ chức Bí thư Tỉnh ủy Hà Giang.", "Vũ Đình Khang|Bí thư{Tỉnh ủy Hà Giang}"},
		{"ambassador", "Đại sứ Việt Nam tại Trung Quốc Vũ Đình Khang trả lời.", "Vũ Đình Khang|Đại sứ{Việt Nam}"},
		{"function of an office", "ông Vũ Đình Khang - Giám đốc kinh doanh khu vực châu Á của Zentrix cho rằng", "Vũ Đình Khang|Giám đốc kinh doanh{Zentrix}"},
		{"foreign and bare with office behind", "“Cần thời gian”, Conrad Whitley, đặc phái viên của Mỹ nói.", "Conrad Whitley|đặc phái viên{Mỹ}"},
		{"former", "nguyên Chủ tịch Quốc hội Vũ Đình Khang dự.", "Vũ Đình Khang|nguyên Chủ tịch Quốc hội{Quốc hội}"},
		{"a nameless one represented", "Thừa ủy quyền Thủ tướng Chính phủ, Bộ trưởng Bộ Y tế Trần Hữu Nghiệp trình bày.", "Trần Hữu Nghiệp|Bộ trưởng{Bộ Y tế}"},
		{"two offices of one represented", "Thay mặt Tổng Bí thư, Chủ tịch nước Lê Hoài Phúc, Bộ trưởng Bộ Y tế Trần Hữu Nghiệp dâng hoa.", "Lê Hoài Phúc!|Tổng Bí thư{}+Chủ tịch nước{} ; Trần Hữu Nghiệp|Bộ trưởng{Bộ Y tế}"},
		{"represented", "Thừa ủy quyền Thủ tướng Chính phủ Lê Hoài Phúc, Bộ trưởng Bộ Y tế Trần Hữu Nghiệp trình bày.", "Lê Hoài Phúc!|Thủ tướng Chính phủ{Chính phủ} ; Trần Hữu Nghiệp|Bộ trưởng{Bộ Y tế}"},
		{"flowers", "Chủ tịch nước Lê Hoài Phúc gửi lẵng hoa chúc mừng.", "Lê Hoài Phúc!|Chủ tịch nước{}"},
		{"photographer", "Quang cảnh hội nghị. (Ảnh: Trần Hữu Nghiệp)", "Trần Hữu Nghiệp!|"},
		{"byline", "Hội nghị đã bế mạc.\nTrần Hữu Nghiệp", "Trần Hữu Nghiệp!|"},
		{"all capitals", "THỦ TƯỚNG LÊ HOÀI PHÚC TIẾP BỘ TRƯỞNG LÀO", "LÊ HOÀI PHÚC|THỦ TƯỚNG{} ; -|BỘ TRƯỞNG{LÀO}"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := brief(x.find(row.text)); got != row.want {
				t.Errorf("%s\n got %s\nwant %s", row.text, got, row.want)
			}
		})
	}
}
