namespace B2Sdk.IntegrationTests;

public sealed class KeyTests(EmulatorFixture emulator) : AccountTest(emulator, Scope.Account)
{
    [Fact]
    public async Task A_key_can_do_what_it_may_where_it_may_and_nothing_besides()
    {
        await UploadAsync("photos/a");
        await UploadAsync("docs/a");
        var options = new CreateKeyOptions
        {
            BucketIds = [Bucket.Id],
            NamePrefix = "photos/",
            ValidFor = TimeSpan.FromHours(1),
        };
        var key = await Api.CreateKeyAsync("reader", CapabilityPresets.ReadOnly, options, Stop);

        var (api, bucket) = await UseAsync(key);
        var names = await bucket.ListAsync(new() { Prefix = "photos/" }, Stop).Select(file => file.FileName).ToListAsync(Stop);
        using var bytes = new MemoryStream();
        await bucket.DownloadToStreamAsync("photos/a", bytes, cancellationToken: Stop);

        names.ShouldBe(["photos/a"]);
        bytes.Length.ShouldBe(3);
        (await Should.ThrowAsync<B2UnauthorizedException>(() => bucket.HideFileAsync("photos/a", Stop))).MissingCapabilities.ShouldBe([
            Capability.WriteFiles,
        ]);
        (
            await Should.ThrowAsync<B2UnauthorizedException>(() =>
                bucket.DownloadToStreamAsync("docs/a", new MemoryStream(), cancellationToken: Stop)
            )
        ).Message.ShouldContain("'photos/'");
        await Should.ThrowAsync<B2UnauthorizedException>(() => api.ListKeysAsync(cancellationToken: Stop).ToListAsync(Stop).AsTask());
        (key.ExpirationTimestamp - TimeProvider.System.GetUtcNow())!.Value.ShouldBeInRange(
            TimeSpan.FromMinutes(50),
            TimeSpan.FromMinutes(70)
        );
    }

    [Fact, Trait("Fact", "C82")]
    public async Task A_key_for_several_buckets_finds_each_of_them_and_no_other()
    {
        var second = await Api.CreateBucketAsync(NewBucketName(), BucketType.AllPrivate, cancellationToken: Stop);
        var third = await Api.CreateBucketAsync(NewBucketName(), BucketType.AllPrivate, cancellationToken: Stop);
        var key = await Api.CreateKeyAsync("two", CapabilityPresets.ReadWrite, new() { BucketIds = [Bucket.Id, second.Id] }, Stop);

        var (api, _) = await UseAsync(key);

        (await api.ListBucketsAsync(Stop)).Select(bucket => bucket.Id).ShouldBe([Bucket.Id, second.Id], ignoreOrder: true);
        (await api.GetBucketByNameAsync(second.Name, Stop)).Id.ShouldBe(second.Id);
        var failure = await Should.ThrowAsync<B2UnauthorizedException>(() => api.GetBucketByNameAsync(third.Name, Stop));
        failure.Attempts.ShouldBe(0);
    }

    [Fact]
    public async Task Keys_are_listed_found_and_deleted_and_a_deleted_one_opens_nothing()
    {
        var key = await Api.CreateKeyAsync("short-lived", CapabilityPresets.ReadOnly, cancellationToken: Stop);
        var (api, _) = await UseAsync(key);

        var listed = await Api.ListKeysAsync(cancellationToken: Stop).ToListAsync(Stop);
        var found = await Api.FindKeyAsync(key.ApplicationKeyId, Stop);
        await Api.DeleteKeyAsync(found!, Stop);

        listed.ShouldContain(one => one.ApplicationKeyId == key.ApplicationKeyId);
        found!.Capabilities.ShouldBe(CapabilityPresets.ReadOnly, ignoreOrder: true);
        (await Api.FindKeyAsync(key.ApplicationKeyId, Stop)).ShouldBeNull();
        await Should.ThrowAsync<B2UnauthorizedException>(() => api.ListBucketsAsync(Stop));
        await Should.ThrowAsync<B2Exception>(() => Api.DeleteKeyAsync(key.ApplicationKeyId, Stop));
    }

    [Fact, Trait("Need", "S18")]
    public async Task A_backup_key_writes_and_hides_and_cannot_destroy_what_is_there()
    {
        var file = await UploadAsync("a", [1]);
        var key = await Api.CreateKeyAsync("backup", CapabilityPresets.BackupWriter, new() { BucketIds = [Bucket.Id] }, Stop);
        var (_, bucket) = await UseAsync(key);

        await bucket.UploadBytesAsync(new byte[] { 2 }, "a", cancellationToken: Stop);
        await bucket.HideFileAsync("a", Stop);
        var failure = await Should.ThrowAsync<B2UnauthorizedException>(() => bucket.DeleteFileVersionAsync(file, cancellationToken: Stop));

        failure.MissingCapabilities.ShouldBe([Capability.DeleteFiles]);
        (await Bucket.ListFileVersionsAsync("a", cancellationToken: Stop).CountAsync(Stop)).ShouldBe(3);
    }

    [Fact]
    public async Task A_key_that_can_only_upload_does_so_without_seeing_anything()
    {
        var key = await Api.CreateKeyAsync("drop", CapabilityPresets.UploadOnly, new() { BucketIds = [Bucket.Id] }, Stop);
        var (_, bucket) = await UseAsync(key);

        await bucket.UploadBytesAsync(NewContent(30_000), "in/a", new() { PartSize = 10_000 }, Stop);

        (await DownloadAsync("in/a")).ShouldBe(NewContent(30_000));
        await Should.ThrowAsync<B2UnauthorizedException>(() => bucket.ListAsync(cancellationToken: Stop).ToListAsync(Stop).AsTask());
    }

    private async Task<(B2Api Api, Bucket Bucket)> UseAsync(CreatedApplicationKey key)
    {
        var api = await AuthorizeAsync(key.ApplicationKeyId, key.Key);
        return (api, await api.GetBucketByNameAsync(Bucket.Name, Stop));
    }
}
