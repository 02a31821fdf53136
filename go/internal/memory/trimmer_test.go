// SPDX-License-Identifier: MIT

package memory

import (
	"testing"
	"time"
)

func TestManyThatFreeShareOneTrim(t *testing.T) {
	trims := 0
	var waiting []func()
	trimmer := &Trimmer{trim: func() { trims++ },
		after: func(_ time.Duration, f func()) { waiting = append(waiting, f) }}
	for range 3 {
		trimmer.Freed()
	}
	if len(waiting) != 1 || trims != 0 {
		t.Fatalf("%d wait, %d were made", len(waiting), trims)
	}
	waiting[0]()
	if trims != 1 {
		t.Fatalf("%d were made", trims)
	}
	trimmer.Freed()
	if len(waiting) != 2 {
		t.Error("what was freed later is not given back")
	}
}

func TestTheSystemsTrimCanBeCalled(_ *testing.T) {
	done := make(chan struct{})
	trimmer := NewTrimmer()
	trimmer.after = func(_ time.Duration, f func()) { go func() { f(); close(done) }() }
	trimmer.Freed()
	<-done
}
