#!/usr/bin/env bash
# Puts everything in place that some test needs: Docker, the Lambda base image, the SAM CLI, the stand-in for AWS, the template checkers, the makers of the zoo.
# Idempotent: a second run takes a second. The parts run side by side; the log of one that failed is shown.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# dpkg has one lock: all that is needed of Debian comes first, in one go.
need_python
apt_install git ca-certificates docker.io iptables debootstrap g++ make cmake xz-utils libgomp1 locales shellcheck

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
steps=(base-image.sh stand-in.sh ../checks/setup.sh ../zoo/setup.sh)
pids=()
for step in "${steps[@]}"; do
  "$here/$step" >"$logs/$(basename "$(dirname "$step")")-$(basename "$step")" 2>&1 &
  pids+=($!)
done

failed=0
for i in "${!steps[@]}"; do
  if wait "${pids[$i]}"; then
    say "ready: ${steps[$i]}"
  else
    failed=1
    say "failed: ${steps[$i]}"
    cat "$logs/$(basename "$(dirname "${steps[$i]}")")-$(basename "${steps[$i]}")" >&2
  fi
done
exit $failed
