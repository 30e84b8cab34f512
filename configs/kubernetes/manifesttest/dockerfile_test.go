package manifesttest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// An instruction is one of a Dockerfile, its continued lines joined.
type instruction struct {
	stage      int // 0 before the first FROM, then 1, 2, ...
	verb, args string
}

// parseDockerfile knows what our Dockerfile uses: comments, continuation
// lines and instructions; no heredocs.
func parseDockerfile(text string) (all []instruction) {
	stage, pending := 0, ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if part, ok := strings.CutSuffix(line, `\`); ok {
			pending += part
			continue
		}
		verb, args, _ := strings.Cut(pending+line, " ")
		if pending = ""; strings.EqualFold(verb, "FROM") {
			stage++
		}
		all = append(all, instruction{stage, strings.ToUpper(verb), strings.Join(strings.Fields(args), " ")})
	}
	return all
}

var (
	fixedBase = regexp.MustCompile(`^(GO_IMAGE|RUNTIME_IMAGE)=\S+:[^:/]+$`)
	numeric   = regexp.MustCompile(`^[1-9]\d{4,}:[1-9]\d{4,}$`)
	secretive = regexp.MustCompile(`(?i)token|secret|passw|credential|dsn|api_?key`)
)

// dockerfileFaults lists what is against the rules for the image.
func dockerfileFaults(text string) (all []string) {
	file := parseDockerfile(text)
	if strings.HasPrefix(text, "# syntax=") {
		all = append(all, "a syntax line fetches a third image")
	}
	for _, i := range file {
		all = append(all, instructionFaults(i)...)
	}
	last := 0
	if len(file) > 0 {
		last = file[len(file)-1].stage
	}
	if last != 2 {
		all = append(all, fmt.Sprintf("%d stages, want 2", last))
	}
	return append(append(all, buildFaults(file)...), runtimeFaults(file)...)
}

func instructionFaults(i instruction) (all []string) {
	switch i.verb {
	case "ADD", "HEALTHCHECK", "SHELL", "ONBUILD":
		all = append(all, i.verb+" is not used")
	case "FROM":
		image := regexp.MustCompile(`\$\{(GO|RUNTIME)_IMAGE\}`)
		if !image.MatchString(i.args) {
			all = append(all, "FROM "+i.args+": the base is no build argument")
		}
	case "ARG", "ENV":
		if secretive.MatchString(i.args) {
			all = append(all, i.verb+" "+i.args+" stays readable in the image")
		}
		if i.stage == 0 && (!fixedBase.MatchString(i.args) || strings.HasSuffix(i.args, ":latest")) {
			all = append(all, "ARG "+i.args+": no base with a fixed tag")
		}
	}
	return all
}

// buildFaults is about the first stage.
func buildFaults(file []instruction) (all []string) {
	modules := slices.Index(file, instruction{1, "COPY", "go.mod go.sum ./"})
	sources := slices.Index(file, instruction{1, "COPY", ". ."})
	find := func(part string) int {
		return slices.IndexFunc(file, func(i instruction) bool {
			return i.stage == 1 && i.verb == "RUN" && strings.Contains(i.args, part)
		})
	}
	download, build := find("go mod download"), find("go build")
	if modules < 0 || modules >= download || download >= sources || sources >= build {
		all = append(all, "want in this order: copy go.mod, go mod download, copy the sources, go build")
	}
	if build < 0 || download < 0 {
		return all
	}
	for _, mirror := range []string{"GOPROXY", "GOSUMDB"} {
		if at := slices.Index(file, instruction{1, "ARG", mirror}); at < 0 || at > download {
			all = append(all, "no "+mirror+" for go mod download to take a mirror from")
		}
	}
	if !strings.Contains(file[download].args, "--mount=type=cache,target=/go/pkg/mod") {
		all = append(all, "go mod download without a cache mount")
	}
	for _, part := range []string{
		"--mount=type=cache,target=/go/pkg/mod", "--mount=type=cache,target=/root/.cache/go-build",
		"CGO_ENABLED=0", "GOOS=$TARGETOS", "GOARCH=$TARGETARCH", "-trimpath", `-ldflags "-s -w -X main.version=$VERSION"`,
	} {
		if !strings.Contains(file[build].args, part) {
			all = append(all, "go build without "+part)
		}
	}
	return all
}

// runtimeFaults is about the image that is shipped.
func runtimeFaults(file []instruction) (all []string) {
	only := map[string]string{}
	for _, i := range file {
		if i.stage == 2 {
			only[i.verb] = i.args
		}
	}
	if _, ok := only["RUN"]; ok {
		all = append(all, "RUN in the last stage, which has no shell")
	}
	if !numeric.MatchString(only["USER"]) {
		all = append(all, fmt.Sprintf("USER %q is not a number from 10000 up", only["USER"]))
	}
	var entry []string
	if err := json.Unmarshal([]byte(only["ENTRYPOINT"]), &entry); err != nil || len(entry) != 1 {
		all = append(all, fmt.Sprintf("ENTRYPOINT %q is not one program in JSON form", only["ENTRYPOINT"]))
	}
	for _, name := range []string{"title", "description", "source", "revision", "version", "created", "licenses", "vendor"} {
		if !strings.Contains(only["LABEL"], "org.opencontainers.image."+name+`="`) {
			all = append(all, "no label org.opencontainers.image."+name)
		}
	}
	return all
}

