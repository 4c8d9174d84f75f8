#!/usr/bin/env bash
# Runs rclone against `b2 emulator`: B2=path/to/b2 tests/clients/rclone.sh
set -euo pipefail
: "${B2:?is the path of the b2 binary}"
. "$(dirname "$0")/checks.sh"

export RCLONE_CONFIG=$work/rclone.conf RCLONE_RETRIES=1 RCLONE_LOW_LEVEL_RETRIES=3
bucket=rclone-test-$$-$RANDOM
emu=emu:$bucket
tree=$work/tree

make_tree() {
    mkdir -p "$tree/folder/deeper/still" "$tree/with blanks/and more"
    echo plain >"$tree/plain.txt"
    : >"$tree/empty"
    echo one >"$tree/folder/one"
    echo two >"$tree/folder/deeper/two"
    echo three >"$tree/folder/deeper/still/three"
    local name
    for name in 'a+b.txt' '100%.txt' 'hash#tag' 'what?' 'quote"s' "it's" 'semi;colon' 'am&per=sand' 'ümläut.txt' '日本語.txt' '😀.txt' 'per%20cent'; do
        echo "$name" >"$tree/with blanks/and more/$name"
    done
    head -c 300000 /dev/urandom >"$tree/folder/medium.bin"
}

same_text() {
    [ "$(rclone cat "$emu/$1")" = "$2" ]
}

lists() {
    rclone lsf -R --files-only "$1" | sort >"$work/listed"
    (cd "$2" && find . -type f | sed 's|^\./||' | sort) >"$work/expected"
    diff "$work/listed" "$work/expected"
}

is_empty() {
    [ -z "$(rclone lsf -R "$1")" ]
}

start_emulator --min-part-size 5000000
make_tree
cat >"$RCLONE_CONFIG" <<CONFIG
[emu]
type = b2
account = $key_id
key = $key
endpoint = $url
CONFIG

check "lists no buckets at first" is_empty emu:
check "makes a bucket" rclone mkdir "$emu"
check "makes it again without complaint" rclone mkdir "$emu"
check "copies a tree with odd names" rclone copy "$tree" "$emu"
check "lists the tree" lists "$emu" "$tree"
check "lists one folder" lists "$emu/folder/deeper" "$tree/folder/deeper"
check "lists with sizes and times" rclone lsl "$emu"
check "finds every file the same by SHA-1" rclone check "$tree" "$emu"
check "finds every file the same by its bytes" rclone check --download "$tree" "$emu"
check "copies nothing twice" rclone copy --immutable "$tree" "$emu"
check "prints a file" same_text plain.txt plain
check "prints a stretch of a file" bash -c "[ \"\$(rclone cat --offset 1 --count 3 '$emu/plain.txt')\" = lai ]"
check "copies the tree back" rclone copy "$emu" "$work/back"
check "brought back the same tree" diff -r "$tree" "$work/back"

head -c 31457280 /dev/urandom >"$work/large.bin"
large=(--b2-chunk-size 5M --b2-upload-cutoff 5M)
check "uploads 30 MB in chunks of 5 MB" rclone copyto "${large[@]}" "$work/large.bin" "$emu/large.bin"
check "knows the large file by its SHA-1" rclone check --one-way "$work" "$emu" --include /large.bin
check "downloads the large file" rclone copyto "$emu/large.bin" "$work/large.back"
check "brought back the same large file" cmp "$work/large.bin" "$work/large.back"
check "uploads a stream of unknown length in chunks" bash -c "rclone rcat ${large[*]} '$emu/streamed.bin' <'$work/large.bin'"
check "brought back the streamed file" bash -c "rclone cat '$emu/streamed.bin' | cmp - '$work/large.bin'"
check "copies a file on the server" rclone copyto "$emu/plain.txt" "$emu/copied.txt"
check "copied it right" same_text copied.txt plain
check "copies a large file on the server" rclone copyto --b2-copy-cutoff 10M "${large[@]}" "$emu/large.bin" "$emu/large-copy.bin"
check "copied the large file right" bash -c "rclone cat '$emu/large-copy.bin' | cmp - '$work/large.bin'"
check "copies a folder though every second upload fails" rclone copy --transfers 1 --b2-test-mode fail_some_uploads "$tree/folder" "$emu/failing"
check "copies a folder though tokens expire early" rclone copy --b2-test-mode expire_some_account_authorization_tokens "$tree/folder" "$emu/expiring"
check "finds both copies whole" bash -c "rclone check '$tree/folder' '$emu/failing' && rclone check '$tree/folder' '$emu/expiring'"
check "removes both copies" bash -c "rclone --b2-hard-delete purge '$emu/failing' && rclone --b2-hard-delete purge '$emu/expiring'"
refuse "gives up when a cap is reached" rclone copyto --b2-test-mode force_cap_exceeded "$tree/plain.txt" "$emu/capped"
check "gives a link with a token in it" bash -c "curl -fsS \"\$(rclone link '$emu/plain.txt')\" | grep -qx plain"

echo changed >"$tree/plain.txt"
check "uploads a changed file as a new version" rclone copy "$tree" "$emu"
check "shows the newest version" same_text plain.txt changed
check "lists the old version too" bash -c "rclone --b2-versions lsf '$emu' | grep -q '^plain-v.*\.txt$'"
check "hides a deleted file" rclone deletefile "$emu/copied.txt"
check "no longer lists it" bash -c "! rclone lsf '$emu' | grep -qx copied.txt"
check "cleans up old versions" rclone cleanup "$emu"
check "lists no old version any more" bash -c "! rclone --b2-versions lsf '$emu' | grep -q '^plain-v'"
check "deletes files for good" rclone --b2-hard-delete deletefile "$emu/large.bin"
check "synchronizes the tree with fewer files" bash -c "rm -r '$tree/folder/deeper'; rclone sync '$tree' '$emu'"
check "lists what is left" lists "$emu" "$tree"
check "deletes a folder" rclone delete "$emu/folder"
check "lists nothing in it any more" is_empty "$emu/folder"
check "purges the bucket" rclone purge "$emu"
check "lists no bucket any more" is_empty emu:
refuse "is refused with a wrong key" rclone --b2-key wrong lsf emu:

check_calls rclone
summary rclone
