#!/usr/bin/env bash
# A base image for model/Dockerfile made of Debian packages only, since no image can be pulled here: debootstrap makes
# the root file system, and what the Dockerfile installs is there already, so that the build needs no network.
#
#     test/conformance/beds/install-base-image.sh [folder]      default: build/conformance/base-image
set -euo pipefail
cd "$(dirname "$0")/../../.."

target="${1:-build/conformance/base-image}"
mkdir -p "$target"
target="$(cd "$target" && pwd)"
requirements="$(cat model/requirements-serve.txt model/code/requirements.txt "$0" | sha256sum | cut -c1-16)"
[ -f "$target/rootfs-$requirements.tar" ] && exit 0
[ "$(id -u)" = 0 ] || { echo 'debootstrap has to be started by root.'; exit 1; }

# Not below /tmp where that is mounted without devices: debootstrap makes some.
work="$(mktemp -d "$target/work.XXXXXX")"
cleanup() { umount "$work/root/proc" "$work/root/sys" 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
chmod 755 "$work"

(cd "$work" && apt-get download debootstrap && dpkg -x debootstrap_*.deb debootstrap) >/dev/null
DEBOOTSTRAP_DIR="$work/debootstrap/usr/share/debootstrap" PATH="$PATH:/usr/sbin:/sbin" \
  sh "$work/debootstrap/usr/sbin/debootstrap" --variant=minbase \
  --include=python3,python3-pip,python-is-python3,ca-certificates bookworm "$work/root" http://deb.debian.org/debian

# Debian's Python is 3.11, whatever this machine has.
python3 -m pip download --quiet --dest "$work/wheels" --only-binary=:all: --python-version 3.11 \
  --platform manylinux_2_28_x86_64 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 \
  --requirement model/requirements-serve.txt
cp -r "$work/wheels" "$work/root/wheels"
mkdir "$work/root/requirements" && cp -r model/requirements-serve.txt model/code "$work/root/requirements/"
rm -f "$work"/root/usr/lib/python3*/EXTERNALLY-MANAGED
chroot "$work/root" python3 -m pip install --quiet --root-user-action=ignore --no-index --find-links /wheels \
  --requirement /requirements/requirements-serve.txt
# What no server needs; a daemon without an overlay file system copies the rest for every step of a build.
rm -rf "$work"/root/usr/share/{doc,man,locale,info}
find "$work"/root/usr/local/lib/python3* -depth -type d \( -name tests -o -name __pycache__ \) -exec rm -rf {} +
rm -rf "$work/root/wheels" "$work/root/requirements" "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/*

rm -f "$target"/rootfs-*.tar
tar -C "$work/root" --exclude='./proc/*' --exclude='./sys/*' -cf "$work/rootfs.tar" .
mv "$work/rootfs.tar" "$target/rootfs-$requirements.tar"
ls -l "$target"
