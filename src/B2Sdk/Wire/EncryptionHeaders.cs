namespace B2Sdk.Wire;

/// <summary>Server-side encryption as headers. Spelled here and nowhere else.</summary>
internal static class EncryptionHeaders
{
    public const string Managed = "X-Bz-Server-Side-Encryption";
    public const string CustomerAlgorithm = "X-Bz-Server-Side-Encryption-Customer-Algorithm";
    private const string CustomerKey = "X-Bz-Server-Side-Encryption-Customer-Key";
    private const string CustomerKeyMd5 = "X-Bz-Server-Side-Encryption-Customer-Key-Md5";

    /// <summary>Says how a file is to be stored.</summary>
    public static void AddTo(HttpRequestMessage request, EncryptionSetting? encryption)
    {
        if (encryption?.Mode == EncryptionMode.SseB2)
        {
            request.Headers.TryAddWithoutValidation(Managed, encryption.Algorithm);
        }
        AddKeyTo(request, encryption);
    }

    /// <summary>Adds the customer's key, if there is one: what reading and parts need.</summary>
    public static void AddKeyTo(HttpRequestMessage request, EncryptionSetting? encryption)
    {
        if (encryption?.Key is { } key)
        {
            request.Headers.TryAddWithoutValidation(CustomerAlgorithm, encryption.Algorithm);
            request.Headers.TryAddWithoutValidation(CustomerKey, key.ToBase64().Reveal());
            request.Headers.TryAddWithoutValidation(CustomerKeyMd5, key.Md5);
        }
    }
}
