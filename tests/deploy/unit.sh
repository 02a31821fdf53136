#!/bin/sh
# SPDX-License-Identifier: MIT
#
# unit.sh XG2GD: the settings' file names what the daemon knows, all of it and
# nothing else, and its values are good; systemd takes the unit.
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

if ! command -v systemd-analyze > /dev/null; then
  echo "not tested: systemd's own check of the unit; systemd-analyze is absent"
  exit 0
fi
sed "s|/usr/local/bin/xg2gd|$xg2gd|" $folder/xg2gd.service > "$work/xg2gd.service"
systemd-analyze verify --man=no "$work/xg2gd.service"
