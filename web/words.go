package web

import (
	"fmt"
	"time"

	"sukien/news"
)

// The languages of the pages.
const (
	vietnamese = "vi"
	english    = "en"
)

// words are the pages' own words, Vietnamese and English.
var words = map[string][2]string{
	"language":        {"Tiếng Việt", "English"},
	"skip":            {"Tới nội dung", "Skip to content"},
	"pages":           {"Các trang", "Pages"},
	"arrow":           {"trang → bài → bản ghi → sự kiện", "page → article → record → event"},
	"events":          {"Sự kiện", "Events"},
	"articles":        {"Bài báo", "Articles"},
	"sources":         {"Nguồn", "Sources"},
	"dead":            {"Tin hỏng", "Dead letters"},
	"words":           {"Từ khóa", "Words"},
	"kind":            {"Loại", "Kind"},
	"any":             {"tất cả", "any"},
	"place":           {"Nơi", "Place"},
	"from":            {"Từ ngày", "From"},
	"to":              {"Đến ngày", "To"},
	"mentions":        {"cả sự kiện chỉ được nhắc tới", "also those only mentioned"},
	"mention":         {"được nhắc tới", "mentioned"},
	"filter":          {"Lọc", "Filter"},
	"when":            {"Khi nào", "When"},
	"what":            {"Sự kiện", "What"},
	"where":           {"Ở đâu", "Where"},
	"who":             {"Ai", "Who"},
	"more":            {"Xem tiếp", "More"},
	"search as":       {"Kết quả lọc này ở dạng", "This search as"},
	"calendar":        {"lịch", "calendar"},
	"none":            {"Không có gì khớp. Bớt điều kiện lọc, hoặc chờ lượt thu thập sau.", "Nothing fits. Loosen the filters, or wait for the next crawl."},
	"no articles":     {"Không còn lưu bài nào.", "No article is kept."},
	"merged into":     {"Đã gộp vào", "Merged into"},
	"status":          {"Trạng thái", "Status"},
	"mode":            {"Hình thức", "Mode"},
	"theme":           {"Chủ đề", "Theme"},
	"organizers":      {"Đơn vị tổ chức", "Organizers"},
	"parent":          {"Thuộc", "Part of"},
	"series":          {"Chuỗi", "Series"},
	"name":            {"Họ tên", "Name"},
	"office":          {"Chức vụ", "Office"},
	"body":            {"Cơ quan", "Body"},
	"role":            {"Vai trò", "Role"},
	"conflicts":       {"Các nguồn khác nhau", "Sources disagree"},
	"in the articles": {"Trong các bài", "In the articles"},
	"history":         {"Lịch sử", "History"},
	"title":           {"Tiêu đề", "Title"},
	"published":       {"Đăng lúc", "Published"},
	"records":         {"Bản ghi", "Records"},
	"reason":          {"Lý do", "Reason"},
	"failed":          {"Lỗi", "Failed"},
	"error":           {"Lỗi", "Error"},
	"event":           {"Sự kiện", "Event"},
	"known":           {"Đã biết", "Known"},
	"due":             {"Tới hạn", "Due"},
	"fetched":         {"Đã tải", "Fetched"},
	"gone":            {"Đã mất", "Gone"},
	"last new":        {"Bài mới gần nhất", "Last new"},
	"subject":         {"Chủ đề tin", "Subject"},
	"no dead":         {"Không có tin hỏng.", "No dead letters."},
	"undated":         {"chưa rõ ngày", "date unknown"},
	"year unknown":    {"chưa rõ năm", "year unknown"},

	"conference": {"hội nghị", "conference"}, "forum": {"diễn đàn", "forum"}, "meeting": {"cuộc họp", "meeting"},
	"session": {"phiên họp", "session"}, "congress": {"đại hội", "congress"}, "workshop": {"hội thảo", "workshop"},
	"seminar": {"tọa đàm", "seminar"}, "talks": {"hội đàm, gặp gỡ", "talks"}, "press_conference": {"họp báo", "press conference"},
	"ceremony": {"lễ", "ceremony"}, "visit": {"chuyến thăm", "visit"}, "other": {"khác", "other"},

	"international": {"quốc tế", "international"}, "national": {"quốc gia", "national"}, "ministry": {"bộ, ngành", "ministry"},
	"province": {"tỉnh, thành phố", "province"}, "commune": {"xã, phường", "commune"}, "organisation": {"tổ chức", "organisation"},

	"held": {"đã, đang diễn ra", "held"}, "upcoming": {"sắp diễn ra", "upcoming"}, "postponed": {"hoãn, lùi", "postponed"}, "cancelled": {"hủy", "cancelled"},
	"online": {"trực tuyến", "online"}, "hybrid": {"trực tiếp và trực tuyến", "hybrid"}, "in_person": {"trực tiếp", "in person"},
	"basis explicit": {"ghi rõ trong bài", "written in full"}, "basis relative": {"tính từ ngày đăng", "counted from publication"},
	"basis published": {"năm theo ngày đăng", "year from publication"}, "basis series": {"năm theo chuỗi", "year from the series"},

	"chair": {"chủ trì", "chair"}, "co_chair": {"đồng chủ trì", "co-chair"}, "speaker": {"phát biểu", "speaker"},
	"head_of_delegation": {"trưởng đoàn", "head of delegation"}, "host": {"chủ nhà", "host"}, "guest": {"khách", "guest"}, "attendee": {"tham dự", "attendee"},

	"new": {"mới", "new"}, "updated": {"cập nhật", "updated"}, "corrected": {"đính chính", "corrected"}, "merged": {"gộp", "merged"}, "retracted": {"rút lại", "retracted"},
}

// say is a word in a language; a word that is not known is given back, so that
// a new value of a slot still shows.
func say(lang string, word any) string {
	w, ok := words[fmt.Sprint(word)]
	switch {
	case !ok:
		return fmt.Sprint(word)
	case lang == english:
		return w[1]
	}
	return w[0]
}

// dates shows a meeting's days as its readers write them: 21–22/11/2026.
func dates(lang string, s news.Slots) string {
	switch {
	case s.Start == "":
		return say(lang, "undated")
	case s.End == "" || s.End == s.Start:
		return day(lang, s.Start)
	case s.Start.IsDay() && s.End.IsDay() && s.Start[:7] == s.End[:7]:
		return string(s.Start[8:]) + "–" + day(lang, s.End)
	}
	return day(lang, s.Start) + " – " + day(lang, s.End)
}

// day shows one date at its precision.
func day(lang string, d news.Date) string {
	switch {
	case !d.HasYear():
		return string(d[5:]) + "/" + string(d[2:4]) + " (" + say(lang, "year unknown") + ")"
	case d.IsDay():
		return string(d[8:]) + "/" + string(d[5:7]) + "/" + string(d[:4])
	case len(d) == len("2006-01"):
		return string(d[5:]) + "/" + string(d[:4])
	}
	return string(d)
}

// moment shows an instant in Vietnam's time.
func moment(t time.Time) string { return t.In(news.Hanoi).Format("02/01/2006 15:04") }
