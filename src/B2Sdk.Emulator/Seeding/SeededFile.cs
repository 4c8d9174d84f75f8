namespace B2Sdk.Emulator.Seeding;

/// <summary>A file that is to be there from the start.</summary>
internal sealed record SeededFile
{
    public required string Name { get; init; }
    public string ContentType { get; init; } = "b2/x-auto";
    public IReadOnlyDictionary<string, string> Info { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Opens the content; null when it is made up.</summary>
    public Func<Stream>? Open { get; init; }

    /// <summary>How many bytes of made-up content it has.</summary>
    public long Size { get; init; }

    /// <summary>The byte that made-up content repeats; null for noise.</summary>
    public byte? Fill { get; init; }

    /// <summary>When it counts as uploaded, in milliseconds since 1970; null for now.</summary>
    public long? Timestamp { get; init; }

    /// <summary>How often it is there, with numbers in the place of <c>{n}</c> in its name.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>True when it is hidden then.</summary>
    public bool IsHidden { get; init; }
}
