package canonical

import "strings"

// trackingNames are parameters that say where a reader came from or who they
// are, never which page: analytics and advertising (Google, Meta, Microsoft,
// Yandex, X, LinkedIn, Mailchimp, HubSpot), Zalo's gidzl and zarsrc, and the
// session ids of PHP, Java and ASP.
const trackingNames = " fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid igshid igsh li_fat_id" +
	" mc_cid mc_eid _ga _gl _hsenc _hsmi mkt_tok s_kwcid ref_src gidzl zarsrc zanpid" +
	" phpsessid jsessionid aspsessionid sessionid session_id sid "

// trackingPrefixes start families of such parameters: utm_ (Urchin), vn_
// (VnExpress), pk_ and mtm_ (Matomo), itm_ and hsa_.
var trackingPrefixes = []string{"utm_", "vn_", "pk_", "mtm_", "itm_", "hsa_", "aspsessionid"}

func tracking(name string) bool {
	for _, p := range trackingPrefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return strings.Contains(trackingNames, " "+name+" ")
}

// Desktop is the address that the mobile or AMP page at a canonical URL is
// usually a variant of. ok is false when the URL has the shape of neither. It
// is a guess: it may be used instead only where the outlet has the other host.
func Desktop(canonicalURL string) (desktop string, ok bool) {
	scheme, rest, found := strings.Cut(canonicalURL, "://")
	if !found {
		return "", false
	}
	host, path, _ := strings.Cut(rest, "/")
	for _, p := range []string{"m.", "amp.", "mobile."} {
		if h, cut := strings.CutPrefix(host, p); cut && strings.Contains(h, ".") {
			host, ok = h, true
			break
		}
	}
	path, amp := withoutAMP(path)
	if !ok && !amp {
		return "", false
	}
	return scheme + "://" + host + "/" + path, true
}

// withoutAMP takes the marks of an AMP page from a path without its first
// slash: /amp/ before it, /amp or .amp after it, the parameter amp.
func withoutAMP(path string) (string, bool) {
	path, q, _ := strings.Cut(path, "?")
	before := path
	path = strings.TrimPrefix(path, "amp/")
	path = strings.TrimSuffix(strings.TrimSuffix(path, "/amp/"), "/amp")
	path = strings.TrimSuffix(path, ".amp")
	if head, cut := strings.CutSuffix(path, ".amp.html"); cut {
		path = head + ".html"
	}
	cut := path != before
	if q == "amp" || strings.HasPrefix(q, "amp=") && !strings.Contains(q, "&") {
		return path, true
	}
	if q != "" {
		path += "?" + q
	}
	return path, cut
}
