#!/usr/bin/env bash
# Walks the published b2 through the tutorial against its own emulator: B2=path/to/b2 tests/clients/b2.sh
set -euo pipefail
: "${B2:?is the path of the b2 binary}"
. "$(dirname "$0")/checks.sh"

bucket=smoke-$$-$RANDOM
export B2_ACCOUNT_INFO=$work/account_info
data=$work/data

prints() {
    local expected=$1
    shift
    [ "$("$@")" = "$expected" ]
}

start_emulator --data "$data" --min-part-size 100000 --recommended-part-size 1000000
export B2_ENVIRONMENT=$url
head -c 20000000 /dev/urandom >"$work/large.bin"
echo small >"$work/small.txt"

check "says its version" "$B2" version
refuse "is refused with a wrong key" "$B2" account authorize "$key_id" wrong
check "authorizes" "$B2" account authorize "$key_id" "$key"
check "creates a bucket" "$B2" bucket create "$bucket" allPrivate
check "lists buckets" bash -c "'$B2' bucket list | grep -q '$bucket'"
check "uploads a file" "$B2" file upload --no-progress "$bucket" "$work/small.txt" "folder/small ü.txt"
check "uploads a large file in parts" "$B2" file upload --no-progress "$bucket" "$work/large.bin" large.bin
check "lists the bucket" bash -c "[ \"\$('$B2' ls -r 'b2://$bucket')\" = \$'folder/small ü.txt\nlarge.bin' ]"
check "downloads the file" "$B2" file download --no-progress "b2://$bucket/folder/small ü.txt" "$work/small.back"
check "brought back the same file" cmp "$work/small.txt" "$work/small.back"
check "downloads the large file" "$B2" file download --no-progress "b2://$bucket/large.bin" "$work/large.back"
check "brought back the same large file" cmp "$work/large.bin" "$work/large.back"
check "prints a file" bash -c "'$B2' file cat 'b2://$bucket/folder/small ü.txt' | cmp - '$work/small.txt'"
check "prints a URL that anybody can fetch" bash -c "curl -sf \"\$('$B2' file url --with-auth 'b2://$bucket/folder/small ü.txt')\" | cmp - '$work/small.txt'"
check "hides a file" "$B2" file hide "b2://$bucket/large.bin"
check "does not list it then" prints "folder/small ü.txt" "$B2" ls -r "b2://$bucket"
check "shows it again" "$B2" file unhide "b2://$bucket/large.bin"
check "updates a bucket" bash -c "'$B2' bucket update '$bucket' --bucket-info '{\"a\": \"b\"}' | grep -q '\"a\": \"b\"'"
check "counts a bucket" bash -c "'$B2' bucket get --show-size '$bucket' | grep -q '\"fileCount\": 2'"
check "lists no unfinished files" prints "" "$B2" file large unfinished list "b2://$bucket"
new_key=$("$B2" key create smoke listBuckets,listFiles --bucket "$bucket")
check "creates a key that may list" env B2_APPLICATION_KEY_ID="${new_key% *}" B2_APPLICATION_KEY="${new_key#* }" "$B2" ls "b2://$bucket"
refuse "but not read" env B2_APPLICATION_KEY_ID="${new_key% *}" B2_APPLICATION_KEY="${new_key#* }" "$B2" file cat "b2://$bucket/large.bin"
check "deletes the key" prints "${new_key% *}" "$B2" key delete "${new_key% *}"
check "completes the bucket" prints "b2://$bucket/" "$B2" complete -- ls "b2://${bucket%?}"
# Whoever reads our output, and whoever ends us, is answered as the shell expects.
exits() {
    local expected=$1 code=0
    shift
    "$@" >/dev/null 2>&1 || code=$?
    [ "$code" = "$expected" ]
}
# A bar is for somebody who looks at it, which nobody does at what runs in the background, nor in CI, nor on a terminal that cannot rewrite a line:
# where this script itself runs must not matter.
on_terminal() { env -u CI TERM=xterm script -qec "bash -c 'set -m; $1'" /dev/null </dev/null; }
check "draws a bar on a terminal" bash -c "$(declare -f on_terminal); on_terminal \"$B2 file upload $bucket $work/large.bin bar >/dev/null\" | grep -q '100%'"
refuse "draws none in CI" bash -c "$(declare -f on_terminal); on_terminal \"CI=true $B2 file upload $bucket $work/large.bin bar >/dev/null\" | grep -q '100%'"
refuse "draws none in the background" bash -c "$(declare -f on_terminal); on_terminal \"$B2 file upload $bucket $work/large.bin bar >/dev/null & wait\" | grep -q '100%'"
mkfifo "$work/never"
check "ends well when the reader has enough" bash -c "set -o pipefail; '$B2' ls -r 'b2://$bucket' | head -1"
check "fails when the output is full" exits 1 bash -c "'$B2' version >/dev/full"
check "needs no standard input" bash -c "'$B2' bucket list <&-"
check "uploads nothing when standard input is closed" exits 1 bash -c "'$B2' file upload '$bucket' - closed <&-"
check "fails when standard output is closed" exits 1 bash -c "'$B2' version >&-"
check "works on when standard error is closed" bash -c "'$B2' file download 'b2://$bucket/large.bin' '$work/quiet' 2>&-"
check "asks for no key when standard input is closed" exits 1 bash -c "env -u B2_APPLICATION_KEY_ID '$B2' account authorize <&-"
check "answers Ctrl-C with 130" exits 130 timeout --preserve-status -s INT 1 bash -c "exec '$B2' file upload '$bucket' - x <>'$work/never'"
check "answers SIGTERM with 143" exits 143 timeout --preserve-status -s TERM 1 bash -c "exec '$B2' file upload '$bucket' - x <>'$work/never'"
check "answers a misuse with 2" exits 2 "$B2" ls nonsense
check "answers a missing bucket with 3 when asked to" exits 3 "$B2" ls b2://there-is-no-such-bucket --detailed-exit-codes
check "names the licenses" bash -c "'$B2' license | grep -q SQLitePCLRaw.core"
check "says what a file is" bash -c "'$B2' file info 'b2://$bucket/large.bin' | grep -q 20000000"

