# The image of the CronJobs: one static program and nothing else. `make image`
# builds it with docker, podman or buildah and stamps the labels.
#
# GO_IMAGE and RUNTIME_IMAGE take mirrors, and digests in a release; GOPROXY and
# GOSUMDB a mirror of Go's modules. Nothing else is fetched: no syntax line, for
# it would name a third image.
ARG GO_IMAGE=docker.io/library/golang:1.26.8-bookworm
ARG RUNTIME_IMAGE=gcr.io/distroless/static-debian12:nonroot

# The compiler runs on the builder's own platform and writes for the target's.
FROM --platform=$BUILDPLATFORM ${GO_IMAGE} AS build
WORKDIR /src
ARG GOPROXY
ARG GOSUMDB
# Modules first: they change less often than the sources.
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod \
    go mod download
COPY . .
ARG TARGETOS
ARG TARGETARCH
ARG VERSION=dev
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$VERSION" -o /out/panelwatch ./cmd/panelwatch

FROM ${RUNTIME_IMAGE}
ARG VERSION=dev
ARG REVISION=unknown
ARG CREATED=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="panelwatch" \
      org.opencontainers.image.description="Scheduled ETL with alerting on the use of China's public-service apps" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.created="$CREATED" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="panelwatch"
COPY --from=build /out/panelwatch /usr/local/bin/panelwatch
# By number: Kubernetes cannot tell whether a name is root.
USER 65532:65532
# In JSON form, so that SIGTERM reaches the program and not a shell.
ENTRYPOINT ["/usr/local/bin/panelwatch"]
