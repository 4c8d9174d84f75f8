namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code of docs/keys-and-restrictions.md.</summary>
public sealed class KeysGuide(EmulatorFixture fixture) : AccountTest(fixture, Scope.Account)
{
    [Fact]
    public async Task Create_use_and_delete_one()
    {
        B2Api b2 = Api;
        Bucket bucket = Bucket;
        string realm = Realm;

        CreatedApplicationKey key = await b2.CreateKeyAsync(
            "web-server-2",
            CapabilityPresets.ReadOnly,
            new()
            {
                BucketIds = [bucket.Id],
                NamePrefix = "public/",
                ValidFor = TimeSpan.FromDays(90),
            }
        );
        string secret = key.Key.Reveal(); // B2 shows it this once: store it now

        await using var restricted = new B2Api(new InMemoryAccountInfo());
        AccountAuthorization account = await restricted.AuthorizeAccountAsync(realm, key.ApplicationKeyId, secret);
        AllowedAccess allowed = account.Allowed;
        Console.WriteLine(
            $"may {string.Join(", ", allowed.Capabilities)} below '{allowed.NamePrefix}' until {account.ApplicationKeyExpirationTimestamp:u}"
        );

        Bucket site = await restricted.GetBucketByNameAsync(bucket.Name);
        await foreach (FileVersion file in site.ListAsync(new() { Prefix = "public/" }))
        {
            Console.WriteLine(file.FileName);
        }

        try
        {
            await site.UploadBytesAsync("hello"u8.ToArray(), "public/hello.txt");
        }
        catch (B2UnauthorizedException e)
        {
            Console.WriteLine($"The key lacks {string.Join(", ", e.MissingCapabilities)}.");
        }

        await foreach (ApplicationKey each in b2.ListKeysAsync())
        {
            Console.WriteLine($"{each.ApplicationKeyId} {each.KeyName} {each.ExpirationTimestamp:u}");
        }

        await b2.DeleteKeyAsync(key.ApplicationKeyId);

        allowed.NamePrefix.ShouldBe("public/");
        allowed.Capabilities.ShouldBe(CapabilityPresets.ReadOnly, ignoreOrder: true);
        account.ApplicationKeyExpirationTimestamp.ShouldNotBeNull();
        var failure = await Should.ThrowAsync<B2UnauthorizedException>(() => site.HideFileAsync("public/hello.txt", Stop));
        failure.Attempts.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_a_refusal_tells()
    {
        var options = new CreateKeyOptions { BucketIds = [Bucket.Id], NamePrefix = "public/" };
        var key = await Api.CreateKeyAsync("reader", CapabilityPresets.ReadOnly, options, Stop);
        var b2 = await AuthorizeAsync(key.ApplicationKeyId, key.Key);
        var site = await b2.GetBucketByNameAsync(Bucket.Name, Stop);

        var lacking = await Should.ThrowAsync<B2UnauthorizedException>(() => site.HideFileAsync("public/a", Stop));
        var outside = await Should.ThrowAsync<B2UnauthorizedException>(() =>
            site.ListAsync(cancellationToken: Stop).ToListAsync(Stop).AsTask()
        );

        lacking.MissingCapabilities.ShouldBe([Capability.WriteFiles]);
        lacking.Attempts.ShouldBe(1);
        outside.MissingCapabilities.ShouldBeEmpty();
        outside.Attempts.ShouldBe(0);
        outside.Message.ShouldContain("'public/'");
    }

    [Fact]
    public async Task Replace_one_without_a_restart()
    {
        string realm = Realm;
        string keyId = Account.ApplicationKeyId;
        var vault = new Vault(Account.ApplicationKey);

        var options = new B2ApiOptions
        {
            Credentials = async cancellationToken => new(realm, keyId, await vault.ReadAsync("b2-key", cancellationToken)),
        };
        await using var b2 = new B2Api(new InMemoryAccountInfo(), options);
        await b2.ListBucketsAsync(); // authorizes by itself

        vault.Asked.ShouldBe(["b2-key"]);
    }

    /// <summary>Stands for wherever keys are kept.</summary>
    private sealed class Vault(string key)
    {
        public List<string> Asked { get; } = [];

        public Task<string> ReadAsync(string name, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Asked.Add(name);
            return Task.FromResult(key);
        }
    }
}
