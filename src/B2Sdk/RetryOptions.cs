namespace B2Sdk;

/// <summary>How long an operation is tried again when the service is busy or the connection fails.</summary>
public sealed record RetryOptions
{
    /// <summary>How long after its first failure an operation is still tried again. Default: 15 minutes. Zero: never.</summary>
    /// <remarks>A download that receives bytes starts counting anew.</remarks>
    public TimeSpan MaxElapsed { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often an operation is sent at most, at least 1. Default: 20.</summary>
    public int MaxAttempts { get; init; } = 20;

    /// <summary>The longest first wait; it doubles with each failure, and a random part of it is waited. Default: 1 second.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait, unless B2 asks for a longer one. Default: 64 seconds, which is what B2 advises.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(64);
}
