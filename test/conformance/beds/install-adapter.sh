#!/usr/bin/env bash
# AWS's Lambda Web Adapter, which model/Dockerfile.lambda takes from AWS's registry, compiled from its crate: beside the
# emulator that install-lambda.sh installs. Not part of install.sh: it takes ten minutes. Without it the test is skipped.
set -euo pipefail
cd "$(dirname "$0")/../../.."

version=1.0.0-rc1
bed=build/conformance/lambda
stamp=$bed/.adapter-$version
[ -f "$stamp" ] && exit 0
mkdir -p "$bed"
cargo install lambda_web_adapter --version "$version" --root "$bed/cargo"
mv "$bed/cargo/bin/lambda-adapter" "$bed/lambda-adapter"
rm -rf "$bed/cargo"
touch "$stamp"
