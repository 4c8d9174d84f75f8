namespace B2Sdk;

/// <summary>From which keys a bucket accepts replicas.</summary>
public sealed record ReplicationDestination
{
    /// <summary>Key id of the source to key id of the destination.</summary>
    public IReadOnlyDictionary<string, string> SourceToDestinationKeyMapping
    {
        get;
        init => field = ValueMap.Of(value);
    } = ValueMap.Empty;
}
