using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace B2Sdk.Wire;

/// <summary>The body of an operation, which knows the secrets in it.</summary>
internal sealed class JsonBody : ByteArrayContent
{
    private JsonBody(byte[] json, IReadOnlyList<string> secrets)
        : base(json)
    {
        Secrets = secrets;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Customers' keys, passwords of webhooks and the like.</summary>
    public IReadOnlyList<string> Secrets { get; }

    public static JsonBody Of<T>(T value, JsonTypeInfo<T> type) => new(SecretConverter.Serialize(value, type, out var secrets), secrets);
}
