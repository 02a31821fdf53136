#!/bin/sh
# SPDX-License-Identifier: MIT
#
# unit.sh XG2GD: the settings' file names what the daemon knows, all of it and
# nothing else, and its values are good; systemd takes the unit, and would try
# again after a crash but not after wrong settings.
set -eu
xg2gd=$1
folder=docs/deploy
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$xg2gd" serve --help | grep -oE '\[XG2G_[A-Z_]+\]' | tr -d '[]' | sort \
  > "$work/known"
grep -oE '^#?XG2G_[A-Z_]+=' $folder/xg2gd.default | tr -d '#=' | sort \
  > "$work/named"
diff "$work/known" "$work/named"

# As it comes, and with every line that has a value.
for lines in '^XG2G_' '^#\?XG2G_[A-Z_]*=.'; do
  sed -n "/$lines/s/^#//p; /$lines/{/^#/!p}" $folder/xg2gd.default | sort -u \
    > "$work/environment"
  # shellcheck disable=SC2046
  env $(cat "$work/environment") "$xg2gd" serve --check-config
done

setting() {
  sed -n "s/^$1=//p" $folder/xg2gd.service
}
final=$(setting RestartPreventExitStatus)
status=0
env "$(setting Environment)" XG2G_MAX_STREAMS=none "$xg2gd" serve 2> "$work/log" ||
  status=$?
[ "$status" = "$final" ] || {
  echo "wrong settings end with $status and would be tried again" >&2
  exit 1
}
env "$(setting Environment)" "$xg2gd" serve --listen "unix:$work/socket" \
  --upstream http://127.0.0.1:1 2> "$work/log" &
daemon=$!
until grep -q listening "$work/log"; do
  kill -0 $daemon
  sleep 0.05
done
kill -SEGV $daemon
status=0
wait $daemon || status=$?
[ "$status" -ge 128 ] || {
  echo "a crash ends with $status and would not be tried again" >&2
  exit 1
}

if ! command -v systemd-analyze > /dev/null; then
  echo "not tested: systemd's own check of the unit; systemd-analyze is absent"
  exit 0
fi
sed "s|/usr/local/bin/xg2gd|$xg2gd|" $folder/xg2gd.service > "$work/xg2gd.service"
systemd-analyze verify --man=no "$work/xg2gd.service"
