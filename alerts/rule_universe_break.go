package alerts

var universeBreak = Rule{
	Name: "universe_break",
	Zh:   "数据源声明的全网设备数突变：所有推总的数都随之变动，当月依赖它的结论一律抑制",
	En:   "The universe that a source declares jumps, and with it every projected number: what depends on it is suppressed for the month.",
	Data: true,
	Check: func(h History, _ Knowledge, p Params) (out []Finding) {
		for _, source := range h.sources() {
			effects := map[string]float64{"universe": p.MinEffect}
			if f, ok := judgePanel("universe_break", h, source, p, effects); ok {
				out = append(out, f)
			}
		}
		return out
	},
}
