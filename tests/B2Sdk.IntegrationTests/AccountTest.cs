using B2Sdk.Emulator;
using B2Sdk.Wire;

namespace B2Sdk.IntegrationTests;

/// <summary>A test with an account of its own, authorized with the chosen key, a bucket in it, and a folder on the disk.</summary>
public abstract class AccountTest(EmulatorFixture fixture, Scope scope = Scope.Files) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("b2sdk-test-");
    private readonly List<B2Api> _apis = [];
    private Bucket? _bucket;
    private B2Api? _api;
    private CreatedApplicationKey? _key;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected string Realm => fixture.Emulator.Url.ToString();

    protected EmulatorAccount Account { get; private set; } = null!;

    protected B2Api Api => _api!;

    protected Bucket Bucket => _bucket!;

    /// <summary>The account's owner, who may do everything, for what must be there before a test begins.</summary>
    protected B2Api Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Needs(scope);
        Account = await fixture.Emulator.CreateAccountAsync(Stop);
        Owner = _api = await AuthorizeAsync(Account.ApplicationKeyId, Account.ApplicationKey);
        _bucket = await Owner.CreateBucketAsync(NewBucketName(), BucketType.AllPrivate, cancellationToken: Stop);
        if (TestKey.Chosen.Buckets == 0)
        {
            return;
        }
        var buckets = new List<Bucket> { _bucket };
        while (buckets.Count < TestKey.Chosen.Buckets)
        {
            buckets.Add(await Owner.CreateBucketAsync(NewBucketName(), BucketType.AllPrivate, cancellationToken: Stop));
        }
        _key = await TestKey.Chosen.CreateAsync(Owner, buckets, Stop);
        _api = await AuthorizeAsync();
        _bucket = await _api.GetBucketByNameAsync(_bucket.Name, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var api in _apis)
        {
            await api.DisposeAsync();
        }
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Skips the test with the reason when the chosen key does not reach that far.</summary>
    protected static void Needs(Scope scope)
    {
        var reason = TestKey.Chosen.ReasonAgainst(scope);
        Assert.SkipWhen(reason is not null, reason ?? "");
    }

    /// <summary>A name that the chosen key may touch.</summary>
    protected static string N(string name) => TestKey.Chosen.Prefix + name;

    protected static string NewBucketName() => $"test-{Guid.NewGuid():n}";

    /// <summary>Another client of the same account with the same key.</summary>
    protected async Task<B2Api> AuthorizeAsync(B2ApiOptions? options = null)
    {
        var api = new B2Api(new InMemoryAccountInfo(), options);
        _apis.Add(api);
        await api.AuthorizeAccountAsync(
            Realm,
            _key?.ApplicationKeyId ?? Account.ApplicationKeyId,
            _key?.Key ?? Account.ApplicationKey,
            Stop
        );
        return api;
    }

    /// <summary>A client of the same account with another key.</summary>
    protected async Task<B2Api> AuthorizeAsync(string applicationKeyId, Secret applicationKey)
    {
        var api = new B2Api(new InMemoryAccountInfo());
        _apis.Add(api);
        await api.AuthorizeAccountAsync(Realm, applicationKeyId, applicationKey, Stop);
        return api;
    }

    /// <summary>The bucket as another client sees it, whose wire can be made to fail. Retries do not wait.</summary>
    protected async Task<Bucket> BucketOverAsync(FaultyWire wire)
    {
        var api = await AuthorizeAsync(
            new()
            {
                HttpHandler = wire,
                Retry = new() { BaseDelay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero },
            }
        );
        return await api.GetBucketByNameAsync(Bucket.Name, Stop);
    }

    protected string NewPath(string name = "file") => Path.Combine(_folder.FullName, $"{Guid.NewGuid():n}-{name}");

    protected async Task<string> NewFileAsync(byte[] content)
    {
        var path = NewPath();
        await File.WriteAllBytesAsync(path, content, Stop);
        return path;
    }

    protected IReadOnlyList<string> FilesOnDisk() => [.. Directory.EnumerateFileSystemEntries(_folder.FullName)];

    protected Task<FileVersion> UploadAsync(string name, byte[]? content = null) =>
        Bucket.UploadBytesAsync(content ?? [1, 2, 3], N(name), cancellationToken: Stop);

    protected Task<byte[]> DownloadAsync(string name) => Bucket.DownloadBytesAsync(N(name), cancellationToken: Stop);

    /// <summary>Starts a large file, which nobody finishes.</summary>
    protected async Task<string> StartAsync(string name)
    {
        var request = new StartLargeFileRequest
        {
            BucketId = Bucket.Id,
            FileName = name,
            ContentType = "b2/x-auto",
        };
        return (await Api.Raw.CallAsync(LargeFileEndpoints.Start, request, Stop)).FileId;
    }

    /// <summary>Lists with names as the tests write them, without what the chosen key puts before them.</summary>
    protected async Task<IReadOnlyList<FileVersion>> ListAsync(ListOptions options)
    {
        var files = new List<FileVersion>();
        var allowed = options with { Prefix = N(options.Prefix), StartFileName = options.StartFileName is { } start ? N(start) : null };
        await foreach (var file in Bucket.ListAsync(allowed, Stop))
        {
            files.Add(file with { FileName = file.FileName[N("").Length..] });
        }
        return files;
    }

    protected async Task<IReadOnlyList<string>> ListNamesAsync(ListOptions options) =>
        [.. (await ListAsync(options)).Select(file => file.FileName)];

    protected static byte[] NewContent(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }
}
