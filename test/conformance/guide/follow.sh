# Runs one block of a guide as a user's shell would, after the blocks before it: its variables and its folder are kept.
# BLOCK is the block with as many empty lines in front as it has in the page, so that LINENO is the page's line.
# TRACE gets, for each command, its line, when it began, and how the one before it ended.
set -TEeuo pipefail
source "$STATE/variables"
cd "$(cat "$STATE/folder")"
TRACE="$STATE/trace"
: > "$TRACE"
mark() {
  [ "$BASH_SUBSHELL" = 0 ] && [ "$3" = "$BLOCK" ] && printf '%s %s %s\n' "$1" "$2" "$EPOCHREALTIME" >> "$TRACE"
  return 0
}
set -o allexport
trap 'printf "%s:%s: %s\n" "$PAGE" "$LINENO" "$BASH_COMMAND" >> "$STATE/failed"' ERR
trap 'mark "$?" 0 "$BLOCK"' EXIT
trap 'mark "$?" "$LINENO" "${BASH_SOURCE[0]}"' DEBUG
source "$BLOCK"
trap - DEBUG
trap - EXIT
mark 0 0 "$BLOCK"
export -p > "$STATE/variables"
pwd > "$STATE/folder"
