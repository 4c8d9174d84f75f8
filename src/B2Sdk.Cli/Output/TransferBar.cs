using System.Globalization;
using Spectre.Console;

namespace B2Sdk.Cli.Output;

/// <summary>A bar on standard error for one transfer. What is said meanwhile stands above it.</summary>
internal static class TransferBar
{
    // Below this nothing but the essential fits on a line.
    private const int NarrowWidth = 75;
    private const int LongestName = 30;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public static async Task<T> RunAsync<T>(Invocation run, string name, Func<IProgress<TransferProgress>?, Task<T>> transfer)
    {
        var console = MakeConsole(run.Context);
        using var _ = run.SayThrough(text => console.WriteLine(text));
        var width = console.Profile.Width;
        return await console
            .Progress()
            .AutoRefresh(false)
            .HideCompleted(false)
            .Columns(Columns(width))
            .StartAsync(async display =>
            {
                var task = display.AddTask(
                    Markup.Escape(Shorten(NameText.Escape(name), width)),
                    autoStart: true,
                    maxValue: double.MaxValue
                );
                task.IsIndeterminate = true;
                return await WatchAsync(run, transfer, display, task);
            });
    }

    private static async Task<T> WatchAsync<T>(
        Invocation run,
        Func<IProgress<TransferProgress>?, Task<T>> transfer,
        ProgressContext display,
        ProgressTask task
    )
    {
        var progress = new LatestProgress<TransferProgress>();
        var result = transfer(progress);
        using var timer = new PeriodicTimer(Pace, run.Context.TimeProvider);
        do
        {
            Show(task, progress.Value);
            display.Refresh();
        } while (await Task.WhenAny(result, timer.WaitForNextTickAsync().AsTask()) != result);
        var transferred = await result;
        Show(task, progress.Value);
        task.IsIndeterminate = false;
        task.StopTask();
        display.Refresh();
        return transferred;
    }

    private static void Show(ProgressTask task, TransferProgress progress)
    {
        if (progress.TotalBytes is { } total)
        {
            // An empty file is done from the start; a bar cannot have a length of nothing.
            task.MaxValue = Math.Max(1, total);
            task.IsIndeterminate = false;
            task.Value = total == 0 ? 1 : progress.BytesTransferred;
        }
        else
        {
            task.Value = progress.BytesTransferred;
        }
    }

    private static ProgressColumn[] Columns(int width) =>
        width < NarrowWidth
            ? [new TaskDescriptionColumn(), new KnownLengthColumn(new PercentageColumn())]
            :
            [
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = Math.Min(40, width - NarrowWidth + 10) },
                new KnownLengthColumn(new PercentageColumn()),
                new BytesColumn(),
                new SpeedColumn(),
                new KnownLengthColumn(new RemainingTimeColumn()),
            ];

    private static string Shorten(string name, int width)
    {
        var longest = width < NarrowWidth ? Math.Max(4, width - 8) : LongestName;
        if (name.GetCellWidth() <= longest)
        {
            return name;
        }
        // Columns are what counts, and some characters take two.
        var elements = StringInfo.ParseCombiningCharacters(name).Append(name.Length).ToArray();
        var texts = elements.Zip(elements.Skip(1), (start, end) => name[start..end]).ToList();
        return $"{string.Concat(Fit(texts, longest / 2))}…{string.Concat(Fit(Enumerable.Reverse(texts), longest - (longest / 2) - 1).Reverse())}";

        static IEnumerable<string> Fit(IEnumerable<string> texts, int columns) =>
            texts.TakeWhile(text => (columns -= text.GetCellWidth()) >= 0);
    }

    private static IAnsiConsole MakeConsole(CliContext context) =>
        AnsiConsole.Create(
            new()
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = context.Variable("NO_COLOR") is null ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.Yes,
                Out = new ErrorOutput(context),
            }
        );

    private sealed class ErrorOutput(CliContext context) : IAnsiConsoleOutput
    {
        public TextWriter Writer => context.Error;

        public bool IsTerminal => true;

        public int Width => context.Terminal.Width();

        public int Height => 24;

        public void SetEncoding(System.Text.Encoding encoding) { }
    }
}
