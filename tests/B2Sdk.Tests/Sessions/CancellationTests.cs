namespace B2Sdk.Tests.Sessions;

[Trait("Fact", "C25")]
public sealed class CancellationTests
{
    [Fact]
    public async Task A_cancelled_token_sends_nothing()
    {
        await using var rig = await Rig.StartAsync();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var failure = await Should.ThrowAsync<OperationCanceledException>(rig.Api.ListBucketsAsync(stop.Token));

        failure.CancellationToken.ShouldBe(stop.Token);
        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_between_attempts()
    {
        await using var rig = await Rig.StartAsync();
        rig.Clock.JumpsOverWaits = false;
        using var stop = new CancellationTokenSource();
        rig.Far.Always("b2_list_buckets", Answer.Error(503, "service_unavailable", retryAfter: "60"));

        var call = rig.Api.ListBucketsAsync(stop.Token);
        call.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();

        var failure = await Should.ThrowAsync<OperationCanceledException>(call);
        failure.CancellationToken.ShouldBe(stop.Token);
        rig.Far.Journal.Count.ShouldBe(1);
    }

    [Theory, Trait("Need", "11")]
    [InlineData("b2_list_buckets")]
    [InlineData("b2_upload_file")]
    [InlineData("b2_get_upload_url")]
    [InlineData("b2_upload_part")]
    [InlineData("b2_start_large_file")]
    [InlineData("b2_finish_large_file")]
    [InlineData("b2_download_file_by_name")]
    [InlineData("b2_authorize_account")]
    public async Task Cancelling_ends_a_request_that_hangs_and_names_the_callers_token(string operation)
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(100));
        rig.Far.Always(operation, Answer.Hanging);
        using var stop = new CancellationTokenSource();

        var call = CallAsync(rig, operation, stop.Token);
        await rig.Far.Hung.Task;
        await stop.CancelAsync();

        var failure = await Should.ThrowAsync<OperationCanceledException>(call);
        failure.CancellationToken.ShouldBe(stop.Token);
        rig.Notices.ShouldBeEmpty();
    }

    [Fact, Trait("Need", "11")]
    public async Task Cancelling_a_large_upload_on_a_dead_connection_returns_within_a_second()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_upload_part", Answer.Hanging);
        rig.Far.Always("b2_cancel_large_file", Answer.Hanging);
        using var stop = new CancellationTokenSource();

        var call = rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: stop.Token);
        await rig.Far.Hung.Task;
        await stop.CancelAsync();
        while (rig.Far.Count("b2_cancel_large_file") == 0 && !call.IsCompleted)
        {
            await Task.Yield();
        }
        rig.Clock.Advance(TimeSpan.FromSeconds(1));

        var failure = await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromSeconds(5), Rig.Stop));
        failure.CancellationToken.ShouldBe(stop.Token);
    }

    [Fact]
    public async Task Cancelling_a_large_upload_cancels_the_unfinished_file()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_upload_part", Answer.Hanging);
        using var stop = new CancellationTokenSource();

        var call = rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: stop.Token);
        await rig.Far.Hung.Task;
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        rig.Far.Versions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_ends_a_download_whose_body_hangs()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(100));
        using var stop = new CancellationTokenSource();
        rig.Far.Always(
            "b2_download_file_by_name",
            Answer.ChangedBody(body => new SlowStream(
                body,
                10,
                async token =>
                {
                    await stop.CancelAsync();
                    await Task.Delay(Timeout.InfiniteTimeSpan, rig.Clock, token);
                }
            ))
        );

        using var sink = new MemoryStream();
        var failure = await Should.ThrowAsync<OperationCanceledException>(
            rig.Bucket.DownloadToStreamAsync("a", sink, cancellationToken: stop.Token)
        );

        failure.CancellationToken.ShouldBe(stop.Token);
    }

    private static Task CallAsync(Rig rig, string operation, CancellationToken stop) =>
        operation switch
        {
            "b2_list_buckets" => rig.Api.ListBucketsAsync(stop),
            "b2_upload_file" or "b2_get_upload_url" => rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "b", cancellationToken: stop),
            "b2_download_file_by_name" => rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: stop),
            "b2_authorize_account" => rig.Api.AuthorizeAccountAsync("production", Rig.KeyId, Rig.Key, stop),
            _ => rig.Bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", cancellationToken: stop),
        };
}
