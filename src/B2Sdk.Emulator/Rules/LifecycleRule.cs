using System.Text;
using System.Text.Json;

namespace B2Sdk.Emulator.Rules;

/// <summary>A lifecycle rule of a bucket. Days are null where the rule has nothing to say.</summary>
internal sealed record LifecycleRule
{
    /// <summary>With what the names begin that it is for, in UTF-8.</summary>
    public byte[] Prefix { get; init; } = [];

    public int? DaysToHiding { get; init; }
    public int? DaysToDeleting { get; init; }
    public int? DaysToCanceling { get; init; }

    /// <summary>Reads the rules that a bucket keeps.</summary>
    public static IReadOnlyList<LifecycleRule> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document
                .RootElement.EnumerateArray()
                .Select(rule => new LifecycleRule
                {
                    Prefix = Encoding.UTF8.GetBytes(rule.GetProperty("fileNamePrefix").GetString()!),
                    DaysToHiding = Days(rule, "daysFromUploadingToHiding"),
                    DaysToDeleting = Days(rule, "daysFromHidingToDeleting"),
                    DaysToCanceling = Days(rule, "daysFromStartingToCancelingUnfinishedLargeFiles"),
                }),
        ];
    }

    private static int? Days(JsonElement rule, string name) =>
        rule.GetProperty(name) is { ValueKind: JsonValueKind.Number } days ? days.GetInt32() : null;
}
