namespace B2Sdk.Tests.Transfer;

/// <summary>Uploads that were stored, or may have been, although B2's answer never came.</summary>
[Trait("Need", "D11")]
public sealed class LostReplyTests
{
    [Fact]
    public async Task The_stored_version_is_found_and_no_second_one_is_made()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_upload_file", Answer.Lost);

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().FileId.ShouldBe(file.FileId);
        rig.Far.Count("b2_upload_file").ShouldBe(1);
        rig.Far.Last("b2_list_file_versions").Text("prefix").ShouldBe("a");
    }

    [Fact]
    public async Task A_reply_that_stalls_after_the_last_byte_counts_as_lost()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next(
            "b2_upload_file",
            async (far, exchange, stop) =>
            {
                (await far.AnswerWellAsync(exchange, stop)).Dispose();
                return await Answer.Stalled(far, exchange, stop);
            }
        );

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Count.ShouldBe(1);
        rig.Far.Count("b2_upload_file").ShouldBe(1);
    }

    [Fact]
    public async Task Names_and_info_that_need_encoding_are_recognized()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_upload_file", Answer.Lost);
        var options = new UploadOptions
        {
            FileInfo = new Dictionary<string, string> { ["Author"] = "Zoë + Łukasz 100%" },
            LastModified = rig.Clock.GetUtcNow(),
            CacheControl = "max-age=60",
        };

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "été/a+b 100%.txt", options, Rig.Stop);

        rig.Far.Uploads.Count.ShouldBe(1);
        rig.Far.Count("b2_upload_file").ShouldBe(1);
    }

    [Fact]
    public async Task What_was_not_stored_is_sent_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_upload_file", Answer.HungUp);

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Count.ShouldBe(1);
        rig.Far.Count("b2_upload_file").ShouldBe(2);
        rig.Far.Count("b2_list_file_versions").ShouldBe(1);
    }

    [Fact]
    public async Task What_was_not_sent_whole_is_not_looked_for()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_upload_file", Answer.CutUploadAfter(10), Answer.Unreachable);

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Far.Count("b2_list_file_versions").ShouldBe(0);
    }

    [Theory]
    [InlineData("other bytes")]
    [InlineData("other info")]
    [InlineData("other name")]
    [InlineData("older")]
    [InlineData("hidden")]
    [InlineData("other type")]
    public async Task The_version_of_somebody_else_is_never_adopted(string difference)
    {
        await using var rig = await Rig.StartAsync();
        var mine = Rig.Bytes(100);
        var info = new Dictionary<string, string> { ["by"] = "me" };
        if (difference == "older")
        {
            var old = rig.Store("a", mine);
            rig.Far.Replace(old, old with { Info = info, At = rig.Clock.GetUtcNow() - TimeSpan.FromMinutes(1), Type = "text/plain" });
        }
        rig.Far.Next(
            "b2_upload_file",
            async (far, exchange, stop) =>
            {
                await exchange.ReadBodyAsync(stop);
                if (difference != "older")
                {
                    var name = difference == "other name" ? "a2" : "a";
                    var theirs = rig.Store(name, difference == "other bytes" ? Rig.Bytes(100, 2) : mine);
                    far.Replace(
                        theirs,
                        theirs with
                        {
                            Action = difference == "hidden" ? "hide" : "upload",
                            Info = difference == "other info" ? new() { ["by"] = "them" } : info,
                            Type = difference == "other type" ? "text/html" : "text/plain",
                        }
                    );
                }
                return await Answer.HungUp(far, exchange, stop);
            }
        );

        var file = await rig.Bucket.UploadBytesAsync(mine, "a", new() { FileInfo = info, ContentType = "text/plain" }, Rig.Stop);

        rig.Far.Count("b2_upload_file").ShouldBe(2);
        rig.Far.Uploads[^1].FileId.ShouldBe(file.FileId);
    }

    [Theory, Trait("Need", "D24")]
    [InlineData(15)]
    [InlineData(-15)]
    public async Task A_service_whose_clock_is_wrong_is_measured_by_its_own_clock(int minutes)
    {
        await using var rig = await Rig.StartAsync(far =>
        {
            far.SaysDate = true;
            far.ClockSkew = TimeSpan.FromMinutes(minutes);
        });
        var old = rig.Store("a", Rig.Bytes(100));
        rig.Far.Replace(old, old with { At = rig.Clock.GetUtcNow() + TimeSpan.FromMinutes(minutes - 1) });
        rig.Far.Next("b2_upload_file", Answer.Lost);

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Far.Count("b2_upload_file").ShouldBe(1);
        file.FileId.ShouldNotBe(old.FileId);
        rig.Far.Uploads.Count.ShouldBe(2);
    }

    [Fact, Trait("Fact", "C62")]
    public async Task A_key_that_may_not_list_uploads_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_upload_file", Answer.Lost);
        rig.Far.Always("b2_list_file_versions", Answer.Error(401, "unauthorized"));

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Far.Count("b2_upload_file").ShouldBe(2);
    }

    [Fact, Trait("Fact", "C57")]
    public async Task A_finish_whose_reply_was_lost_is_looked_up()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_finish_large_file", Answer.Lost);

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().FileId.ShouldBe(file.FileId);
        file.SizeInBytes.ShouldBe(25_000);
        rig.Far.Count("b2_get_file_info").ShouldBe(1);
        rig.Far.Count("b2_cancel_large_file").ShouldBe(0);
    }

    [Fact, Trait("Fact", "C57")]
    public async Task A_finish_that_was_refused_at_once_is_an_error_and_leaves_nothing()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_finish_large_file", Answer.Error(400, "missing_part"));

        var failure = await Should.ThrowAsync<B2Exception>(
            rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop)
        );

        failure.Code.Value.ShouldBe("missing_part");
        rig.Far.Versions.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C63")]
    public async Task A_part_whose_reply_was_lost_is_sent_again_in_its_own_place()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_upload_part", Answer.Lost, Answer.HungUp);

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(25_000));
        rig.Far.Count("b2_upload_part").ShouldBe(5);
    }
}
