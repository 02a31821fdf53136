#!/bin/sh
# SPDX-License-Identifier: MIT
#
# find-go.sh: prints the folder of a go command that is 1.23 or later, or fails.
#
# find-go.sh --install: brings one from Debian first. Where the release's own is
# older, the backports have it by version. They are asked with lists of our own,
# so that the machine's sources stay as they are, and nothing else comes from
# there.
set -eu
least=23

is_new_enough() {
  version=$(GOTOOLCHAIN=local "$1" env GOVERSION 2> /dev/null) || return 1
  minor=${version#go1.}
  [ "$minor" != "$version" ] && [ "${minor%%[!0-9]*}" -ge $least ]
}

find_go() {
  for go in "$(command -v go || :)" /usr/local/go/bin/go /usr/lib/go-1.*/bin/go; do
    if [ -x "$go" ] && is_new_enough "$go"; then
      dirname "$go"
      return
    fi
  done
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_package() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" install -y \
    --no-install-recommends "$package" > /dev/null
}

install_backport() {
  package=golang-1.$least-go
  # shellcheck disable=SC1091
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  key=/usr/share/keyrings/debian-archive-keyring.gpg
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  for mirror in $(apt-get indextargets --format '$(REPO_URI)' \
      'Created-By: Packages' | sort -u); do
    rm -rf "$work"/*
    mkdir -p "$work/parts" "$work/lists/partial"
    cp /etc/apt/sources.list.d/* "$work/parts" 2> /dev/null || :
    echo "deb [signed-by=$key] $mirror $release-backports main" \
      > "$work/parts/backports.list"
    set -- -o "Dir::Etc::sourceparts=$work/parts" \
      -o "Dir::State::lists=$work/lists" -o APT::Sandbox::User=root
    as_root apt-get -qq "$@" update > /dev/null 2>&1 || continue
    install_package "$@" && return
  done
  echo "find-go.sh: no Go 1.$least or later, neither here nor in Debian;" \
    "please install one" >&2
  return 1
}

install_go() {
  as_root apt-get -qq update
  package=golang-go
  candidate=$(apt-cache policy golang-go | sed -n 's/^ *Candidate: 2:1\.//p')
  if [ "${candidate:+set}" ] && [ "${candidate%%[!0-9]*}" -ge $least ]; then
    echo "Installing $package" >&2
    install_package
  else
    echo "Installing Go 1.$least from the backports" >&2
    install_backport
  fi
}

if [ "${1-}" = --install ] && ! find_go > /dev/null; then
  install_go
fi
find_go
