#!/usr/bin/env bash
# A virtual environment with MLflow, its server and what the models of its tests are logged with.
set -euo pipefail
cd "$(dirname "$0")/../../.."

venv=build/conformance/venv-mlflow
requirements=test/conformance/mlflow/requirements.txt
stamp=$venv/.installed-$(sha256sum "$requirements" | cut -c1-16)
[ -f "$stamp" ] && exit 0
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed.'; exit 1; }
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --only-binary :all: --requirement "$requirements"
touch "$stamp"
