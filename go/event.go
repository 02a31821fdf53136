// SPDX-License-Identifier: MIT

package transcoder

// EventType says what happened.
type EventType int

// The values of enum xg2g_event_type.
const (
	EventNone          EventType = iota
	EventSync                    // Sync found; Value is the packet size.
	EventSyncLost                // Value is bytes dropped before it.
	EventPrograms                // A new PAT; Value is the programs in it.
	EventPMT                     // A new PMT; Value is program_number.
	EventCodec                   // Value is a Codec.
	EventState                   // Value is a StreamState.
	EventDiscontinuity           // Anchored anew; Value is 90 kHz ticks.
	EventGap                     // Filled; Value is 90 kHz ticks.
	EventOverlap                 // Dropped; Value is 90 kHz ticks.
	EventDamage                  // Audio frames concealed; Value is a count.
	EventPSIError                // A damaged PAT or PMT section.
)

var eventNames = [...]string{
	"none", "sync", "sync_lost", "programs", "pmt", "codec", "state",
	"discontinuity", "gap", "overlap", "damage", "psi_error",
}

// String returns the name that JSON and logs have, as "sync_lost".
func (t EventType) String() string { return nameOf(eventNames[:], int(t), "other") }

// MarshalText writes String().
func (t EventType) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// NoPID is the PID of an event that happened on none.
const NoPID = 0x1FFF

// Event is something that happened in a stream.
type Event struct {
	Type   EventType `json:"type"`
	PID    int       `json:"pid"` // NoPID where it happened on none.
	Value  int64     `json:"value"`
	Packet uint64    `json:"packet"` // Index of the packet it came with.
}
