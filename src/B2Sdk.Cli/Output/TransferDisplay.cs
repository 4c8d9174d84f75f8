using System.Globalization;

namespace B2Sdk.Cli.Output;

/// <summary>Shows on standard error how far a transfer is, in the way that was asked for.</summary>
internal static class TransferDisplay
{
    public static Task<T> RunAsync<T>(
        Invocation run,
        string name,
        Func<IProgress<TransferProgress>?, Task<T>> transfer,
        bool isOutputShown = false
    ) =>
        run.Progress switch
        {
            ProgressMode.Bar => TransferBar.RunAsync(run, name, transfer),
            ProgressMode.Auto when ProgressLines.IsWatched(run.Context) && !isOutputShown => TransferBar.RunAsync(run, name, transfer),
            ProgressMode.Plain => ProgressLines.RunAsync<TransferProgress, T>(run, transfer, progress => PlainLine(name, progress)),
            ProgressMode.Json => ProgressLines.RunAsync<TransferProgress, T>(run, transfer, progress => JsonLine(name, progress)),
            _ => transfer(null),
        };

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
