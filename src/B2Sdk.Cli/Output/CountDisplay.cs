using System.Globalization;

namespace B2Sdk.Cli.Output;

/// <summary>Shows on standard error how much of a bucket has been counted.</summary>
internal static class CountDisplay
{
    public static Task<BucketSize> RunAsync(Invocation run, string bucketName, Func<IProgress<BucketSize>?, Task<BucketSize>> count) =>
        run.Progress switch
        {
            ProgressMode.Bar => ProgressLines.RewriteAsync<BucketSize, BucketSize>(run, count, Line),
            ProgressMode.Auto when ProgressLines.IsWatched(run.Context) => ProgressLines.RewriteAsync<BucketSize, BucketSize>(
                run,
                count,
                Line
            ),
            ProgressMode.Plain => ProgressLines.RunAsync<BucketSize, BucketSize>(run, count, size => $"{bucketName}: {Line(size)}"),
            ProgressMode.Json => ProgressLines.RunAsync<BucketSize, BucketSize>(run, count, size => JsonLine(bucketName, size)),
            _ => count(null),
        };

    private static string Line(BucketSize size) =>
        string.Create(CultureInfo.InvariantCulture, $"{size.FileCount:N0} versions, {ByteSize.Show(size.TotalBytes)}");

    private static string JsonLine(string bucketName, BucketSize size) =>
        JsonText.Render(
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("bytes", size.TotalBytes);
                json.WriteString("event", "progress");
                json.WriteNumber("files", size.FileCount);
                json.WriteString("name", bucketName);
                json.WriteEndObject();
            },
            isOnOneLine: true
        );
}
