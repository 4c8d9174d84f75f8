namespace B2Sdk.Cli.Output;

/// <summary>How transfers show how far they are, always on standard error.</summary>
internal enum ProgressMode
{
    /// <summary>A bar when a person looks at it, else nothing.</summary>
    Auto,

    /// <summary>A bar.</summary>
    Bar,

    /// <summary>A line each second, for logs.</summary>
    Plain,

    /// <summary>A JSON object each second, for programs.</summary>
    Json,

    /// <summary>Nothing.</summary>
    None,
}
