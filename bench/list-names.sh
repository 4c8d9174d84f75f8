#!/usr/bin/env bash
# Listing the names of a large bucket: the SDK and b2 beside rclone, all against one `b2 emulator` in one run.
#
#   dotnet publish src/B2Sdk.Cli -r linux-x64 -o artifacts/b2
#   dotnet publish tests/B2Sdk.Benchmarks -r linux-x64 -o artifacts/benchmarks
#   B2=artifacts/b2/b2 BENCHMARKS=artifacts/benchmarks/B2Sdk.Benchmarks bench/list-names.sh [ROUNDS]
#
# NAMES (1,000,000) files are made by copying one small file over 16 connections, which takes a few minutes. Every client's CPU seconds (user + system), wall and peak
# memory are its own process's; the medians of the rounds are printed. Needs rclone and GNU time. Target of the SDK: 4 s CPU and 60 MB for 1,000,000 names.
set -euo pipefail
: "${B2:?is the path of the b2 binary}" "${BENCHMARKS:?is the path of the B2Sdk.Benchmarks binary}"
. "$(dirname "$0")/../tests/clients/checks.sh"
. "$(dirname "$0")/measure.sh"

rounds=${1:-3}
names=${NAMES:-1000000}
bucket=bench-names
export RCLONE_CONFIG=$work/rclone.conf B2_ACCOUNT_INFO=$work/account_info

start_emulator
export B2_ENVIRONMENT=$url
"$BENCHMARKS" fill "$url" "$key_id" "$key" "$bucket" "$names" >/dev/null
"$B2" account authorize "$key_id" "$key" >/dev/null
configure_rclone

counted() {
    [ "$(wc -l <"$work/bench.out")" -eq "$names" ] || {
        echo "FAILED  $(wc -l <"$work/bench.out") names, and $names are there"
        exit 1
    }
}

for _ in $(seq "$rounds"); do
    measure sdk "$BENCHMARKS" names "$url" "$key_id" "$key" "$bucket"
    counted
    measure b2 "$B2" ls -r "b2://$bucket"
    counted
    # Without what it would otherwise ask for of each file.
    measure rclone rclone lsf -R --fast-list "emu:$bucket" --files-only
    counted
done
echo "load: $(cut -d' ' -f1-3 /proc/loadavg), processors: $(nproc)"
report rclone sdk b2 rclone
