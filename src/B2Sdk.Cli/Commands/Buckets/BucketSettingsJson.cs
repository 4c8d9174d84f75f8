using System.Text.Json.Serialization;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary>Reads the settings of buckets that are given as JSON. A word that is not known is a slip of the pen.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<CorsRule>))]
[JsonSerializable(typeof(IReadOnlyList<LifecycleRule>))]
[JsonSerializable(typeof(ReplicationConfiguration))]
internal sealed partial class BucketSettingsJson : JsonSerializerContext;
