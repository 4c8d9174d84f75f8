using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.Emulator.Tests;

/// <summary>What happens as time goes by. Each test has an emulator of its own, since nobody shares a clock that jumps.</summary>
public sealed class ClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 2, 2, 40, 0, 250, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact, Trait("Fact", "S37")]
    public async Task An_account_token_lives_a_day()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        JsonObject Body() => new() { ["accountId"] = b2.AccountId };

        _clock.Advance(TimeSpan.FromHours(23));
        await b2.OkAsync("b2_list_buckets", Body());
        _clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        await b2.RefusedAsync("b2_list_buckets", Body(), 401, "expired_auth_token");

        b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        await b2.OkAsync("b2_list_buckets", Body());
    }

    [Fact, Trait("Fact", "S37")]
    public async Task An_upload_token_lives_a_day()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);

        _clock.Advance(TimeSpan.FromHours(23));
        (await B2Wire.UploadAsync(target, "a", [1])).ShouldBeOk();
        _clock.Advance(TimeSpan.FromHours(2));

        (await B2Wire.UploadAsync(target, "b", [1])).ShouldBeRefused(401, "expired_auth_token");
    }

    [Fact, Trait("Fact", "S33"), Trait("Fact", "S44")]
    public async Task An_expired_key_and_its_tokens_are_of_no_use()
    {
        await using var emulator = await StartAsync();
        var master = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var key = await master.CreateKeyAsync(["listBuckets"], validDurationInSeconds: 60);
        Task<WireReply> TryAsync() =>
            B2Wire.TryAuthorizeAsync(emulator.Url, B2Wire.Text(key["applicationKeyId"]), B2Wire.Text(key["applicationKey"]));
        var token = B2Wire.Text((await TryAsync()).ShouldBeOk().Json["authorizationToken"]);
        JsonObject Body() => new() { ["accountId"] = master.AccountId };

        key["expirationTimestamp"]!.GetValue<long>().ShouldBeInRange(Milliseconds(Start) + 59_000, Milliseconds(Start) + 61_000);
        _clock.Advance(TimeSpan.FromSeconds(58));
        (await TryAsync()).ShouldBeOk();
        (await master.CallAsync("b2_list_buckets", Body(), token)).ShouldBeOk();
        _clock.Advance(TimeSpan.FromSeconds(4));

        (await TryAsync()).ShouldBeRefused(401);
        (await master.CallAsync("b2_list_buckets", Body(), token)).ShouldBeRefused(401);
    }

    [Fact, Trait("Fact", "S180")]
    public async Task A_download_token_lives_as_long_as_asked()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var name = EmulatorTest.NewBucketName();
        var bucketId = await b2.CreateBucketAsync(name);
        await b2.UploadAsync(bucketId, "a");
        var token = await b2.DownloadTokenAsync(bucketId, seconds: 60);

        _clock.Advance(TimeSpan.FromSeconds(58));
        (await b2.DownloadByNameAsync(name, "a", token: token)).ShouldBeOk();
        _clock.Advance(TimeSpan.FromSeconds(4));

        (await b2.DownloadByNameAsync(name, "a", token: token)).ShouldBeRefused(401, "expired_auth_token");
    }

    [Fact]
    public async Task A_download_token_may_outlive_the_account_token()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var name = EmulatorTest.NewBucketName();
        var bucketId = await b2.CreateBucketAsync(name);
        await b2.UploadAsync(bucketId, "a");
        var token = await b2.DownloadTokenAsync(bucketId, seconds: 604_800);

        _clock.Advance(TimeSpan.FromDays(6));

        (await b2.DownloadByNameAsync(name, "a", token: token)).ShouldBeOk();
    }

    [Fact, Trait("Fact", "S96")]
    public async Task The_time_of_an_upload_is_the_clocks_whole_second()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync();

        var file = await b2.UploadAsync(bucketId, "a");

        file["uploadTimestamp"]!.GetValue<long>().ShouldBe(1_770_000_000_000);
        B2Wire.IdOf(file).ShouldContain("_d20260202_m024000_");
    }

    [Fact, Trait("Fact", "S147")]
    public async Task Of_two_versions_of_one_second_the_later_is_the_newer()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync();
        var ids = new List<string>();

        for (var i = 0; i < 20; i++)
        {
            ids.Insert(0, B2Wire.IdOf(await b2.UploadAsync(bucketId, "a")));
        }

        (await b2.VersionsAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe(ids);
        (await b2.NamesAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe(ids[..1]);
    }

    [Fact, Trait("Fact", "S137")]
    public async Task A_large_file_takes_its_place_by_its_start()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync();
        byte[][] parts = [B2Wire.Bytes(EmulatorFixture.MinimumPartSize, 1), [2]];
        var large = await b2.StartLargeFileAsync(bucketId, "a");
        _clock.Advance(TimeSpan.FromMinutes(1));
        var small = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        var target = await b2.PartUrlAsync(large);
        for (var i = 0; i < parts.Length; i++)
        {
            (await B2Wire.UploadPartAsync(target, i + 1, parts[i])).ShouldBeOk();
        }

        var finished = await b2.FinishAsync(large, parts);

        finished["uploadTimestamp"]!.GetValue<long>().ShouldBe(1_770_000_000_000);
        (await b2.VersionsAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe([small, large]);
        (await b2.NamesAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe([small]);
    }

    private static long Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    private Task<B2Emulator> StartAsync() =>
        B2Emulator.StartAsync(
            new B2EmulatorOptions { TimeProvider = _clock, MinimumPartSize = EmulatorFixture.MinimumPartSize },
            Cancelled
        );
}
