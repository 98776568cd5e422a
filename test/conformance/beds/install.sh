#!/usr/bin/env bash
# Installs what the conformance layer needs, where this machine can: each bed by itself, so that one that cannot be had
# leaves the others. Everything goes below build/conformance, but for Debian packages (root and apt-get needed).
set -uo pipefail
cd "$(dirname "$0")/../../.."

failed=0
for bed in install-python.sh install-docker.sh install-buildkit.sh install-podman.sh install-base-image.sh install-moto.sh install-act.sh install-zizmor.sh install-onnx.sh install-families.sh install-mlflow.sh install-terraform.sh install-azurite.sh install-azure-ai-ml.sh install-gcs.sh install-google-aiplatform.sh install-lambda.sh install-localstack.sh; do
  printf -- '--- %s\n' "$bed"
  bash "test/conformance/beds/$bed" || { printf '%s: could not be installed\n' "$bed"; failed=1; }
done
exit "$failed"
