using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

/// <summary>The operations on application keys.</summary>
public static class KeyEndpoints
{
    /// <summary>Creates a key, and shows it this once.</summary>
    public static readonly Endpoint<CreateKeyRequest, CreatedApplicationKey> Create = new(
        "b2_create_key",
        KeyJson.Default.CreateKeyRequest,
        KeyJson.Default.CreatedApplicationKey
    )
    {
        Subject = request => request.KeyName,
        Requires = static _ => [Capability.WriteKeys],
        // Each answer makes another key, which nobody would know of if the answer were lost.
        IsRepeatable = false,
    };

    /// <summary>Lists keys, in the order of their ids.</summary>
    public static readonly Endpoint<ListKeysRequest, ListKeysResponse> List = new(
        "b2_list_keys",
        KeyJson.Default.ListKeysRequest,
        KeyJson.Default.ListKeysResponse
    )
    {
        Requires = static _ => [Capability.ListKeys],
    };

    /// <summary>Deletes a key.</summary>
    public static readonly Endpoint<DeleteKeyRequest, ApplicationKey> Delete = new(
        "b2_delete_key",
        KeyJson.Default.DeleteKeyRequest,
        KeyJson.Default.ApplicationKey
    )
    {
        Subject = request => request.ApplicationKeyId,
        Requires = static _ => [Capability.DeleteKeys],
    };
}

/// <summary>What <c>b2_create_key</c> is sent.</summary>
public sealed record CreateKeyRequest
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>1 to 100 letters, digits and hyphens.</summary>
    public required string KeyName { get; init; }

    /// <summary>What the key may do; at least one.</summary>
    public required IReadOnlyList<Capability> Capabilities { get; init; }

    /// <summary>How long it works, 1 to 86,400,000 seconds; null for ever.</summary>
    public long? ValidDurationInSeconds { get; init; }

    /// <summary>The buckets to which it is restricted; null for all.</summary>
    public IReadOnlyList<string>? BucketIds { get; init; }

    /// <summary>Only file names that start with this; null for all.</summary>
    public string? NamePrefix { get; init; }
}

/// <summary>What <c>b2_list_keys</c> is sent.</summary>
public sealed record ListKeysRequest
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>How many, 1 to 10,000; null for 100.</summary>
    public int? MaxKeyCount { get; init; }

    /// <summary>The id to begin at, whether or not a key has it; null for the first.</summary>
    public string? StartApplicationKeyId { get; init; }
}

/// <summary>What <c>b2_list_keys</c> answers.</summary>
public sealed record ListKeysResponse
{
    /// <summary>The keys of this page.</summary>
    public required IReadOnlyList<ApplicationKey> Keys { get; init; }

    /// <summary>Where the next page begins; null at the end.</summary>
    public string? NextApplicationKeyId { get; init; }
}

/// <summary>What <c>b2_delete_key</c> is sent.</summary>
public sealed record DeleteKeyRequest
{
    /// <summary>The key's id.</summary>
    public required string ApplicationKeyId { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(TimestampConverter), typeof(CapabilityConverter), typeof(SecretConverter)]
)]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(ListKeysRequest))]
[JsonSerializable(typeof(ListKeysResponse))]
[JsonSerializable(typeof(DeleteKeyRequest))]
[JsonSerializable(typeof(ApplicationKey))]
[JsonSerializable(typeof(CreatedApplicationKey))]
internal sealed partial class KeyJson : JsonSerializerContext;
