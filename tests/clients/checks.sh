# Sourced by the tests of foreign clients: counts what holds and what does not, and runs an emulator for as long as the script lives.

passed=0
failed=0
work=$(mktemp -d)
emulator_pid=

# check NAME COMMAND...: the command must succeed.
check() {
    local name=$1
    shift
    if "$@" >"$work/check.out" 2>&1; then
        passed=$((passed + 1))
        echo "ok      $name"
    else
        failed=$((failed + 1))
        echo "FAILED  $name: $*"
        sed 's/^/        /' "$work/check.out" | tail -40
    fi
}

# refuse NAME COMMAND...: the command must fail.
refuse() {
    local name=$1
    shift
    check "$name" not "$@"
}

not() {
    ! "$@"
}

# start_emulator OPTIONS...: sets url, key_id and key.
start_emulator() {
    "$B2" emulator --port 0 --json "$@" >"$work/emulator.json" 2>"$work/emulator.err" &
    emulator_pid=$!
    for _ in $(seq 600); do
        [ -s "$work/emulator.json" ] && break
        sleep 0.05
    done
    if [ ! -s "$work/emulator.json" ]; then
        echo "FAILED  the emulator did not start:"
        cat "$work/emulator.err"
        exit 1
    fi
    url=$(field url)
    key_id=$(field applicationKeyId)
    key=$(field applicationKey)
}

field() {
    sed -E "s/.*\"$1\":\"([^\"]*)\".*/\1/" "$work/emulator.json"
}

stop_emulator() {
    if [ -n "$emulator_pid" ]; then
        kill -TERM "$emulator_pid" 2>/dev/null || true
        wait "$emulator_pid" 2>/dev/null || true
        emulator_pid=
    fi
}

# check_calls CLIENT: the client made the calls that calls.txt says it makes, of which docs/emulator-conformance.md is made. RECORD_CALLS=1 writes them there instead.
check_calls() {
    local record
    record=$(dirname "${BASH_SOURCE[0]}")/calls.txt
    curl -fsS "$url/_emulator/journal/counts" | grep -o '"b2_[a-z_]*"' | tr -d '"' | sort >"$work/calls"
    if [ -n "${RECORD_CALLS:-}" ]; then
        { grep -v "^$1 " "$record" || true; sed "s/^/$1 /" "$work/calls"; } | LC_ALL=C sort >"$work/record"
        cp "$work/record" "$record"
    fi
    grep "^$1 " "$record" | cut -d' ' -f2 | sort >"$work/recorded"
    check "makes the calls that are on record" test -z "$(comm -23 "$work/recorded" "$work/calls")"
}

finish() {
    stop_emulator
    rm -rf "$work"
}
trap finish EXIT

summary() {
    echo "$1: $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
