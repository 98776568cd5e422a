#!/usr/bin/env bash
# Azurite, Microsoft's emulator of Azure Blob, and @azure/storage-blob, a witness that is not ours. Not in package.json: with
# all they need they are larger than everything else together. The witness is the newest whose API version Azurite knows.
set -euo pipefail
cd "$(dirname "$0")/../../.."

target=build/conformance/azure
stamp=$target/.installed-$(sha256sum "$0" | cut -c1-16)
[ -f "$stamp" ] && exit 0
rm -rf "$target"
mkdir -p "$target"
npm install --prefix "$target" --no-save --no-audit --no-fund --ignore-scripts --silent azurite@3.37.0 @azure/storage-blob@12.31.0
touch "$stamp"
