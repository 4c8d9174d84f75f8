namespace B2Sdk.Emulator.Seeding;

/// <summary>An application key that is to be there, with the id and the secret of somebody's choice.</summary>
internal sealed record SeededKey
{
    /// <summary>Where it is described, for whoever has to be told what is wrong with it.</summary>
    public required string Place { get; init; }

    public required string Id { get; init; }

    public required string Secret { get; init; }

    /// <summary>What it is created with, but for its buckets.</summary>
    public required SeedObject Settings { get; init; }

    /// <summary>The buckets that it is for; none for all.</summary>
    public IReadOnlyList<string> BucketNames { get; init; } = [];
}
