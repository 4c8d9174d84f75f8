using System.Globalization;
using B2Sdk.Cli.Output;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Cli;

/// <summary>Writes a log to standard error: all of it with <c>--verbose</c>, else warnings and failures. All of it goes to a file, too, where one is wanted.</summary>
/// <param name="run">Whose log it is.</param>
/// <param name="file">The file, which is closed with the log; null for none.</param>
/// <param name="leastUnlessVerbose">What is worth standard error without <c>--verbose</c>.</param>
internal sealed class StandardErrorLog(Invocation run, TextWriter? file = null, LogLevel leastUnlessVerbose = LogLevel.Warning)
    : ILoggerFactory,
        ILogger
{
    private readonly LogLevel _least = run.IsVerbose ? LogLevel.Debug : leastUnlessVerbose;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one place to write to.");

    public bool IsEnabled(LogLevel logLevel) => logLevel >= (file is null ? _least : LogLevel.Debug);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }
        var time = run.Context.TimeProvider.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var text = NameText.Escape($"{time} {logLevel} {eventId.Name}: {formatter(state, exception)}");
        // A disk that is full or a connection that broke is nothing to look for in the code.
        var cause = exception is IOException && !run.IsVerbose ? exception.Message : exception?.ToString();
        foreach (var line in cause?.Split('\n') ?? [])
        {
            text += $"\n{NameText.Escape(line.TrimEnd('\r'))}";
        }
        if (logLevel >= _least)
        {
            run.Context.Error.WriteLine(text);
        }
        file?.WriteLine(text);
    }

    public void Dispose() => file?.Dispose();
}
