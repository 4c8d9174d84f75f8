#!/usr/bin/env bash
# How quickly and how frugally `b2 emulator` works: every figure beside its target.
#
#   dotnet publish src/B2Sdk.Cli -r linux-x64 -o artifacts/b2
#   dotnet publish tests/B2Sdk.Benchmarks -r linux-x64 -o artifacts/benchmarks
#   B2=artifacts/b2/b2 BENCHMARKS=artifacts/benchmarks/B2Sdk.Benchmarks bench/emulator.sh
#
# NAMES (1,000,000) files are made by copying one small file over 16 connections, which sends and keeps no bytes; that takes a few minutes. BYTES (1 GB) is the file
# that goes up: "write + hash" is writing those bytes to the same disk and hashing them as B2 does (SHA-1 and MD5), in one process. The sparse file has PARTS (2,000)
# of PART_SIZE (5 GB): the first is sent once as a file of zeros, and all are copies of it. Wall figures; needs BYTES of disk.
set -euo pipefail
: "${B2:?is the path of the b2 binary}" "${BENCHMARKS:?is the path of the B2Sdk.Benchmarks binary}"
. "$(dirname "$0")/../tests/clients/checks.sh"

names=${NAMES:-1000000}
bytes=${BYTES:-1000000000}
uploads=${UPLOADS:-20000}
parts=${PARTS:-2000}
part_size=${PART_SIZE:-5000000000}

# line WHAT FIGURE UNIT OPERATOR TARGET
line() {
    awk -v what="$1" -v figure="$2" -v unit="$3" -v operator="$4" -v target="$5" 'BEGIN {
        holds = operator == "<=" ? figure <= target : figure >= target
        printf "%-58s %10.3f %-10s %s %-8s %s\n", what, figure, unit, operator, target, holds ? "holds" : "MISSED"
    }'
}

bench() {
    "$BENCHMARKS" "$@"
}

# The most memory that the emulator has had, in MB.
peak() {
    awk '/^VmHWM/ {printf "%.1f\n", $2 / 1024}' "/proc/$emulator_pid/status"
}

# pages SIZE: how long the bucket and its pages take.
pages() {
    local rows seconds quickest median most slowest
    read -r rows seconds quickest median most slowest < <(bench pages "$url" "$key_id" "$key" bench-names "$1")
    [ "$rows" -eq "$names" ] || {
        echo "FAILED  $rows files are listed, and $names are there"
        exit 1
    }
    line "$names files listed, $1 at a time" "$seconds" s "<=" 10
    line "a page (best $quickest ms, 99 of 100 $most ms): median" "$median" ms "<=" 20
    line "a page: the slowest" "$slowest" ms "<=" 20
}

echo "load: $(cut -d' ' -f1-3 /proc/loadavg), processors: $(nproc)"

read -r median best < <(bench start "$B2")
line "start to ready, median (best $best s)" "$median" s "<=" 0.15

start_emulator
read -r rate < <(bench uploads "$url" "$key_id" "$key" bench-uploads "$uploads")
line "uploads of 1 KB, in memory, 16 connections" "$rate" "a second" ">=" 2000
read -r median best < <(bench reset "$url")
line "reset, median (best $best ms)" "$median" ms "<=" 20
stop_emulator

start_emulator --data "$work/data"
read -r floor seconds < <(bench upload "$url" "$key_id" "$key" bench-upload "$bytes" "$work/scratch")
line "upload of $((bytes / 1000000)) MB (${seconds} s) against write + hash (${floor} s)" "$(awk "BEGIN {print 100 * $floor / $seconds}")" % ">=" 60
line "its memory, peak" "$(peak)" MB "<=" 150
stop_emulator
rm -rf "$work/data"

start_emulator --data "$work/data" --sparse
empty=$(du -sb "$work/data" | cut -f1)
read -r length seconds < <(bench sparse "$url" "$key_id" "$key" bench-sparse "$parts" "$part_size")
stop_emulator
line "a sparse file of $((length / 1000000000)) GB, put together in $seconds s" "$(awk "BEGIN {print ($(du -sb "$work/data" | cut -f1) - $empty) / 1e6}")" MB "<=" 1
rm -rf "$work/data"

start_emulator
bench fill "$url" "$key_id" "$key" bench-names "$names" >/dev/null
pages 1000
pages 10000
line "its memory, peak, for each of the files" "$(awk "BEGIN {print 1e6 * $(peak) / $names}")" B "<=" 350
