# SPDX-License-Identifier: MIT
#
# Two interface targets, each with headers and link line:
#   xg2g_ffmpeg_ship  the codecs that the archive holds
#   xg2g_ffmpeg_test  what tests, demo and bench use: more codecs, libavformat
# and for the first, XG2G_FFMPEG_SHIP_ARCHIVES and _SHIP_DIR.

include(${CMAKE_CURRENT_LIST_DIR}/FFmpegVersion.cmake)

set(XG2G_FFMPEG bundled CACHE STRING
    "bundled (built small and static) or system (shared libraries)")
set_property(CACHE XG2G_FFMPEG PROPERTY STRINGS bundled system)
set(XG2G_FFMPEG_SOURCE "" CACHE PATH
    "FFmpeg's source, a folder or a tarball; empty: fetched")
set(XG2G_FFMPEG_DIR ${PROJECT_BINARY_DIR} CACHE PATH
    "Where FFmpeg is built; build trees may share it")
set(XG2G_FFMPEG_FLAGS "" CACHE STRING
    "Further flags for FFmpeg's configure, a list; for cross compiling")

function(xg2g_add_bundled_ffmpeg flavour)
  set(prefix ${XG2G_FFMPEG_DIR}/ffmpeg-${flavour})
  list(TRANSFORM xg2g_ffmpeg_${flavour}_libraries
       REPLACE "(.+)" "${prefix}/lib/lib\\1.a" OUTPUT_VARIABLE archives)
  set(scripts BuildFFmpeg FetchFFmpeg FFmpegVersion)
  list(TRANSFORM scripts
       REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/cmake/\\1.cmake")
  list(APPEND scripts ${XG2G_FFMPEG_PATCHES})
  add_custom_command(
    OUTPUT ${archives}
    COMMAND ${CMAKE_COMMAND} -DFLAVOUR=${flavour} -DFOLDER=${XG2G_FFMPEG_DIR}
            -DSOURCE=${XG2G_FFMPEG_SOURCE}
            "-DEXTRA_FLAGS=${XG2G_FFMPEG_FLAGS}"
            -P ${PROJECT_SOURCE_DIR}/cmake/BuildFFmpeg.cmake
    DEPENDS ${scripts}
    COMMENT "FFmpeg for ${flavour}"
    USES_TERMINAL VERBATIM)
  add_custom_target(xg2g_build_ffmpeg_${flavour} DEPENDS ${archives})

  add_library(xg2g_ffmpeg_${flavour} INTERFACE)
  add_dependencies(xg2g_ffmpeg_${flavour} xg2g_build_ffmpeg_${flavour})
  target_include_directories(xg2g_ffmpeg_${flavour} SYSTEM
                             INTERFACE ${prefix}/include)
  target_link_libraries(xg2g_ffmpeg_${flavour}
                        INTERFACE ${archives} Threads::Threads m)
  if(flavour STREQUAL ship)
    set(XG2G_FFMPEG_SHIP_ARCHIVES ${archives} PARENT_SCOPE)
    set(XG2G_FFMPEG_SHIP_DIR ${prefix} PARENT_SCOPE)
  endif()
endfunction()

function(xg2g_add_system_ffmpeg flavour)
  list(TRANSFORM xg2g_ffmpeg_${flavour}_libraries PREPEND lib
       OUTPUT_VARIABLE modules)
  pkg_check_modules(xg2g_system_${flavour} REQUIRED IMPORTED_TARGET ${modules})
  add_library(xg2g_ffmpeg_${flavour} INTERFACE)
  target_link_libraries(xg2g_ffmpeg_${flavour}
                        INTERFACE PkgConfig::xg2g_system_${flavour})
endfunction()

find_package(Threads REQUIRED)
if(XG2G_FFMPEG STREQUAL bundled)
  xg2g_add_bundled_ffmpeg(ship)
  xg2g_add_bundled_ffmpeg(test)
elseif(XG2G_FFMPEG STREQUAL system)
  find_package(PkgConfig REQUIRED)
  xg2g_add_system_ffmpeg(ship)
  xg2g_add_system_ffmpeg(test)
else()
  message(FATAL_ERROR "XG2G_FFMPEG is bundled or system, not ${XG2G_FFMPEG}")
endif()
