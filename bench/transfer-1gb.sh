#!/usr/bin/env bash
# One file of 1 GB, up and down: b2 beside rclone and curl, all against one `b2 emulator` in one run.
#
#   dotnet publish src/B2Sdk.Cli -r linux-x64 -o artifacts/b2
#   B2=artifacts/b2/b2 bench/transfer-1gb.sh [ROUNDS]
#
# The floor is curl moving the bytes and openssl hashing them, which is the least that a verified transfer can do. Every client's CPU seconds (user + system), wall
# and peak memory are its own process's, without the emulator's; the medians of the rounds are printed. Needs curl, openssl, rclone, GNU time, and 4 GB of disk.
set -euo pipefail
: "${B2:?is the path of the b2 binary}"
. "$(dirname "$0")/../tests/clients/checks.sh"
. "$(dirname "$0")/measure.sh"

rounds=${1:-3}
bytes=${BYTES:-1000000000}
bucket=bench-$$-$RANDOM
export RCLONE_CONFIG=$work/rclone.conf B2_ACCOUNT_INFO=$work/account_info
file=$work/up.bin

curl_up() {
    # A fresh URL for every upload, as the other clients take one.
    local answer
    answer=$(curl -fsS -H "Authorization: $token" -d "{\"bucketId\":\"$bucket_id\"}" "$api/b2api/v4/b2_get_upload_url")
    local upload_url upload_token
    upload_url=$(sed -E 's/.*"uploadUrl": ?"([^"]*)".*/\1/' <<<"$answer")
    upload_token=$(sed -E 's/.*"authorizationToken": ?"([^"]*)".*/\1/' <<<"$answer")
    measure up:curl+openssl bash -c "
        sha1=\$(openssl sha1 -r '$file' | cut -c1-40)
        curl -fsS -X POST -T '$file' -H 'Authorization: $upload_token' -H 'X-Bz-File-Name: curl.bin' -H 'Content-Type: b2/x-auto' -H \"X-Bz-Content-Sha1: \$sha1\" '$upload_url'"
}

authorize_curl() {
    local answer
    answer=$(curl -fsS -u "$key_id:$key" "$url/b2api/v4/b2_authorize_account")
    token=$(sed -E 's/.*"authorizationToken": ?"([^"]*)".*/\1/' <<<"$answer")
    api=${url%/}
    bucket_id=$("$B2" bucket list --json | tr -d '\n ' | sed -E 's/.*"bucketId":"([^"]*)".*/\1/')
}

start_emulator --data "$work/data"
export B2_ENVIRONMENT=$url
head -c "$bytes" /dev/urandom >"$file"
"$B2" account authorize "$key_id" "$key" >/dev/null
"$B2" bucket create "$bucket" allPrivate >/dev/null
configure_rclone
authorize_curl

for _ in $(seq "$rounds"); do
    curl_up
    measure up:b2 "$B2" file upload --no-progress "$bucket" "$file" b2.bin
    measure up:rclone rclone copyto --ignore-times "$file" "emu:$bucket/rclone.bin"
    measure down:curl+openssl bash -c "curl -fsS -H 'Authorization: $token' -o '$work/down' '$api/file/$bucket/curl.bin' && openssl sha1 -r '$work/down'"
    # Everyone writes to a new file: to replace one makes some file systems write all of the new one at once.
    rm "$work/down"
    measure down:b2 "$B2" file download --no-progress "b2://$bucket/b2.bin" "$work/down"
    cmp "$file" "$work/down"
    rm "$work/down"
    measure down:rclone rclone copyto --ignore-times "emu:$bucket/rclone.bin" "$work/down"
    rm "$work/down"
    rclone --b2-hard-delete delete "emu:$bucket"
done

printf '%-6s %-14s %8s %8s %8s %14s %14s\n' "" client "CPU s" "wall s" "peak MB" "CPU : floor" "memory : floor"
for direction in up down; do
    floor_cpu=$(column "$direction:curl+openssl" cpu)
    floor_memory=$(column "$direction:curl+openssl" memory)
    for client in curl+openssl b2 rclone; do
        awk -v d="$direction" -v c="$client" -v cpu="$(column "$direction:$client" cpu)" -v wall="$(column "$direction:$client" wall)" \
            -v memory="$(column "$direction:$client" memory)" -v fc="$floor_cpu" -v fm="$floor_memory" \
            'BEGIN {printf "%-6s %-14s %8.2f %8.2f %8.0f %14.2f %14.2f\n", d, c, cpu, wall, memory, cpu / fc, memory / fm}'
    done
done
