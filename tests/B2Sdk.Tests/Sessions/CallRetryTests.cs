using System.Net;

namespace B2Sdk.Tests.Sessions;

/// <summary>What happens after a failed call, row by row of the table in the design.</summary>
public sealed class CallRetryTests
{
    [Theory, Trait("Fact", "C21"), Trait("Fact", "C22")]
    [InlineData(408, "request_timeout")]
    [InlineData(429, "too_many_requests")]
    [InlineData(500, "internal_error")]
    [InlineData(502, "")]
    [InlineData(503, "service_unavailable")]
    [InlineData(503, "bad_request")]
    [InlineData(504, "")]
    public async Task A_busy_service_is_waited_for_and_asked_again(int status, string code)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_list_file_names", 3, Answer.Error(status, code));

        var files = await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop);

        files.ShouldBeEmpty();
        rig.Far.Count("b2_list_file_names").ShouldBe(4);
        rig.Clock.Waits.Count.ShouldBe(3);
        rig.Notices.Select(notice => notice.Attempt).ShouldBe([1, 2, 3]);
        rig.Notices.ShouldAllBe(notice => notice.Operation == "b2_list_file_names");
    }

    [Theory, Trait("Fact", "C21"), Trait("Fact", "C23"), Trait("Fact", "C15"), Trait("Need", "45")]
    [InlineData(400, "bad_request")]
    [InlineData(400, "bad_json")]
    [InlineData(400, "a_code_of_tomorrow")]
    [InlineData(401, "unauthorized")]
    [InlineData(401, "access_denied")]
    [InlineData(403, "cap_exceeded")]
    [InlineData(403, "storage_cap_exceeded")]
    [InlineData(403, "transaction_cap_exceeded")]
    [InlineData(404, "not_found")]
    [InlineData(405, "method_not_allowed")]
    [InlineData(409, "conflict")]
    [InlineData(416, "range_not_satisfiable")]
    public async Task What_will_not_get_better_is_given_up_at_once(int status, string code)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_list_file_names", Answer.Error(status, code, "Because."));

        var failure = await Should.ThrowAsync<B2Exception>(async () =>
            await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop)
        );

        rig.Far.Journal.Count.ShouldBe(1);
        ((int?)failure.Status).ShouldBe(status);
        failure.Code.Value.ShouldBe(code);
        failure.ServerMessage.ShouldBe("Because.");
        failure.Message.ShouldContain("Because.");
        failure.Operation.ShouldBe("b2_list_file_names");
        (failure.Attempts, failure.IsTransient).ShouldBe((1, false));
        rig.Clock.Waits.ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "C21")]
    public async Task A_lost_connection_is_made_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_list_buckets", Answer.Unreachable, Answer.HungUp, Answer.UnknownHost);

        (await rig.Api.ListBucketsAsync(Rig.Stop)).Count.ShouldBe(1);

        rig.Far.Count("b2_list_buckets").ShouldBe(4);
    }

    [Fact, Trait("Fact", "C21")]
    public async Task A_service_that_says_nothing_for_a_minute_is_asked_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_list_buckets", Answer.Stalled);

        (await rig.Api.ListBucketsAsync(Rig.Stop)).Count.ShouldBe(1);

        var cause = rig.Notices.Single().Cause.ShouldBeOfType<B2TimeoutException>();
        cause.Message.ShouldContain("60 seconds");
        cause.Message.ShouldContain("api000.backblazeb2.com");
    }

    [Fact, Trait("Need", "12")]
    public async Task A_service_that_never_speaks_is_a_timeout_and_no_cancellation()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 2 } });
        rig.Far.Always("b2_list_buckets", Answer.Stalled);

        var failure = await Should.ThrowAsync<B2TimeoutException>(rig.Api.ListBucketsAsync(Rig.Stop));

        failure.Attempts.ShouldBe(2);
        failure.Status.ShouldBeNull();
        failure.IsTransient.ShouldBeTrue();
    }

    [Fact, Trait("Need", "12")]
    public async Task A_time_limit_of_the_handler_is_a_lost_connection_and_no_cancellation()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 2 } });
        rig.Far.Always(
            "b2_list_buckets",
            (_, _, _) =>
                throw new TaskCanceledException(
                    "A connection could not be established within the configured ConnectTimeout.",
                    new TimeoutException()
                )
        );

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        failure.IsTransient.ShouldBeTrue();
        rig.Far.Count("b2_list_buckets").ShouldBe(2);
    }

    [Fact, Trait("Need", "44")]
    public async Task A_certificate_that_is_not_trusted_is_not_tried_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always(
            "b2_list_buckets",
            (_, _, _) =>
                throw new HttpRequestException(HttpRequestError.SecureConnectionError, "The SSL connection could not be established.")
        );

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        rig.Far.Journal.Count.ShouldBe(1);
        failure.Code.ShouldBe(B2ErrorCode.ConnectionFailed);
        failure.InnerException.ShouldBeOfType<HttpRequestException>();
    }

    [Fact, Trait("Fact", "C24"), Trait("Need", "44")]
    public async Task Attempts_are_bounded_and_the_last_failure_is_told()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 5 } });
        rig.Far.Next("b2_list_buckets", 4, Answer.Error(503, "service_unavailable"));
        rig.Far.Always("b2_list_buckets", Answer.Error(500, "internal_error", "incident id 1-2"));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        rig.Far.Count("b2_list_buckets").ShouldBe(5);
        (failure.Attempts, failure.Code.Value, failure.Status).ShouldBe((5, "internal_error", HttpStatusCode.InternalServerError));
        failure.ServerMessage.ShouldBe("incident id 1-2");
    }

    [Fact, Trait("Fact", "C24")]
    public async Task The_time_that_is_spent_is_bounded_too()
    {
        await using var rig = await Rig.StartAsync(configure: options =>
            options with
            {
                Retry = new() { MaxAttempts = int.MaxValue, MaxElapsed = TimeSpan.FromMinutes(2) },
            }
        );
        rig.Far.Always("b2_list_buckets", Answer.Error(503, "service_unavailable"));
        var begin = rig.Clock.GetTimestamp();

        await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        rig.Clock.GetElapsedTime(begin).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(2));
        rig.Far.Count("b2_list_buckets").ShouldBeGreaterThan(2);
    }

    [Fact, Trait("Need", "4")]
    public async Task A_service_that_is_down_for_ten_minutes_is_outlived()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 1000 } });
        var up = rig.Clock.GetUtcNow() + TimeSpan.FromMinutes(10);
        rig.Far.Always(
            "b2_list_buckets",
            (far, exchange, stop) => (far.Clock.GetUtcNow() < up ? Answer.Unreachable : Answer.Good)(far, exchange, stop)
        );

        (await rig.Api.ListBucketsAsync(Rig.Stop)).Count.ShouldBe(1);
    }

    [Fact, Trait("Fact", "C19"), Trait("Need", "47")]
    public async Task Retry_After_in_seconds_is_obeyed()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_list_buckets", Answer.Error(429, "too_many_requests", retryAfter: "137"));

        await rig.Api.ListBucketsAsync(Rig.Stop);

        rig.Clock.Waits.ShouldBe([TimeSpan.FromSeconds(137)]);
    }

    [Theory, Trait("Fact", "C19")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retry_After_as_a_date_is_obeyed(bool answersSayDate)
    {
        await using var rig = await Rig.StartAsync(far => far.SaysDate = answersSayDate);
        var until = rig.Clock.GetUtcNow() + TimeSpan.FromSeconds(137);
        rig.Far.Next("b2_list_buckets", Answer.Error(503, "service_unavailable", retryAfter: until.ToString("R")));

        await rig.Api.ListBucketsAsync(Rig.Stop);

        rig.Clock.Waits.Single().ShouldBeInRange(TimeSpan.FromSeconds(136), TimeSpan.FromSeconds(138));
    }

    [Fact, Trait("Fact", "C19")]
    public async Task Retry_After_beyond_the_budget_is_not_waited_for()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_list_buckets", Answer.Error(429, "too_many_requests", retryAfter: "86400"));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        failure.RetryAfter.ShouldBe(TimeSpan.FromDays(1));
        rig.Far.Journal.Count.ShouldBe(1);
        rig.Clock.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task Zero_elapsed_time_means_never_again()
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxElapsed = TimeSpan.Zero } });
        rig.Far.Always("b2_list_buckets", Answer.Error(503, "service_unavailable"));

        await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        rig.Far.Journal.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Retries_are_logged_as_warnings()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_list_buckets", Answer.Error(503, "service_unavailable", "busy"));

        await rig.Api.ListBucketsAsync(Rig.Stop);

        var entry = rig.Logs.Entries.Single(entry => entry.Id.Name == "TryingAgain");
        entry.Level.ShouldBe(Microsoft.Extensions.Logging.LogLevel.Warning);
        entry.Text.ShouldContain("b2_list_buckets");
    }
}
