#!/bin/sh
# SPDX-License-Identifier: MIT
#
# dockerfile.sh: runs the steps of docs/deploy/Dockerfile where there is no
# container engine. The first stage runs in a bare Debian 12 (chroot) with this
# tree's files; the last one is an empty folder with what is copied into it, in
# which the entry point must answer. It is also how cmake/dev.sh is seen to work
# on a machine that has nothing. 77 where it cannot run.
set -eu
dockerfile=docs/deploy/Dockerfile

skip() {
  echo "not tested: $*"
  exit 77
}

[ "$(id -u)" = 0 ] || skip "a chroot takes root"
debootstrap=$(command -v debootstrap || echo /usr/sbin/debootstrap)
[ -x "$debootstrap" ] || skip "debootstrap is absent"
command -v apt-get > /dev/null || skip "apt, which knows the mirror, is absent"

work=$(mktemp -d)
build=$work/build
image=$work/image
daemon=

clean_up() {
  [ -z "$daemon" ] || kill "$daemon" 2> /dev/null || :
  umount "$build/proc" 2> /dev/null || :
  mountpoint -q "$build/proc" 2> /dev/null || rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# The rest of the lines that begin with an instruction, of one stage.
instructions() {
  awk -v stage="$1" -v name="$2" '
    $1 == "FROM" { n++ }
    n == stage && $1 == name { sub(/^[A-Z]+ +/, ""); print }' $dockerfile
}

make_base() {
  base=$(instructions 1 FROM)
  release=${base#debian:}
  release=${release%%-slim*}
  for mirror in $(apt-get indextargets --format '$(REPO_URI)' \
      'Created-By: Packages' | sort -u); do
    "$debootstrap" --variant=minbase "$release" "$build" "$mirror" \
      > "$work/debootstrap.log" 2>&1 && return
    rm -rf "$build"
  done
  tail -n 5 "$work/debootstrap.log"
  skip "no mirror of this machine has $release"
}

# How to reach the mirrors is this machine's business.
lend_network() {
  for file in /etc/resolv.conf /etc/hosts /etc/apt/sources.list \
      /etc/apt/apt.conf; do
    [ ! -e $file ] || cp -L $file "$build$file"
  done
  for folder in /etc/apt/sources.list.d /etc/apt/apt.conf.d \
      /etc/apt/auth.conf.d /usr/local/share/ca-certificates; do
    [ ! -d $folder ] || { mkdir -p "$build$folder" && cp -RL $folder/. "$build$folder"; }
  done
  # Debian's own packages are all that it takes.
  grep -RlE 'https?://' "$build/etc/apt/sources.list.d" | while read -r list; do
    grep -q 'debian-archive-keyring' "$list" || rm "$list"
  done
}

copy_source() {
  mkdir -p "$build$workdir"
  git ls-files -co --exclude-standard -z | tar -c --null -T - |
    tar -x -C "$build$workdir"
}

run_steps() {
  mount -t proc proc "$build/proc"
  instructions 1 RUN > "$work/steps"
  [ -s "$work/steps" ] || { echo "the Dockerfile has no RUN"; exit 1; }
  while read -r step; do
    echo "RUN $step"
    chroot "$build" env -i PATH="$PATH_IN_IMAGE" HOME=/root \
      GOFLAGS=-buildvcs=false sh -c "cd $workdir && $step" < /dev/null \
      > "$work/run.log" 2>&1 || { tail -n 40 "$work/run.log"; exit 1; }
    tail -n 1 "$work/run.log"
  done < "$work/steps"
}

# COPY --from=build SOURCE... TARGET
copy_to_image() {
  mkdir -p "$image"
  instructions 2 COPY > "$work/copies"
  while read -r _ files; do
    target=${files##* }
    for file in ${files% *}; do
      case $target in
        */) mkdir -p "$image$target" && cp "$build$file" "$image$target" ;;
        *) cp "$build$file" "$image$target" ;;
      esac
    done
  done < "$work/copies"
}

check_image() {
  (cd "$image" && find . -type f)
  entry=$(instructions 2 ENTRYPOINT | tr -d '[]",')
  command=$(instructions 2 CMD | tr -d '[]",')
  user=$(instructions 2 USER)
  chroot --userspec="$user" "$image" "$entry" version
  # The port of EXPOSE may be in use here.
  chroot --userspec="$user" "$image" "$entry" "$command" \
    --listen 127.0.0.1:0 2> "$work/daemon.log" &
  daemon=$!
  tries=0
  until address=$(grep -o 'address=127[^ ]*' "$work/daemon.log"); do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { cat "$work/daemon.log"; exit 1; }
    sleep 0.1
  done
  curl -fsS "http://${address#address=}/healthz"
  kill "$daemon"
  wait "$daemon"
  daemon=
}

PATH_IN_IMAGE=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
workdir=$(instructions 1 WORKDIR)
make_base
lend_network
copy_source
run_steps
copy_to_image
check_image
echo "not tested: a container engine, its layers and its network"
