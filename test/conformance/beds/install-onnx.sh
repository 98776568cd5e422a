#!/usr/bin/env bash
# ONNX's own tests of single operators, written as files from the onnx package, and a Python with onnxruntime and requests
# to measure against.
set -euo pipefail
cd "$(dirname "$0")/../../.."

venv=build/conformance/venv-onnx
data=build/conformance/onnx-node
folder=test/conformance/onnx-node
requirements=$folder/requirements.txt
stamp=$data/.made-$(cat "$requirements" "$folder"/*.py | sha256sum | cut -c1-16)
[ -f "$stamp" ] && exit 0
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed.'; exit 1; }
rm -rf "$venv" "$data"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --requirement "$requirements"
"$venv/bin/python" "$folder/generate.py" "$data"
"$venv/bin/python" "$folder/witness.py" "$data"
touch "$stamp"
