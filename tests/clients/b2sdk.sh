#!/usr/bin/env bash
# Runs Debian's python3-b2sdk against `b2 emulator`: B2=path/to/b2 tests/clients/b2sdk.sh
set -euo pipefail
: "${B2:?is the path of the b2 binary}"
. "$(dirname "$0")/checks.sh"

start_emulator --min-part-size 5000000 --recommended-part-size 5000000
# Debian's own Python, as another that comes first in the path does not see Debian's packages.
/usr/bin/python3 "$(dirname "$0")/b2sdk_flows.py" "$url" "$key_id" "$key"
check_calls b2sdk
summary b2sdk
