using System.Text.Json.Serialization;

namespace B2Sdk.Sqlite;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AncientAccount))]
internal sealed partial class AncientAccountJson : JsonSerializerContext;
