# shellcheck shell=bash
# Shared by the scripts of this folder; source it. What is heavy lies in a cache outside the tree and is linked from .rig/,
# so that a second checkout needs no download; without the cache everything is made anew.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
rig=$root/.rig
cache=${ONNX_LAMBDA_RIG_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/create-onnx-lambda-rig}
mkdir -p "$rig" "$cache"

say() { printf '%s rig: %s\n' "$(date +%T)" "$*" >&2; }

# Installs those of the Debian packages that are missing; one caller at a time, since dpkg has a lock.
apt_install() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "apt-get install ${missing[*]}"
  (
    flock 9
    export DEBIAN_FRONTEND=noninteractive
    apt-get -o DPkg::Lock::Timeout=120 -qq update >&2
    # dockerd is started by docker.sh: packages must not start services of their own.
    apt-get -o DPkg::Lock::Timeout=120 -qq install -y --no-install-recommends "${missing[@]}" >&2
  ) 9>"$cache/apt.lock"
}

# Python 3 that can make virtual environments.
need_python() {
  python3 -c 'import ensurepip' 2>/dev/null || apt_install python3 python3-venv
}

# venv NAME REQUIREMENTS: a Python environment with exactly these packages, linked as .rig/NAME.
# Its folder is named by what is in it: a change of a pin makes a new one.
venv() {
  local name=$1 requirements=$2 key folder
  key=$( { python3 -V; cat "$requirements"; } | sha256sum | cut -c1-12)
  folder=$cache/$name-$key
  (
    flock 9
    if [ ! -e "$folder/.complete" ]; then
      say "Python packages for $name"
      rm -rf "$folder"
      python3 -m venv "$folder"
      "$folder/bin/pip" install -q --disable-pip-version-check -r "$requirements" >&2
      touch "$folder/.complete"
    fi
  ) 9>"$cache/$name.lock"
  ln -sfn "$folder" "$rig/$name"
}
