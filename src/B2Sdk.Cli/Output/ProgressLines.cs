namespace B2Sdk.Cli.Output;

/// <summary>Lines on standard error that tell how far something is.</summary>
internal static class ProgressLines
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>True when a person looks at standard error, on a terminal that knows how to rewrite a line.</summary>
    public static bool IsWatched(CliContext context) =>
        context.Terminal.IsError && context.Variable("TERM") != "dumb" && context.Variable("CI") is null;

    /// <summary>A line each second and one at the end, for logs and programs.</summary>
    public static async Task<TResult> RunAsync<TProgress, TResult>(
        Invocation run,
        Func<IProgress<TProgress>, Task<TResult>> work,
        Func<TProgress, string> line
    )
        where TProgress : struct
    {
        var progress = new LatestProgress<TProgress>();
        var result = await WatchAsync(run, Interval, work(progress), () => run.Context.Error.WriteLine(line(progress.Value)));
        await run.Context.Error.WriteLineAsync(line(progress.Value));
        return result;
    }

    /// <summary>One line that is rewritten, and gone at the end. What is said meanwhile stands above it.</summary>
    public static async Task<TResult> RewriteAsync<TProgress, TResult>(
        Invocation run,
        Func<IProgress<TProgress>, Task<TResult>> work,
        Func<TProgress, string> line
    )
        where TProgress : struct
    {
        const string Blank = "\r\e[K";
        var error = run.Context.Error;
        var progress = new LatestProgress<TProgress>();
        using var _ = run.SayThrough(text => error.WriteLine(Blank + text));
        try
        {
            return await WatchAsync(run, Pace, work(progress), () => error.Write(Blank + Fit(line(progress.Value))));
        }
        finally
        {
            await error.WriteAsync(Blank);
        }

        // A line that wraps cannot be rewritten.
        string Fit(string text) => text[..Math.Min(text.Length, Math.Max(0, run.Context.Terminal.Width() - 1))];
    }

    private static async Task<T> WatchAsync<T>(Invocation run, TimeSpan interval, Task<T> work, Action show)
    {
        using var timer = new PeriodicTimer(interval, run.Context.TimeProvider);
        while (await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask()) != work)
        {
            show();
        }
        return await work;
    }
}
