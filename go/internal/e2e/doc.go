// SPDX-License-Identifier: MIT

// Package e2e tests the xg2gd that ships: as a process, between a receiver and
// the clients that people have.
package e2e
