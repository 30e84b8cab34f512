package sample_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

const june = "2023-06"

// certainSwaps are the pairs of TOP20 apps whose order changed between June
// and December 2023 however the printed growth was rounded: the first is
// ahead in December, the second was in June.
var certainSwaps = [][2]string{
	{"我的南京", "灯塔党建在线"},
	{"天津政务", "内蒙古12333"},
	{"天津政务", "民生山西"},
	{"内蒙古12333", "民生山西"},
	{"昆明人社通", "贵州公安"},
	{"昆明人社通", "民生山西"},
	{"江苏政务服务", "贵州公安"},
	{"江苏政务服务", "民生山西"},
	{"江苏政务服务", "我的长沙"},
	{"江苏政务服务", "办事通"},
	{"贵州公安", "民生山西"},
	{"天津人力社保", "我的长沙"},
	{"云南人社", "我的长沙"},
	{"云南人社", "办事通"},
}

var govClaims = []claim{
	{"C012 largest of the TOP20", "闽政通 1796.8", func(v *vendor) string {
		top := v.topList(december)[0]
		return top + " " + one(v.devices[top][december])
	}},
	{"C064 fastest of the TOP20", "江苏政务服务 4.4", func(v *vendor) string {
		top := slices.MaxFunc(v.topList(december), func(a, b string) int {
			return int(math.Copysign(1, v.growth6(a)-v.growth6(b)))
		})
		return top + " " + one(v.growth6(top))
	}},
	{"E27 growth of all twenty as printed", "", func(v *vendor) string {
		var wrong []string
		for app, printed := range v.growth {
			if one(v.growth6(app)) != one(printed) {
				wrong = append(wrong, fmt.Sprintf("%s %.2f", app, v.growth6(app)))
			}
		}
		return strings.Join(wrong, ", ")
	}},
	{"E27 the published twenty are the TOP20 of December", "true", func(v *vendor) string {
		for _, app := range v.topList(december) {
			if _, ok := v.growth[app]; !ok {
				return app
			}
		}
		return yes(len(v.growth) == 20)
	}},
	{"14 order changes are certain", "", func(v *vendor) string {
		var missing []string
		for _, s := range certainSwaps {
			a, b := v.devices[s[0]], v.devices[s[1]]
			if a[december] <= b[december] || a[june] >= b[june] {
				missing = append(missing, s[0]+" over "+s[1])
			}
		}
		return strings.Join(missing, ", ")
	}},
	{"示例政务甲 in the TOP20 in June, out in September", "true false false", func(v *vendor) string {
		in := func(month string) bool { return slices.Contains(v.topList(month), "示例政务甲") }
		return fmt.Sprint(in(june), in("2023-09"), in(december))
	}},
	{"invented apps below the twentieth in December", "true", func(v *vendor) string {
		return yes(max(v.devices["示例政务甲"][december], v.devices["示例政务乙"][december]) < 101.8)
	}},
}

// growth6 is the compound growth a month from June to December 2023, in %.
func (v *vendor) growth6(app string) float64 {
	return 100 * (math.Pow(v.devices[app][december]/v.devices[app][june], 1.0/6) - 1)
}

// topList are the twenty largest local-government apps of a month.
func (v *vendor) topList(month string) (apps []string) {
	apps = []string{"示例政务甲", "示例政务乙"}
	for app := range v.growth {
		apps = append(apps, app)
	}
	slices.SortFunc(apps, func(a, b string) int {
		return int(math.Copysign(1, v.devices[b][month]-v.devices[a][month]))
	})
	return apps[:20]
}

// Neighbours are to change places within the noise now and then.
func TestNeighboursSwapInTheSecondHalf(t *testing.T) {
	v := readVendor(t, written(t))
	for _, pair := range [][2]string{{"天津政务", "内蒙古12333"}, {"北京交警", "陕西养老保险"}} {
		var gaps []float64
		for _, m := range in(2023, 7, 12) {
			gaps = append(gaps, change(v.devices[pair[0]][m], v.devices[pair[1]][m]))
		}
		if slices.Max(gaps) > 3 || slices.Min(gaps) < -4 {
			t.Errorf("%v are no neighbours: %.1f %%", pair, gaps)
		}
	}
	if a, b := v.devices["天津政务"], v.devices["内蒙古12333"]; a["2023-10"] > b["2023-10"] || a[december] < b[december] {
		t.Error("天津政务 did not overtake 内蒙古12333 late in the year")
	}
}
