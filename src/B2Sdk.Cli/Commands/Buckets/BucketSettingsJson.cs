using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using B2Sdk.Wire;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary>Reads the settings of buckets that are given as JSON, in the form that they have on the wire. A word that is not known is a slip of the pen.</summary>
internal static class BucketSettingsJson
{
    private static readonly JsonSerializerOptions Strict = new(BucketEndpoints.Update.RequestType.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static JsonTypeInfo<IReadOnlyDictionary<string, string>> Info => Of<IReadOnlyDictionary<string, string>>();

    public static JsonTypeInfo<IReadOnlyList<CorsRule>> CorsRules => Of<IReadOnlyList<CorsRule>>();

    public static JsonTypeInfo<LifecycleRule> LifecycleRule => Of<LifecycleRule>();

    public static JsonTypeInfo<IReadOnlyList<LifecycleRule>> LifecycleRules => Of<IReadOnlyList<LifecycleRule>>();

    public static JsonTypeInfo<ReplicationConfiguration> Replication => Of<ReplicationConfiguration>();

    private static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Strict.GetTypeInfo(typeof(T));
}
