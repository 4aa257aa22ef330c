package people_test

import (
	"strings"
	"testing"

	"sukien/extractor/people"
)

// joined writes officials as "Name|title|org".
func joined(list []people.Official) string {
	var out []string
	for _, o := range list {
		s := o.Name + "|" + o.Title + "|" + o.Org
		if o.Absent {
			s += "|absent"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ; ")
}

func TestJoin(t *testing.T) {
	x := newFinder(t)
	for _, row := range []struct{ name, text, want string }{
		{"later mention by title", "Bộ trưởng Bộ Y tế Lê Hoài Phúc chủ trì. Bộ trưởng Lê Hoài Phúc kết luận.", "Lê Hoài Phúc|Bộ trưởng|Bộ Y tế"},
		{"by the last syllable", "Ông Vũ Đình Khang, Giám đốc Sở Y tế tỉnh Nghệ An báo cáo. Ông Khang nói thêm.", "Vũ Đình Khang|Giám đốc|Sở Y tế tỉnh Nghệ An"},
		{"office given later", "Ông Vũ Đình Khang nói. Theo Chủ tịch UBND tỉnh Nghệ An Vũ Đình Khang, việc đã xong.", "Vũ Đình Khang|Chủ tịch|UBND tỉnh Nghệ An"},
		{"foreign, by the family name", "Tổng thống Mỹ Conrad Whitley đến. Ông Whitley phát biểu.", "Conrad Whitley|Tổng thống|Mỹ"},
		{"Chinese, by the family name", "Ngoại trưởng Trung Quốc Khương Dật Phàm dự. Ông Khương nói.", "Khương Dật Phàm|Ngoại trưởng|Trung Quốc"},
		{"weightier office, body of the other", "Phó Thủ tướng Lê Hoài Phúc, Chủ tịch Hội đồng An toàn quốc gia chủ trì.", "Lê Hoài Phúc|Phó Thủ tướng|Hội đồng An toàn quốc gia"},
		{"another State's office is not his", "Thủ tướng Lê Hoài Phúc hội đàm với Thủ tướng Lào.", "Lê Hoài Phúc|Thủ tướng|"},
		{"ministry named once in the text", "Bộ Y tế tổ chức hội nghị. Thứ trưởng Lê Hoài Phúc chủ trì.", "Lê Hoài Phúc|Thứ trưởng|Bộ Y tế"},
		{"two ministries leave it open", "Bộ Y tế và Bộ Công an tổ chức hội nghị. Thứ trưởng Lê Hoài Phúc chủ trì.", "Lê Hoài Phúc|Thứ trưởng|"},
		{"one present, one represented", "Thừa ủy quyền Thủ tướng Lê Hoài Phúc, Bộ trưởng Bộ Y tế Trần Hữu Nghiệp đọc.", "Lê Hoài Phúc|Thủ tướng||absent ; Trần Hữu Nghiệp|Bộ trưởng|Bộ Y tế"},
		{"a longer name is another person", "Bà Phạm Thị Thanh và bà Phạm Thị Thanh Ngân dự.", "Phạm Thị Thanh|| ; Phạm Thị Thanh Ngân||"},
		{"middle name left out", "Phó Tổng thống Delia Marquez Prado đến. Bà Delia Marquez phát biểu.", "Delia Marquez Prado|Phó Tổng thống|"},
		{"initial", "Tổng thống Mỹ C. Whitley hủy họp. Tổng thống Mỹ Conrad Whitley nói.", "Conrad Whitley|Tổng thống|Mỹ"},
		{"two in one word", "hai Tổng thống Whitley-Makarin. Tổng thống Mỹ Conrad Whitley và Tổng thống Lào Sergei Makarin đến.", "Whitley-Makarin|Tổng thống||absent ; Conrad Whitley|Tổng thống|Mỹ ; Sergei Makarin|Tổng thống|Lào"},
		{"office of a body is not that of the State", "Chủ tịch nước Lê Hoài Phúc tiếp khách. Chủ tịch ASEAN cảm ơn.", "Lê Hoài Phúc|Chủ tịch nước|"},
		{"initial of another", "Ông D. Whitley và ông Conrad Whitley nói.", "D. Whitley|| ; Conrad Whitley||"},
		{"the dead are dead everywhere", "Cố nghệ sĩ Conrad Whitley được vinh danh. Ông Whitley đóng nhiều phim.", "Conrad Whitley|Cố nghệ sĩ||absent"},
		{"i and y", "Ông Bùi Sĩ Khang, Giám đốc Sở Y tế dự. Ông Bùi Sỹ Khang phát biểu.", "Bùi Sĩ Khang|Giám đốc|Sở Y tế"},
		{"what stands beside the name goes first", "Nhận lời mời của Bộ trưởng Bộ Y tế Việt Nam, đoàn do ông Ngụy Vĩnh Hòa, Bộ trưởng Bộ Y tế dẫn đầu thăm Hà Nội. Bộ trưởng Bộ Y tế Trung Quốc Ngụy Vĩnh Hòa phát biểu.", "Ngụy Vĩnh Hòa|Bộ trưởng|Bộ Y tế Trung Quốc"},
		{"marks of a name amiss", "Ông Huỳnh Thành Khang, Giám đốc Sở Y tế dự. Ông Huỳnh Thanh Khang, Giám đốc Sở Y tế phát biểu.", "Huỳnh Thành Khang|Giám đốc|Sở Y tế"},
		{"alike, but two can hold the office", "Phó Giám đốc Sở Y tế Huỳnh Thành Khang dự. Phó Giám đốc Sở Y tế Huỳnh Thanh Khang phát biểu.", "Huỳnh Thành Khang|Phó Giám đốc|Sở Y tế ; Huỳnh Thanh Khang|Phó Giám đốc|Sở Y tế"},
		{"a high office, marks amiss", "Phó Thủ tướng Lê Đức Phúc dự. Phó Thủ tướng Lê Đưc Phúc phát biểu.", "Lê Đức Phúc|Phó Thủ tướng|"},
		{"hospital without its name", "Bác sĩ Vũ Đình Khang, Giám đốc Bệnh viện phát biểu.", "Vũ Đình Khang|Giám đốc|Bệnh viện"},
		{"spoken to, not the speaker", "Báo cáo với Chủ tịch nước, bác sĩ Vũ Đình Khang, Giám đốc Bệnh viện Phổi cho biết.", "Vũ Đình Khang|Giám đốc|Bệnh viện Phổi"},
		{"two highest offices of one", "Trao đổi với Tổng Bí thư, Chủ tịch nước Lê Hoài Phúc.", "Lê Hoài Phúc|Tổng Bí thư|"},
		{"chamber of an assembly", "Chủ tịch Duma Quốc gia Quốc hội Mỹ Conrad Whitley phát biểu.", "Conrad Whitley|Chủ tịch|Duma Quốc gia Quốc hội Mỹ"},
		{"larger body behind của", "Trưởng ban Công tác đại biểu của Ủy ban Thường vụ Quốc hội Lê Hoài Phúc phát biểu.", "Lê Hoài Phúc|Trưởng ban|ban Công tác đại biểu"},
		{"hospital's name and a whole name", "Giám đốc bệnh viện Bạch Mai Nguyễn Đình Khang phát biểu.", "Nguyễn Đình Khang|Giám đốc|bệnh viện Bạch Mai"},
		{"federal state", "Thống đốc bang Nam Malaysia Conrad Whitley phát biểu.", "Conrad Whitley|Thống đốc|bang Nam Malaysia"},
		{"second field of a minister", "Bộ trưởng Ngoại giao và Hợp tác Đông Phi Lào Conrad Whitley phát biểu.", "Conrad Whitley|Bộ trưởng Ngoại giao và Hợp tác Đông Phi|Lào"},
		{"a firm is no person", "Ông Vũ Đình Khang, Chủ tịch HĐQT Hòa Khang, trả lời. Chủ tịch Hòa Khang nói thêm.", "Vũ Đình Khang|Chủ tịch HĐQT|Hòa Khang"},
		{"on a board and at the head of the firm", "Ông Vũ Đình Khang, Phó Chủ tịch HĐQT kiêm Tổng Giám đốc Zentrix nói.", "Vũ Đình Khang|Tổng Giám đốc|Zentrix"},
		{"academy in short", "Đoàn Học viện Biển do ông Vũ Đình Khang, Quyền Giám đốc Học viện dẫn đầu.", "Vũ Đình Khang|Quyền Giám đốc|Học viện"},
		{"rank where there is no office", "Đại tá Vũ Đình Khang chủ trì.", "Vũ Đình Khang|Đại tá|"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := joined(people.Join(x.find(row.text))); got != row.want {
				t.Errorf("%s\n got %s\nwant %s", row.text, got, row.want)
			}
		})
	}
}

func TestBodies(t *testing.T) {
	x := newFinder(t)
	for _, row := range []struct{ name, text, want string }{
		{"known and open", "Bộ Y tế phối hợp với Sở Y tế tỉnh Nghệ An tổ chức.", "Bộ Y tế{Bộ Y tế} ; Sở Y tế tỉnh Nghệ An{}"},
		{"abbreviation", "Bộ GD&ĐT vừa ban hành.", "Bộ GD&ĐT{Bộ Giáo dục và Đào tạo}"},
		{"party body of a province", "Tỉnh ủy Vĩnh Long họp.", "Tỉnh ủy Vĩnh Long{}"},
		{"verb ends the name", "Hội Nhà vườn Việt Nam công bố kết quả.", "Hội Nhà vườn Việt Nam{}"},
		{"enumeration", "Ban Chỉ đạo quốc gia về khoa học và công nghệ họp.", "Ban Chỉ đạo quốc gia về khoa học và công nghệ{}"},
		{"international", "đại diện UNESCO và Ngân hàng Thế giới", "UNESCO{UNESCO} ; Ngân hàng Thế giới{Ngân hàng Thế giới}"},
		{"no body", "Hôm nay trời đẹp.", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			var out []string
			for _, b := range x.bodies(row.text) {
				out = append(out, b.Text+"{"+b.Canonical+"}")
			}
			if got := strings.Join(out, " ; "); got != row.want {
				t.Errorf("%s\n got %s\nwant %s", row.text, got, row.want)
			}
		})
	}
}
