package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"panelwatch/alerts"
	"panelwatch/jobs"
)

// printSummary tells at the end of a run what was published and what fired.
func (w *world) printSummary(s jobs.Summary) {
	if len(s.Steps) == 0 && len(s.Judged) == 0 {
		fmt.Fprintln(w.stdout, "nothing is due: no new delivery, nothing to recompute, nothing to judge")
	}
	t := tabwriter.NewWriter(w.stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	if len(s.Steps) > 0 {
		fmt.Fprintln(t, "source\tmonth\trev\tdone\trows read\tloaded\trejected\tignored\t")
	}
	for _, x := range s.Steps {
		fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%d\t%d\t%d\t%d\t\n", x.Source, x.Month, x.Revision, x.Action,
			x.Rows.Read, x.Rows.Loaded, x.Rows.Rejected, x.Rows.Ignored)
	}
	_ = t.Flush()
	for _, x := range s.Steps {
		if why := strings.Join(append(x.Flags[:len(x.Flags):len(x.Flags)], x.Note), " "); why != "" {
			fmt.Fprintf(w.stdout, "%s %s revision %d: %s\n", x.Source, x.Month, x.Revision, strings.TrimSpace(why))
		}
	}
	for _, j := range s.Judged {
		for _, f := range j.Told {
			fmt.Fprintln(w.stdout, toldLine(f.Month.String(), f.Verdict, f.Severity, f.Zh))
		}
	}
	fmt.Fprintf(w.stdout, "published=%d recomputed=%d refused=%d fired=%d expected=%d noise=%d not_evaluable=%d posted=%d charts=%d skipped=%d\n",
		s.Count(jobs.Published), s.Count(jobs.Recomputed), s.Count(jobs.Refused),
		s.Findings["fired"], s.Findings["expected"], s.Findings["noise"], s.Findings["not_evaluable"],
		s.Messages["sent"], s.Messages["charts"], s.Count(jobs.Skipped))
}

func toldLine(month string, v alerts.Verdict, s alerts.Severity, text string) string {
	mark := map[alerts.Verdict]string{
		alerts.Fired: "●", alerts.Expected: "○", alerts.Noise: "·", alerts.NotEvaluable: "?", alerts.Suppressed: "-",
	}[v]
	return strings.Join([]string{month, mark, fmt.Sprintf("%-4s", s), text}, "  ")
}
