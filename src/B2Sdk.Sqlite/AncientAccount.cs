namespace B2Sdk.Sqlite;

/// <summary>What the first Python tools kept of an account; all of it had to be there.</summary>
internal sealed record AncientAccount
{
    public required string AccountId { get; init; }
    public required string ApplicationKey { get; init; }
    public required string AccountAuthToken { get; init; }
    public required string ApiUrl { get; init; }
    public required string DownloadUrl { get; init; }
    public required long MinimumPartSize { get; init; }
    public required string Realm { get; init; }

    /// <summary>Names the account, and no secret.</summary>
    public override string ToString() => $"{nameof(AncientAccount)} {{ {AccountId} }}";
}
