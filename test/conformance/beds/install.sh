#!/usr/bin/env bash
# Installs what the conformance layer needs, where this machine can: each bed by itself, so that one that cannot be had
# leaves the others. Everything goes below build/conformance, but for Debian packages (root and apt-get needed).
set -uo pipefail
cd "$(dirname "$0")/../../.."

failed=0
install() {
  printf -- '--- %s\n' "$1"
  local began=$SECONDS
  bash "test/conformance/beds/$1" || { printf '%s: could not be installed\n' "$1"; return 1; }
  printf '%s: %d s\n' "$1" $((SECONDS - began))
}

for bed in install-python.sh install-docker.sh; do install "$bed" || failed=1; done
# It compiles for minutes, while the others are downloaded.
compiled=$(mktemp)
install install-buildkit.sh >"$compiled" 2>&1 &
buildkit=$!
for bed in install-podman.sh install-base-image.sh install-moto.sh install-act.sh install-zizmor.sh install-onnx.sh install-families.sh install-mlflow.sh install-terraform.sh install-azurite.sh install-azure-ai-ml.sh install-gcs.sh install-google-aiplatform.sh install-lambda.sh install-localstack.sh; do
  install "$bed" || failed=1
done
wait "$buildkit" || failed=1
cat "$compiled"
rm "$compiled"
exit "$failed"
