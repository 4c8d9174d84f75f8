namespace B2Sdk;

/// <summary>How to do something to many files.</summary>
public abstract record BulkOptions
{
    private protected BulkOptions() { }

    /// <summary>True to select and report everything as usual, and do nothing. Default: false.</summary>
    public bool DryRun { get; init; }

    /// <summary>How many calls travel at the same time, 1 to 100. Default: 10.</summary>
    public int Concurrency { get; init; } = 10;

    /// <summary>True to end at the first failure. Default: false, which goes on with the other files. What every other file would meet as well, such as a missing right or a cap, always ends it.</summary>
    public bool StopAtFirstFailure { get; init; }

    /// <summary>Told of each file when it is done, one at a time; null for nobody.</summary>
    public IProgress<BulkResult>? Progress { get; init; }

    internal void Validate(string parameterName)
    {
        if (Concurrency is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(parameterName, $"The concurrency is {Concurrency}; it is 1 to 100.");
        }
    }
}
