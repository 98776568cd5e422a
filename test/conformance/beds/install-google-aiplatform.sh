#!/usr/bin/env bash
# A virtual environment with Google's own clients: of Vertex AI (a witness that is not ours), and of Cloud Monitoring and Cloud
# Logging, whose types judge our requests.
set -euo pipefail
cd "$(dirname "$0")/../../.."

venv=build/conformance/venv-google
requirements=test/conformance/beds/requirements-google.txt
stamp=$venv/.installed-$(sha256sum "$requirements" | cut -c1-16)
[ -f "$stamp" ] && exit 0
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --requirement "$requirements"
touch "$stamp"
