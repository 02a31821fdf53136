# SPDX-License-Identifier: MIT
#
# Header, archive, program, pkg-config file, CMake package, licence, and what
# relinking with another FFmpeg takes.

include(CMakePackageConfigHelpers)

set(package xg2g_transcoder)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/${package})
set(relink_dir ${CMAKE_INSTALL_LIBDIR}/${package}/relink)
set(generated ${PROJECT_BINARY_DIR}/package)

set(system_modules "")
if(XG2G_FFMPEG STREQUAL system)
  list(TRANSFORM xg2g_ffmpeg_ship_libraries PREPEND lib
       OUTPUT_VARIABLE system_modules)
  list(JOIN system_modules " " system_modules)
endif()
file(RELATIVE_PATH prefix_from_pc
     /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/${package}.pc.in ${generated}/${package}.pc @ONLY)
configure_package_config_file(
  cmake/${package}Config.cmake.in ${generated}/${package}Config.cmake
  INSTALL_DESTINATION ${package_dir}
  PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR
  NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(
  ${generated}/${package}ConfigVersion.cmake COMPATIBILITY SameMinorVersion)

install(FILES include/xg2g/transcoder.h
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/xg2g)
install(FILES ${PROJECT_BINARY_DIR}/lib/libxg2g_transcoder.a
        DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS xg2g-remux DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${generated}/${package}.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES ${generated}/${package}Config.cmake
              ${generated}/${package}ConfigVersion.cmake
        DESTINATION ${package_dir})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

if(XG2G_FFMPEG STREQUAL bundled)
  install(PROGRAMS cmake/relink.sh DESTINATION ${relink_dir})
  install(FILES cmake/RELINKING.md
                ${XG2G_FFMPEG_PATCHES}
                ${PROJECT_BINARY_DIR}/relink/xg2g_transcoder.o
                ${XG2G_FFMPEG_SHIP_DIR}/COPYING.LGPLv2.1
                ${XG2G_FFMPEG_SHIP_DIR}/ffmpeg.txt
          DESTINATION ${relink_dir})
endif()
