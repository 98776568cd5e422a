#!/usr/bin/env bash
# A virtual environment with azure-ai-ml, Microsoft's own client of Azure ML (a witness that is not ours).
set -euo pipefail
cd "$(dirname "$0")/../../.."

venv=build/conformance/venv-azure
requirements=test/conformance/beds/requirements-azure.txt
stamp=$venv/.installed-$(sha256sum "$requirements" | cut -c1-16)
[ -f "$stamp" ] && exit 0
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --requirement "$requirements"
touch "$stamp"
