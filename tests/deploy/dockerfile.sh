#!/bin/sh
# SPDX-License-Identifier: MIT
#
# dockerfile.sh: runs the steps of docs/deploy/Dockerfile where there is no
# container engine. The first stage runs in a bare Debian (chroot) with this
# tree's files; the last one is an empty folder with what is copied into it, in
# which the entry point must answer. It is also how cmake/dev.sh and
# cmake/find-go.sh are seen to work on a machine that has nothing. It takes a
# gigabyte below $TMPDIR. 77 where it cannot run.
set -eu
dockerfile=docs/deploy/Dockerfile
work=${1-}

skip() {
  echo "not tested: $*"
  exit 77
}

fail() {
  echo "$*" >&2
  exit 1
}

# All that needs an end is below a process and a mount namespace, which ends
# with it: nothing stays mounted or running, whatever ends this script.
supervise() {
  [ "$(id -u)" = 0 ] || skip "a chroot takes root"
  PATH=$PATH:/usr/sbin:/sbin
  for tool in debootstrap apt-get curl git unshare setpriv; do
    command -v $tool > /dev/null || skip "$tool is absent"
  done
  unshare --mount --mount-proc --pid --fork true 2> /dev/null ||
    skip "namespaces are not allowed here"
  steps=
  work=$(mktemp -d)
  trap clean_up EXIT
  trap 'exit 1' HUP INT TERM
  setpriv --pdeathsig KILL \
    unshare --mount --mount-proc --pid --kill-child sh "$0" "$work" &
  steps=$!
  status=0
  wait "$steps" || status=$?
  steps=
  exit $status
}

clean_up() {
  if [ -n "$steps" ]; then
    kill -s KILL "$steps" 2> /dev/null || :
    wait "$steps" || :
  fi
  # Those below it may need a moment to end.
  rm -rf --one-file-system "$work" 2> /dev/null || {
    sleep 2
    rm -rf --one-file-system "$work"
  }
}

# instructions STAGE NAME: the rest of the lines that begin with it.
instructions() {
  awk -v stage="$1" -v name="$2" '
    $1 == "FROM" { n++ }
    n == stage && $1 == name { sub(/^[A-Z]+ +/, ""); print }' $dockerfile
}

# What is not understood here must not be passed over in silence.
check_dockerfile() {
  unknown=$(awk '
    BEGIN {
      known[1] = " FROM WORKDIR COPY RUN "
      known[2] = " FROM COPY USER EXPOSE ENTRYPOINT CMD "
    }
    /^#/ || /^$/ { next }
    $1 == "FROM" { n++ }
    /\\$/ || !index(known[n], " " $1 " ")' $dockerfile)
  [ -z "$unknown" ] || fail "this test does not know $unknown"
  [ "$(instructions 1 COPY)" = ". ." ] || fail "the sources are not copied"
  [ -n "$(instructions 1 RUN)" ] || fail "there is nothing to run"
  # So that the engine copies what copy_source does.
  sed 's|^/||; s|/$||' .gitignore | while read -r ignored; do
    grep -qxF "$ignored" $dockerfile.dockerignore ||
      fail "$dockerfile.dockerignore does not name $ignored"
  done
}

# Debian's own lists of this machine: FORMAT is apt-get indextargets'.
debian_lists() {
  apt-get indextargets --format "$1" 'Created-By: Packages' 'Origin: Debian'
}

make_base() {
  base=$(instructions 1 FROM)
  release=${base#debian:}
  release=${release%%-slim*}
  for mirror in $(debian_lists '$(REPO_URI)' | sort -u); do
    debootstrap --variant=minbase "$release" "$root" "$mirror" \
      > "$work/debootstrap.log" 2>&1 && return
    rm -rf --one-file-system "$root"
  done
  tail -n 5 "$work/debootstrap.log" || :
  skip "no mirror of this machine has $release"
}

# How to reach mirrors, and whom to trust on the way, is this machine's business.
lend_network() {
  for thing in /etc/resolv.conf /etc/hosts /etc/apt/apt.conf \
      /etc/apt/apt.conf.d /etc/apt/auth.conf.d \
      /usr/local/share/ca-certificates; do
    [ -e $thing ] || continue
    mkdir -p "$root${thing%/*}"
    cp -RLT $thing "$root$thing"
  done
}

# The image has its sources in this file, with the updates. Where the machine
# is of another release, what debootstrap wrote stays.
lend_sources() {
  debian_lists '$(REPO_URI) $(RELEASE) $(COMPONENT)' |
    grep -E " $release(-updates|-security)? " > "$work/lists" || return 0
  rm "$root/etc/apt/sources.list"
  while read -r uri suite component; do
    printf '%s\n' "Types: deb" "URIs: $uri" "Suites: $suite" \
      "Components: $component" \
      "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg" ""
  done < "$work/lists" > "$root/etc/apt/sources.list.d/debian.sources"
}

copy_source() {
  mkdir -p "$root$source"
  git ls-files -co --exclude-standard -z |
    tar -c --ignore-failed-read --null -T - | tar -x -C "$root$source"
}

# What an engine sets, and nothing of this machine's.
in_stage() {
  chroot "$root" env -i HOME=/root \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

run_steps() {
  mount -t proc proc "$root/proc"
  ! in_stage sh -c 'command -v go || command -v cc' || fail "it is not bare"
  instructions 1 RUN > "$work/steps"
  while read -r step; do
    echo "RUN $step"
    in_stage sh -c "cd $source && $step" < /dev/null > "$work/log" 2>&1 || {
      tail -n 40 "$work/log"
      exit 1
    }
    grep '^Installing' "$work/log" || :
  done < "$work/steps"
}

# COPY --from=build SOURCE... TARGET
copy_to_image() {
  mkdir "$image"
  instructions 2 COPY > "$work/copies"
  while read -r _ files; do
    target=$image${files##* }
    case $target in
      */) mkdir -p "$target" ;;
      *) mkdir -p "$(dirname "$target")" ;;
    esac
    for file in ${files% *}; do
      cp "$root$file" "$target"
    done
  done < "$work/copies"
  (cd "$image" && find . -type f -exec ls -s --block-size=1 {} +)
}

# The array of strings that an instruction of the last stage takes.
words() {
  instructions 2 "$1" | tr -d '[]",'
}

# xg2gd ARGUMENT...: what the image runs, as whom it runs it.
xg2gd() {
  # shellcheck disable=SC2046
  exec chroot --userspec="$(instructions 2 USER)" "$image" \
    $(words ENTRYPOINT) "$@"
}

check_image() {
  (xg2gd version)
  command=$(words CMD)
  port=$(instructions 2 EXPOSE)
  # Only in words, for the port may be in use here.
  (xg2gd "$command" --help) | grep -qF "(:$port). [XG2G_LISTEN]" ||
    fail "$port is not where it listens"
  (xg2gd "$command" --listen 127.0.0.1:0) 2> "$work/log" &
  daemon=$!
  tries=0
  until address=$(grep -o '127\.0\.0\.1:[1-9][0-9]*' "$work/log"); do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || fail "$(cat "$work/log")"
    sleep 0.1
  done
  curl --fail --silent --show-error --noproxy '*' "http://$address/healthz"
  kill "$daemon"
  wait "$daemon" || fail "it did not end in good order: $(cat "$work/log")"
}

[ -n "$work" ] || supervise
root=$work/root
image=$work/image
source=$(instructions 1 WORKDIR)
check_dockerfile
make_base
lend_network
lend_sources
copy_source
run_steps
copy_to_image
check_image
echo "not tested: a container engine, its layers, its network and its stop"
