using System.Text;
using B2Sdk.Cli.Streams;

namespace B2Sdk.Cli;

/// <summary>The world around a command: its streams, its environment, and the wish that it stop. Tests make their own.</summary>
internal sealed class CliContext : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _stopCode;

    public CliContext(Stream input, Stream output, Stream error)
    {
        Input = input;
        Output = output;
        Out = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 32 * 1024, leaveOpen: true);
        // Parts that travel at the same time have something to say at the same time.
        Error = TextWriter.Synchronized(
            new StreamWriter(error, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1024, leaveOpen: true)
            {
                AutoFlush = true,
            }
        );
    }

    public Stream Input { get; }

    /// <summary>Standard output for bytes. Flush <see cref="Out"/> before.</summary>
    public Stream Output { get; }

    /// <summary>Standard output for text: results, and nothing else.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error: everything that is said about the work.</summary>
    public TextWriter Error { get; }

    public Terminal Terminal { get; init; } = Terminal.None;

    public Func<string, string?> Environment { get; init; } = static _ => null;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Canceled when the command is to stop.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>What a command that stopped because it was told to answers to the shell.</summary>
    public int StopCode => Volatile.Read(ref _stopCode);

    public static CliContext OfProcess()
    {
        var given = StandardDescriptors.Hold();
        return new(
            new InputStream(given.Input ? Console.OpenStandardInput : static () => throw new IOException("It was closed from the start.")),
            OutputStream.OpenResults(given.Output),
            OutputStream.OpenTalk(given.Error)
        )
        {
            Terminal = Terminal.OfProcess(),
            Environment = System.Environment.GetEnvironmentVariable,
        };
    }

    /// <summary>Asks the command to stop. False when it was asked before.</summary>
    public bool Stop(int code)
    {
        var isFirst = Interlocked.CompareExchange(ref _stopCode, code, 0) == 0;
        _stop.Cancel();
        return isFirst;
    }

    /// <summary>The variable's value; null when it is missing or empty.</summary>
    public string? Variable(string name) => Environment(name) is { Length: > 0 } value ? value : null;

    /// <summary>True when the variable says yes, in one of the ways in which people do.</summary>
    public bool IsOn(string name) => Variable(name)?.ToUpperInvariant() is "1" or "TRUE" or "YES" or "ON";

    public void Dispose() => _stop.Dispose();
}
