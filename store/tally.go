package store

import "time"

// TallyHour is the time in milliseconds by which back ends keep the numbers of
// links that fall due.
const TallyHour = int64(time.Hour / time.Millisecond)

// tallyLook bounds the links of the hour that are looked at one by one.
const tallyLook = 10_000

// Tally makes counts of what a back end has added up by the hour. The links of
// the hour at hand are partly due and partly waiting: when there are not too many
// they are counted, else divided by the part of the hour that is over. The zero
// Tally is empty.
type Tally struct {
	list []LinkCount
	this map[string]int // of the hour, by source
	sum  int
	ripe map[string]int // of those the ones that are due; nil when they were not counted
}

// Add takes the counts of a source without the links of the hour, of which there are this.
func (t *Tally) Add(c LinkCount, this int) {
	if t.this == nil {
		t.this = map[string]int{}
	}
	t.list = append(t.list, c)
	t.this[c.Source] = this
	t.sum += this
}

// Exact tells whether the links of the hour that are due are to be counted.
func (t *Tally) Exact() bool {
	if t.sum > tallyLook {
		return false
	}
	t.ripe = map[string]int{}
	return t.sum > 0
}

// Ripe takes how many of a source's links of the hour are due.
func (t *Tally) Ripe(source string, n int) { t.ripe[source] = n }

// Counts are the sources' counts, in the order in which they came.
func (t *Tally) Counts(now time.Time) []LinkCount {
	over := Millis(now) % TallyHour
	for i := range t.list {
		c := &t.list[i]
		this := t.this[c.Source]
		due := int(int64(this) * over / TallyHour)
		if t.ripe != nil {
			due = min(t.ripe[c.Source], this)
		}
		c.Due, c.Waiting = c.Due+due, c.Waiting+this-due
	}
	return t.list
}
