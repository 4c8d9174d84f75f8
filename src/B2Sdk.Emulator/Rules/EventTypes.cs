namespace B2Sdk.Emulator.Rules;

/// <summary>What buckets send notifications about. A type is a category and what happened; a star is everything of a category.</summary>
internal static class EventTypes
{
    public const string Uploaded = "b2:ObjectCreated:Upload";
    public const string MultipartUploaded = "b2:ObjectCreated:MultipartUpload";
    public const string Copied = "b2:ObjectCreated:Copy";
    public const string Replicated = "b2:ObjectCreated:Replica";
    public const string MultipartReplicated = "b2:ObjectCreated:MultipartReplica";
    public const string Deleted = "b2:ObjectDeleted:Delete";
    public const string DeletedByRule = "b2:ObjectDeleted:LifecycleRule";
    public const string Hidden = "b2:HideMarkerCreated:Hide";
    public const string HiddenByRule = "b2:HideMarkerCreated:LifecycleRule";

    /// <summary>Sent when a rule begins to act. No rule asks for it.</summary>
    public const string Test = "b2:TestEvent";

    /// <summary>What rules may ask for.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "b2:ObjectCreated:*",
        Uploaded,
        MultipartUploaded,
        Copied,
        Replicated,
        MultipartReplicated,
        "b2:ObjectDeleted:*",
        Deleted,
        DeletedByRule,
        "b2:HideMarkerCreated:*",
        Hidden,
        HiddenByRule,
    ];

    /// <summary>True when there can be an event that is of both types.</summary>
    public static bool Overlap(string one, string other) =>
        one == other || (CategoryOf(one).SequenceEqual(CategoryOf(other)) && (one.EndsWith('*') || other.EndsWith('*')));

    private static ReadOnlySpan<char> CategoryOf(string type) => type.AsSpan(0, type.LastIndexOf(':'));
}
