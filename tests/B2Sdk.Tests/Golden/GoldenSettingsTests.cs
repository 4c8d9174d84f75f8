namespace B2Sdk.Tests.Golden;

/// <summary>Keys, settings, locks, notifications and shares are asked for as the files say, told through the public surface.</summary>
public sealed class GoldenSettingsTests
{
    private const string BucketId = "b8adc1404fd24b779a000f1a";
    private const string SmallId = "4_zb8adc1404fd24b779a000f1a_f1000000000000001_d20260202_m024000_c000_v0001000_t0001";
    private const string LargeId = "4_zb8adc1404fd24b779a000f1a_f2000000000000002_d20260202_m024000_c000_v0001000_t0001";
    private const string SmallName = "docs/grüße.txt";
    private const string KeyId = "0008d1c0f42b7aa0000000007";
    private static readonly Capability[] Reading = [Capability.ListBuckets, Capability.ListFiles, Capability.ReadFiles];
    private static readonly DateTimeOffset Until = DateTimeOffset.FromUnixTimeMilliseconds(1_770_604_800_000);

    [Fact]
    public async Task A_key_is_created_listed_and_deleted_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        rig.Far.Next("b2_create_key", Answer("b2_create_key/response.json"), Answer("b2_create_key/response.restricted.json"));
        rig.Far.Next("b2_list_keys", Answer("b2_list_keys/response.json"), Answer("b2_list_keys/response.page.json"));
        rig.Far.Always("b2_delete_key", Answer("b2_delete_key/response.json"));
        var options = new CreateKeyOptions
        {
            BucketIds = [BucketId, "b8adc1404fd24b779a000f2b"],
            NamePrefix = "photos/",
            ValidFor = TimeSpan.FromDays(1),
        };

        var key = await rig.Api.CreateKeyAsync("nightly-backup", Reading, cancellationToken: Rig.Stop);
        rig.Far.Last("b2_create_key").ShouldMatch("b2_create_key/request.json");
        var restricted = await rig.Api.CreateKeyAsync("nightly-backup", Reading, options, Rig.Stop);
        rig.Far.Last("b2_create_key").ShouldMatch("b2_create_key/request.restricted.json");
        var keys = await rig.Api.ListKeysAsync(KeyId, Rig.Stop).ToListAsync(Rig.Stop);
        rig.Far.Last("b2_list_keys").ShouldMatch("b2_list_keys/request.json");
        var one = await rig.Api.FindKeyAsync(KeyId, Rig.Stop);
        await rig.Api.DeleteKeyAsync(KeyId, Rig.Stop);
        rig.Far.Last("b2_delete_key").ShouldMatch("b2_delete_key/request.json");

