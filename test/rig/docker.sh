#!/usr/bin/env bash
# Sees to it that a Docker engine answers: installs one (Debian, as root) and starts it when none does.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

answers() { docker info >/dev/null 2>&1; }

# forget_dead FILE NAME: an engine that was killed leaves its pid file behind, and the next one takes whatever has that number now for it.
forget_dead() {
  [ -f "$1" ] || return 0
  [ "$(cat "/proc/$(cat "$1")/comm" 2>/dev/null)" = "$2" ] || rm -f "$1"
}

answers && exit 0
[ "$(id -u)" = 0 ] || { say "no Docker engine answers, and only root can start one: start Docker, then run this again"; exit 1; }
apt_install docker.io iptables
(
  flock 9
  answers && exit 0
  say "starting dockerd, log in $cache/dockerd.log"
  forget_dead /var/run/docker.pid dockerd
  forget_dead /var/run/docker/containerd/containerd.pid containerd
  setsid dockerd >"$cache/dockerd.log" 2>&1 </dev/null 9>&- &
  for _ in $(seq 60); do
    answers && exit 0
    sleep 0.5
  done
  say 'dockerd does not answer; its last lines:'
  tail -n 20 "$cache/dockerd.log" >&2
  exit 1
) 9>"$cache/docker.lock"
