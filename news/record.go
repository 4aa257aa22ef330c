package news

// Salience says whether an article is about a meeting or only names it.
type Salience string

// The saliences.
const (
	Main    Salience = "main"
	Mention Salience = "mention"
)

// Kind is what sort of gathering a meeting is, by the head word used for it.
type Kind string

// The kinds of meeting; eval guidelines say which head words mean which.
const (
	Conference      Kind = "conference"
	Forum           Kind = "forum"
	Meeting         Kind = "meeting"
	Session         Kind = "session"
	Congress        Kind = "congress"
	Workshop        Kind = "workshop"
	Seminar         Kind = "seminar"
	Talks           Kind = "talks"
	PressConference Kind = "press_conference"
	Ceremony        Kind = "ceremony"
	Visit           Kind = "visit"
	OtherKind       Kind = "other"
)

// Kinds are all kinds in the order of the public surface.
var Kinds = []Kind{Conference, Forum, Meeting, Session, Congress, Workshop, Seminar, Talks, PressConference, Ceremony, Visit, OtherKind}

// Level is the standing of those who meet.
type Level string

// The levels.
const (
	International Level = "international"
	National      Level = "national"
	Ministry      Level = "ministry"
	Province      Level = "province"
	Commune       Level = "commune"
	Organisation  Level = "organisation"
)

// Mode says how people take part; empty when the article does not say.
type Mode string

// The modes.
const (
	InPerson Mode = "in_person"
	Online   Mode = "online"
	Hybrid   Mode = "hybrid"
)

// Status is where a meeting stands in its life.
type Status string

// The statuses.
const (
	Held      Status = "held"
	Upcoming  Status = "upcoming"
	Postponed Status = "postponed"
	Cancelled Status = "cancelled"
)

// DateBasis says where the year of a meeting's date came from.
type DateBasis string

// The date bases.
const (
	DateExplicit  DateBasis = "explicit"
	DateRelative  DateBasis = "relative"
	DatePublished DateBasis = "published"
	DateSeries    DateBasis = "series"
)

// Role is the strongest part an official plays at a meeting.
type Role string

// The roles.
const (
	Chair            Role = "chair"
	CoChair          Role = "co_chair"
	Speaker          Role = "speaker"
	HeadOfDelegation Role = "head_of_delegation"
	Host             Role = "host"
	Guest            Role = "guest"
	Attendee         Role = "attendee"
)

// strength orders roles: where people call on each other, host and guest say
// more than who leads a delegation or speaks.
var strength = []Role{Chair, CoChair, Host, Guest, HeadOfDelegation, Speaker, Attendee}

// Rank orders roles by strength, 0 the strongest; no role comes last.
func (r Role) Rank() int {
	for i, s := range strength {
		if s == r {
			return i
		}
	}
	return len(strength)
}

// PlaceKind is the sort of place.
type PlaceKind string

// The kinds of place.
const (
	VenuePlace    PlaceKind = "venue"
	CommunePlace  PlaceKind = "commune"
	DistrictPlace PlaceKind = "district"
	CityPlace     PlaceKind = "city"
	ProvincePlace PlaceKind = "province"
	CountryPlace  PlaceKind = "country"
)

