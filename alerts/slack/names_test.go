package slack

import (
	"testing"

	"panelwatch/etl/panel"
)

func TestEnglishNames(t *testing.T) {
	c := &panel.Catalogue{
		Apps:    []panel.App{{ID: "a", Name: "北京交警", NameEn: "Beijing Traffic Police"}, {ID: "b", Name: "无名"}},
		Lists:   []panel.ListOf{{Name: "地方政务", NameEn: "Local government"}},
		NamesEn: map[string]string{"北京": "Beijing", "四川": "Sichuan", "成都": "Chengdu", "女": "women", "一线城市": "first-tier cities", "新一线城市": "new first-tier cities"},
	}
	names := namesOf(c)
	for text, want := range map[string]string{
		"北京交警 北京":         "Beijing Traffic Police Beijing",
		"四川-成都":           "Sichuan-Chengdu",
		"北京、女, 新一线城市 1.4": "Beijing、women, new first-tier cities 1.4",
		"女儿 and 北京市":      "女儿 and 北京市",
		"无名: 地方政务":        "无名: Local government",
	} {
		if got := names.in(text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if got := (englishNames{}).in("北京"); got != "北京" {
		t.Errorf("without a catalogue: %q", got)
	}
}
