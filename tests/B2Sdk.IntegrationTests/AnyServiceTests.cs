using B2Sdk.Wire;

namespace B2Sdk.IntegrationTests;

/// <summary>
/// What every service that is B2 must do, B2 itself first of all. The variables B2_TEST_REALM, B2_TEST_APPLICATION_KEY_ID and B2_TEST_APPLICATION_KEY name an account to do it with;
/// without them it is one of the emulator's. Whatever is made there is deleted again.
/// </summary>
public sealed class AnyServiceTests(EmulatorFixture fixture) : IAsyncLifetime
{
    private const string Realm = "B2_TEST_REALM";
    private const string KeyId = "B2_TEST_APPLICATION_KEY_ID";
    private const string Key = "B2_TEST_APPLICATION_KEY";
    private readonly B2Api _api = new(new InMemoryAccountInfo());
    private Bucket? _bucket;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Bucket Bucket => _bucket!;

    private string ChosenRealm => Given(KeyId) is null ? fixture.Emulator.Url.ToString() : Given(Realm) ?? "production";

    public async ValueTask InitializeAsync()
    {
        await AuthorizeAsync(_api);
        _bucket = await _api.CreateBucketAsync($"test-{Guid.NewGuid():n}", BucketType.AllPrivate, cancellationToken: Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bucket is not null)
        {
            await _bucket.EmptyAsync(cancellationToken: CancellationToken.None);
            await _api.DeleteBucketAsync(_bucket, CancellationToken.None);
        }
        await _api.DisposeAsync();
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("folder/a+b 100% & ü 😀.txt")]
    public async Task A_file_comes_back_with_all_that_was_said_of_it(string name)
    {
        var content = NewContent(5_000);
        var changed = DateTimeOffset.FromUnixTimeMilliseconds(1_770_000_000_123);
        var options = new UploadOptions
        {
            ContentType = "text/plain",
            LastModified = changed,
            FileInfo = new Dictionary<string, string> { ["note"] = "é + %" },
        };

        var uploaded = await Bucket.UploadBytesAsync(content, name, options, Stop);
        var found = await Bucket.GetFileInfoByNameAsync(name, cancellationToken: Stop);
        var listed = await Bucket.ListAsync(new() { Recursive = true }, Stop).SingleAsync(Stop);

        foreach (var file in new[] { uploaded, found, listed, await _api.GetFileInfoByIdAsync(uploaded.FileId, Stop) })
        {
            (file.FileName, file.FileId, file.SizeInBytes, file.ContentType).ShouldBe((name, uploaded.FileId, 5_000, "text/plain"));
            (file.LastModified, file.FileInfo["note"], file.IsSha1Verified).ShouldBe((changed, "é + %", true));
        }
        (await Bucket.DownloadBytesAsync(name, cancellationToken: Stop)).ShouldBe(content);
        (await Bucket.DownloadBytesAsync(name, new() { Range = new(10, 19) }, Stop)).ShouldBe(content[10..20]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_file_is_the_sum_of_its_parts(bool isCopied)
    {
        var partSize = (int)(await _api.GetAuthorizationAsync(Stop)).AbsoluteMinimumPartSize;
        var content = NewContent((2 * partSize) + 1);

        var file = await Bucket.UploadStreamAsync(new OneShotStream(content), "large", new() { PartSize = partSize }, Stop);
        if (isCopied)
        {
            file = await Bucket.CopyFileAsync(file, "copy", new() { PartSize = partSize }, Stop);
        }

        (file.SizeInBytes, file.ContentSha1, file.Action).ShouldBe((content.Length, "none", FileAction.Upload));
        (await Bucket.DownloadBytesAsync(file.FileName, cancellationToken: Stop)).SequenceEqual(content).ShouldBeTrue();
        (await Bucket.ListUnfinishedLargeFilesAsync(cancellationToken: Stop).ToListAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Versions_are_hidden_shown_and_deleted()
    {
        var older = await Bucket.UploadBytesAsync(new byte[1], "a", cancellationToken: Stop);
        var newer = await Bucket.UploadBytesAsync(new byte[2], "a", cancellationToken: Stop);

        var marker = await Bucket.HideFileAsync("a", Stop);
        var hidden = await Bucket.ListAsync(cancellationToken: Stop).ToListAsync(Stop);
        var versions = await Bucket.ListFileVersionsAsync("a", cancellationToken: Stop).ToListAsync(Stop);
        await Should.ThrowAsync<B2NotFoundException>(() => Bucket.DownloadBytesAsync("a", cancellationToken: Stop));
        await Bucket.UnhideFileAsync("a", cancellationToken: Stop);
        await Bucket.DeleteFileVersionAsync(newer, cancellationToken: Stop);

        hidden.ShouldBeEmpty();
        versions.Select(version => version.FileId).ShouldBe([marker.FileId, newer.FileId, older.FileId]);
        (await Bucket.DownloadBytesAsync("a", cancellationToken: Stop)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Pages_of_any_size_give_every_name_once_and_in_order()
    {
        string[] names = ["a/1", "a/2", "b", "c/1", "d", "e"];
        foreach (var name in names)
        {
            await Bucket.UploadBytesAsync(new byte[1], name, cancellationToken: Stop);
        }

        var all = await Bucket.ListAsync(new() { Recursive = true, PageSize = 2 }, Stop).ToListAsync(Stop);
        var top = await Bucket.ListAsync(new() { PageSize = 1 }, Stop).ToListAsync(Stop);

        all.Select(file => file.FileName).ShouldBe(names);
        top.Select(file => file.FileName).ShouldBe(["a/", "b", "c/", "d", "e"]);
    }

    [Fact]
    public async Task A_restricted_key_does_what_it_may_and_nothing_else()
    {
        await Bucket.UploadBytesAsync(new byte[3], "in/a", cancellationToken: Stop);
        var key = await _api.CreateKeyAsync(
            "b2sdk-test",
            [Capability.ListFiles, Capability.ReadFiles],
            new()
            {
                BucketIds = [Bucket.Id],
                NamePrefix = "in/",
                ValidFor = TimeSpan.FromMinutes(10),
            },
            Stop
        );
        try
        {
            await using var other = new B2Api(new InMemoryAccountInfo());
            await other.AuthorizeAccountAsync(ChosenRealm, key.ApplicationKeyId, key.Key, Stop);
            var bucket = await other.GetBucketByNameAsync(Bucket.Name, Stop);

            (await bucket.DownloadBytesAsync("in/a", cancellationToken: Stop)).Length.ShouldBe(3);
            (await bucket.ListAsync(new() { Prefix = "in/" }, Stop).SingleAsync(Stop)).FileName.ShouldBe("in/a");
            (
                await Should.ThrowAsync<B2UnauthorizedException>(() =>
                    bucket.UploadBytesAsync(new byte[1], "in/b", cancellationToken: Stop)
                )
            ).MissingCapabilities.ShouldContain(Capability.WriteFiles);
        }
        finally
        {
            await _api.DeleteKeyAsync(key.ApplicationKeyId, CancellationToken.None);
        }
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_taken_is_told()
    {
        var missing = $"test-{Guid.NewGuid():n}";

        await Should.ThrowAsync<B2NotFoundException>(() => _api.GetBucketByNameAsync(missing, Stop));
        await Should.ThrowAsync<B2NotFoundException>(() => Bucket.GetFileInfoByNameAsync("nothing", cancellationToken: Stop));
        await Should.ThrowAsync<B2NotFoundException>(() => Bucket.HideFileAsync("nothing", Stop));
        (
            await Should.ThrowAsync<B2Exception>(() => _api.CreateBucketAsync(Bucket.Name, BucketType.AllPrivate, cancellationToken: Stop))
        ).Code.ShouldBe(B2ErrorCode.DuplicateBucketName);
        await Bucket.UploadBytesAsync(new byte[1], "a", cancellationToken: Stop);
        (await Should.ThrowAsync<B2Exception>(() => _api.DeleteBucketAsync(Bucket, Stop))).Code.ShouldBe(
            B2ErrorCode.CannotDeleteNonEmptyBucket
        );
    }

    [Fact]
    public async Task A_large_file_that_nobody_finishes_is_listed_and_canceled()
    {
        var request = new StartLargeFileRequest
        {
            BucketId = Bucket.Id,
            FileName = "left",
            ContentType = "text/plain",
        };
        var started = await _api.Raw.CallAsync(LargeFileEndpoints.Start, request, Stop);

        var listed = await Bucket.ListUnfinishedLargeFilesAsync(cancellationToken: Stop).SingleAsync(Stop);
        await _api.CancelLargeFileAsync(started.FileId, Stop);

        (listed.FileId, listed.FileName).ShouldBe((started.FileId, "left"));
        (await Bucket.ListUnfinishedLargeFilesAsync(cancellationToken: Stop).ToListAsync(Stop)).ShouldBeEmpty();
    }

    private static string? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static byte[] NewContent(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    private async Task AuthorizeAsync(B2Api api)
    {
        if (Given(KeyId) is { } keyId)
        {
            var key = Given(Key) ?? throw new InvalidOperationException($"{KeyId} is set, and {Key} is not.");
            await api.AuthorizeAccountAsync(ChosenRealm, keyId, key, Stop);
            return;
        }
        var account = await fixture.Emulator.CreateAccountAsync(Stop);
        await api.AuthorizeAccountAsync(ChosenRealm, account.ApplicationKeyId, account.ApplicationKey, Stop);
    }
}
