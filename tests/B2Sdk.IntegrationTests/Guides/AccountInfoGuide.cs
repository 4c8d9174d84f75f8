using System.Collections.Concurrent;

namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code of docs/account-info.md.</summary>
public sealed class AccountInfoGuide(EmulatorFixture fixture) : AccountTest(fixture, Scope.Account)
{
    private string KeyId => Account.ApplicationKeyId;

    private string Key => Account.ApplicationKey;

    [Fact]
    public async Task Keep_it_in_memory()
    {
        var info = new InMemoryAccountInfo();
        await using var b2 = new B2Api(info);
        await b2.AuthorizeAccountAsync(Realm, KeyId, Key);

        (await info.LoadAsync()).ShouldNotBeNull().ApplicationKeyId.ShouldBe(KeyId);
    }

    [Fact]
    public async Task Keep_it_in_the_file_of_the_Python_tools()
    {
        var path = NewPath("account_info");

        using (var info = new SqliteAccountInfo(path))
        {
            await using var b2 = new B2Api(info);
            await b2.AuthorizeAccountAsync(Realm, KeyId, Key);
        }

        // Later, in another process: no key, no call to authorize.
        using var stored = new SqliteAccountInfo(path);
        await using var later = new B2Api(stored);
        await foreach (FileVersion file in (await later.GetBucketByNameAsync(Bucket.Name)).ListAsync())
        {
            Console.WriteLine(file.FileName);
        }
    }

    [Fact]
    public void Find_the_file()
    {
        string usual = SqliteAccountInfo.FindFileName();
        string work = SqliteAccountInfo.FindFileName(profile: "work");

        work.ShouldNotBe(usual);
    }

    [Fact]
    public async Task Keep_it_somewhere_of_your_own()
    {
        var cabinet = new Cabinet();
        await using (var b2 = new B2Api(new CabinetAccountInfo(cabinet)))
        {
            await b2.AuthorizeAccountAsync(Realm, KeyId, Key);
            await b2.ListBucketsAsync();
        }

        await using var later = new B2Api(new CabinetAccountInfo(cabinet));

        (await later.GetBucketByNameAsync(Bucket.Name)).Id.ShouldBe(Bucket.Id);
        cabinet.Buckets.ShouldContain(new KeyValuePair<string, string>(Bucket.Name, Bucket.Id));
        cabinet.Authorization.ShouldNotBeNull();
    }

    [Fact]
    public async Task Open_a_bucket_from_the_cache()
    {
        var b2 = await AuthorizeAsync();
        await b2.ListBucketsAsync();

        Bucket known = await b2.OpenBucketByNameAsync(Bucket.Name);
        await known.UploadBytesAsync("hello"u8.ToArray(), "hello.txt");

        known.Id.ShouldBe(Bucket.Id);
    }

    /// <summary>Stands for a database.</summary>
    private sealed class Cabinet
    {
        public AccountAuthorization? Authorization { get; set; }

        public ConcurrentDictionary<string, string> Buckets { get; } = [];
    }

    private sealed class CabinetAccountInfo(Cabinet cabinet) : AccountInfo
    {
        public override ValueTask<AccountAuthorization?> LoadAsync(CancellationToken cancellationToken = default) =>
            new(cabinet.Authorization);

        public override ValueTask SaveAsync(AccountAuthorization authorization, CancellationToken cancellationToken = default)
        {
            if (cabinet.Authorization is { } before && !authorization.IsSameAccountAs(before))
            {
                cabinet.Buckets.Clear();
            }
            cabinet.Authorization = authorization;
            return default;
        }

        public override ValueTask ClearAsync(CancellationToken cancellationToken = default)
        {
            cabinet.Authorization = null;
            cabinet.Buckets.Clear();
            return default;
        }

        public override ValueTask<IReadOnlyList<BucketNameAndId>> ListBucketsAsync(CancellationToken cancellationToken = default) =>
            new([.. cabinet.Buckets.Select(pair => new BucketNameAndId { Name = pair.Key, Id = pair.Value })]);

        public override ValueTask SaveBucketAsync(BucketNameAndId bucket, CancellationToken cancellationToken = default)
        {
            cabinet.Buckets[bucket.Name] = bucket.Id;
            return default;
        }

        public override ValueTask RemoveBucketAsync(string bucketId, CancellationToken cancellationToken = default)
        {
            foreach (var name in cabinet.Buckets.Where(pair => pair.Value == bucketId).Select(pair => pair.Key))
            {
                cabinet.Buckets.TryRemove(name, out _);
            }
            return default;
        }
    }
}
