"""Walks b2sdk 1.17 (version 2 of the API) through what its users do, against a service given by URL, key id and key."""

import contextlib
import hashlib
import io
import os
import secrets
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request
from pathlib import Path

from b2sdk.v2 import (
    B2Api,
    BucketRetentionSetting,
    CopySource,
    EncryptionAlgorithm,
    EncryptionKey,
    EncryptionMode,
    EncryptionSetting,
    FileRetentionSetting,
    InMemoryAccountInfo,
    KeepOrDeleteMode,
    LegalHold,
    NewerFileSyncMode,
    RetentionMode,
    RetentionPeriod,
    Synchronizer,
    SyncReport,
    UploadSourceBytes,
    parse_sync_folder,
)
from b2sdk.v2 import exception as errors

PART = 5_000_000
SSE_B2 = EncryptionSetting(mode=EncryptionMode.SSE_B2, algorithm=EncryptionAlgorithm.AES256)

url, key_id, key = sys.argv[1:]
checks = []


def check(flow):
    checks.append(flow)
    return flow


def connect(using_id=key_id, using=key):
    api = B2Api(InMemoryAccountInfo())
    api.authorize_account(url, using_id, using)
    return api


def new_bucket(kind="allPrivate", **settings):
    return connect().create_bucket(f"b2sdk-{secrets.token_hex(8)}", kind, **settings)


def read(downloaded):
    content = io.BytesIO()
    downloaded.save(content)
    return content.getvalue()


def listed(bucket, **how):
    return [(version.action, version.file_name) for version, _ in bucket.ls(recursive=True, **how)]


@contextlib.contextmanager
def refused(*kinds):
    try:
        yield
    except kinds:
        return
    raise AssertionError(f"nothing was refused; expected {kinds}")


def equal(found, expected):
    assert found == expected, f"{found!r} is not {expected!r}"


@check
def authorizes_by_url_and_is_refused_with_a_wrong_key():
    info = connect().account_info
    equal(info.get_api_url(), url)
    equal(info.get_absolute_minimum_part_size(), PART)
    equal(info.get_allowed()["bucketId"], None)
    with refused(errors.Unauthorized, errors.InvalidAuthToken):
        connect(using="K" + "0" * 30)


@check
def makes_finds_changes_and_deletes_buckets():
    api = connect()
    bucket = api.create_bucket(
        f"b2sdk-{secrets.token_hex(8)}",
        "allPrivate",
        bucket_info={"color": "blue"},
        lifecycle_rules=[{"fileNamePrefix": "", "daysFromUploadingToHiding": 7, "daysFromHidingToDeleting": 1}],
    )
    with refused(errors.DuplicateBucketName):
        api.create_bucket(bucket.name, "allPrivate")
    equal(api.get_bucket_by_name(bucket.name).id_, bucket.id_)
    equal(api.get_bucket_by_id(bucket.id_).get_fresh_state().bucket_info, {"color": "blue"})
    changed = bucket.update(bucket_type="allPublic", lifecycle_rules=[], if_revision_is=bucket.revision)
    equal((changed.type_, changed.lifecycle_rules, changed.bucket_info), ("allPublic", [], {"color": "blue"}))
    assert changed.revision > bucket.revision
    with refused(errors.Conflict):
        bucket.update(bucket_type="allPrivate", if_revision_is=bucket.revision)
    changed.upload_bytes(b"in the way", "a")
    with refused(errors.BadRequest):
        api.delete_bucket(changed)
    for version, _ in changed.ls(latest_only=False):
        version.delete()
    api.delete_bucket(changed)
    with refused(errors.NonExistentBucket):
        connect().get_bucket_by_name(bucket.name)


@check
def uploads_and_downloads_odd_names_with_info():
    bucket = new_bucket()
    names = ["a+b.txt", "100%.txt", "what?", "hash#tag", "am&per=sand", "blank in it", "ümläut/日本語/😀", "q'\"uote"]
    for name in names:
        sent = bucket.upload_bytes(name.encode(), name, file_infos={"author": "Zoë + 100%"})
        equal((sent.file_name, sent.content_type), (name, "text/plain" if name.endswith(".txt") else "application/octet-stream"))
        got = bucket.download_file_by_name(name)
        equal((got.download_version.file_name, got.download_version.file_info), (name, {"author": "Zoë + 100%"}))
        equal(read(got), name.encode())
    equal([name for _, name in listed(bucket)], sorted(names, key=str.encode))


