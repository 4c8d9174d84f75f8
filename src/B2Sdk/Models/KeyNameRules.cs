using System.Buffers;
using System.Globalization;

namespace B2Sdk;

/// <summary>What an application key may be called, and for how long it may work.</summary>
internal static class KeyNameRules
{
    private const int MaxLength = 100;
    private static readonly TimeSpan MaxValidity = TimeSpan.FromDays(1000);

    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"
    );

    public static void Validate(string keyName, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(keyName, parameterName);
        if (keyName.Length is 0 or > MaxLength)
        {
            throw new ArgumentException(
                $"The key name '{keyName}' has {keyName.Length} characters; B2 allows 1 to {MaxLength}.",
                parameterName
            );
        }
        if (keyName.AsSpan().IndexOfAnyExcept(Characters) is var wrong and >= 0)
        {
            throw new ArgumentException(
                $"The key name '{keyName}' holds '{keyName[wrong]}'; B2 allows the letters a to z, digits and hyphens.",
                parameterName
            );
        }
    }

    public static void Validate(CreateKeyOptions options, string parameterName)
    {
        if (
            options.ValidFor is { } time
            && (time < TimeSpan.FromSeconds(1) || time > MaxValidity || time.Ticks % TimeSpan.TicksPerSecond != 0)
        )
        {
            throw new ArgumentOutOfRangeException(
                parameterName,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The key is to be valid for {time.TotalSeconds} seconds; B2 allows whole seconds, 1 to {MaxValidity.TotalSeconds} ({MaxValidity.TotalDays} days)."
                )
            );
        }
        if (options.BucketIds is { Count: 0 })
        {
            throw new ArgumentException(
                "The list of buckets is empty; leave it null for a key that is not restricted to any.",
                parameterName
            );
        }
    }
}
