// SPDX-License-Identifier: MIT

//go:build cgo

package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/ManuLpz4/xg2g-transcoder/go/internal/receiver"
)

// asReceiver makes this program a receiver instead of a test.
const asReceiver = "XG2G_E2E_RECEIVER"

func TestMain(m *testing.M) {
	if config := os.Getenv(asReceiver); config != "" {
		if err := beReceiver(config); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	code := m.Run()
	removeDemo()
	os.Exit(code)
}

// beReceiver runs a receiver, says where, and ends with whoever started it.
func beReceiver(text string) error {
	var config receiver.Config
	if err := json.Unmarshal([]byte(text), &config); err != nil {
		return err
	}
	r, err := receiver.Start(config)
	if err != nil {
		return err
	}
	fmt.Println(r.Address())
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}
