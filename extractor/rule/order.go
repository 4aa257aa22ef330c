package rule

import (
	"cmp"
	"slices"
)

// better is the total order of matches that compete: the longest, then the
// highest priority, the most specific, the first by rule id.
func better(a, b *Match) int {
	if n := (b.Last - b.First) - (a.Last - a.First); n != 0 {
		return n
	}
	if a.Rule == b.Rule {
		return a.First - b.First
	}
	return cmp.Or(
		b.Rule.Priority-a.Rule.Priority,
		b.Rule.prog.spec-a.Rule.prog.spec,
		a.Rule.no-b.Rule.no,
	)
}

// order leaves in d.sorted what is left of the matches found when, of
// overlapping matches that emit the same type, only the best is kept. In the
// phases stop, link and judge every match stands: they add up and do not
// exclude each other.
func (d *Doc) order(phase Phase) {
	d.sorted = d.sorted[:0]
	for i := range d.found {
		d.sorted = append(d.sorted, &d.found[i])
	}
	if phase != Stop && phase != Link && phase != Judge {
		d.sorted = keepBest(d.sorted)
	}
	slices.SortFunc(d.sorted, func(a, b *Match) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return better(a, b)
	})
}

// keepBest goes through the matches by their beginning and settles each
// cluster of overlapping ones, in place.
func keepBest(found []*Match) []*Match {
	slices.SortFunc(found, func(a, b *Match) int {
		return cmp.Or(int(a.Rule.Emit)-int(b.Rule.Emit), a.From-b.From)
	})
	kept := found[:0]
	for i := 0; i < len(found); {
		end, j := found[i].To, i+1
		for j < len(found) && found[j].Rule.Emit == found[i].Rule.Emit && found[j].From < end {
			end = max(end, found[j].To)
			j++
		}
		kept = settle(found[i:j], kept)
		i = j
	}
	return kept
}

// settle keeps the best matches of a cluster, none overlapping.
func settle(cluster, kept []*Match) []*Match {
	if len(cluster) > 1 {
		slices.SortFunc(cluster, better)
	}
	from := len(kept)
	for _, m := range cluster {
		if !slices.ContainsFunc(kept[from:], func(o *Match) bool { return o.From < m.To && m.From < o.To }) {
			kept = append(kept, m)
		}
	}
	return kept
}
