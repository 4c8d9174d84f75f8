using System.Text.Json;
using B2Sdk.Emulator.Http;
using static B2Sdk.Emulator.Rules.SettingsJson;

namespace B2Sdk.Emulator.Rules;

/// <summary>The retention that a bucket gives to new files.</summary>
internal sealed record DefaultRetention(RetentionMode Mode, int Duration, string Unit)
{
    /// <summary>How a bucket without one is answered.</summary>
    public const string None = """{"mode":null,"period":null}""";

    private const string Name = "defaultRetention";
    private const string Days = "days";
    private const string Years = "years";
    private const int MaxDays = 3000;
    private const int MaxYears = MaxDays / 365;

    /// <summary>Reads a setting; null when it says that there is to be none.</summary>
    public static DefaultRetention? Read(JsonElement element)
    {
        // Clients that leave out what is null say so with an empty object.
        var mode =
            element.ValueKind == JsonValueKind.Object && Member(element, "mode") is null ? null : RetentionRules.ReadMode(element, Name);
        var period = Member(element, "period");
        if (mode is null)
        {
            return period is null ? null : throw Refusal.BadRequest($"{Name} has a period and no mode");
        }
        if (period is not { ValueKind: JsonValueKind.Object } given)
        {
            throw Refusal.BadRequest($"{Name} needs a period of a duration and a unit");
        }
        var unit = Member(given, "unit") is { } unitGiven ? Text(unitGiven, $"{Name}.period.unit") : "";
        if (unit is not (Days or Years))
        {
            throw Refusal.BadRequest($"{Name} has a period in the unit '{unit}'; it is {Days} or {Years}");
        }
        var most = unit == Days ? MaxDays : MaxYears;
        return
            Member(given, "duration") is { ValueKind: JsonValueKind.Number } number
            && number.TryGetInt32(out var duration)
            && duration >= 1
            && duration <= most
            ? new(mode.Value, duration, unit)
            : throw Refusal.BadRequest($"{Name} needs a duration in range 1 - {most} {unit}");
    }

    /// <summary>Reads what is kept.</summary>
    public static DefaultRetention? Parse(string json) => json == None ? null : Read(JsonElement.Parse(json));

    public string ToJson() =>
        $$$"""{"mode":"{{{RetentionRules.NameOf(Mode)}}}","period":{"duration":{{{Duration}}},"unit":"{{{Unit}}}"}}""";

    /// <summary>The retention of a file that arrives at a time.</summary>
    public Retention From(long time)
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(time);
        return new(Mode, (Unit == Days ? start.AddDays(Duration) : start.AddYears(Duration)).ToUnixTimeMilliseconds());
    }
}
