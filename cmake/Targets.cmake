# SPDX-License-Identifier: MIT
#
# How each of our targets is compiled.

# Gives `target` the language levels and the warnings that all of ours have.
function(xg2g_configure_target target)
  set_target_properties(${target} PROPERTIES
    C_STANDARD 99 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF
    CXX_STANDARD 20 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON
    ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wformat=2 -Wundef -Wcast-align
    $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>
    $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Woverloaded-virtual>
    # Designated initializers leave members to their defaults on purpose.
    $<$<COMPILE_LANGUAGE:CXX>:-Wno-missing-field-initializers>
    # GCC 12 sees faults inside its own <vector> at -O3 and with sanitizers.
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized>
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-array-bounds>
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-stringop-overflow>
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-stringop-overread>
    $<$<BOOL:${XG2G_WERROR}>:-Werror>
    -ffunction-sections -fdata-sections
    # A unique symbol cannot be made local, and the archive shows its own only.
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>
    # No path of the machine that built it ends up in an assertion's text.
    -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)
endfunction()
