package timex

import "sukien/news/viet"

// class is what a token can be in an expression; none for all other words.
type class uint8

const (
	none   class = iota
	number       // digits
	brk
	ngay
	thang
	nam
	thu
	chu
	shortDay // T2 to T7, CN
	nhat
	tuan
	quy
	hom
	sang
	trua
	chieu
	toi
	dem
	rang
	buoi
	nua // nửa
	binh
	mai
	qua
	kia
	mot // mốt
	nay // nay
	this
	dau
	giua
	cuoi
	towards // tới
	after   // sau
	before  // trước
	mung
	ram
	gio
	hh // the h or g of "8h30", "14g30"
	phut
	giay
	from // từ
	until
	till // hết
	and
	within // trong
	lucAt
	vao
	hoi
	cac
	ngoai
	roi
	vua
	sap
	more // nữa
	that // đó
	same // cùng
	tet
	am
	duong
	lich
	se
	da
	so
	dash
	slash
	dot
	comma
	colon
	open
	shut
	bar
	semi
	plus
)

// triggers are the classes that may begin an expression, as bits.
const triggers uint64 = 1<<number | 1<<ngay | 1<<thang | 1<<nam | 1<<thu | 1<<chu | 1<<shortDay | 1<<tuan | 1<<quy | 1<<hom |
	1<<sang | 1<<trua | 1<<chieu | 1<<toi | 1<<dem | 1<<rang | 1<<buoi | 1<<nua | 1<<binh | 1<<dau | 1<<giua | 1<<cuoi |
	1<<mung | 1<<ram | 1<<same | 1<<gio | 1<<phut | 1<<lucAt | 1<<hoi

// trigger tells whether a class may begin an expression.
func (c class) trigger() bool { return triggers>>c&1 != 0 }

// part is the part of the day that a class names, empty for none.
func (c class) part() Part {
	switch c {
	case sang:
		return Morning
	case trua:
		return Noon
	case chieu:
		return Afternoon
	case toi:
		return Evening
	case dem:
		return Night
	}
	return ""
}

// classify gives each token its class.
func classify(toks []viet.Token) []class {
	cls := make([]class, len(toks))
	for i := range toks {
		switch t := &toks[i]; t.Kind {
		case viet.Number:
			cls[i] = number
		case viet.Break:
			cls[i] = brk
		case viet.Punct:
			cls[i] = markClass(t.Key)
		default:
			cls[i] = wordClass(t.Key)
		}
	}
	return cls
}

func markClass(key string) class {
	switch key {
	case "-":
		return dash
	case "/":
		return slash
	case ".":
		return dot
	case ",":
		return comma
	case ":":
		return colon
	case "(", "[":
		return open
	case ")", "]":
		return shut
	case "|":
		return bar
	case ";", "!", "?", "…":
		return semi
	case "+":
		return plus
	case "&":
		return and
	}
	return none
}

func wordClass(key string) class {
	if len(key) > 8 {
		return none
	}
	switch key {
	case "ngày":
		return ngay
	case "tháng":
		return thang
	case "năm":
		return nam
	case "thứ":
		return thu
	case "chủ", "chúa":
		return chu
	case "nhật":
		return nhat
	case "tuần":
		return tuan
	case "quý", "quí":
		return quy
	case "hôm", "bữa":
		return hom
	case "sáng":
		return sang
	case "trưa":
		return trua
	case "chiều":
		return chieu
	case "tối":
		return toi
	case "đêm", "khuya":
		return dem
	case "rạng":
		return rang
	case "buổi":
		return buoi
	case "nửa":
		return nua
	case "bình":
		return binh
	}
	return linkClass(key)
}

// linkClass has the words that only go on with an expression.
func linkClass(key string) class {
	switch key {
	case "mai":
		return mai
	case "qua":
		return qua
	case "kia", "kìa":
		return kia
	case "mốt":
		return mot
	case "nay":
		return nay
	case "này":
		return this
	case "đầu":
		return dau
	case "giữa":
		return giua
	case "cuối":
		return cuoi
	case "tới":
		return towards
	case "sau":
		return after
	case "trước":
		return before
	case "mùng", "mồng":
		return mung
	case "rằm":
		return ram
	case "giờ":
		return gio
	case "h", "g":
		return hh
	case "phút":
		return phut
	case "giây":
		return giay
	case "từ":
		return from
	case "đến":
		return until
	case "hết":
		return till
	case "và":
		return and
	case "trong":
		return within
	}
	return helperClass(key)
}

func helperClass(key string) class {
	switch key {
	case "lúc":
		return lucAt
	case "vào":
		return vao
	case "hồi":
		return hoi
	case "các":
		return cac
	case "ngoái":
		return ngoai
	case "rồi":
		return roi
	case "vừa":
		return vua
	case "sắp":
		return sap
	case "nữa":
		return more
	case "đó":
		return that
	case "cùng":
		return same
	case "tết":
		return tet
	case "âm":
		return am
	case "dương":
		return duong
	case "lịch":
		return lich
	case "sẽ":
		return se
	case "đã":
		return da
	case "số":
		return so
	case "t2", "t3", "t4", "t5", "t6", "t7", "cn":
		return shortDay
	}
	return none
}

// numeral is the value of a number word of one syllable, 0 for other words.
func numeral(key string) int {
	switch key {
	case "một":
		return 1
	case "hai":
		return 2
	case "ba":
		return 3
	case "bốn", "tư":
		return 4
	case "năm", "lăm":
		return 5
	case "sáu":
		return 6
	case "bảy", "bẩy":
		return 7
	case "tám":
		return 8
	case "chín":
		return 9
	case "mười":
		return 10
	}
	return 0
}

// roman is the quarter of a Roman numeral I to IV, 0 for other words.
func roman(key string) int {
	switch key {
	case "i":
		return 1
	case "ii":
		return 2
	case "iii":
		return 3
	case "iv":
		return 4
	}
	return 0
}
