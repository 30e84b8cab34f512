package report

import (
	"strings"
	"time"

	"panelwatch/etl/panel"
	"panelwatch/sql/warehouse"
)

// explained says of each flag what a footnote says.
var explained = map[string]Text{
	"low_base":          {"样本设备数低于下限，仅供参考", "fewer devices in the sample than the settings ask for"},
	"no_base":           {"缺少对比的月份或数值", "the month or value to compare with is missing"},
	"terms_differ":      {"口径、城市等级表或供应方已变，不可比", "definitions, tier list or vendor changed in between: not comparable"},
	"tier_list_differs": {"城市等级表不同，不可比", "another list of city tiers: not comparable"},
	"basis_changed":     {"两期误差依据不同，误差未知", "from a panel here, from tables there: no common error"},
	"short_history":     {"历史月份不足", "fewer months than the indicator needs"},
	"provisional":       {"本年尚未结束，暂定值", "the year is not over: provisional"},
	"as_delivered":      {"按供应方给出的数值，非本系统计算，误差未知", "as the vendor printed it, not computed here: error unknown"},
	"argmax_open":       {"次高月份与峰值之差在抽样误差内", "the second highest month is within sampling error of the peak"},
	"february":          {"2月与31天的月份相比", "February compared with a month of 31 days"},
	"few_members":       {"成员数少于所需名次", "fewer members than the top asks for"},
	"tgi_base_differs":  {"TGI 基准不同，不可比", "another base of TGI: not comparable"},
	"within_error":      {"点估计如此，但未超出抽样误差", "true of the estimates, not beyond sampling error"},
	"constant_series":   {"序列不变，相关系数无定义", "a series that does not move has no correlation"},
	"overlap_defect":    {"共同设备数大于其中一个应用，数据有误", "more common devices than either app has"},
}

// A number's place among those that something is said of.
type place struct {
	app               string
	month             panel.Month
	dimension, member string
	indicator         string
}

// remarks are the flags of the numbers that have some.
type remarks map[place][]string

func remarksOf(flagged []warehouse.Flagged) remarks {
	r := remarks{}
	for _, f := range flagged {
		p := place{f.App, panel.MonthIn(f.MonthStart), f.Dimension, f.Member, f.Indicator}
		r[p] = strings.Split(f.Flags, ",")
	}
	return r
}

// explain is the footnote of a flag: months_12 says how many months there were.
func explain(flag string) Text {
	if n, found := strings.CutPrefix(flag, "months_"); found {
		return Text{"已有 " + n + " 个月", n + " months there are"}
	}
	if t, known := explained[flag]; known {
		return t
	}
	return same(flag)
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
