#!/usr/bin/env bash
# A virtual environment with the sample project's pinned requirements, and its models trained in it.
set -euo pipefail
cd "$(dirname "$0")/../../.."

venv=build/conformance/venv
stamp=$venv/.installed-$(sha256sum model/requirements.txt | cut -c1-16)
[ -f "$stamp" ] && exit 0
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed.'; exit 1; }
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --requirement model/requirements.txt
touch "$stamp"