@check
def uploads_files_of_every_small_size_and_proves_them():
    bucket = new_bucket()
    with tempfile.TemporaryDirectory() as folder:
        for size in (0, 1, 100_000):
            source = Path(folder, f"of-{size}")
            source.write_bytes(os.urandom(size))
            sent = bucket.upload_local_file(source, source.name)
            equal(sent.content_sha1, hashlib.sha1(source.read_bytes()).hexdigest())
            target = Path(folder, "back")
            got = bucket.download_file_by_id(sent.id_)
            got.save_to(target)
            equal(target.read_bytes(), source.read_bytes())
            assert got.download_version.content_sha1_verified
            equal(bucket.get_file_info_by_name(source.name).id_, sent.id_)
            equal(bucket.get_file_info_by_id(sent.id_).size, size)


@check
def uploads_large_files_in_parts_and_downloads_ranges_of_them():
    bucket = new_bucket()
    content = os.urandom(2 * PART + 12_345)
    sent = bucket.upload_bytes(content, "large")
    equal((sent.content_sha1, sent.size), ("none", len(content)))
    equal(hashlib.sha1(read(bucket.download_file_by_name("large"))).hexdigest(), hashlib.sha1(content).hexdigest())
    equal(read(bucket.download_file_by_id(sent.id_, range_=(PART - 5, PART + 4))), content[PART - 5 : PART + 5])
    with refused(errors.InvalidRange):  # It is served the three bytes there are, and notices.
        bucket.download_file_by_name("large", range_=(len(content) - 3, len(content) + 100))
    with refused(errors.UnsatisfiableRange):
        read(bucket.download_file_by_id(sent.id_, range_=(len(content), len(content) + 1)))


@check
def resumes_and_cancels_unfinished_large_files():
    bucket = new_bucket()
    api = bucket.api
    started = api.services.large_file.start_large_file(bucket.id_, "unfinished", "text/plain", {})
    target = api.session.get_upload_part_url(started.file_id)
    part = b"x" * 10
    api.raw_api.upload_part(
        target["uploadUrl"], target["authorizationToken"], 1, len(part), hashlib.sha1(part).hexdigest(), io.BytesIO(part)
    )
    equal([part.part_number for part in bucket.list_parts(started.file_id)], [1])
    equal([file.file_id for file in bucket.list_unfinished_large_files()], [started.file_id])
    with refused(errors.BadRequest):
        api.session.finish_large_file(started.file_id, [hashlib.sha1(part).hexdigest()])
    equal(listed(bucket, latest_only=False), [("start", "unfinished")])
    equal(listed(bucket), [])
    bucket.cancel_large_file(started.file_id)
    equal(list(bucket.list_unfinished_large_files()), [])


@check
def copies_whole_files_and_ranges_and_puts_pieces_together():
    bucket = new_bucket()
    content = os.urandom(2 * PART)
    source = bucket.upload_bytes(content, "source", content_type="text/plain", file_infos={"a": "b"})
    kept = bucket.copy(source.id_, "kept")
    equal((kept.content_type, kept.file_info["a"]), ("text/plain", "b"))
    changed = bucket.copy(source.id_, "changed", offset=10, length=20, content_type="image/png", file_info={"c": "d"})
    equal((changed.content_type, changed.file_info), ("image/png", {"c": "d"}))
    equal(read(bucket.download_file_by_name("changed")), content[10:30])
    bucket.concatenate([CopySource(source.id_, offset=0, length=PART), UploadSourceBytes(b"tail" * PART)], "joined")
    joined = hashlib.sha1(content[:PART] + b"tail" * PART).hexdigest()
    equal(hashlib.sha1(read(bucket.download_file_by_name("joined"))).hexdigest(), joined)


