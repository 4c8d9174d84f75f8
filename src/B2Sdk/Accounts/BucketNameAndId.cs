namespace B2Sdk;

/// <summary>One line of the map between bucket names and ids.</summary>
public sealed record BucketNameAndId
{
    /// <summary>The bucket's name, in the case in which it was created.</summary>
    public required string Name { get; init; }

    /// <summary>The bucket's id.</summary>
    public required string Id { get; init; }
}
