namespace B2Sdk.Wire;

/// <summary>An encryption as requests state it; a customer's key goes with it.</summary>
public sealed record EncryptionRequest
{
    /// <summary>The mode: <c>SSE-B2</c>, <c>SSE-C</c>, or <c>none</c> for the default of a bucket.</summary>
    public required string Mode { get; init; }

    /// <summary>The algorithm, <c>AES256</c>; null with <c>none</c>.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The customer's key, in base64; null except with <c>SSE-C</c>.</summary>
    public Secret? CustomerKey { get; init; }

    /// <summary>The MD5 of the customer's key, in base64; null except with <c>SSE-C</c>.</summary>
    public string? CustomerKeyMd5 { get; init; }

    /// <summary>Says a setting as a request does; null stays null.</summary>
    /// <param name="setting">The setting.</param>
    public static EncryptionRequest? From(EncryptionSetting? setting) =>
        setting is null
            ? null
            : new()
            {
                Mode = setting.Mode?.ToString() ?? "none",
                Algorithm = setting.Algorithm,
                CustomerKey = setting.Key?.ToBase64(),
                CustomerKeyMd5 = setting.Key?.Md5,
            };
}
