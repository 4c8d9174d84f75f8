using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.Emulator.Tests;

/// <summary>Replication from one emulator to another.</summary>
public sealed class ReplicationPeerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero));
    private readonly TemporaryFolder _eastFolder = new();
    private readonly TemporaryFolder _westFolder = new();
    private B2Emulator _east = null!;
    private B2Emulator _west = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _west = await StartAsync(_westFolder.Data);
        _east = await StartAsync(_eastFolder.Data, _west.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _east.DisposeAsync();
        await _west.DisposeAsync();
        _eastFolder.Dispose();
        _westFolder.Dispose();
    }

    [Fact]
    public async Task Versions_of_every_kind_arrive_at_the_other_emulator()
    {
        var pair = await NewPairAsync();
        var small = await pair.From.UploadAsync(pair.Source, "a/ü", "hello", ("X-Bz-Info-author", "Zo%C3%AB"));
        var content = Enumerable.Range(0, 1_000_000).Select(i => (byte)(i * 31)).ToArray();
        (await B2Wire.UploadAsync(await pair.From.UploadUrlAsync(pair.Source), "b", content)).ShouldBeOk();
        await pair.From.UploadLargeFileAsync(pair.Source, "c", B2Wire.Bytes(100, 1), B2Wire.Bytes(100_000, 2), [3]);
        await pair.From.UploadAsync(pair.Source, "d", "");
        await pair.From.OkAsync("b2_hide_file", new() { ["bucketId"] = pair.Source, ["fileName"] = "d" });

        await _east.SettleAsync(Cancelled);

        var replicas = await pair.ReplicasAsync();
        string Describe(JsonObject row) =>
            $"{row["fileName"]} {row["action"]} {row["contentSha1"]} {row["contentMd5"]} {row["uploadTimestamp"]} {row["fileInfo"]} {row["contentType"]}";
        replicas.Select(Describe).ShouldBe((await pair.From.VersionsAsync(pair.Source)).Select(Describe));
        (await pair.StatusAsync(small)).ShouldBe("COMPLETED");
        Replication.Status(replicas[0]).ShouldBe("REPLICA");
        (await pair.To.DownloadByIdAsync(B2Wire.IdOf(replicas[0]))).Text.ShouldBe("hello");
        (await pair.To.DownloadByIdAsync(B2Wire.IdOf(replicas[1]))).Body.ShouldBe(content);
        (await pair.To.DownloadByIdAsync(B2Wire.IdOf(replicas[2]))).Body.Length.ShouldBe(100_101);
    }

    [Fact]
    public async Task Two_emulators_replicate_to_each_other()
    {
        _west.ReplicateTo(_east.Url);
        var there = await NewPairAsync();
        var back = await Replication.SetUpAsync(there.To, there.From);

        await there.From.UploadAsync(there.Source, "a");
        await back.From.UploadAsync(back.Source, "b");
        await _east.SettleAsync(Cancelled);
        await _west.SettleAsync(Cancelled);

        (await there.ReplicasAsync()).Select(B2Wire.NameOf).ShouldBe(["a"]);
        (await back.ReplicasAsync()).Select(B2Wire.NameOf).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("let%2Dme.in@", "COMPLETED")]
    [InlineData("guess@", "FAILED")]
    [InlineData("", "FAILED")]
    public async Task An_emulator_that_wants_a_control_token_is_given_the_one_of_the_url(string userInfo, string status)
    {
        await using var guarded = await B2Emulator.StartAsync(new() { ControlToken = "let-me.in" }, Cancelled);
        await using var sender = await B2Emulator.StartAsync(
            new() { ReplicateTo = [new Uri($"http://{userInfo}{guarded.Url.Authority}")] },
            Cancelled
        );
        var pair = await Replication.SetUpAsync(
            await B2Wire.AuthorizeAsync(sender.Url, sender.Account),
            await B2Wire.AuthorizeAsync(guarded.Url, guarded.Account)
        );

        var file = await pair.From.UploadAsync(pair.Source, "a");
        await sender.SettleAsync(Cancelled);

        (await pair.StatusAsync(file)).ShouldBe(status);
    }

    [Fact]
    public async Task What_the_other_refuses_has_failed()
    {
        var pair = await NewPairAsync(mayWrite: ["readFiles"]);

        var file = await pair.From.UploadAsync(pair.Source, "a");
        await _east.SettleAsync(Cancelled);

        (await pair.StatusAsync(file)).ShouldBe("FAILED");
    }

    [Fact]
    public async Task A_bucket_that_nobody_has_takes_nothing()
    {
        var pair = await NewPairAsync(new() { ["destinationBucketId"] = "ffffffffffffffffffffffff" });

        var file = await pair.From.UploadAsync(pair.Source, "a");
        await _east.SettleAsync(Cancelled);

        (await pair.StatusAsync(file)).ShouldBe("FAILED");
    }

    [Fact]
    public async Task While_the_other_is_away_versions_wait_even_through_a_restart()
    {
        var pair = await NewPairAsync();
        var port = _west.Url.Port;
        await _west.StopAsync(Cancelled);

        var file = await pair.From.UploadAsync(pair.Source, "a");
        await _east.SettleAsync(Cancelled);
        (await pair.StatusAsync(file)).ShouldBe("PENDING");
        await _east.DisposeAsync();
        _west = await StartAsync(_westFolder.Data, port: port);
        _east = await StartAsync(_eastFolder.Data, _west.Url);
        await _east.Clock.AdvanceAsync(TimeSpan.FromSeconds(5), Cancelled);

        pair = pair with
        {
            From = await B2Wire.AuthorizeAsync(_east.Url, _east.Account),
            To = await B2Wire.AuthorizeAsync(_west.Url, _west.Account),
        };
        (await pair.StatusAsync(file)).ShouldBe("COMPLETED");
        (await pair.ReplicasAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_ten_attempts_a_version_has_failed()
    {
        var pair = await NewPairAsync();
        await _west.StopAsync(Cancelled);
        var file = await pair.From.UploadAsync(pair.Source, "a");
        await _east.SettleAsync(Cancelled);

        for (var (attempts, wait) = (1, TimeSpan.FromSeconds(5)); attempts < 10; attempts++, wait *= 2)
        {
            (await pair.StatusAsync(file)).ShouldBe("PENDING");
            await _east.Clock.AdvanceAsync(wait, Cancelled);
        }

        (await pair.StatusAsync(file)).ShouldBe("FAILED");
    }

    [Fact]
    public async Task What_arrived_but_was_not_acknowledged_does_not_arrive_twice()
    {
        var pair = await NewPairAsync();
        await pair.From.UploadAsync(pair.Source, "a");
        await _east.SettleAsync(Cancelled);

        // The same offer again, as after a lost reply.
        await pair.SetRuleAsync(new() { ["includeExistingFiles"] = true });
        await _east.SettleAsync(Cancelled);

        (await pair.ReplicasAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Content_that_is_not_wanted_does_not_travel()
    {
        const int Size = 50_000_000;
        var pair = await NewPairAsync(mayWrite: ["readFiles"]);
        var file = (await B2Wire.UploadAsync(await pair.From.UploadUrlAsync(pair.Source), "a", new byte[Size])).ShouldBeOk().Json;
        await _east.SettleAsync(Cancelled);

        // Whoever had sent it all the same would have had the connection broken, and tried again.
        (await pair.StatusAsync(file)).ShouldBe("FAILED");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("bm9uc2Vuc2U=")]
    [InlineData("e30=")]
    public async Task An_offer_that_is_none_is_refused(string header) => (await OfferAsync(header)).ShouldBeRefused(400, "bad_request");

    [Theory]
    [InlineData("0123456789abcdef0123", null, "The SHA-1 '0123456789abcdef0123' is none")]
    [InlineData("unverified:none", null, "The SHA-1 'unverified:none' is none")]
    [InlineData("none", "D41D8CD98F00B204E9800998ECF8427E", "The MD5 'D41D8CD98F00B204E9800998ECF8427E' is none")]
    public async Task An_offer_with_a_digest_that_is_none_is_refused(string sha1, string? md5, string told)
    {
        var offer = new JsonObject
        {
            ["destinationBucketId"] = "000000000000000000000000",
            ["sourceKeyId"] = "000000000001",
            ["sourceFileId"] = "4_z000000000000000000000000_f1000000000000001_d20260202_m024000_c000_v0001000_t0000",
            ["nameBytes"] = Convert.ToBase64String("a"u8),
            ["isHideMarker"] = false,
            ["isLarge"] = true,
            ["timestamp"] = 1_770_000_000_000,
            ["length"] = 0,
            ["sha1"] = sha1,
            ["md5"] = md5,
            ["contentType"] = "text/plain",
            ["info"] = "{}",
        };

        var refused = (await OfferAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(offer.ToJsonString())))).ShouldBeRefused(
            400,
            "bad_request"
        );

        refused.Message.ShouldBe(told);
    }

    [Theory]
    [InlineData("ftp://secret@127.0.0.1/", "ftp://127.0.0.1")]
    [InlineData("/relative", "/relative")]
    public async Task Only_urls_of_emulators_are_taken(string url, string told)
    {
        var uri = new Uri(url, UriKind.RelativeOrAbsolute);

        Should.Throw<ArgumentException>(() => _east.ReplicateTo(uri)).Message.ShouldContain(told);
        (
            await Should.ThrowAsync<ArgumentException>(() => B2Emulator.StartAsync(new() { ReplicateTo = [uri] }, Cancelled))
        ).Message.ShouldContain(told);
    }

    private async Task<Replication> NewPairAsync(JsonObject? rule = null, string[]? mayWrite = null) =>
        await Replication.SetUpAsync(
            await B2Wire.AuthorizeAsync(_east.Url, _east.Account),
            await B2Wire.AuthorizeAsync(_west.Url, _west.Account),
            mayWrite: mayWrite,
            rule: rule
        );

    private Task<B2Emulator> StartAsync(string folder, Uri? peer = null, int port = 0) =>
        B2Emulator.StartAsync(
            new()
            {
                TimeProvider = _clock,
                MinimumPartSize = EmulatorFixture.MinimumPartSize,
                DataDirectory = folder,
                ReplicateTo = peer is null ? [] : [peer],
                Port = port,
            },
            Cancelled
        );

    private Task<WireReply> OfferAsync(string header)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_west.Url, "_emulator/replicas"))
        {
            Content = new ByteArrayContent([]),
        };
        request.Headers.TryAddWithoutValidation("X-Emulator-Replica", header);
        return B2Wire.SendAsync(request);
    }
}
