namespace B2Sdk;

/// <summary>One line of the map between bucket names and ids.</summary>
/// <param name="Name">The bucket's name, in the case in which it was created.</param>
/// <param name="Id">The bucket's id.</param>
public sealed record BucketNameAndId(string Name, string Id);