func TestDockerfile(t *testing.T) {
	for _, fault := range dockerfileFaults(string(file(t, "../../../Dockerfile"))) {
		t.Error(fault)
	}
}

// TestDockerfileRulesAreHeld spoils the Dockerfile in one place at a time.
func TestDockerfileRulesAreHeld(t *testing.T) {
	good := string(file(t, "../../../Dockerfile"))
	for _, c := range []struct{ from, to, want string }{
		{"USER 65532:65532", "USER nonroot", "not a number"},
		{"USER 65532:65532", "USER 0:0", "not a number"},
		{`ENTRYPOINT ["/usr/local/bin/panelwatch"]`, "ENTRYPOINT panelwatch", "JSON form"},
		{"COPY . .", "ADD . .", "ADD is not used"},
		{"USER", "HEALTHCHECK CMD true\nUSER", "HEALTHCHECK is not used"},
		{"ARG VERSION=dev\nRUN", "ARG SLACK_TOKEN\nRUN", "stays readable"},
		{":nonroot", ":latest", "fixed tag"},
		{"/static-debian12:nonroot", "/static-debian12", "fixed tag"},
		{"FROM ${RUNTIME_IMAGE}", "FROM gcr.io/distroless/static-debian12:nonroot", "no build argument"},
		{"COPY go.mod go.sum ./\n", "", "in this order"},
		{"CGO_ENABLED=0 ", "", "without CGO_ENABLED=0"},
		{"-s -w ", "", "without -ldflags"},
		{"--mount=type=cache,target=/root/.cache/go-build", "", "without --mount"},
		{"image.licenses", "image.license", "no label"},
		{"FROM ${RUNTIME_IMAGE}", "", "1 stages"},
		{"# The image", "# syntax=docker/dockerfile:1\n# The image", "third image"},
		{"ARG GOPROXY\n", "", "no GOPROXY"},
		{"USER", "RUN true\nUSER", "no shell"},
	} {
		bad := strings.Replace(good, c.from, c.to, 1)
		if bad == good {
			t.Errorf("the Dockerfile has no %q", c.from)
		}
		if got := strings.Join(dockerfileFaults(bad), "\n"); !strings.Contains(got, c.want) {
			t.Errorf("%q for %q: want a fault with %q, got:\n%s", c.to, c.from, c.want, got)
		}
	}
}

// TestOneBuild: make build and the image build alike.
func TestOneBuild(t *testing.T) {
	for _, flag := range []string{"CGO_ENABLED=0", "-trimpath", "-buildvcs=false", "-s -w -X main.version="} {
		for _, name := range []string{"Makefile", "Dockerfile"} {
			if !strings.Contains(string(file(t, "../../../"+name)), flag) {
				t.Errorf("%s builds without %s", name, flag)
			}
		}
	}
}
