// SPDX-License-Identifier: MIT

package server

import (
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/config"
)

// listenAll opens all addresses or none.
func listenAll(all []config.Address) ([]net.Listener, error) {
	var open []net.Listener
	for _, address := range all {
		listener, err := listen(address)
		if err != nil {
			closeAll(open)
			return nil, fmt.Errorf("cannot listen on %s: %w", address, err)
		}
		open = append(open, listener)
	}
	return open, nil
}

func listen(address config.Address) (net.Listener, error) {
	listener, err := net.Listen(address.Network, address.Address)
	if address.Network == "unix" && errors.Is(err, syscall.EADDRINUSE) && removeStale(address.Address) {
		return net.Listen(address.Network, address.Address)
	}
	return listener, err
}

// removeStale removes a socket that a process left behind when it was killed. One
// that somebody listens on, and what is no socket, stays.
func removeStale(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || info.Mode().Type() != os.ModeSocket {
		return false
	}
	connection, err := net.Dial("unix", path)
	if err == nil {
		connection.Close()
		return false
	}
	return errors.Is(err, syscall.ECONNREFUSED) && os.Remove(path) == nil
}

func closeAll(listeners []net.Listener) {
	for _, listener := range listeners {
		listener.Close()
	}
}
