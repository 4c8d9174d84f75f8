using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator.Control;

/// <summary>The log for the web server, without its complaint that an answer is shorter than promised: that is done on purpose, and everything else is caught before it sees it.</summary>
/// <remarks>Nor does it write less than warnings: it would quote headers that it cannot read, and those may hold keys and tokens.</remarks>
internal sealed class QuietLogging(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Quiet(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The log belongs to whoever gave it.
    public void Dispose() { }

    private sealed class Quiet(ILogger inner) : ILogger
    {
        private const string Complaint = "ApplicationError";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (eventId.Name != Complaint && IsEnabled(logLevel))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
