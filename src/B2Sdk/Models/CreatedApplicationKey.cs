using System.Text.Json.Serialization;

namespace B2Sdk;

/// <summary>An application key that was just created, with the key itself.</summary>
public sealed record CreatedApplicationKey : ApplicationKey
{
    /// <summary>The key itself, with which the account is authorized. B2 shows it this once: store what <see cref="Secret.Reveal"/> gives now.</summary>
    [JsonPropertyName("applicationKey")]
    public required Secret Key { get; init; }
}
