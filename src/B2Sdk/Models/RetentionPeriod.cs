namespace B2Sdk;

/// <summary>A length of time in whole days or years, as Object Lock counts it.</summary>
public sealed record RetentionPeriod
{
    private const string DayUnit = "days";
    private const string YearUnit = "years";

    /// <summary>How many units; at least 1.</summary>
    public required int Duration { get; init; }

    /// <summary><c>days</c> or <c>years</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>So many days.</summary>
    /// <param name="days">At least 1.</param>
    public static RetentionPeriod Days(int days) => new() { Duration = days, Unit = DayUnit };

    /// <summary>So many years.</summary>
    /// <param name="years">At least 1.</param>
    public static RetentionPeriod Years(int years) => new() { Duration = years, Unit = YearUnit };

    internal void Validate(string parameterName)
    {
        if (Duration < 1)
        {
            throw new ArgumentOutOfRangeException(parameterName, $"The retention period is {Duration} {Unit}; it is at least 1.");
        }
        if (Unit is not (DayUnit or YearUnit))
        {
            throw new ArgumentException($"The unit of the retention period is '{Unit}'; it is '{DayUnit}' or '{YearUnit}'.", parameterName);
        }
    }
}
