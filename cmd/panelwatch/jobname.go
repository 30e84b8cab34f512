package main

import (
	"regexp"
	"strconv"
	"time"
)

// A Job of a CronJob is named after it and the scheduled minute, counted from
// 1970. Eight digits: from 1989 to 2160.
var ofCronJob = regexp.MustCompile(`-(\d{8})$`)

// scheduledTime is the instant that this process stands for: the one its
// CronJob was scheduled for, however late the pod came to run, otherwise now.
func scheduledTime(getenv func(string) string, now time.Time) time.Time {
	name := ofCronJob.FindStringSubmatch(getenv("PANELWATCH_JOB_NAME"))
	if name == nil {
		return now
	}
	minutes, err := strconv.ParseInt(name[1], 10, 64)
	if err != nil {
		return now
	}
	// A Job made by hand may be named job-20231208; that is no minute near now.
	at := time.Unix(minutes*60, 0)
	if late := now.Sub(at); late < -time.Hour || late > 31*24*time.Hour {
		return now
	}
	return at
}
