namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code of docs/object-lock.md.</summary>
public sealed class ObjectLockGuide(EmulatorFixture fixture) : AccountTest(fixture, Scope.Account)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_bucket_that_locks_what_comes()
    {
        B2Api b2 = Api;
        string bucketName = NewBucketName();

        Bucket bucket = await b2.CreateBucketAsync(bucketName, BucketType.AllPrivate, new() { FileLockEnabled = true });
        bucket = await bucket.UpdateAsync(new() { DefaultRetention = BucketRetention.Governance(RetentionPeriod.Days(30)) });

        FileVersion file = await bucket.UploadBytesAsync("ada,1815"u8.ToArray(), "records.csv");
        Console.WriteLine($"locked until {file.FileRetention?.Value?.RetainUntilTimestamp:u}");

        bucket = await bucket.UpdateAsync(new() { DefaultRetention = BucketRetention.None });

        file.FileRetention!.Value!.Mode.ShouldBe(RetentionMode.Governance);
        file.FileRetention.Value.RetainUntilTimestamp!.Value.ShouldBeInRange(Now.AddDays(29), Now.AddDays(31));
        bucket.FileLockConfiguration.Value!.IsFileLockEnabled.ShouldBeTrue();
        (bucket.FileLockConfiguration.Value.DefaultRetention?.Mode).ShouldBeNull();
        (await Should.ThrowAsync<B2Exception>(() => bucket.UpdateAsync(new() { FileLockEnabled = false }, Stop))).Code.ShouldBe(
            B2ErrorCode.FileLockConflict
        );
    }

    [Fact]
    public async Task A_file_at_a_time()
    {
        Bucket bucket = await Bucket.UpdateAsync(new() { FileLockEnabled = true });
        byte[] records = [1, 2, 3];
        DateTimeOffset now = Now;

        FileVersion file = await bucket.UploadBytesAsync(
            records,
            "records.csv",
            new() { Retention = FileRetention.Governance(now.AddDays(7)), LegalHold = LegalHold.On }
        );

        await bucket.UpdateFileRetentionAsync(file, FileRetention.Governance(now.AddDays(14)));
        await bucket.UpdateFileLegalHoldAsync(file, LegalHold.Off);

        try
        {
            await bucket.DeleteFileVersionAsync(file);
        }
        catch (B2AccessDeniedException)
        {
            Console.WriteLine("It is locked.");
        }

        await Should.ThrowAsync<B2AccessDeniedException>(() => bucket.DeleteFileVersionAsync(file, cancellationToken: Stop));
        await Should.ThrowAsync<B2AccessDeniedException>(() =>
            bucket.UpdateFileRetentionAsync(file, FileRetention.None, cancellationToken: Stop)
        );
        await bucket.HideFileAsync(file.FileName, Stop);

        await bucket.DeleteFileVersionAsync(file, bypassGovernance: true);

        (await bucket.ListFileVersionsAsync("records.csv", cancellationToken: Stop).CountAsync(Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task What_nobody_can_undo()
    {
        Bucket bucket = await Bucket.UpdateAsync(new() { FileLockEnabled = true });
        DateTimeOffset now = Now;
        FileVersion file = await bucket.UploadBytesAsync(new byte[] { 1 }, "records.csv", cancellationToken: Stop);

        await bucket.UpdateFileRetentionAsync(file, FileRetention.Compliance(now.AddDays(7)));

        await Should.ThrowAsync<B2AccessDeniedException>(() => bucket.DeleteFileVersionAsync(file, bypassGovernance: true, Stop));
        await Should.ThrowAsync<B2AccessDeniedException>(() =>
            bucket.UpdateFileRetentionAsync(file, FileRetention.Compliance(now.AddDays(1)), bypassGovernance: true, Stop)
        );
    }

    [Fact]
    public async Task A_key_that_may_not_see_it()
    {
        var bucket = await Bucket.UpdateAsync(new() { FileLockEnabled = true });
        await bucket.UploadBytesAsync(new byte[] { 1 }, "a", new() { LegalHold = LegalHold.On }, Stop);
        var key = await Api.CreateKeyAsync("reader", CapabilityPresets.ReadOnly, cancellationToken: Stop);
        var b2 = await AuthorizeAsync(key.ApplicationKeyId, key.Key);

        var seen = await (await b2.GetBucketByNameAsync(bucket.Name, Stop)).ListAsync(cancellationToken: Stop).SingleAsync(Stop);

        seen.LegalHold!.IsClientAuthorizedToRead.ShouldBeFalse();
        seen.FileRetention!.IsClientAuthorizedToRead.ShouldBeFalse();
    }

    [Fact]
    public async Task A_bucket_without_lock()
    {
        var file = await UploadAsync("a");

        var failure = await Should.ThrowAsync<B2Exception>(() => Bucket.UpdateFileLegalHoldAsync(file, LegalHold.On, Stop));
        var past = await Bucket.UpdateAsync(new() { FileLockEnabled = true }, Stop);
        var late = await Should.ThrowAsync<B2Exception>(() =>
            past.UpdateFileRetentionAsync(file, FileRetention.Governance(Now.AddDays(-1)), cancellationToken: Stop)
        );

        failure.Code.ShouldBe(B2ErrorCode.BucketMissingFileLock);
        late.Code.ShouldBe(B2ErrorCode.RetainUntilTimestampMustBeInFuture);
    }
}
