namespace B2Sdk;

/// <summary>The names by which monitoring listens to this library.</summary>
/// <remarks>
/// <para>Activities: one for each operation, named after it, such as <c>b2_upload_file</c>, with the number of attempts and an event for each retry.</para>
/// <para>Metrics: <c>b2.client.requests</c>, <c>b2.client.retries</c>, <c>b2.client.retry.wait</c>, <c>b2.client.io</c>, <c>b2.client.upload_urls</c> and
/// <c>b2.client.operation.duration</c>. Names of files and buckets, keys and tokens are in none of them.</para>
/// </remarks>
public static class B2Telemetry
{
    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "B2Sdk";

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "B2Sdk";
}
