# SPDX-License-Identifier: MIT
#
# Included by BuildFFmpeg.cmake. Puts FFmpeg's source into a folder:
# upstream's release where it can be reached, else Debian's copy of it.

# Downloads upstream's tarball to `file`; `found` says whether it is there.
function(xg2g_fetch_upstream file found)
  set(${found} FALSE PARENT_SCOPE)
  message(STATUS "FFmpeg: downloading ${XG2G_FFMPEG_URL}")
  file(DOWNLOAD ${XG2G_FFMPEG_URL} ${file}
       INACTIVITY_TIMEOUT 10 TIMEOUT 300 STATUS status)
  list(GET status 0 code)
  if(code EQUAL 0)
    file(SHA256 ${file} hash)
    if(hash STREQUAL XG2G_FFMPEG_SHA256)
      set(${found} TRUE PARENT_SCOPE)
      return()
    endif()
    set(status "the file's SHA-256 is ${hash}")
  endif()
  file(REMOVE ${file})
  message(STATUS "FFmpeg: not from upstream (${status})")
endfunction()

# Runs apt-get on lists of its own below `work`: the machine's stay untouched.
function(xg2g_private_apt work)
  execute_process(
    COMMAND apt-get -q
            -o Dir::Etc::sourcelist=${work}/sources.list
            -o Dir::Etc::sourceparts=/dev/null
            -o Dir::State::lists=${work}/lists
            -o Dir::Cache=${work}/cache
            -o APT::Sandbox::User=root ${ARGN}
    WORKING_DIRECTORY ${work}
    RESULT_VARIABLE code OUTPUT_VARIABLE text ERROR_VARIABLE text)
  set(apt_ok FALSE PARENT_SCOPE)
  if(code EQUAL 0)
    set(apt_ok TRUE PARENT_SCOPE)
  endif()
endfunction()

# Takes upstream's tarball out of Debian's source package, through the mirrors
# that this machine already uses. Only Debian's own key is accepted, so apt's
# signature check stands in for the pinned hash when the package moves on.
function(xg2g_fetch_debian work result)
  set(${result} "" PARENT_SCOPE)
  find_program(apt_get apt-get NO_CACHE)
  if(NOT apt_get)
    return()
  endif()
  execute_process(
    COMMAND apt-get indextargets --format "$(REPO_URI)" "Created-By: Packages"
    OUTPUT_VARIABLE mirrors ERROR_QUIET)
  string(REGEX MATCHALL "[^\n]+" mirrors "${mirrors}")
  list(REMOVE_DUPLICATES mirrors)
  set(key /usr/share/keyrings/debian-archive-keyring.gpg)
  foreach(mirror IN LISTS mirrors)
    file(REMOVE_RECURSE ${work})
    file(MAKE_DIRECTORY ${work}/lists/partial ${work}/cache/archives/partial)
    file(WRITE ${work}/sources.list
         "deb-src [signed-by=${key}] ${mirror} ${XG2G_FFMPEG_DEBIAN} main\n")
    xg2g_private_apt(${work} update)
    if(apt_ok)
      xg2g_private_apt(${work} source --download-only --tar-only ffmpeg)
    endif()
    file(GLOB tarball ${work}/ffmpeg_*.orig.tar.xz)
    if(apt_ok AND tarball)
      message(STATUS "FFmpeg: from Debian ${XG2G_FFMPEG_DEBIAN}'s source")
      set(${result} ${tarball} PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# Applies our patches, and lists in `patched` those that do; a release that one
# no longer fits is built without it.
function(xg2g_patch source)
  foreach(patch IN LISTS XG2G_FFMPEG_PATCHES)
    execute_process(
      COMMAND patch --strip=1 --forward --input=${patch}
      WORKING_DIRECTORY ${source} RESULT_VARIABLE code OUTPUT_QUIET ERROR_QUIET)
    cmake_path(GET patch FILENAME name)
    if(code EQUAL 0)
      file(APPEND ${source}/patched "${name}\n")
    else()
      message(WARNING "FFmpeg: ${name} does not apply; the patch says what "
                      "that costs")
    endif()
  endforeach()
endfunction()

# Unpacks a release tarball, which holds one folder, to `destination`.
function(xg2g_unpack tarball destination)
  set(work ${destination}.unpack)
  file(REMOVE_RECURSE ${work} ${destination})
  file(ARCHIVE_EXTRACT INPUT ${tarball} DESTINATION ${work})
  file(GLOB folder ${work}/*)
  file(RENAME ${folder} ${destination})
  file(REMOVE_RECURSE ${work})
  xg2g_patch(${destination})
endfunction()

# Leaves the source in `folder`/ffmpeg-source.
function(xg2g_fetch_ffmpeg folder)
  set(destination ${folder}/ffmpeg-source)
  set(wanted ${XG2G_FFMPEG_VERSION}-${XG2G_FFMPEG_PATCHES_HASH})
  set(mark ${destination}/fetched-for-${wanted})
  if(EXISTS ${mark})
    return()
  endif()
  set(tarball ${folder}/ffmpeg-${XG2G_FFMPEG_VERSION}.tar.xz)
  xg2g_fetch_upstream(${tarball} found)
  if(NOT found)
    xg2g_fetch_debian(${folder}/ffmpeg-apt tarball)
  endif()
  if(NOT tarball)
    message(FATAL_ERROR
      "FFmpeg's source cannot be had: neither ${XG2G_FFMPEG_URL} nor Debian's "
      "${XG2G_FFMPEG_DEBIAN} through apt. Fetch the tarball by hand and "
      "configure with -DXG2G_FFMPEG_SOURCE=<tarball or folder>.")
  endif()
  xg2g_unpack(${tarball} ${destination})
  file(TOUCH ${mark})
  file(REMOVE_RECURSE ${tarball} ${folder}/ffmpeg-apt)
endfunction()
