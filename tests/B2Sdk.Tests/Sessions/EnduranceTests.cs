namespace B2Sdk.Tests.Sessions;

/// <summary>Long jobs and bad days.</summary>
public sealed class EnduranceTests
{
    [Fact, Trait("Need", "42"), Trait("Fact", "C8")]
    public async Task Seventy_two_hours_with_tokens_that_last_one_cost_one_authorization_for_each()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(100));

        for (var hour = 0; hour < 72; hour++)
        {
            rig.Clock.Advance(TimeSpan.FromHours(1));
            rig.Far.ExpireTokens();
            await Task.WhenAll(
                Enumerable
                    .Range(0, 100)
                    .Select(caller =>
                        Task.Run<Task>(
                            () =>
                                (caller % 4) switch
                                {
                                    0 => rig.Api.ListBucketsAsync(Rig.Stop),
                                    1 => rig.Bucket.GetFileInfoByNameAsync("a", cancellationToken: Rig.Stop),
                                    2 => rig.Bucket.UploadBytesAsync(Rig.Bytes(10), $"{hour}/{caller}", cancellationToken: Rig.Stop),
                                    _ => rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: Rig.Stop),
                                },
                            Rig.Stop
                        )
                    )
                    .Select(call => call.Unwrap())
            );
        }

        rig.Far.Count("b2_authorize_account").ShouldBe(72);
        rig.Far.Uploads.Count.ShouldBe(1 + (72 * 25));
        rig.Far.Violations.ShouldBeEmpty();
    }

    [Fact, Trait("Need", "1"), Trait("Need", "3"), Trait("Need", "9")]
    public async Task With_a_tenth_of_all_calls_failing_everything_succeeds_at_half_as_many_calls_again()
    {
        const int Operations = 1_000;
        // The clock is everybody's: each stall is a minute for all, which a budget of minutes would not outlast.
        await using var rig = await Rig.StartAsync(configure: options =>
            options with
            {
                Retry = new() { MaxElapsed = TimeSpan.FromDays(1) },
            }
        );
        rig.Store("a", Rig.Bytes(1_000));
        var dice = new Random(4711);
        Reply[] faults =
        [
            Answer.Error(503, "service_unavailable"),
            Answer.Error(429, "too_many_requests", retryAfter: "2"),
            Answer.HungUp,
            Answer.Stalled,
        ];
        Reply unreliable = (far, exchange, stop) =>
        {
            Reply reply;
            lock (dice)
            {
                reply = dice.Next(10) == 0 ? faults[dice.Next(faults.Length)] : Answer.Good;
            }
            return reply(far, exchange, stop);
        };
        foreach (
            var operation in new[]
            {
                "b2_list_buckets",
                "b2_get_upload_url",
                "b2_upload_file",
                "b2_list_file_versions",
                "b2_download_file_by_name",
            }
        )
        {
            rig.Far.Always(operation, unreliable);
        }

        await Parallel.ForAsync(
            0,
            Operations,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Rig.Stop },
            async (number, stop) =>
            {
                switch (number % 4)
                {
                    case 0:
                        await rig.Api.ListBucketsAsync(stop);
                        break;
                    case 1:
                        await rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: stop);
                        break;
                    default:
                        await rig.Bucket.UploadBytesAsync(Rig.Bytes(50, number), $"f{number}", cancellationToken: stop);
                        break;
                }
            }
        );

        rig.Far.Uploads.Count.ShouldBe(1 + (Operations / 2));
        rig.Far.Violations.ShouldBeEmpty();
        rig.Far.Journal.Count.ShouldBeLessThanOrEqualTo(Operations * 3 / 2);
    }
}
