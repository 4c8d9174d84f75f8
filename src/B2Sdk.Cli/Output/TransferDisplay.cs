using System.Globalization;

namespace B2Sdk.Cli.Output;

/// <summary>Shows on standard error how far a transfer is, in the way that was asked for.</summary>
internal static class TransferDisplay
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(1);

    public static Task<T> RunAsync<T>(
        Invocation run,
        string name,
        Func<IProgress<TransferProgress>?, Task<T>> transfer,
        bool isOutputShown = false
    ) =>
        run.Progress switch
        {
            ProgressMode.Bar => TransferBar.RunAsync(run, name, transfer),
            ProgressMode.Auto when IsWatched(run.Context) && !isOutputShown => TransferBar.RunAsync(run, name, transfer),
            ProgressMode.Plain => WithLinesAsync(run, transfer, progress => PlainLine(name, progress)),
            ProgressMode.Json => WithLinesAsync(run, transfer, progress => JsonLine(name, progress)),
            _ => transfer(null),
        };

    private static bool IsWatched(CliContext context) =>
        context.Terminal.IsError && context.Variable("TERM") != "dumb" && context.Variable("CI") is null;

    private static async Task<T> WithLinesAsync<T>(
        Invocation run,
        Func<IProgress<TransferProgress>?, Task<T>> transfer,
        Func<TransferProgress, string> line
    )
    {
        var progress = new LatestProgress();
        var result = transfer(progress);
        using var timer = new PeriodicTimer(LineInterval, run.Context.TimeProvider);
        while (await Task.WhenAny(result, timer.WaitForNextTickAsync().AsTask()) != result)
        {
            await run.Context.Error.WriteLineAsync(line(progress.Value));
        }
        var transferred = await result;
        await run.Context.Error.WriteLineAsync(line(progress.Value));
        return transferred;
    }

    private static string PlainLine(string name, TransferProgress progress)
    {
        var done = ByteSize.Show(progress.BytesTransferred);
        var shown = NameText.Escape(name);
        return progress.TotalBytes is { } total
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{shown}: {done} of {ByteSize.Show(total)}, {Percent(progress.BytesTransferred, total)} %"
            )
            : $"{shown}: {done}";
    }

    private static string JsonLine(string name, TransferProgress progress) =>
        JsonText.Render(
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("bytes", progress.BytesTransferred);
                json.WriteString("event", "progress");
                json.WriteString("name", name);
                json.WriteNumberOrNull("totalBytes", progress.TotalBytes);
                json.WriteEndObject();
            },
            isOnOneLine: true
        );

    private static long Percent(long done, long total) => total == 0 ? 100 : (long)((Int128)done * 100 / total);
}
