using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace B2Sdk.Tests.Layers;

/// <summary>The sources of the library, read as text: comments do not count, and strings only where they are asked for.</summary>
internal static partial class SourceTree
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<Source> Of(string project) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories)
                .Select(path => Read(Path.Combine(Root, "src", project), path))
                .Where(source => source.Layer is not ("obj" or "bin")),
        ];

    private static Source Read(string project, string path)
    {
        var code = Comments().Replace(File.ReadAllText(path), "");
        var relative = Path.GetRelativePath(project, path).Replace('\\', '/');
        return new(
            relative,
            relative.Contains('/') ? relative[..relative.IndexOf('/')] : "",
            code,
            Strings().Replace(code, "\"\""),
            [.. Types().Matches(Strings().Replace(code, "\"\"")).Select(match => match.Groups["name"].Value)]
        );
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "B2Sdk.slnx")))
            {
                return folder;
            }
        }
        throw new InvalidOperationException("The sources are not where this test was compiled.");
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Comments();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\\\n])*\"", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Strings();

    [GeneratedRegex(
        @"^(public|internal)\s+([a-z]+\s+)*(class|record|struct|enum|interface|delegate\s+\S+)\s+(struct\s+|class\s+)?(?<name>[A-Z]\w*)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        5_000
    )]
    private static partial Regex Types();
}

/// <summary>One file: where it is, what it says, and which types it declares at its top.</summary>
internal sealed record Source(string Path, string Layer, string Code, string CodeWithoutStrings, IReadOnlyList<string> Types)
{
    /// <summary>True when the word stands for a type here, and not for a member of the same name.</summary>
    public bool Mentions(string word) =>
        Regex.IsMatch(CodeWithoutStrings, $@"(?<![.\w]){Regex.Escape(word)}\b(?!\s*\{{\s*get)", RegexOptions.None, TimeSpan.FromSeconds(5));

    /// <summary>True when the word stands here as anything but text.</summary>
    public bool Says(string word) =>
        Regex.IsMatch(CodeWithoutStrings, $@"\b{Regex.Escape(word)}\b", RegexOptions.None, TimeSpan.FromSeconds(5));
}