@check
def lists_folders_versions_and_hidden_files():
    bucket = new_bucket()
    for name in ("a", "b/1", "b/2", "b/c/3", "d"):
        bucket.upload_bytes(b"1", name)
    bucket.upload_bytes(b"22", "a")
    bucket.hide_file("d")
    with refused(errors.FileAlreadyHidden):
        bucket.hide_file("d")
    with refused(errors.FileNotPresent):
        bucket.hide_file("nothing")
    equal([(version.file_name, folder) for version, folder in bucket.ls()], [("a", None), ("b/1", "b/")])
    equal([name for _, name in listed(bucket, folder_to_list="b")], ["b/1", "b/2", "b/c/3"])
    equal(listed(bucket, latest_only=False, fetch_count=1)[0:2], [("upload", "a"), ("upload", "a")])
    equal(listed(bucket, latest_only=False)[-2:], [("hide", "d"), ("upload", "d")])
    with refused(errors.FileNotPresent):
        bucket.download_file_by_name("d")
    marker = next(version for version in bucket.list_file_versions("d") if version.action == "hide")
    marker.delete()
    equal(read(bucket.download_file_by_name("d")), b"1")
    equal([version.size for version in bucket.list_file_versions("a")], [2, 1])


@check
def makes_keys_that_open_only_what_they_are_made_for():
    bucket, other = new_bucket(), new_bucket()
    api = bucket.api
    bucket.upload_bytes(b"open", "open/a")
    bucket.upload_bytes(b"shut", "shut/a")
    made = api.create_key(
        ["listBuckets", "listFiles", "readFiles"],
        "only-open",
        valid_duration_seconds=3600,
        bucket_id=bucket.id_,
        name_prefix="open/",
    )
    assert made.id_ in [found.id_ for found in api.list_keys()]
    equal(api.get_key(made.id_).key_name, "only-open")
    limited = connect(made.id_, made.application_key)
    equal(limited.account_info.get_allowed()["bucketName"], bucket.name)
    view = limited.get_bucket_by_name(bucket.name)
    equal(listed(view, folder_to_list="open"), [("upload", "open/a")])
    equal(read(view.download_file_by_name("open/a")), b"open")
    for attempt in (
        lambda: read(view.download_file_by_name("shut/a")),
        lambda: listed(view),
        lambda: view.upload_bytes(b"", "open/b"),
        lambda: view.hide_file("open/a"),
        lambda: limited.create_bucket("b2sdk-never", "allPrivate"),
    ):
        with refused(errors.Unauthorized, errors.MaxRetriesExceeded):
            attempt()
    with refused(errors.RestrictedBucket):
        limited.get_bucket_by_name(other.name)
    api.delete_key(made)
    with refused(errors.Unauthorized, errors.InvalidAuthToken):
        connect(made.id_, made.application_key)


@check
def gives_authorizations_to_download():
    bucket = new_bucket()
    bucket.upload_bytes(b"shared", "shared/a +b")
    bucket.upload_bytes(b"kept", "kept")
    token = bucket.get_download_authorization("shared/", 60)

    def fetch(name):
        with urllib.request.urlopen(f"{bucket.get_download_url(name)}?Authorization={token}") as answer:
            return answer.read()

    equal(fetch("shared/a +b"), b"shared")
    with refused(urllib.error.HTTPError):
        fetch("kept")


@check
def encrypts_with_the_services_key_and_with_ones_own():
    bucket = new_bucket(default_server_side_encryption=SSE_B2)
    equal(bucket.api.get_bucket_by_name(bucket.name).default_server_side_encryption, SSE_B2)
    equal(bucket.upload_bytes(b"by default", "default").server_side_encryption, SSE_B2)
    own = EncryptionSetting(EncryptionMode.SSE_C, EncryptionAlgorithm.AES256, EncryptionKey(secret=os.urandom(32), key_id="own"))
    other = EncryptionSetting(EncryptionMode.SSE_C, EncryptionAlgorithm.AES256, EncryptionKey(secret=os.urandom(32), key_id="other"))
    content = os.urandom(2 * PART)
    for name, data in (("small", b"secret"), ("large", content)):
        sent = bucket.upload_bytes(data, name, encryption=own)
        assert read(bucket.download_file_by_id(sent.id_, encryption=own)) == data
        with refused(errors.BadRequest):
            bucket.download_file_by_id(sent.id_)
        with refused(errors.AccessDenied):
            bucket.download_file_by_id(sent.id_, encryption=other)
    copied = bucket.copy(sent.id_, "copy", source_encryption=own, destination_encryption=other, source_file_info={}, source_content_type="a/b")
    assert read(bucket.download_file_by_id(copied.id_, encryption=other)) == content


