# Runs one block of a guide as a user's shell would, after the blocks before it: its variables and its folder are kept.
# BLOCK is the block with as many empty lines in front as it has in the page, so that LINENO is the page's line.
set -Eeuo pipefail
source "$STATE/variables"
cd "$(cat "$STATE/folder")"
set -o allexport
trap 'printf "%s:%s: %s\n" "$PAGE" "$LINENO" "$BASH_COMMAND" >> "$STATE/failed"' ERR
source "$BLOCK"
export -p > "$STATE/variables"
pwd > "$STATE/folder"
