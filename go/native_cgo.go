// SPDX-License-Identifier: MIT

//go:build cgo

package transcoder

// #include <stdlib.h>
// #include <xg2g/transcoder.h>
//
// // The reason stands in the thread: it must be asked for in the same call.
// static xg2g_remuxer_handle open_handle(const xg2g_remux_options *options,
//                                        char **reason) {
//   xg2g_remuxer_handle handle = xg2g_audio_remux_init_with(options);
//   *reason = handle == NULL ? xg2g_last_error() : NULL;
//   return handle;
// }
import "C"

import (
	"fmt"
	"strings"
	"sync/atomic"
	"unsafe"
)

// native is a handle of the library. It has no lock and no memory of being
// freed: AudioRemuxer sees to both.
type native struct{ handle C.xg2g_remuxer_handle }

// openHandles counts the handles that were opened and not yet freed.
var openHandles atomic.Int64

func openNative(o Options) (native, error) {
	if abi := int(C.xg2g_transcoder_abi()); abi != C.XG2G_ABI_VERSION {
		return native{}, fail("open", ErrTranscoderUnavailable, fmt.Sprintf(
			"the library that was linked has ABI %d and this package needs %d: build both from one source",
			abi, C.XG2G_ABI_VERSION))
	}
	var options C.xg2g_remux_options
	C.xg2g_remux_options_init(&options)
	options.sample_rate = C.int32_t(o.SampleRate)
	options.channels = C.int32_t(o.Channels)
	options.bit_rate = C.int32_t(o.BitRate)
	options.program = C.int32_t(o.Program)
	options.dual_mono = C.int32_t(o.DualMono)
	options.drc_percent = C.int32_t(o.DRCPercent)
	if o.FirstOnly {
		options.first_only = 1
	}
	languages := C.CString(strings.Join(o.Languages, ","))
	defer C.free(unsafe.Pointer(languages))
	options.languages = languages

	var reason *C.char
	handle := C.open_handle(&options, &reason)
	if handle == nil {
		defer C.xg2g_free_string(reason)
		return native{}, refusal(C.GoString(reason))
	}
	openHandles.Add(1)
	return native{handle}, nil
}

// refusal tells a refused option from a lack of memory, for which the library
// has no code where there is no handle.
func refusal(reason string) error {
	if reason == "" || reason == "out of memory" {
		return fail("open", ErrNoMemory, "")
	}
	return fail("open", ErrInvalidInput, reason)
}

func bytesOf(b []byte) (*C.uint8_t, C.size_t) {
	return (*C.uint8_t)(unsafe.Pointer(unsafe.SliceData(b))), C.size_t(len(b))
}

func (n native) isOpen() bool { return n.handle != nil }

func (n native) process(dst, src []byte) int {
	in, size := bytesOf(src)
	out, room := bytesOf(dst)
	return int(C.xg2g_audio_remux_process(n.handle, in, size, out, room))
}

func (n native) pending() int {
	return int(C.xg2g_audio_remux_pending(n.handle))
}

func (n native) flush(dst []byte) int {
	out, room := bytesOf(dst)
	return int(C.xg2g_audio_remux_flush(n.handle, out, room))
}

func (n native) reset() int { return int(C.xg2g_audio_remux_reset(n.handle)) }

func (n native) reason() string {
	return C.GoString(C.xg2g_audio_remux_error(n.handle))
}

func (n native) free() {
	C.xg2g_audio_remux_free(n.handle)
	openHandles.Add(-1)
}

func libraryVersion() string { return C.GoString(C.xg2g_transcoder_version()) }

func ffmpegVersion() string { return C.GoString(C.xg2g_transcoder_ffmpeg_version()) }
