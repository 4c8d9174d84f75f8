using System.Text.Json;
using System.Text.Json.Serialization;

namespace B2Sdk.Emulator.Control;

/// <summary>The JSON of the control API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(DurationConverter), typeof(InstantConverter)],
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ClockChange))]
[JsonSerializable(typeof(ClockState))]
[JsonSerializable(typeof(EmulatorAccount))]
[JsonSerializable(typeof(EmulatorCaps))]
[JsonSerializable(typeof(SnapshotList))]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(ActiveFault))]
[JsonSerializable(typeof(FaultList))]
[JsonSerializable(typeof(JournalPage))]
[JsonSerializable(typeof(JournalCounts))]
internal sealed partial class ControlJson : JsonSerializerContext
{
    /// <summary>Says which member is wrong; null when it is no JSON object at all.</summary>
    public static string? Explain(JsonException e) =>
        e.Path is null or "$" ? null
        : e is WrongValueException ? $"{e.Path[2..]}: {e.Message}"
        : $"{e.Path[2..]} is not known here, or not of the right type";
}