// Slots are what is said of a meeting. A slot with nothing to say is zero and
// left out of the JSON.
type Slots struct {
	Salience Salience `json:"salience,omitempty"`
	Kind     Kind     `json:"kind,omitempty"`
	Level    Level    `json:"level,omitempty"`
	// Name is the name as written, from its head word on.
	Name         string `json:"name,omitempty"`
	Abbreviation string `json:"abbreviation,omitempty"`
	// Series is the key of a series in configs/lexicon/series.
	Series  string `json:"series,omitempty"`
	Ordinal int    `json:"ordinal,omitempty"`
	Theme   string `json:"theme,omitempty"`
	// Start and End are inclusive days of the gathering; End is empty for one day.
	Start Date `json:"start,omitempty"`
	End   Date `json:"end,omitempty"`
	// StartTime is local time of day, "08:30"; Zone the IANA zone of the place.
	StartTime  string      `json:"start_time,omitempty"`
	Zone       string      `json:"zone,omitempty"`
	DateBasis  DateBasis   `json:"date_basis,omitempty"`
	Mode       Mode        `json:"mode,omitempty"`
	Status     Status      `json:"status,omitempty"`
	Places     []Place     `json:"places,omitempty"`
	Organizers []Organizer `json:"organizers,omitempty"`
	Officials  []Official  `json:"officials,omitempty"`
	Parent     *Parent     `json:"parent,omitempty"`
	// Confidence is the estimated chance that the whole record is right, 0 to 1.
	Confidence float64    `json:"confidence,omitempty"`
	Evidence   []Evidence `json:"evidence,omitempty"`
}

// Place is one place of a gathering.
type Place struct {
	Name      string    `json:"name"`
	AsWritten string    `json:"as_written,omitempty"`
	Kind      PlaceKind `json:"kind,omitempty"`
	// Country is an ISO 3166 alpha-2 code.
	Country string `json:"country,omitempty"`
	// Lat and Lon are degrees, absent together.
	Lat float64 `json:"lat,omitempty"`
	Lon float64 `json:"lon,omitempty"`
}

// Organizer is a body (or person) that holds the gathering.
type Organizer struct {
	Name      string `json:"name"`
	AsWritten string `json:"as_written,omitempty"`
}

// Official is a person named in connection with the gathering.
type Official struct {
	// ID is the same person over events; set on events only.
	ID    string `json:"id,omitempty"`
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	Org   string `json:"org,omitempty"`
	// Country is an ISO 3166 alpha-2 code.
	Country string `json:"country,omitempty"`
	Role    Role   `json:"role,omitempty"`
	// Basis says how the name is known where no article gives it; set on events only.
	Basis NameBasis `json:"basis,omitempty"`
}

// NameBasis says how an official's name is known; empty: an article gives it.
type NameBasis string

// BasisOffice is of names that follow from the office and the day.
const BasisOffice NameBasis = "office"

// Parent is the larger meeting that this one is part of.
type Parent struct {
	Name    string `json:"name"`
	Ordinal int    `json:"ordinal,omitempty"`
}

// Evidence is the words of an article that fill a slot.
type Evidence struct {
	// Slot is a path: "start", "officials[1].title".
	Slot string `json:"slot"`
	// Text is the words, cut after 200 characters.
	Text string `json:"text"`
	// In is "text" or "title"; From and To count Unicode code points of it.
	In   string `json:"in"`
	From int    `json:"from"`
	To   int    `json:"to"`
	// Rule is the id of the rule that read them, Pack the hash of the rules and lexicons in force.
	Rule string `json:"rule"`
	Pack string `json:"pack,omitempty"`
}

// MaxEvidenceText is the number of code points of Evidence.Text, as the public surface fixes it.
const MaxEvidenceText = 200

// Record is one meeting as one article tells it.
type Record struct {
	ID string `json:"id,omitempty"`
	Slots
	// YearEstimate is the year that the cadence of the series suggests for a start
	// without one.
	YearEstimate int `json:"year_estimate,omitempty"`
}

// Extraction is what the extractor found in one article: what travels on
// sukien.record subjects. An article without meetings has no Records, and that
// too is a finding.
type Extraction struct {
	ArticleID string `json:"article_id"`
	// Content is the signature of what was read, as the article's message gave
	// it: the records of an older content are not taken. Empty: of any.
	Content string `json:"content,omitempty"`
	// Pack is the hash of the rules and lexicons that were used.
	Pack    string   `json:"pack"`
	Records []Record `json:"records"`
	// Origin says why the article was read: live, backfill, reextract.
	Origin Origin `json:"origin,omitempty"`
}
