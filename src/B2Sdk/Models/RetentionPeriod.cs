namespace B2Sdk;

/// <summary>A length of time in whole days or years, as Object Lock counts it.</summary>
public sealed record RetentionPeriod
{
    /// <summary>How many units; at least 1. As a bucket's default B2 takes up to 3,000 days.</summary>
    public required int Duration { get; init; }

    /// <summary><see cref="RetentionUnit.Days"/> or <see cref="RetentionUnit.Years"/>.</summary>
    public required RetentionUnit Unit { get; init; }

    /// <summary>So many days.</summary>
    /// <param name="days">At least 1.</param>
    public static RetentionPeriod Days(int days) => new() { Duration = days, Unit = RetentionUnit.Days };

    /// <summary>So many years.</summary>
    /// <param name="years">At least 1.</param>
    public static RetentionPeriod Years(int years) => new() { Duration = years, Unit = RetentionUnit.Years };

    internal void Validate(string parameterName)
    {
        if (Duration < 1)
        {
            throw new ArgumentOutOfRangeException(parameterName, $"The retention period is {Duration} {Unit}; it is at least 1.");
        }
        if (Unit != RetentionUnit.Days && Unit != RetentionUnit.Years)
        {
            throw new ArgumentException(
                $"The unit of the retention period is '{Unit}'; it is '{RetentionUnit.Days}' or '{RetentionUnit.Years}'.",
                parameterName
            );
        }
    }
}
