using System.Globalization;

namespace B2Sdk.Emulator.Seeding;

/// <summary>A file that is to be there.</summary>
internal sealed record SeededFile
{
    /// <summary>What stands in the name of a repeated file for its number.</summary>
    public const string Counter = "{n}";

    /// <summary>Where it is described, for whoever has to be told what is wrong with it.</summary>
    public required string Place { get; init; }

    public required string Name { get; init; }
    public string ContentType { get; init; } = "b2/x-auto";
    public IReadOnlyDictionary<string, string> Info { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Opens the content; null when it is made up.</summary>
    public Func<Stream>? Open { get; init; }

    /// <summary>How many bytes of made-up content it has.</summary>
    public long Size { get; init; }

    /// <summary>The byte that made-up content repeats; null for noise.</summary>
    public byte? Fill { get; init; }

    /// <summary>When it counts as uploaded, in milliseconds since 1970; null for now.</summary>
    public long? Timestamp { get; init; }

    /// <summary>How often it is there, with numbers in the place of <see cref="Counter"/> in its name.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>True when it is hidden then.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Its name when it is there for the nth time, counted from 0.</summary>
    public string NameAt(int number)
    {
        if (Repeat == 1)
        {
            return Name;
        }
        var digits = (Repeat - 1).ToString(CultureInfo.InvariantCulture).Length;
        return Name.Replace(Counter, number.ToString($"d{digits}", CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
