namespace B2Sdk;

/// <summary>What became of one file in bulk.</summary>
public sealed record BulkResult
{
    /// <summary>The version that was selected.</summary>
    public required FileVersion File { get; init; }

    /// <summary>What was done to it, or would be in a dry run.</summary>
    public required BulkAction Action { get; init; }

    /// <summary>Why it could not be done; null when it was.</summary>
    public B2Exception? Failure { get; init; }

    /// <summary>Returns what became of which file, on one line.</summary>
    public override string ToString() => $"{Action} '{File.FileName}' {File.FileId}{(Failure is null ? "" : $": {Failure.Message}")}";
}
