#!/bin/sh
# SPDX-License-Identifier: MIT
#
# closed.sh ARCHIVE CC...: the archive links with libc, libm, pthreads and the
# C++ runtime and needs nothing else; as a shared object, so it is
# position-independent besides.
set -eu
archive=$1
shift
"$@" -shared -o /dev/null -Wl,--no-undefined -Wl,-z,text \
  -Wl,--whole-archive "$archive" -Wl,--no-whole-archive \
  -lm -lpthread -lstdc++
