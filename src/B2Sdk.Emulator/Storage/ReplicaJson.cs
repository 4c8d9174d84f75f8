using System.Text.Json.Serialization;

namespace B2Sdk.Emulator.Storage;

/// <summary>Offers as they travel between emulators.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReplicaOffer))]
internal sealed partial class ReplicaJson : JsonSerializerContext;
