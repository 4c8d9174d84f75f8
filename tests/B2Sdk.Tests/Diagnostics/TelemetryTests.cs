using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace B2Sdk.Tests.Diagnostics;

public sealed class TelemetryTests : IDisposable
{
    // Other tests run at the same time, and meters are of the whole process: what flows from this test bears its mark.
    private static readonly AsyncLocal<TelemetryTests?> Mark = new();

    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _measured = [];
    private readonly ConcurrentQueue<Activity> _activities = [];
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _sources;

    public TelemetryTests()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == B2Telemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.Start();
        _sources = new()
        {
            ShouldListenTo = source => source.Name == B2Telemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                Mark.Value == this ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (Mark.Value == this)
                {
                    _activities.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_sources);
        Mark.Value = this;
    }

    [Fact, Trait("Need", "46")]
    public async Task Requests_are_counted_by_operation_status_and_transaction_class()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Bucket.UploadBytesAsync(Rig.Bytes(10), "a", cancellationToken: Rig.Stop);
        await rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: Rig.Stop);

        var requests = Measured("b2.client.requests").Select(one => one.Tags);

        requests.ShouldBe([
            "b2.operation=b2_authorize_account http.response.status_code=200 b2.transaction_class=C",
            "b2.operation=b2_list_buckets http.response.status_code=200 b2.transaction_class=C",
            "b2.operation=b2_get_upload_url http.response.status_code=200 b2.transaction_class=A",
            "b2.operation=b2_upload_file http.response.status_code=200 b2.transaction_class=A",
            "b2.operation=b2_download_file_by_name http.response.status_code=200 b2.transaction_class=B",
        ]);
        rig.Api.Transactions.ShouldBe(new(ClassA: 2, ClassB: 1, ClassC: 2));
    }

    [Fact]
    public async Task Retries_and_their_waits_are_counted_by_reason()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_list_buckets", Answer.Error(429, "too_many_requests", retryAfter: "7"), Answer.HungUp);

        await rig.Api.ListBucketsAsync(Rig.Stop);

        Measured("b2.client.retries")
            .Select(one => one.Tags)
            .ShouldBe([
                "b2.operation=b2_list_buckets b2.retry.reason=too_many_requests",
                "b2.operation=b2_list_buckets b2.retry.reason=connection_failed",
            ]);
        Measured("b2.client.retry.wait").First().Value.ShouldBeGreaterThanOrEqualTo(7);
    }

    [Fact]
    public async Task Bytes_are_counted_in_both_directions()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Bucket.UploadBytesAsync(Rig.Bytes(1234), "a", cancellationToken: Rig.Stop);
        await rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), cancellationToken: Rig.Stop);

        var moved = Measured("b2.client.io").ToLookup(one => one.Tags, one => one.Value);

        moved["network.io.direction=transmit"].Sum().ShouldBe(1234);
        moved["network.io.direction=receive"].Sum().ShouldBe(1234);
    }

    [Fact]
    public async Task Upload_urls_are_told_by_what_happens_to_them()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Bucket.UploadBytesAsync(Rig.Bytes(1), "a", cancellationToken: Rig.Stop);
        rig.Far.Next("b2_upload_file", Answer.Error(503, "service_unavailable"));
        await rig.Bucket.UploadBytesAsync(Rig.Bytes(1), "b", cancellationToken: Rig.Stop);

        Measured("b2.client.upload_urls").Select(one => one.Tags.Split('=')[1]).ShouldBe(["requested", "reused", "dropped", "requested"]);
    }

    [Fact]
    public async Task An_operation_is_one_activity_with_its_attempts_and_without_names()
    {
        await using var rig = await Rig.StartAsync();
        _activities.Clear();
        rig.Far.Next("b2_upload_file", Answer.Error(503, "service_unavailable", "vault_9 is busy"));

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(1), "private/name.txt", cancellationToken: Rig.Stop);

        var activity = _activities.ShouldHaveSingleItem();
        activity.OperationName.ShouldBe("b2_upload_file");
        activity.Kind.ShouldBe(ActivityKind.Client);
        activity.GetTagItem("b2.attempts").ShouldBe(2);
        activity.Status.ShouldBe(ActivityStatusCode.Unset);
        activity
            .Events.ShouldHaveSingleItem()
            .Tags.ShouldContain(new KeyValuePair<string, object?>("b2.retry.reason", "service_unavailable"));
        Dump(activity).ShouldNotContain("private");
        Measured("b2.client.operation.duration").ShouldContain(one => one.Tags == "b2.operation=b2_upload_file b2.outcome=ok");
    }

    [Fact]
    public async Task A_failure_is_an_error_by_a_word_and_not_by_a_message()
    {
        await using var rig = await Rig.StartAsync();
        _activities.Clear();
        rig.Far.Next("b2_hide_file", Answer.Error(400, "no_such_file", "File not present: private.txt"));

        await Should.ThrowAsync<B2Exception>(rig.Bucket.HideFileAsync("private.txt", Rig.Stop));

        var activity = _activities.ShouldHaveSingleItem();
        activity.Status.ShouldBe(ActivityStatusCode.Error);
        activity.GetTagItem("error.type").ShouldBe("no_such_file");
        Dump(activity).ShouldNotContain("private");
        Measured("b2.client.operation.duration").ShouldContain(one => one.Tags.EndsWith("b2.outcome=no_such_file"));
    }

    public void Dispose()
    {
        Mark.Value = null;
        _meters.Dispose();
        _sources.Dispose();
    }

    private IEnumerable<(double Value, string Tags)> Measured(string name) =>
        _measured.Where(one => one.Name == name).Select(one => (one.Value, one.Tags));

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Mark.Value == this)
        {
            _measured.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
        }
    }

    private static string Dump(Activity activity) =>
        $"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} "
        + string.Join(' ', activity.Events.SelectMany(one => one.Tags));
}
