namespace B2Sdk.Cli.Output;

/// <summary>Keeps the latest word of how far something is for whoever shows it at a pace of their own.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LatestProgress<T> : IProgress<T>
    where T : struct
{
    private readonly Lock _lock = new();

    public T Value
    {
        get
        {
            lock (_lock)
            {
                return field;
            }
        }
        private set;
    }

    public void Report(T value)
    {
        lock (_lock)
        {
            Value = value;
        }
    }
}
