using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Fuzz;

/// <summary>Keeps what the emulator logs as a failure of its own.</summary>
internal sealed class LogTrap : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _failures = new();

    public IReadOnlyCollection<string> Failures => _failures;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one place to write to.");

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

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
        if (IsEnabled(logLevel))
        {
            _failures.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose() { }
}
