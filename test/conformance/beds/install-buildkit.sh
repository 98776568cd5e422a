#!/usr/bin/env bash
# buildx and buildkitd of today, built from the Go module proxy: Debian 12 has neither as a package. Needs Go.
#
#     test/conformance/beds/install-buildkit.sh [folder]      default: build/conformance/docker
set -euo pipefail
cd "$(dirname "$0")/../../.."

buildx=v0.38.2
buildkit=v0.34.2
target="${1:-build/conformance/docker}"
mkdir -p "$target/buildx" "$target/buildkit"
target="$(cd "$target" && pwd)"
stamp="$target/buildkit/.built-$buildx-$buildkit"
[ -f "$stamp" ] && exit 0
command -v go >/dev/null || { echo 'Go is not installed, so that buildx and buildkitd are tested only where they are packages.'; exit 0; }

export CGO_ENABLED=0
GOBIN="$target/buildx" go install -ldflags "-X github.com/docker/buildx/version.Version=$buildx" \
  "github.com/docker/buildx/cmd/buildx@$buildx"
# Its go.mod excludes a version, which `go install` of a module that is not the main one does not allow.
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
GOFLAGS=-mod=mod go mod download "github.com/moby/buildkit@$buildkit"
cp -r "$(go env GOMODCACHE)/github.com/moby/buildkit@$buildkit" "$work/buildkit"
chmod -R u+w "$work/buildkit"
(cd "$work/buildkit" && go build -ldflags "-X github.com/moby/buildkit/version.Version=$buildkit" -o "$target/buildkit/" ./cmd/buildkitd)
rm -f "$target"/buildkit/.built-*
touch "$stamp"
