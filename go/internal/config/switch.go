// SPDX-License-Identifier: MIT

package config

// Switch returns a setting of one command that is off unless its flag is given.
// No variable of the environment stands for it.
func Switch(name string, to *bool, help string) Setting {
	return Setting{Name: name, Help: help, set: toSwitch(to)}
}
