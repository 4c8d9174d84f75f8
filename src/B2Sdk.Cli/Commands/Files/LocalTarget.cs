using System.Buffers;

namespace B2Sdk.Cli.Commands.Files;

/// <summary>Where the name of a file in a bucket leads to within a local directory: never out of it.</summary>
internal static class LocalTarget
{
    private static readonly string[] WindowsDevices =
    [
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "COM1",
        "COM2",
        "COM3",
        "COM4",
        "COM5",
        "COM6",
        "COM7",
        "COM8",
        "COM9",
        "LPT1",
        "LPT2",
        "LPT3",
        "LPT4",
        "LPT5",
        "LPT6",
        "LPT7",
        "LPT8",
        "LPT9",
    ];

    private static readonly SearchValues<char> NotOnWindows = SearchValues.Create("\\:*?\"<>|");

    /// <summary>The path for a name, with the folders above it made.</summary>
    public static string Within(string directory, string fileName)
    {
        var segments = fileName.Split('/');
        if (!segments.All(IsSafe))
        {
            throw new CommandException($"The name '{fileName}' cannot be a path within '{directory}'. Name the file to write.");
        }
        var target = Path.Combine([directory, .. segments]);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        return target;
    }

    private static bool IsSafe(string segment) =>
        segment is not ("" or "." or "..")
        && !segment.Contains('\0', StringComparison.Ordinal)
        && (!OperatingSystem.IsWindows() || IsSafeOnWindows(segment));

    private static bool IsSafeOnWindows(string segment) =>
        !segment.AsSpan().ContainsAny(NotOnWindows)
        && segment[^1] is not ('.' or ' ')
        && !WindowsDevices.Contains(segment.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase);
}