@check
def locks_files_against_deletion():
    bucket = new_bucket(is_file_lock_enabled=True)
    api = bucket.api
    soon = int(time.time() + 3600) * 1000
    kept = bucket.upload_bytes(
        b"kept", "kept", file_retention=FileRetentionSetting(RetentionMode.GOVERNANCE, soon), legal_hold=LegalHold.ON
    )
    equal((kept.file_retention.retain_until, kept.legal_hold), (soon, LegalHold.ON))
    with refused(errors.Unauthorized):
        kept.delete()
    api.update_file_legal_hold(kept.id_, kept.file_name, LegalHold.OFF)
    with refused(errors.Unauthorized):
        kept.delete()
    with refused(errors.AccessDenied):
        api.update_file_retention(kept.id_, kept.file_name, FileRetentionSetting(RetentionMode.NONE))
    api.update_file_retention(kept.id_, kept.file_name, FileRetentionSetting(RetentionMode.NONE), bypass_governance=True)
    kept.delete()
    period = BucketRetentionSetting(RetentionMode.COMPLIANCE, RetentionPeriod(days=1))
    equal(bucket.update(default_retention=period).default_retention, period)
    equal(bucket.upload_bytes(b"", "by default").file_retention.mode, RetentionMode.COMPLIANCE)
    with refused(errors.BadRequest):
        new_bucket().upload_bytes(b"", "a", file_retention=FileRetentionSetting(RetentionMode.GOVERNANCE, soon))


@check
def synchronizes_both_ways():
    bucket = new_bucket()
    api = bucket.api
    far = f"b2://{bucket.name}/tree"

    def sync(source, target, **how):
        Synchronizer(4, newer_file_mode=NewerFileSyncMode.REPLACE, **how).sync_folders(
            source_folder=parse_sync_folder(str(source), api),
            dest_folder=parse_sync_folder(str(target), api),
            now_millis=int(time.time() * 1000),
            reporter=SyncReport(io.StringIO(), no_progress=True),
        )

    with tempfile.TemporaryDirectory() as folder:
        near, back = Path(folder, "near"), Path(folder, "back")
        back.mkdir()
        for name in ("a", "b c/d+e", "b c/ü", "deep/er/x"):
            Path(near, name).parent.mkdir(parents=True, exist_ok=True)
            Path(near, name).write_text(name)
        sync(near, far)
        equal([name for _, name in listed(bucket)], ["tree/a", "tree/b c/d+e", "tree/b c/ü", "tree/deep/er/x"])
        sync(far, back)
        for file in near.rglob("*"):
            if file.is_file():
                twin = back / file.relative_to(near)
                equal(twin.read_text(), file.read_text())
                equal(int(twin.stat().st_mtime * 1000), int(file.stat().st_mtime * 1000))
        versions = len(listed(bucket, latest_only=False))
        sync(near, far)
        equal(len(listed(bucket, latest_only=False)), versions)
        (near / "a").unlink()
        sync(near, far, keep_days_or_delete=KeepOrDeleteMode.DELETE)
        equal(len(listed(bucket, latest_only=False)), versions - 1)
        sync(far, f"b2://{bucket.name}/twin")
        equal(sum(name.startswith("twin/") for _, name in listed(bucket)), 3)


def customers(secret, name=None):
    return EncryptionSetting(
        mode=EncryptionMode.SSE_C,
        algorithm=EncryptionAlgorithm.AES256,
        key=EncryptionKey(secret=secret, key_id=name),
    )


