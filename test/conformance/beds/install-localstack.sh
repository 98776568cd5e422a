#!/usr/bin/env bash
# Two second opinions on Lambda's control plane: LocalStack's core (it needs Python 3.13) and MiniStack, both from PyPI.
# Without them the test says that it is skipped.
set -euo pipefail
cd "$(dirname "$0")/../../.."

bed=build/conformance/localstack
requirements=test/conformance/beds/requirements-localstack.txt
second=test/conformance/beds/requirements-ministack.txt
stamp=$bed/.installed-$(cat "$requirements" "$second" | sha256sum | cut -c1-16)
[ -f "$stamp" ] && exit 0
python=''
for found in python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13.*/bin/python; do
  "$found" --version >/dev/null 2>&1 && python=$found && break
done
[ -n "$python" ] || { echo 'Python 3.13 is needed for LocalStack.'; exit 1; }
rm -rf "$bed"
mkdir -p "$bed"
"$python" -m venv "$bed/localstack"
"$bed/localstack/bin/pip" install --quiet --requirement "$requirements"
"$python" -m venv "$bed/ministack"
"$bed/ministack/bin/pip" install --quiet --requirement "$second"
touch "$stamp"
