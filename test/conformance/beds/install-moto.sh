#!/usr/bin/env bash
# A virtual environment with moto (AWS's services on this machine) and the AWS CLI (a witness that is not ours).
set -euo pipefail
cd "$(dirname "$0")/../../.."

venv=build/conformance/venv-aws
requirements=test/conformance/beds/requirements-moto.txt
stamp=$venv/.installed-$(sha256sum "$requirements" | cut -c1-16)
[ -f "$stamp" ] && exit 0
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --requirement "$requirements"
touch "$stamp"
