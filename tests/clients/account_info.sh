#!/usr/bin/env bash
# One account file, two tools: b2 and the Python library b2sdk take turns at it. B2=path/to/b2 tests/clients/account_info.sh
# PYTHON is the interpreter that has b2sdk; by default that of the system, for which Debian has python3-b2sdk.
set -euo pipefail
: "${B2:?is the path of the b2 binary}"
. "$(dirname "$0")/checks.sh"
PYTHON=${PYTHON:-/usr/bin/python3}

bucket=account-$$-$RANDOM
# Old versions of b2sdk look into .config only when they are told to.
export HOME=$work/home XDG_CONFIG_HOME=$work/home/.config
mkdir -p "$XDG_CONFIG_HOME"
usual=$XDG_CONFIG_HOME/b2/account_info

# python SCRIPT: with the account of the usual place as "info", and as "api".
python() {
    PYTHONWARNINGS=ignore "$PYTHON" -c "
import logging, os, sys
from b2sdk.v2 import *
logging.disable(logging.CRITICAL)
info = SqliteAccountInfo(os.environ.get('ACCOUNT_FILE'))
api = B2Api(info)
$1"
}

mode() {
    [ "$(stat -c %a "$1")" = "$2" ]
}

start_emulator
export B2_ENVIRONMENT=$url bucket url key_id key

check "b2 authorizes" "$B2" account authorize "$key_id" "$key"
check "b2 keeps it at the usual place" test -f "$usual"
check "the file is for its owner alone" mode "$usual" 600
check "its folder is for its owner alone" mode "$(dirname "$usual")" 700
check "Python finds the same place" python "assert info.filename == '$usual', info.filename"
check "Python reads the account" python "
assert info.get_application_key_id() == '$key_id' and info.get_application_key() == '$key'
assert info.get_realm() == '$url' and info.get_api_url() and info.get_download_url()
assert info.get_recommended_part_size() == 100000000 and info.get_absolute_minimum_part_size() == 5000000
assert 'writeFiles' in info.get_allowed()['capabilities']"
check "Python calls without authorizing" python "list(api.list_buckets())"
check "Python creates a bucket" python "api.create_bucket('$bucket', 'allPrivate')"
check "b2 calls without authorizing" bash -c "'$B2' bucket list | grep -q '$bucket'"
check "b2 uploads to the bucket" bash -c "echo hello >'$work/f' && '$B2' file upload --no-progress '$bucket' '$work/f' f"
check "Python finds the bucket in the file's map" python "assert info.get_bucket_id_or_none_from_bucket_name('$bucket')"
check "Python downloads what b2 uploaded" python "api.get_bucket_by_name('$bucket').download_file_by_name('f').save_to('$work/back')"
check "they are the same bytes" cmp "$work/f" "$work/back"

check "Python authorizes over it" python "api.authorize_account('$url', '$key_id', '$key')"
check "b2 calls with what Python left" bash -c "'$B2' bucket list | grep -q '$bucket'"
check "Python still reads it" python "assert info.get_account_auth_token()"
check "nobody has widened the file" mode "$usual" 600

export ACCOUNT_FILE=$work/of-python
check "Python makes a file" python "api.authorize_account('$url', '$key_id', '$key')"
check "b2 reads it and brings it up to date" env B2_ACCOUNT_INFO="$ACCOUNT_FILE" "$B2" bucket list
check "Python reads it after that" python "assert info.get_application_key() == '$key'; list(api.list_buckets())"

check "both at once lose nothing" bash -c "
(for i in \$(seq 10); do B2_ACCOUNT_INFO='$ACCOUNT_FILE' '$B2' account authorize '$key_id' '$key' >/dev/null || exit 1; done) & ours=\$!
PYTHONWARNINGS=ignore '$PYTHON' -c \"
import os
from b2sdk.v2 import *
info = SqliteAccountInfo(os.environ['ACCOUNT_FILE'])
for i in range(200):
    assert info.get_application_key() == '$key'
\" && wait \$ours"
check "b2 clears the account" env B2_ACCOUNT_INFO="$ACCOUNT_FILE" "$B2" account clear
refuse "Python knows no account then" python "info.get_application_key()"
check "no trace of the key is left in the file" bash -c "! grep -q '$key' '$ACCOUNT_FILE'"

summary account_info
