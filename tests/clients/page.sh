#!/usr/bin/env bash
# Looks at the emulator's page with headless Chromium: B2=path/to/b2 tests/clients/page.sh [FOLDER]
# With a folder, pictures of the page in light and dark are left there.
set -euo pipefail
: "${B2:?is the path of the b2 binary}"
. "$(dirname "$0")/checks.sh"

pictures=${1:-$work}
browser=${CHROMIUM:-chromium}
export B2_ACCOUNT_INFO=$work/account_info

browse() {
    timeout 60 "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$work/profile" --virtual-time-budget=8000 "$@" 2>"$work/browser.err"
}

dump() {
    browse --dump-dom "$url/_emulator/" >"$work/page.html"
}

shows() {
    grep -qF -- "$1" "$work/page.html"
}

picture() {
    rm -f "$pictures/$1.png"
    browse --hide-scrollbars --window-size=1280,1000 --blink-settings=preferredColorScheme="$2" --screenshot="$pictures/$1.png" "$url/_emulator/"
    [ -s "$pictures/$1.png" ]
}

start_emulator --lenient sha1
export B2_ENVIRONMENT=$url
"$B2" account authorize "$key_id" "$key" >/dev/null
"$B2" bucket create holiday-photos allPrivate >/dev/null
echo cat >"$work/cat.jpg"
"$B2" file upload --no-progress --quiet holiday-photos "$work/cat.jpg" '2026/<b>cat</b>.jpg' >/dev/null
curl -fsS -d '{"operation":"b2_upload_part","status":503,"probability":0.5}' "$url/_emulator/faults" >/dev/null
curl -fsS -d '{"set":"2031-05-06T07:08:09Z","freeze":true}' "$url/_emulator/clock" >/dev/null

check "opens the page" dump
check "shows the bucket" shows holiday-photos
check "shows the upload" shows b2_upload_file
check "shows names as text" shows '2026/&lt;b&gt;cat&lt;/b&gt;.jpg'
check "shows the fault" shows 'status 503'
check "shows the clock" shows '2031-05-06 07:08:09 UTC'
check "shows what it is lenient about" shows '>sha1<'
check "shows no key" not shows "$key"
check "paints it in light" picture page-light 1
check "paints it in dark" picture page-dark 0
check "paints light and dark differently" not cmp -s "$pictures/page-light.png" "$pictures/page-dark.png"
stop_emulator

rm "$work/emulator.json"
start_emulator --control-token "let-me-in"
check "opens the page of an emulator with a control token" dump
check "asks for the token" shows 'asks for its control token'
check "shows nothing without it" not shows "$key_id"
check "answers nothing without it" not curl -fsS "$url/_emulator/journal"
check "answers with it" curl -fsS -H 'Authorization: Bearer let-me-in' "$url/_emulator/journal"

summary page
