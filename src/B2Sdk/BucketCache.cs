namespace B2Sdk;

/// <summary>Where a <see cref="B2Api"/> remembers which bucket name belongs to which id.</summary>
public enum BucketCache
{
    /// <summary>In the account info, and so as long as that keeps it: with <c>SqliteAccountInfo</c>, beyond the process.</summary>
    InAccountInfo,

    /// <summary>In memory, as long as the <see cref="B2Api"/> lives.</summary>
    InMemory,

    /// <summary>Nowhere: B2 is asked each time.</summary>
    None,
}
