#!/bin/sh
# Unpacks a Docker daemon, a registry and a static shell from Debian's (or Ubuntu's) own packages into a folder.
# Nothing is installed on the machine, and nothing but distribution packages is downloaded.
#
#     test/conformance/beds/install-docker.sh [folder]      default: build/conformance/docker
#
# buildx is tested too where it is there: Ubuntu has it as a package, and install-buildkit.sh builds it.
set -eu

target="${1:-build/conformance/docker}"
mkdir -p "$target"
target="$(cd "$target" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# apt fetches as the user _apt, who has to be let in.
chmod 755 "$work"

cd "$work"
apt-get download docker.io containerd runc tini docker-registry busybox-static
apt-get download docker-buildx 2>/dev/null || echo 'docker-buildx is no package here'
for package in *.deb; do
  dpkg -x "$package" "$target"
done

for program in dockerd docker containerd runc docker-registry busybox; do
  found="$(find "$target" -type f -name "$program" -path '*bin*' | head -n 1)"
  [ -n "$found" ] || { echo "install-docker.sh: $program is in none of the packages" >&2; exit 1; }
  echo "$found"
done
