using System.Net;

namespace B2Sdk.Tests.Transfer;

/// <summary>What happens after a failed upload of a small file, row by row of the table in the design.</summary>
public sealed class UploadRetryTests
{
    [
        Theory,
        Trait("Fact", "C33"),
        Trait("Fact", "C34"),
        Trait("Fact", "C35"),
        Trait("Fact", "C36"),
        Trait("Fact", "C37"),
        Trait("Fact", "C38")
    ]
    [InlineData(503, "service_unavailable", "no tomes available")]
    [InlineData(503, "service_unavailable", "c002_v0001118_t0002 is too busy")]
    [InlineData(500, "internal_error", "incident id 1-2")]
    [InlineData(502, "", "")]
    [InlineData(408, "request_timeout", "")]
    [InlineData(401, "bad_auth_token", "")]
    [InlineData(401, "expired_auth_token", "")]
    [InlineData(400, "auth_token_limit", "more than one upload using auth token 4_upload_0002_upld_Zm9v=")]
    [InlineData(400, "bad_request", "more than one upload using auth token 4_upload_0002_upld_Zm9v=")]
    public async Task A_refused_upload_goes_to_another_url_at_once(int status, string code, string message)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_upload_file", Answer.Error(status, code, message));

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Far.Journal.Select(exchange => exchange.Operation)
            .ShouldBe(["b2_get_upload_url", "b2_upload_file", "b2_get_upload_url", "b2_upload_file"]);
        rig.Far.Of("b2_upload_file")[0].Url.ShouldNotBe(rig.Far.Of("b2_upload_file")[1].Url);
        rig.Far.Violations.ShouldBeEmpty();
        rig.Clock.Waits.ShouldBeEmpty();
        rig.Far.Uploads.Single().FileId.ShouldBe(file.FileId);
    }

    [Fact, Trait("Fact", "C19")]
    public async Task A_throttled_upload_waits_as_long_as_it_is_told()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_upload_file", Answer.Error(429, "too_many_requests", retryAfter: "7"));

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Clock.Waits.ShouldBe([TimeSpan.FromSeconds(7)]);
    }

    [Theory, Trait("Fact", "C33"), Trait("Fact", "C48")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50_000)]
    public async Task A_connection_that_breaks_while_sending_costs_the_url_and_nothing_else(int after)
    {
        await using var rig = await Rig.StartAsync(far => far.RecommendedPartSize = 1_000_000);
        rig.Far.Next("b2_upload_file", Answer.CutUploadAfter(after), Answer.CutUploadAfter(after));

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100_000), "a", cancellationToken: Rig.Stop);

        rig.Far.Count("b2_upload_file").ShouldBe(3);
        rig.Far.Count("b2_get_upload_url").ShouldBe(3);
        rig.Far.Uploads.Single().Bytes.ShouldBeBytes(Rig.Bytes(100_000));
        rig.Far.Violations.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C33"), Trait("Need", "9")]
    public async Task An_upload_that_stalls_for_a_minute_goes_elsewhere()
    {
        await using var rig = await Rig.StartAsync(far => far.RecommendedPartSize = 10_000_000);
        rig.Far.Next("b2_upload_file", Answer.StallUploadAfter(256 * 1024));

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(1_000_000), "a", cancellationToken: Rig.Stop);

        rig.Notices.Single().Cause.ShouldBeOfType<B2TimeoutException>();
        rig.Far.Count("b2_get_upload_url").ShouldBe(2);
        rig.Far.Violations.ShouldBeEmpty();
    }

    [Fact, Trait("Need", "10")]
    public async Task A_slow_upload_that_moves_is_left_alone()
    {
        await using var rig = await Rig.StartAsync(far => far.RecommendedPartSize = 10_000_000);
        rig.Far.Next(
            "b2_upload_file",
            async (far, exchange, stop) =>
            {
                // Half a minute for each piece: hours in all, and never a minute of silence.
                using var slow = new PacedStream(() => far.Clock.Advance(TimeSpan.FromSeconds(30)));
                await exchange.Content!.CopyToAsync(slow, stop);
                stop.ThrowIfCancellationRequested();
                return Answer.Text(
                    far,
                    200,
                    FarSide.Row(far.Add(rig.Bucket.Id, "a", slow.ToArray()[..^40])).ToJsonString(),
                    "application/json",
                    null
                );
            }
        );
        var begin = rig.Clock.GetTimestamp();

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(4_000_000), "a", cancellationToken: Rig.Stop);

        rig.Clock.GetElapsedTime(begin).ShouldBeGreaterThan(TimeSpan.FromMinutes(5));
        rig.Far.Count("b2_upload_file").ShouldBe(1);
    }

    [Theory, Trait("Fact", "C23")]
    [InlineData(400, "bad_request")]
    [InlineData(400, "custom_timestamp_not_allowed")]
    [InlineData(401, "unauthorized")]
    [InlineData(403, "cap_exceeded")]
    [InlineData(403, "storage_cap_exceeded")]
    public async Task An_upload_that_will_never_be_taken_is_given_up(int status, string code)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_upload_file", Answer.Error(status, code));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop));

        failure.Code.Value.ShouldBe(code);
        rig.Far.Count("b2_upload_file").ShouldBe(1);
    }

    [Fact, Trait("Fact", "C36")]
    public async Task Only_a_refused_account_token_leads_to_a_new_authorization()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.ExpireTokens();

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Far.Journal.Select(exchange => exchange.Operation)
            .ShouldBe(["b2_get_upload_url", "b2_authorize_account", "b2_get_upload_url", "b2_upload_file"]);
    }

    [Theory, Trait("Fact", "C24")]
    [InlineData("b2_get_upload_url")]
    [InlineData("b2_upload_file")]
    public async Task Budgets_do_not_multiply(string unreachable)
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 6 } });
        rig.Far.Always(unreachable, Answer.Unreachable);

        var failure = await Should.ThrowAsync<B2Exception>(rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop));

        failure.Attempts.ShouldBe(6);
        rig.Far.Count(unreachable).ShouldBe(6);
    }

    [Fact, Trait("Fact", "C24"), Trait("Need", "D11")]
    public async Task Looking_for_a_lost_upload_spends_the_same_budget()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 6 } });
        rig.Far.Always("b2_upload_file", Answer.HungUp);
        rig.Far.Always("b2_list_file_versions", Answer.Error(503, "service_unavailable"));

        await Should.ThrowAsync<B2Exception>(rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop));

        rig.Far.Count("b2_upload_file").ShouldBeLessThanOrEqualTo(6);
        rig.Far.Count("b2_list_file_versions").ShouldBeLessThanOrEqualTo(6);
    }

    [Fact, Trait("Fact", "C32")]
    public async Task A_url_that_worked_is_used_again()
    {
        await using var rig = await Rig.StartAsync();

        for (var i = 0; i < 5; i++)
        {
            await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), $"{i}", cancellationToken: Rig.Stop);
        }

        rig.Far.Count("b2_get_upload_url").ShouldBe(1);
        rig.Far.Of("b2_upload_file").Select(exchange => exchange.Url).Distinct().Count().ShouldBe(1);
    }

    [Fact, Trait("Fact", "C34")]
    public async Task After_a_failure_a_new_url_is_asked_for_though_others_lie_idle()
    {
        await using var rig = await Rig.StartAsync();
        var together = new Gathering(3);
        rig.Far.Next(
            "b2_upload_file",
            3,
            async (far, exchange, stop) =>
            {
                await together.ArriveAsync(stop);
                return await far.AnswerWellAsync(exchange, stop);
            }
        );
        await Task.WhenAll(
            Enumerable.Range(0, 3).Select(i => rig.Bucket.UploadBytesAsync(Rig.Bytes(100), $"{i}", cancellationToken: Rig.Stop))
        );
        rig.Far.ClearJournal();
        rig.Far.Next("b2_upload_file", Answer.Error(503, "service_unavailable"));

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        // The idle ones may lead to the same busy pod.
        rig.Far.Journal.Select(exchange => exchange.Operation).ShouldBe(["b2_upload_file", "b2_get_upload_url", "b2_upload_file"]);
    }

    [Theory, Trait("Fact", "C33"), Trait("Need", "D8")]
    [InlineData("")]
    [InlineData("{\"fileId\":\"4_z1\",\"fileNa")]
    [InlineData("<html>Welcome to the hotel</html>")]
    public async Task A_200_that_cannot_be_read_is_no_success_and_its_url_is_dropped(string body)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_upload_file", Answer.Body(200, body));

        var file = await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Far.Uploads.Single().FileId.ShouldBe(file.FileId);
        var urls = rig.Far.Of("b2_upload_file").Select(exchange => exchange.Url).ToList();
        urls.Count.ShouldBe(2);
        urls[0].ShouldNotBe(urls[1]);
    }

    [Theory, Trait("Fact", "C33"), Trait("Need", "D8")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task A_200_that_says_something_else_is_no_success_and_is_not_asked_for_again(string body)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_upload_file", Answer.Body(200, body));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop));

        (failure.Status, failure.IsTransient).ShouldBe((HttpStatusCode.OK, false));
        rig.Far.Count("b2_upload_file").ShouldBe(1);
    }

    [Fact, Trait("Fact", "C33")]
    public async Task A_cancelled_upload_does_not_give_its_url_back()
    {
        await using var rig = await Rig.StartAsync();
        using var stop = new CancellationTokenSource();
        rig.Far.Next("b2_upload_file", Answer.Hanging);
        var first = rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: stop.Token);
        await rig.Far.Hung.Task;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop);

        rig.Far.Count("b2_get_upload_url").ShouldBe(2);
        rig.Far.Violations.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C31"), Trait("Fact", "C33"), Trait("Need", "D9"), Trait("Need", "1"), Trait("Need", "2")]
    public async Task Many_uploads_under_faults_keep_to_the_rules_and_arrive()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 100 } });
        Reply[] faults =
        [
            Answer.Error(503, "service_unavailable"),
            Answer.Error(408, "request_timeout"),
            Answer.Error(401, "expired_auth_token"),
            Answer.Error(429, "too_many_requests", retryAfter: "1"),
            Answer.Unreachable,
            Answer.CutUploadAfter(30),
            Answer.HungUp,
            Answer.Lost,
        ];
        var count = 0;
        rig.Far.Always(
            "b2_upload_file",
            (far, exchange, stop) =>
            {
                var number = Interlocked.Increment(ref count);
                return (number % 5 is 1 or 3 ? faults[number / 5 % faults.Length] : Answer.Good)(far, exchange, stop);
            }
        );

        await Parallel.ForAsync(
            0,
            1_000,
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Rig.Stop },
            async (index, stop) =>
            {
                var bytes = Rig.Bytes(100 + index % 50, index);
                var file = await rig.Bucket.UploadBytesAsync(bytes, FarSide.HexSha1(bytes), cancellationToken: stop);
                file.FileName.ShouldBe(file.ContentSha1);
            }
        );

        rig.Far.Violations.ShouldBeEmpty();
        rig.Far.Uploads.ShouldAllBe(stored => stored.Name == stored.Sha1);
        rig.Far.Uploads.Select(stored => stored.Name).Distinct().Count().ShouldBe(1_000);
        rig.Far.Uploads.Count.ShouldBe(1_000);
        rig.Far.Count("b2_upload_file").ShouldBeLessThanOrEqualTo(2_000);
    }
}
