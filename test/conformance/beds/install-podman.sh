#!/bin/sh
# Unpacks podman and buildah from Debian's (or Ubuntu's) own packages into a folder; nothing is installed on the machine.
# The runtime (runc) and the registry come with install-docker.sh.
#
#     test/conformance/beds/install-podman.sh [folder]      default: build/conformance/podman
set -eu

target="${1:-build/conformance/podman}"
mkdir -p "$target"
target="$(cd "$target" && pwd)"
if [ -x "$target/usr/bin/podman" ] && [ -x "$target/usr/bin/buildah" ]; then exit 0; fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# apt fetches as the user _apt, who has to be let in.
chmod 755 "$work"

cd "$work"
# The libraries go by other names where time_t has 64 bits everywhere.
for package in podman buildah conmon golang-github-containers-common netavark libgpgme11 libassuan0 libsubid4 libyajl2 \
  libgpgme11t64 libassuan9 libsubid4t64; do
  apt-get download "$package" >/dev/null 2>&1 || echo "$package is no package here"
done
for package in *.deb; do
  dpkg -x "$package" "$target"
done

for program in podman buildah; do
  LD_LIBRARY_PATH="$(echo "$target"/usr/lib/*-linux-gnu)" "$target/usr/bin/$program" --version ||
    { echo "install-podman.sh: $program does not start" >&2; exit 1; }
done
