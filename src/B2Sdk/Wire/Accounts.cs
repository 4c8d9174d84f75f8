using System.Text.Json;
using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

internal static class AccountEndpoints
{
    /// <summary>The name of the operation that is not called with a token.</summary>
    public const string Authorize = "b2_authorize_account";
}

internal sealed record AuthorizeAccountResponse
{
    public required string AccountId { get; init; }
    public required Secret AuthorizationToken { get; init; }
    public required ApiInfo ApiInfo { get; init; }
    public DateTimeOffset? ApplicationKeyExpirationTimestamp { get; init; }
}

internal sealed record ApiInfo
{
    public required StorageApiInfo StorageApi { get; init; }
}

internal sealed record StorageApiInfo
{
    public required Uri ApiUrl { get; init; }
    public required Uri DownloadUrl { get; init; }
    public Uri? S3ApiUrl { get; init; }
    public required long RecommendedPartSize { get; init; }
    public required long AbsoluteMinimumPartSize { get; init; }
    public required AllowedAccess Allowed { get; init; }
}

internal sealed record ErrorBody
{
    /// <summary>Not believed, and so of any kind: the status of the answer counts.</summary>
    public JsonElement? Status { get; init; }
    public string? Code { get; init; }
    public string? Message { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(TimestampConverter), typeof(CapabilityConverter), typeof(SecretConverter), typeof(GivenUrlConverter)]
)]
[JsonSerializable(typeof(AuthorizeAccountResponse))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class AccountJson : JsonSerializerContext;