# What was acknowledged outlives the process, however it ends.
kill -KILL "$emulator_pid"
wait "$emulator_pid" 2>/dev/null || true
start_emulator --data "$data" --min-part-size 100000 --recommended-part-size 1000000
export B2_ENVIRONMENT=$url
check "authorizes at the emulator started anew" "$B2" account authorize "$key_id" "$key"
check "downloads after a kill" "$B2" file download --no-progress "b2://$bucket/large.bin" "$work/large.again"
check "brought back the same after a kill" cmp "$work/large.bin" "$work/large.again"
refuse "a second emulator on the same folder is refused" "$B2" emulator --port 0 --data "$data"
refuse "a port in use is refused" "$B2" emulator --port "${url##*:}"
refuse "a folder that cannot be made is refused" "$B2" emulator --port 0 --data /dev/null/folder
refuse "a bucket that holds files is not deleted" "$B2" bucket delete "$bucket"
check "clears the account" "$B2" account clear
refuse "knows no account then" env -u B2_ENVIRONMENT "$B2" bucket list

exec_code() {
    local expected=$1
    shift
    local code=0
    "$B2" emulator exec "$@" || code=$?
    [ "$code" -eq "$expected" ]
}

# A stored account, and the one of this script, are none of a command's business.
unset B2_ENVIRONMENT B2_ACCOUNT_INFO
check "exec returns the exit code of its command" exec_code 7 -- sh -c 'exit 7'
check "exec says that a command is not there" exec_code 127 -- no-such-command
check "exec gives its command an account" exec_code 0 --seed hostile -- sh -c "'$B2' ls -r b2://hostile-names | grep -qx 'sane/one.txt'"
check "exec gives rclone a remote" exec_code 0 --seed hostile -- sh -c 'rclone --config /dev/null ls b2:hostile-names/sane | grep -q one.txt'
check "exec hands SIGTERM to its command" bash -c "'$B2' emulator exec -- sh -c 'trap \"exit 9\" TERM; echo up; while :; do sleep 0.1; done' >'$work/up' & pid=\$!; for _ in \$(seq 100); do [ -s '$work/up' ] && break; sleep 0.05; done; kill \$pid; wait \$pid; [ \$? -eq 9 ]"
check "exec --tls leads its command to https" exec_code 0 --tls -- sh -c 'case $B2_ENVIRONMENT in https://*) ;; *) exit 1 ;; esac'
check "exec --tls has curl trust it" exec_code 0 --tls -- sh -c 'curl -fsS "$B2_EMULATOR_TLS_URL/_emulator/health"'
check "exec --tls has b2 trust it" exec_code 0 --tls --seed hostile -- sh -c "'$B2' ls -r b2://hostile-names | grep -qx 'sane/one.txt'"
check "exec --tls has rclone trust it" exec_code 0 --tls --seed hostile -- sh -c 'rclone --config /dev/null ls b2:hostile-names/sane | grep -q one.txt'
check "exec --tls has Python's requests trust it" exec_code 0 --tls -- /usr/bin/python3 -c 'import os, requests; requests.get(os.environ["B2_ENVIRONMENT"] + "/_emulator/health").raise_for_status()'
check "exec --tls still has its command trust others" exec_code 0 --tls -- sh -c 'others=$(grep -c BEGIN "$SSL_CERT_FILE"); [ "$others" -gt 10 ]'
check "serves https to curl that trusts its authority" exec_code 0 --tls -- sh -c 'curl -fsS --cacert "$B2_EMULATOR_CA_FILE" "$B2_EMULATOR_TLS_URL/_emulator/health"'
check "serves no https to curl that does not" exec_code 60 --tls -- sh -c 'env -u SSL_CERT_FILE -u CURL_CA_BUNDLE curl -sS "$B2_EMULATOR_TLS_URL/_emulator/health"'
"$B2" emulator --port 0 --ready-file "$work/ready" >"$work/said" &
ready_pid=$!
for _ in $(seq 100); do
    [ -s "$work/ready" ] && break
    sleep 0.05
done
check "is ready when its file is there" curl -fsS "$(sed -E 's/.*"url":"([^"]*)".*/\1/' "$work/ready")/_emulator/health"
set_up=$(sed -n 's/^for b2 and rclone: *//p' "$work/said")
check "prints the line that sets up clients" env XDG_CACHE_HOME="$work" bash -c "b2() { '$B2' \"\$@\"; }; $set_up; b2 bucket create '$bucket' allPrivate"
kill -TERM "$ready_pid"
wait "$ready_pid"
refuse "is no longer ready when it has ended" test -e "$work/ready"

summary b2
