#!/usr/bin/env bash
# A virtual environment with what people train models with: scikit-learn, XGBoost, LightGBM, CatBoost and their
# converters to ONNX.
set -euo pipefail
cd "$(dirname "$0")/../../.."

venv=build/conformance/venv-families
requirements=test/conformance/families/requirements.txt
stamp=$venv/.installed-$(sha256sum "$requirements" | cut -c1-16)
[ -f "$stamp" ] && exit 0
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed.'; exit 1; }
rm -rf "$venv"
python3 -m venv "$venv"
# Wheels alone: building them would need compilers, and an hour.
"$venv/bin/pip" install --quiet --only-binary :all: --requirement "$requirements"
touch "$stamp"
