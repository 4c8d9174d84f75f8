namespace B2Sdk.Tests.Transfer;

public sealed class LargeFileTests
{
    [Theory, Trait("Fact", "C52"), Trait("Fact", "C86")]
    [InlineData(10_000, false)]
    [InlineData(10_001, true)]
    public async Task Above_the_recommended_part_size_a_file_is_large(int size, bool isLarge)
    {
        await using var rig = await Rig.StartAsync();

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(size), "a", cancellationToken: Rig.Stop);

        rig.Far.Count("b2_start_large_file").ShouldBe(isLarge ? 1 : 0);
        rig.Far.Count("b2_upload_file").ShouldBe(isLarge ? 0 : 1);
        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(size));
    }

    [Fact, Trait("Fact", "C53")]
    public async Task The_parts_are_as_large_as_was_asked()
    {
        await using var rig = await Rig.StartAsync();

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(10_500), "a", new() { PartSize = 3_000 }, Rig.Stop);

        rig.Far.Parts.Single().Value.Values.Select(part => part.Length).ShouldBe([3_000, 3_000, 3_000, 1_500]);
    }

    [Fact, Trait("Fact", "C55"), Trait("Fact", "C31"), Trait("Fact", "C56")]
    public async Task Parts_travel_at_the_same_time_each_on_its_own_url_and_are_finished_in_order()
    {
        await using var rig = await Rig.StartAsync();
        var together = new Gathering(4);
        rig.Far.Next(
            "b2_upload_part",
            4,
            async (far, exchange, stop) =>
            {
                await exchange.ReadBodyAsync(stop);
                await together.ArriveAsync(stop);
                return await far.AnswerWellAsync(exchange, stop);
            }
        );

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(40_000), "a", new() { PartSize = 4_000, Concurrency = 4 }, Rig.Stop);

        rig.Far.Of("b2_upload_part").Take(4).Select(sent => sent.Url).Distinct().Count().ShouldBe(4);
        rig.Far.Count("b2_get_upload_part_url").ShouldBe(4);
        rig.Far.Violations.ShouldBeEmpty();
        var bytes = Rig.Bytes(40_000);
        rig.Far.Last("b2_finish_large_file")
            .Json.GetProperty("partSha1Array")
            .EnumerateArray()
            .Select(digest => digest.GetString())
            .ShouldBe(Enumerable.Range(0, 10).Select(index => FarSide.HexSha1(bytes[(index * 4_000)..((index + 1) * 4_000)])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_parts_travel_at_the_same_time_than_was_asked(int concurrency)
    {
        await using var rig = await Rig.StartAsync();
        var (now, most) = (0, 0);
        var locked = new Lock();
        rig.Far.Always(
            "b2_upload_part",
            async (far, exchange, stop) =>
            {
                lock (locked)
                {
                    most = Math.Max(most, ++now);
                }
                await exchange.ReadBodyAsync(stop);
                await Task.Yield();
                lock (locked)
                {
                    now--;
                }
                return await far.AnswerWellAsync(exchange, stop);
            }
        );

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(40_000), "a", new() { PartSize = 2_000, Concurrency = concurrency }, Rig.Stop);

        most.ShouldBeLessThanOrEqualTo(concurrency);
    }

    [Fact, Trait("Fact", "C63"), Trait("Fact", "C33"), Trait("Fact", "C34")]
    public async Task One_part_that_fails_is_sent_again_alone()
    {
        await using var rig = await Rig.StartAsync();
        var failures = 0;
        rig.Far.Always(
            "b2_upload_part",
            (far, exchange, stop) =>
                exchange.Headers["X-Bz-Part-Number"] == "3" && Interlocked.Increment(ref failures) <= 3
                    ? Answer.Error(503, "service_unavailable")(far, exchange, stop)
                    : far.AnswerWellAsync(exchange, stop)
        );

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(40_000), "a", new() { PartSize = 4_000 }, Rig.Stop);

        rig.Far.Of("b2_upload_part")
            .GroupBy(sent => sent.Headers["X-Bz-Part-Number"])
            .ShouldAllBe(group => group.Count() == (group.Key == "3" ? 4 : 1));
        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(40_000));
        rig.Far.Violations.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C58")]
    public async Task What_cannot_be_finished_is_cancelled_and_the_cause_is_told()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always(
            "b2_upload_part",
            (far, exchange, stop) =>
                exchange.Headers["X-Bz-Part-Number"] == "2"
                    ? Answer.Error(403, "cap_exceeded")(far, exchange, stop)
                    : far.AnswerWellAsync(exchange, stop)
        );

        var failure = await Should.ThrowAsync<B2Exception>(
            rig.Bucket.UploadBytesAsync(Rig.Bytes(40_000), "a", cancellationToken: Rig.Stop)
        );

        failure.Code.Value.ShouldBe("cap_exceeded");
        rig.Far.Count("b2_cancel_large_file").ShouldBe(1);
        rig.Far.Versions.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C58")]
    public async Task What_cannot_even_be_cancelled_is_logged_with_its_id()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_upload_part", Answer.Error(403, "cap_exceeded"));
        rig.Far.Always("b2_cancel_large_file", Answer.Error(400, "bad_request"));

        var failure = await Should.ThrowAsync<B2Exception>(
            rig.Bucket.UploadBytesAsync(Rig.Bytes(40_000), "a", cancellationToken: Rig.Stop)
        );

        failure.Code.Value.ShouldBe("cap_exceeded");
        rig.Logs.Entries.Single(entry => entry.Id.Name == "UnfinishedFileLeft").Text.ShouldContain(rig.Far.Versions.Single().FileId);
    }

    [Fact, Trait("Fact", "C59")]
    public async Task A_digest_that_is_known_goes_with_the_start()
    {
        await using var rig = await Rig.StartAsync();
        var sha1 = FarSide.HexSha1(Rig.Bytes(25_000));

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "a", new() { ContentSha1 = sha1.ToUpperInvariant() }, Rig.Stop);

        rig.Far.Uploads.Single().Info["large_file_sha1"].ShouldBe(sha1);
    }

    [Fact]
    public async Task A_small_file_carries_no_large_file_digest()
    {
        await using var rig = await Rig.StartAsync();

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", new() { ContentSha1 = FarSide.HexSha1(Rig.Bytes(100)) }, Rig.Stop);

        rig.Far.Uploads.Single().Info.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_small_file_needs_no_room_for_a_large_file_digest()
    {
        await using var rig = await Rig.StartAsync();
        // "X-Bz-File-Name: a" and "X-Bz-Info-k: …" with their line ends are 7,000 bytes.
        var options = new UploadOptions
        {
            FileInfo = new Dictionary<string, string> { ["k"] = new('x', 7_000 - 19 - 15) },
            ContentSha1 = FarSide.HexSha1(Rig.Bytes(100)),
        };

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", options, Rig.Stop);

        rig.Far.Uploads.Count.ShouldBe(1);
    }

    [Fact, Trait("Fact", "C24")]
    public async Task A_part_url_that_cannot_be_had_costs_no_more_than_one_budget_for_each_part()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 5 } });
        rig.Far.Always("b2_get_upload_part_url", Answer.Unreachable);

        await Should.ThrowAsync<B2Exception>(rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "a", new() { Concurrency = 1 }, Rig.Stop));

        rig.Far.Count("b2_get_upload_part_url").ShouldBe(5);
        rig.Far.Versions.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C36")]
    public async Task A_token_that_dies_in_the_middle_is_renewed_once_for_all_parts()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next(
            "b2_start_large_file",
            async (far, exchange, stop) =>
            {
                var response = await far.AnswerWellAsync(exchange, stop);
                far.ExpireTokens();
                return response;
            }
        );

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(80_000), "a", new() { PartSize = 4_000, Concurrency = 8 }, Rig.Stop);

        rig.Far.Count("b2_authorize_account").ShouldBe(1);
        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(80_000));
    }

    [Fact]
    public async Task Urls_of_a_large_file_are_forgotten_with_it()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "a", cancellationToken: Rig.Stop);
        var fileId = rig.Far.Uploads.Single().FileId;

        rig.Account.UploadUrls.TryTake(fileId, out _).ShouldBeFalse();
    }
}
