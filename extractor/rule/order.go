package rule

import (
	"cmp"
	"slices"
)

// better is the total order of matches that compete: the longest, then the
// highest priority, the most specific, the first by rule id.
func better(a, b *Match) int {
	return cmp.Or(
		cmp.Compare(b.Last-b.First, a.Last-a.First),
		cmp.Compare(b.Rule.Priority, a.Rule.Priority),
		cmp.Compare(b.Rule.prog.spec, a.Rule.prog.spec),
		cmp.Compare(a.Rule.ID, b.Rule.ID),
		cmp.Compare(a.First, b.First),
	)
}

// order appends what is left of found when, of overlapping matches that emit
// the same type, only the best is kept. In the phases stop, link and judge
// every match stands: they add up and do not exclude each other.
func order(found []Match, phase Phase, dst []Match) []Match {
	from := len(dst)
	if phase == Stop || phase == Link || phase == Judge {
		dst = append(dst, found...)
	} else {
		dst = keepBest(found, dst)
	}
	slices.SortStableFunc(dst[from:], func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.From, b.From), better(&a, &b))
	})
	return dst
}

// keepBest goes through the matches by their beginning and settles each cluster of overlapping ones.
func keepBest(found []Match, dst []Match) []Match {
	slices.SortStableFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Rule.Emit, b.Rule.Emit), cmp.Compare(a.From, b.From))
	})
	for i := 0; i < len(found); {
		end, j := found[i].To, i+1
		for j < len(found) && found[j].Rule.Emit == found[i].Rule.Emit && found[j].From < end {
			end = max(end, found[j].To)
			j++
		}
		dst = settle(found[i:j], dst)
		i = j
	}
	return dst
}

// settle keeps the best matches of a cluster, none overlapping.
func settle(cluster []Match, dst []Match) []Match {
	if len(cluster) == 1 {
		return append(dst, cluster[0])
	}
	slices.SortFunc(cluster, func(a, b Match) int { return better(&a, &b) })
	from := len(dst)
	for _, m := range cluster {
		if !slices.ContainsFunc(dst[from:], func(o Match) bool { return o.From < m.To && m.From < o.To }) {
			dst = append(dst, m)
		}
	}
	return dst
}
