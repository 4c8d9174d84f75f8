using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;

namespace B2Sdk.Diagnostics;

/// <summary>What monitoring hears of this library. No name of a file or bucket, no key and no token is in it.</summary>
internal static class Telemetry
{
    private const string Operation = "b2.operation";
    private static readonly string Version = VersionOf(typeof(Telemetry).Assembly);

    public static readonly ActivitySource Activities = new(B2Telemetry.ActivitySourceName, Version);

    private static readonly Meter Meter = new(B2Telemetry.MeterName, Version);

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "b2.client.requests",
        "{request}",
        "Requests that B2 answered, by operation, status and transaction class."
    );

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "b2.client.retries",
        "{retry}",
        "Failures after which an operation was tried again, by operation and reason."
    );

    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>(
        "b2.client.retry.wait",
        "s",
        "How long operations waited before they were tried again, by operation and reason."
    );

    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>(
        "b2.client.io",
        "By",
        "Bytes of content, by direction: transmit or receive."
    );

    private static readonly Counter<long> UploadUrls = Meter.CreateCounter<long>(
        "b2.client.upload_urls",
        "{url}",
        "Upload URLs, by what happened to them: requested, reused, or dropped after a failure."
    );

    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(
        "b2.client.operation.duration",
        "s",
        "How long operations took with all their attempts, by operation and outcome."
    );

    public static void Answered(string operation, HttpStatusCode status, TransactionClass billed) =>
        Requests.Add(
            1,
            new(Operation, operation),
            new("http.response.status_code", (int)status),
            new("b2.transaction_class", billed.ToString())
        );

    public static void TryingAgain(B2Exception failure, TimeSpan wait)
    {
        var reason = ReasonOf(failure);
        Retries.Add(1, new(Operation, failure.Operation), new("b2.retry.reason", reason));
        if (wait > TimeSpan.Zero)
        {
            Waits.Record(wait.TotalSeconds, new(Operation, failure.Operation), new("b2.retry.reason", reason));
        }
        Activity.Current?.AddEvent(new("b2.retry", tags: new() { ["b2.retry.reason"] = reason, ["b2.retry.wait"] = wait.TotalSeconds }));
    }

    public static void Sent(long bytes) => Bytes.Add(bytes, new KeyValuePair<string, object?>("network.io.direction", "transmit"));

    public static void Received(long bytes) => Bytes.Add(bytes, new KeyValuePair<string, object?>("network.io.direction", "receive"));

    public static void UploadUrl(string outcome) => UploadUrls.Add(1, new KeyValuePair<string, object?>("b2.upload_url.outcome", outcome));

    /// <summary>Begins an operation; null when nobody listens.</summary>
    public static Activity? Begin(string operation)
    {
        var activity = Activities.StartActivity(operation, ActivityKind.Client);
        activity?.SetTag(Operation, operation);
        return activity;
    }

    public static void End(Activity? activity, string operation, TimeSpan duration, int attempts, B2Exception? failure)
    {
        var outcome = failure is null ? "ok" : ReasonOf(failure);
        Durations.Record(duration.TotalSeconds, new(Operation, operation), new("b2.outcome", outcome));
        if (activity is null)
        {
            return;
        }
        activity.SetTag("b2.attempts", attempts);
        if (failure is not null)
        {
            // The message may name files; the reason does not.
            activity.SetStatus(ActivityStatusCode.Error, outcome);
            activity.SetTag("error.type", outcome);
        }
    }

    /// <summary>A word for a failure, of which there are few: B2's code, else the status, else what happened to the connection.</summary>
    private static string ReasonOf(B2Exception failure) =>
        failure is B2TimeoutException ? "no_progress"
        : failure.Code.ToString() is { Length: > 0 } code ? code
        : failure.Status is { } status ? $"{(int)status}"
        : "failed";

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
