using System.Globalization;
using B2Sdk.Cli.Output;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Cli;

/// <summary>Writes a log to standard error: all of it with <c>--verbose</c>, else warnings and failures.</summary>
internal sealed class StandardErrorLog(Invocation run) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one place to write to.");

    public bool IsEnabled(LogLevel logLevel) => logLevel >= (run.IsVerbose ? LogLevel.Debug : LogLevel.Warning);

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
        run.Context.Error.WriteLine(NameText.Escape($"{time} {logLevel} {eventId.Name}: {formatter(state, exception)}"));
        foreach (var line in exception?.ToString().Split('\n') ?? [])
        {
            run.Context.Error.WriteLine(NameText.Escape(line.TrimEnd('\r')));
        }
    }

    public void Dispose() { }
}
