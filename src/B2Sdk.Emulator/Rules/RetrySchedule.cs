namespace B2Sdk.Emulator.Rules;

/// <summary>When the emulator tries again what it does by itself and what has failed: after 5 seconds, then 10, and so on, ten attempts in all.</summary>
internal static class RetrySchedule
{
    public const int MaxAttempts = 10;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    /// <summary>When to try again, in milliseconds since 1970; null when enough is enough.</summary>
    /// <param name="failures">How many attempts have failed in a row, the last one included.</param>
    /// <param name="now">The time of the last one.</param>
    public static long? NextAttempt(int failures, long now) =>
        failures < MaxAttempts ? now + ((long)First.TotalMilliseconds << (failures - 1)) : null;
}
