namespace B2Sdk.Cli.OldNames;

/// <summary>A command as the Python tool called it before its fourth version, which still has it.</summary>
/// <param name="Name">The old word, with hyphens.</param>
/// <param name="Path">The words of the present command.</param>
/// <param name="Arguments">The old arguments; one in brackets may be missing.</param>
/// <param name="Rewrite">Makes the words after the present command of the old arguments, null where the first is missing; null to keep them as they are.</param>
internal sealed record OldName(string Name, string[] Path, string[] Arguments, Func<string?[], string[]>? Rewrite = null)
{
    /// <summary>The old noun that stood before the name; null for none.</summary>
    public string? Noun { get; init; }
}
