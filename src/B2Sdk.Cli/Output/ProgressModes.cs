namespace B2Sdk.Cli.Output;

/// <summary>The words for <see cref="ProgressMode"/> on the command line.</summary>
internal static class ProgressModes
{
    public static IReadOnlyList<string> Words { get; } = ["auto", "bar", "plain", "json", "none"];

    public static ProgressMode Parse(string? word) =>
        word switch
        {
            "bar" => ProgressMode.Bar,
            "plain" => ProgressMode.Plain,
            "json" => ProgressMode.Json,
            "none" => ProgressMode.None,
            _ => ProgressMode.Auto,
        };
}
