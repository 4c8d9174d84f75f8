namespace B2Sdk.IntegrationTests;

/// <summary>How far a key must reach for a test.</summary>
public enum Scope
{
    /// <summary>Names that the test itself chooses, in one bucket.</summary>
    Files,

    /// <summary>Everything in one bucket.</summary>
    WholeBucket,

    /// <summary>Buckets and keys.</summary>
    Account,
}
