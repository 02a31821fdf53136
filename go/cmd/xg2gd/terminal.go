// SPDX-License-Identifier: MIT

package main

import (
	"os"

	"golang.org/x/term"
)

// onDescriptor calls use with the descriptor of stream, if it has one. Unlike
// File.Fd it does not make the file blocking.
func onDescriptor(stream any, use func(descriptor int)) {
	file, ok := stream.(*os.File)
	if !ok {
		return
	}
	if conn, err := file.SyscallConn(); err == nil {
		_ = conn.Control(func(fd uintptr) { use(int(fd)) })
	}
}

func isTerminal(stream any) bool {
	is := false
	onDescriptor(stream, func(descriptor int) { is = term.IsTerminal(descriptor) })
	return is
}

// columnsOf returns 80 where a terminal does not say.
func columnsOf(stream any) int {
	columns := 0
	onDescriptor(stream, func(descriptor int) { columns, _, _ = term.GetSize(descriptor) })
	if columns <= 0 {
		return 80
	}
	return columns
}
