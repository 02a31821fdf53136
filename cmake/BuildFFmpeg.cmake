# SPDX-License-Identifier: MIT
#
#   cmake -DFLAVOUR=ship|test -DFOLDER=<where> [-DSOURCE=<folder or tarball>]
#         [-DEXTRA_FLAGS=<list>] -P BuildFFmpeg.cmake
#
# Leaves FOLDER/ffmpeg-FLAVOUR/{include,lib} and does nothing where they are
# there already, so that all build trees of a clone can share them. Paths given
# to configure are relative: none of this machine's ends up in the libraries.

cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/FFmpegVersion.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/FetchFFmpeg.cmake)

function(run_logged log)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code
                  OUTPUT_FILE ${log} ERROR_FILE ${log})
  if(NOT code EQUAL 0)
    execute_process(COMMAND tail -n 20 ${log})
    message(FATAL_ERROR "FFmpeg could not be built; ${log} says why.")
  endif()
endfunction()

function(find_source result)
  if(NOT SOURCE)
    xg2g_fetch_ffmpeg(${FOLDER})
    set(${result} ../../ffmpeg-source PARENT_SCOPE)
  elseif(IS_DIRECTORY ${SOURCE})
    set(${result} ${SOURCE} PARENT_SCOPE)
  else()
    xg2g_unpack(${SOURCE} ${FOLDER}/ffmpeg-source)
    set(${result} ../../ffmpeg-source PARENT_SCOPE)
  endif()
endfunction()

# Writes down which FFmpeg this is, for whoever wants to build it again.
function(describe_ffmpeg source file)
  file(STRINGS ${source}/RELEASE release LIMIT_COUNT 1)
  string(REPLACE ${XG2G_FFMPEG_VERSION} ${release} url ${XG2G_FFMPEG_URL})
  if(EXISTS ${source}/patched)
    file(STRINGS ${source}/patched patches)
    list(JOIN patches ", " patches)
    set(changes ", changed by ${patches}")
  endif()
  list(JOIN flags " \\\n  " lines)
  file(WRITE ${file}
       "FFmpeg ${release}${changes}\n${url}\n\n./configure \\\n  ${lines}\n")
endfunction()

function(build_ffmpeg prefix)
  file(REMOVE_RECURSE ${prefix})
  file(MAKE_DIRECTORY ${prefix}/work)
  find_source(source)
  cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
  message(STATUS "FFmpeg: building for ${FLAVOUR}, about a minute on two cores")
  set(log ${FOLDER}/ffmpeg-${FLAVOUR}.log)
  set(enter ${CMAKE_COMMAND} -E chdir ${prefix}/work)
  run_logged(${log} ${enter} ${source}/configure --prefix=.. ${flags})
  run_logged(${log} ${enter} make -j${cores} install)
  cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY ${prefix}/work NORMALIZE)
  file(COPY ${source}/COPYING.LGPLv2.1 DESTINATION ${prefix})
  describe_ffmpeg(${source} ${prefix}/ffmpeg.txt)
  file(REMOVE_RECURSE ${prefix}/work ${prefix}/share)
endfunction()

set(prefix ${FOLDER}/ffmpeg-${FLAVOUR})
set(flags ${xg2g_ffmpeg_common_flags} ${xg2g_ffmpeg_${FLAVOUR}_flags}
          ${EXTRA_FLAGS})
set(wanted
    "${XG2G_FFMPEG_VERSION} ${XG2G_FFMPEG_PATCHES_HASH} ${SOURCE} ${flags}")

file(MAKE_DIRECTORY ${FOLDER})
file(LOCK ${FOLDER}/ffmpeg.lock GUARD PROCESS)
if(EXISTS ${prefix}/built-from.txt)
  file(READ ${prefix}/built-from.txt have)
endif()
if(NOT "${have}" STREQUAL "${wanted}")
  build_ffmpeg(${prefix})
  file(WRITE ${prefix}/built-from.txt "${wanted}")
endif()
