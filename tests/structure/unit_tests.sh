#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Fails on a source file without tests/unit/<layer>/<name>_test.cpp. A header
# counts where no .cpp stands beside it and it holds code.
set -eu

missing=$(
  find src -name '*.cpp' -o -name '*.h' | sort | while read -r file; do
    name=${file#src/}
    name=${name%.*}
    [ -e "tests/unit/${name}_test.cpp" ] && continue
    case $file in
      *.h)
        [ -e "src/$name.cpp" ] && continue
        grep -Eq '^ *return ' "$file" || continue
        ;;
    esac
    echo "$file"
  done
)
[ -z "$missing" ] || {
  echo "no unit test for:"
  echo "$missing"
  exit 1
}
