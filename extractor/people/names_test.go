package people_test

import "testing"

// TestNames: what is a name and where it ends, which offices and bodies are whose.
func TestNames(t *testing.T) {
	x := newFinder(t)
	for _, row := range []struct{ name, text, want string }{
		{"initials", "Chủ tịch Duma Quốc gia V.V. Halvorsen và Phó Tổng thống Mỹ J.D. Whitley.", "V.V. Halvorsen|Chủ tịch{Duma Quốc gia} ; J.D. Whitley|Phó Tổng thống{Mỹ}"},
		{"initial behind the State", "Tổng thống Malaysia A. Rahim đến.", "A. Rahim|Tổng thống{Malaysia}"},
		{"letters for a name not told", "Công an làm việc với bà P.T.H. và ông B. ở xã.", ""},
		{"two acronyms", "do Chủ tịch ASEAN BAC dẫn đầu.", "-|Chủ tịch{ASEAN}"},
		{"letter at the end of a firm", "Lãnh đạo PV Gas D dự.", ""},
		{"grown together", "và những sinh viên củaHọc viện dự.", ""},
		{"half of a river's name", "Hội nghị Bộ trưởng Ngoại giao Mekong - Lan Thương.", "-|Bộ trưởng Ngoại giao{Bộ Ngoại giao}"},
		{"long Malay name", "Ngài Dato' Seri Haji Mohamad Bin Haji Rahim dự.", "Haji Mohamad Bin Haji Rahim|"},
		{"Korean hyphen in the second word", "Chủ tịch Zentrix, ông Kim Sang-Huyp nói.", "Kim Sang-Huyp|Chủ tịch{Zentrix}"},
		{"a district, not Mrs", "tiếp xúc cử tri các quận Ba Đình, Hai Bà Trưng, Đống Đa.", ""},
		{"palace of an office", "tại Phủ Tổng thống Casa Blanca ở thủ đô.", ""},
		{"secretariat", "Ban Thư ký Ủy ban Hội Liên hiệp Thanh niên (LHTN) tỉnh Vĩnh Long tổ chức.", ""},
		{"firm before its head's name", "Chủ tịch Zentrix Trần Hữu Nghiệp nói.", "Trần Hữu Nghiệp|Chủ tịch{Zentrix}"},
		{"firm behind the name", "Ông Trần Hữu Nghiệp - Chủ tịch Zentrix cho hay.", "Trần Hữu Nghiệp|Chủ tịch{Zentrix}"},
		{"short form of a title", "Ông Vũ Đình Khang - Giám đốc sáng tạo (CIO) ZTX Telecom chia sẻ.", "Vũ Đình Khang|Giám đốc sáng tạo{ZTX Telecom}"},
		{"office of several words", "Ông Jonas Halvorsen, Trưởng đại diện văn phòng Zentrix Gas Asia nói.", "Jonas Halvorsen|Trưởng đại diện{văn phòng Zentrix Gas Asia}"},
		{"minister of a federal state", "Ông Jonas Halvorsen, Bộ trưởng Tài chính bang Hessen.", "Jonas Halvorsen|Bộ trưởng Tài chính{bang Hessen}"},
		{"envoy of a president", "Đặc phái viên của Tổng thống Mỹ Conrad Whitley đến.", "Conrad Whitley|Đặc phái viên{Mỹ}"},
		{"adviser of a president", "Trợ lý Tổng thống Mỹ Conrad Whitley nói.", "Conrad Whitley|Trợ lý{Mỹ}"},
		{"wife of a president", "Phu nhân Tổng thống Mỹ, bà Helga Whitley, dự.", "Helga Whitley|Phu nhân{Mỹ}"},
		{"wife named before the husband", "Bà Trịnh Mai Anh, Phu nhân Thủ tướng Lê Hoài Phúc và bà Helga Moore đến.", "Trịnh Mai Anh|Phu nhân{} ; Helga Moore|"},
		{"wife named behind the husband", "Phu nhân Thủ tướng Lê Hoài Phúc - bà Trịnh Mai Anh đến.", "Trịnh Mai Anh|Phu nhân{}"},
		{"next one by one word", "Tổng Thư ký NATO Jonas Halvorsen, Tổng thống Whitley nói.", "Jonas Halvorsen|Tổng Thư ký{NATO} ; Whitley|Tổng thống{}"},
		{"two co-chairs", "Phó Thủ tướng Lê Hoài Phúc, Chủ tịch Phân ban Việt Nam và Phó Thủ tướng Lào Khamphanh Sivilay.", "Lê Hoài Phúc|Phó Thủ tướng{}+Chủ tịch{Phân ban Việt Nam} ; Khamphanh Sivilay|Phó Thủ tướng{Lào}"},
		{"numbered committee", "Trưởng Ban Chỉ đạo 35 Trung ương Lê Hoài Phúc dự.", "Lê Hoài Phúc|Trưởng Ban{Ban Chỉ đạo 35 Trung ương}"},
		{"ruling party", "Tổng Thư ký Đảng Mặt trận giải phóng Malaysia (ABC) cầm quyền Azlan Rahim đến.", "Azlan Rahim|Tổng Thư ký{Đảng Mặt trận giải phóng Malaysia}"},
		{"long name of a department", "Thiếu tướng Vũ Đình Khang (Cục trưởng Cục An ninh mạng và phòng chống tội phạm sử dụng công nghệ cao) nói.", "Vũ Đình Khang|Cục trưởng{Cục An ninh mạng và phòng chống tội phạm sử dụng công nghệ cao}"},
		{"fight against", "Phó Thủ tướng Lê Hoài Phúc, Trưởng Ban Chỉ đạo quốc gia phòng, chống thiên tai chủ trì.", "Lê Hoài Phúc|Phó Thủ tướng{}+Trưởng Ban{Ban Chỉ đạo quốc gia phòng, chống thiên tai}"},
		{"centre in small letters", "Bà Trịnh Mai Anh, Phó Giám đốc Trung tâm bảo tồn di tích lịch sử - văn hóa Vĩnh Long cho biết.", "Trịnh Mai Anh|Phó Giám đốc{Trung tâm bảo tồn di tích lịch sử - văn hóa Vĩnh Long}"},
		{"ward of a hospital", "Ông Vũ Đình Khang, Trưởng khoa tiêu hóa Bệnh viện Bạch Mai nói.", "Vũ Đình Khang|Trưởng khoa{khoa tiêu hóa Bệnh viện Bạch Mai}"},
		{"hyphen without blanks between offices", "Tổng Bí thư Ban Chấp hành Trung ương Đảng-Bí thư Quân ủy Trung ương Lê Hoài Phúc dự.", "Lê Hoài Phúc|Tổng Bí thư Ban Chấp hành Trung ương Đảng{Ban Chấp hành Trung ương Đảng}+Bí thư{Quân ủy Trung ương}"},
		{"name between commas", "Chánh Văn phòng Nội các Malaysia, Azlan Rahim, cho biết.", "Azlan Rahim|Chánh Văn phòng Nội các{Nội các Malaysia}"},
		{"at the President's palace", "tại Phủ Chủ tịch, Chủ tịch nước Lê Hoài Phúc tiếp Bộ trưởng Lào.", "Lê Hoài Phúc|Chủ tịch nước{} ; -|Bộ trưởng{Lào}"},
		{"announced, no father", "Công bố đồng chí Vũ Đình Khang giữ chức Bí thư Tỉnh ủy Hà Giang.", "Vũ Đình Khang|Bí thư{Tỉnh ủy Hà Giang}"},
		{"appointed in many words", "Bà Trịnh Mai Anh được điều động, luân chuyển và chỉ định giữ chức Bí thư Tỉnh ủy Hà Giang.", "Trịnh Mai Anh|Bí thư{Tỉnh ủy Hà Giang}"},
		{"two elected", "bầu ông Vũ Đình Khang và ông Lê Hoài Phúc giữ chức Phó Chủ tịch Quốc hội.", "Vũ Đình Khang|Phó Chủ tịch Quốc hội{Quốc hội} ; Lê Hoài Phúc|Phó Chủ tịch Quốc hội{Quốc hội}"},
		{"Đoàn in a name", "ông Vũ Quốc Đoàn đã phát biểu.", "Vũ Quốc Đoàn|"},
		{"replaced", "giữ chức Bí thư Tỉnh ủy thay cho ông Vũ Đình Khang đã nghỉ.", "-|Bí thư{Tỉnh ủy} ; Vũ Đình Khang!|"},
		{"said at a meeting", "Toàn văn phát biểu của Tổng Bí thư Lê Hoài Phúc tại phiên họp.", "Lê Hoài Phúc|Tổng Bí thư{}"},
		{"said in a document", "theo chỉ đạo của Thủ tướng Lê Hoài Phúc tại Công điện số 5.", "Lê Hoài Phúc!|Thủ tướng{}"},
		{"subject of a representative", "Đại diện cấp cao của Liên minh châu Âu (EU) về Chính sách đối ngoại và an ninh, ông Jonas Halvorsen.", "Jonas Halvorsen|Đại diện cấp cao{Liên minh châu Âu}"},
		{"counterpart before the one", "Trong cuộc họp với người đồng cấp Lào Khamphanh Sivilay ngày 5/3, Bộ trưởng Quốc phòng Mỹ Conrad Whitley nói.", "Khamphanh Sivilay|Bộ trưởng Quốc phòng{Lào} ; Conrad Whitley|Bộ trưởng Quốc phòng{Mỹ}"},
		{"counterpart of the sentence before", "Tổng thống Mỹ Conrad Whitley đến. Người đồng cấp Lào Khamphanh Sivilay nói.", "Conrad Whitley|Tổng thống{Mỹ} ; Khamphanh Sivilay|Tổng thống{Lào}"},
		{"the one who acts", "Thủ tướng Lê Hoài Phúc đến thăm bà Trịnh Mai Anh, Thủ tướng chia sẻ với bà.", "Lê Hoài Phúc|Thủ tướng{} ; Trịnh Mai Anh| ; -|Thủ tướng{}"},
		{"leader of the past", "chiến dịch Hồ Chí Minh và Đại tướng Võ Nguyên Giáp.", ""},
		{"acting head of a party", "do quyền lãnh đạo đảng Azlan Rahim chủ trì.", "Azlan Rahim|quyền lãnh đạo đảng{}"},
		{"has been elected", "ông Azlan Rahim đã được bầu làm Bí thư Tỉnh ủy Hà Giang.", "Azlan Rahim|Bí thư{Tỉnh ủy Hà Giang}"},
		{"services in small letters", "Tư lệnh hải quân Indonesia Azlan Rahim nói.", "Azlan Rahim|Tư lệnh{hải quân Indonesia}"},
		{"body behind a comma", "Chủ tịch kiêm Tổng Giám đốc, Hội đồng Kinh doanh Hoa Kỳ-ASEAN Jonas Halvorsen dự.", "Jonas Halvorsen|Chủ tịch{}+Tổng Giám đốc{Hội đồng Kinh doanh Hoa Kỳ-ASEAN}"},
		{"chamber of a federal assembly", "Chủ tịch Duma Quốc gia Quốc hội liên bang, Liên bang Malaysia Jonas Halvorsen dự.", "Jonas Halvorsen|Chủ tịch{Duma Quốc gia Quốc hội liên bang, Liên bang Malaysia}"},
		{"small letters and a short form", "tiếp Chủ tịch Ngân hàng Đầu tư cơ sở hạ tầng châu Á (AIIB) Khương Dật Phàm.", "Khương Dật Phàm|Chủ tịch{Ngân hàng Đầu tư cơ sở hạ tầng châu Á}"},
		{"side of a delegation", "phái đoàn Lào do Thứ trưởng Nội vụ Khamphanh Sivilay dẫn đầu, phía Malaysia có sự tham gia của Bộ trưởng Quốc phòng Azlan Rahim.", "Khamphanh Sivilay|Thứ trưởng Nội vụ{Lào} ; Azlan Rahim|Bộ trưởng Quốc phòng{Malaysia}"},
		{"verb behind a ministry", "Thứ trưởng Bộ Quốc phòng Lê Hoài Phúc, Thứ trưởng Bộ Quốc phòng ôn lại.", "Lê Hoài Phúc|Thứ trưởng{Bộ Quốc phòng}+Thứ trưởng{Bộ Quốc phòng}"},
		{"other name of a chamber", "Chủ tịch Viện Lập pháp (Hạ viện) Quốc hội Malaysia Azlan Rahim đến.", "Azlan Rahim|Chủ tịch{Viện Lập pháp (Hạ viện) Quốc hội Malaysia}"},
		{"flowers of several", "Thủ tướng Lê Hoài Phúc, Chủ tịch Quốc hội Đỗ Gia Thịnh gửi lẵng hoa.", "Lê Hoài Phúc!|Thủ tướng{} ; Đỗ Gia Thịnh!|Chủ tịch Quốc hội{Quốc hội}"},
		{"flowers of the State's heads", "Lẵng hoa của Tổng Bí thư Lê Hoài Phúc, Chủ tịch nước Đỗ Gia Thịnh được trao.", "Lê Hoài Phúc!|Tổng Bí thư{} ; Đỗ Gia Thịnh!|Chủ tịch nước{}"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := brief(x.find(row.text)); got != row.want {
				t.Errorf("%s\n got %s\nwant %s", row.text, got, row.want)
			}
		})
	}
}
