namespace B2Sdk.IntegrationTests;

/// <summary>Encryption keys and locks against a service that means them.</summary>
public sealed class ProtectionTests(EmulatorFixture emulator) : AccountTest(emulator, Scope.Account)
{
    [Theory, Trait("Fact", "C50")]
    [InlineData(3)]
    [InlineData(95_000)]
    public async Task A_customers_key_opens_what_it_closed_and_no_other_does(int length)
    {
        using var key = EncryptionKey.Generate("tape-7");
        using var other = EncryptionKey.Generate();
        var encryption = EncryptionSetting.SseC(key);
        var content = NewContent(length);

        var file = await Bucket.UploadBytesAsync(content, "a", new() { Encryption = encryption, PartSize = 20_000 }, Stop);
        using var bytes = new MemoryStream();
        await Bucket.DownloadToStreamAsync("a", bytes, new() { Encryption = encryption }, Stop);
        var path = NewPath();
        await Api.DownloadToFileAsync(file, path, new() { Encryption = encryption }, Stop);

        bytes.ToArray().ShouldBe(content);
        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe(content);
        (file.ServerSideEncryption!.Mode, file.EncryptionKeyId).ShouldBe((EncryptionMode.SseC, "tape-7"));
        (await Bucket.GetFileInfoByNameAsync("a", encryption, Stop)).SizeInBytes.ShouldBe(length);
        await Should.ThrowAsync<B2AccessDeniedException>(() =>
            Bucket.DownloadToStreamAsync("a", new MemoryStream(), new() { Encryption = EncryptionSetting.SseC(other) }, Stop)
        );
        (
            await Should.ThrowAsync<B2Exception>(() => Bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: Stop))
        ).Status.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    [Theory, Trait("Need", "D27")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_copy_goes_from_any_encryption_to_any_other_with_its_words(bool inParts)
    {
        using var firstKey = EncryptionKey.Generate("first");
        using var secondKey = EncryptionKey.Generate("second");
        EncryptionSetting?[] settings =
        [
            null,
            EncryptionSetting.SseB2,
            EncryptionSetting.SseC(firstKey),
            EncryptionSetting.SseC(secondKey),
        ];
        var content = NewContent(45_000);
        foreach (var from in settings)
        {
            var options = new UploadOptions
            {
                Encryption = from,
                ContentType = "text/plain",
                FileInfo = new Dictionary<string, string> { ["note"] = "x" },
                PartSize = 100_000,
            };
            var source = await Bucket.UploadBytesAsync(content, "source", options, Stop);
            foreach (var to in settings)
            {
                var copy = await Bucket.CopyFileAsync(
                    source,
                    "copy",
                    new()
                    {
                        SourceEncryption = from?.Mode == EncryptionMode.SseC ? from : null,
                        Encryption = to,
                        PartSize = inParts ? 20_000 : null,
                    },
                    Stop
                );
                using var bytes = new MemoryStream();
                await Bucket.DownloadToStreamAsync("copy", bytes, new() { Encryption = to?.Mode == EncryptionMode.SseC ? to : null }, Stop);

                var what = $"{from} to {to}";
                bytes.ToArray().ShouldBe(content, what);
                copy.ServerSideEncryption?.Mode.ShouldBe(to?.Mode, what);
                (copy.ContentType, copy.FileInfo["note"], copy.EncryptionKeyId).ShouldBe(("text/plain", "x", to?.Key?.KeyId), what);
            }
        }
    }

    [Fact, Trait("Need", "D30")]
    public async Task A_locked_version_is_not_deleted_and_governance_is_bypassed_only_when_asked()
    {
        var bucket = await NewLockedBucketAsync();
        var until = TimeProvider.System.GetUtcNow().AddDays(1);
        var options = new UploadOptions { Retention = FileRetention.Governance(until) };
        var file = await bucket.UploadBytesAsync(new byte[1], "a", options, Stop);

        var failure = await Should.ThrowAsync<B2AccessDeniedException>(() => bucket.DeleteFileVersionAsync(file, cancellationToken: Stop));
        var summary = await bucket.EmptyAsync(cancellationToken: Stop);
        var stillThere = await Api.GetFileInfoAsync(file, Stop);
        await bucket.DeleteFileVersionAsync(file, bypassGovernance: true, Stop);

        failure.Message.ShouldContain("locked by a retention or a legal hold");
        (summary.Done, summary.Failed).ShouldBe((0, 1));
        summary.FirstFailures.Single().Failure.ShouldBeOfType<B2AccessDeniedException>();
        stillThere.FileRetention!.Value!.Mode.ShouldBe(RetentionMode.Governance);
        await Should.ThrowAsync<B2NotFoundException>(() => Api.GetFileInfoAsync(file, Stop));
    }

    [Fact]
    public async Task A_large_file_can_be_locked_from_the_start()
    {
        var bucket = await NewLockedBucketAsync();
        var until = TimeProvider.System.GetUtcNow().AddDays(1);

        var file = await bucket.UploadBytesAsync(
            NewContent(50_000),
            "a",
            new()
            {
                PartSize = 20_000,
                Retention = FileRetention.Compliance(until),
                LegalHold = LegalHold.On,
            },
            Stop
        );

        (file.FileRetention!.Value!.Mode, file.LegalHold!.Value).ShouldBe((RetentionMode.Compliance, LegalHold.On));
    }

    [Fact]
    public async Task Retention_and_holds_are_changed_as_far_as_they_may_be()
    {
        var bucket = await NewLockedBucketAsync();
        var file = await bucket.UploadBytesAsync(new byte[1], "a", cancellationToken: Stop);
        var day = TimeProvider.System.GetUtcNow().AddDays(1);
        var id = file.FileId;

        (await bucket.UpdateFileLegalHoldAsync("a", id, LegalHold.On, Stop)).ShouldBe(LegalHold.On);
        await Should.ThrowAsync<B2AccessDeniedException>(() => bucket.DeleteFileVersionAsync("a", id, bypassGovernance: true, Stop));
        (await bucket.UpdateFileLegalHoldAsync("a", id, LegalHold.Off, Stop)).ShouldBe(LegalHold.Off);
        await bucket.UpdateFileRetentionAsync("a", id, FileRetention.Governance(day), cancellationToken: Stop);
        await bucket.UpdateFileRetentionAsync("a", id, FileRetention.Governance(day.AddDays(1)), cancellationToken: Stop);
        await Should.ThrowAsync<B2Exception>(() => bucket.UpdateFileRetentionAsync("a", id, FileRetention.None, cancellationToken: Stop));
        (await bucket.UpdateFileRetentionAsync("a", id, FileRetention.None, bypassGovernance: true, Stop)).ShouldBe(FileRetention.None);
        await bucket.DeleteFileVersionAsync("a", id, cancellationToken: Stop);
        (
            await Should.ThrowAsync<B2Exception>(() =>
                bucket.UpdateFileRetentionAsync("a", id, FileRetention.Governance(day), cancellationToken: Stop)
            )
        ).IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task A_bucket_without_file_lock_locks_nothing_and_says_so()
    {
        var file = await UploadAsync("a");

        var failure = await Should.ThrowAsync<B2Exception>(() => Bucket.UpdateFileLegalHoldAsync(file, LegalHold.On, Stop));

        failure.Code.ShouldBe(B2ErrorCode.BucketMissingFileLock);
        failure.Message.ShouldContain("Switch file lock on");
    }

    [Fact, Trait("Need", "D5")]
    public async Task Defaults_of_a_bucket_are_set_kept_and_taken_away_one_by_one()
    {
        var all = new BucketUpdate
        {
            Info = new Dictionary<string, string> { ["purpose"] = "tests" },
            DefaultServerSideEncryption = EncryptionSetting.SseB2,
            FileLockEnabled = true,
            DefaultRetention = BucketRetention.Governance(RetentionPeriod.Days(1)),
        };
        var set = await Bucket.UpdateAsync(all, Stop);
        var other = await set.UpdateAsync(new() { Info = new Dictionary<string, string>() }, Stop);
        var plain = await other.UpdateAsync(new() { DefaultServerSideEncryption = EncryptionSetting.None }, Stop);
        var free = await plain.UpdateAsync(new() { DefaultRetention = BucketRetention.None }, Stop);

        set.DefaultServerSideEncryption.Value!.Mode.ShouldBe(EncryptionMode.SseB2);
        other.DefaultServerSideEncryption.Value!.Mode.ShouldBe(EncryptionMode.SseB2);
        other.FileLockConfiguration.Value!.DefaultRetention!.Period.ShouldBe(RetentionPeriod.Days(1));
        plain.DefaultServerSideEncryption.Value?.Mode.ShouldBeNull();
        plain.FileLockConfiguration.Value!.DefaultRetention!.Mode.ShouldBe(RetentionMode.Governance);
        free.FileLockConfiguration.Value!.IsFileLockEnabled.ShouldBeTrue();
        free.FileLockConfiguration.Value.DefaultRetention?.Mode.ShouldBeNull();
        (await Should.ThrowAsync<B2Exception>(() => free.UpdateAsync(new() { FileLockEnabled = false }, Stop))).Code.ShouldBe(
            B2ErrorCode.FileLockConflict
        );
    }

    [Fact, Trait("Fact", "C79")]
    public async Task A_key_that_may_not_read_locks_is_told_so()
    {
        var bucket = await NewLockedBucketAsync();
        await bucket.UploadBytesAsync(new byte[1], "a", new() { LegalHold = LegalHold.On }, Stop);
        var key = await Api.CreateKeyAsync("reader", CapabilityPresets.ReadOnly, cancellationToken: Stop);
        var reader = await (await AuthorizeAsync(key.ApplicationKeyId, key.Key)).GetBucketByIdAsync(bucket.Id, Stop);

        var listed = await reader.ListAsync(cancellationToken: Stop).SingleAsync(Stop);
        var headed = await reader.GetFileInfoByNameAsync("a", cancellationToken: Stop);

        reader.FileLockConfiguration.IsClientAuthorizedToRead.ShouldBeFalse();
        (listed.LegalHold!.IsClientAuthorizedToRead, listed.LegalHold.Value).ShouldBe((false, null));
        headed.LegalHold!.IsClientAuthorizedToRead.ShouldBeFalse();
    }

    [Fact]
    public async Task Notification_rules_are_kept_replaced_and_refused()
    {
        var rule = new NotificationRule
        {
            Name = "tell-the-index",
            EventTypes = [NotificationEventType.ObjectCreatedAll],
            ObjectNamePrefix = "docs/",
            IsEnabled = false,
            TargetConfiguration = new() { Url = new("https://hooks.example/"), CustomHeaders = [new("X-Team", "docs")] },
        };

        var stored = await Bucket.SetNotificationRulesAsync([rule], Stop);
        var read = await Bucket.GetNotificationRulesAsync(Stop);
        var again = await Bucket.SetNotificationRulesAsync(read, Stop);
        var failure = await Should.ThrowAsync<B2Exception>(() =>
            Bucket.SetNotificationRulesAsync([rule, rule with { Name = "tell-another" }], Stop)
        );

        stored.Single().IsSuspended.ShouldBe(false);
        again.Single().TargetConfiguration.CustomHeaders!.Single().Value.Reveal().ShouldBe("docs");
        failure.Code.ShouldBe(B2ErrorCode.EventTypeOverlap);
        (await Bucket.SetNotificationRulesAsync([], Stop)).ShouldBeEmpty();
    }

    private Task<Bucket> NewLockedBucketAsync() =>
        Api.CreateBucketAsync(NewBucketName(), BucketType.AllPrivate, new() { FileLockEnabled = true }, Stop);
}
