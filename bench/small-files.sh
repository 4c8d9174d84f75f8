#!/usr/bin/env bash
# Many small files up: the SDK beside rclone, both 16 at a time, against one `b2 emulator` in one run.
#
#   dotnet publish src/B2Sdk.Cli -r linux-x64 -o artifacts/b2
#   dotnet publish tests/B2Sdk.Benchmarks -r linux-x64 -o artifacts/benchmarks
#   B2=artifacts/b2/b2 BENCHMARKS=artifacts/benchmarks/B2Sdk.Benchmarks bench/small-files.sh [ROUNDS]
#
# FILES (2,000) of 10 KB. CPU seconds (user + system), wall and peak memory are the client process's own; the medians of the rounds are printed. Needs rclone and GNU
# time. Target of the SDK: 0.8 s CPU and 1.5 s wall for 2,000 files.
set -euo pipefail
: "${B2:?is the path of the b2 binary}" "${BENCHMARKS:?is the path of the B2Sdk.Benchmarks binary}"
. "$(dirname "$0")/../tests/clients/checks.sh"
. "$(dirname "$0")/measure.sh"

rounds=${1:-3}
files=${FILES:-2000}
export RCLONE_CONFIG=$work/rclone.conf B2_ACCOUNT_INFO=$work/account_info

start_emulator
export B2_ENVIRONMENT=$url
"$B2" account authorize "$key_id" "$key" >/dev/null
configure_rclone
mkdir "$work/files"
head -c "$((files * 10000))" /dev/urandom | split -a 6 -d -b 10000 - "$work/files/file-"

counted() {
    local found
    found=$("$B2" ls -r "b2://$1" | wc -l)
    [ "$found" -eq "$files" ] || {
        echo "FAILED  $found files arrived of $files"
        exit 1
    }
}

for round in $(seq "$rounds"); do
    "$B2" bucket create "bench-sdk-$round" allPrivate >/dev/null
    "$B2" bucket create "bench-rclone-$round" allPrivate >/dev/null
    measure sdk "$BENCHMARKS" small-files "$url" "$key_id" "$key" "bench-sdk-$round" "$work/files"
    counted "bench-sdk-$round"
    measure rclone rclone copy --transfers 16 "$work/files" "emu:bench-rclone-$round"
    counted "bench-rclone-$round"
done
echo "load: $(cut -d' ' -f1-3 /proc/loadavg), processors: $(nproc)"
report rclone sdk rclone
