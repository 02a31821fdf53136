#!/bin/sh
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/.."
golangci_lint=v2.3.1 # The last that Go 1.23 builds.

usage() {
  cat <<'TEXT'
usage: cmake/dev.sh COMMAND

  setup               install what is missing, where apt is
  build [PRESET]      build it (release)
  build-static        build an xg2gd that needs no library at all
  demo                make a stream, transcode its audio, show what changed
  test [PRESET]       build it and run every test (release)
  bench [ARGUMENT]    run the benchmarks; arguments are Google Benchmark's
  fuzz [SECONDS]      run each fuzzer for that long (60)
  format [--check]    lay the sources out, or fail where that is due
  lint [FILE]         run clang-tidy on our sources, or on these

Each does what it needs before it. Presets: release, dev, asan, tsan, fuzz.
TEXT
}

# need PACKAGE COMMAND-OR-FILE...: notes the package unless all are there.
need() {
  package=$1
  shift
  for thing; do
    case $thing in
      /*) [ -e "$thing" ] && continue ;;
      *) command -v "$thing" > /dev/null && continue ;;
    esac
    missing="$missing $package"
    return
  done
}

install_missing() {
  [ -n "$missing" ] || return 0
  if ! command -v apt-get > /dev/null; then
    echo "dev.sh: please install what Debian calls$missing" >&2
    exit 1
  fi
  root=
  [ "$(id -u)" = 0 ] || root=sudo
  echo "Installing$missing"
  $root apt-get -qq update
  # shellcheck disable=SC2086
  $root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
    --no-install-recommends $missing > /dev/null
  missing=
}

# The libraries of clang's sanitizers and libFuzzer, which Debian has in a
# package of their own for each version of clang.
need_clang_runtime() {
  version=$(clang++ -dumpversion)
  need "libclang-rt-${version%%.*}-dev" \
    "$(clang++ -print-file-name="libclang_rt.fuzzer-$(uname -m).a")" \
    "$(clang++ -print-file-name="libclang_rt.asan-$(uname -m).a")"
}

# setup [WHAT]: the tools of every build, and those of one preset or command.
setup() {
  missing=
  need g++ cc c++
  need make make
  need cmake cmake ctest
  need ninja-build ninja
  need nasm nasm
  need patch patch
  need pkg-config pkg-config
  need ca-certificates /etc/ssl/certs/ca-certificates.crt
  need libgtest-dev /usr/include/gtest/gtest.h
  need libbenchmark-dev /usr/include/benchmark/benchmark.h
  case ${1-} in
    format) need clang-format clang-format ;;
    lint)
      need clang clang clang++
      need clang-tidy clang-tidy run-clang-tidy
      ;;
    fuzz)
      need clang clang clang++
      need llvm llvm-symbolizer
      install_missing
      need_clang_runtime
      ;;
    bench) need ffmpeg ffmpeg ;;
    test)
      need binutils readelf
      need curl curl
      need ffmpeg ffprobe
      need debootstrap /usr/sbin/debootstrap
      ;;
  esac
  install_missing
}

# Puts a Go that is new enough on the path.
setup_go() {
  go=$(cmake/find-go.sh --install)
  PATH=$go:$PATH
  export PATH
}

# build PRESET [TARGET...]
build() {
  preset=$1
  shift
  setup "$preset"
  [ "$preset" != release ] || setup_go
  mkdir -p build
  cmake --preset "$preset" > "build/$preset.log" 2>&1 || {
    cat "build/$preset.log"
    exit 1
  }
  cmake --build --preset "$preset" ${1:+--target "$@"}
}

our_sources() {
  find src ffi include tests bench -name '*.h' -o -name '*.c' -o -name '*.cpp'
}

# run_go ARGUMENT...: the go command in the module's folder.
run_go() {
  (cd go && GOTOOLCHAIN=local go "$@")
}

run_demo() {
  build release xg2g-remux xg2g-make-demo-stream xg2g-compare-streams
  sh tests/demo/demo.sh build/release/bin build/demo
}

run_bench() {
  setup bench
  build release xg2g_bench
  build/release/bin/xg2g_bench "$@"
  [ $# -gt 0 ] || bench_go
}

bench_go() {
  build release xg2gd xg2g-make-demo-stream
  run_go test -run '^$' -bench . .
}

run_fuzz() {
  build fuzz
  for fuzzer in build/fuzz/bin/*_fuzzer; do
    name=$(basename "$fuzzer" _fuzzer)
    found=build/fuzz/found/$name
    mkdir -p "$found"
    echo "$name"
    "$fuzzer" -max_total_time="$1" -timeout=10 -verbosity=0 \
      -print_final_stats=1 -artifact_prefix="$found-" \
      "$found" "tests/fuzz/corpus/$name"
  done
  build release xg2gd xg2g-make-demo-stream
  run_go test -run '^$' -fuzz FuzzProcess -fuzztime "$1s" .
  run_go test -run '^$' -fuzz FuzzParse -fuzztime "$1s" ./internal/upstream
}

run_format() {
  setup format
  setup_go
  if [ "${1-}" != --check ]; then
    our_sources | xargs clang-format -i
    gofmt -w go
    return
  fi
  our_sources | xargs clang-format --dry-run --Werror
  unformatted=$(gofmt -l go)
  [ -z "$unformatted" ] || {
    echo "gofmt would lay these out otherwise: $unformatted" >&2
    exit 1
  }
}

run_lint() {
  build lint
  run-clang-tidy -quiet -p build/lint -j "$(nproc)" "$@"
  [ $# -gt 0 ] || lint_go
}

lint_go() {
  build release xg2g_archive_hash
  run_go run "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$golangci_lint" \
    run --timeout 10m ./...
}

run_test() {
  setup test
  build "$1"
  ctest --preset "$1"
}

command=${1---help}
[ $# -eq 0 ] || shift
case $command in
  setup) setup "$@" ;;
  build) build "${1-release}" ;;
  build-static) build release xg2gd-static ;;
  test) run_test "${1-release}" ;;
  demo) run_demo ;;
  bench) run_bench "$@" ;;
  fuzz) run_fuzz "${1-60}" ;;
  format) run_format "$@" ;;
  lint) run_lint "$@" ;;
  -h | --help | help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
