// SPDX-License-Identifier: MIT

// Package memory gives the system back what the C library keeps of freed memory.
package memory

import (
	"sync"
	"time"
)

// spacing is the least time from one giving back to the next, and the most that
// one waits.
const spacing = 2 * time.Second

// Trimmer gives memory back soon after it was freed, and not too often: it takes
// the C library a while.
type Trimmer struct {
	mu      sync.Mutex
	pending bool
	trim    func()
	after   func(time.Duration, func())
}

// NewTrimmer returns a Trimmer that does nothing where there is nothing to do:
// without cgo, or where the C library is not GNU's.
func NewTrimmer() *Trimmer {
	return &Trimmer{trim: trim, after: func(d time.Duration, f func()) { time.AfterFunc(d, f) }}
}

// Freed says that much memory was freed. It does not wait.
func (t *Trimmer) Freed() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.pending {
		return
	}
	t.pending = true
	t.after(spacing, t.run)
}

func (t *Trimmer) run() {
	t.mu.Lock()
	t.pending = false
	t.mu.Unlock()
	t.trim()
}
