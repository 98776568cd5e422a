#!/usr/bin/env bash
# nektos/act, which runs workflows on this machine, and actionlint of today, both built from the Go module proxy.
set -euo pipefail
cd "$(dirname "$0")/../../.."

target="$PWD/build/conformance/act"
stamp="$target/.installed-$(sha256sum "$0" | cut -c1-16)"
[ -f "$stamp" ] && exit 0
command -v go >/dev/null || { echo 'Go is needed.'; exit 1; }
mkdir -p "$target"
GOBIN="$target" go install github.com/nektos/act@v0.2.82
GOBIN="$target" go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.7
touch "$stamp"
