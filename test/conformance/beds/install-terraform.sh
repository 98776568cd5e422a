#!/usr/bin/env bash
# Terraform, where this machine has none: built from the Go module proxy. And checkov, which looks for what is unsafe in HCL.
set -euo pipefail
cd "$(dirname "$0")/../../.."

target="$PWD/build/conformance/terraform"
stamp="$target/.installed-$(sha256sum "$0" test/conformance/beds/requirements-checkov.txt | sha256sum | cut -c1-16)"
[ -f "$stamp" ] && exit 0
mkdir -p "$target"
if ! command -v terraform >/dev/null; then
  command -v go >/dev/null || { echo 'Terraform is missing, and Go is needed to build it.'; exit 1; }
  GOBIN="$target" go install github.com/hashicorp/terraform@v1.11.4
fi
rm -rf "$target/venv"
python3 -m venv "$target/venv"
"$target/venv/bin/pip" install --quiet --requirement test/conformance/beds/requirements-checkov.txt
touch "$stamp"