        key.Key.Reveal().ShouldBe("K000abcdefghijklmnopqrstuv/+012");
        (key.BucketIds, key.NamePrefix, key.ExpirationTimestamp, key.AccountId).ShouldBe((null, null, null, FarSide.AccountId));
        (restricted.BucketIds!.Count, restricted.NamePrefix).ShouldBe((2, "photos/"));
        restricted.ExpirationTimestamp!.Value.ToUnixTimeMilliseconds().ShouldBe(1_770_086_400_000);
        keys.Select(found => found.KeyName).ShouldBe(["nightly-backup", "reader"]);
        one!.HasCapabilities(Capability.ReadFiles, Capability.ListFiles).ShouldBeTrue();
        one.HasCapabilities(Capability.ReadFiles, Capability.WriteFiles).ShouldBeFalse();
    }

    [Fact, Trait("Fact", "C83")]
    public async Task Locks_are_set_and_removed_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        rig.Far.Next(
            "b2_update_file_retention",
            Answer("b2_update_file_retention/response.json"),
            Answer("b2_update_file_retention/response.remove.json")
        );
        rig.Far.Always("b2_update_file_legal_hold", Answer("b2_update_file_legal_hold/response.json"));
        rig.Far.Always("b2_delete_file_version", Answer("b2_delete_file_version/response.json"));

        var set = await rig.Api.UpdateFileRetentionAsync(SmallName, SmallId, FileRetention.Governance(Until), cancellationToken: Rig.Stop);
        rig.Far.Last("b2_update_file_retention").ShouldMatch("b2_update_file_retention/request.json");
        var removed = await rig.Api.UpdateFileRetentionAsync(SmallName, SmallId, FileRetention.None, bypassGovernance: true, Rig.Stop);
        rig.Far.Last("b2_update_file_retention").ShouldMatch("b2_update_file_retention/request.remove.json");
        Text(rig.Far.Last("b2_update_file_retention")).ShouldContain("\"mode\":null");
        var hold = await rig.Api.UpdateFileLegalHoldAsync(SmallName, SmallId, LegalHold.On, Rig.Stop);
        rig.Far.Last("b2_update_file_legal_hold").ShouldMatch("b2_update_file_legal_hold/request.json");
        await rig.Api.DeleteFileVersionAsync(SmallName, SmallId, bypassGovernance: true, Rig.Stop);
        rig.Far.Last("b2_delete_file_version").ShouldMatch("b2_delete_file_version/request.bypass.json");

        (set, removed, hold).ShouldBe((FileRetention.Governance(Until), FileRetention.None, LegalHold.On));
    }

    [Fact, Trait("Need", "D5")]
    public async Task Every_setting_of_a_bucket_is_updated_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        var bucket = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);

        await UpdateAsync(
            "json",
            new()
            {
                Type = BucketType.AllPublic,
                Info = GoldenBucket.Info,
                CorsRules = GoldenBucket.CorsRules,
                LifecycleRules = GoldenBucket.LifecycleRules,
                IfRevisionIs = 2,
            }
        );
        await UpdateAsync(
            "clear.json",
            new()
            {
                Info = new Dictionary<string, string>(),
                CorsRules = [],
                LifecycleRules = [],
            }
        );
        var locked = await UpdateAsync(
            "protected.json",
            new()
            {
                DefaultServerSideEncryption = EncryptionSetting.SseB2,
                DefaultRetention = BucketRetention.Governance(RetentionPeriod.Days(7)),
                FileLockEnabled = true,
            }
        );
        await UpdateAsync(
            "unprotected.json",
            new() { DefaultServerSideEncryption = EncryptionSetting.None, DefaultRetention = BucketRetention.None }
        );
        Text(rig.Far.Last("b2_update_bucket")).ShouldContain("\"defaultRetention\":{\"mode\":null}");
        var replicating = await UpdateAsync(
            "replication.json",
            new()
            {
                ReplicationConfiguration = new()
                {
                    AsReplicationSource = new()
                    {
                        SourceApplicationKeyId = KeyId,
                        ReplicationRules =
                        [
                            new()
                            {
                                ReplicationRuleName = "to-east",
                                DestinationBucketId = "b8adc1404fd24b779a000f2b",
                                Priority = 1,
                            },
                        ],
                    },
                    AsReplicationDestination = new()
                    {
                        SourceToDestinationKeyMapping = new Dictionary<string, string> { [KeyId] = "0018d1c0f42b7aa0000000003" },
                    },
                },
            }
        );

        locked.Revision.ShouldBeGreaterThan(bucket.Revision);
        locked.DefaultServerSideEncryption.Value.ShouldBe(EncryptionSetting.SseB2);
        locked.FileLockConfiguration.Value!.DefaultRetention.ShouldBe(BucketRetention.Governance(RetentionPeriod.Days(7)));
        replicating.ReplicationConfiguration.Value!.AsReplicationSource!.ReplicationRules.Single().IsEnabled.ShouldBeTrue();

        async Task<Bucket> UpdateAsync(string file, BucketUpdate update)
        {
            rig.Far.Next("b2_update_bucket", Answer($"b2_update_bucket/response.{file}"));
            var updated = await bucket.UpdateAsync(update, Rig.Stop);
            rig.Far.Last("b2_update_bucket").ShouldMatch($"b2_update_bucket/request.{file}");
            return updated;
        }
    }

    [Fact]
    public async Task A_protected_bucket_is_created_as_the_file_has_it()
    {
        await using var rig = await StartAsync();
        rig.Far.Always("b2_create_bucket", Answer("b2_create_bucket/response.protected.json"));
        var options = new CreateBucketOptions { DefaultServerSideEncryption = EncryptionSetting.SseB2, FileLockEnabled = true };

        await rig.Api.CreateBucketAsync("my-bucket", BucketType.AllPrivate, options, Rig.Stop);

        rig.Far.Last("b2_create_bucket").ShouldMatch("b2_create_bucket/request.protected.json");
    }

    [Fact, Trait("Fact", "C79"), Trait("Fact", "C78")]
    public async Task What_the_key_may_not_read_is_told_from_what_is_not_set()
    {
        await using var rig = await StartAsync();
        rig.Far.Next("b2_list_buckets", Answer("b2_list_buckets/response.unreadable.json"), Answer("b2_list_buckets/response.json"));

        var dark = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);
        var clear = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);

        (dark.DefaultServerSideEncryption.IsClientAuthorizedToRead, dark.FileLockConfiguration.IsClientAuthorizedToRead).ShouldBe(
            (false, false)
        );
        dark.DefaultServerSideEncryption.Value.ShouldBeNull();
        clear.DefaultServerSideEncryption.IsClientAuthorizedToRead.ShouldBeTrue();
        (clear.DefaultServerSideEncryption.Value ?? EncryptionSetting.None).ShouldBe(EncryptionSetting.None);
    }

    [Fact]
    public async Task Notification_rules_are_read_and_replaced_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        rig.Far.Always("b2_get_bucket_notification_rules", Answer("b2_get_bucket_notification_rules/response.json"));
        rig.Far.Next(
            "b2_set_bucket_notification_rules",
            Answer("b2_set_bucket_notification_rules/response.json"),
            Answer("b2_set_bucket_notification_rules/response.clear.json")
        );
        var bucket = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);

        var rules = await bucket.GetNotificationRulesAsync(Rig.Stop);
        rig.Far.Last("b2_get_bucket_notification_rules").ShouldMatch("b2_get_bucket_notification_rules/request.json");
        // What B2 says of a rule goes into no request; how many events a batch has may be said or left to B2.
        var hiding = rules[0] with
        {
            MaxEventsPerBatch = null,
        };
        var stored = await bucket.SetNotificationRulesAsync([rules[1], hiding], Rig.Stop);
        rig.Far.Last("b2_set_bucket_notification_rules").ShouldMatch("b2_set_bucket_notification_rules/request.json");
        (await bucket.SetNotificationRulesAsync([], Rig.Stop)).ShouldBeEmpty();
        rig.Far.Last("b2_set_bucket_notification_rules").ShouldMatch("b2_set_bucket_notification_rules/request.clear.json");

        stored[0].EventTypes.ShouldBe([NotificationEventType.ObjectDeletedAll, NotificationEventType.HideMarkerCreatedHide]);
        stored[1].TargetConfiguration.CustomHeaders!.Single().Value.Reveal().ShouldBe("photos");
        (stored[0].IsSuspended, stored[0].SuspensionReason, stored[0].IsEnabled).ShouldBe((false, "", false));
        rules[1].ToString().ShouldNotContain("0123456789abcdefghijABCDEFGHIJ01");
        rules[1].TargetConfiguration.CustomHeaders!.Single().ToString().ShouldNotContain("photos");
    }

    [Fact]
    public async Task A_download_is_authorized_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        rig.Far.Always("b2_get_download_authorization", Answer("b2_get_download_authorization/response.json"));
        var bucket = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);
        var overrides = new DownloadOverrides
        {
            CacheControl = "no-cache",
            ContentDisposition = "attachment; filename=\"letter.txt\"",
            ContentEncoding = "gzip",
            ContentLanguage = "de",
            ContentType = "text/markdown",
            Expires = new(2026, 2, 2, 3, 40, 0, TimeSpan.Zero),
        };

        var token = await bucket.GetDownloadAuthorizationAsync("docs/", TimeSpan.FromHours(1), cancellationToken: Rig.Stop);
        rig.Far.Last("b2_get_download_authorization").ShouldMatch("b2_get_download_authorization/request.json");
        await bucket.GetDownloadAuthorizationAsync("docs/", TimeSpan.FromHours(1), overrides, Rig.Stop);
        rig.Far.Last("b2_get_download_authorization").ShouldMatch("b2_get_download_authorization/request.overrides.json");

        (token.FileNamePrefix, token.BucketId).ShouldBe(("docs/", BucketId));
        token.ExpirationTimestamp.ShouldBe(rig.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        token.ToString().ShouldNotContain(token.AuthorizationToken.Reveal());
    }

    [Fact]
    public async Task Unfinished_files_and_parts_are_listed_as_the_files_have_it()
    {
        await using var rig = await StartAsync();
        var bucket = await rig.Api.GetBucketByIdAsync(BucketId, Rig.Stop);
        rig.Far.Next(
            "b2_list_unfinished_large_files",
            Answer("b2_list_unfinished_large_files/response.page.json"),
            Answer("b2_list_unfinished_large_files/response.json")
        );
        rig.Far.Next("b2_list_parts", Answer("b2_list_parts/response.page.json"), Answer("b2_list_parts/response.json"));
        rig.Far.Always("b2_cancel_large_file", Answer("b2_cancel_large_file/response.json"));

        var files = await bucket
            .ListUnfinishedLargeFilesAsync(new() { Prefix = "videos/", StartFileId = LargeId }, Rig.Stop)
            .ToListAsync(Rig.Stop);
        var parts = await rig.Api.ListPartsAsync(LargeId, cancellationToken: Rig.Stop).ToListAsync(Rig.Stop);
        await rig.Api.CancelLargeFileAsync(LargeId, Rig.Stop);

        rig.Far.Of("b2_list_unfinished_large_files")[0].ShouldMatch("b2_list_unfinished_large_files/request.json");
        rig.Far.Of("b2_list_parts")[0].ShouldMatch("b2_list_parts/request.json");
        rig.Far.Of("b2_list_parts")[1].Json.GetProperty("startPartNumber").GetInt32().ShouldBe(2);
        rig.Far.Last("b2_cancel_large_file").ShouldMatch("b2_cancel_large_file/request.json");
        files.Select(file => (file.Action, file.FileName)).Distinct().ShouldBe([(FileAction.Start, "videos/film.bin")]);
        parts.Select(part => (part.PartNumber, part.SizeInBytes)).ShouldBe([(1, 5_000_000), (1, 5_000_000), (2, 100)]);
        parts[^1].ContentMd5.ShouldBe("d84a935724eac27d7c9676679b6cdbaf");
    }

    private static string Text(Exchange exchange) => System.Text.Encoding.UTF8.GetString(exchange.Body);

    private static Reply Answer(string file) => GoldenFiles.Answer(file);

    private static Task<Rig> StartAsync() =>
        Rig.StartAsync(far => far.Always("b2_list_buckets", GoldenFiles.Answer("b2_list_buckets/response.json")), bucketName: "my-bucket");
}