@check
def encrypts_with_keys_of_the_service_and_of_its_own():
    bucket = new_bucket(default_server_side_encryption=SSE_B2)
    equal(bucket.get_fresh_state().default_server_side_encryption, SSE_B2)
    ours, other = customers(secrets.token_bytes(32), "ours"), customers(secrets.token_bytes(32))
    equal(bucket.upload_bytes(b"theirs", "theirs").server_side_encryption, SSE_B2)
    closed = bucket.upload_bytes(b"ours", "ours", encryption=ours)
    equal(closed.server_side_encryption.mode, EncryptionMode.SSE_C)
    equal(closed.file_info["sse_c_key_id"], "ours")
    equal(read(bucket.download_file_by_name("theirs")), b"theirs")
    equal(read(bucket.download_file_by_id(closed.id_, encryption=ours)), b"ours")
    with refused(errors.BadRequest):
        bucket.download_file_by_name("ours")
    with refused(errors.AccessDenied):
        bucket.download_file_by_name("ours", encryption=other)

    content = os.urandom(2 * PART + 1)
    large = bucket.upload_bytes(content, "large", encryption=ours)
    equal(large.server_side_encryption.mode, EncryptionMode.SSE_C)
    equal(read(bucket.download_file_by_name("large", encryption=ours)), content)
    copy = bucket.copy(
        closed.id_,
        "copy",
        source_encryption=ours,
        destination_encryption=other,
        source_file_info=closed.file_info,
        source_content_type=closed.content_type,
    )
    equal(copy.server_side_encryption.mode, EncryptionMode.SSE_C)
    assert "sse_c_key_id" not in copy.file_info, copy.file_info
    equal(read(bucket.download_file_by_name("copy", encryption=other)), b"ours")
    equal(bucket.update(default_server_side_encryption=EncryptionSetting(EncryptionMode.NONE)).default_server_side_encryption.mode, EncryptionMode.NONE)


@check
def locks_files_against_deletion():
    bucket = new_bucket(is_file_lock_enabled=True)
    assert bucket.is_file_lock_enabled
    later = int(time.time() * 1000) + 3_600_000
    governed = FileRetentionSetting(RetentionMode.GOVERNANCE, later)
    file = bucket.upload_bytes(b"kept", "kept", file_retention=governed, legal_hold=LegalHold.ON)
    equal((file.file_retention, file.legal_hold), (governed, LegalHold.ON))
    equal(bucket.get_file_info_by_id(file.id_).file_retention, governed)
    got = bucket.download_file_by_id(file.id_).download_version
    equal((got.file_retention, got.legal_hold), (governed, LegalHold.ON))

    with refused(errors.Unauthorized, errors.AccessDenied):
        file.delete()
    equal(file.update_legal_hold(LegalHold.OFF).legal_hold, LegalHold.OFF)
    with refused(errors.Unauthorized, errors.AccessDenied):
        file.delete()
    with refused(errors.AccessDenied):
        file.update_retention(FileRetentionSetting(RetentionMode.NONE))
    with refused(errors.RetentionWriteError, errors.BadRequest):
        file.update_retention(FileRetentionSetting(RetentionMode.GOVERNANCE, 1))
    file.update_retention(FileRetentionSetting(RetentionMode.NONE), bypass_governance=True)
    file.delete()

    bucket.update(default_retention=BucketRetentionSetting(RetentionMode.COMPLIANCE, RetentionPeriod(days=1)))
    young = bucket.upload_bytes(b"", "young")
    equal(young.file_retention.mode, RetentionMode.COMPLIANCE)
    assert bucket.update(default_retention=BucketRetentionSetting(RetentionMode.NONE)).default_retention.mode == RetentionMode.NONE


def main():
    failed = 0
    for flow in checks:
        name = flow.__name__.replace("_", " ")
        try:
            flow()
            print(f"ok      {name}")
        except Exception:
            failed += 1
            print(f"FAILED  {name}")
            traceback.print_exc(file=sys.stdout)
    print(f"b2sdk: {len(checks) - failed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
