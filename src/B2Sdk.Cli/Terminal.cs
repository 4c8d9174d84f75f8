using System.Runtime.InteropServices;

namespace B2Sdk.Cli;

/// <summary>Which of the three streams a person sees or types, and what can be asked of that person.</summary>
internal sealed partial class Terminal
{
    /// <summary>The columns that one can count on where nobody says how many there are.</summary>
    public const int UsualWidth = 80;

    /// <summary>No stream is a terminal: scripts, pipes, tests.</summary>
    public static Terminal None { get; } = new();

    public bool IsInput { get; init; }

    public bool IsOutput { get; init; }

    public bool IsError { get; init; }

    /// <summary>How many columns there are.</summary>
    public Func<int> Width { get; init; } = static () => UsualWidth;

    /// <summary>Reads a line that is typed, shown or hidden; null at the end of the input.</summary>
    public Func<bool, string?> ReadLine { get; init; } = static _ => null;

    public static Terminal OfProcess() =>
        new()
        {
            IsInput = !Console.IsInputRedirected,
            IsOutput = !Console.IsOutputRedirected,
            IsError = !Console.IsErrorRedirected && IsInForeground(),
            Width = ReadWidth,
            ReadLine = static isHidden => isHidden ? ReadHiddenLine() : Console.In.ReadLine(),
        };

    /// <summary>Asks a question on standard error; the answer is null at the end of the input.</summary>
    public async Task<string?> AskAsync(TextWriter error, string question, bool isHidden, CancellationToken cancellationToken)
    {
        await error.WriteAsync(question);
        // The console cannot be told to stop waiting; so somebody else waits, and ends with the process.
        var isLineOpen = true;
        try
        {
            var answer = await Task.Run(() => ReadLine(isHidden), cancellationToken).WaitAsync(cancellationToken);
            isLineOpen = isHidden;
            return answer;
        }
        finally
        {
            if (isLineOpen)
            {
                await error.WriteLineAsync();
            }
        }
    }

    // What runs in the background would write over what somebody types.
    private static bool IsInForeground() =>
        OperatingSystem.IsWindows() || ForegroundGroup(2) is var group && (group < 0 || group == OwnGroup());

    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ForegroundGroup(int descriptor);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OwnGroup();

    private static int ReadWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }

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
