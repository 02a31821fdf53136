# SPDX-License-Identifier: MIT
#
#   cmake -DARCHIVE=<archive> -DHEADER=<where to> -P WriteArchiveHash.cmake

file(SHA256 ${ARCHIVE} hash)
string(SUBSTRING ${hash} 0 12 hash)
file(WRITE ${HEADER} "#define XG2G_ARCHIVE_HASH \"${hash}\"\n")
