using System.Text.Json.Serialization;

namespace B2Sdk.Sqlite;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AllowedJson.AllowedRecord))]
internal sealed partial class AllowedJsonContext : JsonSerializerContext;
