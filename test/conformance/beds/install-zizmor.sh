#!/usr/bin/env bash
# zizmor, which knows how workflows are attacked. https://docs.zizmor.sh
set -euo pipefail
cd "$(dirname "$0")/../../.."

venv=build/conformance/venv-zizmor
requirements=test/conformance/beds/requirements-zizmor.txt
stamp=$venv/.installed-$(sha256sum "$requirements" | cut -c1-16)
[ -f "$stamp" ] && exit 0
rm -rf "$venv"
python3 -m venv "$venv"
# Wheels alone: building it would need a Rust compiler.
"$venv/bin/pip" install --quiet --only-binary :all: --requirement "$requirements"
touch "$stamp"
