using System.Text.Json.Nodes;

namespace B2Sdk.Tests.Transfer;

/// <summary>Large files whose start was answered into the void: each start leaves an unfinished file behind, so none is made before the last one was looked for.</summary>
public sealed class LostStartTests
{
    private static readonly UploadOptions Described = new()
    {
        ContentType = "video/mp4",
        FileInfo = new Dictionary<string, string> { ["Author"] = "Zoë" },
    };

    [Theory, Trait("Fact", "C26")]
    [InlineData("lost")]
    [InlineData("500")]
    [InlineData("408")]
    [InlineData("unreadable")]
    [InlineData("another shape")]
    public async Task A_file_that_was_started_after_all_is_gone_on_with(string answer)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_start_large_file", After(answer));

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", Described, Rig.Stop);

        rig.Far.Count("b2_start_large_file").ShouldBe(1);
        rig.Far.Versions.ShouldHaveSingleItem().FileId.ShouldBe(file.FileId);
        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(25_000));
    }

    [Theory, Trait("Fact", "C26")]
    [InlineData(500)]
    [InlineData(408)]
    [InlineData(504)]
    public async Task A_file_that_was_not_started_is_started_again(int status)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_start_large_file", Answer.Error(status, "internal_error"), Answer.HungUp);

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop);

        rig.Far.Count("b2_start_large_file").ShouldBe(3);
        rig.Far.Versions.ShouldHaveSingleItem().FileId.ShouldBe(file.FileId);
    }

    [Theory, Trait("Fact", "C26")]
    [InlineData("other info")]
    [InlineData("other type")]
    [InlineData("two")]
    [InlineData("parts")]
    public async Task A_file_that_may_be_somebody_elses_is_left_alone_and_no_other_is_started(string what)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next(
            "b2_start_large_file",
            async (far, exchange, stop) =>
            {
                (await far.AnswerWellAsync(exchange, stop)).Dispose();
                var theirs = far.Versions.Single();
                if (what == "two")
                {
                    (await far.AnswerWellAsync(exchange, stop)).Dispose();
                }
                else if (what == "parts")
                {
                    far.AddPart(theirs.FileId, 1, [1, 2, 3]);
                }
                else
                {
                    far.Replace(theirs, what == "other info" ? theirs with { Info = [] } : theirs with { Type = "text/plain" });
                }
                return await Answer.Error(500, "internal_error", "incident id 1-2")(far, exchange, stop);
            }
        );

        var failure = await Should.ThrowAsync<B2Exception>(rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", Described, Rig.Stop));

        (failure.Code.Value, failure.Operation).ShouldBe(("internal_error", "b2_start_large_file"));
        failure.ServerMessage.ShouldBe("incident id 1-2");
        rig.Far.Count("b2_start_large_file").ShouldBe(1);
        rig.Far.Count("b2_cancel_large_file").ShouldBe(0);
        rig.Far.Count("b2_upload_part").ShouldBe(0);
    }

    [Fact, Trait("Fact", "C26")]
    public async Task An_older_file_is_neither_gone_on_with_nor_in_the_way()
    {
        await using var rig = await Rig.StartAsync();
        var old = rig.Far.Add(rig.Bucket.Id, "large", [], "start");
        rig.Far.Replace(old, old with { At = rig.Clock.GetUtcNow() - TimeSpan.FromMinutes(1), Type = "application/octet-stream" });
        rig.Far.Add(rig.Bucket.Id, "larger", [], "start");
        rig.Far.Next("b2_start_large_file", Answer.Error(500, "internal_error"));

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop);

        file.FileId.ShouldNotBe(old.FileId);
        rig.Far.Count("b2_start_large_file").ShouldBe(2);
        rig.Far.Versions.Count.ShouldBe(3);
    }

    [Theory, Trait("Fact", "C26"), Trait("Fact", "C62")]
    [InlineData(401, "unauthorized")]
    [InlineData(400, "bad_request")]
    public async Task What_cannot_be_looked_for_is_not_started_again(int status, string code)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_start_large_file", Answer.Lost);
        rig.Far.Always("b2_list_unfinished_large_files", Answer.Error(status, code));

        var failure = await Should.ThrowAsync<B2Exception>(
            rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop)
        );

        failure.Operation.ShouldBe("b2_start_large_file");
        failure.Code.ShouldBe(B2ErrorCode.ConnectionFailed);
        rig.Far.Count("b2_start_large_file").ShouldBe(1);
    }

    [Fact, Trait("Fact", "C26")]
    public async Task A_start_with_a_time_of_its_own_cannot_be_told_from_older_ones_and_is_not_made_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_start_large_file", Answer.Lost);

        await Should.ThrowAsync<B2Exception>(
            rig.Bucket.UploadBytesAsync(
                Rig.Bytes(25_000),
                "large",
                new() { CustomUploadTimestamp = DateTimeOffset.UnixEpoch.AddDays(1) },
                Rig.Stop
            )
        );

        rig.Far.Count("b2_start_large_file").ShouldBe(1);
    }

    [Fact, Trait("Fact", "C26")]
    public async Task A_look_that_fails_for_the_moment_is_taken_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_start_large_file", Answer.Lost);
        rig.Far.Next("b2_list_unfinished_large_files", Answer.Error(503, "service_unavailable"), Answer.Error(401, "expired_auth_token"));
        rig.Far.Next("b2_list_parts", Answer.HungUp);

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop);

        rig.Far.Count("b2_start_large_file").ShouldBe(1);
        rig.Far.Versions.ShouldHaveSingleItem();
    }

    [Fact, Trait("Fact", "C26"), Trait("Fact", "C24")]
    public async Task A_last_answer_that_is_lost_too_is_looked_for_too()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 1 } });
        rig.Far.Next("b2_start_large_file", Answer.Lost);

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop);

        rig.Far.Versions.ShouldHaveSingleItem();
    }

    [Fact, Trait("Fact", "C26"), Trait("Fact", "C24")]
    public async Task A_service_that_never_starts_anything_is_given_up()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 4 } });
        rig.Far.Always("b2_start_large_file", Answer.Error(500, "internal_error"));

        var failure = await Should.ThrowAsync<B2Exception>(
            rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: Rig.Stop)
        );

        failure.Code.Value.ShouldBe("internal_error");
        rig.Far.Count("b2_start_large_file").ShouldBe(4);
        rig.Far.Versions.ShouldBeEmpty();
    }

    private static Reply After(string answer) =>
        answer switch
        {
            "lost" => Answer.Lost,
            "500" => Did(Answer.Error(500, "internal_error")),
            "408" => Did(Answer.Error(408, "request_timeout")),
            "unreadable" => Did(Answer.Body(200, "{\"fileId\":\"4_z")),
            _ => Answer.ChangedJson(json => json["fileName"] = new JsonArray()),
        };

    private static Reply Did(Reply reply) =>
        async (far, exchange, stop) =>
        {
            (await far.AnswerWellAsync(exchange, stop)).Dispose();
            return await reply(far, exchange, stop);
        };
}
