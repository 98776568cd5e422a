#!/usr/bin/env bash
# AWS's Runtime Interface Emulator (Go) and its runtime client for Python: what runs a handler on Lambda, on this machine.
# It takes half a minute. Without it the test says that it is skipped.
set -euo pipefail
cd "$(dirname "$0")/../../.."

# The stamp says which versions are there.
rie=v0.0.0-20261030222936-bef5c4ba774d
bed=build/conformance/lambda
requirements=test/conformance/beds/requirements-lambda.txt
stamp=$bed/.installed-$rie-$(sha256sum "$requirements" | cut -c1-16)
[ -f "$stamp" ] && exit 0
rm -rf "$bed"
mkdir -p "$bed"
GOBIN=$(cd "$bed" && pwd) GOFLAGS=-mod=mod go install "github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie@$rie"
# Beside the sample's own packages, which install-python.sh has installed.
build/conformance/venv/bin/pip install --quiet --target "$bed/site" --requirement "$requirements"
touch "$stamp"
