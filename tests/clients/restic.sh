#!/usr/bin/env bash
# Runs restic through rclone against `b2 emulator`: B2=path/to/b2 tests/clients/restic.sh
set -euo pipefail
: "${B2:?is the path of the b2 binary}"
. "$(dirname "$0")/checks.sh"

start_emulator
export RCLONE_CONFIG=$work/rclone.conf RESTIC_REPOSITORY=rclone:emu:restic-$$-$RANDOM/backup RESTIC_PASSWORD=secret RESTIC_CACHE_DIR=$work/cache
tree=$work/tree
cat >"$RCLONE_CONFIG" <<CONFIG
[emu]
type = b2
account = $key_id
key = $key
endpoint = $url
CONFIG
mkdir -p "$tree/many"
for i in $(seq 200); do
    echo "$i $RANDOM" >"$tree/many/$i"
done
head -c 20000000 /dev/urandom >"$tree/random.bin"

check "makes a repository" restic init
check "makes a snapshot" restic backup "$tree"
rm -r "$tree/many"
check "makes a second snapshot" restic backup "$tree"
check "finds every byte of the repository right" restic check --read-data
check "lists both snapshots" bash -c "[ \"\$(restic snapshots --json | grep -o '\"short_id\"' | wc -l)\" -eq 2 ]"
check "forgets the first one and prunes" restic forget --keep-last 1 --prune
check "finds the repository right after that" restic check
check "restores" restic restore latest --target "$work/back"
check "brought back the same tree" diff -r "$tree" "$work/back$tree"

check_calls restic
summary restic
