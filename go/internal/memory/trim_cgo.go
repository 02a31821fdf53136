// SPDX-License-Identifier: MIT

//go:build cgo

package memory

// #include <stdlib.h>
// #ifdef __GLIBC__
// #include <malloc.h>
// static void trim(void) { malloc_trim(0); }
// #else
// static void trim(void) {}
// #endif
import "C"

func trim() { C.trim() }
