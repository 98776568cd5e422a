#!/usr/bin/env bash
# fake-gcs-server (Go), which stands in for Cloud Storage, and @google-cloud/storage, a witness that is not ours. To build it
# loads a module cache of 700 MB and can take many minutes, so it gets three: where they are not enough, the test says that it
# is skipped, and what was loaded is there for the next try. ML_DEPLOY_GCS_MINUTES gives it more.
set -euo pipefail
cd "$(dirname "$0")/../../.."

version=v1.56.1
client=8.4.0
bed=build/conformance/google
stamp=$bed/.installed-$version-$client
[ -f "$stamp" ] && exit 0
rm -rf "$bed"
mkdir -p "$bed"
minutes=${ML_DEPLOY_GCS_MINUTES:-3}
GOBIN=$(cd "$bed" && pwd) GOFLAGS=-mod=mod timeout "$((minutes * 60))" nice go install "github.com/fsouza/fake-gcs-server@$version" || {
  printf 'fake-gcs-server was not built within %s minutes; try again with ML_DEPLOY_GCS_MINUTES=30.\n' "$minutes"
  exit 1
}
npm install --prefix "$bed" --no-save --no-audit --no-fund --ignore-scripts --silent "@google-cloud/storage@$client"
touch "$stamp"
