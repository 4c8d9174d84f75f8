using System.Globalization;
using B2Sdk.Cli.Output;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Cli;

/// <summary>Writes the log of <c>--verbose</c> to standard error.</summary>
internal sealed class StandardErrorLog(Invocation run) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one place to write to.");

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

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
        var time = run.Context.TimeProvider.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        run.Context.Error.WriteLine(NameText.Escape($"{time} {logLevel} {eventId.Name}: {formatter(state, exception)}"));
    }

    public void Dispose() { }
}
