#!/usr/bin/env bash
# Runs Debian's duplicity against `b2 emulator`: B2=path/to/b2 tests/clients/duplicity.sh
set -euo pipefail
: "${B2:?is the path of the b2 binary}"
. "$(dirname "$0")/checks.sh"

bucket=duplicity-$$-$RANDOM
tree=$work/tree

# duplicity knows no service but the one in production: Python is told, before it starts, where that is.
name_the_service() {
    mkdir "$work/python"
    cat >"$work/python/sitecustomize.py" <<PYTHON
import b2sdk.raw_api
b2sdk.raw_api.REALM_URLS["production"] = "$url"
PYTHON
    export PYTHONPATH=$work/python
}

run() {
    /usr/bin/duplicity --no-encryption --archive-dir "$work/archive" --volsize 1 "$@"
}

start_emulator
name_the_service
target=b2://$key_id:$key@$bucket/back/up
mkdir -p "$tree/folder with blanks"
echo first >"$tree/plain.txt"
echo ü >"$tree/folder with blanks/ümläut + plus.txt"
head -c 3000000 /dev/urandom >"$tree/random.bin"

check "makes a full backup in a bucket that it makes" run full "$tree" "$target"
check "finds nothing changed" run verify --compare-data "$target" "$tree"
echo second >"$tree/plain.txt"
rm "$tree/random.bin"
check "makes an incremental backup" run incr "$tree" "$target"
check "tells what there is" run collection-status "$target"
check "lists the files" bash -c "PYTHONPATH='$PYTHONPATH' /usr/bin/duplicity list-current-files --no-encryption --archive-dir '$work/archive' '$target' | grep -q 'ümläut + plus.txt'"
rm -r "$work/archive"
check "restores without its own records" run restore "$target" "$work/back"
check "brought back the same tree" diff -r "$tree" "$work/back"
check "deletes all but the newest full backup" run remove-all-but-n-full 1 --force "$target"
check "makes another full backup, and hides what it deletes" run full "$tree" "$target"
check "deletes the old one" run remove-all-but-n-full 1 --force --b2-hide-files "$target"
check "finds the new one whole" run verify --compare-data "$target" "$tree"
refuse "is refused with a wrong key" run collection-status --num-retries 1 "b2://$key_id:wrong@$bucket/back/up"

check_calls duplicity
summary duplicity
