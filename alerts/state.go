package alerts

import "slices"

// A State says whether a rule's setting is in force.
type State string

// A setting without a state is active. A draft is judged by JudgeDrafts alone:
// nobody is told what it finds.
const (
	Active State = "active"
	Draft  State = "draft"
)

func (p Params) draft() bool { return p.State == Draft }

// Active are the settings that are in force, without the rules that have none.
func (s Settings) Active() Settings {
	return s.where(func(_ string, p Params) bool { return !p.draft() })
}

// Only are the settings of the rules named.
func (s Settings) Only(rules ...string) Settings {
	return s.where(func(rule string, _ Params) bool { return slices.Contains(rules, rule) })
}

func (s Settings) where(keep func(rule string, p Params) bool) Settings {
	out := Settings{}
	for rule, settings := range s {
		for _, p := range settings {
			if keep(rule, p) {
				out[rule] = append(out[rule], p)
			}
		}
	}
	return out
}

// JudgeDrafts is Judge for the settings in draft: what each would find were it
// in force beside the others. Its findings are marked, and merged only with
// each other.
func JudgeDrafts(h History, k Knowledge, rules Settings) []Finding {
	if drafts := rules.where(func(_ string, p Params) bool { return p.draft() }); len(drafts) == 0 {
		return nil
	}
	found, _ := judge(h, k, rules, Params.draft)
	for i := range found {
		found[i].Draft = true
	}
	return found
}
