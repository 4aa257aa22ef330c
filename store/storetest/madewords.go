package storetest

import "strings"

// What the made-up world is made of.
var (
	madeFamilies  = strings.Fields("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý")
	madeMiddles   = strings.Fields("Văn Thị Đức Minh Quang Hữu Thanh Ngọc Công Xuân Kim Bá")
	madeGiven     = strings.Fields("An Bình Chi Dũng Giang Hải Hòa Hùng Khánh Lan Lâm Linh Long Mai Nam Nga Phong Phúc Quân Sơn Tâm Thảo Thắng Trang Tuấn Tùng Vinh Yến")
	madeSyllables = strings.Fields("An Ân Bàn Bảo Bích Cẩm Cao Chánh Cúc Dạ Diên Đại Đàm Đoài Đông Gia Hà Hạ Hiền Hoa Hoài Hưng Khê Kiên Kỳ La Lạc Liên Lộc Lĩnh Mạc Mộc Mỹ Nghĩa Ninh Phổ Phú Quế Quỳnh Sa Sơn Tân Tây Thạch Thái Thiện Thọ Thượng Thủy Trà Trung Tường Uyên Vân Viên Vĩnh Xá Xuân Yên Ý")
	madeTitles    = []string{"Thứ trưởng", "Bộ trưởng", "Chủ tịch UBND tỉnh", "Bí thư Tỉnh ủy", "Phó Chủ tịch", "Giám đốc Sở", "Cục trưởng", "Phó Giám đốc"}
	madeBodies    = []string{"Bộ Xây dựng", "Bộ Công Thương", "Bộ Tài chính", "Bộ Y tế", "Sở Nội vụ", "Bộ Nội vụ", "Bộ Ngoại giao", "Sở Văn hóa", "Cục Thủy lợi", "Bộ Quốc phòng", "Sở Y tế"}
	madeProvinces = []string{"Lào Cai", "Thái Nguyên", "Phú Thọ", "Bắc Ninh", "Hưng Yên", "Ninh Bình", "Quảng Trị", "Quảng Ngãi", "Gia Lai", "Khánh Hòa", "Lâm Đồng", "Đắk Lắk", "Đồng Nai", "Tây Ninh",
		"Vĩnh Long", "Đồng Tháp", "Cà Mau", "An Giang", "Tuyên Quang", "Cao Bằng", "Lai Châu", "Điện Biên", "Sơn La", "Lạng Sơn", "Quảng Ninh", "Thanh Hóa", "Nghệ An", "Hà Tĩnh"}
	madeFields = []string{"thủy lợi", "kinh tế biển", "đường sắt", "báo chí", "nhà ở xã hội", "giáo dục nghề nghiệp", "dược liệu", "du lịch làng nghề", "nước sạch", "cải cách thủ tục",
		"phòng chống thiên tai", "bảo tồn di sản", "logistics", "năng lượng tái tạo", "y tế cơ sở", "nuôi tôm", "an toàn giao thông", "thanh niên khởi nghiệp", "đất đai", "hợp tác xã", "lúa gạo", "cà phê", "thư viện", "chuyển đổi xanh",
		"ngân sách", "quy hoạch", "bảo hiểm xã hội", "trẻ em", "người cao tuổi", "thể thao", "điện ảnh", "cây ăn quả", "rừng phòng hộ", "cảng biển", "hàng không", "bưu chính", "khoáng sản", "thuế", "hải quan", "tín dụng"}
	madeAims  = []string{"nội đồng", "vùng cao", "đô thị", "công nghệ cao", "bền vững", "liên vùng", "ven biển", "biên giới", "kiểu mới", "quy mô nhỏ", "theo chuỗi giá trị", "phát thải thấp", "thông minh", "giai đoạn mới", "cộng đồng", "miễn phí", "trực tuyến", "gắn với sinh kế", "xuất khẩu", "tuần hoàn"}
	madeDeeds = []string{"hoàn thành kế hoạch năm", "tháo gỡ khó khăn về vốn", "rà soát quy hoạch", "tăng cường phối hợp liên ngành", "đẩy nhanh tiến độ giải ngân", "nhân rộng mô hình tốt", "chủ động nguồn lực tại chỗ", "lắng nghe ý kiến người dân"}
)
