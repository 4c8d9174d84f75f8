using B2Sdk.Emulator;
using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code of docs/testing-with-the-emulator.md.</summary>
public sealed class TestingGuide
{
    [Fact]
    public async Task Start_an_emulator()
    {
        await using var emulator = await B2Emulator.StartAsync();

        await using var b2 = new B2Api(new InMemoryAccountInfo());
        await b2.AuthorizeAccountAsync(emulator.Url, emulator.Account.ApplicationKeyId, emulator.Account.ApplicationKey);
        Bucket bucket = await b2.CreateBucketAsync("my-first-bucket", BucketType.AllPrivate);
        await bucket.UploadBytesAsync("hello"u8.ToArray(), "hello.txt");

        (await bucket.GetFileInfoByNameAsync("hello.txt")).SizeInBytes.ShouldBe(5);
    }

    [Fact]
    public async Task Give_each_test_an_account_of_its_own()
    {
        await using var emulator = await B2Emulator.StartAsync();

        EmulatorAccount one = await emulator.CreateAccountAsync();
        EmulatorAccount other = await emulator.CreateAccountAsync();

        await using var b2 = new B2Api(new InMemoryAccountInfo());
        await b2.AuthorizeAccountAsync(emulator.Url, one.ApplicationKeyId, one.ApplicationKey);
        (await b2.ListBucketsAsync()).ShouldBeEmpty();
        other.ApplicationKeyId.ShouldNotBe(one.ApplicationKeyId);
    }

    [Fact]
    public async Task Seed_what_is_to_be_there()
    {
        await using var emulator = await B2Emulator.StartAsync(new() { StorageCap = 1_000_000 });

        await emulator.SeedAsync("hostile");

        await using var b2 = new B2Api(new InMemoryAccountInfo());
        await b2.AuthorizeAccountAsync(emulator.Url, emulator.Account.ApplicationKeyId, emulator.Account.ApplicationKey);
        Bucket bucket = await b2.GetBucketByNameAsync("hostile-names");
        (await bucket.ListAsync(new() { Recursive = true }).CountAsync()).ShouldBeGreaterThan(150);
        await Should.ThrowAsync<B2CapExceededException>(() => bucket.UploadBytesAsync(new byte[1_000_000], "too-much"));
    }

    [Fact]
    public async Task Use_small_parts()
    {
        var options = new B2EmulatorOptions { MinimumPartSize = 10_000, RecommendedPartSize = 40_000 };
        await using var emulator = await B2Emulator.StartAsync(options);

        await using var b2 = new B2Api(new InMemoryAccountInfo());
        await b2.AuthorizeAccountAsync(emulator.Url, emulator.Account.ApplicationKeyId, emulator.Account.ApplicationKey);
        Bucket bucket = await b2.CreateBucketAsync("parts-are-small-here", BucketType.AllPrivate);

        FileVersion file = await bucket.UploadBytesAsync(new byte[100_000], "three-parts");
        file.ContentSha1.ShouldBe("none");
    }

    [Fact]
    public async Task Move_the_clock()
    {
        var clock = new FakeTimeProvider(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await using var emulator = await B2Emulator.StartAsync(new() { TimeProvider = clock });
        await using var b2 = new B2Api(new InMemoryAccountInfo());
        await b2.AuthorizeAccountAsync(emulator.Url, emulator.Account.ApplicationKeyId, emulator.Account.ApplicationKey);

        clock.Advance(TimeSpan.FromHours(25));

        // The token has expired. The next call notices, authorizes again, and succeeds.
        (await b2.ListBucketsAsync()).ShouldBeEmpty();
    }
}
