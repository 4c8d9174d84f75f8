namespace B2Sdk;

/// <summary>What may happen in a bucket that B2 can tell of.</summary>
/// <remarks>B2 may add values; an unknown one is kept as it came.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct NotificationEventType(string Value)
{
    /// <summary>The word that B2 uses on the wire; empty where it gave none.</summary>
    public string Value
    {
        get => field ?? "";
    } = string.IsNullOrEmpty(Value) ? null : Value;

    /// <summary>Every way in which a file comes to be.</summary>
    public static NotificationEventType ObjectCreatedAll { get; } = new("b2:ObjectCreated:*");

    /// <summary>A small file was uploaded.</summary>
    public static NotificationEventType ObjectCreatedUpload { get; } = new("b2:ObjectCreated:Upload");

    /// <summary>A large file was finished.</summary>
    public static NotificationEventType ObjectCreatedMultipartUpload { get; } = new("b2:ObjectCreated:MultipartUpload");

    /// <summary>A file was copied.</summary>
    public static NotificationEventType ObjectCreatedCopy { get; } = new("b2:ObjectCreated:Copy");

    /// <summary>A small file was replicated to here.</summary>
    public static NotificationEventType ObjectCreatedReplica { get; } = new("b2:ObjectCreated:Replica");

    /// <summary>A large file was replicated to here.</summary>
    public static NotificationEventType ObjectCreatedMultipartReplica { get; } = new("b2:ObjectCreated:MultipartReplica");

    /// <summary>Every way in which a version is deleted.</summary>
    public static NotificationEventType ObjectDeletedAll { get; } = new("b2:ObjectDeleted:*");

    /// <summary>A version was deleted by a call.</summary>
    public static NotificationEventType ObjectDeletedDelete { get; } = new("b2:ObjectDeleted:Delete");

    /// <summary>A version was deleted by a lifecycle rule.</summary>
    public static NotificationEventType ObjectDeletedLifecycleRule { get; } = new("b2:ObjectDeleted:LifecycleRule");

    /// <summary>Every way in which a file is hidden.</summary>
    public static NotificationEventType HideMarkerCreatedAll { get; } = new("b2:HideMarkerCreated:*");

    /// <summary>A file was hidden by a call.</summary>
    public static NotificationEventType HideMarkerCreatedHide { get; } = new("b2:HideMarkerCreated:Hide");

    /// <summary>A file was hidden by a lifecycle rule.</summary>
    public static NotificationEventType HideMarkerCreatedLifecycleRule { get; } = new("b2:HideMarkerCreated:LifecycleRule");

    /// <summary>A trial that somebody started to see whether a webhook answers. Seen in events only.</summary>
    public static NotificationEventType Test { get; } = new("b2:TestEvent");

    /// <summary>Every event type that this library knows and a rule can name.</summary>
    public static IReadOnlyList<NotificationEventType> All { get; } =
    [
        ObjectCreatedAll,
        ObjectCreatedUpload,
        ObjectCreatedMultipartUpload,
        ObjectCreatedCopy,
        ObjectCreatedReplica,
        ObjectCreatedMultipartReplica,
        ObjectDeletedAll,
        ObjectDeletedDelete,
        ObjectDeletedLifecycleRule,
        HideMarkerCreatedAll,
        HideMarkerCreatedHide,
        HideMarkerCreatedLifecycleRule,
    ];

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value;
}
