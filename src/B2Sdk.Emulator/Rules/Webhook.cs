namespace B2Sdk.Emulator.Rules;

/// <summary>Where notifications are sent.</summary>
internal sealed record Webhook
{
    public required string Url { get; init; }

    /// <summary>What is sent along, besides what B2 sends; null for nothing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Headers { get; init; }

    /// <summary>With what the body is signed; null for no signature.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>Returns the host alone: the rest may hold secrets.</summary>
    public override string ToString() => new Uri(Url).Authority;
}
