package people

// lendWeight is the least weight of an office whose body may stand for that of
// a higher office beside it; party memberships weigh less.
const lendWeight = 4

// Chief is the office by which the person is known: of those held now the
// weightiest, and among equals the one that names its body. Where it names none
// or only its own words do ("Thủ tướng Chính phủ"), Org is that of another
// office beside it ("…, Trưởng Ban Chỉ đạo X"). ok is false without any office.
func (p *Person) Chief() (office Office, ok bool) {
	best := chief(p.Offices)
	if best == nil {
		return Office{}, false
	}
	office = *best
	for i := range p.Offices {
		o := &p.Offices[i]
		if orgRank(&office) < 2 && orgRank(o) == 2 && !o.Former && o.Weight >= lendWeight {
			office.Org, office.OrgSpan, office.OrgCanonical = o.Org, o.OrgSpan, o.OrgCanonical
			office.held = false
			office.Country = first(office.Country, o.Country)
		}
	}
	return office, true
}

// chief is the best of offices, nil when there is none.
func chief(offices []Office) *Office {
	var best *Office
	for i := range offices {
		if better(best, &offices[i]) {
			best = &offices[i]
		}
	}
	return best
}

func better(best, o *Office) bool {
	switch {
	case best == nil:
		return true
	case best.Former != o.Former:
		return best.Former
	case best.Weight != o.Weight:
		return o.Weight > best.Weight
	}
	return orgRank(o) > orgRank(best)
}

// orgRank: a body of the office's own says more than one that the title holds or none.
func orgRank(o *Office) int {
	switch {
	case o.Org == "":
		return 0
	case o.held:
		return 1
	}
	return 2
}
