// SPDX-License-Identifier: MIT

//go:build cgo

package transcoder_test

import (
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

func TestEveryCallAfterCloseIsAnswered(t *testing.T) {
	remuxer := open(t, transcoder.Options{})
	if _, err := remuxer.Process(testenv.Demo(t)); err != nil {
		t.Fatal(err)
	}
	before, streams := remuxer.Stats(), remuxer.Streams()
	for range 3 {
		if err := remuxer.Close(); err != nil {
			t.Fatal(err)
		}
	}
	dst := make([]byte, 4096)
	calls := map[string]func() error{
		"Process":     func() error { _, err := remuxer.Process(dst); return err },
		"ProcessInto": func() error { _, err := remuxer.ProcessInto(dst, nil); return err },
		"Flush":       func() error { _, err := remuxer.Flush(); return err },
		"FlushInto":   func() error { _, err := remuxer.FlushInto(dst); return err },
		"Reset":       remuxer.Reset,
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, transcoder.ErrClosed) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if remuxer.Pending() != 0 || remuxer.Events() != nil {
		t.Error("something waits in a closed remuxer")
	}
	if remuxer.Stats() != before || len(remuxer.Streams()) != len(streams) || len(streams) == 0 {
		t.Error("the last counters are gone")
	}
}

func TestConcurrentCallsRunOneAfterAnother(t *testing.T) {
	stream := testenv.Demo(t)
	remuxer := open(t, transcoder.Options{})
	const callers, calls = 8, 20
	var group sync.WaitGroup
	for range callers {
		group.Add(1)
		go func() {
			defer group.Done()
			dst := make([]byte, 1<<20)
			for range calls {
				if _, err := remuxer.ProcessInto(dst, stream[:188*500]); err != nil {
					t.Error(err)
				}
				remuxer.Stats()
				remuxer.Streams()
				remuxer.Events()
				remuxer.Pending()
			}
		}()
	}
	group.Wait()
	if got, want := remuxer.Stats().BytesIn, uint64(callers*calls*188*500); got != want {
		t.Errorf("%d bytes were taken, not %d", got, want)
	}
}

func TestCloseIsSafeAgainstARunningProcess(t *testing.T) {
	stream := testenv.Demo(t)
	open := transcoder.OpenHandles()
	for range 50 {
		remuxer, err := transcoder.New(transcoder.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		started := make(chan struct{})
		for range 2 {
			group.Add(1)
			go func() {
				defer group.Done()
				for first := true; ; first = false {
					_, err := remuxer.Process(stream[:188*200])
					if first {
						started <- struct{}{}
					}
					if errors.Is(err, transcoder.ErrClosed) {
						return
					}
					if err != nil {
						t.Error(err)
						return
					}
				}
			}()
		}
		<-started
		group.Add(2)
		for range 2 {
			go func() { defer group.Done(); remuxer.Close() }()
		}
		<-started
		group.Wait()
	}
	if now := transcoder.OpenHandles(); now != open {
		t.Errorf("%d handles are left, not %d", now, open)
	}
}

// waitForHandles lets the collector run until so many handles are left.
func waitForHandles(t *testing.T, want int64) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); transcoder.OpenHandles() != want; {
		if time.Now().After(deadline) {
			t.Fatalf("%d handles are left, not %d", transcoder.OpenHandles(), want)
		}
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}

func TestAForgottenRemuxerIsFreedByTheCollector(t *testing.T) {
	waitForHandles(t, 0)
	stream := testenv.Demo(t)
	func() {
		for range 20 {
			remuxer, err := transcoder.New(transcoder.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := remuxer.Process(stream[:188*100]); err != nil {
				t.Fatal(err)
			}
		}
	}()
	waitForHandles(t, 0)
}

func TestTheCollectorDoesNotFreeWhatIsInACall(t *testing.T) {
	stream := testenv.Demo(t)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 30 {
			remuxer, err := transcoder.New(transcoder.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			// The last use of remuxer: only the call itself keeps it.
			if out, err := remuxer.Process(stream[:188*2000]); err != nil || len(out) == 0 {
				t.Errorf("got %d bytes, %v", len(out), err)
			}
		}
	}()
	for {
		select {
		case <-done:
			waitForHandles(t, 0)
			return
		default:
			runtime.GC()
		}
	}
}

type panicking struct{}

func (panicking) Read([]byte) (int, error)  { panic("a defect of the source") }
func (panicking) Write([]byte) (int, error) { panic("a defect of the sink") }

func TestAPanicLeavesNoHandleBehind(t *testing.T) {
	waitForHandles(t, 0)
	stream := testenv.Demo(t)
	recovered := func(body func()) {
		defer func() {
			if recover() == nil {
				t.Error("nothing panicked")
			}
		}()
		body()
	}
	recovered(func() {
		reader := transcoder.NewReader(panicking{}, transcoder.Options{})
		reader.Read(make([]byte, 1000))
	})
	recovered(func() {
		writer := transcoder.NewWriter(panicking{}, transcoder.Options{})
		writer.Write(stream)
	})
	waitForHandles(t, 0)
}
