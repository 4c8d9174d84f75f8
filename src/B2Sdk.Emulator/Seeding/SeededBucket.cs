namespace B2Sdk.Emulator.Seeding;

/// <summary>A bucket that is to be there, with its files.</summary>
internal sealed record SeededBucket
{
    /// <summary>Where it is described, for whoever has to be told what is wrong with it.</summary>
    public required string Place { get; init; }

    public required string Name { get; init; }

    /// <summary>What it is created with; null when nothing but its name is known, so that one which is there already will do.</summary>
    public SeedObject? Settings { get; init; }

    public IReadOnlyList<SeededFile> Files { get; init; } = [];
}
