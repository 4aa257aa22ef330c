package lexicon

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sukien/news"
	"sukien/news/viet"
)

// pos is where in a file something is written.
type pos struct{ line, column int }

// value is a field as written.
type value struct {
	text string
	pos
}

// raw is an entry as written, before any check.
type raw struct {
	Entry
	pos
	variants []value
	mode     mode
	weak     bool
	// derived tells that ID was made from the name.
	derived bool
	// refs are the parent and the successors, to be looked up when all files are read.
	refs []value
	// before is the number of faults of all files before this entry.
	before int
}

// faults collects what is wrong in one file.
type faults struct {
	file string
	list []error
}

func (f *faults) add(p pos, format string, args ...any) {
	f.list = append(f.list, &news.Fault{File: f.file, Line: p.line, Column: p.column, Msg: fmt.Sprintf(format, args...)})
}

func (f *faults) join() error { return errors.Join(f.list...) }

// scalarFields are the one-valued fields that an entry may have, as listed in messages.
var scalarFields = []string{"id", "name", "abbr", "kind", "country", "zone", "parent", "from", "to", "lat", "lon", "case", "weak"}

// listFields are the fields with many values.
var listFields = []string{"variants", "successors"}

// defaultFields are the fields that a file may give once for all of its entries.
var defaultFields = []string{"kind", "country", "zone", "parent", "from", "to", "case", "weak"}

// set fills one scalar field of an entry.
func (r *raw) set(f *faults, field string, v value) {
	if v.text == "" {
		f.add(v.pos, "%s is empty: write a value or take the field away", field)
		return
	}
	switch field {
	case "id":
		r.ID = v.text
	case "name":
		r.Name = v.text
	case "abbr":
		r.Abbr = v.text
	case "kind":
		r.Kind = v.text
	case "country":
		r.Country = checkCountry(f, v)
	case "zone":
		r.Zone = checkZone(f, v)
	case "parent":
		r.Parent = v.text
		r.refs = append(r.refs, v)
	case "from":
		r.From = checkDay(f, v)
	case "to":
		r.To = checkDay(f, v)
	case "lat":
		r.Lat = checkDegrees(f, v, "latitude", 90)
	case "lon":
		r.Lon = checkDegrees(f, v, "longitude", 180)
	case "case":
		r.mode = checkCase(f, v)
	case "weak":
		r.weak = checkBool(f, v)
	default:
		fields := slices.Concat(scalarFields, listFields, []string{"offices", "attr"})
		f.add(v.pos, "unknown field %q: an entry may have %s", field, strings.Join(fields, ", "))
	}
}

func checkCountry(f *faults, v value) string {
	if len(v.text) != 2 || !strings.Contains(isoCountries, v.text+" ") {
		f.add(v.pos, "country %q is no ISO 3166 alpha-2 code: write two capital letters such as VN", v.text)
	}
	return v.text
}

var zonePattern = regexp.MustCompile(`^[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_-]+){1,2}$`)

func checkZone(f *faults, v value) string {
	if !zonePattern.MatchString(v.text) {
		f.add(v.pos, "zone %q is no IANA zone name: write it as Asia/Ho_Chi_Minh", v.text)
	}
	return v.text
}

func checkDay(f *faults, v value) news.Date {
	d := news.Date(v.text)
	if d.Check() != nil || !d.IsDay() {
		f.add(v.pos, "date %q is no day: write it as 2025-07-01", v.text)
	}
	return d
}

func checkDegrees(f *faults, v value, what string, bound float64) float64 {
	n, err := strconv.ParseFloat(v.text, 64)
	if err != nil || !(n >= -bound && n <= bound) {
		f.add(v.pos, "%s %q is not between -%g and %g: write degrees such as 21.03", what, v.text, bound, bound)
		return 0
	}
	return n
}

func checkCase(f *faults, v value) mode {
	switch v.text {
	case "any":
		return anyCase
	case "title":
		return titleCase
	case "exact":
		return exactCase
	}
	f.add(v.pos, "case %q is unknown: write any, title or exact", v.text)
	return anyCase
}

func checkBool(f *faults, v value) bool {
	if v.text != "true" && v.text != "false" {
		f.add(v.pos, "%q is neither true nor false", v.text)
	}
	return v.text == "true"
}

// finish checks what takes more than one field and makes the ID when none is
// written. An entry with a fault already is left at that.
func (r *raw) finish(f *faults) {
	if len(f.list) > r.before {
		return
	}
	if r.Name == "" {
		f.add(r.pos, "entry has no name: give it one")
		return
	}
	if (r.Lat == 0) != (r.Lon == 0) {
		f.add(r.pos, "%q has one coordinate: give both lat and lon", r.Name)
	}
	if r.From != "" && r.To != "" && r.From > r.To {
		f.add(r.pos, "%q ends (%s) before it begins (%s): swap from and to", r.Name, r.To, r.From)
	}
	if !matchable(r.Name) {
		f.add(r.pos, "name %q contains nothing to match: write words", r.Name)
	}
	for _, v := range r.variants {
		if !matchable(v.text) {
			f.add(v.pos, "variant %q of %q contains nothing to match: write words or take it away", v.text, r.Name)
		}
	}
	r.checkOffices(f)
	if r.ID == "" {
		r.ID, r.derived = deriveID(&r.Entry), true
	}
}

// matchable tells whether a phrase has a letter, a digit or "&".
func matchable(phrase string) bool {
	return strings.ContainsFunc(phrase, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '&' })
}

// deriveID makes an ID of the folded name, below the parent's ID and after the type.
func deriveID(e *Entry) string {
	id := slug(e.Name)
	if t := e.Attr["type"]; t != "" {
		id = slug(t) + "-" + id
	}
	if e.Parent != "" {
		id = e.Parent + "/" + id
	}
	return id
}

// slug is a name without diacritics, its words joined by hyphens.
func slug(name string) string {
	words := strings.FieldsFunc(viet.Fold(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}

// isoCountries are the ISO 3166-1 alpha-2 codes, and XK for Kosovo, each followed by a space.
const isoCountries = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
	"CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR " +
	"GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP " +
	"KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ " +
	"NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW " +
	"SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ " +
	"UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW "
