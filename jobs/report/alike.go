package report

// An alike is what several members of a list have in common.
type alike struct {
	members []string
	text    Text
}

// grouped puts members together of which the same is to be said, in order of
// appearance.
func grouped(members []string, say func(member string) Text) (all []alike) {
next:
	for _, m := range members {
		text := say(m)
		for i := range all {
			if all[i].text == text {
				all[i].members = append(all[i].members, m)
				continue next
			}
		}
		all = append(all, alike{[]string{m}, text})
	}
	return all
}

// names lists the members.
func (a alike) names() Text {
	var all []Text
	for _, m := range a.members {
		all = append(all, same(m))
	}
	return joined(Text{"、", ", "}, all...)
}
