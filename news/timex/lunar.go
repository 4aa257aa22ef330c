package timex

import "math"

// The conversion follows Ho Ngoc Duc, "Computing the Vietnamese lunar
// calendar" (amlich), with new moons and the sun's longitude after Jean Meeus,
// Astronomical Algorithms (1991). It holds for UTC+7 and the years 1900 to 2100.
const (
	lunarZone = 7.0 / 24
	synodic   = 29.530588853
	firstMoon = 2415021.076998695 // Julian day of the new moon of 1900-01-01
	jdEpoch   = 2440588           // Julian day number of 1970-01-01
	radian    = math.Pi / 180
)

// lunarMin and lunarMax bound the lunar years that can be converted.
const lunarMin, lunarMax = 1900, 2100

// newMoon is the Julian day of the k-th new moon after that of 1900-01-01.
func newMoon(k float64) float64 {
	t := k / 1236.85
	t2, t3 := t*t, t*t*t
	jd := 2415020.75933 + 29.53058868*k + 0.0001178*t2 - 0.000000155*t3
	jd += 0.00033 * math.Sin((166.56+132.87*t-0.009173*t2)*radian)
	m := (359.2242 + 29.10535608*k - 0.0000333*t2 - 0.00000347*t3) * radian
	mpr := (306.0253 + 385.81691806*k + 0.0107306*t2 + 0.00001236*t3) * radian
	f := (21.2964 + 390.67050646*k - 0.0016528*t2 - 0.00000239*t3) * radian
	c := (0.1734-0.000393*t)*math.Sin(m) + 0.0021*math.Sin(2*m)
	c += -0.4068*math.Sin(mpr) + 0.0161*math.Sin(2*mpr) - 0.0004*math.Sin(3*mpr)
	c += 0.0104*math.Sin(2*f) - 0.0051*math.Sin(m+mpr) - 0.0074*math.Sin(m-mpr)
	c += 0.0004*math.Sin(2*f+m) - 0.0004*math.Sin(2*f-m) - 0.0006*math.Sin(2*f+mpr)
	c += 0.0010*math.Sin(2*f-mpr) + 0.0005*math.Sin(2*mpr+m)
	delta := -0.000278 + 0.000265*t + 0.000262*t2
	if t < -11 {
		delta = 0.001 + 0.000839*t + 0.0002261*t2 - 0.00000845*t3 - 0.000000081*t*t3
	}
	return jd + c - delta
}

// newMoonDay is the Julian day number in Vietnam on which the k-th new moon falls.
func newMoonDay(k int) int { return int(math.Floor(newMoon(float64(k)) + 0.5 + lunarZone)) }

// sunSector is the sun's longitude at the start of a day, in twelfths of the circle.
func sunSector(jdn int) int {
	t := (float64(jdn) - 0.5 - lunarZone - 2451545) / 36525
	t2 := t * t
	m := (357.52910 + 35999.05030*t - 0.0001559*t2 - 0.00000048*t*t2) * radian
	l := 280.46645 + 36000.76983*t + 0.0003032*t2
	l += (1.914600 - 0.004817*t - 0.000014*t2) * math.Sin(m)
	l += (0.019993-0.000101*t)*math.Sin(2*m) + 0.000290*math.Sin(3*m)
	l *= radian
	l -= 2 * math.Pi * math.Floor(l/(2*math.Pi))
	return int(math.Floor(l / math.Pi * 6))
}

// eleventh is the first day of the lunar month of a year that holds the winter solstice.
func eleventh(y int) int {
	off := civil{y, 12, 31}.number() + jdEpoch
	k := int(math.Floor((float64(off) - firstMoon) / synodic))
	nm := newMoonDay(k)
	if sunSector(nm) >= 9 {
		nm = newMoonDay(k - 1)
	}
	return nm
}

// leapAfter counts the months from the eleventh, that begins on day a11, to the leap month.
func leapAfter(a11 int) int {
	k := int(math.Floor((float64(a11)-firstMoon)/synodic + 0.5))
	i := 1
	arc := sunSector(newMoonDay(k + i))
	for {
		last := arc
		i++
		if arc = sunSector(newMoonDay(k + i)); arc == last || i >= 14 {
			return i - 1
		}
	}
}

// solar is the day of a lunar date, not of a leap month; ok is false when there is none.
func solar(y, m, d int) (civil, bool) {
	if y < lunarMin || y > lunarMax || m < 1 || m > 12 || d < 1 || d > 30 {
		return civil{}, false
	}
	start, length := lunarMonth(y, m)
	if d > length {
		return civil{}, false
	}
	return civilAt(start - jdEpoch + d - 1), true
}

// lunarMonth is the Julian day number on which a lunar month begins and how many days it has.
func lunarMonth(y, m int) (start, length int) {
	a11, b11 := eleventh(y-1), eleventh(y)
	if m >= 11 {
		a11, b11 = eleventh(y), eleventh(y+1)
	}
	off := m - 11
	if off < 0 {
		off += 12
	}
	if b11-a11 > 365 {
		if leap := leapAfter(a11); off >= leap {
			off++
		}
	}
	k := int(math.Floor(0.5 + (float64(a11)-firstMoon)/synodic))
	start = newMoonDay(k + off)
	return start, newMoonDay(k+off+1) - start
}
