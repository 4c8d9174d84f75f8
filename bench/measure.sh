# Sourced by the benchmarks: measures processes, and reports medians and ratios. Uses what tests/clients/checks.sh sets.

# measure NAME COMMAND...: what it prints is in $work/bench.out.
measure() {
    local name=$1
    shift
    /usr/bin/time -a -o "$work/times" -f "$name %e %U %S %M" "$@" >"$work/bench.out" 2>"$work/bench.err" || {
        cat "$work/bench.err"
        exit 1
    }
}

configure_rclone() {
    printf '[emu]\ntype = b2\naccount = %s\nkey = %s\nendpoint = %s\nhard_delete = true\n' "$key_id" "$key" "$url" >"$RCLONE_CONFIG"
}

median() {
    sort -n | awk '{v[NR] = $1} END {print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'
}

# column NAME cpu|wall|memory: the median of the rounds, in seconds or MB.
column() {
    awk -v name="$1" -v what="$2" '$1 == name {print (what == "cpu") ? $3 + $4 : (what == "wall") ? $2 : $5 / 1024}' "$work/times" | median
}

# report PEER NAME...: one line for each, and its ratios to the peer.
report() {
    local peer=$1 name
    shift
    printf '%-10s %8s %8s %8s %16s %16s %16s\n' client "CPU s" "wall s" "peak MB" "CPU : $peer" "wall : $peer" "memory : $peer"
    for name in "$@"; do
        awk -v n="$name" -v cpu="$(column "$name" cpu)" -v wall="$(column "$name" wall)" -v memory="$(column "$name" memory)" \
            -v pc="$(column "$peer" cpu)" -v pw="$(column "$peer" wall)" -v pm="$(column "$peer" memory)" \
            'BEGIN {printf "%-10s %8.2f %8.2f %8.0f %16.2f %16.2f %16.2f\n", n, cpu, wall, memory, cpu / pc, wall / pw, memory / pm}'
    done
}
