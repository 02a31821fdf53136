// SPDX-License-Identifier: MIT

//go:build cgo

package transcoder_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"

	transcoder "github.com/ManuLpz4/xg2g-transcoder/go"
	"github.com/ManuLpz4/xg2g-transcoder/go/internal/testenv"
)

// recording is 20 s of television: MP2 in German, AC-3 in English, teletext.
func recording() []byte {
	stream, err := testenv.DemoStream()
	if err != nil {
		log.Fatal(err)
	}
	return stream
}

func Example() {
	remuxer, err := transcoder.NewAudioRemuxer(48000, 2, 192000)
	if err != nil {
		log.Fatal(err)
	}
	defer remuxer.Close()

	aac, err := remuxer.Process(recording())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("whole packets:", len(aac)%transcoder.PacketSize == 0)
	for _, stream := range remuxer.Streams() {
		fmt.Println(stream.Kind, stream.Language, stream.State)
	}
	// Output:
	// whole packets: true
	// MPEG-2 video  other
	// MP2 deu transcoded
	// AC-3 eng transcoded
	// teletext  other
}

func ExampleNew() {
	remuxer, err := transcoder.New(transcoder.Options{Languages: []string{"deu"}, BitRate: 128000})
	if err != nil {
		log.Fatal(err)
	}
	defer remuxer.Close()
	fmt.Println(remuxer.Config())

	_, err = transcoder.New(transcoder.Options{Channels: 7})
	fmt.Println(errors.Is(err, transcoder.ErrInvalidInput))
	// Output:
	// 48000 2 128000
	// true
}

func ExampleNewReader() {
	reader := transcoder.NewReader(bytes.NewReader(recording()), transcoder.Options{})
	defer reader.Close()
	if _, err := io.Copy(io.Discard, reader); err != nil {
		log.Fatal(err)
	}
	fmt.Println("errors:", reader.Stats().ContinuityErrors)
	// Output:
	// errors: 0
}

func ExampleNewWriter() {
	writer := transcoder.NewWriter(io.Discard, transcoder.Options{})
	if _, err := io.Copy(writer, bytes.NewReader(recording())); err != nil {
		log.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		log.Fatal(err)
	}
	fmt.Println("programs:", writer.Stats().Programs)
	// Output:
	// programs: 1
}

func ExampleAudioRemuxer_ProcessInto() {
	remuxer, err := transcoder.New(transcoder.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer remuxer.Close()

	dst := make([]byte, 64*transcoder.PacketSize)
	var written int
	n, err := remuxer.ProcessInto(dst, recording())
	for ; err == nil && n > 0; n, err = remuxer.ProcessInto(dst, nil) {
		written += n // dst[:n] is to be used now.
	}
	for ; err == nil && n > 0; n, err = remuxer.FlushInto(dst) {
		written += n
	}
	fmt.Println(written > 0, remuxer.Pending(), err)
	// Output:
	// true 0 <nil>
}

func ExampleAudioRemuxer_Flush() {
	remuxer, err := transcoder.New(transcoder.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer remuxer.Close()
	if _, err := remuxer.Process(recording()); err != nil {
		log.Fatal(err)
	}
	last, err := remuxer.Flush()
	fmt.Println(len(last) > 0, err)
	// Output:
	// true <nil>
}

func ExampleAudioRemuxer_Reset() {
	remuxer, err := transcoder.New(transcoder.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer remuxer.Close()
	for range 2 { // The receiver was reconnected.
		if _, err := remuxer.Process(recording()); err != nil {
			log.Fatal(err)
		}
		if err := remuxer.Reset(); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println("continuity errors:", remuxer.Stats().ContinuityErrors)
	// Output:
	// continuity errors: 0
}

func ExampleAudioRemuxer_Events() {
	remuxer, err := transcoder.New(transcoder.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer remuxer.Close()
	if _, err := remuxer.Process(recording()); err != nil {
		log.Fatal(err)
	}
	for _, event := range remuxer.Events() {
		if event.Type == transcoder.EventCodec {
			fmt.Println(event.Type, transcoder.Codec(event.Value))
		}
	}
	// Output:
	// codec mpeg_audio
	// codec ac3
}

func ExampleError() {
	remuxer, err := transcoder.New(transcoder.Options{})
	if err != nil {
		log.Fatal(err)
	}
	remuxer.Close()
	_, err = remuxer.Process(recording())
	var failed *transcoder.Error
	fmt.Println(errors.Is(err, transcoder.ErrClosed), errors.As(err, &failed), failed.Op)
	// Output:
	// true true process
}
