namespace B2Sdk.Cli;

/// <summary>Which of the three streams a person sees or types, and what can be asked of that person.</summary>
internal sealed class Terminal
{
    /// <summary>No stream is a terminal: scripts, pipes, tests.</summary>
    public static Terminal None { get; } = new();

    public bool IsInput { get; init; }

    public bool IsOutput { get; init; }

    public bool IsError { get; init; }

    public static Terminal OfProcess() =>
        new()
        {
            IsInput = !Console.IsInputRedirected,
            IsOutput = !Console.IsOutputRedirected,
            IsError = !Console.IsErrorRedirected,
        };

    /// <summary>How many columns there are; 80 when that cannot be told.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth is > 0 and var width ? width : 80;
            }
            catch (IOException)
            {
                return 80;
            }
        }
    }

    /// <summary>Reads a line that is typed; null at the end of the input.</summary>
    public static Task<string?> ReadLineAsync(bool isHidden, CancellationToken cancellationToken) =>
        // The console cannot be told to stop waiting; so somebody else waits, and ends with the process.
        Task.Run(isHidden ? ReadHiddenLine : Console.In.ReadLine, cancellationToken).WaitAsync(cancellationToken);

    private static string? ReadHiddenLine()
    {
        var line = new System.Text.StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return line.ToString();
                case ConsoleKey.Backspace when line.Length > 0:
                    line.Length--;
                    break;
                case ConsoleKey.D when key.Modifiers.HasFlag(ConsoleModifiers.Control) && line.Length == 0:
                    return null;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        line.Append(key.KeyChar);
                    }
                    break;
            }
        }
    }
}
